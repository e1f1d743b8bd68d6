"""Front matter: what authors write, what python-frontmatter would lose, what YAML would change."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.foreign import FROM_A_THEME
from sitegen.content.frontmatter import Parsed, parse
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Meta
from sitegen.model.source import Kind, Source

ZONE = ZoneInfo("Europe/Berlin")


def parsed(text: str, name: str = "posts/foo.md") -> Parsed:
    return parse(text, Source(f"content/{name}", Kind.POST, name), ZONE)


def problems_of(header: str) -> tuple[Diagnostic, ...]:
    return parsed(f"---\n{header}\n---\n").diagnostics


def codes(header: str) -> list[str]:
    return [problem.code for problem in problems_of(header)]


def meta_of(header: str, name: str = "posts/foo.md") -> Meta:
    meta = parsed(f"---\n{header}\n---\n", name).meta
    assert meta is not None
    return meta


def test_a_text_without_fences_is_all_body() -> None:
    result = parsed("# Title\n\n---\n\ntext\n")
    assert (result.body, result.line, result.diagnostics) == ("# Title\n\n---\n\ntext\n", 1, ())
    assert result.meta == Meta(id="foo", slug="foo")


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\ntitle: x\n---\nbody\n", "body\n", 4),
        ("---\ntitle: x\n...\nbody", "body", 4),
        ("---  \ntitle: x\n---\t\n\n\nbody", "\n\nbody", 4),
        ("+++\ntitle = 'x'\n+++\nbody", "body", 4),
        ("---\ntitle: x\n---", "", 3),
        ("---\ntitle: x\n---\n    code\n\n", "    code\n\n", 4),
        ("---\ntitle: x\n---\na\n---\nb\n---\n", "a\n---\nb\n---\n", 4),
    ],
)
def test_the_body_starts_behind_the_closing_fence_and_is_untouched(
    text: str, body: str, line: int
) -> None:
    result = parsed(text)
    assert result.meta is not None
    assert (result.meta.title, result.body, result.line) == ("x", body, line)


@pytest.mark.parametrize("text", ["---\n---\nbody", "---\n\n---\nbody", "---\n# none\n---\nbody"])
def test_front_matter_may_be_empty(text: str) -> None:
    result = parsed(text)
    assert (result.body, result.diagnostics) == ("body", ())


@pytest.mark.parametrize("text", ["----\na: 1\n---\n", " ---\na: 1\n---\n", "...\na: 1\n...\n"])
def test_other_lines_are_no_fences(text: str) -> None:
    assert parsed(text).body == text


@pytest.mark.parametrize("fence", ["---", "+++"])
def test_a_fence_that_is_never_closed_is_an_error_and_not_shown_to_readers(fence: str) -> None:
    result = parsed(f"{fence}\ntitle: x\n\nbody")
    (problem,) = result.diagnostics
    assert result.meta is None
    assert (problem.code, problem.line, problem.column) == ("SG102", 1, 1)
    assert ("***" in (problem.hint or "")) == (fence == "---")


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nHello\n\n---\n\nmore",
        "---\njust text\n---\nmore",
        "---\n- a\n- list\n---\nmore",
        "---\n\n# A heading\n\n---\n\nmore",
    ],
)
def test_prose_between_two_rules_is_kept_which_python_frontmatter_throws_away(text: str) -> None:
    result = parsed(text)
    assert result.meta is not None
    assert (result.body, result.line) == (text, 1)
    assert [problem.code for problem in result.diagnostics] == ["SG103"]


def test_comments_in_toml_are_no_prose() -> None:
    assert parsed("+++\n\n# none\n\n+++\nbody").body == "body"


def test_places_count_from_the_top_of_the_file() -> None:
    assert meta_of("title: x\n\ncategory: y\ntags: [a, bc]").places == {
        "title": (2, 8, 1),
        "categories": (4, 11, 1),
        "tags": (5, 1, 4),
        "tags: a": (5, 8, 1),
        "tags: bc": (5, 11, 2),
    }


def test_every_field_is_read() -> None:
    meta = meta_of("""\
id: a/b
title: Title
slug: s
permalink: /p/
date: 2024-01-31 10:00
updated: 2024-02-01T10:00:00Z
expires: 2030-01-01
authors: [A, {name: B}]
tags: x, y
categories: z
excerpt: Short
draft: true
order: 2
series: S
image: i.png
lang: de
template: wide.html
aliases: [/old/]
unlisted: yes
math: on
toc: false
layout: post""")
    assert meta.places.keys() >= {"id", "layout"}
    assert meta == Meta(
        id="a/b",
        slug="s",
        title="Title",
        permalink="/p/",
        date=datetime(2024, 1, 31, 9, tzinfo=UTC),
        updated=datetime(2024, 2, 1, 10, tzinfo=UTC),
        authors=("A", "B"),
        tags=("x", "y"),
        categories=("z",),
        excerpt="Short",
        draft=True,
        order=2,
        series="S",
        image="i.png",
        lang="de",
        template="wide.html",
        aliases=("/old/",),
        unlisted=True,
        expires=datetime(2029, 12, 31, 23, tzinfo=UTC),
        math=True,
        toc=False,
        extra={"layout": "post"},
        places=meta.places,
    )


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("author: Jo", "authors", ("Jo",)),
        ("author: {name: Jo, url: x}", "authors", ("Jo",)),
        ("authors: Jo, Al", "authors", ("Jo", "Al")),
        ("tags: two words", "tags", ("two words",)),
        ("tags: [a, '', ~, a, b]", "tags", ("a", "b")),
        ("tags: [no, 1.5, 'a, b']", "tags", ("no", "1.5", "a, b")),
        ("tags:", "tags", ()),
        ("category: x", "categories", ("x",)),
        ("redirect_from: /a,b/", "aliases", ("/a,b/",)),
        ("description: d", "excerpt", "d"),
        ("summary: s\ndescription: d", "excerpt", "d"),
        ("summary: s\nexcerpt: e", "excerpt", "e"),
        ("excerpt: >\n  folded\n  text\n", "excerpt", "folded text"),
        ("published: false", "draft", True),
        ("published: true\ndraft: true", "draft", True),
        ("published: false\ndraft: false", "draft", True),
        ("published: true", "draft", False),
        ("draft: 'true'", "draft", True),
        ("title: ''", "title", None),
        ("title: ~", "title", None),
        ("title: 2024", "title", "2024"),
        ("order: 1.5", "order", 1.5),
        ("order: -3", "order", -3),
    ],
)
def test_one_thing_may_be_written_in_many_ways(header: str, field: str, value: object) -> None:
    assert getattr(meta_of(header), field) == value


@pytest.mark.parametrize(
    ("header", "code", "line", "column"),
    [
        ("draft: maybe", "SG106", 2, 8),
        ("draft: 1", "SG106", 2, 8),
        ("draft: true\npublished: maybe", "SG106", 3, 12),
        ("order: first", "SG106", 2, 8),
        ("order: .nan", "SG106", 2, 8),
        ("order: true", "SG106", 2, 8),
        (f"order: 1{'0' * 400}", "SG106", 2, 8),
        (f"order: {'9' * 20_000}", "SG106", 2, 8),
        ("title: [a]", "SG106", 2, 1),
        ("tags: {a: 1}", "SG106", 2, 1),
        ("tags: [a, [b]]", "SG106", 2, 11),
        ("author: {nom: x}", "SG106", 2, 1),
        ("authors: [{name: [x]}]", "SG106", 2, 11),
        ("date: soon", "SG107", 2, 7),
        ("date: 2017-02-29 11:00:00", "SG107", 2, 7),
        ("date: [2024-01-01]", "SG107", 2, 1),
        ("x: y\nexpires: 12:30", "SG107", 3, 10),
    ],
)
def test_a_value_of_the_wrong_kind_is_one_located_error(
    header: str, code: str, line: int, column: int
) -> None:
    result = parsed(f"---\n{header}\n---\n")
    (problem,) = result.diagnostics
    assert result.meta is None
    assert (problem.path, problem.code) == ("content/posts/foo.md", code)
    assert (problem.line, problem.column) == (line, column)


def test_messages_show_what_was_written() -> None:
    (problem,) = problems_of("date: soon")
    expected = "a date such as 2024-01-31 or 2024-01-31 10:00"
    assert problem.message == f"'date' must be {expected}, not 'soon'"


NAMES = "write a list of names: [one, two]"


@pytest.mark.parametrize(
    ("header", "message", "hint"),
    [
        (
            "date: 2017-02-29",
            "'2017-02-29' is not a valid date",
            "write '2017-02-28', the last day of February 2017",
        ),
        ("date: 2017-31-01", "'2017-31-01' is not a valid date", "write '2017-01-31'"),
        ("date: 2017-31-31", "'2017-31-31' is not a valid date", None),
        ("tags: {a: 1}", "'tags' must be a list of names, not a mapping", NAMES),
        ("author: {nom: x}", "'author' must be a list of names, not a mapping", NAMES),
        (
            "aliases: {a: 1}",
            "'aliases' must be a list of paths, not a mapping",
            "write a list of paths: [one, two]",
        ),
        (
            "author: {name: [x]}",
            "'author' must be text, not a mapping",
            "write one text, on one line",
        ),
    ],
)
def test_messages_say_what_is_wrong(header: str, message: str, hint: str | None) -> None:
    (problem,) = problems_of(header)
    assert (problem.message, problem.hint) == (message, hint)


def test_toml_calls_a_mapping_a_table() -> None:
    (problem,) = parsed("+++\ntags = {a = 1}\n+++\n").diagnostics
    assert problem.message == "'tags' must be a list of names, not a table"


def test_a_date_that_means_two_days_gets_both_as_a_hint() -> None:
    (problem,) = problems_of("date: 05/11/2024")
    assert problem.hint == "write '2024-11-05' or '2024-05-11'"


def test_lists_in_a_list_are_told_with_the_one_list_to_write() -> None:
    """Hexo has categories in categories."""
    (problem,) = problems_of("categories:\n- [Sports, Baseball]\n- [News]")
    assert (problem.code, problem.line, problem.column) == ("SG106", 3, 3)
    assert problem.hint == "write one list: [Sports, Baseball, News]"


def test_a_date_of_the_file_is_told_with_the_setting_that_gives_it() -> None:
    (problem,) = problems_of("date: git Last Modified")
    assert problem.code == "SG107"
    assert problem.hint == 'remove it, and set dates = "git" in [content] of sitegen.toml'


@pytest.mark.parametrize(
    ("header", "line", "column"),
    [
        ("date: 2024-01-31\nupdated: 2024-01-30", 3, 10),
        ("updated: 2024-01-30 23:00\ndate: 2024-01-31 01:00", 2, 10),
    ],
)
def test_an_update_before_the_date_is_a_warning(header: str, line: int, column: int) -> None:
    (problem,) = problems_of(header)
    assert (problem.code, problem.line, problem.column) == ("SG113", line, column)


@pytest.mark.parametrize(
    "header",
    [
        "date: 2024-01-31 10:00\nupdated: 2024-01-31",
        "date: 2024-01-31T10:00:00+10:00\nupdated: 2024-01-31T08:00:00+12:00",
        "updated: 2024-01-31",
    ],
)
def test_an_update_of_the_same_day_is_no_warning(header: str) -> None:
    assert codes(header) == []


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("tags: a b", 'write `[a, b]`, or `["a b"]` if it is one'),
        ("categories: 'C# web'", 'write `["C#", web]`, or `["C# web"]` if it is one'),
    ],
)
def test_one_tag_that_jekyll_reads_as_several_is_a_warning(header: str, hint: str) -> None:
    (problem,) = problems_of(header)
    assert (problem.code, problem.hint) == ("SG115", hint)


@pytest.mark.parametrize(
    "header", ["tags: [machine learning]", "tags: a b, c", "category: two words", "author: A B"]
)
def test_one_tag_in_a_list_or_with_commas_is_no_warning(header: str) -> None:
    assert codes(header) == []


def test_what_can_be_read_of_front_matter_with_errors_is_there() -> None:
    result = parsed("---\nslug: a/b\ndate: soon\n---\n")
    assert result.meta is None
    assert result.readable is not None
    assert (result.readable.slug, result.readable.date) == ("a/b", None)


def test_every_problem_of_a_document_is_reported() -> None:
    header = "draft: x\ndate: y\ntitle: 1.10\ntitle: z\ntitel: w\na: !!python/name:os x"
    assert sorted(codes(header)) == ["SG101", "SG104", "SG105", "SG106", "SG107", "SG108"]


@pytest.mark.parametrize("text", ["1.10", "no", "010", "12:30", "1_000", "2017-02-29", "0x1F"])
def test_a_title_stays_what_was_typed(text: str) -> None:
    assert meta_of(f"title: {text}").title == text
    assert codes(f"title: {text}") == ["SG108"]


@pytest.mark.parametrize("text", ["2024", "1.5", "2024-01-31", "'no'", '"010"', "plain"])
def test_a_title_that_yaml_does_not_change_is_no_warning(text: str) -> None:
    assert codes(f"title: {text}") == []


def test_the_warning_shows_both_readings() -> None:
    (problem,) = problems_of("tags: [ok, 1.10]")
    assert problem.message == "YAML reads '1.10' as 1.1; the text is kept"
    assert (problem.line, problem.column, problem.length) == (2, 12, 4)
    assert problem.hint == 'put it in quotes: "1.10"'


def test_typed_fields_take_what_yaml_reads() -> None:
    assert codes("draft: no\norder: 010\ndate: 2024-01-01T10:00:00Z") == []
    assert meta_of("order: 010").order == 8


def test_foreign_keys_are_plain_values() -> None:
    meta = meta_of("version: 1.10\non: yes\nn: [1, {a: 2.5}]\nday: 2024-01-31\nnil: ~")
    assert meta.extra == {
        "version": "1.10",
        "on": True,
        "n": (1, {"a": 2.5}),
        "day": date(2024, 1, 31),
    }
    assert codes("version: 1.10\non: yes\nday: 2024-01-31 1:00:00") == ["SG108"]


def test_datetimes_in_foreign_keys_are_aware() -> None:
    result = parsed("+++\na = 2024-01-31 10:00:00\nb = 10:00:00\n+++\n")
    assert result.meta is not None
    assert result.meta.extra == {"a": datetime(2024, 1, 31, 9, tzinfo=UTC), "b": "10:00:00"}


def test_toml_says_what_it_means() -> None:
    result = parsed('+++\ntitle = "1.10"\nn = 1_000\ndate = 2024-01-31\n+++\n')
    assert result.diagnostics == ()
    assert result.meta is not None
    assert (result.meta.title, result.meta.extra) == ("1.10", {"n": 1000})
    assert result.meta.date == datetime(2024, 1, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("titel", "title"),
        ("Titel", "title"),
        ("excrept", "excerpt"),
        ("catagories", "categories"),
        ("darft", "draft"),
    ],
)
def test_a_key_that_looks_like_a_known_one_is_a_warning(key: str, known: str) -> None:
    (problem,) = problems_of(f"a: 1\n{key}: x")
    assert (problem.code, problem.line, problem.column) == ("SG105", 3, 1)
    assert problem.hint == f"did you mean '{known}'?"


@pytest.mark.parametrize(
    "key",
    [
        "type",
        "images",
        "uid",
        "comments",
        "name",
        "version",
        "video",
        "related",
    ],
)
def test_a_key_of_another_generator_is_no_warning(key: str) -> None:
    assert codes(f"{key}: x") == []


@pytest.mark.parametrize(
    ("name", "id_", "slug"),
    [
        ("posts/foo.md", "foo", "foo"),
        ("posts/python/2024-01-31-foo.md", "python/2024-01-31-foo", "foo"),
        ("posts/foo/index.md", "foo", "foo"),
        ("posts/2024-01-31-foo/index.md", "2024-01-31-foo", "foo"),
        ("posts/index.md", "index", "index"),
        ("pages/about.md", "pages/about", "about"),
        ("index.md", "index", "index"),
        ("foo.markdown", "foo", "foo"),
        ("posts/a.b.md", "a.b", "a.b"),
        ("posts/2024-01-31-..md", "2024-01-31-.", "."),
        ("posts/2023-27-11-mentoring.md", "2023-27-11-mentoring", "mentoring"),
    ],
)
def test_id_and_slug_come_from_the_file_name(name: str, id_: str, slug: str) -> None:
    meta = parsed("text", name).meta
    assert meta is not None
    assert (meta.id, meta.slug) == (id_, slug)


def test_the_slug_of_an_explicit_id_is_its_last_part() -> None:
    assert meta_of("id: python/first").slug == "first"
    assert meta_of("id: python/first\nslug: Other").slug == "Other"
    assert meta_of("id: python/").slug == "foo"


@pytest.mark.parametrize("name", ["posts/2024-01-31-a.md", "posts/2024-1-31-a/index.md"])
def test_a_missing_date_comes_from_the_file_name(name: str) -> None:
    midnight = datetime(2024, 1, 30, 23, tzinfo=UTC)
    assert meta_of("title: x", name).date == midnight
    assert meta_of("date:", name).date == midnight
    assert meta_of("date: 2020-01-01", name).date == datetime(2019, 12, 31, 23, tzinfo=UTC)


def test_an_impossible_date_in_a_file_name_is_a_warning() -> None:
    result = parsed("text", "posts/2023-27-11-mentoring.md")
    assert [problem.code for problem in result.diagnostics] == ["SG110"]
    assert result.diagnostics[0].hint == "rename the file with the day that is meant"
    assert result.meta is not None
    assert result.meta.date is None


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("a: " + "[" * 100_000 + "]" * 100_000, "SG109"),
        ("a: " + "[" * 30_000 + "]" * 30_000, "SG109"),
        ("a: &a [x]\nb: [*a, *a]", "SG109"),
        ("a: !!python/object/apply:os.system [true]", "SG101"),
        ("title: a: b", "SG101"),
        ("a: 1\na: 2", "SG104"),
    ],
)
def test_hostile_front_matter_is_one_located_error(header: str, code: str) -> None:
    result = parsed(f"---\n{header}\n---\nbody")
    (problem,) = result.diagnostics
    assert (result.meta, result.body) == (None, "body")
    assert (problem.code, problem.path) == (code, "content/posts/foo.md")
    assert problem.line


def test_escapes_smuggle_no_forbidden_character_into_values() -> None:
    meta = meta_of('title: "a\\x08b\\0"\ntags: ["\\x1b[1m"]\nx: ["\\uFFFF"]')
    assert (meta.title, meta.tags, meta.extra) == ("ab", ("[1m",), {"x": ("",)})


KEYS = st.sampled_from(["title", "date", "tags", "author", "draft", "order", "aliases", "x", "é"])
VALUES = st.text(st.sampled_from("ab01:-[]{}'\"#&*!|>,~ \n")) | st.text()
HEADERS = st.lists(st.tuples(KEYS, VALUES)).map(
    lambda pairs: "\n".join(f"{key}: {value}" for key, value in pairs)
)


@given(st.text() | HEADERS.map(lambda header: f"---\n{header}\n---\nbody") | HEADERS)
def test_any_text_is_parsed_or_explained_and_its_body_is_its_end(text: str) -> None:
    result = parsed(text)
    assert result.meta is not None or result.diagnostics
    assert text.split("\n")[result.line - 1 :] == result.body.split("\n") or not result.body


@given(
    HEADERS.map(lambda header: f"+++\n{header.replace(':', ' =')}\n+++\n")
    | st.binary().map(lambda data: "+++\n" + data.decode("latin-1") + "\n+++\n")
)
def test_any_toml_is_parsed_or_explained(text: str) -> None:
    result = parsed(text)
    assert result.meta is not None or result.diagnostics


EXPECTED = {
    ("2009-03-12-hash-#1.markdown", "SG108"),  # its title is "Hash #1"
    ("2017-03-01-upgrade-to-babel-7-for-tool-authors.md", "SG107"),
    ("2017-03-01-upgrade-to-babel-7.md", "SG107"),
    ("bad_post.md", "SG101"),
    ("2023-27-11-mentoring.md", "SG110"),
    ("_index.md", "SG111"),
    ("2015-01-08-post-excerpt-separator.markdown", "SG111"),
    ("2015-02-20-extensionless-permalink.markdown", "SG111"),
    ("2018-02-19-meet-jekyll-s-new-lead-developer.markdown", "SG111"),
    ("2026-03-05-update-array-api.md", "SG111"),
    ("notices.md", "SG111"),
    ("videos.md", "SG111"),
    ("2009-01-27-categories.markdown", "SG115"),
    ("2010-01-16-override-data.markdown", "SG115"),
}
"""All that is wrong with the real posts: most are layouts and other keys with no effect here.

All posts of one site have images that lie in a folder of their theme, too.
"""


def real_posts(shared: Path) -> dict[str, Parsed]:
    files = sorted((shared / "corpus").rglob("*.m*d*"))
    return {
        str(file): parsed(
            file.read_bytes().decode("utf-8-sig", "ignore").replace("\r\n", "\n"), file.name
        )
        for file in files
        if file.suffix in (".md", ".markdown")
    }


def test_real_posts_raise_no_false_alarm(shared: Path) -> None:
    posts = real_posts(shared)
    found = {
        (Path(path).name, problem.code)
        for path, result in posts.items()
        for problem in result.diagnostics
        if FROM_A_THEME.partition("{")[0] not in (problem.hint or "")
    }
    assert len(posts) > 600
    assert found == EXPECTED


def test_every_date_of_a_real_post_is_read(shared: Path) -> None:
    dated = [
        result.meta
        for result in real_posts(shared).values()
        if result.meta and "date" in result.meta.places
    ]
    assert len(dated) > 340
    assert all(meta.date is not None for meta in dated)


def test_key_without_a_value_has_no_place() -> None:
    """An empty `slug:` was once taken for a slug, and the file name was published unslugified."""
    meta = parsed("---\nslug:\ntitle: A\n---\n").meta
    assert meta is not None
    assert set(meta.places) == {"title"}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("2024/01/31/foo.md", "foo"),
        ("notes/2024/01-31-foo.md", "foo"),
        ("posts/2024/01/31-foo/index.md", "foo"),
        ("2024/01/31/web/foo.md", "foo"),
    ],
)
def test_date_that_folders_spell_is_the_date(name: str, slug: str) -> None:
    """All posts of a blog were without a date, and nothing said so."""
    meta = meta_of("title: x", name)
    assert (meta.date, meta.slug) == (datetime(2024, 1, 31, tzinfo=ZONE), slug)


def test_date_in_a_permalink_is_the_date_unless_another_is_written() -> None:
    assert meta_of("path: 2024/01/31/foo").date == datetime(2024, 1, 31, tzinfo=ZONE)
    assert meta_of("path: 2024/01/31/foo\ndate: 2024-02-01").date == datetime(
        2024, 2, 1, tzinfo=ZONE
    )
    assert meta_of("x: 1", "2024/02-01-2024-03-01-x.md").date == datetime(2024, 2, 1, tzinfo=ZONE)


@pytest.mark.parametrize("name", ["2024/13/31/foo.md", "2024/1/foo.md", "12024/01/31.md"])
def test_folders_that_spell_no_date_are_folders(name: str) -> None:
    assert meta_of("title: x", name).date is None
