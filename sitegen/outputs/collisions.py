"""Outputs with the same path, or paths that cannot coexist on every file system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from unicodedata import normalize
from urllib.parse import unquote

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import DocumentSubject, FileSubject, Output
from sitegen.model.source import Kind, Span
from sitegen.outputs.files import FILES
from sitegen.outputs.redirect import REDIRECTS
from sitegen.text.urls import route


def distinct(
    outputs: Iterable[Output], documents: Iterable[Document]
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
    problems = (_collision(rival, output, by_path) for output, rival in claims if rival)
    return kept, tuple(problems)


def _with_rivals(outputs: Iterable[Output]) -> Iterator[tuple[Output, Output | None]]:
    """Every output, with the earlier one that has its place."""
    files: dict[str, Output] = {}
    folders: dict[str, Output] = {}
    for output in outputs:
        key = _folded(output.path)
        parents = [key[: slash.start()] for slash in re.finditer("/", key)]
        rivals = (files.get(key), folders.get(key), *map(files.get, parents))
        rival = next(filter(None, rivals), None)
        if rival is None:
            files[key] = output
            folders |= {parent: output for parent in parents if parent not in folders}
        yield output, rival


def _folded(path: str) -> str:
    """What the paths have in common that a file system may take for one (Unicode 15, D145)."""
    return normalize("NFD", normalize("NFD", path).casefold())


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


def _collision(first: Output, second: Output, documents: Mapping[str, Document]) -> Diagnostic:
    hint = _way_out(first, second, documents)
    problem = Diagnostic("SG201", _clash(first, second), second.source, hint=hint)
    document = documents.get(second.source or "")
    if document is None:
        return problem
    at = _asked_at(second, document)
    return replace(problem, line=at.line, column=at.column, length=at.length)


def _asked_at(output: Output, document: Document) -> Span:
    """Where a document asks for this path, else its start."""
    meta = document.meta
    if output.kind == REDIRECTS.name:
        paths = {route(alias, "/").path: alias for alias in meta.aliases}
        return meta.place("aliases", paths[output.path])
    if output.subject == DocumentSubject(document.source.path):
        return meta.place("permalink" if meta.permalink is not None else "slug")
    return Span(1, 1)


def _clash(first: Output, second: Output) -> str:
    one, other = unquote(first.url), unquote(second.url)
    if first.path == second.path:
        return f"{other} is used by both {first.owner} and {second.owner}"
    if _folded(first.path) == _folded(second.path):
        is_same = normalize("NFC", first.path) == normalize("NFC", second.path)
        how = "how accents are encoded" if is_same else "case"
        return f"{one} ({first.owner}) and {other} ({second.owner}) differ only in {how}"
    file, inside = sorted((first, second), key=lambda output: len(_folded(output.path)))
    return (
        f"{inside.owner} needs the folder {file.path}/, but {file.owner} makes a file of that name"
    )


def _document_of(output: Output) -> str:
    """The path of the document that an output shows; empty where it shows none."""
    return output.subject.path if isinstance(output.subject, DocumentSubject) else ""


def _way_out(first: Output, second: Output, documents: Mapping[str, Document]) -> str:
    """The hint for the author of the second of two rivals."""
    if second.kind == REDIRECTS.name:
        return "remove the alias"
    if isinstance(first.subject, FileSubject) and isinstance(second.subject, FileSubject):
        return "give one of the files another name"
    found = (documents.get(_document_of(output)) for output in (first, second))
    posts = (each for each in found if each and each.source.kind is Kind.POST)
    if len({post.source.section for post in posts if post.meta.permalink is None}) == 2:
        way = 'put the folder into the URL: [permalinks] posts = "/posts/{section}/{slug}/"'
        return f"give one of them another slug, or {way}"
    return "give one of them another name, slug or permalink"
