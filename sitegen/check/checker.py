"""The check of a finished site: whether everything it links to and shows is there.

    files of the output folder → pages, their links and anchors → URLs → broken links,
    each at the line of the source that wrote it

No network: what is on other hosts is not looked at.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from html import escape
from pathlib import Path
from urllib.parse import unquote, urldefrag

from sitegen.check.feed_rules import flaws_of
from sitegen.check.feeds import urls_in
from sitegen.check.html import Reference, ScannedPage, scan, style_references
from sitegen.check.locate import Locator, SourceSpot
from sitegen.config.schema import Config
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, SitegenError, UsageError
from sitegen.model.output import MANIFEST
from sitegen.model.report import Checked, Progress
from sitegen.site.facts import configured_url
from sitegen.site.names import fragment_of
from sitegen.site.resolver import Resolver
from sitegen.sources.discover import CONFIG_FILE
from sitegen.storage.output_folder import STAGING
from sitegen.text.encoding import line_and_column
from sitegen.text.urls import absolute, base_path, joined, with_base
from sitegen.text.wikilinks import is_wikilink, parse_wikilink

LISTINGS = (".xml", ".rss", ".atom", ".json", ".webmanifest", "robots.txt")
"""Endings of the files, other than pages and style sheets, that may list URLs."""

PACKED = ".tar.gz"
ARCHIVE_OF_CODE = f"/code{PACKED}"
"""How the archive of the code of a post ends, whose files are in the folder `code/` beside it, too:
they are no pages, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem of a file of the output folder, and where in it."""

    path: str
    reference: Reference
    problem: Diagnostic
    """Without a place in the sources."""
    number: int = 0
    """How many times the same reference comes before this one in the file."""


def check_site(
    output: Path,
    site: Path,
    config: Config,
    progress: Progress = lambda *_: None,
    reported: Iterable[Diagnostic] = (),
) -> Checked:
    """Everything broken in a folder that was built from `site` with this configuration.

    `reported` is what the build reported: it is not reported again. Raises UsageError where there
    is no folder or no page in it.
    """
    if not output.is_dir():
        raise UsageError(f"there is no folder '{output}'")
    files = sorted(_files(output))
    if not any(map(_is_page, files)):
        raise UsageError(f"no HTML page in '{output}'", hint="name the folder of a built site")
    finished = _FinishedSite(output, files, config.base_url, progress)
    faults = tuple(finished.faults())
    blame = _Blame(output, site, config, finished.resolver, reported)
    return Checked(finished.count, finished.links, tuple(blame.diagnostics(faults)))


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


class _FinishedSite:
    """A finished site: its pages, and what is wrong with any of its files."""

    def __init__(self, output: Path, files: list[str], base_url: str, progress: Progress) -> None:
        self._output, self._progress = output, progress
        code = tuple(
            f"{path.removesuffix(PACKED)}/" for path in files if path.endswith(ARCHIVE_OF_CODE)
        )
        self._files = [path for path in files if not path.startswith(code)]
        scanned = (path for path in self._files if _is_page(path) or path.endswith(".svg"))
        self.pages = dict(self._scanned(scanned))
        anchors = {path: scan.anchors for path, scan in self.pages.items()}
        self.resolver = Resolver(base_url, files, anchors)
        self._known: dict[tuple[str, str], Diagnostic | None] = {}
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
        """What is wrong, page by page; then what only style sheets and feeds have wrong."""
        broken = set()
        for path, found in self.pages.items():
            yield from self._duplicate_ids(path, found)
            start = joined(self.resolver.url(path), found.base)
            for fault in self._in_file(path, found.references, start):
                broken.add(self._absolute(fault.reference.href, start))
                yield fault
        for path in self._files:
            start = self.resolver.url(path)
            if path.endswith(".css"):
                yield from self._in_file(path, style_references(_read(self._output / path)), start)
            elif path.endswith(LISTINGS):
                text = _read(self._output / path)
                for flaw in flaws_of(path, text):
                    problem = Diagnostic("SG020", flaw.message, hint=flaw.hint)
                    yield Fault(path, Reference("", flaw.offset), problem)
                urls = urls_in(path, text)
                # What a feed repeats from a page is reported where the page has it.
                new = tuple(url for url in urls if self._absolute(url.href, start) not in broken)
                yield from self._in_file(path, new, start)

    def _duplicate_ids(self, path: str, found: ScannedPage) -> Iterator[Fault]:
        for anchor in found.duplicate_ids:
            hint = "a link to it leads to the first one"
            problem = Diagnostic("SG706", f"duplicate id '{anchor.href}'", hint=hint)
            yield Fault(path, anchor, problem, 1)

    def _in_file(self, path: str, references: Iterable[Reference], start: str) -> Iterator[Fault]:
        seen: Counter[str] = Counter()
        for reference in references:
            self.links += 1
            if problem := self._problem(reference, start):
                yield Fault(path, reference, problem, seen[reference.href])
                seen[reference.href] += 1

    def _problem(self, reference: Reference, start: str) -> Diagnostic | None:
        """What is wrong with a reference; most are on many pages, and looked up once."""
        href, what = reference.href, reference.what
        key = (what + href, "" if href.startswith("/") else start)
        if key not in self._known:
            self._known[key] = self.resolver.problem(href, start, what)
        return self._known[key]

    def _absolute(self, href: str, start: str) -> str | None:
        try:
            return self.resolver.absolute(href, start)
        except ValueError:
            return None


BOTH = (False, True)
"""Whether a folder of the site is called like its base path, which only the build knows."""


class _Blame:
    """Turns faults of finished files into diagnostics of the sources they come from."""

    def __init__(
        self,
        output: Path,
        site: Path,
        config: Config,
        resolver: Resolver,
        reported: Iterable[Diagnostic],
    ) -> None:
        self._output, self._config, self._base_url = output, config, config.base_url
        self._base, self._anchors = base_path(config.base_url), config.markdown.anchors
        self._locator = Locator(site, config, output)
        self._resolver = resolver
        known = tuple(reported)
        self._reported = _links_by_source(known)
        self._places = {(problem.path, problem.line, problem.target) for problem in known}
        whole = output.resolve()
        self._shown = whole.relative_to(site) if whole.is_relative_to(site) else whole
        self._texts: dict[str, str] = {}

    def diagnostics(self, faults: Iterable[Fault]) -> Iterator[Diagnostic]:
        """One for each place to mend, with the number of pages it affects."""
        grouped: defaultdict[tuple[Diagnostic, SourceSpot | None], list[Fault]] = defaultdict(list)
        for fault in faults:
            if not self._is_reported(fault):
                forms = _forms(fault, self._base_url)
                is_literal = fault.problem.code == "SG703"
                spot = self._locator.find(fault.path, forms, fault.number, is_literal=is_literal)
                if spot is None or (spot[0], spot[1], spot[3]) not in self._places:
                    grouped[fault.problem, spot].append(fault)
        for (problem, spot), group in grouped.items():
            yield self._placed(problem, spot, group)

    def _is_reported(self, fault: Fault) -> bool:
        """Whether the build has reported the same link of the same source."""
        if not self._reported:  # so that no source needs to be read
            return False
        links = self._reported.get(self._locator.source_of(fault.path) or "", ())
        if any(self._is_of(fault, code, target) for code, target in links):
            return True
        if self._locator.static_of(fault.path) is not None:
            return False
        address, mark, fragment = unquote(fault.reference.href).partition("#")
        is_anchor = fault.problem.code == "SG302"
        return (mark + fragment if is_anchor else address) in self._seen_elsewhere

    @cached_property
    def _seen_elsewhere(self) -> frozenset[str]:
        """What reported links have become where another page shows them: those of the configuration
        on all pages, those of an embedded post, and of a text that is included.
        """
        found = set[str]()
        for path, links in self._reported.items():
            for code, target in links:
                if code in ("SG302", "SG420"):
                    found.add(f"#{self._fragment(target)}")
                elif path == CONFIG_FILE:
                    found |= {configured_url(target, self._config, is_nested=it) for it in BOTH}
                else:
                    found |= {
                        target,
                        *(with_base(target, self._base_url, is_nested=it) for it in BOTH),
                    }
        return frozenset(unquote(url).partition("#")[0] or url for url in found)

    def _is_of(self, fault: Fault, code: str, target: str) -> bool:
        """Whether a link that the build reported has become this one of the finished page."""
        href = fault.reference.href
        if code in ("SG302", "SG420"):  # the page exists, so its URL has replaced what was written
            is_anchor = fault.problem.code == "SG302"
            return is_anchor and unquote(urldefrag(href)[1]) == self._fragment(target)
        page = self._resolver.url(fault.path)
        urls = (with_base(target, self._base_url, is_nested=nested) for nested in BOTH)
        return unquote(joined(page, href)) in {unquote(joined(page, url)) for url in urls}

    def _fragment(self, target: str) -> str:
        """The id that a link names, as its author wrote it."""
        if is_wikilink(target):
            target = fragment_of(parse_wikilink(target).heading, (), self._anchors)
        return unquote(urldefrag(target)[1])

    def _placed(
        self, problem: Diagnostic, spot: SourceSpot | None, faults: list[Fault]
    ) -> Diagnostic:
        message, hint = problem.message, problem.hint
        pages = list(dict.fromkeys(fault.path for fault in faults))
        path, line, column, written = spot or self._in_output(faults[0])
        if written != faults[0].reference.href and not f"{written}/".startswith(self._base):
            # As its author writes it, without what sitegen puts before it.
            message = self._resolver.without_base(message)
            hint = hint and self._resolver.without_base(hint)
        if spot is None or self._locator.source_of(pages[0]) != path:
            message = f"{message}{_on(pages, is_first_shown=spot is None)}"
        return replace(
            problem,
            message=message,
            path=path,
            line=line,
            column=column,
            hint=hint,
            length=max(1, len(written)),
            target=problem.target and written,
            fix=problem.fix if spot or self._locator.static_of(faults[0].path) else None,
        )

    def _in_output(self, fault: Fault) -> SourceSpot:
        path = fault.path
        if path not in self._texts:
            self._texts[path] = _read(self._output / path)
        line, column = line_and_column(self._texts[path], fault.reference.offset)
        shown = self._locator.static_of(path) or (self._shown / path).as_posix()
        return shown, line, column, fault.reference.href


def _links_by_source(diagnostics: Iterable[Diagnostic]) -> Mapping[str, list[tuple[str, str]]]:
    """By source path: the code and the target of every link that the build reported."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for problem in diagnostics:
        if problem.path and problem.target:
            found[problem.path].append((problem.code, problem.target))
    return found


def _on(pages: list[str], *, is_first_shown: bool) -> str:
    """The pages that a shared source affects, for the end of a message."""
    more = len(pages) - 1
    others = f"{more} more {'page' if more == 1 else 'pages'}"
    if is_first_shown:
        return f" (and on {others})" if more else ""
    return f" (on {pages[0]} and {others})" if more else f" (on {pages[0]})"


def _forms(fault: Fault, base_url: str) -> tuple[str, ...]:
    """The ways in which the author of a page may have written a reference."""
    href, base = fault.reference.href, base_path(base_url)
    if fault.problem.code == "SG706":
        return (f'id="{href}"', f"id='{href}'", f"id={href}")
    forms = [href, unquote(href)]
    local = href.removeprefix(absolute(base_url, ""))
    if local.startswith(base):
        rest = local[len(base) :]
        forms += [f"/{rest}", unquote(f"/{rest}"), local]
    forms += [escape(form) for form in forms]
    return tuple(dict.fromkeys(form for form in forms if form))
