"""The pages of a section, as each of them shows the others."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise

from sitegen.config.schema import MenuItem
from sitegen.model.site import Card
from sitegen.model.source import Kind
from sitegen.site.index import SiteIndex


@dataclass(frozen=True, slots=True)
class Siblings:
    """A section, and the pages in it that are in no section below."""

    parent: MenuItem
    pages: tuple[MenuItem, ...]
    """In the order of the section."""


def siblings(site: SiteIndex) -> Iterator[tuple[str, Siblings]]:
    """By path: the pages that are in a section with each."""
    for section, pages in _pages_by_section(site):
        found = Siblings(_entry(section), tuple(map(_entry, pages)))
        yield from ((page.path, found) for page in pages)


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


def _pages_by_section(site: SiteIndex) -> Iterator[tuple[Card, list[Card]]]:
    """Each section with its pages. What is above all posts is none: all pages are below it."""
    sections = {posixpath.dirname(it.path): it for it in site.cards if it.kind is Kind.SECTION}
    sections.pop(site.content, None)
    found: dict[str, list[Card]] = defaultdict(list)
    for page in site.pages if sections else ():
        folder = posixpath.dirname(page.path)
        while folder and folder not in sections:
            folder = posixpath.dirname(folder)
        if folder:
            found[folder].append(page)
    return ((sections[folder], pages) for folder, pages in found.items())


def _entry(card: Card) -> MenuItem:
    return MenuItem(card.title, card.url)
