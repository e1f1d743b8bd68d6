"""The page of a post, or of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from sitegen.config.schema import ReplyConfig
from sitegen.engine.trace import View
from sitegen.model.document import OWN_CONTENTS, Document, public
from sitegen.model.mentions import Mention
from sitegen.model.output import DocumentSubject, Output
from sitegen.model.revisions import Revisions
from sitegen.model.site import Backlink, Card
from sitegen.model.source import NOT_FOUND_PAGE, Kind
from sitegen.outputs.code import CODE_ARCHIVE, CODE_FOLDER, folder_of_page
from sitegen.outputs.context import CodeLink, Comments, DocumentPage, Edits, Reply
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.markdown import twin_url
from sitegen.outputs.pages.comments import comments_of
from sitegen.outputs.pages.page import (
    body_of,
    common,
    description_of,
    extra_of,
    image_of,
    page_kind,
)
from sitegen.outputs.parts import (
    CHANGES_PART,
    COMMENTS_PART,
    MENTIONS_PART,
    PREVIEWS_PART,
    SIBLINGS_PART,
    TWIN_PART,
    files_of_parts,
)
from sitegen.outputs.templates.environment import safe_html
from sitegen.site.profiles import Profile
from sitegen.site.siblings import Siblings
from sitegen.text.urls import changes_permalink, file_route

_NAME = "document"
TOC_FROM = 3
"""Headings that make a table of contents worth its place."""


def _plan(site: SitePlan) -> Iterator[Output]:
    for entry in site.placement.documents:
        if entry.document.source.kind in (Kind.SECTION, Kind.TERM):
            continue
        path, kind = entry.document.source.path, entry.document.source.kind
        default = "post.html" if kind is Kind.POST else "page.html"
        template, place = entry.document.meta.template or default, entry.route
        subject = DocumentSubject(path)
        yield Output(place.path, place.url, _NAME, path, subject, path, template)


def _page(output: Output, context: RenderContext) -> DocumentPage:
    assert isinstance(output.subject, DocumentSubject)
    path, view = output.subject.path, context.view
    document: Document = view.read(f"body:{path}")
    meta, rendered = document.meta, document.rendered
    card: Card = view.read(f"card:{path}")
    kind = "404" if output.path == NOT_FOUND_PAGE else card.kind.value
    revisions = _revisions(path, view) if card.kind is Kind.POST else None
    html, uses = body_of(document, context, revisions)
    shared = common(kind, card.title, output, view) | {
        "lang": card.lang or view.read("site:language"),
        "description": card.excerpt or description_of((card.title, view.read("site:title"))),
        **image_of(card, view),
        "noindex": card.unlisted,
        "uses": files_of_parts(
            {*uses, *_parts_for(card, revisions, view), *_previews(document, view)}, view
        ),
    }
    return DocumentPage(
        **shared,
        **public(card),
        **_around(card, view),
        **(_code(output, view) if rendered.files else {}),
        content=safe_html(html),
        toc=rendered.toc,
        show_toc=_has_contents(document),
        authors=card.authors,
        tags=card.tags,
        categories=card.categories,
        series=card.series,
        excerpt=card.excerpt,
        standfirst=meta.excerpt or "",
        words=rendered.words,
        minutes=card.minutes,
        math=rendered.has_formulas,
        extra=extra_of(document, view),
        previous=view.get(f"older:{path}"),
        next=view.get(f"newer:{path}"),
        edits=_edits(revisions, card, view) if revisions else None,
    )


def _has_contents(document: Document) -> bool:
    """Whether a page shows what is in its text, which the text itself may do."""
    rendered = document.rendered
    is_worth_it = len(rendered.toc) >= TOC_FROM and OWN_CONTENTS not in rendered.uses
    return document.meta.toc and is_worth_it


def _code(output: Output, view: View) -> dict[str, Any]:
    """The files that the code of a post is, with their addresses."""
    assert isinstance(output.subject, DocumentSubject)
    names: tuple[str, ...] = view.get(f"files:{output.subject.path}") or ()
    folder, base = folder_of_page(output.path), view.read("site:absolute_url")
    urls = ((name, file_route(f"{folder}{CODE_FOLDER}{name}", base).url) for name in names)
    return {
        "files": tuple(CodeLink(path=name, url=url) for name, url in urls),
        "archive": file_route(f"{folder}{CODE_ARCHIVE}", base).url if names else None,
    }


def _revisions(path: str, view: View) -> Revisions | None:
    """Those of a post, where the site shows them and git knows any."""
    found: Revisions | None = (
        view.get(f"history:{path}") if view.read("config:history.git") else None
    )
    return found


def _edits(revisions: Revisions, card: Card, view: View) -> Edits:
    url = changes_permalink(card.url) if len(revisions.all) > 1 else None
    return Edits(revisions=revisions.all, url=url, key=f"{view.read('site:base_path')}{card.id}")


def _around(card: Card, view: View) -> dict[str, Any]:
    """What is said of a document beside its text and below it."""
    path, series = card.path, card.series
    parts: tuple[Card, ...] = view.read(f"series:{series.slug}") if series else ()
    profiles = (view.get(f"profile:{author.slug}") for author in card.authors)
    known: tuple[Profile, ...] = tuple(filter(None, profiles))
    ways: ReplyConfig = view.read("config:theme.reply")
    beside = _siblings(card, view)
    linking: tuple[Backlink, ...] = ()
    if view.read("config:theme.backlinks"):
        linking = view.get(f"backlinks:{path}") or ()
    related: tuple[Card, ...] = view.get(f"related:{path}") or () if card.kind is Kind.POST else ()
    urls = {link.url for link in linking}
    return {
        "backlinks": linking,
        "parts": parts,
        "part": next((n for n, part in enumerate(parts, 1) if part.path == path), None),
        "related": tuple(other for other in related if other.url not in urls),
        "profiles": known,
        "accounts": _accounts(card, known, ways),
        "comments": _comments(card, view),
        **_mentions(card, view),
        "markdown_url": twin_url(card) if _has_twin(card, view) else None,
        "reply": _reply(card, ways),
        "section": beside.parent if beside else None,
        "siblings": beside.pages if beside else (),
    }


def _accounts(card: Card, profiles: Iterable[Profile], ways: ReplyConfig) -> tuple[str, ...]:
    """The accounts of the authors of a post; where none has one, that for replies to the site."""
    if card.kind is not Kind.POST:
        return ()
    own = [profile.mastodon for profile in profiles if profile.mastodon]
    return tuple(f"@{account.lstrip('@')}" for account in own or filter(None, (ways.mastodon,)))


def _comments(card: Card, view: View) -> Comments | None:
    lang = card.lang or view.read("site:language")
    return comments_of(card, lang, view) if card.kind is Kind.POST else None


def _mentions(card: Card, view: View) -> dict[str, Any]:
    """What others say about a post, as fields of its page; nothing where nobody does."""
    if card.kind is not Kind.POST or view.read("config:comments.provider") != "webmention":
        return {}
    found: tuple[Mention, ...] = view.get(f"mentions:{card.url}") or ()
    counts = Counter(mention.kind for mention in found)
    fields = {"mentions": found, "likes": counts["like"], "reposts": counts["repost"]}
    return fields if found else {}


def _siblings(card: Card, view: View) -> Siblings | None:
    """The other pages of the section that a page is in."""
    found: Siblings | None = view.get(f"siblings:{card.path}") if card.kind is Kind.PAGE else None
    return found


def _has_twin(card: Card, view: View) -> bool:
    return card.kind is Kind.POST and bool(view.read("config:export.markdown"))


def _parts_for(card: Card, revisions: Revisions | None, view: View) -> Iterator[str]:
    """The parts of the theme that the document needs beside those for its text."""
    if revisions:
        yield CHANGES_PART
    if _has_twin(card, view):
        yield TWIN_PART
    if _comments(card, view):
        yield COMMENTS_PART
    if _mentions(card, view):
        yield MENTIONS_PART
    if _siblings(card, view):
        yield SIBLINGS_PART


def _previews(document: Document, view: View) -> Iterator[str]:
    """The part that shows what links lead to, of a document that has links within the site."""
    images = {image.link for image in document.rendered.images}
    hrefs = (
        link.href for number, link in enumerate(document.rendered.links) if number not in images
    )
    leads_away = any(not href.startswith(("#", "[[#")) for href in hrefs)
    if leads_away and view.read("config:theme.previews"):
        yield PREVIEWS_PART


def _reply(card: Card, ways: ReplyConfig) -> Reply | None:
    """The ways to answer, as URLs; None where there is none."""
    subject, path = quote(f"Re: {card.title}", safe=""), quote(card.path)
    email = f"mailto:{quote(ways.email, safe='@')}?subject={subject}" if ways.email else None
    user, _, host = ways.mastodon.lstrip("@").partition("@")
    account = f"https://{host}/@{user}" if host else None
    edit = ways.edit.replace("{path}", path) if ways.edit else None
    is_possible = email or account or edit
    return Reply(email=email, mastodon=account, edit=edit) if is_possible else None


DOCUMENTS = page_kind(_NAME, _plan, _page)
