"""Outputs to bytes: for each maker of the plan, where its bytes come from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape

from sitegen.content.highlight.style_sheet import style_sheet
from sitegen.content.markdown.extensions.headings import without_anchors
from sitegen.engine.trace import Facets, View
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import Maker, Output
from sitegen.model.site import Card, Entry
from sitegen.outputs import context
from sitegen.outputs.feeds import feeds
from sitegen.outputs.templates.environment import Templates, safe_html
from sitegen.site import links
from sitegen.text.urls import absolute, file_route

ENTRIES = 512
"""Entries of feeds that are held, since the newest posts are in many feeds."""

Bodies = Callable[[str], str]
"""The HTML of a document, by its path."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """An output, or what went wrong, and the facets it was made from."""

    data: bytes | None
    """None where its template failed."""
    reads: tuple[str, ...]
    problem: Diagnostic | None = None


class Renderer:
    """Makes the bytes of any output from facets, and tells which it has read."""

    def __init__(self, facets: Facets, templates: Templates, bodies: Bodies) -> None:
        self._facets, self._templates, self._bodies = facets, templates, bodies
        # Not of the module: cards of two builds can be equal, and their dates in different zones.
        self._entry = lru_cache(ENTRIES)(self._make_entry)
        self._item = lru_cache(ENTRIES)(feeds.rss_item)

    def make(self, path: str, body: str | None = None) -> Rendering:
        """What is to be published at a path; not for copies.

        The HTML of the document it shows is looked up, unless it is given.
        """
        view = View(self._facets)
        output: Output = view.read(f"output:{path}")
        match output.maker:
            case Maker.PAGE:
                return self._page(output, view, body)
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
        return Rendering(data, view.reads)

    def make_page(self, item: tuple[str, str]) -> Rendering:
        """The page at a path, with the HTML of its document: for a process without a store."""
        return self.make(*item)

    def _page(self, output: Output, view: View, body: str | None) -> Rendering:
        document: Document | None = None
        html = ""
        if output.is_document:
            path = output.subject
            document = view.read(f"body:{path}")
            body = self._bodies(path) if body is None else body
            html = links.resolve(body, document.rendered.links, path, view.get)
        page = context.page(output, view, safe_html(html))
        view.read(f"template:{output.template}")
        view.read("site:absolute_url")  # what `url()` and `absolute()` of templates go by
        text, problem = self._templates.render(output.template, context.Site(view), page)
        if problem:
            return Rendering(None, view.reads, _placed(problem, document))
        return Rendering(text.encode(), view.reads)

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
        document: Document = view.read(f"body:{card.path}")
        html = without_anchors(self._bodies(card.path))
        whole = links.resolve_absolute(html, document.rendered.links, card.path, view.get)
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


def told(failures: Iterable[tuple[Diagnostic, str]]) -> tuple[Diagnostic, ...]:
    """Each fault of a template once, however many outputs it spoils; they are named by owner."""
    owners: dict[Diagnostic, list[str]] = defaultdict(list)
    for failure, owner in failures:
        owners[failure].append(owner)
    return tuple(_told(failure, spoiled) for failure, spoiled in owners.items())


def _told(failure: Diagnostic, owners: list[str]) -> Diagnostic:
    more = f" and {len(owners) - 1} more" if len(owners) > 1 else ""
    while_rendering = f"while rendering {owners[0]}{more}"
    return replace(failure, message=f"{failure.message} ({while_rendering})")
