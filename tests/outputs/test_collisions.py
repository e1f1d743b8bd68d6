"""Who wants the same place."""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.schema import Config
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import DocumentSubject, FileSubject, ListSubject, Output
from sitegen.outputs.collisions import distinct
from sitegen.outputs.files import FILES
from sitegen.outputs.pages.archive import ARCHIVE
from sitegen.outputs.pages.document import DOCUMENTS
from sitegen.outputs.pages.sections import HOME
from sitegen.outputs.redirect import REDIRECTS
from sitegen.site.routes import document_routes
from sitegen.text.urls import is_of_git, unportable
from tests.command import sitegen
from tests.documents import day, document


def output(path: str, owner: str = "", source: str | None = None) -> Output:
    return Output(path, f"/{path}", ARCHIVE.name, owner or path, source=source)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a/index.html", "a/index.html"),
        ("a/index.html", "A/index.html"),
        ("caf\u00e9/index.html", "cafe\u0301/index.html"),
        ("straße.html", "STRASSE.html"),
        ("a", "a/index.html"),
        ("a/b/c", "A/B"),
        # Folding composes or decomposes: without normalizing again these two differed.
        ("\u0390.html", "\u03aa\u0301.html"),
    ],
)
def test_paths_that_some_file_system_takes_for_one_collide(one: str, two: str) -> None:
    first, second = output(one, "the first", "1.md"), output(two, "the second", "2.md")
    kept, (problem,) = distinct([first, second], [], Config())
    assert kept == (first,)
    assert (problem.code, problem.path) == ("SG201", "2.md")
    assert "the first" in problem.message
    assert "the second" in problem.message


@pytest.mark.parametrize(
    ("one", "two"), [("a", "b"), ("a/b", "ab"), ("ı.html", "i.html"), ("a.html", "a/index.html")]
)
def test_other_paths_do_not_collide(one: str, two: str) -> None:
    outputs = (output(one), output(two))
    assert distinct(outputs, [], Config()) == (outputs, ())


@pytest.mark.parametrize(
    "paths", [("a", "a/b", "a/c", "A"), ("x", "x", "X", "y"), ("a/b/c", "a/b", "a", "a/B/d")]
)
def test_order_of_outputs_changes_no_problem(paths: tuple[str, ...]) -> None:
    outputs = [output(path, f"owner {n}", f"{n}.md") for n, path in enumerate(paths)]
    found = [distinct(order, [], Config())[1] for order in permutations(outputs)]
    assert found[0]
    assert all(problems == found[0] for problems in found)


def test_first_comer_keeps_the_place() -> None:
    outputs = [output("x", str(n), f"{9 - n}.md") for n in range(3)]
    assert distinct(outputs, [], Config())[0] == (outputs[0],)


def test_collision_is_told_where_an_author_can_mend_it() -> None:
    home, post = output("index.html", "the home page"), output("index.html", "p", "content/p.md")
    static = Output(
        "index.html",
        "/",
        FILES.name,
        *("static/index.html", FileSubject("static/index.html"), "static/index.html"),
    )
    _, problems = distinct([post, static, home], [document("content/p.md")], Config())
    assert [(p.path, p.line) for p in problems] == [
        ("static/index.html", None),
        ("content/p.md", 1),
    ]


def collision(*documents: Document) -> Diagnostic:
    """The one problem of documents and their aliases that want the same places."""
    outputs = []
    for each in documents:
        path = each.source.path
        own, aliases, _ = document_routes(each, Config())
        assert own is not None
        outputs.append(Output(own.path, own.url, DOCUMENTS.name, path, DocumentSubject(path), path))
        outputs += (
            Output(
                *(alias.path, alias.url, REDIRECTS.name, f"an alias of {path}"),
                DocumentSubject(path),
                path,
            )
            for alias in aliases
        )
    (problem,) = distinct(outputs, documents, Config())[1]
    return problem


ONE, TWO = "content/posts/1.md", "content/posts/2.md"


@pytest.mark.parametrize(
    ("one", "two", "message"),
    [
        ("/x y/", "/x y/", f"/x y/ is used by both {ONE} and {TWO}"),
        ("/A/", "/a/", f"/A/ ({ONE}) and /a/ ({TWO}) differ only in case"),
        (
            "/\u00e9/",
            "/e\u0301/",
            f"/\u00e9/ ({ONE}) and /e\u0301/ ({TWO}) differ only in how accents are encoded",
        ),
        (
            "/a.html",
            "/A.html/b/",
            f"{TWO} needs the folder a.html/, but {ONE} makes a file of that name",
        ),
        (
            "/a.html/b/",
            "/a.html",
            f"{ONE} needs the folder a.html/, but {TWO} makes a file of that name",
        ),
    ],
)
def test_collision_says_in_what_the_places_are_alike(one: str, two: str, message: str) -> None:
    assert collision(document(ONE, permalink=one), document(TWO, permalink=two)).message == message


@pytest.mark.parametrize(
    ("second", "column"),
    [
        (document(TWO, permalink="/posts/1/"), 12),
        (document(TWO, slug="1"), 7),
        (document("content/posts/x/1.md", id="x"), 1),
    ],
)
def test_collision_is_shown_where_the_place_is_asked_for(second: Document, column: int) -> None:
    problem = collision(document(ONE), second)
    assert (problem.path, problem.column) == (second.source.path, column)


def test_alias_gives_way_to_the_page_of_a_later_file() -> None:
    alias = document(ONE, title="One", aliases=("/posts/2/",))
    problem = collision(alias, document(TWO))
    assert (problem.path, problem.line, problem.hint) == (ONE, 3, "remove the alias")


def test_alias_is_shown_at_its_entry() -> None:
    places = {
        "aliases": (2, 1, 7),
        "aliases: /a/": (3, 5, 1),
        "aliases: /posts/2/": (4, 5, 1),
    }
    one = document(ONE, aliases=("/a/", "/posts/2/"), places=places)
    problem = collision(one, document(TWO))
    assert (problem.line, problem.column) == (4, 5)


def test_document_gives_way_to_a_list_that_a_later_post_brings_into_being() -> None:
    tag = Output(
        "tags/a/index.html", "/tags/a/", HOME.name, "tags 'a'", ListSubject("tags", "a"), TWO
    )
    page = Output("tags/a/index.html", "/tags/a/", DOCUMENTS.name, ONE, DocumentSubject(ONE), ONE)
    _, (problem,) = distinct(
        [page, tag], [document(ONE, permalink="/tags/a/"), document(TWO)], Config()
    )
    assert (problem.path, problem.column) == (ONE, 12)


@pytest.mark.parametrize(
    ("one", "two", "meta", "is_told"),
    [
        ("posts/python/start.md", "posts/rust/start.md", {}, True),
        ("posts/start.md", "posts/start/index.md", {}, False),
        ("pages/python/start.md", "pages/rust/start.md", {}, False),
        ("posts/python/start.md", "posts/x/start.md", {"permalink": "/posts/start/"}, False),
    ],
)
def test_posts_of_different_folders_may_be_told_apart_by_them(
    one: str, two: str, meta: dict[str, Any], is_told: bool
) -> None:
    problem = collision(document(f"content/{one}"), document(f"content/{two}", **meta))
    assert ("{section}" in (problem.hint or "")) == is_told


@pytest.mark.parametrize(
    ("dates", "pattern"),
    [
        ((day(1, 1, 2024), day(1, 1, 2025)), "/posts/{year}/{slug}/"),
        ((day(1, 1, 2024), day(1, 2, 2024)), "/posts/{year}/{month}/{slug}/"),
        ((day(1, 1, 2024), day(2, 1, 2024)), "/posts/{year}/{month}/{day}/{slug}/"),
        ((day(1, 1, 2024), day(1, 1, 2024)), None),
        ((day(1, 1, 2024), None), None),
    ],
)
def test_posts_of_one_name_may_be_told_apart_by_their_dates(
    dates: tuple[datetime | None, ...], pattern: str | None
) -> None:
    """`2024-01-01-news.md` and `2025-01-01-news.md` are no mistake of the author's."""
    one, two = (
        document(path, slug="news", date=date) for path, date in zip((ONE, TWO), dates, strict=True)
    )
    asked = f', or put the date into the URL: [permalinks] posts = "{pattern}"' if pattern else ""
    slug = "give one of them another slug, for example slug: news-2"
    assert collision(one, two).hint == f"{slug}{asked}"


def test_date_is_no_way_out_where_a_third_post_has_none() -> None:
    """Obeying the hint would only lead to another error."""
    posts = [document(ONE, slug="a", date=day(1, 1, 1)), document(TWO, slug="a", date=day(1, 1, 2))]
    problem = collision(*posts, document("content/posts/3.md"))
    assert problem.hint == "give one of them another slug, for example slug: a-2"


@pytest.mark.parametrize(
    ("permalink", "other"),
    [
        ("/posts/1/", "/posts/1-2/"),
        ("/posts/1", "/posts/1-2/"),
        ("/posts/1/index.html", "/posts/1/index-2.html"),
    ],
)
def test_hint_for_a_permalink_is_another_permalink(permalink: str, other: str) -> None:
    problem = collision(document(ONE), document(TWO, permalink=permalink))
    assert problem.hint == f"give one of them another permalink, for example permalink: {other}"


# Names


NAMES = ["CON", "aux.txt", "a:b", "x.", "a\\b", "y ", "what?.png", "sub/nul/a.txt"]


@pytest.mark.parametrize("name", NAMES)
def test_a_static_file_that_windows_cannot_have_is_a_warning(tmp_path: Path, name: str) -> None:
    """They were published without a word, and a clone of the branch fails on Windows."""
    file = tmp_path / "static" / name
    file.parent.mkdir(parents=True)
    file.write_text("x")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("A.\n")
    done = sitegen("build", tmp_path, "--format", "json")
    found = [d for d in json.loads(done.stdout)["diagnostics"] if d["code"] == "SG210"]
    assert [(d["path"], d["severity"]) for d in found] == [(f"static/{name}", "warning")]
    assert done.returncode == 0


@pytest.mark.parametrize("name", [".GIT", ".git.", "git~1", ".g\u200cit", "sub/.Git"])
def test_a_static_file_in_a_folder_of_git_is_an_error(tmp_path: Path, name: str) -> None:
    """With `static/.GIT/`, the finished site was a repository whose settings can run commands."""
    file = tmp_path / "static" / name / "config"
    file.parent.mkdir(parents=True)
    file.write_text("x")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("A.\n")
    done = sitegen("build", tmp_path)
    assert done.returncode == 1
    assert f"static/{name}/config: error SG211" in done.stderr


@pytest.mark.parametrize(
    "name",
    [".nojekyll", ".well-known/a", "100%.png", "a#b", "日本.txt", "_x", ".gitignore", "a.b.c"],
)
def test_a_name_that_all_can_have_is_none(name: str) -> None:
    assert not any(unportable(part) or is_of_git(part) for part in name.split("/"))


def calls_for_collisions(count: int) -> int:
    """How many functions are called for so many posts that want one place."""
    paths = [f"content/posts/{number}/a.md" for number in range(count)]
    posts = [document(path, date=day(1)) for path in paths]
    outputs = [
        Output("a/index.html", "/a/", DOCUMENTS.name, path, DocumentSubject(path), path)
        for path in paths
    ]
    seen: Counter[str] = Counter()
    sys.setprofile(lambda _, event, __: seen.update([event]))
    try:
        _, problems = distinct(outputs, posts, Config())
    finally:
        sys.setprofile(None)
    assert len(problems) == count - 1
    return seen["call"]


def test_collisions_do_not_each_look_at_all_posts() -> None:
    """Of 10,000 posts, 9,000 of them colliding, that took eleven seconds."""
    calls_for_collisions(2)  # what is kept between calls
    assert calls_for_collisions(400) < 5 * calls_for_collisions(100)
