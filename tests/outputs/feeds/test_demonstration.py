"""Every feed of the demonstration, read by a feed parser and compared with the posts as pages."""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from time import struct_time

import feedparser
import pytest
from lxml import etree, html

from sitegen.outputs.feeds.feed import UNKNOWN
from tests.conftest import ROOT
from tests.showcase import DEMO, Showcase

FORMATS = ("feed.xml", "atom.xml", "feed.json")


@dataclass(frozen=True)
class Told:
    """What one feed, or the page, says of a post."""

    title: str
    link: str
    published: datetime | None
    authors: tuple[str, ...]
    tags: frozenset[str]


@dataclass(frozen=True)
class Item:
    """An entry of a feed."""

    told: Told
    id: str
    updated: datetime | None
    summary: str
    content: str


@pytest.fixture
def site(showcases: Callable[[str], Showcase]) -> Showcase:
    return showcases(DEMO)


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def of_struct(parsed: struct_time | None) -> datetime | None:
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def of_json(file: Path) -> list[Item]:
    found = json.loads(file.read_text("utf-8"))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    return [
        Item(
            Told(
                item["title"],
                item["url"],
                moment(item.get("date_published")),
                tuple(author["name"] for author in item.get("authors", found.get("authors", ()))),
                frozenset(item.get("tags", ())),
            ),
            item["id"],
            moment(item.get("date_modified")),
            item["summary"],
            item["content_html"],
        )
        for item in found["items"]
    ]


def of_xml(file: Path) -> list[Item]:
    found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo
    etree.RelaxNG(
        etree.parse(ROOT / f"tests/grammars/{'atom' if 'atom' in found.version else 'rss'}.rng")
    ).assertValid(etree.parse(file))
    plain = str if "atom" in found.version else unescape
    items = []
    for entry in found.entries:
        published, updated = map(
            of_struct, (entry.get("published_parsed"), dict.get(entry, "updated_parsed"))
        )
        told = Told(
            entry.title,
            entry.link,
            published,
            tuple(author.name for author in entry.get("authors", ()) if "name" in author),
            frozenset(tag.term for tag in entry.get("tags", ())),
        )
        is_update = updated not in (published, UNKNOWN)
        shown = (plain(entry.summary), entry.content[0].value)
        items.append(Item(told, entry.id, updated if is_update else None, *shown))
    return items


def of_page(site: Showcase, address: str) -> tuple[Told, str]:
    """What the page of a post says of it, and its text."""
    page = html.parse(site.file(address), html.HTMLParser(encoding="utf-8")).getroot()
    dates = page.xpath("//header[@class='head']//time[1]/@datetime")
    told = Told(
        page.xpath("string(//h1)"),
        page.xpath("string(//link[@rel='canonical']/@href)"),
        moment(dates[0]) if dates else None,
        tuple(page.xpath("//header[@class='head']//a[@rel='author']/text()")),
        frozenset(page.xpath("//footer[@class='about']//a[@rel='tag']/text()")),
    )
    for where in page.xpath("//code[@class='at']"):
        where.text = f"({where.text})"
    return told, squeezed(page.xpath("string(//div[@class='prose'])"))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("name", FORMATS)
def test_all_lists_have_feeds_of_one_meaning(site: Showcase, name: str) -> None:
    folders = {file.parent for file in site.folder.rglob("feed.xml")}
    assert len(folders) > 10
    for folder in folders:
        first = of_xml(folder / "feed.xml")
        found = of_json(folder / name) if name.endswith("json") else of_xml(folder / name)
        assert first
        assert [replace(item, content="") for item in found] == [
            replace(item, content="") for item in first
        ]
        assert [item.content.strip() for item in found] == [i.content.strip() for i in first]


def test_every_entry_is_the_post_as_its_page_has_it(site: Showcase) -> None:
    for item in of_json(site.folder / "feed.json"):
        told, text = of_page(site, item.told.link)
        assert told == replace(item.told, authors=told.authors or item.told.authors)
        entry = html.fragment_fromstring(item.content, create_parent="div")
        for passage in entry.xpath(".//p | .//li[not(.//p)] | .//td | .//h2"):
            if not passage.xpath("ancestor::li | ./em[not(preceding::text())]"):
                assert re.sub("[☑☐]", "", squeezed(passage.text_content())) in text


def test_entries_need_nothing_but_themselves(site: Showcase) -> None:
    """No script, no class but that of a language; no relative URL but of its own footnotes."""
    items = of_json(site.folder / "feed.json")
    ids: Counter[str] = Counter()
    for item in items:
        entry = html.fragment_fromstring(item.content, create_parent="div")
        assert not entry.xpath(".//script | .//style | .//input | .//span[@class] | .//*[@role]")
        assert all(name.startswith("language-") for name in entry.xpath(".//@class"))
        urls = entry.xpath(".//@href | .//@src")
        assert all(re.match(r"https?://|mailto:|#fn", url) for url in urls)
        assert all(image.get("width") for image in entry.xpath(".//img"))
        names = entry.xpath(".//@id")
        ids.update(names)
        assert {url[1:] for url in urls if url.startswith("#")} == set(names)
        assert "\0" not in item.content
    assert set(ids.values()) == {1}
    assert any("<ins>+ " in item.content for item in items)
