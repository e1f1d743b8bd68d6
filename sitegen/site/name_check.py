"""Wikilinks that lead nowhere, or not to one document alone."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document, Link
from sitegen.site.names import Bearers, fragment_of, named_by, paths_meant
from sitegen.site.resolver import is_of_file
from sitegen.text.dates import date_in_name
from sitegen.text.spelling import Names, did_you_mean
from sitegen.text.wikilinks import OF_BLOCK, key_of_name, parse_wikilink

IN_BACKTICKS = "write the name of a file or a title; or put it in backticks, if it is no link"
MOST_NAMED = 3
"""Documents of one name that a message names."""


@dataclass(frozen=True)  # not slotted: what is cached needs a place
class NameTargets:
    """What wikilinks can lead to."""

    documents: Mapping[str, Document]
    """By source path: those that are published."""
    hidden: Sequence[Document]
    """Those that are not."""
    files: Collection[str]
    """The source paths of other files that are published."""
    all_files: Collection[str] = ()
    """The same with those that are not."""
    heading_ids: str = "github"
    """As `[markdown] anchors` has it."""

    @cached_property
    def names(self) -> Mapping[str, Bearers]:
        """What of all that is published has each name."""
        return named_by(self.documents.values(), self.files)

    def hidden_target(self, href: str, path: str) -> str | None:
        """The source path of a document that is not published, if a link means that."""
        name = parse_wikilink(href).name
        if not self.hidden or not name or paths_meant(name, path, self.names.get):
            return None
        return next(iter(paths_meant(name, path, self._hidden_names.get)), None)

    def nearest(self, name: str) -> str | None:
        """A name of a document, as its author wrote it, that is much like this one."""
        return self._shown.get(self._shown_names.nearest(key_of_name(name)) or "")

    @cached_property
    def _hidden_names(self) -> Mapping[str, Bearers]:
        return named_by(self.hidden, ())

    @cached_property
    def _shown(self) -> Mapping[str, str]:
        found = (
            (date_in_name(it.source.stem)[1], it.meta.title or it.rendered.title)
            for it in self.documents.values()
        )
        return {key_of_name(name): name for names in found for name in names if name}

    @cached_property
    def _shown_names(self) -> Names:
        return Names(self._shown)


def problem_of_wikilink(link: Link, path: str, targets: NameTargets) -> Diagnostic | None:
    """What is wrong with a wikilink of the document at `path`, without a place."""
    name, heading = parse_wikilink(link.href)
    found = paths_meant(name, path, targets.names.get) if name else (path,)
    if not found and is_of_file(name):
        hint = did_you_mean(name, map(posixpath.basename, targets.all_files))
        return Diagnostic("SG303", f"broken link: no file is called '{name}'", hint=hint)
    if not found:
        near = targets.nearest(name)
        hint = f"did you mean '{near}'?" if near else IN_BACKTICKS
        return Diagnostic("SG301", f"broken link: nothing is called '{name}'", hint=hint)
    if len(found) > 1:
        message = f"'{link.href}' may mean {' or '.join(map(repr, found[:MOST_NAMED]))}"
        return Diagnostic("SG424", message, hint=f"write the path: {_by_path(found)}")
    target = targets.documents.get(found[0])
    return _problem_of_heading(heading, target, path, targets) if heading and target else None


def _problem_of_heading(
    heading: str, target: Document, path: str, targets: NameTargets
) -> Diagnostic | None:
    contents, anchors = target.rendered.toc, target.rendered.anchors
    if fragment_of(heading, contents, targets.heading_ids)[1:] in anchors:
        return None
    page = "on this page" if target.source.path == path else f"in '{target.source.path}'"
    if heading.startswith(OF_BLOCK):
        near = did_you_mean(heading, (f"{OF_BLOCK}{anchor}" for anchor in sorted(anchors)))
        at_end = f"write ' {heading}' at the end of that block"
        message = f"broken anchor: no block '{heading}' {page}"
        return Diagnostic("SG302", message, hint=near or at_end)
    hint = did_you_mean(heading, (entry.text for entry in contents))
    return Diagnostic("SG302", f"broken anchor: no heading '{heading}' {page}", hint=hint)


def _by_path(paths: Sequence[str]) -> str:
    """The first two as wikilinks with so much of their paths as tells them apart."""
    shown = [posixpath.splitext(path)[0].removesuffix("/index").split("/") for path in paths[:2]]
    longest = max(map(len, shown))
    count = next((n for n in range(2, longest) if shown[0][-n:] != shown[1][-n:]), longest)
    return " or ".join(f"[[{'/'.join(parts[-count:])}]]" for parts in shown)
