"""Lists of posts, page by page: all of them, and those of each term; and the lists of terms."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.engine.trace import View
from sitegen.model.output import ListSubject, Output, TaxonomySubject
from sitegen.model.site import TAXONOMIES, Card, TermCount
from sitegen.outputs.context import ListPage, Page, TermsPage
from sitegen.outputs.kind import RenderContext, SitePlan
from sitegen.outputs.pages.page import common, description_of, feed_links, page_kind, page_output
from sitegen.text.urls import overview_permalink, page_permalink, route

HOME_NAME, TAXONOMY_NAME = "home", "taxonomy"


def _plan_home(site: SitePlan) -> Iterator[Output]:
    first = page_output(site, "/", "home.html", HOME_NAME, "the home page", ListSubject())
    yield from _paginated(site, "/", first)


def _plan_taxonomies(site: SitePlan) -> Iterator[Output]:
    for taxonomy in TAXONOMIES:
        pattern: str = getattr(site.config.permalinks, taxonomy)
        terms: tuple[TermCount, ...] = site.facets[taxonomy]
        if terms:
            permalink, owner = overview_permalink(pattern, taxonomy), f"the list of {taxonomy}"
            subject = TaxonomySubject(taxonomy)
            yield page_output(site, permalink, "terms.html", TAXONOMY_NAME, owner, subject)
        for term in terms:
            permalink, owner = pattern.format(slug=term.slug), f"{taxonomy} {term.name!r}"
            listed = ListSubject(taxonomy, term.slug)
            first = page_output(site, permalink, "list.html", TAXONOMY_NAME, owner, listed)
            yield from _paginated(site, permalink, first, term.source)


def _paginated(
    site: SitePlan, permalink: str, first: Output, source: str | None = None
) -> Iterator[Output]:
    """The pages of a list: at least one, even of an empty list."""
    assert isinstance(first.subject, ListSubject)
    total = max(1, -(-len(site.facets[first.subject.facet]) // site.config.paginate))
    for number in range(1, total + 1):
        place = route(page_permalink(permalink, number), site.config.base_url)
        yield Output(
            *(place.path, place.url, first.kind, first.owner, first.subject, source),
            *(first.template, number, total),
        )


def _page(output: Output, context: RenderContext) -> Page:
    if isinstance(output.subject, TaxonomySubject):
        return _terms(output.subject.taxonomy, output, context.view)
    assert isinstance(output.subject, ListSubject)
    return _list(output.subject, output, context.view)


def _terms(taxonomy: str, output: Output, view: View) -> TermsPage:
    terms: tuple[TermCount, ...] = view.read(taxonomy)
    shared = common("terms", taxonomy.capitalize(), output, view)
    shared["description"] = description_of(term.name for term in terms)
    return TermsPage(**shared, taxonomy=taxonomy, terms=terms)


def _list(listed: ListSubject, output: Output, view: View) -> ListPage:
    size: int = view.read("site:paginate")
    start = (output.number - 1) * size
    number, total = output.number, output.total
    term: TermCount | None = view.read(f"term:{listed.facet}") if listed.taxonomy else None
    first = term.url if term else view.read("site:url")
    site_title = view.read("site:title")
    shared = common("list" if term else "home", term.name if term else site_title, output, view)
    items: tuple[Card, ...] = view.read(f"{listed.facet}[{start}:{start + size}]")
    shared["description"] = description_of(card.title for card in items)
    if term:
        own = feed_links(listed.facet, f"{site_title}: {term.name}", view)
        shared["feeds"] = (*own, *shared["feeds"])
    else:
        described = (view.read("site:description"), shared["description"], site_title)
        shared["description"] = next(filter(None, described))
    return ListPage(
        **shared,
        items=items,
        number=number,
        total=total,
        newer_url=page_permalink(first, number - 1) if number > 1 else None,
        older_url=page_permalink(first, number + 1) if number < total else None,
        taxonomy=listed.taxonomy,
        term=term,
    )


HOME = page_kind(HOME_NAME, _plan_home, _page)
TAXONOMIES_KIND = page_kind(TAXONOMY_NAME, _plan_taxonomies, _page)
