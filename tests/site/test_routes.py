"""Where documents are published."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.schema import Config, Permalinks
from sitegen.model.site import Route
from sitegen.site.routes import document_routes
from tests.documents import day, document

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text("./\\%a\0 ")


def own(path: str, pattern: str | None = None, **meta: Any) -> Route | None:  # noqa: ANN401
    permalinks = Permalinks(posts=pattern) if pattern else Permalinks()
    return document_routes(document(path, **meta), Config(permalinks=permalinks))[0]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/posts/a.md", ""),
        ("content/posts/python/a.md", "python"),
        ("content/posts/python/web/a.md", "python/web"),
        ("content/posts/bundle/index.md", ""),
        ("content/posts/python/bundle/index.md", "python"),
        ("content/a.md", ""),
        ("content/notes/a.md", "notes"),
        ("content/pages/about.md", ""),
        ("content/pages/help/index.md", ""),
        ("content/pages/help/faq.md", "help"),
        ("content/index.md", ""),
    ],
)
def test_section_is_the_folder_without_the_bundle(path: str, expected: str) -> None:
    assert document(path).source.section == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/posts/My Post!.md", "posts/my-post/index.html"),
        ("content/posts/bundle/index.md", "posts/bundle/index.html"),
        ("content/pages/about.md", "about/index.html"),
        ("content/posts/con.md", "posts/con-1143da2b/index.html"),
        ("content/posts/???.md", "posts/a03b221c/index.html"),
    ],
)
def test_file_name_makes_the_route(path: str, expected: str) -> None:
    route = own(path)
    assert route is not None
    assert route.path == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("/{year}/{month}/{day}/{slug}/", "0987/03/07/a/index.html"),
        ("/{section}/{slug}/", "web-dev/py/a/index.html"),
        ("/{slug}.html", "a.html"),
        ("/{id}/", "posts/web-dev/py/a/index.html"),
    ],
)
def test_pattern_is_filled(pattern: str, expected: str) -> None:
    route = own("content/posts/Web Dev/py/a.md", pattern, date=day(7, 3, 987))
    assert route is not None
    assert route.path == expected


def test_empty_section_leaves_no_double_slash() -> None:
    route = own("content/posts/a.md", "/{section}/{slug}/")
    assert route == Route("a/index.html", "/a/")


def test_date_in_a_url_is_that_of_the_post_in_its_own_zone() -> None:
    evening = datetime(2023, 12, 31, 23, tzinfo=timezone(timedelta(hours=-5)))
    route = own("content/posts/a.md", "/{year}/{slug}/", date=evening)
    assert route is not None
    assert route.path == "2023/a/index.html"


def test_pattern_with_a_date_needs_one() -> None:
    config = Config(permalinks=Permalinks(posts="/{year}/{slug}/"))
    route, _, (problem,) = document_routes(document(), config)
    assert route is None
    assert (problem.code, problem.path) == ("SG204", "content/posts/a.md")
    assert "'/{year}/{slug}/'" in problem.message


def test_permalink_needs_no_date_whatever_the_pattern() -> None:
    assert own("content/posts/a.md", "/{year}/{slug}/", permalink="/x/") == Route(
        "x/index.html", "/x/"
    )


UNSAFE = [
    *("../x", "a/../../x", "a\0b", "C:\\x", "con", "x.", "x" * 300, "%2e%2e", ""),
    *("..", ".", ".git", "a//b", "a\nb", "https://example.org/", "a?b", "a#b", "\udc80"),
]


@pytest.mark.parametrize("value", UNSAFE)
@pytest.mark.parametrize("key", ["slug", "permalink", "aliases"])
def test_unsafe_address_is_refused_at_its_key(key: str, value: str) -> None:
    meta: dict[str, Any] = {"title": "A", key: (value,) if key == "aliases" else value}
    route, aliases, (problem,) = document_routes(document(**meta), Config())
    assert (problem.code, problem.line, problem.column) == ("SG203", 3, len(key) + 3)
    assert repr(value) in problem.message
    assert problem.hint
    assert not aliases
    assert (route is None) == (key != "aliases")


@pytest.mark.parametrize(
    ("slug", "hint"),
    [
        ("a/b", "use permalink: /2024/a/b/ or slug: a-b"),
        ("/", "for example: my-post"),
        ("a?", "for example: a"),
    ],
)
def test_slug_is_one_part(slug: str, hint: str) -> None:
    config = Config(permalinks=Permalinks(posts="/{year}/{slug}/"))
    _, _, (problem,) = document_routes(document(slug=slug, date=day(1)), config)
    assert problem.hint == hint


BLOG = "https://me.example/blog/"


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("/posts/a/", None),
        ("/posts/a", None),
        ("posts/a/", None),
        ("/posts/a/index.html", None),
        ("/blog/posts/a/", None),
        ("/posts/a.html", "/blog/posts/a.html"),
    ],
)
def test_alias_that_is_the_url_of_its_own_page_redirects_nowhere(
    alias: str, expected: str | None
) -> None:
    """Importers of other generators write the present URL among the old ones."""
    _, aliases, problems = document_routes(document(aliases=(alias,)), Config(base_url=BLOG))
    assert [place.url for place in aliases] == ([expected] if expected else [])
    assert problems == ()


def test_alias_written_twice_is_one_redirect() -> None:
    _, aliases, problems = document_routes(document(aliases=("/old/", "/old")), Config())
    assert (len(aliases), problems) == (1, ())


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("My note", "/my-note/"),
        ("Bases", "/bases/"),
        ("Über uns, alle", "/über-uns-alle/"),
    ],
)
def test_alias_of_words_is_a_name_as_in_obsidian(alias: str, path: str) -> None:
    """Two notes of one name were an error, and a redirect was at a URL with spaces."""
    _, made, (problem,) = document_routes(document(aliases=(alias, "/old/")), Config())
    assert [place.url for place in made] == ["/old/"]
    assert problem.code == "SG206"
    assert problem.hint == f"write its path for one, such as {path}"


@pytest.mark.parametrize("aliases", [("/Posts/A/",), ("/old/", "/OLD/")])
def test_alias_that_differs_only_in_case_is_noted(aliases: tuple[str, ...]) -> None:
    """Where `A` and `a` are one file, a redirect would take the place of the page itself."""
    _, made, (problem,) = document_routes(document(aliases=aliases), Config())
    assert (problem.code, problem.line) == ("SG206", 2)
    assert len(made) == len(aliases) - 1


@pytest.mark.parametrize(
    ("written", "url"),
    [("/blog/old/", "/blog/old/"), ("/old/", "/blog/old/"), ("/blogger/", "/blog/blogger/")],
)
@pytest.mark.parametrize("key", ["permalink", "aliases"])
def test_path_that_holds_the_base_path_is_meant_as_it_is(key: str, written: str, url: str) -> None:
    """`/blog/old/` of a site below `/blog/` once became `/blog/blog/old/`."""
    meta: dict[str, Any] = {key: (written,) if key == "aliases" else written}
    own, aliases, problems = document_routes(document(**meta), Config(base_url=BLOG))
    place = own if key == "permalink" else aliases[0]
    assert place is not None
    assert (place.url, problems) == (url, ())


def test_document_may_be_the_home_page() -> None:
    assert own("content/posts/a.md", permalink="/") == Route("index.html", "/")


def test_rooted_path_is_below_the_output_folder() -> None:
    assert own("content/posts/a.md", permalink="/etc/x") == Route("etc/x/index.html", "/etc/x/")


def test_hint_is_a_safe_path() -> None:
    _, _, (problem,) = document_routes(document(permalink="../My Post./x"), Config())
    assert problem.hint == "for example: /my-post/x/"


def test_slug_that_is_too_long_with_its_pattern_is_refused() -> None:
    config = Config(permalinks=Permalinks(posts="/{year}-{slug}/"))
    route, _, (problem,) = document_routes(document(date=day(1), slug="x" * 255), config)
    assert route is None
    assert problem.code == "SG203"


@pytest.mark.parametrize(
    ("key", "name", "url", "hint"),
    [
        ("permalink", "permalink", "https://me.example/a/", "/a/"),
        ("aliases", "alias", "http://me.example", "/my-post/"),
    ],
)
def test_path_that_is_a_url_is_called_so(key: str, name: str, url: str, hint: str) -> None:
    meta: dict[str, Any] = {key: (url,) if key == "aliases" else url}
    _, _, (problem,) = document_routes(document(**meta), Config())
    assert problem.message == f"{name} {url!r} is a URL, not a path of this site"
    assert problem.hint == f"for example: {hint}"


def test_good_aliases_of_a_document_with_bad_ones_are_kept() -> None:
    _, aliases, problems = document_routes(document(aliases=("/a/", "../b", "/c.html")), Config())
    assert [alias.path for alias in aliases] == ["a/index.html", "c.html"]
    assert len(problems) == 1


@given(ANY_TEXT, st.sampled_from(["slug", "permalink", "aliases", "id"]))
def test_no_text_leads_outside(text: str, key: str) -> None:
    meta: dict[str, Any] = {key: (text,) if key == "aliases" else text}
    config = Config(permalinks=Permalinks(posts="/{id}/{slug}/"))
    route, aliases, problems = document_routes(document(**meta), config)
    for place in (*filter(None, (route,)), *aliases):
        parts = place.path.split("/")
        assert ".." not in parts
        assert "" not in parts
        assert all(len(part.encode()) <= 255 for part in parts)
    assert all(problem.code in ("SG203", "SG206") for problem in problems)


@pytest.mark.parametrize(
    ("path", "meta", "expected"),
    [
        ("content/_index.md", {}, "/all/"),
        ("content/posts/_index.md", {}, "/posts/"),
        ("content/posts/Web Dev/py/_index.md", {}, "/posts/web-dev/py/"),
        ("content/posts/python/_index.md", {"slug": "Snakes"}, "/posts/Snakes/"),
        ("content/posts/python/_index.md", {"permalink": "/snakes/"}, "/snakes/"),
        ("content/blog/_index.md", {}, "/blog/"),
        ("content/pages/docs/_index.md", {}, "/docs/"),
        ("content/pages/_index.md", {}, "/pages/"),
    ],
)
def test_section_is_at_the_url_of_its_folder(
    path: str, meta: dict[str, Any], expected: str
) -> None:
    derived = {} if "slug" in meta else {"slug": path.split("/")[-2], "places": {}}
    it = document(path, **derived | meta)
    config = Config(permalinks=Permalinks(home="/all/", posts="/{year}/{slug}/"))
    own, _, problems = document_routes(it, config)
    assert problems == ()
    assert own is not None
    assert own.url == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("content/posts/a.md", "/posts/a/"),
        ("content/posts/notes/a.md", "/n/a/"),
        ("content/posts/notes/long/a.md", "/n/a/"),
        ("content/posts/notes/short/a.md", "/s/a/"),
        ("content/posts/notes/short/bundle/index.md", "/s/bundle/"),
        ("content/notes/a.md", "/n/a/"),
        ("content/posts/notes-of-others/a.md", "/posts/a/"),
        ("content/pages/notes/a.md", "/a/"),
    ],
)
def test_longest_folder_with_a_pattern_counts(path: str, expected: str) -> None:
    sections = {"notes": "/n/{slug}/", "notes/short/": "/s/{slug}/"}
    config = Config(permalinks=Permalinks(sections=sections))
    own, _, _ = document_routes(document(path), config)
    assert own is not None
    assert own.url == expected
