"""Every file that the finished site will have."""

from __future__ import annotations

from typing import Any

import pytest

from sitegen.config.schema import Config, Permalinks, ThemeConfig
from sitegen.model.document import Document
from sitegen.model.output import DocumentSubject, FileSubject, Output
from sitegen.model.site import Route
from sitegen.model.source import Kind, Source
from sitegen.outputs.files import FILES
from sitegen.outputs.kind import SitePlan
from sitegen.outputs.pages.archive import ARCHIVE
from sitegen.outputs.plan import plan
from sitegen.outputs.redirect import REDIRECTS
from sitegen.outputs.sitemap import (
    SITEMAP_INDEX,
    files_for,
    listed_pages,
    sitemaps,
    urls_by_file,
)
from sitegen.outputs.style_sheet import STYLE_SHEET
from sitegen.plugins.load import load_plugins
from sitegen.plugins.use import kinds_of
from tests.documents import day, document, facets_of, placed

BASE = Config(base_url="https://example.org/repo/")
BY_NAME = kinds_of(load_plugins(()))


def planned(
    *documents: Document,
    config: Config | None = None,
    static: tuple[str, ...] = (),
    assets: dict[str, Route] | None = None,
) -> dict[str, Output]:
    """The outputs of a site by path."""
    config = config or Config()
    facets = facets_of(*documents, config=config, assets=assets)
    files = tuple(Source(path, Kind.STATIC, path.partition("static/")[2]) for path in static)
    outputs = plan(
        BY_NAME.values(), SitePlan(facets, placed(documents, config, assets), files, config)
    )
    by_path = {output.path: output for output in outputs}
    assert len(by_path) == len(outputs)
    return by_path


def posts(count: int, **meta: Any) -> list[Document]:  # noqa: ANN401
    return [
        document(f"content/posts/{n}.md", date=day(n % 28 + 1), **meta) for n in range(1, count + 1)
    ]


def test_empty_site_has_a_home_feeds_and_what_crawlers_ask_for() -> None:
    assert list(planned()) == [
        *("index.html", "feed.xml", "atom.xml", "feeds/index.html"),
        *("404.html", "style.css", "script.js", "robots.txt"),
        *("search/index.html", "search.js", "search.css", "search/titles.json", "search/00.txt"),
        *("manifest.webmanifest", "feed.json", "sitemap.xml"),
    ]


def test_post_with_everything_brings_its_lists_and_feeds() -> None:
    site = planned(
        document(tags=("t",), categories=("c",), authors=("x",), series="s"),
        document("content/pages/about.md"),
    )
    assert {path for path in site if "/" in path} == {
        *("posts/a/index.html", "about/index.html", "archive/index.html"),
        *("tags/index.html", "tags/t/index.html", "categories/index.html"),
        *("categories/c/index.html", "authors/index.html", "authors/x/index.html"),
        *("series/index.html", "series/s/index.html", "feeds/index.html"),
        *(
            f"{term}/{feed}"
            for term in ("tags/t", "categories/c", "authors/x", "series/s")
            for feed in ("feed.xml", "atom.xml", "feed.json")
        ),
        *("search/index.html", "search/titles.json", "search/00.txt"),
    }


def test_templates_are_by_kind_unless_a_document_names_one() -> None:
    site = planned(
        document(),
        document("content/pages/p.md"),
        document("content/posts/own.md", template="own.html"),
    )
    assert site["posts/a/index.html"].template == "post.html"
    assert site["p/index.html"].template == "page.html"
    assert site["posts/own/index.html"].template == "own.html"


@pytest.mark.parametrize(("count", "total"), [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_pages_of_a_list(count: int, total: int) -> None:
    site = planned(*posts(count), config=Config(paginate=3))
    pages = ["index.html", *(f"page/{n}/index.html" for n in range(2, total + 1))]
    assert [path for path, output in site.items() if output.template == "home.html"] == pages
    assert [site[path].number for path in pages] == list(range(1, total + 1))
    assert {site[path].total for path in pages} == {total}


def test_terms_whose_pattern_is_a_file_have_pages_and_a_feed_in_a_folder() -> None:
    config = Config(paginate=1, permalinks=Permalinks(tags="/t/{slug}.html"))
    site = planned(*posts(2, tags=("x",)), config=config)
    assert {path for path in site if path.startswith("t/")} == {
        *("t/index.html", "t/x.html", "t/x/page/2/index.html"),
        *("t/x/feed.xml", "t/x/atom.xml", "t/x/feed.json"),
    }


def test_every_url_has_the_base_path() -> None:
    site = planned(*posts(2, tags=("t",)), config=BASE, static=("static/a b.png",))
    assert all(output.url.startswith("/repo/") for output in site.values())
    assert site["a b.png"].url == "/repo/a%20b.png"
    assert site["404.html"].url == "/repo/404.html"


def test_file_of_the_site_replaces_that_of_the_theme() -> None:
    site = planned(static=("static/favicon.svg", "theme:static/favicon.svg", "theme:static/x.js"))
    assert site["favicon.svg"].subject == FileSubject("static/favicon.svg")
    assert site["x.js"].subject == FileSubject("theme:static/x.js")


def test_style_sheet_script_and_robots_are_the_sites_own_where_it_has_them() -> None:
    site = planned(static=("static/style.css", "static/script.js", "static/robots.txt"))
    assert site["style.css"].kind == STYLE_SHEET.name
    assert (site["script.js"].kind, site["robots.txt"].kind) == (FILES.name, FILES.name)


@pytest.mark.parametrize(("fonts", "found"), [("bundled", 1), ("system", 0)])
def test_fonts_of_the_theme_are_there_where_they_are_used(fonts: str, found: int) -> None:
    config = Config(theme=ThemeConfig(fonts=fonts))
    site = planned(config=config, static=("theme:static/fonts/a.woff2", "static/fonts/b.woff2"))
    assert ("fonts/a.woff2" in site) == found
    assert "fonts/b.woff2" in site


def test_files_of_bundles_are_copied() -> None:
    asset = {"content/posts/b/x.png": Route("posts/b/x.png", "/posts/b/x.png")}
    output = planned(document("content/posts/b/index.md"), assets=asset)["posts/b/x.png"]
    assert (output.kind, output.subject) == (FILES.name, FileSubject("content/posts/b/x.png"))


def test_alias_redirects_to_its_document() -> None:
    output = planned(document(aliases=("/old/",)))["old/index.html"]
    assert output.kind == REDIRECTS.name
    assert output.subject == DocumentSubject("content/posts/a.md")
    assert output.source == "content/posts/a.md"
    assert output.owner == "an alias of content/posts/a.md"


def test_sitemap_holds_every_page_that_is_to_be_found() -> None:
    documents = (
        document(date=day(1), updated=day(9), tags=("t",), aliases=("/old/",)),
        document("content/posts/b.md", date=day(2), tags=("t",)),
        document("content/posts/hidden.md", unlisted=True),
        document("content/pages/p.md"),
    )
    config = Config(base_url=BASE.base_url, paginate=1)
    outputs = planned(*documents, config=config)
    found = listed_pages(outputs.values(), BY_NAME, facets_of(*documents, config=config))
    assert dict(found) == {
        "https://example.org/repo/": None,
        "https://example.org/repo/posts/a/": day(9),
        "https://example.org/repo/posts/b/": day(2),
        "https://example.org/repo/p/": None,
        "https://example.org/repo/tags/": None,
        "https://example.org/repo/tags/t/": None,
        "https://example.org/repo/archive/": None,
        "https://example.org/repo/feeds/": None,
    }


def site_of(count: int) -> tuple[list[Output], SitePlan]:
    """So many pages, and the site that they are of."""
    outputs = [Output(f"{n}", f"/repo/{n}/", ARCHIVE.name, "") for n in range(count)]
    return outputs, SitePlan({"site:origin": "https://example.org"}, placed(()), (), BASE)


def test_sitemap_of_more_addresses_than_a_file_may_hold_is_in_several() -> None:
    outputs, site = site_of(50_001)
    index, *files = sitemaps(outputs, BY_NAME, site)
    assert (index.path, index.kind) == ("sitemap.xml", SITEMAP_INDEX.name)
    assert [file.path for file in files] == ["sitemap-1.xml", "sitemap-2.xml"]
    parts = dict(urls_by_file([*outputs, index, *files], BY_NAME, site.facets))
    assert max(map(len, parts.values())) <= 50_000
    found = sorted(url for part in parts.values() for url, _ in part)
    assert found == sorted(f"https://example.org/repo/{n}/" for n in range(50_001))


def test_new_page_changes_one_file_of_the_sitemap() -> None:
    (before, site), (after, _) = site_of(50_001), site_of(50_002)
    files = tuple(sitemaps(before, BY_NAME, site))
    old, new = (
        dict(urls_by_file([*outputs, *files], BY_NAME, site.facets)) for outputs in (before, after)
    )
    assert len([number for number in old if old[number] != new[number]]) == 1


def test_sitemap_of_few_long_addresses_is_in_several_files_too() -> None:
    urls = [(f"https://example.org/{n}/{'a' * 2_000}", None) for n in range(25_000)]
    assert files_for(urls) == 2
    assert files_for(urls[:20_000]) == 1
