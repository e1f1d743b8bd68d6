"""What a link surely should say that leads nowhere: the fixes of `sitegen check --fix`.

A link has a fix where only one file can be meant: it has the same name elsewhere, or the same but
for case. Which of several similar names is meant, its author knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize
from urllib.parse import quote, unquote

from sitegen.model.diagnostics import Fix
from sitegen.site.links import split_href
from sitegen.text.notations import own_notation
from sitegen.text.urls import PATH_CHARACTERS

_UNSAFE = re.compile(r"""[\s()<>"'\\|\[\]`&*_]""")
"""What may have a meaning in the address of a link."""


def readdressed(href: str, path: str) -> Fix | None:
    """The link with another path, and its query and fragment as they are.

    None for a path with the mark of another generator, and for one that has to be written as no
    link is.
    """
    old, _ = split_href(href)
    is_encoded = unquote(old) != old or bool(_UNSAFE.search(path.replace("_", "")))
    new = quote(path, PATH_CHARACTERS) if is_encoded else path
    return Fix(old, new) if old and own_notation(old) == old else None


def recased(href: str, path: str) -> Fix | None:
    """The link with the end of its path as that of a file is, from which it differs in case or
    Unicode form; None where it differs in more.
    """
    old, _ = split_href(href)
    start = len(old) - len(old.lstrip("./"))
    written = unquote(old[start:])
    end = path[-len(written) :]
    is_same = bool(written) and _folded(end) == _folded(written)
    return readdressed(href, old[:start] + end) if is_same else None


def completed(href: str, ending: str) -> Fix | None:
    """The link with an ending of its path that a host would redirect to."""
    old, _ = split_href(href)
    return Fix(old, f"{old}{ending}") if old else None


def anchored(href: str, anchors: Iterable[str]) -> Fix | None:
    """The link with the one id of a page that differs from its own in case and hyphens alone."""
    name = unquote(href.partition("#")[2])
    same = [anchor for anchor in anchors if _bare(anchor) == _bare(name)]
    if len(same) != 1 or not _bare(name):
        return None
    written = href.partition("#")[2]
    is_encoded = name != written or bool(_UNSAFE.search(same[0].replace("_", "")))
    return Fix(f"#{written}", f"#{quote(same[0], PATH_CHARACTERS) if is_encoded else same[0]}")


def _folded(path: str) -> str:
    return normalize("NFC", path).casefold()


def _bare(anchor: str) -> str:
    return re.sub(r"[\s_-]", "", _folded(anchor))
