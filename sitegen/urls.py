"""The parts of an address: slugs, safe path segments, permalinks, the base path."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from urllib.parse import quote, urlsplit

from sitegen.model import Route

LONGEST = 120
"""Bytes of a slug. File systems allow 255 for a name."""

DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows gives to devices, with any extension."""

FORBIDDEN = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|%#]')
FILE_ENDINGS = (".html", ".htm", ".xml", ".json", ".txt")
PATH_CHARACTERS = "/~!$&'()*+,;=:@"
"""What a URL's path may hold unescaped, beside letters and digits (RFC 3986 §3.3)."""


def slugify(text: str) -> str:
    """The text as one portable path segment: letters, digits and marks of any script, `_`, `-`.

    Never empty, stable, and different texts of letters stay different: `C`, `C++` and `C#` are
    `c`, `c-plus-plus` and `c-sharp`.
    """
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    plain = re.sub(r"(?<=\w)\++", lambda plus: "-plus" * len(plus[0]) + "-", plain)
    plain = re.sub(r"(?<=\w)#", "-sharp-", plain)
    words = "".join(c if _is_word(c) else "-" for c in plain)
    slug = re.sub("-+", "-", words).strip("-")
    if not slug or slug in DEVICES:
        return f"{slug}-{_fingerprint(text)}".strip("-")
    if len(slug.encode()) > LONGEST:
        short = slug.encode()[: LONGEST - 9].decode(errors="ignore").rstrip("-")
        return f"{short}-{_fingerprint(slug)}"
    return slug


def _is_word(character: str) -> bool:
    return character == "_" or unicodedata.category(character)[0] in "LNM"


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:8]


def unsafe(segment: str) -> str | None:
    """Why a path segment cannot be a file name on every system, or None."""
    if segment.startswith("."):
        return "a part must not start with a dot"
    if found := FORBIDDEN.search(segment):
        return f"it must not contain {found[0]!r}"
    if segment != segment.rstrip(". "):
        return "a part must not end with a dot or a space"
    if segment.partition(".")[0].casefold() in DEVICES:
        return f"{segment!r} is the name of a device on Windows"
    if len(segment.encode()) > 255:
        return "a part must not be longer than 255 bytes"
    return None


def base_path(base_url: str) -> str:
    """The path every URL of the site starts with: `/`, or `/repo/`."""
    return urlsplit(base_url).path


def absolute(base_url: str, url: str) -> str:
    """The absolute form of a root-relative URL of the site."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}{url}"


def route(permalink: str, base_url: str) -> Route:
    """Where a permalink leads: `/a/` to `a/index.html`, `/a.html` to that file, `/a` as `/a/`."""
    path = permalink.strip("/")
    if path.endswith(FILE_ENDINGS):
        return Route(path, base_path(base_url) + quote(path, safe=PATH_CHARACTERS))
    folder = f"{path}/" if path else ""
    return Route(f"{folder}index.html", base_path(base_url) + quote(folder, safe=PATH_CHARACTERS))


def file_route(path: str, base_url: str) -> Route:
    """Where a file with this path below the output folder is found."""
    return Route(path, base_path(base_url) + quote(path, safe=PATH_CHARACTERS))


def overview_permalink(pattern: str, taxonomy: str) -> str:
    """Where all terms of a taxonomy are listed: what stands before `{slug}` in the pattern."""
    before = pattern.partition("{slug}")[0]
    return before if before.endswith("/") and before != "/" else f"/{taxonomy}/"


def page_permalink(permalink: str, number: int) -> str:
    """Where the n-th page of a list is: `/tags/python/page/2/`; the first is the list itself."""
    return permalink if number == 1 else f"{permalink.rstrip('/')}/page/{number}/"


def with_base(url: str, base_url: str) -> str:
    """A root-relative URL of the site with the base path before it; other URLs as they are."""
    if not url.startswith("/") or url.startswith("//"):
        return url
    return base_path(base_url) + quote(url[1:], safe=f"{PATH_CHARACTERS}%?#")
