"""Outputs with the same path, or paths that cannot coexist on every file system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from unicodedata import normalize
from urllib.parse import unquote

from sitegen.config.schema import Config
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import CommandSubject, DocumentSubject, FileSubject, Output
from sitegen.model.source import Kind, Span
from sitegen.outputs.files import FILES
from sitegen.outputs.pages.sections import HOME
from sitegen.outputs.redirect import REDIRECTS
from sitegen.site.routes import filled, pattern_of, written_route
from sitegen.text.urls import FILE_ENDINGS, file_key, is_of_git, slugify, unportable

_DATES = (("year",), ("year", "month"), ("year", "month", "day"))
"""What of a date can tell two posts apart, the coarsest first."""


def distinct(
    outputs: Iterable[Output], documents: Iterable[Document], config: Config
) -> tuple[tuple[Output, ...], tuple[Diagnostic, ...]]:
    """The outputs that can exist side by side on any file system, and SG201 for the others.

    Two paths collide when they are equal after Unicode composition and case folding, or when
    one would be a file and a folder at once. The first comer keeps the place; the problems are
    the same in whatever order the outputs come.
    """
    given = tuple(outputs)
    kept = tuple(output for output, rival in _with_rivals(given) if not rival)
    if len(kept) == len(given):
        return kept, ()
    claims = _with_rivals(sorted(given, key=_claim))
    by_path = {document.source.path: document for document in documents}
    posts = (each for each in by_path.values() if each.source.kind is Kind.POST)
    site = _Site(by_path, config, all(post.meta.date for post in posts))
    problems = (_collision(rival, output, site) for output, rival in claims if rival)
    return kept, tuple(problems)


@dataclass(frozen=True, slots=True)
class _Site:
    documents: Mapping[str, Document]
    """By path."""
    config: Config
    is_dated: bool
    """Whether every post has a date."""

    def shown_by(self, output: Output) -> Document | None:
        """The document that an output shows, or leads to."""
        subject = output.subject
        return self.documents.get(subject.path) if isinstance(subject, DocumentSubject) else None


def check_names(outputs: Iterable[Output]) -> Iterator[Diagnostic]:
    """SG210 and SG211 for published files with names that not every system can have."""
    for output in outputs:
        if isinstance(output.subject, (FileSubject, CommandSubject)) and output.source:
            parts = output.path.split("/")
            if any(map(is_of_git, parts)):
                message = f"{output.path!r} would be the files of a git repository"
                hint = "move it out of the folder, or rename it"
                yield Diagnostic("SG211", message, output.source, hint=hint)
            elif reason := next(filter(None, map(unportable, parts)), None):
                message = f"{output.path!r} is not a name for every system: {reason}"
                hint = "rename it: letters, digits, '-', '_' and '.' can be used anywhere"
                yield Diagnostic("SG210", message, output.source, hint=hint)


def _with_rivals(outputs: Iterable[Output]) -> Iterator[tuple[Output, Output | None]]:
    """Every output, with the earlier one that has its place."""
    files: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    for output in outputs:
        key = file_key(output.path)
        parents = [key[: slash.start()] for slash in re.finditer("/", key)]
        rivals = (files.get(key), folders.get(key), *map(files.get, parents))
        rival = next(filter(None, rivals), None)
        if rival is None:
            files[key] = output
            for parent in parents:
                folders.setdefault(parent, output)
        yield output, rival


def _claim(output: Output) -> tuple[tuple[bool, ...], str, str, str]:
    """In order of this, the later of two rivals is the one whose author can give way.

    What sitegen itself puts there, copies, lists, documents, aliases.
    """
    rank = (
        output.source is not None,
        output.kind != FILES.name,
        isinstance(output.subject, DocumentSubject | FileSubject),
        output.kind == REDIRECTS.name,
    )
    return (rank, output.source or "", output.path, output.owner)


def _collision(first: Output, second: Output, site: _Site) -> Diagnostic:
    hint = _way_out(first, second, site)
    problem = Diagnostic("SG201", _clash(first, second), second.source, hint=hint)
    document = site.documents.get(second.source or "")
    if document is None:
        return problem
    at = _asked_at(second, document, site.config)
    return replace(problem, line=at.line, column=at.column, length=at.length)


def _asked_at(output: Output, document: Document, config: Config) -> Span:
    """Where a document asks for this path, else its start."""
    meta = document.meta
    if output.kind == REDIRECTS.name:
        paths = {written_route(alias, config).path: alias for alias in meta.aliases}
        return meta.place("aliases", paths[output.path])
    if output.subject == DocumentSubject(document.source.path):
        return meta.place("permalink" if meta.permalink is not None else "slug")
    return Span(1, 1)


def _clash(first: Output, second: Output) -> str:
    one, other = unquote(first.url), unquote(second.url)
    if first.path == second.path:
        return f"{other} is used by both {first.owner} and {second.owner}"
    if file_key(first.path) == file_key(second.path):
        is_same = normalize("NFC", first.path) == normalize("NFC", second.path)
        how = "how accents are encoded" if is_same else "case"
        return f"{one} ({first.owner}) and {other} ({second.owner}) differ only in {how}"
    file, inside = sorted((first, second), key=lambda output: len(file_key(output.path)))
    return (
        f"{inside.owner} needs the folder {file.path}/, but {file.owner} makes a file of that name"
    )


def _way_out(first: Output, second: Output, site: _Site) -> str:
    """The hint for the author of the second of two rivals."""
    if second.kind == REDIRECTS.name:
        return "remove the alias"
    if (first.kind == HOME.name) != (second.kind == HOME.name):
        return 'move the list of all posts away from there: [permalinks] home = "/blog/"'
    one, other = site.shown_by(first), site.shown_by(second)
    if other is None:
        return "give one of them another name"
    if one and one.source.is_front and other.source.is_front:
        return "remove one of them: there is one home page"
    if first.source is None and one is None and first.template:
        return f"{_elsewhere(other, is_inside=False)}; or delete it: sitegen makes this page itself"
    elsewhere = _elsewhere(other, is_inside=file_key(first.path) != file_key(second.path))
    if one and first.kind != REDIRECTS.name and (wider := _wider_pattern(one, other, site)):
        return f"{elsewhere}, or put {wider}"
    return elsewhere


def _elsewhere(document: Document, *, is_inside: bool) -> str:
    """The hint that gives a document a place of its own.

    `is_inside`: one of the two is where the other needs a folder, so a new name is not enough.
    """
    meta = document.meta
    if meta.permalink is None and not is_inside:
        return f"give one of them another slug, for example slug: {slugify(meta.slug)}-2"
    path = (meta.permalink or meta.slug).rstrip("/")
    name, dot, ending = path.rpartition(".") if path.endswith(FILE_ENDINGS) else (path, "", "")
    other = f"/{slugify(path)}-2/" if is_inside else f"{name}-2{dot or '/'}{ending}"
    return f"give one of them another permalink, for example permalink: {other}"


def _wider_pattern(one: Document, other: Document, site: _Site) -> str:
    """How a permalink pattern would tell two posts apart; empty where none does.

    One with a date is no way out while there are posts without.
    """
    pair, patterns = (one, other), site.config.permalinks
    kinds = {document.source.kind for document in pair}
    found = {pattern_of(document.source, patterns) for document in pair}
    if kinds != {Kind.POST} or len(found) > 1 or any(each.meta.permalink for each in pair):
        return ""
    [(key, pattern)] = found
    dates = _DATES if site.is_dated else ()
    for what, parts in (("folder", ("section",)), *(("date", parts) for parts in dates)):
        more = "/".join(f"{{{part}}}" for part in parts if f"{{{part}}}" not in pattern)
        wider = pattern.replace("{slug}", f"{more}/{{slug}}")
        if more and file_key(filled(wider, one)) != file_key(filled(wider, other)):
            return f'the {what} into the URL: {key} = "{wider}"'
    return ""
