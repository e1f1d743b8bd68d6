"""All documents as a site: their cards in order, and the lists and terms they are in.

The one order: dated posts newest first, then by `order` descending, then by title, then by path;
undated after dated. A series alone runs from its first part to its last.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from sitegen.config.schema import Config, FieldConfig
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import public
from sitegen.model.frozen import FrozenDict
from sitegen.model.language import Language
from sitegen.model.revisions import Revisions
from sitegen.model.site import (
    TAXONOMIES,
    Card,
    Placed,
    Placement,
    Term,
    TermCount,
)
from sitegen.model.source import Kind, Source
from sitegen.site.descriptions import descriptions, term_described
from sitegen.site.excerpts import with_titles
from sitegen.site.links import candidates, is_rooted, with_links
from sitegen.site.taxonomies import names, posts_by_term, terms_of
from sitegen.text.dates import date_in_name
from sitegen.text.notations import own_notation
from sitegen.text.reading_time import minutes_to_read
from sitegen.text.urls import encoded, joined, slugify, with_base

_NO_EXTRA: Mapping[str, object] = FrozenDict()
Related = tuple[tuple[int, ...], ...]
"""For each listed post: the places of those related to it in the list of all, the nearest first.
Of those that link to one, there are the pages too, whose places are behind those of all posts."""


@dataclass(frozen=True, slots=True)
class SiteIndex:
    """What is published, and how it is listed."""

    placement: Placement
    config: Config
    content: str
    """The content folder, relative to the site folder."""
    cards: tuple[Card, ...]
    """Of every document, in the one order."""
    posts: tuple[Card, ...]
    pages: tuple[Card, ...]
    """Those that lists show."""
    terms: Mapping[str, tuple[tuple[TermCount, tuple[Card, ...]], ...]]
    """By taxonomy: its terms by name, each with the cards of its posts."""
    sections: Mapping[str, tuple[Card, ...]]
    """By the folder of its `_index.md`: the cards of the posts in it, and below."""
    languages: Mapping[str, Language]
    """By tag: those of all pages."""
    descriptions: Mapping[str, str]
    """By taxonomy and slug, as `tags:python`: the path of the document that describes a term."""
    related: Related = ()
    backlinks: Related = ()
    """What `site.related` found."""
    shelves: bytes = b""
    """The digests of all that is on each shelf of the search index, one after the other; empty
    where the site has no search."""
    revisions: Mapping[str, Revisions] = field(default_factory=dict)
    """By path: of the posts whose edits git knows."""

    @property
    def language(self) -> Language:
        """That of the site, in which everything is that no document says."""
        return self.languages[self.config.language]

    def names_of(self, taxonomy: str) -> tuple[TermCount, ...]:
        """The terms of a taxonomy."""
        return tuple(term for term, _ in self.terms[taxonomy])


def index(
    placement: Placement, config: Config, content: str, languages: Mapping[str, Language]
) -> tuple[SiteIndex, tuple[Diagnostic, ...]]:
    """The site of these documents, and SG202/SG205 for ids and terms that disagree."""
    documents = placement.documents
    terms, spellings = terms_of((entry.document for entry in documents), config)
    cards = sorted((_card(e, terms, placement, config, content) for e in documents), key=_order)
    cards = with_titles(cards, placement)
    posts = tuple(c for c in cards if c.kind is Kind.POST and not c.unlisted)
    pages = tuple(c for c in cards if c.kind is Kind.PAGE and not c.unlisted)
    by_term = {taxonomy: posts_by_term(posts, taxonomy) for taxonomy in TAXONOMIES}
    sections = _sections((c for c in cards if c.kind is Kind.SECTION), posts)
    described_terms, unused = descriptions(documents, terms, config)
    site = SiteIndex(
        *(placement, config, content, tuple(cards), posts, pages, by_term, sections),
        languages,
        described_terms,
    )
    return site, (*_duplicate_ids(documents), *spellings, *unused)


def _order(card: Card) -> tuple[bool, float, float, str, str]:
    when = card.date.timestamp() if card.date else 0
    return (card.date is None, -when, -card.order, card.title, card.path)


def _card(
    entry: Placed,
    terms: Mapping[tuple[str, str], Term],
    placement: Placement,
    config: Config,
    content: str,
) -> Card:
    source, meta, rendered = entry.document.source, entry.document.meta, entry.document.rendered

    term = terms.get(term_described(source, config)) if source.kind is Kind.TERM else None

    def of(taxonomy: str) -> tuple[Term, ...]:
        if not (spelled := names(entry.document, taxonomy, config)):
            return ()
        found = (terms.get((taxonomy, slugify(name))) for name in spelled)
        return tuple(dict.fromkeys(term for term in found if term))

    return Card(
        **public(meta),
        path=source.path,
        kind=source.kind,
        id=meta.id,
        url=entry.route.url,
        title=meta.title
        or rendered.title
        or (term.name if term else _title_of(source))
        or config.title,
        authors=of("authors"),
        tags=of("tags"),
        categories=of("categories"),
        series=next(iter(of("series")), None),
        excerpt=meta.excerpt or rendered.excerpt,
        minutes=minutes_to_read(rendered.words, rendered.characters),
        image=_image(entry, placement, config, content),
        lang=meta.lang,
        section=source.section,
        extra=_extra(entry, placement, config, content) if config.fields or meta.own else _NO_EXTRA,
    )


def _sections(sections: Iterable[Card], posts: Iterable[Card]) -> dict[str, tuple[Card, ...]]:
    """The listed posts in the folder of each section, and below it, in their order."""
    found: dict[str, list[Card]] = {posixpath.dirname(card.path): [] for card in sections}
    for card in posts if found else ():
        folder = card.path
        while folder := posixpath.dirname(folder):
            if folder in found:
                found[folder].append(card)
    return {folder: tuple(cards) for folder, cards in found.items()}


def _extra(
    entry: Placed, placement: Placement, config: Config, content: str
) -> Mapping[str, object]:
    """The values of the site's own fields, with URLs for files; no card is on another."""
    meta = entry.document.meta
    shown = {
        name: meta.extra[name] if name in meta.own else None
        for name in (*config.fields, *(name for name in meta.own if name not in config.fields))
        if name not in config.fields or not _names_posts(config.fields[name])
    }
    found: Mapping[str, object] = with_links(
        shown, lambda link: _url(link.href, entry, placement, config, content)
    )
    return found


def _names_posts(field: FieldConfig) -> bool:
    return "post" in (field.type, field.items) or any(map(_names_posts, field.fields.values()))


def _image(entry: Placed, placement: Placement, config: Config, content: str) -> str | None:
    """The URL of a document's image: a file of the site, a path of it, or absolute."""
    image = entry.document.meta.image
    return _url(image, entry, placement, config, content) if image is not None else None


def _url(href: str, entry: Placed, placement: Placement, config: Config, content: str) -> str:
    """The URL of a file that the front matter of a document names."""
    own = {} if is_rooted(href) else entry.files
    for path in candidates(href, entry.document.source.path, content):
        if asset := own.get(path) or placement.files.get(path):
            return asset.url
    url = with_base(encoded(own_notation(href)), config.base_url, is_nested=placement.is_nested)
    return joined(entry.route.url, url)


def _title_of(source: Source) -> str:
    """A title for a document that has none, from its file name."""
    _, name, _ = date_in_name(source.stem)
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else name


def _duplicate_ids(documents: Iterable[Placed]) -> Iterator[Diagnostic]:
    first: dict[str, str] = {}
    for entry in documents:
        meta, path = entry.document.meta, entry.document.source.path
        if meta.id in first:
            at = meta.place("id")
            message = f"the id {meta.id!r} is already used by {first[meta.id]}"
            hint = f"give one of them another id, for example id: {meta.id}-2"
            yield Diagnostic("SG202", message, path, at.line, at.column, hint, at.length)
        first.setdefault(meta.id, path)
