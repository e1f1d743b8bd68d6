"""Settings with which the links of a blog lead somewhere again that comes from another generator.

One setting mends many links: so the hint of each names the setting that its author may be missing.
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.config.schema import Permalinks
from sitegen.model.document import Document
from sitegen.model.source import Kind
from sitegen.site.routes import filled, pattern_of
from sitegen.text.heading_ids import HEADING_IDS
from sitegen.text.urls import FILE_ENDINGS

DATED = ("{year}/{month}/{day}/", "{year}/{month}/", "{year}/")
PATTERNS = ("/{slug}", "/{section}/{slug}", *(f"/{date}{{slug}}" for date in DATED))
"""What other generators make the URLs of posts of, without what they end in."""


def pattern_meant(path: str, document: Document, patterns: Permalinks) -> str | None:
    """The setting by which a post would be at the path of a URL; None where there is none."""
    key, own = pattern_of(document.source, patterns)
    if document.source.kind is not Kind.POST or document.meta.permalink is not None:
        return None
    ending = next((ending for ending in FILE_ENDINGS if path.endswith(ending)), "")
    wanted = f"/{path.removesuffix(ending).strip('/')}"
    folder = wanted.rpartition("/")[0]
    dated = () if document.meta.date else DATED
    usable = (it for it in PATTERNS if not any(date in it for date in dated))
    for pattern in (*usable, f"{folder}/{{slug}}"):
        if pattern != own.strip("/") and filled(pattern, document) == wanted:
            return f'{key} = "{pattern}{ending or "/"}"'
    return None


def anchors_meant(name: str, document: Document) -> str | None:
    """The setting by which a heading of a document would have this id; None where there is none."""
    for anchors, id_of in HEADING_IDS.items():
        if any(id_of(heading.text, heading.text) == name for heading in document.rendered.toc):
            return f'[markdown] anchors = "{anchors}"'
    return None


def home_of(path: str, files: Iterable[str]) -> tuple[str, str] | None:
    """The one source file whose path ends as that of a URL does, and the folder above that part."""
    end = f"/{path.strip('/')}"
    found = [file for file in files if file.endswith(end)]
    return (found[0], found[0].removesuffix(end)) if len(found) == 1 else None
