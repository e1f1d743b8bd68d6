"""Where documents are published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from urllib.parse import unquote

from sitegen.config.schema import Config, Permalinks
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.site import TAXONOMIES, Placed, Placement, Route
from sitegen.model.source import NOT_FOUND_PAGE, Kind, Source
from sitegen.site.attachments import attached
from sitegen.site.descriptions import term_described
from sitegen.text.urls import base_path, file_key, route, slugify, unsafe, without_base

NAME = re.compile(r"(?=.*[A-Z ])[\w ,'&()!?-]+")
"""An alias that is no path, but words, with a space or a capital letter."""

NOT_PAGES = (".xml", ".json", ".txt")
"""Endings of an alias whose redirect no browser would follow, since it is no HTML."""


def document_routes(
    document: Document, config: Config
) -> tuple[Route | None, tuple[Route, ...], tuple[Diagnostic, ...]]:
    """The route of a document, those of its aliases, and what is wrong with either.

    The route is None where the permalink is unsafe or lacks a date (SG203, SG204).
    """
    permalink, problem = _permalink(document, config)
    own = route(permalink, config.base_url) if permalink else None
    aliases, problems = _aliases(document, own, config) if document.meta.aliases else ((), ())
    return own, aliases, (problem, *problems) if problem else problems


def written_route(path: str, config: Config) -> Route:
    """Where a permalink or alias leads that an author wrote, with the base path or without."""
    return route(without_base(path, config.base_url), config.base_url)


def _aliases(
    document: Document, own: Route | None, config: Config
) -> tuple[tuple[Route, ...], tuple[Diagnostic, ...]]:
    """The redirects that the aliases of a document ask for: none from its own URL to itself."""
    aliases, problems = [], []
    taken = {file_key(own.path): own} if own else {}
    for alias in document.meta.aliases:
        if NAME.fullmatch(alias):
            problems.append(_name(document, alias))
            continue
        if problem := _checked(document, "aliases", alias):
            problems.append(problem)
            continue
        place = written_route(alias, config)
        there = taken.setdefault(file_key(place.path), place)
        if there is place:
            aliases.append(place)
        elif there.path != place.path:
            problems.append(_nearly(document, alias, there))
    return tuple(aliases), tuple(problems)


def _name(document: Document, alias: str) -> Diagnostic:
    """SG206 for an alias of Obsidian, by which a note is found, not a page."""
    return _without_redirect(
        document,
        alias,
        f"alias {alias!r} is a name, not a path: no redirect is written",
        f"write its path for one, such as /{slugify(alias)}/",
    )


def _nearly(document: Document, alias: str, there: Route) -> Diagnostic:
    """SG206 for an alias that some hosts cannot tell from a URL of the same document."""
    return _without_redirect(
        document,
        alias,
        f"alias {alias!r} differs from {unquote(there.url)} only in case or in how accents are "
        "encoded: no redirect is written, since many computers take both for one file",
        "remove the alias",
    )


def _without_redirect(document: Document, alias: str, message: str, hint: str) -> Diagnostic:
    at, path = document.meta.place("aliases", alias), document.source.path
    return Diagnostic("SG206", message, path, at.line, at.column, hint, at.length)


def _permalink(document: Document, config: Config) -> tuple[str | None, Diagnostic | None]:
    meta = document.meta
    if document.source.kind is Kind.TERM:
        taxonomy, slug = term_described(document.source, config)
        return str(getattr(config.permalinks, taxonomy)).format(slug=slug), None
    if meta.permalink is not None:
        problem = _checked(document, "permalink", meta.permalink)
        return (None, problem) if problem else (without_base(meta.permalink, config.base_url), None)
    _, pattern = pattern_of(document.source, config.permalinks)
    if "slug" in meta.places and (problem := _checked(document, "slug", meta.slug, pattern)):
        return None, problem
    if meta.date is None and re.search(r"\{(year|month|day)\}", pattern):
        return None, _dateless(document, pattern)
    permalink = filled(pattern, document)
    problem = _checked(document, "permalink", permalink)
    return (None, problem) if problem else (permalink, None)


def pattern_of(source: Source, patterns: Permalinks) -> tuple[str, str]:
    """The permalink pattern of a post or page, behind its name in the configuration."""
    if source.kind is Kind.SECTION:
        return _of_section(source, patterns)
    if source.is_not_found:
        return "", f"/{NOT_FOUND_PAGE}"
    if source.kind is Kind.PAGE:
        return "[permalinks] pages", patterns.pages
    fitting = [folder for folder in patterns.sections if source.is_below(folder)]
    if not fitting:
        return "[permalinks] posts", patterns.posts
    folder = max(fitting, key=len)
    return f'[permalinks.sections] "{folder}"', patterns.sections[folder]


def _of_section(source: Source, patterns: Permalinks) -> tuple[str, str]:
    """A section is at the URL of its folder, and that of the content folder is the home page."""
    if source.is_front:
        return "[permalinks] home", patterns.home
    above = source.name.removeprefix("pages/").split("/")[:-2]
    return "", f"/{_slugified('/'.join(above))}/{{slug}}/"


def list_of_all_posts(placement: Placement, config: Config) -> Route:
    """Where all posts are listed: what stands above the list may have a permalink."""
    fronts = (entry.route for entry in placement.documents if entry.document.source.is_front)
    return next(fronts, route(config.permalinks.home, config.base_url))


def filled(pattern: str, document: Document) -> str:
    """The permalink that a pattern gives to a document."""
    permalink = pattern.format(**{name: PARTS[name](document) for name in _parts_of(pattern)})
    return re.sub("/+", "/", permalink) if "//" in permalink else permalink


@lru_cache
def _parts_of(pattern: str) -> tuple[str, ...]:
    """The names in a pattern."""
    return tuple(name for name in PARTS if f"{{{name}}}" in pattern)


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


def _checked(document: Document, key: str, value: str, pattern: str = "") -> Diagnostic | None:
    """SG203 for a slug, permalink or alias that is not safe as a path.

    `pattern` is that of the permalink which a slug is a part of.
    """
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
        hint=_safe_slug(document, safe, pattern) if key == "slug" else f"for example: /{safe}/",
        length=at.length,
    )


def _safe_slug(document: Document, safe: str, pattern: str) -> str:
    """The hint for a slug that is none; one of several parts is more than a slug can be."""
    slug = safe.replace("/", "-")
    if slug == safe:
        return f"for example: {safe}"
    longer = replace(document, meta=replace(document.meta, slug=safe))
    return f"use permalink: {filled(pattern, longer)} or slug: {slug}"


def _dated_page(document: Document) -> Iterator[Diagnostic]:
    """SG209 for a page with a date, which may be meant as a post, unless it is among the pages."""
    source, meta = document.source, document.meta
    if source.kind is Kind.PAGE and "date" in meta.places and not source.name.startswith("pages/"):
        at = meta.place("date")
        yield Diagnostic(
            "SG209",
            "a page with a date: beside a folder of posts it is a page, and in no list or feed",
            source.path,
            at.line,
            at.column,
            hint="move it into the folder of posts, or into pages/ to keep it a page",
            length=at.length,
        )


def _of_repository(document: Document) -> Iterator[Diagnostic]:
    """SG013 for a page that no list should show, though nothing in it says so."""
    if document.source.is_about_repository and "unlisted" not in document.meta.places:
        name = document.source.name
        yield Diagnostic(
            "SG013",
            f"'{name}' is about the repository: it is published, but in no list or menu",
            name,
            hint=f'leave it out: [content] exclude = ["{name}"]; or write into it: unlisted: false',
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
    for document in map(_as_post, documents):
        own, aliases, found = document_routes(document, config)
        aside = (*_of_repository(document),)
        problems += (*found, *_dated_page(document), *aside)
        if own and (own.path == NOT_FOUND_PAGE or aside):
            document = replace(document, meta=replace(document.meta, unlisted=True))
        if own:
            placed.append(Placed(document, own, aliases))
    known = tuple(sources)
    placement = Placement(*attached(placed, known, config))
    return replace(placement, is_nested=_is_nested(placement, known, config)), tuple(problems)


def _as_post(document: Document) -> Document:
    """The document; as a post, if it is where terms are described, but has a date."""
    if document.source.kind is not Kind.TERM or "date" not in document.meta.places:
        return document
    return replace(document, source=replace(document.source, kind=Kind.POST))


def _is_nested(placement: Placement, sources: tuple[Source, ...], config: Config) -> bool:
    """Whether any file of the site will be in a folder that is called like the base path."""
    base = unquote(base_path(config.base_url)[1:])
    if not base:
        return False
    routes = (*placement.routes.values(), *(r for e in placement.documents for r in e.aliases))
    static = (source.name for source in sources if source.kind is Kind.STATIC)
    terms = (getattr(config.permalinks, taxonomy)[1:] for taxonomy in TAXONOMIES)
    paths = (*(route.path for route in routes), *static, *terms)
    return any(path.startswith(base) for path in paths)
