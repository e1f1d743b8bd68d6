"""Without any extension, Markdown is CommonMark: all 652 examples of the specification 0.31.2.

With all that a new site has on, they are read alike but for what `DIFFERENCES` says.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.extensions.headings import without_anchors
from sitegen.content.markdown.parser import render
from sitegen.model.document import Rendered

EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)

DIFFERENCES = {
    "a heading at the top is the title of the page": {
        *(10, 62, 66, 67, 72, 75, 80, 81, 82, 115, 214, 215)
    },
    "quotation marks, apostrophes and dashes are set": {
        *(14, 46, 87, 197, 209, 210, 352, 359, 363, 380, 385, 395, 508, 620, 622)
    },
    "a link within the site is found as written, and encoded when the page is rendered": {
        *(31, 32, 33, 195, 202, 206, 489, 502, 503, 504, 630)
    },
    "a fence has options": {143},
    "the title of an image that is alone is its caption": {
        *(572, 573, 576, 577, 584, 585, 586, 588, 589, 591)
    },
    "a name in double brackets is a link": {590},
    "a bare URL or e-mail address is a link": {602, 606, 608, 611, 612},
}
"""By what is other than in CommonMark, the examples that show it."""


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


def without_additions(rendered: Rendered) -> str:
    """The HTML without ids of headings, boxes around code, and placeholders."""
    html = re.sub("\0(\\d+)\0", lambda link: rendered.links[int(link[1])].href, rendered.html)
    html = re.sub(r'(<h[1-6]) id="[^"]*"', r"\1", without_anchors(html))
    html = re.sub(r'<div class="highlight[^>]*>(.*?)</div>', r"\1", html, flags=re.DOTALL)
    return without_empty_space(html).replace("&quot;", '"')


@pytest.mark.npm("commonmark-spec")
def test_examples_that_are_read_in_another_way_are_those_of_a_known_difference(
    npm_package: Path,
) -> None:
    spec = (npm_package / "spec.txt").read_text("utf-8").replace("→", "\t")
    changed = {
        number
        for number, (markdown, html) in enumerate(EXAMPLE.findall(spec), 1)
        for rendered, _ in [render(markdown, dialect())]
        if without_additions(rendered) != without_empty_space(html).replace("&quot;", '"')
    }
    assert changed == set().union(*DIFFERENCES.values())


def test_pure_commonmark_has_nothing_of_ours() -> None:
    body = "# Title\n\n[a](b.md) ~~x~~ <img src=c>\n\n```python\nx\n```\n"
    rendered, _ = render(body, (COMMONMARK,))
    assert rendered.html == (
        '<h1>Title</h1>\n<p><a href="b.md">a</a> ~~x~~ <img src=c></p>\n'
        '<pre><code class="language-python">x\n</code></pre>\n'
    )
    assert (rendered.title, rendered.toc, rendered.links) == (None, (), ())
