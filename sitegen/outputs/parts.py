"""The parts of the theme: style sheets and scripts in `static/parts/`, for pages that need them.

A page links the files of the parts that it uses. Of those of the theme, a site has those that its
pages may link (`outputs.files`).
"""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.engine.trace import View
from sitegen.model.components import COMPONENTS_FOLDER
from sitegen.outputs.templates.texts import THEME_FOLDER

PARTS_FOLDER = "parts/"
"""Below the output folder."""

CATALOGUE_PART = "catalogue"
"""For pages that lead to posts: the archive, and those of terms."""
CHANGES_PART = "changes"
COMMENTS_PART = "comments"
FEEDS_PART = "feeds"
MENTIONS_PART = "webmentions"
PREVIEWS_PART = "previews"
SIBLINGS_PART = "siblings"
"""For pages that name the others of their section."""
TWIN_PART = "markdown"


def part_of(path: str) -> str:
    """The part that a published file belongs to."""
    return path.removeprefix(PARTS_FOLDER).rpartition(".")[0]


def files_of_parts(uses: Iterable[str], view: View) -> tuple[str, ...]:
    """The files of these parts of the theme, in the order in which a page links them."""
    found = (view.get(f"part:{name}") or () for name in sorted(uses))
    return tuple(path for paths in found for path in paths)


def parts_of_components(templates: Iterable[str]) -> frozenset[str]:
    """The parts of the components among these templates, which have the same names."""
    paths = (name.removeprefix(THEME_FOLDER) for name in templates)
    names = (it.removeprefix(COMPONENTS_FOLDER) for it in paths if it.startswith(COMPONENTS_FOLDER))
    return frozenset(name.removesuffix(".html") for name in names)
