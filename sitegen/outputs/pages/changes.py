"""The page of a post that says what changed in it, revision by revision."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model.output import ChangesSubject, Output
from sitegen.model.revisions import Revisions
from sitegen.model.site import Card
from sitegen.outputs.context import Changed, ChangesPage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.language import language_in
from sitegen.outputs.pages.page import common, description_of, page_kind
from sitegen.outputs.parts import CHANGES_PART, files_of_parts
from sitegen.outputs.templates.environment import safe_html
from sitegen.site.links import resolve
from sitegen.text.urls import changes_permalink, permalink_to, route

_NAME = "changes"
MOST = 50
"""Revisions that are shown, at most."""


def _plan(site: SitePlan) -> Iterator[Output]:
    """One for each post in which anything has changed."""
    for entry in site.placement.documents:
        path = entry.document.source.path
        revisions: Revisions | None = site.facets.get(f"history:{path}")
        if revisions and len(revisions.all) > 1:
            place = route(changes_permalink(permalink_to(entry.route.path)), site.config.base_url)
            subject, owner = ChangesSubject(path), f"the changes of {path}"
            yield Output(place.path, place.url, _NAME, owner, subject, path, "changes.html")


def _page(output: Output, context: RenderContext) -> ChangesPage:
    assert isinstance(output.subject, ChangesSubject)
    path, view = output.subject.path, context.view
    revisions: Revisions = view.read(f"history:{path}")
    card: Card = view.read(f"card:{path}")
    changes = ("", *context.stored.changes(path))
    pairs = [*zip(revisions.all, changes, strict=True)][-MOST:]
    lang = card.lang or view.read("site:language")
    title = language_in(view, lang).say("changes_of", values={"title": card.title})
    said = (revision.subject for revision in reversed(revisions.all) if revision.subject)
    return ChangesPage(
        **common(_NAME, title, output, view)
        | {"lang": lang, "noindex": True, "uses": files_of_parts((CHANGES_PART,), view)}
        | {"description": description_of(said) or title},
        post=card,
        changes=tuple(
            Changed(revision=revision, content=safe_html(resolve(html, (), path, view.get)))
            for revision, html in reversed(pairs)
        ),
    )


CHANGES = page_kind(_NAME, _plan, _page, in_sitemap=False)
