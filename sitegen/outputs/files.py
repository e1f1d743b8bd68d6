"""Files that are published as they are: those of `static/`, and those of the content folder.

Only images lose something on the way, their metadata, and the theme's style sheets and scripts,
their comments (`build/update.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import FileSubject, Output
from sitegen.model.site import Placement
from sitegen.model.source import Source
from sitegen.outputs.kind import OutputKind, SitePlan
from sitegen.outputs.parts import PARTS_FOLDER, part_of, parts_in_use

_NAME = "file"
_FONTS, _PARTS = "theme:static/fonts/", f"theme:static/{PARTS_FOLDER}"


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
    has_fonts, parts = site.config.theme.fonts != "system", parts_in_use(site)
    by_name: dict[str, Source] = {}
    for source in site.files:
        if source.path.startswith(_PARTS):
            is_used = part_of(source.name) in parts
        else:
            is_used = has_fonts or not source.path.startswith(_FONTS)
        if is_used and source.name != "style.css":
            by_name.setdefault(source.name, source)
    return iter(by_name.values())


FILES = OutputKind(_NAME, _plan)
