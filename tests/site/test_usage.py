"""When a term is used, and which tags are used with it."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.model.document import Document
from sitegen.site.usage import COMMON_TAGS, Usage
from tests.documents import day, document, facets_of


def usage_of(term: str, *site: Document) -> Usage:
    found = facets_of(*site)[f"usage:{term}"]
    assert isinstance(found, Usage)
    return found


def post(name: str, year: int | None = 2024, **meta: Any) -> Document:  # noqa: ANN401
    return document(f"content/posts/{name}.md", date=year and day(1, 1, year), **meta)


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ((2024, 2021, 2021), (("2021", 2), ("2022", 0), ("2023", 0), ("2024", 1))),
        ((2024,), (("2024", 1),)),
        ((None, 2024), (("2024", 1),)),
        ((None,), ()),
        ((1815, 2024), (("1815", 1), ("2024", 1))),
    ],
)
def test_posts_of_each_year_those_without_any_included(
    years: tuple[int | None, ...], shown: tuple[tuple[str, int], ...]
) -> None:
    site = [post(str(n), year, tags=("t",)) for n, year in enumerate(years)]
    assert usage_of("tags:t", *site).years == shown


def test_the_tags_that_go_with_a_tag_the_commonest_first() -> None:
    site = (
        post("a", tags=("t", "b", "c")),
        post("b", tags=("t", "c")),
        post("c", tags=("t", "a")),
        post("d", tags=("b",)),
    )
    found = usage_of("tags:t", *site).tags
    assert [(tag.name, tag.count) for tag in found] == [("c", 2), ("a", 1), ("b", 2)]


def test_an_author_has_tags_too() -> None:
    site = (post("a", authors=("Ada",), tags=("ada",)), post("b", tags=("other",)))
    assert [tag.name for tag in usage_of("authors:ada", *site).tags] == ["ada"]


def test_a_term_names_only_so_many_tags() -> None:
    tags = tuple(f"t{n}" for n in range(30))
    assert len(usage_of("tags:t0", post("a", tags=tags)).tags) == COMMON_TAGS
