"""Posts by year and month."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from sitegen.model.language import Language
from sitegen.model.site import Card, Month, Year


def archive(posts: tuple[Card, ...], language: Language) -> tuple[Year, ...]:
    """The posts by year and month of their own time zone, newest first; undated ones last.

    Years and months are called as in a language.
    """
    dated = sorted((card for card in posts if card.date), key=_month, reverse=True)
    undated = tuple(card for card in posts if not card.date)
    years = []
    for year, cards in groupby(dated, lambda card: _month(card)[0]):
        months = tuple(
            Month(number, language.formats.month(number), tuple(items))
            for (_, number), items in groupby(cards, _month)
        )
        years.append(
            Year(year, year_in(language, year), sum(len(month.items) for month in months), months)
        )
    if undated:
        years.append(Year(None, "", len(undated), (Month(None, "", undated),)))
    return tuple(years)


def year_in(language: Language, year: int) -> str:
    """The year as a language writes it."""
    return language.formats.date(date(year, 1, 1), "year")


def _month(card: Card) -> tuple[int, int]:
    return (card.date.year, card.date.month) if card.date else (0, 0)
