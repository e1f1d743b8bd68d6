"""The facets of a site: all that a page can depend on, by name.

Each kind of facet is declared once: how its names start, what one is in words, and its values. The
facets `site:*` and `config:*` follow from the fields of `SiteFacts` and `Config`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Generic, TypeVar

from sitegen.config.schema import Config
from sitegen.model.dataclass import dataclass
from sitegen.model.site import TAXONOMIES, Backlink
from sitegen.site.archive import archive
from sitegen.site.facts import facts_of
from sitegen.site.index import SiteIndex
from sitegen.site.names import named_by, names_wanted
from sitegen.site.profiles import profiles
from sitegen.site.search import search_of
from sitegen.site.siblings import contents, neighbours, siblings
from sitegen.site.usage import usage

_Subject = TypeVar("_Subject")

Named = Iterable[tuple[str, object]]
"""Values by the name after the colon; an empty name: the facet has the name of its kind."""


@dataclass(frozen=True, slots=True)
class FacetKind(Generic[_Subject]):
    """All facets whose names start alike, such as `card:posts/a.md`."""

    name: str
    words: str
    """What one is, for `sitegen why`: `{name}` is the part after the colon, `{facet}` all."""
    values: Callable[[_Subject], Named]


def facets_of(kinds: Iterable[FacetKind[_Subject]], subject: _Subject) -> dict[str, object]:
    """The facets of these kinds, by their full names."""
    return {
        f"{kind.name}:{name}" if name else kind.name: value
        for kind in kinds
        for name, value in kind.values(subject)
    }


def facet_in_words(facet: str, words: Mapping[str, str]) -> str:
    """What a facet is, for a person: `card:posts/a.md` is about the post's title and date.

    `words` are those of its kind, by the kind's name.
    """
    kind, _, name = facet.partition(":")
    found = words.get(kind.partition("[")[0], "{facet}")
    return found.format(name=name, facet=facet)


def _addresses(site: SiteIndex) -> Named:
    yield from ((path, route.url) for path, route in site.placement.routes.items())


def _beside(site: SiteIndex) -> Named:
    for entry in site.placement.documents:
        if entry.files:
            urls = {path: route.url for path, route in entry.files.items()}
            yield entry.document.source.path, urls


def _blocks(site: SiteIndex) -> Named:
    for entry in site.placement.documents:
        if blocks := entry.document.rendered.blocks:
            yield entry.document.source.path, blocks


def _files(site: SiteIndex) -> Named:
    """By post: the paths of the files that its code is."""
    for entry in site.placement.documents:
        if files := entry.document.rendered.files:
            yield entry.document.source.path, tuple(file.path for file in files)


def _code(site: SiteIndex) -> Named:
    for entry in site.placement.documents:
        for file in entry.document.rendered.files:
            yield f"{entry.document.source.path}/{file.path}", file.text


def _figures(site: SiteIndex) -> Named:
    """By picture of a notebook: its digest."""
    for entry in site.placement.documents:
        for name, digest in entry.document.rendered.figures:
            yield f"{entry.document.source.path}/{name}", digest


def _ids(site: SiteIndex) -> Named:
    ids: dict[str, str] = {}
    for entry in site.placement.documents:
        ids.setdefault(entry.document.meta.id, entry.document.source.path)
    return ids.items()


def _has_wikilinks(site: SiteIndex) -> bool:
    """Whether any document has. Most sites have none, and no facets for them."""
    return any(entry.document.rendered.names for entry in site.placement.documents)


def _named(site: SiteIndex) -> Named:
    if not _has_wikilinks(site):
        return ()
    documents = [entry.document for entry in site.placement.documents]
    beside = (path for entry in site.placement.documents for path in entry.files)
    files = {*site.placement.files, *beside}
    return named_by(documents, files, names_wanted(documents)).items()


def _titles(site: SiteIndex) -> Named:
    if _has_wikilinks(site):
        yield from ((card.path, card.title) for card in site.cards)


def _headings(site: SiteIndex) -> Named:
    if _has_wikilinks(site):
        for entry in site.placement.documents:
            yield entry.document.source.path, entry.document.rendered.toc


def _terms(taxonomy: str, site: SiteIndex) -> Iterator[tuple[str, object]]:
    """All terms of a taxonomy; and for each, the cards of its posts."""
    yield "", tuple(term for term, _ in site.terms[taxonomy])
    for term, cards in site.terms[taxonomy]:
        yield term.slug, cards


def _each_term(site: SiteIndex) -> Named:
    for taxonomy in TAXONOMIES:
        yield from ((f"{taxonomy}:{term.slug}", term) for term, _ in site.terms[taxonomy])


def _pinned(site: SiteIndex) -> Named:
    """What the home page shows first; and where there is such, the list of all other posts."""
    pinned = tuple(card for card in (*site.posts, *site.pages) if card.pin)
    yield "", pinned
    if pinned:
        yield "others", tuple(card for card in site.posts if not card.pin)


def _related(site: SiteIndex) -> Named:
    for card, places in zip(site.posts, site.related, strict=False):
        if places:
            yield card.path, tuple([site.posts[place] for place in places])


def _backlinks(site: SiteIndex) -> Named:
    cards = (*site.posts, *site.pages) if site.backlinks else ()
    links = [Backlink(card.title, card.url, card.date, card.lang) for card in cards]
    for card, places in zip(cards, site.backlinks, strict=True):
        if places:
            yield card.path, tuple([links[place] for place in places])


def _profiles(site: SiteIndex) -> Named:
    return profiles(site.names_of("authors"), site.config, is_nested=site.placement.is_nested)


def _facts(site: SiteIndex) -> Named:
    facts = facts_of(site)
    return ((field.name, getattr(facts, field.name)) for field in fields(facts))


def _configuration(site: SiteIndex) -> Named:
    """Every key, as `feeds.items`, and every table as a whole."""
    return _keys(site.config)


def _keys(config: Config) -> Named:
    for field in fields(config):
        value = getattr(config, field.name)
        yield field.name, value
        if is_dataclass(value):
            yield from ((f"{field.name}.{f.name}", getattr(value, f.name)) for f in fields(value))


FACETS: tuple[FacetKind[SiteIndex], ...] = (
    FacetKind("posts", "the list {facet}", lambda site: [("", site.posts)]),
    FacetKind("pages", "the list {facet}", lambda site: [("", site.pages)]),
    FacetKind(
        "archive", "the list {facet}", lambda site: [("", archive(site.posts, site.language))]
    ),
    *(FacetKind(name, "the list {facet}", partial(_terms, name)) for name in TAXONOMIES),
    FacetKind("section", "the list of {name}", lambda site: site.sections.items()),
    FacetKind("contents", "the pages of {name}", contents),
    FacetKind("pinned", "the list {facet}", _pinned),
    FacetKind("term", "the name, address or size of {name}", _each_term),
    FacetKind(
        "card",
        "title, date, tags or excerpt of {name}",
        lambda site: ((card.path, card) for card in site.cards),
    ),
    FacetKind(
        "body",
        "the text of {name}",
        lambda site: ((e.document.source.path, e.document) for e in site.placement.documents),
    ),
    FacetKind(
        "newer",
        "the post after {name}",
        lambda site: ((before.path, after) for before, after in neighbours(site)),
    ),
    FacetKind(
        "older",
        "the post before {name}",
        lambda site: ((after.path, before) for before, after in neighbours(site)),
    ),
    FacetKind("related", "the posts related to {name}", _related),
    FacetKind("backlinks", "the documents that link to {name}", _backlinks),
    FacetKind("history", "the edits of {name}", lambda site: site.revisions.items()),
    FacetKind("siblings", "the pages in a section with {name}", siblings),
    FacetKind("about", "what describes {name}", lambda site: site.descriptions.items()),
    FacetKind("usage", "when {name} is used, or with which tags", usage),
    FacetKind("profile", "what the configuration says of the author {name}", _profiles),
    FacetKind("url", "the address of {name}", _addresses),
    FacetKind(
        "nested",
        "whether the site has a folder called like its base path",
        lambda site: [("", site.placement.is_nested)],
    ),
    FacetKind("beside", "the files beside {name}", _beside),
    FacetKind("blocks", "the code of {name} that links can name lines of", _blocks),
    FacetKind("files", "which files the code of {name} is", _files),
    FacetKind("code", "the code of {name}", _code),
    FacetKind("figure", "the picture {name}", _figures),
    FacetKind("id", "which document has the id '{name}'", _ids),
    FacetKind("named", "what is called '{name}'", _named),
    FacetKind("title", "the title of {name}", _titles),
    FacetKind("headings", "the headings of {name}", _headings),
    FacetKind("search", "the search index: {facet}", search_of),
    FacetKind("words", "the words and formats of '{name}'", lambda site: site.languages.items()),
    FacetKind("site", "site.{name}", _facts),
    FacetKind("config", "{name} in the configuration", _configuration),
)
"""What the documents and the configuration give; what follows from the plan of outputs is in
`outputs.facets`."""
