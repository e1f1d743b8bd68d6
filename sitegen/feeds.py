"""What machines read of a site: RSS 2.0, Atom, JSON Feed, the sitemap and `robots.txt`, as bytes.

Three rules hold in all of them. Every URL is absolute. Every string is free of what XML 1.0
forbids, since one escape sequence pasted into a post would make a whole feed unreadable. And a
post is announced once: its guid comes from its id, which outlives a new slug, a new title or a
move to another folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sitegen.model import Card, Entry, Term
from sitegen.text import FORBIDDEN

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


@dataclass(frozen=True, slots=True)
class Feed:
    """The posts of a site or of one list, newest first, and what a feed says about itself."""

    title: str
    description: str
    url: str
    """Absolute, of the page that shows the same posts."""
    feed_url: str
    """Absolute, of the feed itself."""
    language: str
    author: str
    """Of the posts that name none; may be empty."""
    base_url: str
    entries: tuple[Entry, ...]


def guid(base_url: str, identity: str) -> str:
    """The IRI that identifies a post in every feed, and opens the site.

    Different ids have different guids: what UTF-8 cannot encode is kept too.
    """
    return f"{base_url}?id={quote(identity, safe='', errors='surrogatepass')}"


def xml_safe(text: str) -> str:
    """The text without the characters that XML 1.0 forbids even as references."""
    return FORBIDDEN.sub("", text)


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0, with whole posts in `content:encoded`.

    Authors are `dc:creator`, because RSS's own `author` must be an email address. A `description`
    is HTML by definition, so the plain excerpt is escaped once more: `Vec<T>` has to survive.
    """
    root = Element("rss", {"version": "2.0", **NAMESPACES})
    channel = SubElement(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.url)
    _add(channel, "description", escape(feed.description or feed.title, quote=False))
    _add(channel, "language", feed.language)
    if latest := _latest(feed):
        _add(channel, "lastBuildDate", _rfc822(latest))
    _add(channel, "atom:link", rel="self", type="application/rss+xml", href=feed.feed_url)
    for entry in feed.entries:
        _rss_item(SubElement(channel, "item"), feed, entry)
    return _xml(root)


def _rss_item(item: Element, feed: Feed, entry: Entry) -> None:
    card = entry.card
    _add(item, "title", card.title)
    _add(item, "link", _absolute(feed, card.url))
    _add(item, "guid", guid(feed.base_url, card.id), isPermaLink="false")
    if card.date:
        _add(item, "pubDate", _rfc822(card.date))
    for author in [term.name for term in card.authors] or filter(None, [feed.author]):
        _add(item, "dc:creator", author)
    for name in _topics(card):
        _add(item, "category", name)
    _add(item, "description", escape(card.excerpt, quote=False))
    _add(item, "content:encoded", entry.html)


def atom(feed: Feed) -> bytes:
    """The feed as Atom (RFC 4287).

    An entry must say when it was updated (§4.1.2). A post without a date says 1970-01-01T00:00:00Z,
    which stands for "no date": the time of the build would announce it anew each time, and any
    other would be invented. It has no `published`. The feed itself must have an author unless
    every entry has one (§4.1.1); where nobody is named, that is the site.
    """
    namespace = {"xmlns": NAMESPACES["xmlns:atom"], "xml:lang": xml_safe(feed.language)}
    root = Element("feed", namespace)
    _add(root, "title", feed.title)
    if feed.description:
        _add(root, "subtitle", feed.description)
    _add(root, "id", feed.url)
    _add(root, "updated", _rfc3339(_latest(feed) or EPOCH))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.feed_url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.url)
    _add(SubElement(root, "author"), "name", feed.author or feed.title)
    for entry in feed.entries:
        _atom_entry(SubElement(root, "entry"), feed, entry)
    return _xml(root)


def _atom_entry(item: Element, feed: Feed, entry: Entry) -> None:
    card = entry.card
    if card.lang:
        item.set("xml:lang", xml_safe(card.lang))
    _add(item, "title", card.title)
    _add(item, "id", guid(feed.base_url, card.id))
    _add(item, "link", rel="alternate", type="text/html", href=_absolute(feed, card.url))
    if card.date:
        _add(item, "published", _rfc3339(card.date))
    _add(item, "updated", _rfc3339(_changed(card) or EPOCH))
    for term in card.authors:
        author = SubElement(item, "author")
        _add(author, "name", term.name)
        _add(author, "uri", _absolute(feed, term.url))
    for name in _topics(card):
        _add(item, "category", term=name)
    _add(item, "summary", card.excerpt)
    _add(item, "content", entry.html, type="html")


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org/version/1.1); what is not known is left out."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.feed_url,
        "description": feed.description or None,
        "language": feed.language,
        "authors": [{"name": feed.author}] if feed.author else None,
        "items": [_json_item(feed, entry) for entry in feed.entries],
    }
    text = json.dumps(_cleaned(document), ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _json_item(feed: Feed, entry: Entry) -> dict[str, object]:
    card = entry.card
    return {
        "id": guid(feed.base_url, card.id),
        "url": _absolute(feed, card.url),
        "title": card.title,
        "summary": card.excerpt or None,
        "image": _absolute(feed, card.image) if card.image else None,
        "date_published": _rfc3339(card.date) if card.date else None,
        "date_modified": _rfc3339(card.updated) if card.updated else None,
        "authors": [_json_author(feed, term) for term in card.authors] or None,
        "tags": list(_topics(card)) or None,
        "language": card.lang,
        "content_html": entry.html,
    }


def _json_author(feed: Feed, term: Term) -> dict[str, str]:
    return {"name": term.name, "url": _absolute(feed, term.url)}


def sitemap(urls: Iterable[tuple[str, datetime | None]]) -> bytes:
    """The sitemap (protocol 0.9) of absolute URLs and the time each page changed, in their order.

    A sitemap holds at most 50,000 URLs. Which of more to name is the caller's decision.
    """
    root = Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for address, changed in urls:
        url = SubElement(root, "url")
        _add(url, "loc", address)
        if changed:
            _add(url, "lastmod", _rfc3339(changed))
    return _xml(root)


def robots(sitemap_url: str) -> bytes:
    """The `robots.txt` (RFC 9309) that welcomes every crawler and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()


def _absolute(feed: Feed, url: str) -> str:
    base = urlsplit(feed.base_url)
    return f"{base.scheme}://{base.netloc}{url}" if url.startswith("/") else url


def _topics(card: Card) -> tuple[str, ...]:
    """The names of tags and categories, each once."""
    return tuple(dict.fromkeys(term.name for term in (*card.tags, *card.categories)))


def _changed(card: Card) -> datetime | None:
    return card.updated or card.date


def _latest(feed: Feed) -> datetime | None:
    dates = (_changed(entry.card) for entry in feed.entries)
    return max((date for date in dates if date), default=None)


def _rfc822(date: datetime) -> str:
    return format_datetime(_to_the_minute(date))


def _rfc3339(date: datetime) -> str:
    return _to_the_minute(date).isoformat(timespec="seconds").replace("+00:00", "Z")


def _to_the_minute(date: datetime) -> datetime:
    """The date with its offset from UTC cut to minutes, which is all that both formats can say.

    Local mean time, in force until about 1900, has seconds: Berlin was at +00:53:28. The clock is
    left alone, because 0001-01-01, which Hugo writes for "no date", has no earlier hour to go to.
    """
    offset = date.utcoffset() or timedelta()
    return date.replace(tzinfo=timezone(timedelta(minutes=int(offset / timedelta(minutes=1)))))


def _add(parent: Element, name: str, text: str = "", /, **attributes: str) -> None:
    child = SubElement(parent, name, {key: xml_safe(value) for key, value in attributes.items()})
    child.text = xml_safe(text)


def _xml(root: Element) -> bytes:
    """The document in lines.

    A carriage return that stays as it is would be read as a line feed (XML 1.0 §2.11), and
    ElementTree refers to it by number only in attributes.
    """
    indent(root)
    text = tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _cleaned(value: object) -> object:
    """The JSON value with safe strings and without the keys that have no value."""
    match value:
        case str():
            return xml_safe(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {key: _cleaned(item) for key, item in value.items() if item is not None}
        case _:
            return value
