"""Broken links of a document: each is reported at its place, with what may be meant."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.report import Absence, LeftOut
from sitegen.site.link_check import Targets, check_links
from sitegen.site.resolver import Resolver
from tests.documents import day, document, placed
from tests.linked import ASSETS, CONFIG, HERE, SITE

FILES = (
    *(route.path for route in (placed(SITE, CONFIG).routes | ASSETS).values()),
    *("img/logo.png", "posts/here/old.html", "feed.xml"),
)


def resolver(*paths: str, base_url: str = "https://example.org/") -> Resolver:
    """The URLs of a site that has files at these paths."""
    return Resolver(base_url, paths, {})


def problems(
    *hrefs: str, path: str = HERE, left_out: str | None = None, unread: str | None = None
) -> tuple[Diagnostic, ...]:
    places = placed(SITE, CONFIG).routes
    targets = Targets(
        sources={path: route.url for path, route in (places | ASSETS).items()}
        | ({unread: ""} if unread else {}),
        ids={each.meta.id: each.source.path for each in SITE} | {"hidden": left_out or ""},
        anchors={each.source.path: each.rendered.anchors for each in SITE},
        left_out={left_out: LeftOut(left_out, Absence.DRAFT, None)} if left_out else {},
        content="content",
        resolver=resolver(*FILES, base_url=CONFIG.base_url),
        files=tuple(ASSETS),
    )
    return check_links(document(path, links=hrefs, anchors=("part",)), targets)


@pytest.mark.parametrize(
    "href",
    [
        *("#part", "#", "#top", "?q#part", "id:the-other#part", "../other.md#gr%C3%B6%C3%9Fe"),
        *(
            "../tour/img/c.png",
            "/about/",
            "/img/logo.png",
            "../other/",
            "old.html",
            "../../feed.xml",
        ),
        *("/repo/about/", "/repo/posts/other/?x", "../../../repo/about/", "//me.example/x", "./"),
        *("@/posts/other.md#part", "{filename}../other.md", "{static}/posts/tour/img/c.png"),
        *("{{site.baseurl}}/about/", "{static}/img/logo.png"),
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
        ("/abuot/", "SG301", "did you mean '/about/'?"),
        ("/repo/abuot/", "SG301", "did you mean '/about/'?"),
        ("../othr/", "SG301", "did you mean '/posts/other/'?"),
        ("v1.0", "SG301", None),
        ("/about", "SG705", "write '/about/'"),
        ("/About/", "SG704", "did you mean '/about/'?"),
        ("/img/lgo.png", "SG303", "did you mean '/img/logo.png'?"),
        ("../tour/A B.png", "SG704", "did you mean '../tour/a b.png'?"),
        ("logo.png", "SG303", "put the file beside the post, or into static/"),
        ("../files/a b.zip?x#y", "SG303", "put the file beside the post"),
    ],
)
def test_broken_link_is_reported_with_a_hint(href: str, code: str, hint: str | None) -> None:
    (problem,) = problems(href)
    assert problem.code == code
    assert (problem.hint or "").startswith(hint or "")
    assert bool(problem.hint) == bool(hint)


def test_missing_file_of_a_bundle_is_reported_with_the_nearest() -> None:
    (problem,) = problems("imgs/c.png", path="content/posts/tour/index.md")
    assert (problem.code, problem.hint) == ("SG303", "did you mean 'img/c.png'?")


@pytest.mark.parametrize(
    ("href", "hint"),
    [("start.md", None), ("../rsut/start.md", "did you mean '../rust/start.md'?")],
)
def test_name_in_many_folders_is_a_hint_where_one_is_meant(href: str, hint: str | None) -> None:
    paths = {f"content/posts/{name}/start.md": frozenset[str]() for name in ("python", "rust")}
    targets = Targets(dict.fromkeys(paths, "/"), {}, paths, {}, "content", resolver())
    (problem,) = check_links(document(HERE, links=(href,)), targets)
    assert problem.hint == hint


def test_broken_anchor_names_the_page_that_lacks_it() -> None:
    here, other = problems("#prt", "../other.md#prt")
    assert here.message == "broken anchor: no heading or id 'prt' on this page"
    assert other.message == "broken anchor: no heading or id 'prt' in 'content/posts/other.md'"


@pytest.mark.parametrize(
    ("reason", "date", "message", "hint"),
    [
        (
            Absence.DRAFT,
            None,
            "'content/posts/b.md' is a draft",
            "publish that page too, remove the link, or build with --drafts",
        ),
        (
            Absence.SCHEDULED,
            day(2),
            "'content/posts/b.md' is scheduled for 2024-01-02",
            "give that page an earlier date, remove the link, or build with --future",
        ),
        (
            Absence.EXPIRED,
            day(3),
            "'content/posts/b.md' expired on 2024-01-03",
            "remove the link, or `expires` from that page",
        ),
    ],
)
def test_link_to_what_is_not_published_says_why_and_how_to_publish_it(
    reason: Absence, date: datetime | None, message: str, hint: str
) -> None:
    absent = LeftOut("content/posts/b.md", reason, date)
    targets = Targets({}, {}, {}, {absent.path: absent}, "content", resolver())
    (problem,) = check_links(document("content/posts/a.md", links=("b.md",)), targets)
    assert (problem.code, problem.message) == ("SG304", f"broken link: {message}")
    assert problem.hint == hint


def test_problem_is_at_the_place_of_its_link_and_names_it_as_written() -> None:
    (problem,) = problems("#part", "/about/", "gone.md#a%20b")
    assert (problem.path, problem.line, problem.column, problem.length) == (HERE, 3, 5, 13)
    assert problem.message == "broken link: no such page 'gone.md'"
    assert problem.target == "gone.md#a%20b"


@pytest.mark.parametrize("href", ["../draft.md", "../draft.md#part", "id:hidden"])
def test_every_way_to_link_to_a_draft_is_broken(href: str) -> None:
    (problem,) = problems(href, left_out="content/posts/draft.md")
    assert problem.code == "SG304"
    assert problem.message == "broken link: 'content/posts/draft.md' is a draft"


@pytest.mark.parametrize("href", ["../broken.md", "../broken.md#part", "id:perhaps-the-broken"])
def test_document_that_could_not_be_read_is_no_dead_target(href: str) -> None:
    assert problems(href, unread="content/posts/broken.md") == ()


def test_link_out_of_the_site_is_broken() -> None:
    assert [problem.code for problem in problems("../../../../x.md")] == ["SG301"]


@pytest.mark.parametrize("href", ["b.md", "/sub/b.md", "../sub/b.md"])
def test_links_are_whole_where_the_site_folder_itself_holds_the_content(href: str) -> None:
    targets = Targets({"sub/b.md": "/posts/b/"}, {}, {"sub/b.md": frozenset()}, {}, "", resolver())
    assert check_links(document("sub/a.md", content="", links=(href,)), targets) == ()


@pytest.mark.parametrize("href", ["http://[", "//[x", "/[a)", "id:", "\x7f", "%zz.md", "#%zz", "?"])
def test_strange_links_can_be_checked(href: str) -> None:
    problems(href)


PARTS = ["/", "a", "b", ".", "..", "index.html", "repo", "~", "%61", "A"]


@given(parts=st.lists(st.sampled_from(PARTS)), base=st.sampled_from(["", "repo/"]))
@example(parts=["repo", "/", "a", "/"], base="repo/")
@example(parts=["a", "/", "..", "/", "b"], base="")
@example(parts=["/", "a", "/"], base="")
def test_a_path_that_is_plainly_there_is_found_as_any_url_is(parts: list[str], base: str) -> None:
    """With a question mark, the same path takes the long way."""
    url = f"https://x.dev/{base}"
    resolver = Resolver(url, ["a/index.html", "a/b", "index.html", "%61"], {})
    path = "/" + "".join(parts)
    for page in (url, f"{url}a/", "https://other.dev/"):
        found, expected = (resolver.problem(href, page, "link") for href in (path, f"{path}?"))
        assert (found and found.code) == (expected and expected.code)
