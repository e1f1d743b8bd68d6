"""The check of a finished site: whether everything it links to and shows is there.

    files of the output folder → pages, their links and anchors → addresses → dead links,
    each at the line of the source that wrote it

No network: what is on other hosts is not looked at.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import unquote

from sitegen.check.feeds import listed
from sitegen.check.html import Reference, ScannedPage, scan, style_references
from sitegen.check.locate import Origins, SourceSpot
from sitegen.check.resolver import Problem, Resolver
from sitegen.config.schema import Config
from sitegen.model.diagnostics import Diagnostic, SitegenError, UsageError
from sitegen.model.output import MANIFEST
from sitegen.model.report import Checked, Progress
from sitegen.storage.output_folder import STAGING
from sitegen.text.encoding import line_and_column
from sitegen.text.urls import absolute, base_path, joined

LISTINGS = (".xml", ".rss", ".atom", ".json", "robots.txt")
BUILD_CODES = {"SG301", "SG302", "SG303", "SG304"}
"""What the build itself says about links."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of a file of the output folder, and where in it."""

    path: str
    reference: Reference
    problem: Problem
    number: int = 0
    """How many times the same stands before this in the file."""


def check_site(
    output: Path,
    site: Path,
    config: Config,
    progress: Progress = lambda *_: None,
    told: Iterable[Diagnostic] = (),
) -> Checked:
    """Everything that is dead in a folder that was built from `site` with this configuration.

    `told` is what the build said: it is not said again. Raises UsageError where there is no folder
    or no page in it.
    """
    if not output.is_dir():
        raise UsageError(f"there is no folder '{output}'")
    files = sorted(_files(output))
    if not any(map(_is_page, files)):
        raise UsageError(f"there is no page in '{output}'", hint="name the folder of a built site")
    finished = _Finished(output, files, config.base_url, progress)
    faults = tuple(finished.faults())
    located = _Located(output, site, config, tuple(told))
    return Checked(finished.count, finished.links, tuple(located.diagnostics(faults)))


def _files(output: Path) -> Iterator[str]:
    for folder, _, names in os.walk(output):
        for name in names:
            path = (Path(folder) / name).relative_to(output).as_posix()
            if path != MANIFEST and not path.startswith((f"{STAGING}/", ".git/")):
                yield path


def _is_page(path: str) -> bool:
    return path.lower().endswith((".html", ".htm"))


def _read(file: Path) -> str:
    """The text of a file of the output folder; SitegenError where it cannot be read."""
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError as error:
        raise SitegenError(f"cannot read '{file}': {error.strerror}") from error


class _Finished:
    """A finished site: its pages, and what is wrong with any of its files."""

    def __init__(self, output: Path, files: list[str], base_url: str, progress: Progress) -> None:
        self._output, self._files, self._progress = output, files, progress
        scanned = (path for path in files if _is_page(path) or path.endswith(".svg"))
        self.pages = dict(self._scanned(scanned))
        anchors = {path: scan.anchors for path, scan in self.pages.items()}
        self._addresses = Resolver(base_url, files, anchors)
        self._known: dict[tuple[str, str], Problem | None] = {}
        self.links = 0

    @property
    def count(self) -> int:
        """How many pages there are; a picture is none."""
        return sum(map(_is_page, self.pages))

    def _scanned(self, paths: Iterable[str]) -> Iterator[tuple[str, ScannedPage]]:
        todo = list(paths)
        for count, path in enumerate(todo, 1):
            yield path, scan(_read(self._output / path))
            self._progress("checking", count, len(todo))

    def faults(self) -> Iterator[Fault]:
        dead = set()
        for path, found in self.pages.items():
            yield from self._repeated(path, found)
            start = joined(self._addresses.url(path), found.base)
            for fault in self._of(path, found.references, start):
                dead.add(self._absolute(fault.reference.href, start))
                yield fault
        for path in self._files:
            start = self._addresses.url(path)
            if path.endswith(".css"):
                yield from self._of(path, style_references(_read(self._output / path)), start)
            elif path.endswith(LISTINGS):
                urls = listed(path, _read(self._output / path))
                # What a feed repeats from a page is told where the page has it.
                new = tuple(url for url in urls if self._absolute(url.href, start) not in dead)
                yield from self._of(path, new, start)

    def _repeated(self, path: str, found: ScannedPage) -> Iterator[Fault]:
        for anchor in found.repeated:
            message = f"id that stands on the page twice: '{anchor.href}'"
            hint = "a link to it leads to the first of them"
            yield Fault(path, anchor, ("SG706", message, hint), 1)

    def _of(self, path: str, references: Iterable[Reference], start: str) -> Iterator[Fault]:
        seen: Counter[str] = Counter()
        for reference in references:
            self.links += 1
            if problem := self._problem(reference, start):
                yield Fault(path, reference, problem, seen[reference.href])
                seen[reference.href] += 1

    def _problem(self, reference: Reference, start: str) -> Problem | None:
        """What is wrong with a reference; most are on many pages, and looked up once."""
        href, what = reference.href, reference.what
        key = (what + href, "" if href.startswith("/") else start)
        if key not in self._known:
            self._known[key] = self._addresses.problem(href, start, what)
        return self._known[key]

    def _absolute(self, href: str, start: str) -> str | None:
        try:
            return self._addresses.absolute(href, start)
        except ValueError:
            return None


class _Located:
    """Turns faults of finished files into diagnostics of what they were made from."""

    def __init__(
        self, output: Path, site: Path, config: Config, told: tuple[Diagnostic, ...]
    ) -> None:
        self._output, self._base_url = output, config.base_url
        self._base = base_path(config.base_url)
        self._origins = Origins(site, config, output)
        self._told = [problem for problem in told if problem.code in BUILD_CODES]
        whole = output.resolve()
        self._shown = whole.relative_to(site) if whole.is_relative_to(site) else whole
        self._texts: dict[str, str] = {}

    def diagnostics(self, faults: Iterable[Fault]) -> Iterator[Diagnostic]:
        """One for each place that is to blame, with how many pages it spoils."""
        spoilt: defaultdict[tuple[Problem, SourceSpot | None], list[Fault]] = defaultdict(list)
        for fault in faults:
            if not self._is_told(fault):
                forms = _forms(fault, self._base_url)
                spot = self._origins.find(fault.path, forms, fault.number)
                spoilt[fault.problem, spot].append(fault)
        for (problem, spot), some in spoilt.items():
            yield self._diagnostic(problem, spot, some)

    def _is_told(self, fault: Fault) -> bool:
        """Whether the build has reported the link, as its author wrote it."""
        if not self._told or not (source := self._origins.source_of(fault.path)):
            return False
        _, _, fragment = fault.reference.href.partition("#")
        written = {f"'{form.partition('#')[0]}" for form in _forms(fault, self._base_url)}
        return any(
            problem.path == source
            and (
                problem.message.endswith(f"#{unquote(fragment)}'")
                if problem.code == "SG302"
                else any(form in problem.message for form in written)
            )
            for problem in self._told
        )

    def _diagnostic(
        self, problem: Problem, spot: SourceSpot | None, faults: list[Fault]
    ) -> Diagnostic:
        code, message, hint = problem
        pages = list(dict.fromkeys(fault.path for fault in faults))
        path, line, column, written = spot or self._in_output(faults[0])
        if written != faults[0].reference.href and not f"{written}/".startswith(self._base):
            # As its author writes it, without what sitegen puts before it.
            message = self._bare(message)
            hint = hint and self._bare(hint)
        if spot is None or self._origins.source_of(pages[0]) != path:
            message = f"{message}{_on(pages, is_first_shown=spot is None)}"
        return Diagnostic(code, message, path, line, column, hint, len(written))

    def _bare(self, text: str) -> str:
        """A text about addresses of the site, without the host and the base path in them."""
        for start in (absolute(self._base_url, self._base), self._base):
            text = text.replace(f"'{start}", "'/")
        return text

    def _in_output(self, fault: Fault) -> SourceSpot:
        path = fault.path
        if path not in self._texts:
            self._texts[path] = _read(self._output / path)
        line, column = line_and_column(self._texts[path], fault.reference.offset)
        return (self._shown / path).as_posix(), line, column, fault.reference.href


def _on(pages: list[str], *, is_first_shown: bool) -> str:
    """Which pages a shared source spoils, for the end of a message."""
    more = len(pages) - 1
    others = f"{more} more {'page' if more == 1 else 'pages'}"
    if is_first_shown:
        return f" (and on {others})" if more else ""
    return f" (on {pages[0]} and {others})" if more else f" (on {pages[0]})"


def _forms(fault: Fault, base_url: str) -> tuple[str, ...]:
    """The ways in which the author of a page may have written a reference."""
    href, base = fault.reference.href, base_path(base_url)
    if fault.problem[0] == "SG706":
        return (f'id="{href}"', f"id='{href}'", f"id={href}")
    forms = [href, unquote(href)]
    local = href.removeprefix(absolute(base_url, ""))
    if local.startswith(base):
        rest = local[len(base) :]
        forms += [f"/{rest}", unquote(f"/{rest}"), local]
    forms += [escape(form) for form in forms]
    return tuple(dict.fromkeys(form for form in forms if form))
