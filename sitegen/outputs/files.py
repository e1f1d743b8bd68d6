"""Files that are published as they are: those of `static/`, and those of the content folder.

Only images lose something on the way, their metadata, and the theme's style sheets and scripts,
their comments (`build/update.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import FileSubject, Output
from sitegen.model.site import Placement
from sitegen.model.source import Kind, Source
from sitegen.outputs.kind import OutputKind, SitePlan
from sitegen.outputs.parts import (
    CATALOGUE_PART,
    CHANGES_PART,
    COMMENTS_PART,
    FEEDS_PART,
    MENTIONS_PART,
    PARTS_FOLDER,
    PREVIEWS_PART,
    SIBLINGS_PART,
    TWIN_PART,
    part_of,
)
from sitegen.site.images import ZOOM

_NAME = "file"
_FONTS, _PARTS_OF_THEME = "theme:static/fonts/", f"theme:static/{PARTS_FOLDER}"


def _plan(site: SitePlan) -> Iterator[Output]:
    yield from dict.fromkeys(_attachments(site.placement))
    for source in _static(site):
        path = source.path
        yield site.file(source.name, _NAME, path, FileSubject(path), path)


def _attachments(placement: Placement) -> Iterator[Output]:
    """The files of the content folder. Two pages can lie in one folder, and name one file."""
    files = (placement.files, *(entry.files for entry in placement.documents))
    for path, route in (item for some in files for item in some.items()):
        yield Output(route.path, route.url, _NAME, path, FileSubject(path), path)


def _static(site: SitePlan) -> Iterator[Source]:
    """Static files; those of the site replace those of the theme by name.

    A `style.css` is a part of the style sheet, not a file of its own. Of the theme, there is what
    the site uses: its fonts where the style sheet names them, and the parts that pages may link.
    """
    has_fonts, parts = site.config.theme.fonts != "system", _parts(site)
    by_name: dict[str, Source] = {}
    for source in site.files:
        if source.path.startswith(_PARTS_OF_THEME):
            is_used = part_of(source.name) in parts
        else:
            is_used = has_fonts or not source.path.startswith(_FONTS)
        if is_used and source.name != "style.css":
            by_name.setdefault(source.name, source)
    return iter(by_name.values())


def _parts(site: SitePlan) -> frozenset[str]:
    """The parts of the theme that the pages of a site may link.

    That is known before any page is made. There can be one that none links; none is missing.
    """
    in_texts = (entry.document.rendered.uses for entry in site.placement.documents)
    return site.named_parts.union((CATALOGUE_PART, FEEDS_PART), _around_texts(site), *in_texts)


def _around_texts(site: SitePlan) -> Iterator[str]:
    """Those of what pages show beside their texts, and of images."""
    config, entries = site.config, site.placement.documents
    rules = {
        CHANGES_PART: config.history.git,
        COMMENTS_PART: config.comments.provider in ("giscus", "isso"),
        MENTIONS_PART: config.comments.provider == "webmention",
        PREVIEWS_PART: config.theme.previews,
        SIBLINGS_PART: any(it.document.source.kind is Kind.SECTION for it in entries),
        TWIN_PART: config.export.markdown,
        ZOOM: any(image.can_zoom for it in entries for image in it.document.rendered.images),
    }
    return (part for part, is_used in rules.items() if is_used)


FILES = OutputKind(_NAME, _plan)
