"""Without any extension, Markdown is CommonMark: all 652 examples of the specification 0.31.2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.parser import render

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)


def without_empty_space(html: str) -> str:
    """markdown-it writes no line break into an empty block quote."""
    return html.replace("<blockquote>\n</blockquote>", "<blockquote></blockquote>")


@pytest.mark.npm("commonmark-spec")
def test_every_example_of_the_specification(npm_package: Path) -> None:
    spec = (npm_package / "spec.txt").read_text("utf-8").replace("→", "\t")
    examples = EXAMPLE.findall(spec)
    wrong = [
        (number, markdown, html, rendered.html)
        for number, (markdown, html) in enumerate(examples, 1)
        for rendered, _ in [render(markdown, (COMMONMARK,))]
        if without_empty_space(rendered.html) != without_empty_space(html)
    ]
    assert len(examples) == 652
    assert wrong == []


def test_pure_commonmark_has_nothing_of_ours() -> None:
    body = "# Title\n\n[a](b.md) ~~x~~ <img src=c>\n\n```python\nx\n```\n"
    rendered, _ = render(body, (COMMONMARK,))
    assert rendered.html == (
        '<h1>Title</h1>\n<p><a href="b.md">a</a> ~~x~~ <img src=c></p>\n'
        '<pre><code class="language-python">x\n</code></pre>\n'
    )
    assert (rendered.title, rendered.toc, rendered.links) == (None, (), ())
