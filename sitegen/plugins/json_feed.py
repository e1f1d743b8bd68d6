"""JSON Feed 1.1."""

from __future__ import annotations

import json

from sitegen.model.site import Entry, Term
from sitegen.outputs.feeds.entries import WriteEntry
from sitegen.outputs.feeds.feed import Feed, absolute_url, feed_kind, guid, topics
from sitegen.outputs.feeds.xml import rfc3339, xml_safe


def json_item(entry: Entry, base_url: str, _: str) -> bytes:
    """A post as lines of a JSON Feed; with the excerpt as its text where it has no HTML."""
    card = entry.card
    item = {
        "id": guid(base_url, card.id),
        "url": absolute_url(base_url, card.url),
        "title": card.title,
        "summary": card.excerpt or None,
        "image": absolute_url(base_url, card.image) if card.image else None,
        "date_published": rfc3339(card.date) if card.date else None,
        "date_modified": rfc3339(card.updated) if card.updated else None,
        "authors": [_json_author(base_url, term) for term in card.authors] or None,
        "tags": list(topics(card)) or None,
        "language": card.lang,
        "content_html": entry.html,
        "content_text": card.excerpt if entry.html is None else None,
    }
    return _text(item).replace("\n", "\n    ").encode()


def json_feed(feed: Feed, item: WriteEntry = json_item) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org/version/1.1); what is not known is left out.

    `item` writes a post.
    """
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.feed_url,
        "description": feed.description or None,
        "language": feed.language,
        "authors": [{"name": feed.author}] if feed.author else None,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
        "items": [],
    }
    items = (item(entry, feed.base_url, feed.author) for entry in feed.entries)
    start, *end = f"{_text(about)}\n".encode().rpartition(b"]")
    if listed := b",\n    ".join(items):
        start += b"\n    " + listed + b"\n  "
    return b"".join((start, *end))


def _text(value: object) -> str:
    return json.dumps(_cleaned(value), ensure_ascii=False, indent=2)


def _json_author(base_url: str, term: Term) -> dict[str, str]:
    return {"name": term.name, "url": absolute_url(base_url, term.url)}


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


JSON_FEED = feed_kind(
    "JSON",
    "feed.json",
    "application/feed+json",
    lambda feed, entries: json_feed(feed, entries.remembered(json_item)),
)
