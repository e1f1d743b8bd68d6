"""Which posts are related: by rare tags and links, in an order that a new post hardly changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sitegen.config.schema import Config, Permalinks, ThemeConfig
from sitegen.model.document import Document
from sitegen.site.index import index
from sitegen.site.related import COMPARED, related, ties_of
from tests.documents import document, facets_of, languages, placed


def post(number: int, *tags: str, links: tuple[str, ...] = (), **meta: Any) -> Document:  # noqa: ANN401
    date = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
    return document(f"content/posts/{number}.md", date=date, tags=tags, links=links, **meta)


def related_to(number: int, *site: Document, config: Config | None = None) -> list[int]:
    found = facets_of(*site, config=config).get(f"related:content/posts/{number}.md", ())
    return [int(card.title) for card in found]


def test_a_rare_tag_counts_more_than_a_common_one() -> None:
    site = [post(n, "common") for n in range(2, 12)]
    assert related_to(1, post(1, "common", "rare"), post(99, "rare"), *site)[0] == 99


def test_two_tags_count_more_than_one_of_them() -> None:
    site = (post(1, "a", "b"), post(2, "a"), post(3, "b"), post(9, "a", "b"))
    assert related_to(1, *site) == [9, 2, 3]


def test_of_posts_that_count_the_same_the_nearer_comes_first() -> None:
    site = [post(n, "a") for n in range(10)]
    assert related_to(5, *site) == [6, 4, 7]


@pytest.mark.parametrize(
    "link",
    ["2.md", "../posts/2.md#part", "/posts/2.md", "id:posts/2", "/posts/2/", "/repo/posts/2/?q"],
)
def test_a_link_relates_both_ends(link: str) -> None:
    config = Config(base_url="https://x.example/repo/")
    site = (post(1, "a", links=(link,)), post(2), post(3, "a"))
    assert related_to(1, *site, config=config) == [2, 3]
    assert related_to(2, *site, config=config) == [1]


@pytest.mark.parametrize("link", ["1.md", "#x", "3.md", "x.png", "/about/", "mailto:a@b.c"])
def test_a_link_elsewhere_relates_nothing(link: str) -> None:
    assert related_to(1, post(1, links=(link,)), post(2), post(3, unlisted=True)) == []


def test_a_link_to_a_post_that_chose_its_address() -> None:
    config = Config(permalinks=Permalinks(posts="/{year}/{slug}/"))
    site = (
        post(1, links=("/2024/2/",)),
        post(2),
        post(3, links=("/away/",)),
        post(4, permalink="/away/"),
    )
    assert related_to(1, *site, config=config) == [2]
    assert related_to(4, *site, config=config) == [3]


def test_the_parts_of_a_series_are_listed_anyway() -> None:
    site = (post(1, "a", series="S"), post(2, "a", series="S"), post(3, "a"), post(4, series="S"))
    assert related_to(1, *site) == [3]
    assert related_to(3, *site) == [2, 1]


def test_the_configuration_says_how_many_there_are() -> None:
    site = [post(n, "a") for n in range(10)]
    for count in (0, 1, 5):
        config = Config(theme=ThemeConfig(related=count))
        assert len(related_to(5, *site, config=config)) == count


def test_a_new_post_changes_what_is_related_to_its_neighbours_alone() -> None:
    """Else each new post would have all pages with its tags made again."""
    old = [post(n, "all", f"t{n % 7}") for n in range(200)]
    before, after = facets_of(*old), facets_of(*old, post(200, "all", "t4"))
    changed = [
        name
        for name, cards in after.items()
        if name.startswith("related:") and cards != before.get(name)
    ]
    assert 0 < len(changed) < 2 * COMPARED


def test_the_cost_grows_with_the_tags_of_a_post_not_with_the_posts_of_a_tag() -> None:
    """A tag that all posts have made every post be compared with every other."""
    site, _ = index(
        placed(post(n, "all", f"t{n % 50}") for n in range(2_000)),
        Config(),
        "content",
        languages("en"),
    )
    compared = related(ties_of(site))
    assert len(compared) == 2_000
    assert all(
        abs(here - there) <= 50 * COMPARED for here, near in enumerate(compared) for there in near
    )


def linking_to(name: str, *site: Document, config: Config) -> list[str]:
    found = facets_of(*site, config=config).get(f"backlinks:content/{name}.md", ())
    return [link.url for link in found]


def test_what_links_to_a_document_is_known_once_each_where_it_is_asked_for() -> None:
    about = document("content/pages/about.md", links=("../posts/1.md", "/posts/2/"))
    hidden = document("content/posts/9.md", links=("1.md",), unlisted=True)
    site = (post(1, links=("2.md", "id:posts/2#x")), post(2, links=("1.md", "2.md")), about, hidden)
    config = Config(theme=ThemeConfig(backlinks=True))
    assert linking_to("posts/1", *site, config=config) == ["/posts/2/", "/about/"]
    assert linking_to("posts/2", *site, config=config) == ["/posts/1/", "/about/"]
    assert linking_to("pages/about", *site, config=config) == []
    assert linking_to("posts/1", *site, config=Config()) == []


def test_links_of_pages_relate_no_posts() -> None:
    about = document("content/pages/about.md", links=("../posts/1.md", "../posts/2.md"))
    site = (post(1), post(2), about)
    assert related_to(1, *site, config=Config(theme=ThemeConfig(backlinks=True))) == []
