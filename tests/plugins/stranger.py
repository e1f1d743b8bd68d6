"""A plug-in as a stranger would write it: highlighted text, a list of words, a rule of the house.

It is copied into the `plugins/` of a site, and imports nothing but sitegen's public names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from sitegen.content.markdown.syntax import Syntax
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import Output
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.plugins.plugin import Plugin, TemplateNames
from sitegen.site.facets import FacetKind, Named
from sitegen.site.index import SiteIndex

MARKED = re.compile(r"%%([^%\n]+)%%")


def marked(state: StateInline, silent: bool) -> bool:
    """`%%text%%` as `<mark>text</mark>`."""
    found = MARKED.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("mark_open", "mark", 1)
        state.push("text", "", 0).content = found[1]
        state.push("mark_close", "mark", -1)
    state.pos = found.end()
    return True


def install(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", "highlight", marked)


def signed(document: Document) -> Document:
    """Every post ends with a signature."""
    rendered = document.rendered
    return replace(document, rendered=replace(rendered, html=f"{rendered.html}<p>– A.</p>\n"))


def titles(site: SiteIndex) -> Named:
    counts = Counter(word for card in site.posts for word in card.title.lower().split())
    yield "", tuple(sorted(counts.items()))


def plan(site: SitePlan) -> Iterator[Output]:
    yield site.file("words.txt", "words", "the list of words")


def words(_: Output, context: RenderContext) -> bytes:
    lines = (f"{count} {word}\n" for word, count in context.view.read("words"))
    return "".join(lines).encode()


def short_titles(site: SiteIndex) -> Iterator[Diagnostic]:
    for card in site.posts:
        if len(card.title) > 40:
            hint = "shorten it: lists cut it off"
            yield Diagnostic("SG804", "a title of more than 40 letters", card.path, 1, 1, hint)


plugin = Plugin(
    "stranger",
    "1.0",
    markdown=(Syntax("highlight", install, {"highlight": "%%"}),),
    document=signed,
    facets=(FacetKind("words", "the words of all titles", titles),),
    outputs=(OutputKind("words", plan, render=words),),
    templates=TemplateNames(filters={"shout": str.upper}, functions={"twice": lambda x: x * 2}),
    check=short_titles,
)
