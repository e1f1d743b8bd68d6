"""The parts of the theme: style sheets and scripts in `static/parts/`, for pages that need them.

A page links the files of the parts that it uses. A site has those of the theme that some page of it
may use, which is known before any is made: one more than is linked does no harm, and none is
missing. Those of the site's own `static/parts/` are there always.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.engine.trace import View
from sitegen.model.components import COMPONENTS_FOLDER
from sitegen.model.source import Kind
from sitegen.outputs.kind import SitePlan
from sitegen.outputs.templates.texts import THEME_FOLDER
from sitegen.site.images import ZOOM

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


_FILE = re.compile(rf"\b{PARTS_FOLDER}([\w/-]+)\.(?:css|js)\b")


def part_of(path: str) -> str:
    """The part that a published file belongs to."""
    return path.removeprefix(PARTS_FOLDER).rpartition(".")[0]


def files_of_parts(uses: Iterable[str], view: View) -> tuple[str, ...]:
    """The files of these parts of the theme, in the order in which a page links them."""
    found = (view.get(f"part:{name}") or () for name in sorted(uses))
    return tuple(path for paths in found for path in paths)


def parts_in_use(site: SitePlan) -> frozenset[str]:
    """The parts of the theme that the pages of a site may link."""
    documents = tuple(entry.document for entry in site.placement.documents)
    in_texts = (document.rendered.uses for document in documents)
    return site.named_parts.union((CATALOGUE_PART, FEEDS_PART), _around_texts(site), *in_texts)


def parts_of_components(templates: Iterable[str]) -> frozenset[str]:
    """The parts of the components among these templates, which have the same names."""
    paths = (name.removeprefix(THEME_FOLDER) for name in templates)
    names = (it.removeprefix(COMPONENTS_FOLDER) for it in paths if it.startswith(COMPONENTS_FOLDER))
    return frozenset(name.removesuffix(".html") for name in names)


def parts_named_in(texts: Iterable[str]) -> frozenset[str]:
    """The parts whose files are named in these texts."""
    return frozenset(found[1] for text in texts for found in _FILE.finditer(text))


def _around_texts(site: SitePlan) -> Iterator[str]:
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
