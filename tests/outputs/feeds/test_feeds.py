"""Feeds, read back by feedparser, by schemas of their formats, and by an XML parser."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime, parsedate_to_datetime
from html import unescape
from pathlib import Path
from time import struct_time
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from sitegen.model.site import Card, Entry, Term
from sitegen.model.source import Kind
from sitegen.outputs.feeds.atom import atom
from sitegen.outputs.feeds.feed import Feed, guid
from sitegen.outputs.feeds.rss import rss
from sitegen.outputs.feeds.xml import rfc822, rfc3339, xml_safe
from sitegen.outputs.robots import robots
from sitegen.outputs.sitemap import sitemap, sitemap_index
from sitegen.plugins.json_feed import json_feed
from tests.conftest import ROOT

BASE = "https://blog.example/repo/"
GRAMMARS = ROOT / "tests" / "grammars"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOON = datetime(2024, 5, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
NASTY = "a ]]> b & c < d \"e\" 'f' &amp; &#8; \x08\x1b[0m \ud800 \ufffe 🐍 é"


def term(name: str) -> Term:
    return Term(name, "slug", "/repo/terms/slug/")


CARD = Card(
    path="content/posts/a.md",
    kind=Kind.POST,
    id="posts/a",
    url="/repo/posts/a/",
    title="Generic types",
    date=NOON,
    updated=NOON + timedelta(days=1),
    authors=(term("Ann"),),
    tags=(term("rust"), term("c++")),
    categories=(term("Notes"), term("rust")),
    series=None,
    excerpt="Why Vec<T> & friends",
    minutes=1,
    image="/repo/cover.png",
    lang=None,
    section="",
    order=0,
    unlisted=False,
)


def feed(*cards: Card, html: str | None = "<p>Body</p>", hub: str = "") -> Feed:
    entries = tuple(Entry(card, html) for card in cards)
    return Feed("Blog", "On code", BASE, f"{BASE}feed.xml", "en", "Bo", BASE, hub, entries)


def parsed(data: bytes) -> Any:  # noqa: ANN401
    result = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    assert not result.bozo
    return result


def schema(name: str) -> Any:  # noqa: ANN401
    return etree.RelaxNG(etree.parse(GRAMMARS / f"{name}.rng"))


texts = st.text(st.characters(exclude_categories=()), max_size=30) | st.just(NASTY)
"""Any text at all, lone surrogates included."""
ascii_texts = st.text(st.characters(max_codepoint=0x7F), max_size=30).map("x{}".format) | st.just(
    NASTY
)
"""Beyond ASCII feedparser repairs what it takes for a wrong encoding: 'Â¡' becomes '¡'."""
zones = st.timezones() | st.just(UTC)
dates = st.datetimes(min_value=datetime(1900, 1, 1), timezones=zones)  # noqa: DTZ001
"""Since 1900: local mean time in Sitka was at +14:58, and XML Schema knows +14:00 at most."""
terms = st.builds(term, texts)
cards = st.builds(
    replace,
    st.just(CARD),
    id=texts,
    title=texts,
    excerpt=texts,
    date=dates | st.none(),
    updated=dates | st.none(),
    authors=st.lists(terms, max_size=2).map(tuple),
    tags=st.lists(terms, max_size=3).map(tuple),
)


@pytest.mark.parametrize("write", [rss, atom])
def test_a_feed_reader_sees_the_entry_as_it_is(write: Callable[[Feed], bytes]) -> None:
    (entry,) = parsed(write(feed(CARD, html="<p>]]&gt; <b>x</b> &amp;lt;</p>"))).entries
    assert entry.title == "Generic types"
    assert entry.id == f"{BASE}?id=posts%2Fa"
    assert entry.link == "https://blog.example/repo/posts/a/"
    assert entry.content[0].value == "<p>]]&gt; <b>x</b> &amp;lt;</p>"
    assert [tag.term for tag in entry.tags] == ["rust", "c++", "Notes"]
    assert [author.name for author in entry.authors] == ["Ann"]
    assert entry.published_parsed == struct_time((2024, 5, 1, 10, 0, 0, 2, 122, 0))
    assert entry.updated_parsed == struct_time((2024, 5, 2, 10, 0, 0, 3, 123, 0))


@given(ascii_texts, ascii_texts, ascii_texts)
def test_feedparser_reads_back_any_entry(name: str, title: str, html: str) -> None:
    card = replace(CARD, id=name, title=title, excerpt=title, tags=(term(title),), categories=())
    for write, plain in ((rss, unescape), (atom, str)):
        (entry,) = parsed(write(feed(card, html=html))).entries
        shown = xml_safe(title).strip()
        assert entry.id == guid(BASE, name)
        assert entry.title == shown
        assert plain(entry.get("summary", "")) == shown
        assert [tag.term.strip() for tag in entry.tags] == [shown]
        assert [content.value for content in entry.get("content", [])] == [xml_safe(html).strip()]


@given(cards, texts)
def test_xml_readers_get_every_allowed_character(card: Card, html: str) -> None:
    root = etree.fromstring(atom(feed(card, html=html)))
    entry = root.find("a:entry", ATOM)
    assert entry.findtext("a:title", namespaces=ATOM) == xml_safe(card.title)
    assert entry.findtext("a:summary", namespaces=ATOM) == xml_safe(card.excerpt)
    assert entry.findtext("a:content", namespaces=ATOM) == xml_safe(html)
    names = [
        author.findtext("a:name", namespaces=ATOM) for author in entry.findall("a:author", ATOM)
    ]
    assert names == [xml_safe(author.name) for author in card.authors]
    topics = {category.get("term") for category in entry.findall("a:category", ATOM)}
    assert topics == {xml_safe(term.name) for term in (*card.tags, *card.categories)}


@given(cards, texts)
def test_json_feed_has_what_the_format_requires(card: Card, html: str) -> None:
    document = json.loads(json_feed(feed(card, html=html)))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["title"] == "Blog"
    (item,) = document["items"]
    assert item["id"] == guid(BASE, card.id)
    assert item["content_html"] == xml_safe(html)
    assert item["title"] == xml_safe(card.title)
    assert ("date_published" in item) == (card.date is not None)
    assert None not in item.values()


def test_json_feed_says_all_that_is_known() -> None:
    (item,) = json.loads(json_feed(feed(replace(CARD, lang="fr"))))["items"]
    assert item == {
        "id": f"{BASE}?id=posts%2Fa",
        "url": "https://blog.example/repo/posts/a/",
        "title": "Generic types",
        "summary": "Why Vec<T> & friends",
        "image": "https://blog.example/repo/cover.png",
        "date_published": "2024-05-01T12:00:00+02:00",
        "date_modified": "2024-05-02T12:00:00+02:00",
        "authors": [{"name": "Ann", "url": "https://blog.example/repo/terms/slug/"}],
        "tags": ["rust", "c++", "Notes"],
        "language": "fr",
        "content_html": "<p>Body</p>",
    }


@given(st.lists(cards, max_size=3), texts)
def test_every_atom_feed_is_valid(some: list[Card], html: str) -> None:
    grammar = schema("atom")
    grammar.assertValid(etree.fromstring(atom(feed(*some, html=html))))


@given(st.lists(cards, max_size=3), texts)
def test_every_rss_feed_is_valid(some: list[Card], html: str) -> None:
    grammar = schema("rss")
    grammar.assertValid(etree.fromstring(rss(feed(*some, html=html))))


ENTRY = "<entry><id>tag:x,2024:1</id><title/><updated>2024-01-01T00:00:00Z</updated>{}</entry>"
ATOM_FEED = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://x.example/</id><title>T</title>'
    "<updated>2024-01-01T00:00:00Z</updated>{}</feed>"
)
AUTHOR = "<author><name>Ann</name></author>"


@pytest.mark.parametrize(
    "rest",
    [
        AUTHOR,
        AUTHOR + ENTRY.format("<content>x</content>"),
        AUTHOR + ENTRY.format('<link href="/a"/><link rel="self" href="/b"/>'),
        AUTHOR + ENTRY.format('<summary>s</summary><content src="https://x.example/v.mp4"/>'),
        AUTHOR * 2 + '<x xmlns="urn:x"/><link href="/"/>' + ENTRY.format("<content/>" + AUTHOR),
        ENTRY.format(AUTHOR + '<content type="html">x</content><category term="t"/>') * 2,
    ],
)
def test_the_atom_grammar_accepts_what_the_rfc_allows(rest: str) -> None:
    schema("atom").assertValid(etree.fromstring(ATOM_FEED.format(rest)))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("", "<updated>2024-01-01T00:00:00Z</updated>"),
        ("<updated>2024-01-01</updated>", "<updated>2024-01-01T00:00:00Z</updated>"),
        ("<updated>2024-01-01T00:00:00</updated>", "<updated>2024-01-01T00:00:00Z</updated>"),
        ("<updated>1 Jan 2024</updated>", "<updated>2024-01-01T00:00:00Z</updated>"),
        ("<title>T</title><title>U</title>", "<title>T</title>"),
        ("", "<title>T</title>"),
        ("<id>/relative</id>", "<id>https://x.example/</id>"),
        ("", "<id>https://x.example/</id>"),
        ("", AUTHOR),
        ("<author>Ann</author>", AUTHOR),
        ("<author/>", AUTHOR),
        ("<category/>", '<category term="t"/>'),
        ("<link/>", '<link href="/a"/>'),
        ("<pubDate>x</pubDate>", '<category term="t"/>'),
        ('<content src="/v.mp4"/>', "<content>x</content>"),
        ("", "<content>x</content>"),
    ],
)
def test_the_atom_grammar_refuses_broken_feeds(wrong: str, right: str) -> None:
    entry = ENTRY.format("<content>x</content>")
    good = ATOM_FEED.format(AUTHOR + '<link href="/a"/><category term="t"/>' + entry)
    assert schema("atom").validate(etree.fromstring(good))
    assert right in good
    assert not schema("atom").validate(etree.fromstring(good.replace(right, wrong)))


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("", "<link>https://x.example/</link>"),
        ("<link>/relative</link>", "<link>https://x.example/</link>"),
        ("<guid>/a</guid>", "<guid>https://x.example/a</guid>"),
        ("<pubDate>2024-01-01</pubDate>", "<pubDate>Mon, 01 Jan 2024 10:00:00 +0000</pubDate>"),
        ("<author>Ann</author>", "<author>a@x.example</author>"),
        ("", "<title>Post</title>"),
        ("<entry/>", "<title>Post</title>"),
    ],
)
def test_the_rss_grammar_refuses_broken_feeds(wrong: str, right: str) -> None:
    good = (
        '<rss version="2.0"><channel><title>T</title><link>https://x.example/</link><description/>'
        "<item><title>Post</title><guid>https://x.example/a</guid><author>a@x.example</author>"
        "<pubDate>Mon, 01 Jan 2024 10:00:00 +0000</pubDate></item></channel></rss>"
    )
    assert schema("rss").validate(etree.fromstring(good))
    assert right in good
    assert not schema("rss").validate(etree.fromstring(good.replace(right, wrong)))


def test_a_new_slug_or_title_announces_nothing_again() -> None:
    renamed = replace(CARD, url="/repo/posts/other/", title="Other", path="content/other.md")
    for write in (rss, atom):
        (old,), (new,) = (parsed(write(feed(card))).entries for card in (CARD, renamed))
        assert old.id == new.id
        assert old.link != new.link


@given(texts, texts)
@example("a", "a\x08")
@example("a", "a\ud800")
def test_different_ids_have_different_guids(one: str, other: str) -> None:
    """Removing what XML forbids would have made one post of 'a' and 'a\\x08'."""
    assert (guid(BASE, one) == guid(BASE, other)) == (one == other)
    assert xml_safe(guid(BASE, one)) == guid(BASE, one)


def test_an_undated_post_gets_no_invented_date() -> None:
    """Nor one of before 1990, which the W3C's validator calls implausible."""
    undated = feed(replace(CARD, date=None, updated=None))
    assert b"pubDate" not in rss(undated)
    assert b"lastBuildDate" not in rss(undated)
    assert b"date_" not in json_feed(undated)
    root = etree.fromstring(atom(undated))
    assert root.xpath("//a:published", namespaces=ATOM) == []
    updated = root.xpath("//a:updated/text()", namespaces=ATOM)
    assert updated == ["1990-01-01T00:00:00Z", "1990-01-01T00:00:00Z"]


def test_excerpts_are_all_that_feeds_of_excerpts_have() -> None:
    excerpts = feed(CARD, html=None)
    for write, grammar in ((rss, "rss"), (atom, "atom")):
        schema(grammar).assertValid(etree.fromstring(write(excerpts)))
        (entry,) = parsed(write(excerpts)).entries
        assert "content" not in entry
        assert unescape(entry.summary) == CARD.excerpt
    (item,) = json.loads(json_feed(excerpts))["items"]
    assert (item["content_text"], "content_html" in item) == (CARD.excerpt, False)


def test_a_hub_is_named_in_every_format() -> None:
    hub = "https://hub.example/"
    announced = feed(CARD, hub=hub)
    for write, grammar in ((rss, "rss"), (atom, "atom")):
        schema(grammar).assertValid(etree.fromstring(write(announced)))
        links = parsed(write(announced)).feed.links
        assert [link.href for link in links if link.rel == "hub"] == [hub]
    assert json.loads(json_feed(announced))["hubs"] == [{"type": "WebSub", "url": hub}]


def test_a_feed_is_as_new_as_its_newest_change() -> None:
    older = replace(CARD, date=NOON - timedelta(days=9), updated=None)
    both = feed(older, CARD, replace(CARD, date=None, updated=None))
    assert parsed(atom(both)).feed.updated == "2024-05-02T12:00:00+02:00"
    built = etree.fromstring(rss(both)).findtext("channel/lastBuildDate")
    assert parsedate_to_datetime(built) == CARD.updated


@pytest.mark.parametrize(
    ("date", "rfc3339"),
    [
        (datetime(2024, 1, 2, 3, 4, 5, 999_999, UTC), "2024-01-02T03:04:05Z"),
        (datetime(1890, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")), "1890-01-01T00:00:00+00:53"),
        (datetime(1880, 1, 1, tzinfo=ZoneInfo("America/New_York")), "1880-01-01T00:00:00-04:56"),
        (datetime(1, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")), "0001-01-01T00:00:00+00:53"),
    ],
)
def test_dates_have_whole_minutes_of_offset(date: datetime, rfc3339: str) -> None:
    """`isoformat` writes +00:53:28 for local mean time, which no feed format allows."""
    (item,) = json.loads(json_feed(feed(replace(CARD, date=date))))["items"]
    assert item["date_published"] == rfc3339


def test_an_excerpt_of_code_survives_readers_that_take_a_description_for_html() -> None:
    """Written as it is, `Vec<T>` would be shown as `Vec`: RSS descriptions are HTML."""
    (entry,) = parsed(rss(feed(CARD))).entries
    assert entry.summary == "Why Vec&lt;T&gt; &amp; friends"
    assert unescape(entry.summary) == CARD.excerpt
    assert parsed(atom(feed(CARD))).entries[0].summary == CARD.excerpt


@pytest.mark.parametrize("write", [rss, atom, json_feed])
def test_every_url_is_absolute(write: Callable[[Feed], bytes]) -> None:
    text = write(feed(CARD)).decode()
    assert '"/' not in text
    assert ">/" not in text
    assert text.count("https://blog.example/repo/posts/a/") == 1
    assert "https://blog.example/repo/feed.xml" in text


def test_an_image_elsewhere_keeps_its_url() -> None:
    elsewhere = replace(CARD, image="https://cdn.example/a.png")
    (item,) = json.loads(json_feed(feed(elsewhere)))["items"]
    assert item["image"] == "https://cdn.example/a.png"


def test_posts_without_author_are_the_feeds_author() -> None:
    nameless = feed(replace(CARD, authors=()))
    assert parsed(rss(nameless)).entries[0].author == "Bo"
    assert parsed(atom(nameless)).feed.author == "Bo"
    assert json.loads(json_feed(nameless))["authors"] == [{"name": "Bo"}]


def test_where_nobody_is_named_atom_names_the_site() -> None:
    """RFC 4287 §4.1.1 asks for an author; the other formats do without."""
    nobody = replace(feed(replace(CARD, authors=())), author="")
    assert parsed(atom(nobody)).feed.author == "Blog"
    assert b"creator>" not in rss(nobody)
    assert b"authors" not in json_feed(nobody)


def test_feeds_are_lines_of_text_that_end_with_one() -> None:
    for write in (rss, atom, json_feed):
        assert write(feed(CARD)).endswith((b">\n", b"}\n"))
        assert write(feed(CARD)).count(b"\n") > 20


def test_json_feed_is_readable_in_any_script() -> None:
    assert "“héllo” 🐍" in json_feed(feed(replace(CARD, title="“héllo” 🐍"))).decode()


@pytest.mark.npm("sitemap")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(st.tuples(texts.map(lambda t: guid(BASE, t)), dates | st.none()), min_size=1))
def test_every_sitemap_follows_the_protocol(
    npm_package: Path, some: list[tuple[str, datetime | None]]
) -> None:
    xsd = etree.XMLSchema(etree.parse(npm_package / "schema" / "sitemap.xsd"))
    root = etree.fromstring(sitemap(some))
    xsd.assertValid(root)
    assert root.xpath("//*[local-name()='loc']/text()") == [url for url, _ in some]


def test_a_sitemap_says_when_a_page_changed_and_escapes_its_url() -> None:
    text = sitemap([(f"{BASE}?a&b", NOON), (BASE, None)]).decode()
    assert "<loc>https://blog.example/repo/?a&amp;b</loc>" in text
    assert text.count("<lastmod>2024-05-01T12:00:00+02:00</lastmod>") == 1


def test_an_index_names_each_sitemap() -> None:
    urls = [f"{BASE}sitemap-1.xml", f"{BASE}sitemap-2.xml?a&b"]
    root = etree.fromstring(sitemap_index(urls))
    schema("siteindex").assertValid(root)
    assert root.xpath("/*/*[local-name()='sitemap']/*[local-name()='loc']/text()") == urls


def test_robots_welcomes_crawlers_and_names_the_sitemap() -> None:
    text = robots(f"{BASE}sitemap.xml").decode()
    assert text.splitlines() == ["User-agent: *", "Allow: /", "", f"Sitemap: {BASE}sitemap.xml"]


@pytest.mark.parametrize(
    "forbidden", ["\x00", "\x08", "\x1b", "\x0b", "\ud800", "\ufffe", "\uffff"]
)
def test_what_xml_forbids_is_removed(forbidden: str) -> None:
    """A single U+0008 in a post stopped Pelican's whole build (pelican#2049)."""
    assert xml_safe(f"a{forbidden}b") == "ab"


@pytest.mark.parametrize("allowed", ["\t", "\n", "\r", "\x7f", "\x85", "\u2028", "\ufeff", "🐍"])
def test_what_xml_allows_is_kept(allowed: str) -> None:
    assert xml_safe(allowed) == allowed


@given(dates)
def test_dates_of_rss_are_as_email_has_them(date: datetime) -> None:
    """The library loads sockets and MIME for it, which took 4 ms of every build."""
    whole_minutes = datetime.fromisoformat(rfc3339(date).replace("Z", "+00:00"))
    assert rfc822(date) == format_datetime(whole_minutes)
