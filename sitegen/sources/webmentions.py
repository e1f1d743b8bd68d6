"""Webmentions: fetched from a service, kept in a file of the site, and read from there.

A build never asks for them. What it shows is in `webmentions.json`, which is a source as all
others: committed with the posts, and the same bytes on every machine. Only the command
`sitegen webmentions` asks a service, in the form of webmention.io (JF2, jf2.spec.indieweb.org).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from sitegen.model.diagnostics import Diagnostic, SitegenError
from sitegen.model.mentions import MENTIONS_FILE, Mention
from sitegen.text.encoding import FORBIDDEN

PROPERTIES = {"like-of": "like", "repost-of": "repost", "in-reply-to": "reply"}
"""By the `wm-property` of an entry; any other is a `mention`."""
PER_PAGE, MOST_PAGES = 100, 100
LARGEST_PAGE = 16 * 1024 * 1024
"""Bytes of an answer, at most."""
TIMEOUT = 30
"""Seconds."""
LONGEST_TEXT = 600
"""Characters of a text that are kept: more belongs to the page of its author."""

Jf2 = Mapping[str, Any]
"""An entry of a list."""


def fetch(source: str, token: str | None = None) -> str:
    """The text of the file of all mentions that a service knows.

    `source` is the address of its list. Raises SitegenError where it does not answer with one.
    """
    entries = [entry for page in _pages(source, token) for entry in page]
    known = (_stored(entry) for entry in entries if not entry.get("wm-private"))
    rows = sorted(
        {json.dumps(row, ensure_ascii=False, sort_keys=True): row for row in known if row}.values(),
        key=lambda row: (row["target"], row["published"], row["kind"], row["url"]),
    )
    return f"{json.dumps({'mentions': rows}, ensure_ascii=False, indent=2)}\n"


def _pages(source: str, token: str | None) -> Iterator[list[Jf2]]:
    for page in range(MOST_PAGES):
        wanted = {"per-page": PER_PAGE, "page": page} | ({"token": token} if token else {})
        mark = "&" if urlsplit(source).query else "?"
        found = _answer(f"{source}{mark}{urlencode(wanted)}", source)
        yield found
        if len(found) < PER_PAGE:
            return


def _answer(url: str, source: str) -> list[Jf2]:
    """The entries of one page. Messages name `source`, which has no token in it."""
    try:
        request = Request(url, headers={"Accept": "application/json"})
        with urlopen(request, timeout=TIMEOUT) as answer:
            children = json.loads(answer.read(LARGEST_PAGE))["children"]
        return [entry for entry in children[:] if isinstance(entry, dict)]
    except (URLError, OSError) as error:
        reason = getattr(error, "reason", error)
        raise SitegenError(f"cannot fetch {source}: {reason}") from error
    except (ValueError, KeyError, TypeError) as error:
        hint = "'source' in [comments.webmention] is the address of a list in JF2"
        raise SitegenError(f"{source} has no list of mentions", hint=hint) from error


def _stored(entry: Jf2) -> dict[str, str] | None:
    """What is kept of an entry; None where it says too little."""
    url = _address(entry.get("url")) or _address(entry.get("wm-source"))
    target = _address(entry.get("wm-target"))
    if not (url and target):
        return None
    author = entry.get("author")
    content = entry.get("content")
    said = content.get("text") if isinstance(content, dict) else content
    return {
        "target": target.partition("#")[0].partition("?")[0],
        "kind": PROPERTIES.get(str(entry.get("wm-property")), "mention"),
        "url": url,
        "author": _plain(author.get("name") if isinstance(author, dict) else author),
        "published": _moment(entry.get("published")) or _moment(entry.get("wm-received")),
        "text": _plain(said),
    }


def _address(value: object) -> str:
    """A URL of the web, else nothing: no `javascript:` gets to a page."""
    text = str(value).strip() if isinstance(value, str) else ""
    return text if text.startswith(("https://", "http://")) and text.isprintable() else ""


def _plain(value: object) -> str:
    text = " ".join(FORBIDDEN.sub("", value).split()) if isinstance(value, str) else ""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rstrip()}…"


def _moment(value: object) -> str:
    """A date as it is kept, in UTC to the second; nothing for none."""
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return ""
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def mentions_in(text: str) -> tuple[dict[str, tuple[Mention, ...]], tuple[Diagnostic, ...]]:
    """The mentions of a file, by the path of what they mention; SG416 where it holds none."""
    found: dict[str, list[Mention]] = defaultdict(list)
    try:
        for row in json.loads(text)["mentions"]:
            found[urlsplit(row["target"]).path].append(_mention(row))
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"{MENTIONS_FILE} is not as `sitegen webmentions` writes it"
        hint = "remove it, then run: sitegen webmentions"
        return {}, (Diagnostic("SG416", message, MENTIONS_FILE, hint=hint),)
    return {path: tuple(some) for path, some in found.items()}, ()


def _mention(row: Mapping[str, str]) -> Mention:
    published = _moment(row["published"])
    return Mention(
        row["kind"],
        _address(row["url"]),
        _plain(row["author"]),
        datetime.fromisoformat(published) if published else None,
        _plain(row["text"]),
    )
