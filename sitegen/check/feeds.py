"""Feeds, sitemaps, manifests and robots.txt: the URLs in the files that programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from sitegen.check.html import Reference, scan

ROOTS = {"rss", "feed", "RDF", "urlset", "sitemapindex"}
"""The root elements of RSS, Atom, RSS 1.0 and of the two kinds of sitemap."""

IDENTITIES = {"id", "guid"}
"""Elements that hold an identifier, which may look like a URL without being one."""

URL = re.compile(r"https?://\S+")
JSON_FEED_VERSION = "https://jsonfeed.org/version/"


def urls_in(path: str, text: str) -> tuple[Reference, ...]:
    """The absolute URLs of a feed, sitemap or robots.txt, and all of a manifest; else none."""
    if path.endswith((".webmanifest", "manifest.json")):
        found = _of_manifest(text)
    elif path.endswith(".json"):
        found = _of_json(text)
    elif path.endswith((".xml", ".rss", ".atom")):
        found = _of_xml(text)
    else:
        found = iter(re.findall(r"^\s*Sitemap:\s*(\S+)", text, re.IGNORECASE | re.MULTILINE))
    return tuple(Reference(url, _offset(url, text)) for url in dict.fromkeys(found))


def _of_xml(text: str) -> Iterator[str]:
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        return
    if _local(root.tag) not in ROOTS:
        return
    for element in root.iter():
        yield from filter(URL.fullmatch, element.attrib.values())
        is_link = _local(element.tag) not in IDENTITIES or element.get("isPermaLink") == "true"
        if is_link and element.text:
            yield from _of_value(element.text.strip())


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _of_json(text: str) -> Iterator[str]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return
    if isinstance(feed, dict) and str(feed.get("version", "")).startswith(JSON_FEED_VERSION):
        yield from _of_members(feed)


def _of_manifest(text: str) -> Iterator[str]:
    """What a web app manifest refers to (Web Application Manifest, §1)."""
    try:
        app = json.loads(text)
    except (ValueError, RecursionError):
        return
    for part in (app, *_parts(app, "shortcuts")):
        for key in ("start_url", "url"):
            if isinstance(part, dict) and isinstance(part.get(key), str):
                yield part[key]
        for image in (*_parts(part, "icons"), *_parts(part, "screenshots")):
            if isinstance(image, dict) and isinstance(image.get("src"), str):
                yield image["src"]


def _parts(value: object, key: str) -> list[object]:
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, list) else []


def _of_members(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            if key not in ("id", "version"):
                yield from _of_members(member)
    elif isinstance(value, list):
        for member in value:
            yield from _of_members(member)
    elif isinstance(value, str):
        yield from _of_value(value.strip())


def _of_value(value: str) -> Iterator[str]:
    """The URL that a value is, or the URLs in the HTML that it is."""
    if URL.fullmatch(value):
        yield value
    elif "<" in value:
        urls = (reference.href for reference in scan(value).references)
        yield from filter(URL.fullmatch, urls)


def _offset(url: str, text: str) -> int:
    """The offset of a URL, as it is or escaped once or twice; 0 where it is not found."""
    forms = (url, escape(url), escape(escape(url)), json.dumps(url)[1:-1])
    return next((at for form in forms if (at := text.find(form)) >= 0), 0)
