"""Outputs to bytes: for each maker of the plan, where its bytes come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path

from sitegen import context, feeds, links, markdown
from sitegen.diagnostics import Diagnostic
from sitegen.discover import THEME_PREFIX, read
from sitegen.highlight import style_sheet
from sitegen.model import Card, Config, Document, Entry, Kind, Maker, Output, Source
from sitegen.templates import Templates, TemplateText, safe_html
from sitegen.text import decode
from sitegen.trace import View
from sitegen.urls import absolute, file_route

STYLE = "style.css"
FEED_MAKERS = {Maker.RSS: feeds.rss, Maker.ATOM: feeds.atom, Maker.JSON_FEED: feeds.json_feed}


class Renderer:
    """The templates, styles and facets of a site, ready to make the bytes of any output."""

    def __init__(
        self, site: Path, config: Config, sources: Iterable[Source], facets: Mapping[str, object]
    ) -> None:
        self._site, self._config, self._facets = site, config, facets
        self._problems: list[Diagnostic] = []
        self._failures: dict[Diagnostic, list[str]] = defaultdict(list)
        by_kind = {kind: [source for source in sources if source.kind is kind] for kind in Kind}
        self._templates = Templates(self._texts(by_kind[Kind.TEMPLATE]), config.base_url)
        self._style = next(s.path for s in by_kind[Kind.STATIC] if s.name == STYLE)
        self._entry = cache(self._make_entry)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What went wrong so far; a template's fault is told once, however many pages it hits."""
        return (*self._problems, *(_told(d, owners) for d, owners in self._failures.items()))

    def make(self, output: Output) -> bytes | None:
        """The bytes of an output that is not a copy, or None where its template failed."""
        view = View(self._facets)
        match output.maker:
            case Maker.PAGE:
                return self._page(output, view)
            case Maker.REDIRECT:
                return redirect(view.read(f"card:{output.subject}"), self._config)
            case Maker.SITEMAP:
                return feeds.sitemap(view.read("sitemap"))
            case Maker.ROBOTS:
                return feeds.robots(self._absolute(file_route("sitemap.xml", self._base).url))
            case Maker.STYLE:
                return self._style_sheet()
            case _:
                return FEED_MAKERS[output.maker](self._feed(output, view))

    @property
    def _base(self) -> str:
        return self._config.base_url

    def _absolute(self, url: str) -> str:
        return absolute(self._base, url)

    def _page(self, output: Output, view: View) -> bytes | None:
        document: Document | None = view.get(f"body:{output.subject}")
        body = safe_html("")
        if document:
            path, rendered = document.source.path, document.rendered
            body = safe_html(links.resolve(rendered.html, rendered.links, path, view.get))
        page = context.page(output, view, body)
        html, problem = self._templates.render(output.template, context.Site(view), page)
        if problem:
            self._failures[_placed(problem, document)].append(output.owner)
            return None
        return html.encode()

    def _feed(self, output: Output, view: View) -> feeds.Feed:
        """The newest posts of a list, in the one order; a series too, which has an own order."""
        title, page = view.read("site:title"), view.read("site:url")
        if term := view.get(f"term:{output.subject}"):
            title, page = f"{title}: {term.name}", term.url
        cards: tuple[Card, ...] = view.read(output.subject)
        if output.subject.startswith("series:"):
            parts = set(cards)
            cards = tuple(card for card in view.read("posts") if card in parts)
        return feeds.Feed(
            title=title,
            description=view.read("site:description"),
            url=self._absolute(page),
            feed_url=self._absolute(output.url),
            language=view.read("site:language"),
            author=view.read("site:author"),
            base_url=self._base,
            entries=tuple(self._entry(card) for card in cards[: self._config.feeds.items]),
        )

    def _make_entry(self, card: Card) -> Entry:
        view = View(self._facets)
        rendered = view.read(f"body:{card.path}").rendered
        html = markdown.without_anchors(rendered.html)
        return Entry(card, links.resolve_absolute(html, rendered.links, card.path, view.get))

    def _style_sheet(self) -> bytes:
        colours = style_sheet(self._config.highlight.light, self._config.highlight.dark)
        return f"{self._text(self._style)}\n{colours}".encode()

    def _texts(self, sources: Iterable[Source]) -> dict[str, TemplateText]:
        """Every template by the name that templates know it by."""
        return {
            f"theme/{s.name}" if s.path.startswith(THEME_PREFIX) else s.name: TemplateText(
                s.path, self._text(s.path)
            )
            for s in sources
        }

    def _text(self, path: str) -> str:
        data, unreadable = read(self._site, path)
        text, unclean = decode(data, path) if data is not None else (None, ())
        self._problems += (*unreadable, *unclean)
        return text or ""


def redirect(card: Card, config: Config) -> bytes:
    """A page that leads from an old address to a document's present one.

    Hosts such as GitHub Pages send no HTTP redirects, so the page itself has to.
    """
    url, title = escape(absolute(config.base_url, card.url)), escape(card.title)
    return f"""<!DOCTYPE html>
<html lang="{escape(card.lang or config.language)}">
<meta charset="utf-8">
<title>{title}</title>
<link rel="canonical" href="{url}">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={url}">
<p><a href="{url}">{title}</a></p>
</html>
""".encode()


def _placed(failure: Diagnostic, document: Document | None) -> Diagnostic:
    """The failure at the front matter that names the template, where no template is to blame."""
    if failure.path is not None or document is None:
        return failure
    at, path = document.meta.place("template"), document.source.path
    return replace(failure, path=path, line=at.line, column=at.column, length=at.length)


def _told(failure: Diagnostic, owners: list[str]) -> Diagnostic:
    """The diagnostic of a template, with the pages it spoils."""
    more = f" and {len(owners) - 1} more" if len(owners) > 1 else ""
    while_rendering = f"while rendering {owners[0]}{more}"
    return replace(failure, message=f"{failure.message} ({while_rendering})")
