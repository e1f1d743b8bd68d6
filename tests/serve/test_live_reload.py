"""What tabs are told, as a function of what was built."""

from __future__ import annotations

import pytest

from sitegen.serve.live_reload import News, Saved, saved_pages

PROBLEMS = ({"message": "wrong"},)


def test_tab_learns_all_that_changed_since_its_site() -> None:
    news = News("s").published(("/a/", "/b/"), ()).published(("/b/",), ()).published(("/c/",), ())
    assert [news.since(number)["changed"] for number in range(4)] == [
        ["/a/", "/b/", "/c/"],
        ["/b/", "/c/"],
        ["/c/"],
        [],
    ]


def test_failed_build_changes_nothing_but_the_problems() -> None:
    good = News("s").published(("/a/",), ())
    failed = good.failed(PROBLEMS)
    assert failed.since(0) == good.since(0) | {"problems": list(PROBLEMS)}
    assert failed.round == good.round + 1
    assert failed.published((), ()).since(1)["problems"] == []


def test_saved_page_is_offered_to_tabs_that_were_there_before() -> None:
    news = News("s").published((), ()).published(("/a/",), (Saved("/a/", "A"),))
    assert news.since(1)["saved"] == [{"url": "/a/", "title": "A"}]
    assert news.since(2)["saved"] == []


PAGES = ("feed.xml", "index.html", "posts/a/index.html", "posts/trip/index.html", "x.html")


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("content/posts/a.md", "posts/a/index.html"),
        ("content/posts/2026-01-02-a.md", "posts/a/index.html"),
        ("content/posts/trip/index.md", "posts/trip/index.html"),
        ("content/pages/x.markdown", "x.html"),
        ("content/posts/other.md", None),
        ("content/posts/trip/map.png", None),
        ("static/a/index.html", None),
    ],
)
def test_page_of_a_saved_file_is_known_by_its_name(source: str, page: str | None) -> None:
    assert saved_pages((source,), PAGES) == ((page,) if page else ())


def test_only_page_is_that_of_the_saved_file_whatever_its_name() -> None:
    assert saved_pages(("content/posts/a.md",), ("b/index.html", "feed.xml")) == ("b/index.html",)


def test_few_pages_are_offered_of_many() -> None:
    sources = tuple(f"content/{number}.md" for number in range(500))
    pages = tuple(f"{number}/index.html" for number in range(500))
    assert len(saved_pages(sources, pages)) == 3
