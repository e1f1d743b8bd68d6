"""Atom (RFC 4287)."""

from __future__ import annotations

from sitegen.model.site import Entry
from sitegen.outputs.feeds.entries import WriteEntry
from sitegen.outputs.feeds.feed import (
    UNKNOWN,
    Feed,
    absolute_url,
    changed,
    feed_kind,
    guid,
    latest,
    topics,
)
from sitegen.outputs.feeds.xml import document_of, element, group, rfc3339


def atom_entry(entry: Entry, base_url: str, _: str) -> bytes:
    """A post as lines of a feed of Atom."""
    card = entry.card
    authors = (
        (element("name", term.name), element("uri", absolute_url(base_url, term.url)))
        for term in card.authors
    )
    written = group(
        "entry",
        (
            element("title", card.title),
            element("id", guid(base_url, card.id)),
            element(
                "link", rel="alternate", type="text/html", href=absolute_url(base_url, card.url)
            ),
            element("summary", card.excerpt),
            element("published", rfc3339(card.date)) if card.date else "",
            element("updated", rfc3339(changed(card) or UNKNOWN)),
            *(group("author", author, 2) for author in authors),
            *(element("category", term=name) for name in topics(card)),
            element("content", entry.html, type="html") if entry.html is not None else "",
        ),
        1,
        **({"xml:lang": card.lang} if card.lang else {}),
    )
    return f"  {written}\n".encode()


def atom(feed: Feed, entry: WriteEntry = atom_entry) -> bytes:
    """The feed as Atom (RFC 4287). `entry` writes a post.

    An entry must say when it was updated (§4.1.2). A post without a date says `UNKNOWN`: the time
    of the build would announce it again each time. It has no `published`. The feed itself must
    have an author unless every entry has one (§4.1.1); where nobody is named, that is the site.
    """
    about = (
        element("title", feed.title),
        element("subtitle", feed.description) if feed.description else "",
        element("id", feed.url),
        element("updated", rfc3339(latest(feed) or UNKNOWN)),
        element("link", rel="self", type="application/atom+xml", href=feed.feed_url),
        element("link", rel="hub", href=feed.hub) if feed.hub else "",
        element("link", rel="alternate", type="text/html", href=feed.url),
        group("author", (element("name", feed.author or feed.title),), 1),
    )
    namespace = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.language}
    entries = (entry(each, feed.base_url, feed.author) for each in feed.entries)
    return document_of(group("feed", about, **namespace), "</feed>", entries)


ATOM = feed_kind(
    "Atom",
    "atom.xml",
    "application/atom+xml",
    lambda feed, entries: atom(feed, entries.remembered(atom_entry)),
)
