"""Pages that a template renders: what all of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sitegen.drawing.card import HEIGHT, WIDTH
from sitegen.engine.trace import View
from sitegen.model.document import Document, Link
from sitegen.model.frozen import frozen
from sitegen.model.output import Output, SiteSubject, Subject
from sitegen.model.picture import Picture
from sitegen.model.revisions import Revisions
from sitegen.model.site import Card
from sitegen.outputs.borrowed import word_in
from sitegen.outputs.context import FeedLink, ListPage, Page, PreviewImage, Site
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.outputs.language import language_in, language_of_site
from sitegen.outputs.parts import files_of_parts
from sitegen.outputs.social_cards import SocialCard
from sitegen.outputs.templates.environment import safe_html
from sitegen.site.images import with_images
from sitegen.site.links import id_in, resolve, url_of_link, with_links
from sitegen.text.media_types import image_type
from sitegen.text.urls import joined, page_permalink, permalink_to, route


def page_kind(
    name: str,
    plan: Callable[[SitePlan], Iterable[Output]],
    page: Callable[[Output, RenderContext], Page],
    *,
    in_sitemap: bool = True,
) -> OutputKind:
    """A kind of output that a template renders from `site` and this `page`."""
    return OutputKind(name, plan, page, in_sitemap=in_sitemap)


def page_output(
    site: SitePlan,
    permalink: str,
    template: str,
    kind: str,
    owner: str,
    subject: Subject = SiteSubject(),  # noqa: B008 (it is frozen)
) -> Output:
    """The output for a page of which there is one, at this permalink."""
    place = route(permalink, site.config.base_url)
    return Output(place.path, place.url, kind, owner, subject, None, template)


def paginated(site: SitePlan, first: Output, facet: str) -> Iterator[Output]:
    """The pages of a list, which is a facet: at least one, even of an empty list."""
    total = max(1, -(-len(site.facets[facet]) // site.config.paginate))
    for number in range(1, total + 1):
        place = route(page_permalink(permalink_to(first.path), number), site.config.base_url)
        yield replace(first, path=place.path, url=place.url, number=number, total=total)


def list_page(output: Output, view: View, facet: str, url: str, more: dict[str, Any]) -> ListPage:
    """A page of the list that a facet holds, and whose first page is at a URL."""
    size: int = view.read("site:paginate")
    number, start = output.number, (output.number - 1) * size
    items: tuple[Card, ...] = view.read(f"{facet}[{start}:{start + size}]")
    if number > 1 or not more.get("description"):
        more |= {"description": _description(output, view, more, (*more.get("pages", ()), *items))}
    return ListPage(
        **more,
        items=items,
        number=number,
        total=output.total,
        newer_url=page_permalink(url, number - 1) if number > 1 else None,
        older_url=page_permalink(url, number + 1) if number < output.total else None,
    )


def _description(output: Output, view: View, more: Mapping[str, Any], items: Iterable[Card]) -> str:
    """What no other page says of itself: which page of which list it is, and what is on it."""
    names = [parent.title] if (parent := more.get("parent")) else []
    names.append(more["title"])
    if output.number > 1:
        values = {"number": output.number, "total": output.total}
        names.append(language_in(view, more["lang"]).say("page_of", values=values))
    return description_of((*names, *(card.title for card in items)))


def preview_of(image: str, alt: str) -> PreviewImage:
    """What a preview shows of a page whose front matter names this image, an absolute URL."""
    return PreviewImage(url=image, alt=alt, type=image_type(image))


def preview_of_card(url: str, alt: str) -> PreviewImage:
    """What a preview shows of a page with the social card at this URL, which is absolute."""
    return PreviewImage(url=url, alt=alt, type="image/png", width=WIDTH, height=HEIGHT)


def common(kind: str, title: str, output: Output, view: View) -> dict[str, Any]:
    """What every page has; the rest of its fields is for each kind to add."""
    site = Site(view)
    card: str | None = view.get("social")
    return {
        "kind": kind,
        "title": title,
        "url": output.url,
        "absolute_url": f"{site.origin}{output.url}",
        "lang": site.language,
        "feeds": feed_links("posts", site.title, view),
        "preview": preview_of_card(f"{site.origin}{card}", site.title) if card else None,
    }


def word_of_site(view: View, key: str, **values: object) -> str:
    """A word in the language of the site; a BorrowedWord where that lacks it."""
    language = language_of_site(view)
    if key in language.borrowed:
        return word_in(language, key, values=values)
    return language.say(key, values=values)


def image_of(card: Card, view: View) -> dict[str, Any]:
    """The image of a document, for its page."""
    origin = view.read("site:origin")
    if card.image:
        image = joined(origin, card.image)
        known: Picture | None = view.get(f"image:{card.image}")
        width, height = (known.size if known else None) or (None, None)
        preview = preview_of(image, card.title)
        return {"image": image, "preview": replace(preview, width=width, height=height)}
    drawn: SocialCard | None = view.get(f"social:{card.path}")
    return {"preview": preview_of_card(f"{origin}{drawn.url}", drawn.title)} if drawn else {}


def own_fields(path: str, output: Output, context: RenderContext) -> dict[str, Any]:
    """What the `_index.md` of a list says: its text on the first page, all else on every page."""
    view = context.view
    document: Document = view.read(f"body:{path}")
    card: Card = view.read(f"card:{path}")
    found: dict[str, Any] = {
        "title": card.title,
        "lang": card.lang or view.read("site:language"),
        **image_of(card, view),
        "noindex": card.unlisted,
        "extra": extra_of(document, view),
    }
    if card.excerpt:
        found["description"] = card.excerpt
    if output.number == 1:
        html, uses = body_of(document, context)
        found["uses"] = files_of_parts(uses, view)
        found["content"] = safe_html(html)
    return found


def extra_of(document: Document, view: View) -> Mapping[str, object]:
    """The keys of front matter that are not sitegen's; a file is its URL, and a post its card."""
    meta, path = document.meta, document.source.path

    def leads(link: Link) -> str | Card | None:
        if not link.href.startswith("id:"):
            return url_of_link(link.href, path, view.get)
        target: str | None = view.get(f"id:{id_in(link.href)}")
        card: Card | None = view.get(f"card:{target}") if target else None
        return card

    extra: Mapping[str, object] = frozen(meta.extra)
    if not meta.own:
        return extra
    found: Mapping[str, object] = with_links(extra, leads)
    return found


def body_of(
    document: Document, context: RenderContext, revisions: Revisions | None = None
) -> tuple[str, frozenset[str]]:
    """The HTML of a document as its page shows it, and the parts of the theme that it needs."""
    view, rendered, path = context.view, document.rendered, document.source.path
    html, uses = context.body(path), rendered.uses
    if rendered.embeds:
        from sitegen.outputs.embeds import Quoting, with_embeds

        quoted = with_embeds(html, document, Quoting(view, context.body, context.templates))
        html, uses = quoted.html, uses | quoted.uses
    shown = with_images(html, document, view.get)
    html = resolve(shown.html, rendered.links, path, view.get)
    html = _marked(html, revisions) if revisions else html  # of which components know nothing
    uses |= shown.uses
    if rendered.calls:
        from sitegen.outputs.components import parts_of_calls, with_components

        html = with_components(html, document, context.templates, view)
        uses |= parts_of_calls(document, view)
    return html, uses


def _marked(html: str, revisions: Revisions) -> str:
    """The HTML, whose blocks say which revision changed them last, if that was not the first."""
    if not revisions.marks:
        return html
    from sitegen.text.blocks import with_marks

    return with_marks(html, dict(revisions.marks))


DESCRIPTION_LENGTH = 160
"""Characters: what search engines show of a description."""


def description_of(names: Iterable[str]) -> str:
    """What a list holds, in its own words, for search results and previews of links to it.

    As many names as fit, at least one; empty for an empty list.
    """
    text = ""
    for name in names:
        longer = f"{text} · {name}" if text else name
        if text and len(longer) > DESCRIPTION_LENGTH:
            break
        text = longer
    return text


def feed_links(facet: str, title: str, view: View) -> tuple[FeedLink, ...]:
    """The feeds of a list, which is known by its facet, to announce in the head of a page."""
    feeds = view.get(f"feeds:{facet}") or ()
    return tuple(FeedLink(title=title, url=url, type=kind) for url, kind in feeds)
