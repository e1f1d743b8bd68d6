"""What every feed is made of, and how one is planned: a format is a module that writes a `Feed`.

Three rules hold in all formats. Every URL is absolute. Every string is free of what XML 1.0
forbids, since one escape sequence pasted into a post would make a whole feed unreadable. And a
post is announced once: its guid comes from its id, which outlives a new slug, a new title or a
move to another folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from sitegen.engine.trace import View
from sitegen.model.dataclass import dataclass
from sitegen.model.output import ListSubject, Output
from sitegen.model.site import TAXONOMIES, Card, Entry, TermCount
from sitegen.outputs.feeds.entries import Entries
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.outputs.language import language_of_site
from sitegen.text.urls import absolute, below


@dataclass(frozen=True, slots=True)
class Feed:
    """The posts of a site or of one list, newest first, and what a feed says about itself."""

    title: str
    description: str
    url: str
    """Absolute, of the page that shows the same posts."""
    feed_url: str
    """Absolute, of the feed itself."""
    language: str
    author: str
    """Of the posts that name none; may be empty."""
    base_url: str
    hub: str
    """Absolute, of its WebSub hub; empty for none."""
    entries: tuple[Entry, ...]


Write = Callable[[Feed, Entries], bytes]
"""Writes a feed; the entries remember what was written of each for another feed."""


def feed_kind(name: str, file: str, feed_type: str, write: Write) -> OutputKind:
    """A format of feeds as a kind of output: of all posts and, if enabled, of each term."""

    def plan(site: SitePlan) -> Iterator[Output]:
        yield site.file(file, name, f"the {name} feed", ListSubject())
        if site.config.feeds.terms:
            yield from _of_terms(site, name, file)

    def render(output: Output, context: RenderContext) -> bytes:
        return write(_feed(output, context), context.entries)

    return OutputKind(name, plan, render=render, feed_type=feed_type)


def _of_terms(site: SitePlan, name: str, file: str) -> Iterator[Output]:
    for taxonomy in TAXONOMIES:
        pattern: str = getattr(site.config.permalinks, taxonomy)
        for term in site.facets[taxonomy]:
            path = below(pattern.format(slug=term.slug), file).removeprefix("/")
            owner = f"the {name} feed of {taxonomy} {term.name!r}"
            yield site.file(path, name, owner, ListSubject(taxonomy, term.slug), term.source)


def _feed(output: Output, context: RenderContext) -> Feed:
    """The newest posts of a list, in the one order; a series too, which has an order of its own."""
    assert isinstance(output.subject, ListSubject)
    view, listed = context.view, output.subject
    title, page = view.read("site:title"), view.read("site:posts_url")
    if term := view.get(f"term:{listed.facet}"):
        title, page = feed_title(term, view), term.url
    base = view.read("site:absolute_url")
    return Feed(
        title=title,
        description=view.read("site:description"),
        url=absolute(base, page),
        feed_url=absolute(base, output.url),
        language=view.read("site:language"),
        author=view.read("site:author"),
        base_url=base,
        hub=view.read("config:feeds.hub"),
        entries=tuple(context.entries.of(_newest(listed, view), view)),
    )


def feed_title(term: TermCount, view: View) -> str:
    """What the feed of a term is called: `Me: Python`."""
    values = {"site": view.read("site:title"), "term": term.name}
    return language_of_site(view).say("feed_of_term", values=values)


def _newest(listed: ListSubject, view: View) -> list[Card]:
    items = view.read("config:feeds.items")
    if listed.taxonomy == "series":
        parts = set(view.read(listed.facet))
        return [card for card in view.read("posts") if card in parts][:items]
    return list(view.read(f"{listed.facet}[0:{items}]"))


def guid(base_url: str, identity: str) -> str:
    """The IRI that identifies a post in every feed, and opens the site.

    Different ids have different guids: what UTF-8 cannot encode is kept too.
    """
    return f"{base_url}?id={quote(identity, safe='', errors='surrogatepass')}"


def absolute_url(base_url: str, url: str) -> str:
    base = urlsplit(base_url)
    return f"{base.scheme}://{base.netloc}{url}" if url.startswith("/") else url


def topics(card: Card) -> tuple[str, ...]:
    """The names of tags and categories, each once."""
    return tuple(dict.fromkeys(term.name for term in (*card.tags, *card.categories)))


UNKNOWN = datetime(1990, 1, 1, tzinfo=UTC)
"""When a post without a date was updated, where a format asks for it: the same in every build, and
the earliest that validators of feeds do not call implausible (w3c/feedvalidator)."""


def changed(card: Card) -> datetime | None:
    return card.updated or card.date


def latest(feed: Feed) -> datetime | None:
    dates = (changed(entry.card) for entry in feed.entries)
    return max((date for date in dates if date), default=None)
