"""Where documents are published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from sitegen.config.schema import Config, Permalinks
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.site import Placed, Placement, Route
from sitegen.model.source import Kind, Source
from sitegen.site.attachments import attached
from sitegen.text.urls import route, slugify, unsafe

NOT_PAGES = (".xml", ".json", ".txt")
"""Endings of an alias whose redirect no browser would follow, since it is no HTML."""


def document_routes(
    document: Document, config: Config
) -> tuple[Route | None, tuple[Route, ...], tuple[Diagnostic, ...]]:
    """The route of a document, those of its aliases, and what is wrong with either.

    The route is None where the permalink is unsafe or lacks a date (SG203, SG204).
    """
    meta, problems = document.meta, []
    permalink, problem = _permalink(document, config.permalinks)
    if problem:
        problems.append(problem)
    aliases = []
    for alias in meta.aliases:
        if problem := _checked(document, "aliases", alias):
            problems.append(problem)
        else:
            aliases.append(route(alias, config.base_url))
    own = route(permalink, config.base_url) if permalink else None
    return own, tuple(aliases), tuple(problems)


def _permalink(document: Document, patterns: Permalinks) -> tuple[str | None, Diagnostic | None]:
    meta = document.meta
    if meta.permalink is not None:
        problem = _checked(document, "permalink", meta.permalink)
        return (None, problem) if problem else (meta.permalink, None)
    if "slug" in meta.places and (problem := _checked(document, "slug", meta.slug)):
        return None, problem
    post = document.source.kind is Kind.POST
    pattern = patterns.posts if post else patterns.pages
    if meta.date is None and re.search(r"\{(year|month|day)\}", pattern):
        return None, _dateless(document, pattern)
    permalink = _filled(pattern, document)
    problem = _checked(document, "permalink", permalink)
    return (None, problem) if problem else (permalink, None)


def _filled(pattern: str, document: Document) -> str:
    values = {name: value(document) for name, value in PARTS.items() if f"{{{name}}}" in pattern}
    return re.sub("/+", "/", pattern.format(**values))


PARTS: Mapping[str, Callable[[Document], str]] = {
    "slug": lambda it: it.meta.slug if "slug" in it.meta.places else slugify(it.meta.slug),
    "id": lambda it: _slugified(it.meta.id),
    "section": lambda it: _slugified(it.source.section),
    # `%Y` does not fill a year before 1000 with zeros everywhere.
    "year": lambda it: f"{it.meta.date.year:04}" if it.meta.date else "",
    "month": lambda it: f"{it.meta.date:%m}" if it.meta.date else "",
    "day": lambda it: f"{it.meta.date:%d}" if it.meta.date else "",
}
"""What a permalink pattern can say of a document."""


def _slugified(path: str) -> str:
    return "/".join(slugify(part) for part in path.split("/") if part.strip("."))


def _checked(document: Document, key: str, value: str) -> Diagnostic | None:
    """SG203 for a slug, permalink or alias that is not safe as a path."""
    parts = [value] if key == "slug" else value.strip("/").split("/")
    reason = next(filter(None, map(unsafe, parts)), None)
    if key == "aliases" and value.endswith(NOT_PAGES):
        reason = "hosts do not serve such a file as a page"
    if reason is None or (value == "/" and key != "slug"):
        return None
    wrong, path = f"cannot be used as a path: {reason}", value
    if (url := re.match("https?://[^/]*", value)) and key != "slug":
        wrong, path = "is a URL, not a path of this site", value[url.end() :]
    safe = _slugified(path) or slugify(document.meta.title or "my post")
    at = document.meta.place(key, value)
    return Diagnostic(
        "SG203",
        f"{'alias' if key == 'aliases' else key} {value!r} {wrong}",
        document.source.path,
        at.line,
        at.column,
        hint=f"for example: {safe.replace('/', '-') if key == 'slug' else f'/{safe}/'}",
        length=at.length,
    )


def _dateless(document: Document, pattern: str) -> Diagnostic:
    kind = "posts" if document.source.kind is Kind.POST else "pages"
    return Diagnostic(
        "SG204",
        f"the permalink pattern '{pattern}' needs a date, but this document has none",
        document.source.path,
        1,
        1,
        hint=f"add a date or a permalink to the post, or change `{kind}` in [permalinks]",
    )


def place(
    documents: Iterable[Document], sources: Iterable[Source], config: Config
) -> tuple[Placement, tuple[Diagnostic, ...]]:
    """Where the documents and the files of the content folder are published; SG203 and SG204."""
    placed: list[Placed] = []
    problems: list[Diagnostic] = []
    for document in documents:
        own, aliases, found = document_routes(document, config)
        problems += found
        if own:
            placed.append(Placed(document, own, aliases))
    return Placement(*attached(placed, sources, config)), tuple(problems)
