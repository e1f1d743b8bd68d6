"""What the values of `sitegen.toml` must be that the types of `Config` cannot say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sitegen.text.languages import A_LANGUAGE, is_language_tag
from sitegen.text.urls import checked_base_url, unsafe

ValueCheck: TypeAlias = Callable[[object], str | None]
"""What a value must be, if it is not that."""

CHOICES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("content", "dates"): ("front matter", "git"),
    ("content", "unknown"): ("allow", "warn", "forbid"),
    ("feeds", "content"): ("full", "excerpt"),
    ("comments", "provider"): ("giscus", "isso", "webmention"),
    ("comments", "giscus", "mapping"): ("pathname", "url", "title", "id"),
    ("analytics", "provider"): ("goatcounter", "plausible", "umami"),
    ("markdown", "anchors"): ("github", "hugo", "zola"),
    ("theme", "home"): ("timeline", "index", "cover"),
    ("theme", "fonts"): ("bundled", "system"),
    ("theme", "scheme"): ("auto", "light", "dark"),
    ("theme", "notes"): ("margin", "end"),
    ("theme", "numbers"): ("auto", "always", "never"),
}
"""The words that a key takes."""
ACCOUNT = ("theme", "reply", "mastodon")
DOCUMENT_PARTS = frozenset({"slug", "section", "id", "year", "month", "day"})
TERM_PARTS = frozenset({"slug"})
LONGEST_PATH = 255
"""Bytes of a folder below the site: as many as file systems take for one name."""
CLOSED = "a command whose quotes are closed"
PART = re.compile(r"\{(\w+)\}")
"""A part of a permalink pattern."""
SHELL = {"&&", "||", "|", ";", "&", "<", ">", ">>"}
"""Words that only a shell understands."""
MACHINE_ZONES = {"localtime", "posixrules"}
"""Names under which a machine keeps its own zone: a site must not depend on it."""


def one_of(words: tuple[str, ...]) -> str:
    """The words as a value must be one of them."""
    return f"one of {', '.join(repr(word) for word in words)}"


def _base_url(value: object) -> str | None:
    is_usable = isinstance(value, str) and checked_base_url(value)
    return None if is_usable else "an address such as https://example.org/blog/"


def _timezone(value: object) -> str | None:
    try:
        is_known = value not in MACHINE_ZONES and ZoneInfo(str(value)) is not None
    except (KeyError, ValueError, OSError):
        is_known = False
    return None if is_known else "a time zone such as Europe/Berlin or UTC"


def _language(value: object) -> str | None:
    return None if is_language_tag(str(value)) else A_LANGUAGE


def whole_number(value: object) -> str | None:
    """What a number of things must be, unless this is one."""
    return None if isinstance(value, int) and value >= 1 else "a whole number from 1"


def _accent(value: object) -> str | None:
    is_short = isinstance(value, tuple) and len(value) <= 2
    return None if is_short else "two colours at most: for light pages, and for dark ones"


def _number(value: object) -> str | None:
    return None if isinstance(value, int) and value >= 0 else "a whole number from 0"


def _formats(value: object) -> str | None:
    is_known = isinstance(value, tuple) and {"avif", "webp"}.issuperset(value)
    return None if is_known else "a list of 'avif' and 'webp', or of neither"


def _diagrams(value: object) -> str | None:
    is_known = isinstance(value, tuple) and {"mermaid", "graphviz", "d2"}.issuperset(value)
    return None if is_known else "a list of 'mermaid', 'graphviz' and 'd2', or of none of these"


def _widths(value: object) -> str | None:
    widths = value if isinstance(value, tuple) else (0,)
    is_possible = len(widths) <= 12 and all(16 <= width <= 8000 for width in widths)
    return None if is_possible else "at most 12 widths, each from 16 to 8000"


def _quality(value: object) -> str | None:
    return None if isinstance(value, int) and 1 <= value <= 100 else "a whole number from 1 to 100"


def folder(value: object) -> str | None:
    """What a folder of the site must be, unless this is one."""
    path = PurePosixPath(str(value))
    is_inside = path.parts and not path.is_absolute() and ".." not in path.parts
    is_portable = not re.search(r'[\\:*?"<>|\x00-\x1f]', str(value))
    if len(str(value).encode()) > LONGEST_PATH:
        return f"a path of at most {LONGEST_PATH} bytes"
    return None if is_inside and is_portable else "a folder inside the site folder"


def command(value: object) -> str | None:
    """What a command must be, unless this is one."""
    try:
        words = shlex.split(str(value))
    except ValueError:
        return CLOSED
    if "\0" in str(value):
        return "a command without the character 0"
    if found := SHELL.intersection(words):
        sign = f"({min(found)!r} needs a shell, and there is none)"
        return f"one program with its arguments, which may be a script {sign}"
    return None


def _choice(words: tuple[str, ...]) -> ValueCheck:
    """A check that a value is one of these words."""
    return lambda value: None if value in words else one_of(words)


def _like(pattern: str, expected: str) -> ValueCheck:
    """A check that a text is empty, or looks as the pattern says."""
    return lambda value: None if re.fullmatch(f"({pattern})?", str(value)) else expected


def _path(value: object) -> str | None:
    path = str(value).strip("/")
    is_path = str(value).startswith("/") and not any(map(unsafe, path.split("/") if path else ()))
    return None if is_path and not re.search("[{}]", path) else "a path such as /blog/"


def _pattern(known: frozenset[str], *, end: str = "") -> ValueCheck:
    """A check of permalink patterns with these parts; `end` is what they must end with."""

    def check(value: object) -> str | None:
        text = str(value)
        parts = set(PART.findall(text))
        rest = PART.sub("x", text)
        names_each = bool(parts & {"slug", "id"}) and parts <= known
        is_path = (
            text.startswith("/")
            and text.endswith(end)
            and not re.search(r"[{}\\?#\s]|/\.{1,2}(/|$)|//", rest)
        )
        if names_each and is_path:
            return None
        shown = ", ".join(f"{{{part}}}" for part in sorted(known))
        each = "{slug} or {id}" if "id" in known else "{slug}"
        ends = f", ends with {end}" if end else ""
        return f"a path that starts with /{ends} and has {each} (known: {shown})"

    return check


CHECKS: dict[tuple[str, ...], ValueCheck] = {
    ("base_url",): _base_url,
    ("language",): _language,
    ("timezone",): _timezone,
    ("paginate",): whole_number,
    ("icon",): _like(r"/?[^/:?#][^:?#]*", "the path of a file in static/, such as /icon.svg"),
    ("output",): folder,
    ("content", "path"): folder,
    ("build", "command"): command,
    **{path: _choice(words) for path, words in CHOICES.items()},
    ("feeds", "items"): whole_number,
    ("images", "formats"): _formats,
    ("markdown", "diagrams"): _diagrams,
    ("images", "widths"): _widths,
    ("images", "quality"): _quality,
    ("feeds", "hub"): _like(r"https?://\S+", "an address such as https://hub.example/"),
    ("theme", "accent"): _accent,
    ("theme", "related"): _number,
    ("theme", "reply", "email"): _like(r"[^@\s]+@[^@\s]+", "an address such as me@example.org"),
    ACCOUNT: _like(r"@?[^@\s/]+@[^@\s/]+", "an account such as @me@social.example"),
    ("theme", "reply", "edit"): _like(r"https?://.*{path}.*", "an address with {path} in it"),
    ("permalinks", "home"): _path,
    ("permalinks", "posts"): _pattern(DOCUMENT_PARTS),
    ("permalinks", "pages"): _pattern(DOCUMENT_PARTS),
    ("permalinks", "tags"): _pattern(TERM_PARTS, end="/"),
    ("permalinks", "categories"): _pattern(TERM_PARTS, end="/"),
    ("permalinks", "authors"): _pattern(TERM_PARTS, end="/"),
    ("permalinks", "series"): _pattern(TERM_PARTS, end="/"),
}
"""By key."""
