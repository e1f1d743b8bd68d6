"""RSS 2.0, with whole posts in `content:encoded`."""

from __future__ import annotations

from html import escape

from sitegen.model.site import Entry
from sitegen.outputs.feeds.entries import WriteEntry
from sitegen.outputs.feeds.feed import Feed, absolute_url, feed_kind, guid, latest, topics
from sitegen.outputs.feeds.xml import document_of, element, group, rfc822, rfc3339

NAMESPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def rss_item(entry: Entry, base_url: str, author: str) -> bytes:
    """A post as lines of a feed of RSS; `author` is whose it is if it names nobody."""
    card = entry.card
    authors = [term.name for term in card.authors] or [name for name in (author,) if name]
    item = group(
        "item",
        (
            element("title", card.title),
            element("link", absolute_url(base_url, card.url)),
            element("guid", guid(base_url, card.id), isPermaLink="false"),
            element("pubDate", rfc822(card.date)) if card.date else "",
            *(element("dc:creator", name) for name in authors),
            *(element("category", name) for name in topics(card)),
            element("atom:updated", rfc3339(card.updated)) if card.updated else "",
            element("dc:language", card.lang) if card.lang else "",
            element("description", escape(card.excerpt, quote=False)),
            element("content:encoded", entry.html) if entry.html is not None else "",
        ),
        2,
    )
    return f"    {item}\n".encode()


def rss(feed: Feed, item: WriteEntry = rss_item) -> bytes:
    """The feed as RSS 2.0, with whole posts in `content:encoded`.

    What RSS has no element for is said as in Atom and Dublin Core: updates, languages, the hub.
    Authors are `dc:creator`, because RSS's own `author` must be an email address. A `description`
    is HTML by definition, so the plain excerpt is escaped once more: `Vec<T>` has to survive.
    `item` writes an entry; who writes many feeds can give one that remembers.
    """
    newest = latest(feed)
    about = (
        element("title", feed.title),
        element("link", feed.url),
        element("description", escape(feed.description or feed.title, quote=False)),
        element("language", feed.language),
        element("lastBuildDate", rfc822(newest)) if newest else "",
        element("atom:link", rel="self", type="application/rss+xml", href=feed.feed_url),
        element("atom:link", rel="hub", href=feed.hub) if feed.hub else "",
    )
    items = (item(entry, feed.base_url, feed.author) for entry in feed.entries)
    channel = group("channel", about, 1)
    root = group("rss", (channel,), version="2.0", **NAMESPACES)
    return document_of(root, "  </channel>", items)


RSS = feed_kind(
    "RSS",
    "feed.xml",
    "application/rss+xml",
    lambda feed, entries: rss(feed, entries.remembered(rss_item)),
)
