"""JSON Feed 1.1."""

from __future__ import annotations

import json

from sitegen.model.site import Entry, Term
from sitegen.outputs.feeds.feed import Feed, absolute_url, feed_kind, guid, topics
from sitegen.outputs.feeds.xml import rfc3339, xml_safe


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
        "url": absolute_url(feed.base_url, card.url),
        "title": card.title,
        "summary": card.excerpt or None,
        "image": absolute_url(feed.base_url, card.image) if card.image else None,
        "date_published": rfc3339(card.date) if card.date else None,
        "date_modified": rfc3339(card.updated) if card.updated else None,
        "authors": [_json_author(feed, term) for term in card.authors] or None,
        "tags": list(topics(card)) or None,
        "language": card.lang,
        "content_html": entry.html,
    }


def _json_author(feed: Feed, term: Term) -> dict[str, str]:
    return {"name": term.name, "url": absolute_url(feed.base_url, term.url)}


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


JSON_FEED = feed_kind("JSON", "feed.json", "application/feed+json", lambda feed, _: json_feed(feed))
