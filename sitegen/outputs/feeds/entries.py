"""Posts with their bodies, as feeds carry them. The newest are in many feeds, and prepared once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from sitegen.engine.trace import Facets, View
from sitegen.model.document import Document
from sitegen.model.site import Card, Entry
from sitegen.outputs.feeds.content import for_readers, with_absolute_urls, with_own_notes
from sitegen.outputs.feeds.edits import last_edit
from sitegen.outputs.templates.environment import Templates
from sitegen.site.images import with_sizes
from sitegen.site.links import resolve_absolute

ENTRIES = 512
"""Entries that are held."""

WriteEntry = Callable[[Entry, str, str], bytes]
"""An entry, the base URL, and whose it is if it names nobody → what a feed holds of it."""


class Entries:
    """The entries of one build."""

    def __init__(self, facets: Facets, body: Callable[[str], str], templates: Templates) -> None:
        self._facets, self._body, self._templates = facets, body, templates
        # Not of the module: cards of two builds can be equal, and their dates in different zones.
        self._entry = lru_cache(ENTRIES)(self._make)
        self._written = lru_cache(ENTRIES)(_write)

    def of(self, cards: Iterable[Card], view: View) -> Iterator[Entry]:
        """The posts of these cards; what they depend on is added to what the view has read."""
        for card in cards:
            entry, reads = self._entry(card)
            view.note(reads)
            yield entry

    def remembered(self, write: WriteEntry) -> WriteEntry:
        """The function, which now writes an entry once for all feeds."""
        return partial(self._written, write)

    def _make(self, card: Card) -> tuple[Entry, tuple[str, ...]]:
        view = View(self._facets)
        if view.read("config:feeds.content") == "excerpt":
            return Entry(card, None), view.reads
        document: Document = view.read(f"body:{card.path}")
        page = view.read("site:origin") + card.url
        whole = body_elsewhere(document, self._body, self._templates, view, last_edit(card, view))
        if document.rendered.calls:
            from sitegen.outputs.components import with_components

            whole = with_components(whole, document, self._templates, view)
            whole = for_readers(with_absolute_urls(whole, page))
        return Entry(card, with_own_notes(whole, card.id, page)), view.reads


def body_elsewhere(
    document: Document,
    body: Callable[[str], str],
    templates: Templates,
    view: View,
    above: str = "",
) -> str:
    """The HTML of a document for those who are not on its page, below other HTML.

    Its calls are still to be replaced, and the result to be made absolute again.
    """
    path, rendered = document.source.path, document.rendered
    html = body(path)
    if rendered.embeds:
        from sitegen.outputs.embeds import Quoting, with_embeds

        html = with_embeds(html, document, Quoting(view, body, templates, is_for_page=False)).html
    html = for_readers(above + with_sizes(html, document, view.get))
    return resolve_absolute(html, rendered.links, path, view.get)


def _write(write: WriteEntry, entry: Entry, base_url: str, author: str) -> bytes:
    return write(entry, base_url, author)
