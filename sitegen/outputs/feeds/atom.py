"""Atom (RFC 4287)."""

from __future__ import annotations

from datetime import UTC, datetime

from sitegen.model.site import Entry
from sitegen.outputs.feeds.feed import (
    Feed,
    absolute_url,
    changed,
    feed_kind,
    guid,
    latest,
    topics,
)
from sitegen.outputs.feeds.xml import document, element, group, rfc3339

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def atom(feed: Feed) -> bytes:
    """The feed as Atom (RFC 4287).

    An entry must say when it was updated (§4.1.2). A post without a date says 1970-01-01T00:00:00Z,
    which stands for "no date": the time of the build would announce it again each time, and any
    other would be invented. It has no `published`. The feed itself must have an author unless
    every entry has one (§4.1.1); where nobody is named, that is the site.
    """
    about = (
        element("title", feed.title),
        element("subtitle", feed.description) if feed.description else "",
        element("id", feed.url),
        element("updated", rfc3339(latest(feed) or EPOCH)),
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
        (element("name", term.name), element("uri", absolute_url(base_url, term.url)))
        for term in card.authors
    )
    return group(
        "entry",
        (
            element("title", card.title),
            element("id", guid(base_url, card.id)),
            element(
                "link", rel="alternate", type="text/html", href=absolute_url(base_url, card.url)
            ),
            element("published", rfc3339(card.date)) if card.date else "",
            element("updated", rfc3339(changed(card) or EPOCH)),
            *(group("author", author, 2) for author in authors),
            *(element("category", term=name) for name in topics(card)),
            element("summary", card.excerpt),
            element("content", entry.html, type="html"),
        ),
        1,
        **({"xml:lang": card.lang} if card.lang else {}),
    )


ATOM = feed_kind("Atom", "atom.xml", "application/atom+xml", lambda feed, _: atom(feed))
