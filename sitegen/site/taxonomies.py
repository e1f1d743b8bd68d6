"""How posts are grouped: tags, categories, authors and series, and the posts that carry each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sitegen.config.schema import Config
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.site import TAXONOMIES, Card, Term, TermCount
from sitegen.model.source import Kind
from sitegen.text.urls import route, slugify


def names(document: Document, taxonomy: str, config: Config) -> tuple[str, ...]:
    """What a document carries of a taxonomy, as its author spells it; authors by full names."""
    meta = document.meta
    if taxonomy == "series":
        return (meta.series,) if meta.series else ()
    if taxonomy == "authors":
        is_written = meta.authors or document.source.kind is not Kind.POST
        written = meta.authors if is_written else filter(None, (config.author,))
        return tuple(full_name(name, config) for name in written)
    carried: tuple[str, ...] = getattr(meta, taxonomy)
    return carried


def full_name(written: str, config: Config) -> str:
    """The name of an author whom front matter may call by the key of `[authors]`."""
    slug = slugify(written) if config.authors else ""
    for key, entry in config.authors.items():
        if slug == slugify(key):
            return entry.name or written
    return written


def terms_of(
    documents: Iterable[Document], config: Config
) -> tuple[dict[tuple[str, str], Term], list[Diagnostic]]:
    """Every term that a listed post carries, by taxonomy and slug, under its commonest spelling.

    SG205 for the other spellings.
    """
    spelled: dict[tuple[str, str], dict[str, list[Document]]] = defaultdict(dict)
    for document in filter(_is_listed, documents):
        for taxonomy in TAXONOMIES:
            for name in names(document, taxonomy, config):
                spelled[taxonomy, slugify(name)].setdefault(name, []).append(document)
    terms: dict[tuple[str, str], Term] = {}
    problems: list[Diagnostic] = []
    for (taxonomy, slug), spellings in spelled.items():
        name, *others = sorted(spellings, key=lambda name: (-len(spellings[name]), name))
        pattern: str = getattr(config.permalinks, taxonomy)
        terms[taxonomy, slug] = Term(
            name, slug, route(pattern.format(slug=slug), config.base_url).url
        )
        problems += (_variant(taxonomy, other, name, spellings[other]) for other in others)
    return terms, problems


def _is_listed(document: Document) -> bool:
    return document.source.kind is Kind.POST and not document.meta.unlisted


def _variant(taxonomy: str, name: str, usual: str, posts: list[Document]) -> Diagnostic:
    """SG205, at the first of the posts that spell a term unlike most others."""
    first = min(posts, key=lambda document: document.source.path)
    at = first.meta.place(taxonomy, name)
    return Diagnostic(
        "SG205",
        f"{taxonomy}: {name!r} is spelled {usual!r} elsewhere; they share a page",
        first.source.path,
        at.line,
        at.column,
        hint=f"write {usual!r}",
        length=at.length,
    )


def posts_by_term(
    posts: tuple[Card, ...], taxonomy: str
) -> tuple[tuple[TermCount, tuple[Card, ...]], ...]:
    """The terms of a taxonomy by name, each with its posts.

    The posts of a series are in its own order, those of other terms in the order they come in.
    """
    found = []
    for term, cards in _by_term(posts, taxonomy):
        count = TermCount(term.name, term.slug, term.url, len(cards), cards[0].path)
        found.append((count, tuple(sorted(cards, key=_part) if taxonomy == "series" else cards)))
    return tuple(found)


def _by_term(posts: tuple[Card, ...], taxonomy: str) -> list[tuple[Term, list[Card]]]:
    carried: dict[Term, list[Card]] = defaultdict(list)
    for card in posts:
        found = getattr(card, taxonomy)
        for term in found if isinstance(found, tuple) else filter(None, (found,)):
            carried[term].append(card)
    return sorted(carried.items(), key=lambda item: (item[0].name.casefold(), item[0].slug))


def _part(card: Card) -> tuple[bool, float, float, str, str]:
    """The order of a series: oldest first, then by `order`, title and path; undated last."""
    when = card.date.timestamp() if card.date else 0
    return (card.date is None, when, card.order, card.title, card.path)
