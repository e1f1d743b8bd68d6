"""Pages that lead from an old address to the present one of a document."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sitegen.model.output import DocumentSubject, Output
from sitegen.model.site import Card
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.urls import absolute

_NAME = "redirect"


def _plan(site: SitePlan) -> Iterator[Output]:
    for entry in site.placement.documents:
        path = entry.document.source.path
        for place in entry.aliases:
            owner, subject = f"an alias of {path}", DocumentSubject(path)
            yield Output(place.path, place.url, _NAME, owner, subject, path)


def _render(output: Output, context: RenderContext) -> bytes:
    """Hosts such as GitHub Pages send no HTTP redirects, so the page itself has to."""
    assert isinstance(output.subject, DocumentSubject)
    view = context.view
    card: Card = view.read(f"card:{output.subject.path}")
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


REDIRECTS = OutputKind(_NAME, _plan, render=_render)
