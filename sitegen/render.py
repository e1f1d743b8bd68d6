"""Outputs to bytes: for each maker of the plan, where its bytes come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from sitegen import context, feeds, links, markdown
from sitegen.diagnostics import Diagnostic
from sitegen.highlight import style_sheet
from sitegen.model import Card, Document, Entry, Link, Maker, Output
from sitegen.templates import Templates, safe_html
from sitegen.trace import Facets, View
from sitegen.urls import absolute, file_route

ENTRIES = 512
"""Entries of feeds that are held, since the newest posts are in many feeds."""

Bodies = Callable[[str], str]
"""The HTML of a document, by its path."""


@dataclass(frozen=True, slots=True)
class Made:
    """The bytes of an output, None where its template failed, and the facets it was made from."""

    data: bytes | None
    reads: tuple[str, ...]


class Renderer:
    """Makes the bytes of any output from facets, and tells which it has read."""

    def __init__(self, facets: Facets, templates: Templates, bodies: Bodies) -> None:
        self._facets, self._templates, self._bodies = facets, templates, bodies
        self._failures: dict[Diagnostic, list[str]] = defaultdict(list)
        # Not of the module: cards of two builds can be equal, and their dates in different zones.
        self._entry = lru_cache(ENTRIES)(self._make_entry)
        self._item = lru_cache(ENTRIES)(feeds.rss_item)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """What went wrong; a template's fault is told once, however many pages it hits."""
        return tuple(_told(failure, owners) for failure, owners in self._failures.items())

    def make(self, path: str) -> Made:
        """What is to be published at a path; not for copies."""
        view = View(self._facets)
        output: Output = view.read(f"output:{path}")
        match output.maker:
            case Maker.PAGE:
                data = self._page(output, view)
            case Maker.REDIRECT:
                data = redirect(view.read(f"card:{output.subject}"), view)
            case Maker.SITEMAP:
                data = feeds.sitemap(view.read("sitemap"))
            case Maker.ROBOTS:
                base = view.read("site:absolute_url")
                data = feeds.robots(absolute(base, file_route("sitemap.xml", base).url))
            case Maker.STYLE:
                colours = view.read("config:highlight")
                sheet = style_sheet(colours.light, colours.dark)
                data = f"{view.read('style')}\n{sheet}".encode()
            case Maker.RSS:
                data = feeds.rss(self._feed(output, view), self._item)
            case Maker.ATOM:
                data = feeds.atom(self._feed(output, view))
            case Maker.JSON_FEED:
                data = feeds.json_feed(self._feed(output, view))
            case Maker.COPY:
                raise ValueError(f"{path} is a copy")
        return Made(data, view.reads)

    def _page(self, output: Output, view: View) -> bytes | None:
        document = view.read(f"body:{output.subject}") if output.is_document else None
        html = links.resolve(*self._body(document), view.get) if document else ""
        page = context.page(output, view, safe_html(html))
        view.read(f"template:{output.template}")
        view.read("site:absolute_url")  # what `url()` and `absolute()` of templates go by
        html, problem = self._templates.render(output.template, context.Site(view), page)
        if problem:
            self._failures[_placed(problem, document)].append(output.owner)
            return None
        return html.encode()

    def _body(self, document: Document) -> tuple[str, tuple[Link, ...], str]:
        path = document.source.path
        return self._bodies(path), document.rendered.links, path

    def _feed(self, output: Output, view: View) -> feeds.Feed:
        """The newest posts of a list, in the one order; a series too, which has an own order."""
        title, page = view.read("site:title"), view.read("site:url")
        if term := view.get(f"term:{output.subject}"):
            title, page = f"{title}: {term.name}", term.url
        base = view.read("site:absolute_url")
        return feeds.Feed(
            title=title,
            description=view.read("site:description"),
            url=absolute(base, page),
            feed_url=absolute(base, output.url),
            language=view.read("site:language"),
            author=view.read("site:author"),
            base_url=base,
            entries=tuple(self._entries(output.subject, view)),
        )

    def _entries(self, subject: str, view: View) -> Iterator[Entry]:
        items = view.read("config:feed_items")
        if subject.startswith("series:"):
            parts = set(view.read(subject))
            cards = [card for card in view.read("posts") if card in parts][:items]
        else:
            cards = view.read(f"{subject}[0:{items}]")
        for card in cards:
            entry, reads = self._entry(card)
            view.note(reads)
            yield entry

    def _make_entry(self, card: Card) -> tuple[Entry, tuple[str, ...]]:
        view = View(self._facets)
        html, found, path = self._body(view.read(f"body:{card.path}"))
        whole = links.resolve_absolute(markdown.without_anchors(html), found, path, view.get)
        return Entry(card, whole), view.reads


def redirect(card: Card, view: View) -> bytes:
    """A page that leads from an old address to a document's present one.

    Hosts such as GitHub Pages send no HTTP redirects, so the page itself has to.
    """
    url, title = escape(absolute(view.read("site:absolute_url"), card.url)), escape(card.title)
    return f"""<!DOCTYPE html>
<html lang="{escape(card.lang or view.read("site:language"))}">
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
