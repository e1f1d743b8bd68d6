"""Links of bodies: what each form means, and which are dead."""

from __future__ import annotations

import pytest

from sitegen.config.schema import Config
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Link
from sitegen.model.site import Route
from sitegen.site.links import Targets, candidates, check_links, resolve, resolve_absolute
from tests.documents import document, facets_of, placed

CONFIG = Config(base_url="https://example.org/repo/")
HERE = "content/posts/web/here.md"
SITE = (
    document(HERE, anchors=("part",)),
    document("content/posts/other.md", id="the-other", anchors=("part", "größe")),
    document("content/posts/my post.md"),
    document("content/posts/tour/index.md"),
    document("content/pages/about.md"),
)
ASSETS = {
    "content/posts/tour/a b.png": Route("posts/tour/a b.png", "/repo/posts/tour/a%20b.png"),
    "content/posts/tour/img/c.png": Route("posts/tour/img/c.png", "/repo/posts/tour/img/c.png"),
}
FACETS = facets_of(*SITE, config=CONFIG, assets=ASSETS)


def resolved(href: str, path: str = HERE) -> str:
    return resolve("\x000\x00", (Link(href, 1, 1),), path, FACETS.get)


def problems(
    *hrefs: str, path: str = HERE, left_out: str | None = None, unread: str | None = None
) -> tuple[Diagnostic, ...]:
    places = placed(SITE, CONFIG).routes
    targets = Targets(
        sources={path: route.url for path, route in (places | ASSETS).items()}
        | ({unread: ""} if unread else {}),
        ids={each.meta.id: each.source.path for each in SITE} | {"hidden": left_out or ""},
        anchors={each.source.path: each.rendered.anchors for each in SITE},
        left_out={left_out: "draft"} if left_out else {},
        content="content",
    )
    return check_links(document(path, links=hrefs, anchors=("part",)), targets)


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
    places = placed(site).routes
    sources = {path: route.url for path, route in places.items()}
    targets = Targets(sources, {}, {"sub/b.md": frozenset()}, {}, "")
    assert check_links(document("sub/a.md", content="", links=(href,)), targets) == ()


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
    "href",
    [
        *("#part", "#", "#top", "", "?q#part", "id:the-other#part", "../other.md#gr%C3%B6%C3%9Fe"),
        *("../tour/img/c.png", "/about/", "/img/logo.png", "../other/", "old.html", "v1.0", "x"),
        *("/posts/other.md#part", "../my%20post.md", "../tour/a b.png#whatever"),
    ],
)
def test_link_that_leads_somewhere_is_no_problem(href: str) -> None:
    assert problems(href) == ()


@pytest.mark.parametrize(
    ("href", "code", "hint"),
    [
        ("../othr.md", "SG301", "did you mean '../other.md'?"),
        ("other.md", "SG301", "did you mean '../other.md'?"),
        ("about.md#part", "SG301", "did you mean '../../pages/about.md'?"),
        ("/posts/othr.md#part", "SG301", "did you mean '/posts/other.md'?"),
        ("zzzzzz.MD", "SG301", None),
        ("id:the-othr", "SG301", "did you mean 'id:the-other'?"),
        ("tour.md", "SG301", "did you mean '../tour/index.md'?"),
        ("../toru/index.md", "SG301", "did you mean '../tour/index.md'?"),
        ("../somewhere.md", "SG301", None),
        ("id:the-otter-and-more", "SG301", None),
        ("#prt", "SG302", "did you mean '#part'?"),
        ("../other.md#grösse", "SG302", "did you mean '#größe'?"),
        ("?q#prt", "SG302", "did you mean '#part'?"),
        ("id:the-other#xyz", "SG302", None),
        ("logo.png", "SG303", "put the file beside the post in a folder with an index.md,"),
        ("../files/a b.zip?x#y", "SG303", "put the file beside the post in a folder"),
    ],
)
def test_dead_link_is_told_with_a_hint(href: str, code: str, hint: str | None) -> None:
    (problem,) = problems(href)
    assert problem.code == code
    assert (problem.hint or "").startswith(hint or "")
    assert bool(problem.hint) == bool(hint)


def test_missing_file_of_a_bundle_is_told_with_the_nearest() -> None:
    (problem,) = problems("imgs/c.png", path="content/posts/tour/index.md")
    assert (problem.code, problem.hint) == ("SG303", "did you mean 'img/c.png'?")


@pytest.mark.parametrize(
    ("href", "hint"),
    [("start.md", None), ("../rsut/start.md", "did you mean '../rust/start.md'?")],
)
def test_name_in_many_folders_is_a_hint_where_one_is_meant(href: str, hint: str | None) -> None:
    paths = {f"content/posts/{name}/start.md": frozenset[str]() for name in ("python", "rust")}
    targets = Targets(dict.fromkeys(paths, "/"), {}, paths, {}, "content")
    (problem,) = check_links(document(HERE, links=(href,)), targets)
    assert problem.hint == hint


def test_part_of_the_same_page_is_called_so() -> None:
    here, other = problems("#prt", "../other.md#prt")
    assert here.message == "link to a part that this page does not have: '#prt'"
    assert "'content/posts/other.md' does not have" in other.message


@pytest.mark.parametrize(
    ("why", "hint"),
    [
        ("draft", "--drafts publishes drafts"),
        ("scheduled (2030-01-02)", "--future publishes it before its date"),
        ("expired (2020-01-02)", None),
    ],
)
def test_link_to_what_is_left_out_says_how_to_have_it(why: str, hint: str | None) -> None:
    targets = Targets({}, {}, {}, {"content/posts/b.md": why}, "content")
    (problem,) = check_links(document("content/posts/a.md", links=("b.md",)), targets)
    assert (problem.code, problem.hint) == ("SG304", hint)
    assert problem.message.endswith(f"which is left out: {why}")


def test_problem_stands_where_the_link_stands() -> None:
    (problem,) = problems("#part", "/about/", "gone.md")
    assert (problem.path, problem.line, problem.column, problem.length) == (HERE, 3, 5, 7)
    assert problem.message == "link to a page that does not exist: 'gone.md'"


@pytest.mark.parametrize("href", ["../draft.md", "../draft.md#part", "id:hidden"])
def test_link_to_a_document_that_is_left_out_says_why(href: str) -> None:
    (problem,) = problems(href, left_out="content/posts/draft.md")
    assert problem.code == "SG304"
    assert problem.message.endswith("'content/posts/draft.md', which is left out: draft")


@pytest.mark.parametrize("href", ["../broken.md", "../broken.md#part", "id:perhaps-the-broken"])
def test_document_that_could_not_be_read_is_no_dead_target(href: str) -> None:
    assert problems(href, unread="content/posts/broken.md") == ()


def test_link_out_of_the_site_is_dead() -> None:
    assert candidates("../../../../x.md", HERE, "content") == ("../x.md",)
    assert [problem.code for problem in problems("../../../../x.md")] == ["SG301"]


@pytest.mark.parametrize("href", ["http://[", "//[x", "/[a)", "id:", "\x7f", "%zz.md", "#%zz", "?"])
def test_strange_links_break_nothing(href: str) -> None:
    problems(href)
    assert resolve_absolute("\x000\x00", (Link(href, 1, 1),), HERE, FACETS.get)


def test_footnotes_and_protocol_relative_links_are_absolute_in_feeds() -> None:
    """Both stay as they are on the page, and once led nowhere from a feed reader."""
    html = '<sup><a href="#fn1">[1]</a></sup> <img src="//cdn.example/x.png"> href=&quot;#text'
    facets = {"site:origin": "https://a.example", "url:a.md": "/posts/a/"}
    assert resolve_absolute(html, (), "a.md", facets.get) == (
        '<sup><a href="https://a.example/posts/a/#fn1">[1]</a></sup>'
        ' <img src="https://cdn.example/x.png"> href=&quot;#text'
    )
