"""Links of bodies: what each form means."""

from __future__ import annotations

import pytest

from sitegen.model.document import Link, placeholder
from sitegen.site.links import candidates, resolve, resolve_absolute
from tests.documents import document, facets_of
from tests.linked import ASSETS, CONFIG, HERE, SITE

FACETS = facets_of(*SITE, config=CONFIG, assets=ASSETS)


def resolved(href: str, path: str = HERE) -> str:
    return resolve("\x000\x00", (Link(href, 1, 1),), path, FACETS.get)


def test_words_in_a_body_are_those_of_its_language() -> None:
    pages = (document("content/posts/a.md"), document("content/posts/b.md", lang="de"))
    read = facets_of(*pages).get
    said = [resolve(f"[{placeholder('older')}]", (), page.source.path, read) for page in pages]
    assert said == ["[Older]", "[Älter]"]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("#part", "#part"),
        ("", ""),
        ("?q=1", "?q=1"),
        ("id:the-other", "/repo/posts/other/"),
        ("id:the-other#part", "/repo/posts/other/#part"),
        ("../other.md", "/repo/posts/other/"),
        ("../other.md?a=1#größe", "/repo/posts/other/?a=1#gr%C3%B6%C3%9Fe"),
        ("./../web/../other.md", "/repo/posts/other/"),
        ("../my%20post.md", "/repo/posts/my-post/"),
        ("../my post.md", "/repo/posts/my-post/"),
        ("../tour/index.md", "/repo/posts/tour/"),
        ("../../pages/about.md", "/repo/about/"),
        ("/posts/other.md", "/repo/posts/other/"),
        ("/content/posts/other.md", "/repo/posts/other/"),
        ("/posts/../pages//about.md", "/repo/about/"),
        ("../tour/img/c.png", "/repo/posts/tour/img/c.png"),
        ("/about/", "/repo/about/"),
        ("/img/a b.png?v=1", "/repo/img/a%20b.png?v=1"),
        ("../other/", "../other/"),
        ("a b", "a%20b"),
        ("nowhere.md", "nowhere.md"),
        ("id:nobody", "id:nobody"),
        ("//cdn.example/x", "//cdn.example/x"),
    ],
)
def test_link_means_a_url(href: str, url: str) -> None:
    assert resolved(href) == url


@pytest.mark.parametrize("href", ["a b.png", "a%20b.png", "./a b.png"])
def test_bundle_reaches_its_files_by_name(href: str) -> None:
    assert resolved(href, "content/posts/tour/index.md") == "/repo/posts/tour/a%20b.png"


@pytest.mark.parametrize("href", ["b.md", "/sub/b.md", "../sub/b.md"])
def test_links_where_the_site_folder_itself_holds_the_content(href: str) -> None:
    site = (document("sub/a.md", content=""), document("sub/b.md", content=""))
    facets = facets_of(*site, content="")
    link = (Link(href, 1, 1),)
    assert resolve("\x000\x00", link, "sub/a.md", facets.get) == "/posts/b/"
    assert "sub/b.md" in candidates(href, "sub/a.md", "")


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../other.md#part", "https://example.org/repo/posts/other/#part"),
        ("#part", "https://example.org/repo/posts/here/#part"),
        ("/about/", "https://example.org/repo/about/"),
        ("x.html", "https://example.org/repo/posts/here/x.html"),
        ("//cdn.example/x", "https://cdn.example/x"),
    ],
)
def test_feeds_get_absolute_urls(href: str, url: str) -> None:
    html = resolve_absolute('<a href="\x000\x00">', (Link(href, 1, 1),), HERE, FACETS.get)
    assert html == f'<a href="{url}">'


def test_urls_are_escaped_in_html() -> None:
    assert resolved('x?a=1&b="<') == "x?a=1&amp;b=%22%3C"
    assert resolved("x?it's") == "x?it&#x27;s"


def test_hundreds_of_placeholders_are_filled_each_with_its_own() -> None:
    links = tuple(Link(f"#{number}", 1, 1) for number in range(500))
    html = " ".join(f"\0{number}\0" for number in range(500))
    filled = resolve(html, links, HERE, FACETS.get)
    assert filled == " ".join(f"#{number}" for number in range(500))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (None, '<i title="output">1 line</i>'),
        ("de", '<i title="Ausgabe">1 Zeile</i>'),
        ("xx", '<i title="output"><span lang="en">1 line</span></i>'),
    ],
)
def test_words_of_the_theme_are_in_the_language_of_the_document(
    lang: str | None, said: str
) -> None:
    facets = facets_of(document(HERE, lang=lang), config=CONFIG)
    found = resolve('<i title="\0code_output\0">\0code_lines 1\0</i>', (), HERE, facets.get)
    assert found == said


def test_link_out_of_the_site_is_no_source_of_it() -> None:
    assert candidates("../../../../x.md", HERE, "content") == ("../x.md",)


@pytest.mark.parametrize("href", ["http://[", "//[x", "/[a)", "id:", "\x7f", "%zz.md", "#%zz", "?"])
def test_strange_links_break_nothing(href: str) -> None:
    assert resolve_absolute("\x000\x00", (Link(href, 1, 1),), HERE, FACETS.get)


def test_footnotes_and_protocol_relative_links_are_absolute_in_feeds() -> None:
    """Both stay as they are on the page, and once led nowhere from a feed reader."""
    html = '<sup><a href="#fn1">[1]</a></sup> <img src="//cdn.example/x.png"> href=&quot;#text'
    facets = {"site:origin": "https://a.example", "url:a.md": "/posts/a/"}
    assert resolve_absolute(html, (), "a.md", facets.get) == (
        '<sup><a href="https://a.example/posts/a/#fn1">[1]</a></sup>'
        ' <img src="https://cdn.example/x.png"> href=&quot;#text'
    )
