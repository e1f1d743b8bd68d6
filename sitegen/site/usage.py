"""When a term is used, and which tags are used with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest

from sitegen.model.dataclass import dataclass
from sitegen.model.language import Language
from sitegen.model.site import Card, TermCount
from sitegen.site.archive import year_in
from sitegen.site.index import SiteIndex

LONGEST_CHART = 60
"""Years of a chart that has a place for years without posts."""
COMMON_TAGS = 8
"""Tags that are named, at most."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How posts use a term."""

    years: tuple[tuple[str, int], ...]
    """Each year, as the language of the site writes it, and the number of its posts, from the first
    to the last; years without posts are left out only where there would be more than
    `LONGEST_CHART`."""
    tags: tuple[TermCount, ...]
    """The other tags that its posts have most often, the commonest first."""


def usage(site: SiteIndex) -> Iterator[tuple[str, Usage]]:
    """By taxonomy and slug, as `tags:python`."""
    tags = {term.slug: term for term in site.names_of("tags")}
    for taxonomy, terms in site.terms.items():
        for term, cards in terms:
            own = term.slug if taxonomy == "tags" else ""
            yield (
                f"{taxonomy}:{term.slug}",
                Usage(_years(cards, site.language), _tags(cards, own, tags)),
            )


def _years(cards: Iterable[Card], language: Language) -> tuple[tuple[str, int], ...]:
    counts = Counter([card.date.year for card in cards if card.date])
    years = range(min(counts), max(counts) + 1) if counts else range(0)
    shown = years if len(years) <= LONGEST_CHART else sorted(counts)
    return tuple((year_in(language, year), counts[year]) for year in shown)


def _tags(cards: Iterable[Card], own: str, tags: Mapping[str, TermCount]) -> tuple[TermCount, ...]:
    counts = Counter([tag.slug for card in cards for tag in card.tags])
    counts.pop(own, None)
    common = nsmallest(COMMON_TAGS, counts.items(), key=lambda found: (-found[1], found[0]))
    return tuple(tags[slug] for slug, _ in common)
