"""The keys of other generators: what is understood, what is told, and what stays the author's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sitegen.content.fields import KEYS
from sitegen.content.foreign import FOREIGN
from sitegen.content.translation import OWN_KEYS, ROWS
from tests.content.test_frontmatter import codes, meta_of, parsed, problems_of


def test_rows_name_keys_that_exist_and_do_one_thing() -> None:
    assert len(OWN_KEYS) == len(KEYS)
    for row in FOREIGN:
        assert not row.field or row.field in KEYS
        assert not (row.field and row.advice) or row.gives_way, row.names
        assert row.used_by


def test_no_row_is_hidden_by_one_above_it() -> None:
    for rows in ROWS.values():
        anything = [steps for steps, row in rows if row.form is None]
        assert len(anything) == len(set(anything))


AT_TEN = datetime(2024, 1, 31, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("pubDate: 2024-01-31 10:00Z", "date", AT_TEN),
        ("published: 2024-01-31 10:00Z", "date", AT_TEN),
        ("Publish-Date: Jan 31, 2024 10:00 UTC", "date", AT_TEN),
        ("lastmod: 2024-01-31 10:00Z", "updated", AT_TEN),
        ("last-modified-at: 2024-01-31 10:00Z", "updated", AT_TEN),
        ("last_update: {date: 2024-01-31T10:00:00Z}", "updated", AT_TEN),
        ("expiryDate: 2024-01-31 10:00Z", "expires", AT_TEN),
        ("Title: Hello", "title", "Hello"),
        ("Redirect-From: /a/", "aliases", ("/a/",)),
        ("path: /a/b", "permalink", "/a/b"),
        ("url: /a/b.html", "permalink", "/a/b.html"),
        ("permalink: false", "draft", True),
        ("permalink: false", "permalink", None),
        ("render: false", "draft", True),
        ("render: true", "draft", False),
        ("publish: false", "draft", True),
        ("status: draft", "draft", True),
        ("status: published", "draft", False),
        ("status: hidden", "unlisted", True),
        ("build: {list: never}", "unlisted", True),
        ("eleventyExcludeFromCollections: true", "unlisted", True),
        ("tag: a", "tags", ("a",)),
        ("taxonomies: {tags: [a, b], categories: [c]}", "tags", ("a", "b")),
        ("taxonomies: {tags: [a, b], categories: [c]}", "categories", ("c",)),
        ("series: [A]", "series", "A"),
        ("language: de", "lang", "de"),
        ("locale: pt-BR", "lang", "pt-BR"),
        ("language: php", "lang", None),
        ("cover: {image: /a.png, alt: x}", "image", "/a.png"),
        ("heroImage: ../a.jpg", "image", "../a.jpg"),
        ("image: {path: /a.png}", "image", "/a.png"),
        ("images: [./a.png, b.png]", "image", "./a.png"),
        ("cover: true", "image", None),
        ("image: a.png\ncover: b.png", "image", "a.png"),
        ("mathjax: true", "math", True),
        ("extra: {math: true}", "math", True),
        ("ShowToc: false", "toc", False),
        ("hide_table_of_contents: true", "toc", False),
        ("toc: {sidebar: left}", "toc", True),
        ("params: {author: Jo}", "authors", ("Jo",)),
        ("created: 2024-01-31 10:00Z", "date", AT_TEN),
        ("date: 2024-01-31 10:00Z\ncreated: 2020-01-01", "date", AT_TEN),
    ],
)
def test_keys_of_one_meaning_are_understood(header: str, field: str, value: object) -> None:
    assert getattr(meta_of(header), field) == value
    assert codes(header) == []


@pytest.mark.parametrize(
    ("header", "line", "column", "hint"),
    [
        ("weight: 10", 2, 1, "write `order: -10`"),
        ("weight: -3", 2, 1, "write `order: 3`"),
        ("a: 1\nhidden: true", 3, 1, "write `unlisted: true`"),
        ("sitemap: {disable: true}", 2, 11, "write `unlisted: true`"),
        ("layout: wide", 2, 1, "as `template`"),
        ("cover: images/a.png", 2, 1, "write `image: images/a.png` for a file beside the post"),
        ("series: [A, B]", 2, 13, "part of one series"),
        ("permalink: /:year/:title/", 2, 1, "write the path itself"),
        ('permalink: "/{{ page.fileSlug }}/"', 2, 1, "write the path itself"),
        ("link: https://e.com", 2, 1, "put the link into the text"),
        ("password: x", 2, 1, "draft: true"),
        ("taxonomies: {tags: [a], moods: [b]}", 2, 25, "write its terms as `tags`"),
        ("canonical_url: https://e.com/", 2, 1, "canonical"),
    ],
)
def test_what_would_be_lost_is_told_with_what_to_write(
    header: str, line: int, column: int, hint: str
) -> None:
    (problem,) = problems_of(header)
    assert (problem.code, problem.line, problem.column) == ("SG111", line, column)
    assert hint in (problem.hint or "")


@pytest.mark.parametrize(
    "header",
    [
        "layout: post",
        "layout: ../../layouts/BlogPost.astro",
        "layout: layouts/post.njk",
        "hidden: false",
        "featured: false",
        "comments: true",
        "sitemap: {priority: 0.5}",
        "link: /a/",
        "extra: {weight: 1, subtitle: x}",
        "talk: x\nrating: 5\nsource: https://e.com",
    ],
)
def test_nothing_is_said_where_nothing_is_lost(header: str) -> None:
    assert codes(header) == []


def test_two_keys_for_one_field_that_differ_are_told() -> None:
    (problem,) = problems_of("publishDate: 2030-01-01\ndate: 2024-01-01")
    assert (problem.code, problem.line) == ("SG111", 2)
    assert problem.message == "'publishDate' is not used, since 'date' says otherwise"
    assert codes("publishDate: 2024-01-01\ndate: 2024-01-01") == []


def test_a_key_of_our_own_wins_in_whatever_order() -> None:
    assert meta_of("lang: de\nlanguage: en").lang == "de"
    assert meta_of("language: en\nlang: de").lang == "de"


def test_keys_that_are_not_ours_stay_for_templates() -> None:
    meta = meta_of("lastmod: 2024-01-31\nextra: {a: 1}\nparams: {b: 2}\nc: 3\nTags: x")
    assert meta.extra.keys() == {"a", "b", "c", "lastmod"}


def test_problems_of_a_key_are_told_under_its_own_name() -> None:
    (problem,) = problems_of("lastmod: soon")
    assert (problem.code, problem.line, problem.column) == ("SG107", 2, 10)
    assert problem.message.startswith("'lastmod' must be a date")


def test_places_are_those_of_the_key_that_was_written() -> None:
    result = parsed("+++\n[taxonomies]\ntags = ['a']\n+++\n")
    assert result.meta is not None
    assert result.meta.place("tags", "a").line == 3
