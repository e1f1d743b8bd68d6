"""Broken links of a document, found before anything is rendered.

What is looked at is what an author wrote: links to documents, ids, headings and files of bundles.
Paths of the finished site (`/about/`) are left to `sitegen check`, which sees all of its files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import unquote

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document, Link
from sitegen.model.report import Absence, LeftOut
from sitegen.model.source import MARKDOWN
from sitegen.site.links import candidates, id_in, links_of, split_href
from sitegen.text.spelling import Names, did_you_mean

BESIDE = "put the file beside the post, or into static/"
REMEDIES = {
    Absence.DRAFT: "use --drafts to publish drafts",
    Absence.SCHEDULED: "use --future to publish it before its date",
}

ALWAYS_THERE = {"", "top"}
"""Fragments every page has (HTML, section 7.4.6.4)."""


@dataclass(frozen=True)  # not slotted: what is cached needs a place
class Targets:
    """What the link check knows of the site."""

    sources: Mapping[str, str]
    """Source path of every document and bundle file that is published → its URL."""
    ids: Mapping[str, str]
    """Document id → source path."""
    anchors: Mapping[str, frozenset[str]]
    """Source path of a document → the ids in it."""
    left_out: Mapping[str, LeftOut]
    """By source path: the documents that are not published."""
    content: str
    """The content folder."""
    beside: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By source path of a document: the files that are published only beside its page."""

    @cached_property
    def has_unread(self) -> bool:
        """Whether there are documents of which only the path is known."""
        known = self.anchors.keys() | self.left_out.keys()
        return any(path.lower().endswith(MARKDOWN) for path in self.sources.keys() - known)

    @cached_property
    def id_names(self) -> Names:
        return Names(self.ids)

    @cached_property
    def stems(self) -> Mapping[str, tuple[str, ...]]:
        """What documents are called → the source paths of all that are called so."""
        paths: dict[str, tuple[str, ...]] = {}
        for path in sorted(self.anchors):
            paths[_stem(path)] = (*paths.get(_stem(path), ()), path)
        return paths

    @cached_property
    def stem_names(self) -> Names:
        return Names(self.stems)


def check_links(document: Document, targets: Targets) -> tuple[Diagnostic, ...]:
    """The broken links of a document and its image, each at its place in the source."""
    found = ((link, _problem(link.href, document, targets)) for link in links_of(document))
    return tuple(_placed(problem, link, document) for link, problem in found if problem)


def _placed(problem: Diagnostic, link: Link, document: Document) -> Diagnostic:
    return replace(
        problem,
        path=document.source.path,
        line=link.line,
        column=link.column,
        length=link.length,
        target=link.href,
    )


def _problem(href: str, document: Document, targets: Targets) -> Diagnostic | None:
    address, _ = split_href(href)
    path = document.source.path
    if not address:
        return _target_problem(href, path, path, targets)
    if address.startswith("id:"):
        return _id_problem(href, path, targets)
    paths = candidates(address, path, targets.content)
    beside = targets.beside.get(path, {})
    known = (p for p in paths if p in targets.sources or p in beside or p in targets.left_out)
    if target := next(known, ""):
        return _target_problem(href, target, path, targets)
    if unquote(address).lower().endswith(MARKDOWN):
        return _missing(address, path, targets)
    is_relative = paths and not address.startswith("/")
    return _unpublished(address, paths[0], document, targets) if is_relative else None


def _id_problem(href: str, path: str, targets: Targets) -> Diagnostic | None:
    name = id_in(split_href(href)[0])
    if target := targets.ids.get(name):
        return _target_problem(href, target, path, targets)
    if targets.has_unread:  # one of them may have this id
        return None
    near = targets.id_names.nearest(name)
    hint = f"did you mean 'id:{near}'?" if near else None
    return Diagnostic("SG301", f"broken link: no document has the id '{name}'", hint=hint)


def _target_problem(href: str, target: str, path: str, targets: Targets) -> Diagnostic | None:
    """What is wrong with a link of the document at `path` to one that is known."""
    if absent := targets.left_out.get(target):
        message = f"broken link: '{target}' {_status(absent)}"
        return Diagnostic("SG304", message, hint=REMEDIES.get(absent.reason))
    anchors = targets.anchors.get(target)
    name = unquote(href.partition("#")[2])
    if anchors is None or name in anchors or name in ALWAYS_THERE:
        return None
    hint = did_you_mean(name, anchors, "did you mean '#{}'?")
    page = "on this page" if target == path else f"in '{target}'"
    return Diagnostic("SG302", f"broken anchor: no heading or id '{name}' {page}", hint=hint)


def _status(absent: LeftOut) -> str:
    match absent.reason:
        case Absence.DRAFT:
            return "is a draft"
        case Absence.SCHEDULED:
            return f"is scheduled for {absent.date:%Y-%m-%d}"
        case Absence.EXPIRED:
            return f"expired on {absent.date:%Y-%m-%d}"


def _missing(address: str, path: str, targets: Targets) -> Diagnostic:
    message = f"broken link: no such page '{address}'"
    name = unquote(address)
    stem = _stem(name)
    sources = targets.stems.get(stem) or targets.stems.get(targets.stem_names.nearest(stem) or "")
    root = "/" if address.startswith("/") else ""
    folder = (targets.content if root else posixpath.dirname(path)) or "."
    known = [root + posixpath.relpath(source, folder) for source in sources or ()]
    # One name in many folders: which is meant must be plain from the rest of the path.
    cutoff = 0 if len(known) == 1 else 0.75
    return Diagnostic("SG301", message, hint=did_you_mean(name, known, cutoff=cutoff))


def _stem(path: str) -> str:
    """What a document is called: its file without the ending, or the folder of an `index.md`."""
    *folders, file = path.split("/")
    stem = posixpath.splitext(file)[0]
    return folders[-1] if stem == "index" and folders else stem


def _unpublished(
    address: str, meant: str, document: Document, targets: Targets
) -> Diagnostic | None:
    """SG303 for a link that names a file by its ending, where nothing publishes that file."""
    ending = posixpath.splitext(meant)[1][1:]
    is_of_file = ending.isalnum() and not ending.isdigit()
    if not is_of_file or ending.lower() in {"html", "htm"}:
        return None
    near = _in_bundle(address, document, targets) if document.source.is_index else None
    message = f"broken link: no published file '{address}'"
    return Diagnostic("SG303", message, hint=near or BESIDE)


def _in_bundle(address: str, document: Document, targets: Targets) -> str | None:
    """The hint that names the nearest file of a bundle."""
    folder = f"{posixpath.dirname(document.source.path)}/"
    files = (path.removeprefix(folder) for path in targets.sources if path.startswith(folder))
    return did_you_mean(unquote(address), files, cutoff=0.8)
