"""Documents, and a site of them, as values: what the stages before `index` would have made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sitegen.config.schema import Config
from sitegen.i18n.spoken import spoken
from sitegen.model.document import Anchors, Document, Link, Meta, Rendered
from sitegen.model.language import Language
from sitegen.model.site import TAXONOMIES, Placement, Route
from sitegen.model.source import Kind, Source
from sitegen.site.facets import FACETS
from sitegen.site.facets import facets_of as named_facets
from sitegen.site.index import index
from sitegen.site.related import backlinks, related, ties_of
from sitegen.site.routes import place
from sitegen.sources.discover import I18N, THEME, THEME_PREFIX


def document(
    path: str = "content/posts/a.md",
    *,
    content: str = "content",
    links: tuple[str, ...] = (),
    anchors: Iterable[str] = (),
    html: str = "",
    heading: str | None = None,
    **meta: Any,  # noqa: ANN401 (the fields of Meta)
) -> Document:
    """A document whose front matter says `meta`, a key a line from line 2 on.

    The n-th link stands on line n of its body, in column 5.
    """
    name = path.removeprefix(f"{content}/")
    kind = Kind.PAGE if name.startswith("pages/") else Kind.POST
    kind = Kind.TERM if name.partition("/")[0] in TAXONOMIES else kind
    kind = Kind.SECTION if name.endswith("_index.md") else kind
    stem = name.removesuffix("/index.md").rpartition("/")[2].removesuffix(".md")
    places = {key: (line, len(key) + 3, 1) for line, key in enumerate(meta, 2)}
    written = {"id": name.removesuffix(".md"), "slug": stem, "places": places} | meta
    found = tuple(Link(href, line, 5, len(href)) for line, href in enumerate(links, 1))
    rendered = Rendered(html, heading, (), found, Anchors(frozenset(anchors)), "", 0)
    return Document(Source(path, kind, name), Meta(**written), rendered)


def day(number: int, month: int = 1, year: int = 2024) -> datetime:
    """A day of January 2024, or of another month."""
    return datetime(year, month, number, tzinfo=UTC)


def placed(
    documents: Iterable[Document],
    config: Config | None = None,
    files: Mapping[str, Route] | None = None,
) -> Placement:
    """Where the documents, and the files of bundles, are published."""
    placement, problems = place(documents, (), config or Config())
    assert problems == ()
    return replace(placement, files=files or {})


def languages(*tags: str) -> dict[str, Language]:
    """Languages as the theme has them."""
    files = sorted((THEME / I18N).iterdir())
    texts = {f"{THEME_PREFIX}{I18N}/{file.name}": file.read_text("utf-8") for file in files}
    return spoken(tags, texts)[0]


def facets_of(
    *documents: Document,
    config: Config | None = None,
    content: str = "content",
    assets: Mapping[str, Route] | None = None,
) -> dict[str, Any]:
    """The facets of a site of these documents."""
    placement, found = placed(documents, config, assets), config or Config()
    tags = (found.language, *(d.meta.lang for d in documents if d.meta.lang))
    site, _ = index(placement, found, content, languages(*tags))
    ties = ties_of(site)
    known = replace(site, related=related(ties), backlinks=backlinks(ties))
    return named_facets(FACETS, known)
