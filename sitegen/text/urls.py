"""The parts of an address: slugs, safe path segments, permalinks, the base path."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote, urljoin, urlsplit

from sitegen.model.site import Route

LONGEST_SLUG = 120
"""Bytes of a slug. File systems allow 255 for a name."""

DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
"""Names that Windows gives to devices, with any extension."""

NOT_IN_A_PATH = re.compile(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff/\\:*?"<>|%#]')
"""What no part of a path may contain: it has a meaning in file systems or URLs."""

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Default_Ignorable_Code_Point (Unicode 15, DerivedCoreProperties): shown as nothing."""

MISTYPED_SCHEME = r"(?i:(?!https?://)(?:h{0,2}t{1,3}p{1,2}s{0,2}|httsp|hptts?))"
"""`https` with a letter too many, too few or swapped, or without its two slashes."""

SIGNS = {"+": "-plus", "#": "-sharp"}
"""What tells C, C++ and C# apart, and means nothing elsewhere."""

FILE_ENDINGS = (".html", ".htm", ".xml", ".json", ".txt")
PATH_CHARACTERS = "/~!$&'()*+,;=:@"
"""What a URL's path may hold unescaped, beside letters and digits (RFC 3986 §3.3)."""


PLAIN_SLUG = re.compile("[a-z0-9_]+(?:-[a-z0-9_]+)*")
"""Most names of files: what needs no care, unless it is too long or the name of a device."""
PLAIN_PATH = re.compile("[A-Za-z0-9_./-]*")
"""Most paths: what a URL holds as it is."""


@lru_cache(1 << 14)
def slugify(text: str) -> str:
    """The text as one portable path segment: letters, digits and marks of any script, `_`, `-`.

    A dot stays between two of these, as in `release-1.2`, unless it would make a device or a file
    of the segment. Never empty, its own slug, and safe as the name of a file. `C`, `C++` and `C#`
    are `c`, `c-plus-plus` and `c-sharp`; a text without a letter is named by its digest.
    """
    if _is_plain(text):
        return text
    seen = INVISIBLE.sub("", unicodedata.normalize("NFKC", text).lower())
    plain = unicodedata.normalize("NFC", seen).replace("♯", "#")
    kept = "".join(c if c == "." or c in SIGNS or _is_word(c) else "-" for c in plain)
    named = re.sub("(?<=[^-+#.])[+#]+", _named, kept)
    slug = re.sub("[-+#.]{2,}|[-+#]", "-", named).strip("-.")
    if slug.endswith(FILE_ENDINGS) or slug.partition(".")[0] in DEVICES:
        slug = slug.replace(".", "-")
    if not slug or slug in DEVICES:
        return f"{slug}-{_fingerprint(plain)}".strip("-")
    if len(slug.encode()) > LONGEST_SLUG:
        short = slug.encode()[: LONGEST_SLUG - 9].decode(errors="ignore").rstrip("-.")
        return f"{short}-{_fingerprint(slug)}"
    return slug


def _is_plain(text: str) -> bool:
    """Whether it is its own slug, and safe as a part of a path, as a glance tells."""
    return (
        PLAIN_SLUG.fullmatch(text) is not None and len(text) <= LONGEST_SLUG and text not in DEVICES
    )


def _named(signs: re.Match[str]) -> str:
    return "".join(SIGNS[sign] for sign in signs[0]) + "-"


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    # Enclosing marks (Me) are left of emoji such as a keycap, and no part of a word.
    return character == "_" or (category[0] in "LNM" and category != "Me")


def _fingerprint(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]


def unsafe(segment: str) -> str | None:
    """Why a path segment cannot be a file name on every system, or None."""
    if _is_plain(segment):
        return None
    if not segment:
        return "a part must not be empty"
    if segment.startswith("."):
        return "a part must not start with a dot"
    if found := NOT_IN_A_PATH.search(segment):
        return f"it must not contain {found[0]!r}"
    if segment != segment.rstrip(". "):
        return "a part must not end with a dot or a space"
    stem = unicodedata.normalize("NFKC", segment.partition(".")[0])
    if stem.rstrip().casefold() in DEVICES:
        return f"{segment!r} is the name of a device on Windows"
    if len(segment.encode()) > 255:
        return "a part must not be longer than 255 bytes"
    return None


def unportable(name: str) -> str | None:
    """Why not every system can have a file or folder of this name, or None; the site goes to all.

    Other than what a URL is made of, it may start with a dot, and have `%` or `#`.
    """
    return unsafe(name.removeprefix(".").replace("%", "_").replace("#", "_") or ".")


def is_of_git(name: str) -> bool:
    """Whether a name is `.git`, or one that Windows or macOS takes for it (`core.protectNTFS`).

    Git refuses to have it, and where it lands it is a configuration that can run commands.
    """
    plain = INVISIBLE.sub("", name).partition(":")[0].rstrip(". ").casefold()
    return plain in (".git", "git~1")


@lru_cache
def base_path(base_url: str) -> str:
    """The path every URL of the site starts with: `/`, or `/repo/`."""
    return encoded(urlsplit(base_url).path)


def absolute(base_url: str, url: str) -> str:
    """The absolute form of a root-relative URL of the site."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}{url}"


def joined(base: str, url: str) -> str:
    """The URL that a reference means on a page; the reference itself where it is no URL."""
    try:
        return urljoin(base, url)
    except ValueError:  # such as `http://[`
        return url


def encoded(url: str) -> str:
    """The URL with what it may not hold percent-encoded; what is encoded already stays so."""
    return quote(url, safe=f"{PATH_CHARACTERS}%?#[]")


def route(permalink: str, base_url: str) -> Route:
    """Where a permalink leads: `/a/` to `a/index.html`, `/a.html` to that file, `/a` as `/a/`."""
    path = permalink.strip("/")
    if path.endswith(FILE_ENDINGS):
        return file_route(path, base_url)
    folder = f"{path}/" if path else ""
    return Route(f"{folder}index.html", file_route(folder, base_url).url)


def permalink_to(path: str) -> str:
    """The permalink whose `route` is a file: `/a/` for `a/index.html`."""
    return re.sub("(^|/)index.html$", r"\1", f"/{path}")


def file_route(path: str, base_url: str) -> Route:
    """Where a file with this path below the output folder is found."""
    shown = path if PLAIN_PATH.fullmatch(path) else quote(path, safe=PATH_CHARACTERS)
    return Route(path, base_path(base_url) + shown)


def overview_permalink(pattern: str, taxonomy: str) -> str:
    """Where all terms of a taxonomy are listed: the part before `{slug}` in the pattern."""
    before = pattern.partition("{slug}")[0]
    return before if before.endswith("/") and before != "/" else f"/{taxonomy}/"


def page_permalink(permalink: str, number: int) -> str:
    """Where the n-th page of a list is: `/tags/python/page/2/`; the first is the list itself.

    Of a URL as of a permalink.
    """
    return permalink if number == 1 else below(permalink, f"page/{number}/")


def below(permalink: str, name: str) -> str:
    """Where something that belongs to a list is, be that `/tags/python/` or `/tags/python.html`."""
    folder = permalink.removesuffix("/")
    for ending in FILE_ENDINGS:
        folder = folder.removesuffix(ending)
    return f"{folder}/{name}"


def changes_permalink(post: str) -> str:
    """Where the changes of a post are that is at this permalink or URL."""
    return below(post, "changes/")


def with_base(url: str, base_url: str, *, is_nested: bool = False) -> str:
    """A root-relative URL of the site with the base path before it; other URLs as they are.

    A URL that starts with the base path is meant as it is, unless the site is nested: it has a
    folder called like its base path, such as `/blog/blog/`.
    """
    if not url.startswith("/") or url.startswith("//"):
        return url
    base, whole = base_path(base_url), encoded(url)
    has_base = base != "/" and f"{re.split('[?#]', whole, maxsplit=1)[0]}/".startswith(base)
    return whole if has_base and not is_nested else base + whole[1:]


def without_base(url: str, base_url: str) -> str:
    """A path of the site below its root: the base path goes, where an author wrote it too."""
    for base in {base_path(base_url), unquote(base_path(base_url))} - {"/"}:
        if f"{url}/".startswith(base):
            return f"/{url[len(base) :]}"
    return url


def file_key(path: str) -> str:
    """What the paths have in common that a file system may take for one (Unicode 15, D145)."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())


def checked_base_url(text: str) -> str | None:
    """The address of a site in ASCII and with its slash at the end, or None for no address."""
    try:
        parts = urlsplit(text)
        is_web = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        host = parts.netloc.encode("idna").decode()
    except ValueError:
        return None
    is_clean = text.isprintable() and not re.search(r"[\s?#\\<>\"']", text)
    if not (is_web and is_clean) or parts.username is not None:
        return None
    return f"{parts.scheme}://{host}{encoded(parts.path.rstrip('/'))}/"
