"""What machines read of a site: RSS 2.0, Atom, JSON Feed, the sitemap and `robots.txt`, as bytes.

Three rules hold in all of them. Every URL is absolute. Every string is free of what XML 1.0
forbids, since one escape sequence pasted into a post would make a whole feed unreadable. And a
post is announced once: its guid comes from its id, which outlives a new slug, a new title or a
move to another folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from html import escape
from urllib.parse import quote, urlsplit

from sitegen.model.site import Card, Entry, Term
from sitegen.outputs.feeds.xml import document, element, group, xml_safe

Item = Callable[[Entry, str, str], str]
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


def rss_item(entry: Entry, base_url: str, author: str) -> str:
    """A post in a feed of RSS; `author` is whose it is if it names nobody."""
    card = entry.card
    authors = [term.name for term in card.authors] or [name for name in (author,) if name]
    return group(
        "item",
        (
            element("title", card.title),
            element("link", _absolute(base_url, card.url)),
            element("guid", guid(base_url, card.id), isPermaLink="false"),
            element("pubDate", _rfc822(card.date)) if card.date else "",
            *(element("dc:creator", name) for name in authors),
            *(element("category", name) for name in _topics(card)),
            element("description", escape(card.excerpt, quote=False)),
            element("content:encoded", entry.html),
        ),
        2,
    )


def rss(feed: Feed, item: Item = rss_item) -> bytes:
    """The feed as RSS 2.0, with whole posts in `content:encoded`.

    Authors are `dc:creator`, because RSS's own `author` must be an email address. A `description`
    is HTML by definition, so the plain excerpt is escaped once more: `Vec<T>` has to survive.
    `item` writes an entry; who writes many feeds can give one that remembers.
    """
    latest = _latest(feed)
    about = (
        element("title", feed.title),
        element("link", feed.url),
        element("description", escape(feed.description or feed.title, quote=False)),
        element("language", feed.language),
        element("lastBuildDate", _rfc822(latest)) if latest else "",
        element("atom:link", rel="self", type="application/rss+xml", href=feed.feed_url),
    )
    items = (item(entry, feed.base_url, feed.author) for entry in feed.entries)
    channel = group("channel", (*about, *items), 1)
    return document(group("rss", (channel,), version="2.0", **NAMESPACES))


def atom(feed: Feed) -> bytes:
    """The feed as Atom (RFC 4287).

    An entry must say when it was updated (§4.1.2). A post without a date says 1970-01-01T00:00:00Z,
    which stands for "no date": the time of the build would announce it anew each time, and any
    other would be invented. It has no `published`. The feed itself must have an author unless
    every entry has one (§4.1.1); where nobody is named, that is the site.
    """
    about = (
        element("title", feed.title),
        element("subtitle", feed.description) if feed.description else "",
        element("id", feed.url),
        element("updated", _rfc3339(_latest(feed) or EPOCH)),
        element("link", rel="self", type="application/atom+xml", href=feed.feed_url),
        element("link", rel="alternate", type="text/html", href=feed.url),
        group("author", (element("name", feed.author or feed.title),), 1),
    )
    entries = (_atom_entry(entry, feed.base_url) for entry in feed.entries)
    namespace = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language}
    return document(group("feed", (*about, *entries), **namespace))


def _atom_entry(entry: Entry, base_url: str) -> str:
    card = entry.card
    authors = (
        (element("name", term.name), element("uri", _absolute(base_url, term.url)))
        for term in card.authors
    )
    return group(
        "entry",
        (
            element("title", card.title),
            element("id", guid(base_url, card.id)),
            element("link", rel="alternate", type="text/html", href=_absolute(base_url, card.url)),
            element("published", _rfc3339(card.date)) if card.date else "",
            element("updated", _rfc3339(_changed(card) or EPOCH)),
            *(group("author", author, 2) for author in authors),
            *(element("category", term=name) for name in _topics(card)),
            element("summary", card.excerpt),
            element("content", entry.html, type="html"),
        ),
        1,
        **({"xml:lang": card.lang} if card.lang else {}),
    )


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
        "url": _absolute(feed.base_url, card.url),
        "title": card.title,
        "summary": card.excerpt or None,
        "image": _absolute(feed.base_url, card.image) if card.image else None,
        "date_published": _rfc3339(card.date) if card.date else None,
        "date_modified": _rfc3339(card.updated) if card.updated else None,
        "authors": [_json_author(feed, term) for term in card.authors] or None,
        "tags": list(_topics(card)) or None,
        "language": card.lang,
        "content_html": entry.html,
    }


def _json_author(feed: Feed, term: Term) -> dict[str, str]:
    return {"name": term.name, "url": _absolute(feed.base_url, term.url)}


def sitemap(urls: Iterable[tuple[str, datetime | None]]) -> bytes:
    """The sitemap (protocol 0.9) of absolute URLs and the time each page changed, in their order.

    A sitemap holds at most 50,000 URLs. Which of more to name is the caller's decision.
    """
    entries = (
        group(
            "url",
            (element("loc", url), element("lastmod", _rfc3339(changed)) if changed else ""),
            1,
        )
        for url, changed in urls
    )
    namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return document(group("urlset", entries, xmlns=namespace))


def robots(sitemap_url: str) -> bytes:
    """The `robots.txt` (RFC 9309) that welcomes every crawler and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {sitemap_url}\n".encode()


def _absolute(base_url: str, url: str) -> str:
    base = urlsplit(base_url)
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
