"""Where documents are published, and who wants the same place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from sitegen.diagnostics import Diagnostic
from sitegen.model import Config, Document, Kind, Output, Permalinks, Route
from sitegen.urls import route, slugify, unsafe


def section(document: Document) -> str:
    """The folder of a post below `content/posts/` (or `content/`), or an empty string."""
    name = document.source.name
    if document.source.kind is Kind.POST:
        name = name.removeprefix("posts/")
    folders = name.split("/")[:-1]
    if folders and re.fullmatch(r"index\.\w+", name.rpartition("/")[2]):
        folders.pop()
    return "/".join(folders)


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
    return _filled(pattern, document), None


def _filled(pattern: str, document: Document) -> str:
    meta = document.meta
    values = {
        "slug": meta.slug if "slug" in meta.places else slugify(meta.slug),
        "id": _slugified(meta.id),
        "section": _slugified(section(document)),
        "year": f"{meta.date:%Y}" if meta.date else "",
        "month": f"{meta.date:%m}" if meta.date else "",
        "day": f"{meta.date:%d}" if meta.date else "",
    }
    return re.sub("/+", "/", pattern.format(**values))


def _slugified(path: str) -> str:
    return "/".join(slugify(part) for part in path.split("/") if part)


def _checked(document: Document, key: str, value: str) -> Diagnostic | None:
    """SG203 for a slug, permalink or alias that is not safe as a path."""
    segments = [value] if key == "slug" else value.strip("/").split("/")
    if key == "slug" and "/" in value:
        reason: str | None = "it must not contain '/'"
    else:
        reasons = (unsafe(part) if part else "it has an empty part" for part in segments)
        reason = next(filter(None, reasons), None)
    if reason is None or value == "/":
        return None
    safe = slugify(value) if key == "slug" else f"/{_slugified(value)}/"
    line, column = document.meta.places.get(key, (1, 1))
    return Diagnostic(
        "SG203",
        f"{key} {value!r} cannot be used as a path: {reason}",
        document.source.path,
        line,
        column,
        hint=f"for example: {safe}",
        length=len(key),
    )


def _dateless(document: Document, pattern: str) -> Diagnostic:
    kind = "posts" if document.source.kind is Kind.POST else "pages"
    return Diagnostic(
        "SG204",
        f"the permalink pattern '{pattern}' needs a date, and this document has none",
        document.source.path,
        1,
        1,
        hint=f"add a date or a permalink to the post, or change `{kind}` in [permalinks]",
    )


def distinct(outputs: Iterable[Output]) -> tuple[tuple[Output, ...], tuple[Diagnostic, ...]]:
    """The outputs that can exist side by side on any file system, and SG201 for the others.

    Two paths collide when they are equal after Unicode composition and case folding, or when
    one would be a file and a folder at once. The first comer keeps the place.
    """
    taken: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    problems = []
    for output in outputs:
        key = unicodedata.normalize("NFC", output.path).casefold()
        parents = [key[: slash.start()] for slash in re.finditer("/", key)]
        rivals = (taken.get(key), folders.get(key), *(taken.get(parent) for parent in parents))
        if rival := next(filter(None, rivals), None):
            problems.append(_collision(rival, output))
            continue
        taken[key] = output
        folders.update((parent, output) for parent in parents if parent not in folders)
    return tuple(taken.values()), tuple(problems)


def _collision(first: Output, second: Output) -> Diagnostic:
    same = first.path == second.path
    place = None if second.source is None else 1
    return Diagnostic(
        "SG201",
        f"{second.url} is wanted by both {first.owner} and {second.owner}"
        + ("" if same else f" ({first.path} and {second.path} cannot both be files)"),
        second.source,
        place,
        place,
        hint="give one of them another slug or permalink",
    )
