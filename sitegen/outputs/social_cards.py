"""Social cards: what networks show beside a link. One for each post without an image, and one for
all other pages.

It depends on no more of a post than what is written on it, so that hardly an edit draws one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sitegen.config.palette import Tokens, colours_of, values_by_scheme
from sitegen.config.schema import ThemeConfig
from sitegen.drawing.card import CardColours, CardTexts, draw
from sitegen.drawing.fonts import is_covered
from sitegen.drawing.library import DrawingError, can_draw
from sitegen.engine.trace import View
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.output import DocumentSubject, Output, SiteSubject
from sitegen.model.site import Card
from sitegen.model.source import Kind
from sitegen.outputs.errors import RenderError
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.outputs.language import language_in
from sitegen.text.languages import text_direction

_NAME = "social card"
CARDS = "cards"
"""The folder of all cards."""
TAGS_SHOWN = 4
"""Tags on a card, at most."""
WEIGHT = 20
"""Pages that are rendered in the time in which a card is drawn: some 20 ms."""


@dataclass(frozen=True, slots=True)
class SocialCard:
    """What a social card shows of a post, and where it is."""

    url: str
    title: str
    date: datetime | None
    minutes: int
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    lang: str | None


def _plan(site: SitePlan) -> Iterator[Output]:
    if not (site.config.theme.cards and can_draw()):
        return
    yield site.file(f"{CARDS}.png", _NAME, "the social card of the site")
    for entry in site.placement.documents:
        source = entry.document.source
        if source.kind is Kind.POST and entry.document.meta.image is None:
            place = f"{CARDS}/{entry.route.path.removesuffix('/index.html')}.png"
            owner, subject = f"the social card of {source.path}", DocumentSubject(source.path)
            yield site.file(place, _NAME, owner, subject, source.path)


def social_cards(
    outputs: Iterable[Output], cards: Iterable[Card]
) -> Iterator[tuple[str, SocialCard]]:
    """By the path of its post: each social card among the outputs."""
    urls = {
        output.subject.path: output.url
        for output in outputs
        if output.kind == _NAME and isinstance(output.subject, DocumentSubject)
    }
    for card in cards if urls else ():
        if url := urls.get(card.path):
            authors = tuple(author.name for author in card.authors)
            tags = tuple(tag.name for tag in card.tags[:TAGS_SHOWN])
            shown = (card.title, card.date, card.minutes, authors, tags, card.lang)
            yield card.path, SocialCard(url, *shown)


def card_of_site(outputs: Iterable[Output]) -> str | None:
    """The URL of the card that stands for all pages without one; None: there are no cards."""
    found = (o.url for o in outputs if o.kind == _NAME and isinstance(o.subject, SiteSubject))
    return next(found, None)


def card_colours(tokens: Tokens, theme: ThemeConfig) -> CardColours:
    """The colours of cards: those of light pages, unless all pages are dark."""
    scheme = "dark" if theme.scheme == "dark" else "light"
    given = values_by_scheme(tokens, theme.accent, theme.light, theme.dark)
    found = colours_of(scheme, tokens, given[scheme])
    names = ("paper", "ink", "muted", "accent", "line")
    return CardColours(*(str(found[name]) for name in names))


def _render(output: Output, context: RenderContext) -> bytes:
    view, subject = context.view, output.subject
    if isinstance(subject, DocumentSubject):
        texts = _texts(view.read(f"social:{subject.path}"), view)
    else:
        texts = _of_site(view)
    if not is_covered(texts.title, (texts.site, texts.facts, texts.tags)):
        view.read("fonts:of the machine")
    view.read("fonts:of sitegen")
    try:
        return draw(texts, view.read("theme:card"))
    except DrawingError as error:
        message = f"social cards cannot be drawn: {error}"
        hint = "install what draws them again: pip install 'sitegen-blog[cards]'"
        raise RenderError(Diagnostic("SG413", message, hint=hint)) from error


def _of_site(view: View) -> CardTexts:
    lang = view.read("site:language")
    return CardTexts(
        site="",
        title=view.read("site:title"),
        facts=view.read("site:description"),
        tags="",
        lang=lang,
        is_rtl=text_direction(lang) == "rtl",
    )


def _texts(card: SocialCard, view: View) -> CardTexts:
    lang = card.lang or view.read("site:language")
    language = language_in(view, lang)
    date = language.formats.date(card.date, "long") if card.date else ""
    authors = card.authors if card.authors != (view.read("site:author"),) else ()
    facts = filter(None, (date, language.say("minutes", card.minutes), *authors))
    return CardTexts(
        site=view.read("site:title"),
        title=card.title,
        facts=" · ".join(facts),
        tags=" · ".join(card.tags),
        lang=lang,
        is_rtl=text_direction(lang) == "rtl",
    )


SOCIAL_CARDS = OutputKind(_NAME, _plan, render=_render, weight=WEIGHT)
