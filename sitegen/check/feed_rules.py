"""What programs ask of a feed or a sitemap, and would not read without saying so.

RSS 2.0, Atom (RFC 4287 §4.1), JSON Feed 1.1 and the protocol of sitemaps. What these leave open is
not looked at, and neither is a file that is none of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MOST_URLS = 50_000
"""Of one sitemap."""
_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|RDF|urlset|sitemapindex)[\s>]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
"""RFC 3339, as RFC 4287 §3.3 asks for it."""
_HEAD = 1000
"""Characters in which the first element of a feed begins."""


class Flaw(NamedTuple):
    """What is wrong, and at which offset."""

    offset: int
    message: str
    hint: str


def flaws_of(path: str, text: str) -> Iterator[Flaw]:
    """What is wrong with a feed or a sitemap; nothing of another file."""
    if path.endswith(".json"):
        yield from _of_json(text)
    elif path.endswith((".xml", ".rss", ".atom")) and _ROOT.search(text[:_HEAD]):
        yield from _of_xml(text)


def _of_xml(text: str) -> Iterator[Flaw]:
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as error:
        line, column = error.position
        lines = text.split("\n")
        offset = sum(len(it) + 1 for it in lines[: line - 1]) + column
        said = str(error).partition(":")[0].removeprefix("not well-formed ").strip("()")
        yield Flaw(offset, f"not well-formed XML: {said}", _UNREAD)
        return
    yield from _RULES.get(root.tag, _nothing)(root, text)


def _atom(feed: Element, text: str) -> Iterator[Flaw]:
    entries = feed.findall(f"{_ATOM}entry")
    for number, element in enumerate((feed, *entries)):
        what, at = ("an entry", _nth("entry", number - 1, text)) if number else ("a feed", 0)
        for name in ("id", "title", "updated"):
            if element.find(f"{_ATOM}{name}") is None:
                yield Flaw(at, f"{what} of Atom without <{name}>", _ADD)
        moment = (element.findtext(f"{_ATOM}updated") or "").strip()
        if moment and not _MOMENT.fullmatch(moment):
            hint = "write a time such as 2024-01-31T10:00:00Z"
            yield Flaw(at, f"'{moment}' is no time of Atom", hint)
    ids = [(entry.findtext(f"{_ATOM}id") or "").strip() for entry in entries]
    yield from _doubles(ids, "entry", text)


_ADD = "programs need it: add it"
_ABSOLUTE = "write it with its scheme and host"
_UNREAD = "no program reads any of it until that is mended"


def _rss(rss: Element, text: str) -> Iterator[Flaw]:
    channel = rss.find("channel")
    if channel is None:
        yield Flaw(0, "RSS without <channel>", _ADD)
        return
    for name in ("title", "link", "description"):
        if channel.find(name) is None:
            yield Flaw(0, f"a channel of RSS without <{name}>", _ADD)
    items = channel.findall("item")
    links = (*channel.findall("link"), *(link for item in items for link in item.findall("link")))
    addresses = [(link.text or "").strip() for link in links]
    addresses += [it.get("url", "").strip() for item in items for it in item.findall("enclosure")]
    for url in filter(None, addresses):
        if "://" not in url:
            yield Flaw(max(0, text.find(url)), f"'{url}' is no absolute URL", _ABSOLUTE)
    for number, item in enumerate(items):
        if item.find("title") is None and item.find("description") is None:
            at = _nth("item", number, text)
            yield Flaw(at, "an item of RSS without <title> and <description>", _ADD)
    yield from _doubles([(it.findtext("guid") or "").strip() for it in items], "item", text)


def _sitemap(root: Element, text: str) -> Iterator[Flaw]:
    urls = [(element.findtext(f"{_SITEMAP}loc") or "").strip() for element in root]
    for number, url in enumerate(urls):
        if not url.startswith(("http://", "https://")):
            at = _nth("url", number, text)
            yield Flaw(at, f"'{url}' is no absolute URL", _ABSOLUTE)
    if len(urls) > MOST_URLS:
        yield Flaw(0, f"{len(urls)} URLs: a sitemap has {MOST_URLS} at most", "write several")


def _of_json(text: str) -> Iterator[Flaw]:
    if "https://jsonfeed.org/version/" not in text[:_HEAD]:
        return
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        at = error.pos if isinstance(error, json.JSONDecodeError) else 0
        yield Flaw(at, "not valid JSON", _UNREAD)
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not feed.get("title"):
        yield Flaw(0, "a JSON Feed without title or items", _ADD)
        return
    ids = [str(item.get("id") or "") if isinstance(item, dict) else "" for item in items]
    if "" in ids:
        yield Flaw(0, f"item {ids.index('') + 1} of a JSON Feed has no id", _ADD)
    yield from _doubles(ids, "", text)


def _doubles(ids: list[str], name: str, text: str) -> Iterator[Flaw]:
    """Flaws of items that have the id of an earlier one, which readers show as one."""
    seen: set[str] = set()
    for number, each in enumerate(ids):
        if each and each in seen:
            at = _nth(name, number, text) if name else max(0, text.rfind(f'"{each}"'))
            yield Flaw(at, f"two entries with the id '{each}'", "give each an id of its own")
        seen.add(each)


def _nth(name: str, number: int, text: str) -> int:
    """The offset of an element with this name, from 0; 0 where it is not found."""
    places = [found.start() for found in re.finditer(rf"<(?:\w+:)?{name}[\s>]", text)]
    return places[number] if number < len(places) else 0


def _nothing(_: Element, __: str) -> Iterator[Flaw]:
    return iter(())


_RULES: Mapping[str, Callable[[Element, str], Iterator[Flaw]]] = {
    f"{_ATOM}feed": _atom,
    "rss": _rss,
    f"{_SITEMAP}urlset": _sitemap,
    f"{_SITEMAP}sitemapindex": _sitemap,
}
"""By the root element."""
