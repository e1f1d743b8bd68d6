"""Bare URLs and e-mail addresses: what the examples of GFM (`test_gfm`) leave open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.extensions import autolinks
from sitegen.content.markdown.parser import render

URL = "{http://a.b|http://a.b}"
CASES = [
    # Where one may begin
    ("xhttp://a.b 1http://a.b", "xhttp://a.b 1http://a.b"),
    ("\u201chttp://a.b\u201d http://a.b\u3002", f"\u201c{URL}\u201d {URL}\u3002"),
    ('"http://a.b"', f"&quot;{URL}&quot;"),
    ("看http://a.b", f"看{URL}"),
    ("a.www.b.c /www.b.c", "a.www.b.c /www.b.c"),
    ("HTTP://A.B", "{HTTP://A.B|HTTP://A.B}"),
    ("a\nhttp://a.b\nb", f"a\n{URL}\nb"),
    # Hosts
    ("http://localhost:8000/", "{http://localhost:8000/|http://localhost:8000/}"),
    ("http://a_b.c.d", "{http://a_b.c.d|http://a_b.c.d}"),
    ("http://a.b_c.d http://a.b_c", "http://a.b_c.d http://a.b_c"),
    ("http:// https:///x www. www..", "http:// https:///x www. www.."),
    ("http://ü.de/ä", "{http://xn--tda.de/%C3%A4|http://ü.de/ä}"),
    ("ssh://a.b javascript://a.b", "ssh://a.b javascript://a.b"),
    # Ends
    ("http://a.b?!.,:*_~'\"", f"{URL}?!.,:*_~'&quot;"),
    ("http://a.b/; http://a.b&x;&yy;", f"{{http://a.b/|http://a.b/}}; {URL}&amp;x;&amp;yy;"),
    ("[http://a.b] [see http://a.b].", f"[{URL}] [see {URL}]."),
    ("http://a.b/[1]", "{http://a.b/%5B1%5D|http://a.b/[1]}"),
    # What is in one is no markup
    ("http://a.b/c_d_e*f*g", "{http://a.b/c_d_e*f*g|http://a.b/c_d_e*f*g}"),
    ("http://a.b/`c`\\_", "{http://a.b/%60c%60%5C|http://a.b/`c`\\}_"),
    # Around one
    (
        "*http://a.b* **http://a.b** ~~http://a.b~~",
        f"<em>{URL}</em> <strong>{URL}</strong> <s>{URL}</s>",
    ),
    ("*see http://a.b*, c", f"<em>see {URL}</em>, c"),
    # None in a link or in code, nor where it is escaped
    ("[http://a.b](http://c.d)", "{http://c.d|http://a.b}"),
    ("[a http://a.b x@a.b][c]\n\n[c]: http://c.d", "{http://c.d|a http://a.b x@a.b}"),
    ("<http://a.b> <x@a.b>", f"{URL} {{mailto:x@a.b|x@a.b}}"),
    ("`http://a.b x@a.b`", "<code>http://a.b x@a.b</code>"),
    ("http\\://a.b", "http://a.b"),
    # Behind what only looks like the label of a link
    ("\\](http://a.b) a](http://a.b)", f"]({URL}) a]({URL})"),
    # E-mail
    ("_x@a.b_ x_y@a.b", "<em>{mailto:x@a.b|x@a.b}</em> {mailto:x_y@a.b|x_y@a.b}"),
    ("mailto:x@a.b /x@a.b @a.b x@a", "{mailto:x@a.b|mailto:x@a.b} /x@a.b @a.b x@a"),
    ("http://x@a.b/", "{http://x@a.b/|http://x@a.b/}"),
    ("xmpp:x@a.b/c xmpp:x@a.b.", "{xmpp:x@a.b/c|xmpp:x@a.b/c} {xmpp:x@a.b|xmpp:x@a.b}."),
]


def linked(text: str, *, autolinks: bool = True) -> str:
    """The HTML of a paragraph, with its links in braces."""
    html = render(text, dialect(MarkdownConfig(autolinks=autolinks, typography=False)), title="T")[
        0
    ].html
    html = html.removeprefix("<p>").removesuffix("</p>\n")
    return re.sub('<a href="([^"]*)">(.*?)</a>', r"{\1|\2}", html)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_bare_url_or_email_address_is_a_link(text: str, expected: str) -> None:
    assert linked(text) == expected


def test_nothing_is_a_link_inside_a_link_of_raw_html() -> None:
    text = "<a href='//c.d'>http://a.b x@a.b</a> http://a.b"
    assert linked(text) == f"<a href='//c.d'>http://a.b x@a.b</a> {URL}"
    assert linked("</a> http://a.b x@a.b") == f"</a> {URL} {{mailto:x@a.b|x@a.b}}"


def test_site_can_leave_bare_urls_as_text() -> None:
    assert linked("http://a.b www.a.b x@a.b", autolinks=False) == "http://a.b www.a.b x@a.b"


def test_url_in_a_heading_is_part_of_its_text() -> None:
    found = render("## See http://a.b", dialect(), title="T")[0]
    assert [heading.text for heading in found.toc] == ["See http://a.b"]


@pytest.mark.parametrize(
    "piece",
    ["http://a_b", "_www.a", "www.a_b.c_", "http://a.b)", "http://a.b&c;", "a_b@", "&;", "a.b@c_"],
)
def test_hostile_text_is_searched_a_bounded_number_of_times(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in characters that patterns take: twice as many for twice as much text."""
    seen = 0

    class Counted:
        def __init__(self, search: Callable[[str, int, int], re.Match[str] | None]) -> None:
            self.search = self.match = lambda *given: self.counted(search(*given), *given)

        def counted(
            self, found: re.Match[str] | None, text: str, start: int, end: int
        ) -> re.Match[str] | None:
            nonlocal seen
            seen += (found.end() if found else end) - start
            return found

    monkeypatch.setattr(autolinks, "HEAD", Counted(autolinks.HEAD.match))
    monkeypatch.setattr(autolinks, "STOP", Counted(autolinks.STOP.search))
    counts = []
    for times in (500, 1000):
        seen = 0
        linked(piece * times)
        counts.append(seen)
    assert counts[1] <= 2.1 * counts[0] + 10
