"""GitHub's extensions of CommonMark (GFM 0.29): what each of their examples shows.

Those of autolinks (§6.9) are in `test_autolinks`. Two things are other here, as the manual says: a
single tilde is a subscript or text, and raw HTML is not filtered (§6.11).
"""

from __future__ import annotations

import re

import pytest

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render

TABLE = "| a | b |\n| --- | --- |\n"
HEAD = "<table><thead><tr><th>a</th><th>b</th></tr></thead>"


def html(body: str) -> str:
    """The HTML in one line, without the box around a table."""
    found = render(body, dialect(), title="T")[0].html
    found = re.sub(r'<div class="table"[^>]*>(.*?)</div>', r"\1", found, flags=re.DOTALL)
    found = re.sub(r' (?:aria-label|class)="[^"]*"', "", found)
    return re.sub(r">\n|\n(?=<)", lambda end: end[0].strip(), found).strip()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # §4.10 Tables
        (
            f"{TABLE}| c | d |",
            f"{HEAD}<tbody><tr><td>c</td><td>d</td></tr></tbody></table>",
        ),
        (
            "| a | b |\n:-: | --:\nc | d",
            '<table><thead><tr><th style="text-align:center">a</th><th style="text-align:right">b'
            '</th></tr></thead><tbody><tr><td style="text-align:center">c</td>'
            '<td style="text-align:right">d</td></tr></tbody></table>',
        ),
        (
            "| a\\|b |\n| --- |\n| c `\\|` d |\n| e **\\|** f |",
            "<table><thead><tr><th>a|b</th></tr></thead><tbody><tr><td>c <code>|</code> d</td></tr>"
            "<tr><td>e <strong>|</strong> f</td></tr></tbody></table>",
        ),
        (
            f"{TABLE}| c | d |\n> e",
            f"{HEAD}<tbody><tr><td>c</td><td>d</td></tr></tbody></table>"
            "<blockquote><p>e</p></blockquote>",
        ),
        (
            f"{TABLE}| c | d |\ne\n\nf",
            f"{HEAD}<tbody><tr><td>c</td><td>d</td></tr><tr><td>e</td><td></td></tr></tbody>"
            "</table><p>f</p>",
        ),
        ("| a | b |\n|---|\n| c |", "<p>| a | b |\n|---|\n| c |</p>"),
        (
            f"{TABLE}| c |\n| d | e | f |",
            f"{HEAD}<tbody><tr><td>c</td><td></td></tr><tr><td>d</td><td>e</td></tr></tbody>"
            "</table>",
        ),
        (TABLE, f"{HEAD}</table>"),
        # §5.3 Task list items
        (
            "- [ ] a\n- [x] b",
            '<ul><li><input type="checkbox" disabled> a</li>'
            '<li><input type="checkbox" disabled checked> b</li></ul>',
        ),
        (
            "- [x] a\n  - [ ] b",
            '<ul><li><input type="checkbox" disabled checked> a<ul><li>'
            '<input type="checkbox" disabled> b</li></ul></li></ul>',
        ),
        # §6.5 Strikethrough
        ("~~a~~ b", "<p><s>a</s> b</p>"),
        ("a ~~b\n\nc~~", "<p>a ~~b</p><p>c~~</p>"),
        # Not here: a single tilde strikes nothing out, and three do not turn it off
        ("~~a~~ b, ~c~ d", "<p><s>a</s> b, ~c~ d</p>"),
        ("a ~~~b~~~ c", "<p>a ~<s>b</s>~ c</p>"),
        # §6.11 Disallowed raw HTML: nothing is, since only its author's text is on a site
        (
            "<b> <title> <style> <em>\n\n<blockquote>\n  <xmp> is allowed\n</blockquote>",
            "<p><b> <title> <style> <em></p><blockquote>  <xmp> is allowed</blockquote>",
        ),
    ],
)
def test_extension_of_github_is_read_as_there(body: str, expected: str) -> None:
    assert html(body) == expected
