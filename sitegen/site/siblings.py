"""The pages of a section, as each of them shows the others."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from itertools import pairwise

from sitegen.config.schema import MenuItem
from sitegen.model.dataclass import dataclass
from sitegen.model.site import Card
from sitegen.model.source import Kind
from sitegen.site.index import SiteIndex


@dataclass(frozen=True, slots=True)
class Sibling:
    """A page, as those beside it show it."""

    title: str
    url: str
    group: str
    """The heading that it is listed below, or an empty string."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """A section, and the pages in it that are in no section below."""

    parent: MenuItem
    pages: tuple[Sibling, ...]
    """In the order of the section."""


def siblings(site: SiteIndex) -> Iterator[tuple[str, Siblings]]:
    """By path: the pages that are in a section with each."""
    for section, pages in _pages_by_section(site):
        inside = (Sibling(page.title, page.url, page.group) for page in pages)
        found = Siblings(MenuItem(section.title, section.url), tuple(inside))
        yield from ((page.path, found) for page in pages)


def contents(site: SiteIndex) -> Iterator[tuple[str, tuple[Card, ...]]]:
    """By folder: the pages of each section, and of the sections in it, in its order."""
    for folder in _sections(site):
        if pages := [page for page in site.pages if page.path.startswith(f"{folder}/")]:
            yield folder, _in_groups(pages)


def neighbours(site: SiteIndex) -> Iterator[tuple[Card, Card]]:
    """Every two documents of which a reader goes from the first to the second, or back: posts from
    the older to the newer, pages of a section in its order.
    """
    yield from ((older, newer) for newer, older in pairwise(site.posts))
    for _, pages in _pages_by_section(site):
        yield from pairwise(pages)


def entrances(site: SiteIndex) -> Iterator[Card]:
    """The listed pages in their order; of those in sections, only the outermost section."""
    known = [*_pages_by_section(site)]
    folders = {posixpath.dirname(section.path) for section, _ in known}
    inside = {page.path for _, pages in known for page in pages}
    shown = {page.path for page in site.pages} - inside
    shown |= {section.path for section, _ in known if _is_outermost(section, folders)}
    return (card for card in site.cards if card.path in shown and not card.unlisted)


def _is_outermost(section: Card, folders: Set[str]) -> bool:
    folder = posixpath.dirname(section.path)
    while folder := posixpath.dirname(folder):
        if folder in folders:
            return False
    return True


def _pages_by_section(site: SiteIndex) -> Iterator[tuple[Card, tuple[Card, ...]]]:
    """Each section with its pages, in its order."""
    sections = _sections(site)
    found: dict[str, list[Card]] = defaultdict(list)
    for page in site.pages if sections else ():
        folder = posixpath.dirname(page.path)
        while folder and folder not in sections:
            folder = posixpath.dirname(folder)
        if folder:
            found[folder].append(page)
    return ((sections[folder], _in_groups(pages)) for folder, pages in found.items())


def _sections(site: SiteIndex) -> dict[str, Card]:
    """By folder. What is above all posts is none: all pages are below it."""
    found = {posixpath.dirname(it.path): it for it in site.cards if it.kind is Kind.SECTION}
    found.pop(site.content, None)
    return found


def _in_groups(pages: Iterable[Card]) -> tuple[Card, ...]:
    """These pages, those of a group together, where the first of them is."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for page in pages:
        groups[page.group].append(page)
    return tuple(page for group in groups.values() for page in group)
