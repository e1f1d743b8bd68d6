"""Documents as facets: the one order, taxonomies, archives, neighbours, addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.schema import Config, MenuItem, Permalinks
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.site import Card, Route
from sitegen.site.facts import MenuEntry
from sitegen.site.index import index
from tests.documents import day, document, facets_of, languages, placed

CONFIG = Config(base_url="https://example.org/repo/")


def paths(cards: tuple[Card, ...]) -> list[str]:
    return [card.path.removeprefix("content/posts/").removesuffix(".md") for card in cards]


def post(name: str, **meta: Any) -> Document:  # noqa: ANN401
    return document(f"content/posts/{name}.md", **meta)


def problems(*documents: Document) -> tuple[Diagnostic, ...]:
    return index(placed(documents), Config(), "content", languages("en"))[1]


def test_newest_first_then_order_then_title_then_path_then_undated() -> None:
    site = (
        post("undated-b", title="B"),
        post("undated-a", title="A"),
        post("undated-first", title="Z", order=1),
        post("old", date=day(1)),
        post("same-2", date=day(2), title="S"),
        post("same-1", date=day(2), title="S"),
        post("same-a", date=day(2), title="A"),
        post("same-top", date=day(2), title="Z", order=5),
        post("same-low", date=day(2), title="A", order=-1),
        post("new", date=day(3)),
    )
    assert paths(facets_of(*site)["posts"]) == [
        *("new", "same-top", "same-a", "same-1", "same-2", "same-low", "old"),
        *("undated-first", "undated-a", "undated-b"),
    ]


def test_order_is_of_moments_whatever_the_zone() -> None:
    east = datetime(2024, 1, 2, 1, tzinfo=timezone(timedelta(hours=9)))
    west = datetime(2024, 1, 1, 20, tzinfo=timezone(timedelta(hours=-8)))
    site = (post("east", date=east), post("west", date=west), post("utc", date=day(2)))
    assert paths(facets_of(*site)["posts"]) == ["west", "utc", "east"]


DATES = st.none() | st.datetimes(
    min_value=datetime(1, 1, 3),  # noqa: DTZ001 (Hypothesis adds the zone)
    max_value=datetime(9999, 12, 29),  # noqa: DTZ001
    timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
)


@given(st.lists(st.tuples(DATES, st.integers(0, 1), st.sampled_from("AB"))), st.randoms())
def test_order_of_reading_changes_nothing(rows: list[Any], random: Any) -> None:  # noqa: ANN401
    site = [
        post(str(n), date=date, order=order, title=title, series="S", tags=("t",))
        for n, (date, order, title) in enumerate(rows)
    ]
    shuffled = random.sample(site, len(site))
    assert facets_of(*shuffled) == facets_of(*site)


def test_title_is_given_or_the_heading_or_from_the_file_name() -> None:
    site = (
        post("a", title="Given", heading="H"),
        post("b", heading="Heading"),
        post("my_long-name"),
    )
    titles = {card.path[14:]: card.title for card in facets_of(*site)["posts"]}
    assert titles == {"a.md": "Given", "b.md": "Heading", "my_long-name.md": "My long name"}


@pytest.mark.parametrize(
    ("names", "term"),
    [
        (("python", "Python", "python"), "python"),
        (("Python", "python"), "Python"),
        (("C++", "c++", "C++"), "C++"),
        (("Café", "Cafe\u0301", "café"), "Cafe\u0301"),
    ],
)
def test_spellings_of_a_term_share_a_page_under_the_commonest(
    names: tuple[str, ...], term: str
) -> None:
    site = [post(str(n), tags=(name,)) for n, name in enumerate(names)]
    (count,) = facets_of(*site)["tags"]
    assert (count.name, count.count) == (term, len(names))
    assert {d.code for d in problems(*site)} == {"SG205"}


def test_rare_spelling_is_told_where_it_is_first_written() -> None:
    site = [post(name, title="T", tags=(tag,)) for name, tag in zip("abc", "xXx", strict=True)]
    (problem,) = problems(*site)
    assert (problem.path, problem.line) == ("content/posts/b.md", 3)
    assert problem.message == "tags: 'X' is spelled 'x' elsewhere; they share a page"


def test_post_with_two_spellings_of_a_tag_counts_once() -> None:
    facets = facets_of(post("a", tags=("Go", "go")))
    assert facets["tags"][0].count == 1
    assert len(facets["card:content/posts/a.md"].tags) == 1


def test_terms_that_only_look_alike_stay_apart() -> None:
    facets = facets_of(post("a", tags=("C", "C++", "C#", "中", "文", "字")))
    assert len(facets["tags"]) == 6
    assert not problems(post("a", tags=("C", "C++", "C#")))


def test_terms_stand_in_order_of_their_names() -> None:
    facets = facets_of(post("a", tags=("b", "C", "a", "Ä")))
    assert [term.name for term in facets["tags"]] == ["a", "b", "C", "Ä"]


def test_pages_and_unlisted_posts_make_no_terms_but_show_those_there_are() -> None:
    facets = facets_of(
        post("a", tags=("both",)),
        post("hidden", tags=("both", "secret"), unlisted=True),
        document("content/pages/p.md", tags=("both", "paged")),
    )
    assert [(term.name, term.count) for term in facets["tags"]] == [("both", 1)]
    assert paths(facets["tags:both"]) == ["a"]
    for path in ("content/posts/hidden.md", "content/pages/p.md"):
        assert [term.name for term in facets[f"card:{path}"].tags] == ["both"]


def test_unlisted_post_has_a_url_and_no_place_in_any_list() -> None:
    facets = facets_of(post("a", date=day(1)), post("b", date=day(2), unlisted=True))
    assert paths(facets["posts"]) == ["a"]
    assert [year.count for year in facets["archive"]] == [1]
    assert facets["url:content/posts/b.md"] == "/posts/b/"
    assert "newer:content/posts/a.md" not in facets


def test_posts_without_an_author_are_by_the_author_of_the_site() -> None:
    config = Config(author="Ada")
    site = (post("a"), post("b", authors=("Bob", "Ada")), document("content/pages/p.md"))
    facets = facets_of(*site, config=config)
    assert [(term.name, term.count) for term in facets["authors"]] == [("Ada", 2), ("Bob", 1)]
    assert facets["card:content/pages/p.md"].authors == ()


def test_series_runs_from_its_first_part_to_its_last() -> None:
    site = (
        post("three", series="S", date=day(3)),
        post("one", series="S", date=day(1)),
        post("two-b", series="S", date=day(2), order=2, title="A"),
        post("two-a", series="S", date=day(2), order=1, title="B"),
    )
    facets = facets_of(*site)
    assert paths(facets["series:s"]) == ["one", "two-a", "two-b", "three"]


def test_parts_of_one_day_or_none_are_in_order_of_their_titles() -> None:
    # A series was once the list of posts backwards: part 2 of one day came before part 1.
    for date in (day(1), None):
        site = [post(f"p{n}", series="S", date=date, title=f"Part {n}") for n in (2, 1, 3)]
        assert paths(facets_of(*site)["series:s"]) == ["p1", "p2", "p3"]


def test_archive_is_by_year_and_month_newest_first_undated_last() -> None:
    site = (
        post("undated"),
        post("a", date=day(5)),
        post("b", date=day(9)),
        post("c", date=day(1, 3)),
        post("d", date=day(1, 12, 2023)),
    )
    years = facets_of(*site)["archive"]
    assert [(year.year, year.count) for year in years] == [(2024, 3), (2023, 1), (None, 1)]
    assert [(month.name, paths(month.items)) for month in years[0].months] == [
        ("March", ["c"]),
        ("January", ["b", "a"]),
    ]
    assert years[-1].months[0].number is None


def test_offsets_around_new_year_split_no_year_in_two() -> None:
    east, west = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
    site = (
        post("a", date=datetime(2024, 1, 1, 1, tzinfo=east)),
        post("b", date=datetime(2023, 12, 31, 12, tzinfo=UTC)),
        post("c", date=datetime(2023, 12, 31, 23, tzinfo=west)),
        post("d", date=datetime(2024, 1, 1, 0, tzinfo=UTC)),
    )
    years = facets_of(*site)["archive"]
    assert [(year.year, year.count) for year in years] == [(2024, 2), (2023, 2)]
    assert [paths(year.months[0].items) for year in years] == [["d", "a"], ["c", "b"]]


def test_archive_of_no_posts_is_empty_and_not_linked() -> None:
    facets = facets_of(document("content/pages/p.md"))
    assert facets["archive"] == ()
    assert facets["site:archive_url"] is None
    assert facets["site:menu"] == (MenuEntry("P", "/p/"),)


def test_neighbours_are_the_posts_beside_it_in_the_one_order() -> None:
    facets = facets_of(*(post(name, date=day(n)) for n, name in enumerate("abc", 1)))
    assert facets["newer:content/posts/b.md"].path == "content/posts/c.md"
    assert facets["older:content/posts/b.md"].path == "content/posts/a.md"
    assert "newer:content/posts/c.md" not in facets
    assert "older:content/posts/a.md" not in facets


def test_second_document_with_an_id_is_an_error_at_its_id() -> None:
    site = (post("a", id="x"), post("b", title="B", id="x"), post("c", id="x"))
    found = problems(*site)
    assert [(d.code, d.path, d.line) for d in found] == [
        ("SG202", "content/posts/b.md", 3),
        ("SG202", "content/posts/c.md", 2),
    ]
    assert "content/posts/a.md" in found[0].message
    assert facets_of(*site)["id:x"] == "content/posts/a.md"


ASSETS = {"content/posts/b/x.png": Route("posts/b/x.png", "/repo/posts/b/x.png")}


@pytest.mark.parametrize(
    ("image", "url"),
    [
        ("x.png", "/repo/posts/b/x.png"),
        ("./x.png", "/repo/posts/b/x.png"),
        ("/img/a b.png", "/repo/img/a%20b.png"),
        ("https://example.net/x.png", "https://example.net/x.png"),
        ("other.png", "/repo/posts/b/other.png"),
        ("http://[x", "http://[x"),
        (None, None),
    ],
)
def test_image_of_a_post(image: str | None, url: str | None) -> None:
    bundle = document("content/posts/b/index.md", image=image)
    facets = facets_of(bundle, config=CONFIG, assets=ASSETS)
    assert facets["card:content/posts/b/index.md"].image == url


def test_every_url_has_the_base_path() -> None:
    site = (
        post("a", date=day(1), tags=("t",), categories=("c",), authors=("x",), series="s"),
        document("content/pages/p.md"),
    )
    facets = facets_of(*site, config=CONFIG, assets=ASSETS)
    card = facets["posts"][0]
    terms = (*card.tags, *card.categories, *card.authors, card.series)
    urls = [value for name, value in facets.items() if name.startswith(("url:", "site:url"))]
    urls += [value for name, value in facets.items() if name.endswith("_url") and value]
    urls += [card.url, *(term.url for term in terms), *(item.url for item in facets["site:menu"])]
    assert len(urls) > 15
    assert all(url.startswith(("/repo/", CONFIG.base_url)) for url in urls)
    assert facets["site:origin"] + card.url == "https://example.org/repo/posts/a/"


def test_menu_is_pages_archive_and_tags_unless_configured() -> None:
    site = (
        post("a", tags=("t",)),
        document("content/pages/low.md"),
        document("content/pages/top.md", order=1),
        document("content/pages/hidden.md", unlisted=True),
    )
    titles = [item.title for item in facets_of(*site)["site:menu"]]
    assert titles == ["Top", "Low", "Archive", "Tags"]
    menu = (MenuItem("Here", "/a/"), MenuItem("There", "https://example.net/"))
    config = Config(base_url=CONFIG.base_url, menu=menu)
    urls = [item.url for item in facets_of(*site, config=config)["site:menu"]]
    assert urls == ["/repo/a/", "https://example.net/"]


def test_page_at_the_root_makes_room_in_the_menu_for_the_list_of_posts() -> None:
    """The name of the site leads to the page; nothing else would lead to the list."""
    site = (post("a"), document("content/pages/welcome.md", permalink="/"))
    config = Config(base_url=CONFIG.base_url, permalinks=Permalinks(home="/blog/"))
    facets = facets_of(*site, config=config)
    assert [(item.title, item.url) for item in facets["site:menu"]] == [
        ("Posts", "/repo/blog/"),
        ("Archive", "/repo/archive/"),
    ]
    assert (facets["site:url"], facets["site:posts_url"]) == ("/repo/", "/repo/blog/")


def test_section_has_the_listed_posts_or_pages_of_its_folder_and_of_those_below() -> None:
    site = (
        *(post(name, date=day(1)) for name in ("a", "py/b", "py/deep/c", "python/d")),
        *(post(name, id=name) for name in ("_index", "py/_index", "py/deep/_index")),
        post("py/hidden", unlisted=True),
        document("content/pages/docs/_index.md"),
        document("content/pages/docs/install.md"),
    )
    facets = facets_of(*site)
    assert {name: paths(cards) for name, cards in facets.items() if name[:8] == "section:"} == {
        "section:content/posts": ["a", "py/b", "py/deep/c", "python/d"],
        "section:content/posts/py": ["py/b", "py/deep/c"],
        "section:content/posts/py/deep": ["py/deep/c"],
        "section:content/pages/docs": [],
    }
    assert paths(facets["contents:content/pages/docs"]) == ["content/pages/docs/install"]
    assert paths(facets["posts"]) == ["a", "py/b", "py/deep/c", "python/d"]
    assert [card.path for card in facets["pages"]] == ["content/pages/docs/install.md"]


def test_terms_follow_their_permalink_pattern() -> None:
    config = Config(permalinks=Permalinks(tags="/t/{slug}.html"))
    assert facets_of(post("a", tags=("A B",)), config=config)["tags"][0].url == "/t/a-b.html"
