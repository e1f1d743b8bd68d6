"""Posts by year and month."""

from __future__ import annotations

from itertools import groupby

from sitegen.model.site import MONTHS, Card, Month, Year


def archive(posts: tuple[Card, ...]) -> tuple[Year, ...]:
    """The posts by year and month of their own time zone, newest first; undated ones last."""
    dated = sorted((card for card in posts if card.date), key=_month, reverse=True)
    undated = tuple(card for card in posts if not card.date)
    years = []
    for year, cards in groupby(dated, lambda card: _month(card)[0]):
        months = tuple(
            Month(number, MONTHS[number - 1], tuple(items))
            for (_, number), items in groupby(cards, _month)
        )
        years.append(Year(year, sum(len(month.items) for month in months), months))
    if undated:
        years.append(Year(None, len(undated), (Month(None, "", undated),)))
    return tuple(years)


def _month(card: Card) -> tuple[int, int]:
    return (card.date.year, card.date.month) if card.date else (0, 0)
