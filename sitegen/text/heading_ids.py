"""The ids that headings have here, and those that they have had in other generators.

A blog that has moved keeps them, so that no link to a part of a page dies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

Name = Callable[[str, str], str]
"""The text of a heading, and its Markdown → its id; empty where nothing of it can be in one."""

NOT_ON_GITHUB = re.compile(r"[^a-z0-9 _-]")
"""The ASCII characters that are left out of an id."""

LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
"""Letters that Unicode does not take apart, as Zola writes them."""

DIACRITICS = re.compile("[\u0300-\u036f]")


def _github(text: str, _: str) -> str:
    """Lower case, without punctuation, and a hyphen for each space."""
    if text.isascii():
        return NOT_ON_GITHUB.sub("", text.lower()).replace(" ", "-")
    normal = unicodedata.normalize("NFC", text.lower())
    kept = (c for c in normal if c in " -_" or unicodedata.category(c)[0] in "LNM")
    return "".join(kept).replace(" ", "-")


def _hugo(_: str, markdown: str) -> str:
    """Hugo's default, `autoHeadingIDType = "github"`: of the Markdown, not of the text.

    Of its last line, where there are more. So a link has its URL in the id.
    """
    line = markdown.rpartition("\n")[2].strip()
    kept = (c for c in line if c in " -_" or unicodedata.category(c)[0] == "L" or c.isdecimal())
    return "".join(kept).lower().replace(" ", "-") or "heading"


def _zola(text: str, _: str) -> str:
    """Zola's default, `slugify.anchors = "on"`: ASCII, and a hyphen for all else between words.

    Letters of other scripts than Latin stay, where Zola spells them as they sound.
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(LATIN))
    normal = unicodedata.normalize("NFC", DIACRITICS.sub("", plain))
    kept = (c if unicodedata.category(c)[0] in "LNM" else " " for c in normal)
    return "-".join("".join(kept).split())


HEADING_IDS: Mapping[str, Name] = {"github": _github, "hugo": _hugo, "zola": _zola}
"""By the values of `[markdown] anchors`."""
