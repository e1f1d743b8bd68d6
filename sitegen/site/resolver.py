"""The URLs of a finished site, as a static host such as GitHub Pages answers them."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, cached_property
from unicodedata import normalize
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from sitegen.model.diagnostics import Diagnostic
from sitegen.site.link_fixes import anchored, completed, recased
from sitegen.site.links import split_href
from sitegen.text.spelling import Names, did_you_mean
from sitegen.text.urls import PATH_CHARACTERS, absolute, base_path

INDEX = "index.html"
SCHEME = re.compile("[a-z][a-z0-9+.-]*:", re.IGNORECASE)
WEB = ("http:", "https:")
PORTS = {"http": 80, "https": 443}
DIRECTIVE = ":~:"
"""Starts the part of a fragment that is for the browser, as in `#:~:text=…`."""

LONGEST_SHOWN = 100
"""Characters of a reference in a message."""

DOTS = re.compile(r"(?<![^/])(?:%2e|\.){1,2}(?![^/])", re.IGNORECASE)
"""A segment of a path that means this folder or the one above (URL Standard, §4.1)."""

ORDINARY = re.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*/?")
"""A path from the root that means just what it says."""

PAGE_ENDINGS = ("html", "htm")

MANY = 100
"""Files of one name that a broken link is compared with, at 30 µs for each."""


class Resolver:
    """Every file of a site below its base URL, and the anchors of its pages."""

    def __init__(
        self,
        base_url: str,
        files: Iterable[str],
        anchors: Mapping[str, Iterable[str]],
    ) -> None:
        """`files` are paths below the output folder; `anchors` has the ids of each page."""
        self.base_url = base_url
        self._base, self._site = base_path(base_url), urlsplit(base_url)
        self._host = _host(self._site)
        self._files, self._anchors = frozenset(files), anchors
        self._anchor_names = cache(lambda target: Names(anchors[target]))

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(path[:at] for path in self._files for at in _slashes(path))

    def with_files(self, paths: Iterable[str]) -> Resolver:
        """The same for a site with more files."""
        return Resolver(self.base_url, self._files.union(paths), self._anchors)

    def url(self, path: str) -> str:
        """The absolute URL of a file, which relative ones on it start from."""
        # A name on disk need not be UTF-8 (PEP 383).
        below = quote(_page(path).encode(errors="surrogateescape"), PATH_CHARACTERS)
        return f"{self._site.scheme}://{self._site.netloc}{self._base}{below}"

    def absolute(self, href: str, page: str) -> str | None:
        """The absolute URL that a reference means, or None if it leads away from the web.

        `page` is the URL it is relative to. Raises ValueError for an invalid URL.
        """
        plain = re.sub(r"[\t\n\r]", "", href).strip()
        scheme = SCHEME.match(plain)
        if scheme and scheme[0].lower() not in WEB:
            return None
        address, tail = split_href(plain.replace("\\", "/"))
        if "%2" in address:
            address = DOTS.sub(lambda dots: unquote(dots[0]), address)
        return urljoin(page, address + tail)

    def without_base(self, text: str) -> str:
        """A text about URLs of the site, without the host and the base path in them."""
        for start in (absolute(self.base_url, self._base), self._base):
            text = text.replace(f"'{start}", "'/")
        return text

    def problem(self, href: str, page: str, what: str, written: str = "") -> Diagnostic | None:
        """What is wrong with a reference, without a place; `page` is the URL it is relative to.

        `what` is in words what is there; `written` is what its author wrote, where that differs.
        """
        if self._is_plainly_served(href):
            return None
        try:
            url = self.absolute(href, page)
            split = urlsplit(url) if url else None
            is_own = split is not None and _host(split) == self._host
        except ValueError:
            message = f"broken {what}: '{_readable(written or href)}' is not a valid URL"
            return _problem("SG301", written or href, message)
        if not url or split is None or not is_own:
            return None
        if not split.path.startswith(self._base) and f"{split.path}/" != self._base:
            # With the host written out, another site of the same owner is meant.
            named = SCHEME.match(href.strip()) or href.strip().startswith("//")
            return None if named else self._outside(written or href, split, what)
        return self._inside(written or href, split, what)

    def _is_plainly_served(self, href: str) -> bool:
        """Whether it is a path of a file, as most links are: to take URLs apart is slow."""
        is_plain = href.startswith(self._base) and ORDINARY.fullmatch(href)
        return bool(is_plain and _served(href[len(self._base) :], self._files))

    def _outside(self, href: str, url: SplitResult, what: str) -> Diagnostic:
        hint = f"every URL of this site starts with '{self._base}'"
        if _served(unquote(url.path[1:]), self._files):
            hint = f"did you mean '{self._base}{url.path[1:]}'?"
        return _problem("SG703", href, f"{what} outside the site: '{_readable(href)}'", hint)

    def _inside(self, href: str, url: SplitResult, what: str) -> Diagnostic | None:
        path = unquote(url.path[len(self._base) :])
        if target := _served(path, self._files):
            return self._anchor_problem(href, target, url.fragment)
        if guessed := _served(f"{path}/", self._files) or _served(f"{path}.html", self._files):
            broken = self._anchor_problem(href, guessed, url.fragment)
            return broken or self._redirected(href, guessed, what)
        if same := self._folded.get(_folded(path)):
            message = f"{what} with the wrong case or Unicode form: '{_readable(href)}'"
            problem = _problem("SG704", href, message, f"did you mean '{self._shown(same)}'?")
            return replace(problem, fix=recased(href, self._shown(same)))
        code = "SG303" if is_of_file(path) else "SG301"
        return _problem(code, href, f"broken {what}: '{_readable(href)}'", self._hint(path))

    def _redirected(self, href: str, target: str, what: str) -> Diagnostic:
        message = f"{what} that works only if the host redirects it: '{_readable(href)}'"
        problem = _problem("SG705", href, message, f"write '{self._shown(target)}'")
        return replace(problem, fix=completed(href, "/" if target.endswith(INDEX) else ".html"))

    def _anchor_problem(self, href: str, target: str, fragment: str) -> Diagnostic | None:
        """SG302 for a fragment that a page does not have (HTML §7.4.6.4)."""
        name = fragment.partition(DIRECTIVE)[0]
        anchors = self._anchors.get(target)
        if not name or name.lower() == "top" or anchors is None:
            return None
        if name in anchors or unquote(name) in anchors:
            return None
        page = self._shown(target)
        message = f"broken anchor: no heading or id '{_readable(name)}' in '{page}'"
        near = self._anchor_names(target).nearest(unquote(name))
        problem = _problem("SG302", href, message, f"did you mean '#{near}'?" if near else None)
        return replace(problem, fix=anchored(href, anchors))

    def _hint(self, path: str) -> str | None:
        """A similar path, or why a folder is not a page."""
        if path.rstrip("/") in self._folders or not path:
            return f"this folder has no {INDEX}"
        stem = _stem(path)
        near_stem = stem if stem in self._stems else self._names.nearest(stem)
        paths = self._stems[near_stem][:MANY] if near_stem else ()
        cutoff = 0 if len(paths) == 1 else 0.75
        near = did_you_mean(_page(path), map(_page, paths), "{}", cutoff)
        return None if near is None else f"did you mean '{self._shown(near)}'?"

    def _shown(self, path: str) -> str:
        """The path of a file's URL, readable."""
        return f"{self._base}{_page(path)}"

    @cached_property
    def _folded(self) -> dict[str, str]:
        """What a file system that knows no case takes for a file → the file."""
        return {_folded(name): path for path in self._files for name in (_page(path), path)}

    @cached_property
    def _stems(self) -> dict[str, tuple[str, ...]]:
        stems: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted(self._files):
            stems[_stem(path)].append(path)
        return {stem: tuple(paths) for stem, paths in stems.items()}

    @cached_property
    def _names(self) -> Names:
        return Names(self._stems)


def is_of_file(path: str) -> bool:
    """Whether a path is that of a file other than a page, as its ending tells: `v1.0` has none."""
    ending = posixpath.splitext(path)[1][1:].lower()
    return ending.isalnum() and not ending.isdigit() and ending not in PAGE_ENDINGS


def _problem(code: str, href: str, message: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, message, hint=hint, target=href)


def _readable(href: str) -> str:
    """The reference with its letters as people write them, and no longer than a line."""
    plain = unquote(href)
    shown = href if "\ufffd" in plain else plain
    return shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"


def _host(url: SplitResult) -> tuple[str | None, int | None]:
    """Host and port; http and https of one host are one site."""
    port = url.port
    return url.hostname, None if port == PORTS.get(url.scheme) else port


def _served(path: str, files: frozenset[str]) -> str | None:
    """The file that a host sends for a path."""
    file = f"{path}{INDEX}" if not path or path.endswith("/") else path
    return file if file in files else None


def _page(path: str) -> str:
    """The path as people write it: `a/` for `a/index.html`."""
    return path[: -len(INDEX)] if path == INDEX or path.endswith(f"/{INDEX}") else path


def _stem(path: str) -> str:
    """What is called so: a file, or the folder of an index."""
    return _page(path).rstrip("/").rpartition("/")[2].removesuffix(".html")


def _folded(path: str) -> str:
    return normalize("NFC", normalize("NFC", path).casefold())


def _slashes(path: str) -> list[int]:
    return [match.start() for match in re.finditer("/", path)]
