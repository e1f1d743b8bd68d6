"""Excerpts in which wikilinks show the titles of what they lead to, as they do in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sitegen.model.document import OF_LINK, Document
from sitegen.model.site import Card, Placement
from sitegen.site.names import Bearers, named_by, names_wanted, paths_meant, text_of_target
from sitegen.text.wikilinks import parse_wikilink

_TITLE = re.compile(f"\0{OF_LINK}([0-9]+)\0")


def with_titles(cards: list[Card], placement: Placement) -> list[Card]:
    """The cards, whose excerpts have titles in place of the placeholders for these."""
    if not any("\0" in card.excerpt for card in cards):
        return cards
    documents = {it.document.source.path: it.document for it in placement.documents}
    shown = [documents[card.path] for card in cards if "\0" in card.excerpt]
    named = named_by(documents.values(), (), names_wanted(shown))
    titles = {card.path: card.title for card in cards}

    def filled(card: Card) -> str:
        return _filled(card.excerpt, documents[card.path], named, titles)

    return [replace(it, excerpt=filled(it)) if "\0" in it.excerpt else it for it in cards]


def _filled(
    excerpt: str, document: Document, named: Mapping[str, Bearers], titles: Mapping[str, str]
) -> str:
    def title(place: re.Match[str]) -> str:
        name, heading = parse_wikilink(document.rendered.links[int(place[1])].href)
        found = paths_meant(name, document.source.path, named.get)[:1]
        return text_of_target(titles[found[0]], heading) if found else name

    return _TITLE.sub(title, excerpt)
