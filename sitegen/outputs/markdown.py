"""Posts as Markdown, beside their pages; and `llms.txt`, which lists them for programs.

Its form is that of llmstxt.org: a title, a summary as a quote, and lists of links with notes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sitegen.engine.trace import View
from sitegen.model.document import OF_CALL, Document
from sitegen.model.output import DocumentSubject, Output
from sitegen.model.site import Card
from sitegen.model.source import Kind
from sitegen.outputs.feeds.content import for_readers, with_absolute_urls
from sitegen.outputs.feeds.entries import body_elsewhere
from sitegen.outputs.feeds.feed import absolute_url
from sitegen.outputs.feeds.xml import rfc3339
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.outputs.language import language_of_site
from sitegen.site.links import in_parentheses, resolve_markdown

_TWIN, _LLMS = "Markdown", "llms.txt"


def twin_url(card: Card) -> str:
    """Where a post is as Markdown: beside its page."""
    page = f"{card.url}index.html" if card.url.endswith("/") else card.url
    return f"{page.removesuffix('.html')}.md"


def _plan_twins(site: SitePlan) -> Iterator[Output]:
    for entry in site.placement.documents if site.config.export.markdown else ():
        source = entry.document.source
        if source.kind is Kind.POST:
            path = f"{entry.route.path.removesuffix('.html')}.md"
            owner = f"the Markdown of {source.path}"
            yield site.file(path, _TWIN, owner, DocumentSubject(source.path), source.path)


def _render_twin(output: Output, context: RenderContext) -> bytes:
    assert isinstance(output.subject, DocumentSubject)
    path, view = output.subject.path, context.view
    document: Document = view.read(f"body:{path}")
    card: Card = view.read(f"card:{path}")
    text = context.stored.markdown(path)
    whole = resolve_markdown(text, document.rendered.links, path, view.get)
    if f"\0{OF_CALL}" in whole:
        whole = _with_components(whole, document, context)
    return f"{_metadata(card, view)}\n# {card.title}\n\n{whole}\n".encode(errors="replace")


def _with_components(text: str, document: Document, context: RenderContext) -> str:
    """The Markdown with what components make of calls, as HTML that a reader elsewhere can use."""
    from sitegen.outputs.components import each_component

    view, path = context.view, document.source.path
    whole = body_elsewhere(document, context.body, context.templates, view)
    page = view.read("site:origin") + view.read(f"url:{path}")
    made = each_component(whole, document, context.templates, view)
    parts = text.split("\0")
    for at, what in enumerate(parts[1::2]):
        html = made[int(what.removeprefix(OF_CALL))]
        parts[2 * at + 1] = for_readers(with_absolute_urls(html, page))
    return "".join(parts)


def _metadata(card: Card, view: View) -> str:
    """Front matter that says what the page says beside its text."""
    base = view.read("site:absolute_url")
    known = {
        "title": card.title,
        "description": card.excerpt,
        "date": rfc3339(card.date) if card.date else None,
        "updated": rfc3339(card.updated) if card.updated else None,
        "authors": [term.name for term in card.authors],
        "tags": [term.name for term in card.tags],
        "categories": [term.name for term in card.categories],
        "series": card.series.name if card.series else None,
        "language": card.lang or view.read("site:language"),
        "url": absolute_url(base, card.url),
    }
    # JSON is YAML (YAML 1.2 §1.2), and quotes what has to be quoted.
    lines = (f"{key}: {json.dumps(it, ensure_ascii=False)}" for key, it in known.items() if it)
    return "\n".join(("---", *lines, "---", ""))


def _plan_llms(site: SitePlan) -> Iterator[Output]:
    has_own = any(source.name == "llms.txt" for source in site.files)
    if site.config.export.llms and not has_own:
        yield site.file("llms.txt", _LLMS, "llms.txt")


def _render_llms(_: Output, context: RenderContext) -> bytes:
    view, say = context.view, language_of_site(context.view).say
    title, description = view.read("site:title"), view.read("site:description")
    has_twins = view.read("config:export.markdown")
    parts = [f"# {title}\n"]
    if description:
        parts.append(f"> {_one_line(description)}\n")
    posts: tuple[Card, ...] = view.read("posts")
    pages: tuple[Card, ...] = view.read("pages")
    if posts:
        urls = ((card, twin_url(card) if has_twins else card.url) for card in posts)
        parts.append(_section(say("posts"), urls, view))
    if pages:
        parts.append(_section(say("pages"), ((card, card.url) for card in pages), view))
    return "\n".join(parts).encode(errors="replace")


def _section(name: str, cards: Iterable[tuple[Card, str]], view: View) -> str:
    base = view.read("site:absolute_url")
    items = (_item(card, absolute_url(base, url)) for card, url in cards)
    return "\n".join((f"## {name}\n", *items, ""))


def _item(card: Card, url: str) -> str:
    """A link, which ends at the first bracket that is not escaped, and what is behind it."""
    title = _one_line(card.title).replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    note = f": {_one_line(card.excerpt)}" if card.excerpt else ""
    return f"- [{title}]({in_parentheses(url)}){note}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


TWINS = OutputKind(_TWIN, _plan_twins, render=_render_twin)
LLMS = OutputKind(_LLMS, _plan_llms, render=_render_llms)
