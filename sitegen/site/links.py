"""Links of bodies: from what an author wrote to the URL it means, or to a diagnostic.

What a link may say, in this order:

    https://…, mailto:…, //host   absolute; the Markdown stage has left it alone
    #part                         a part of the same document
    id:flask-to-fastapi#part      a document by its id
    other.md, ../b.md#part        a document by its source path, as editors and GitHub show it
    diagram.png                   a file of the same bundle
    /about/                       a path of the site, below the base path
    anything else                 relative to the page, left as it is
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import unquote

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document, Link, Meta
from sitegen.model.source import MARKDOWN
from sitegen.text.spelling import Names, did_you_mean
from sitegen.text.urls import encoded, joined, with_base

ReadFacet = Callable[[str], Any]
"""Facet name → value, or None."""

INCOMPLETE = re.compile(r'(\s(?:href|src)=")((?:#|//)[^"]*)')
"""What the Markdown stage leaves alone and only a browser completes: footnotes, `//host`."""

BESIDE = "put the file beside the post in a folder with an index.md, or into static/"
REMEDIES = {
    "draft": "--drafts publishes drafts",
    "scheduled": "--future publishes it before its date",
}
"""By why a document is left out: what publishes it."""

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
    left_out: Mapping[str, str]
    """Source path of a document that is not published → why."""
    content: str
    """The content folder."""

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


def resolve(html: str, links: tuple[Link, ...], path: str, read: ReadFacet) -> str:
    """The HTML of the document at `path` with every placeholder filled by a URL."""
    return _filled(html, [_url(link.href, path, read) for link in links])


def resolve_absolute(html: str, links: tuple[Link, ...], path: str, read: ReadFacet) -> str:
    """The same with absolute URLs, for a reader that is not on the page."""
    page = read("site:origin") + read(f"url:{path}")
    filled = _filled(html, [joined(page, _url(link.href, path, read)) for link in links])
    return INCOMPLETE.sub(lambda found: f"{found[1]}{joined(page, found[2])}", filled)


def _filled(html: str, urls: list[str]) -> str:
    parts = html.split("\0")
    parts[1::2] = [escape(urls[int(index)]) for index in parts[1::2]]
    return "".join(parts)


def _url(href: str, path: str, read: ReadFacet) -> str:
    """The URL that a link of the document at `path` means."""
    address, tail = _parts(href)
    urls = (read(f"url:{target}") for target in _meant(address, path, read))
    if url := next(filter(None, urls), None):
        return f"{url}{encoded(tail)}"
    return with_base(encoded(href), read("site:absolute_url"))


def _meant(address: str, path: str, read: ReadFacet) -> tuple[str, ...]:
    if address.startswith("id:"):
        target = read(f"id:{_id(address)}")
        return (target,) if target else ()
    return candidates(address, path, read("site:content"))


def _parts(href: str) -> tuple[str, str]:
    """What a link leads to, and its query and fragment, each with its mark (RFC 3986 §3)."""
    address = re.split("[?#]", href, maxsplit=1)[0]
    return address, href[len(address) :]


def _id(address: str) -> str:
    return unquote(address.removeprefix("id:"))


def candidates(address: str, path: str, content: str) -> tuple[str, ...]:
    """The source paths that a link may mean; none for a link to the page itself."""
    name = unquote(address)
    if not name or name.endswith("/"):
        return ()
    if name.startswith("/"):
        roots = (content, "")
        return tuple(posixpath.normpath(posixpath.join(root, name[1:])) for root in roots)
    return (posixpath.normpath(posixpath.join(posixpath.dirname(path), name)),)


def check_links(document: Document, targets: Targets) -> tuple[Diagnostic, ...]:
    """What is wrong with the links of a document and its image, each at its place in the source."""
    path = document.source.path
    links = (*document.rendered.links, *_image(document.meta))
    found = ((link, _problem(link.href, document, targets)) for link in links)
    return tuple(
        Diagnostic(code, message, path, link.line, link.column, hint, link.length)
        for link, problem in found
        if problem
        for code, message, hint in (problem,)
    )


def _image(meta: Meta) -> tuple[Link, ...]:
    """The image that the front matter names, as a link, unless it is elsewhere."""
    if meta.image is None or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", meta.image):
        return ()
    at = meta.place("image")
    return (Link(meta.image, at.line, at.column, at.length),)


Problem = tuple[str, str, str | None]
"""Code, message and hint."""


def _problem(href: str, document: Document, targets: Targets) -> Problem | None:
    address, _ = _parts(href)
    path = document.source.path
    if not address:
        return _target_problem(href, path, path, targets)
    if address.startswith("id:"):
        return _id_problem(href, path, targets)
    paths = candidates(address, path, targets.content)
    known = (p for p in paths if p in targets.sources or p in targets.left_out)
    if target := next(known, ""):
        return _target_problem(href, target, path, targets)
    if unquote(address).lower().endswith(MARKDOWN):
        return _missing(address, path, targets)
    is_relative = paths and not address.startswith("/")
    return _unpublished(address, paths[0], document, targets) if is_relative else None


def _id_problem(href: str, path: str, targets: Targets) -> Problem | None:
    name = _id(_parts(href)[0])
    if target := targets.ids.get(name):
        return _target_problem(href, target, path, targets)
    if targets.has_unread:  # one of them may have this id
        return None
    near = targets.id_names.nearest(name)
    hint = f"did you mean 'id:{near}'?" if near else None
    return "SG301", f"link to an id that no document has: '{name}'", hint


def _target_problem(href: str, target: str, path: str, targets: Targets) -> Problem | None:
    """What is wrong with a link of the document at `path` to one that is known."""
    if why := targets.left_out.get(target):
        hint = next((hint for word, hint in REMEDIES.items() if why.startswith(word)), None)
        return "SG304", f"link to '{target}', which is left out: {why}", hint
    anchors = targets.anchors.get(target)
    name = unquote(href.partition("#")[2])
    if anchors is None or name in anchors or name in ALWAYS_THERE:
        return None
    hint = did_you_mean(name, anchors, "did you mean '#{}'?")
    page = "this page" if target == path else f"'{target}'"
    return "SG302", f"link to a part that {page} does not have: '{href}'", hint


def _missing(address: str, path: str, targets: Targets) -> Problem:
    message = f"link to a page that does not exist: '{address}'"
    name = unquote(address)
    stem = _stem(name)
    sources = targets.stems.get(stem) or targets.stems.get(targets.stem_names.nearest(stem) or "")
    root = "/" if address.startswith("/") else ""
    folder = (targets.content if root else posixpath.dirname(path)) or "."
    known = [root + posixpath.relpath(source, folder) for source in sources or ()]
    # One name in many folders: which is meant must be plain from the rest of the path.
    cutoff = 0 if len(known) == 1 else 0.75
    return "SG301", message, did_you_mean(name, known, cutoff=cutoff)


def _stem(path: str) -> str:
    """What a document is called: its file without the ending, or the folder of an `index.md`."""
    *folders, file = path.split("/")
    stem = posixpath.splitext(file)[0]
    return folders[-1] if stem == "index" and folders else stem


def _unpublished(address: str, meant: str, document: Document, targets: Targets) -> Problem | None:
    """SG303 for a link that names a file by its ending, where nothing publishes that file."""
    ending = posixpath.splitext(meant)[1][1:]
    is_of_file = ending.isalnum() and not ending.isdigit()
    if not is_of_file or ending.lower() in {"html", "htm"}:
        return None
    near = _in_bundle(address, document, targets) if document.source.is_index else None
    return "SG303", f"link to a file that is not published: '{address}'", near or BESIDE


def _in_bundle(address: str, document: Document, targets: Targets) -> str | None:
    """The hint that names the nearest file of a bundle."""
    folder = f"{posixpath.dirname(document.source.path)}/"
    files = (path.removeprefix(folder) for path in targets.sources if path.startswith(folder))
    return did_you_mean(unquote(address), files, cutoff=0.8)
