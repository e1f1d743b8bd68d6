"""Documents shown in others, by `![[name]]` or `![[name#heading]]`: quoted, with their sources.

What is quoted is the body of the other document as it is in the store, so a page reads the facet
`body:PATH` of each that it shows. In the quotation nothing has an id, and links to parts of the
other document lead there, those of its footnotes too: so no id is there twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

from sitegen.content.markdown.extensions.footnotes import FOOTNOTES_START
from sitegen.content.markdown.extensions.headings import without_anchors
from sitegen.content.markdown.extensions.tables import AROUND_TABLE
from sitegen.content.markdown.raw_html import ATTRIBUTE
from sitegen.engine.trace import View
from sitegen.model.document import OF_EMBED, Document, label_of_link, placeholder
from sitegen.outputs.components import parts_of_calls, with_components
from sitegen.outputs.templates.environment import Templates
from sitegen.site.images import with_images, with_sizes
from sitegen.site.links import (
    ReadFacet,
    resolve,
    resolve_absolute,
    target_of_link,
    text_of_wikilink,
    url_of_link,
)
from sitegen.text.blocks import element_at, starts_of_blocks

DEEPEST = 4
"""How deep documents are shown in each other; what lies deeper is a link."""

_PLACE = re.compile(f"\0{OF_EMBED}([0-9]+)\0")
_HEADING = re.compile(r"<h([1-6])\b[^>]*>")
_HEADINGS = re.compile(r"<(/?)h[1-6]\b[^>]*>")
_BLOCK_WITH_ID = re.compile(
    r"<(?P<name>h(?P<level>[1-6])|p|li|[ou]l|dl|dd|table|blockquote|pre|div|figure|section|aside)\b"
    r"""(?:[^<>"]|"[^"]*")*?\sid="(?P<id>[^"]*)\""""
)
_AROUND_PART = {
    "dd": ("<dl>\n", "</dl>\n"),
    "li": ("<ul>\n", "</ul>\n"),
    "table": AROUND_TABLE,
}
"""What an element needs around it to be shown alone, by its name."""
_NOTE_NAME = re.compile(r' style="--note: --note-[0-9]+"')
_TAG = re.compile(
    r"""<(?P<drawing>svg|math)\b.*?</(?P=drawing)>
      | (?P<start><[a-z][^\s<>/"']*+)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')++)>""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_OF_IDS = re.compile(r"(?:id|for|aria-(?:labelledby|describedby|controls|owns|details))=", re.ASCII)


class Quoting(NamedTuple):
    """What an output shows documents with."""

    view: View
    body: Callable[[str], str]
    """The HTML of a document by its path, its links still symbolic."""
    templates: Templates
    is_for_page: bool = True
    """Not for a feed, in which URLs are absolute, and images are files."""

    @property
    def read(self) -> ReadFacet:
        return self.view.get

    def resolved(self, html: str, document: Document) -> tuple[str, frozenset[str]]:
        """The HTML of a document with its URLs, and the parts of the theme that it needs for it."""
        links, path = document.rendered.links, document.source.path
        if not self.is_for_page:
            sized = with_sizes(html, document, self.read)
            html, uses = resolve_absolute(sized, links, path, self.read), frozenset[str]()
        else:
            shown = with_images(html, document, self.read)
            html, uses = resolve(shown.html, links, path, self.read), shown.uses
        return (
            with_components(html, document, self.templates, self.view),
            uses | parts_of_calls(document, self.view),
        )


class Quoted(NamedTuple):
    """The HTML of a body with what it embeds."""

    html: str
    """Its own URLs are still symbolic."""
    uses: frozenset[str]
    """The parts of the theme that what it embeds needs."""


def with_embeds(
    html: str, document: Document, quoting: Quoting, above: tuple[str, ...] = ()
) -> Quoted:
    """The HTML of the body of a document, with the documents that it embeds.

    `above` are the paths of those that it is itself shown in. One of them, or one too deep, is a
    link, as is what is no document.
    """
    uses = set[str]()

    def shown(place: re.Match[str]) -> str:
        number = int(place[1])
        found = _quotation(document.rendered.links[number].href, document, quoting, above)
        if found is None:
            return f'<p><a href="{placeholder(number)}">{label_of_link(number)}</a></p>'
        uses.update(found.uses)
        return found.html

    return Quoted(_PLACE.sub(shown, html), frozenset(uses))


def _quotation(
    href: str, outer: Document, quoting: Quoting, above: tuple[str, ...]
) -> Quoted | None:
    """What a document embeds by a link, and a link to it; None where that cannot be."""
    read, path = quoting.read, outer.source.path
    target = target_of_link(href, path, read)
    document: Document | None = read(f"body:{target}") if target else None
    if target is None or document is None or target in (*above, path) or len(above) >= DEEPEST:
        return None
    origin = "" if quoting.is_for_page else read("site:origin")
    url = url_of_link(href, path, read)
    part = _part(quoting.body(target), unquote(url.partition("#")[2]))
    if part is None:
        return None
    page = origin + read(f"url:{target}")
    whole = Quoted(part.partition(FOOTNOTES_START)[0], frozenset())
    if document.rendered.embeds:
        whole = with_embeds(whole.html, document, quoting, (*above, path))
    html, uses = quoting.resolved(whole.html, document)
    label = escape(text_of_wikilink(href, path, read))
    lang = document.meta.lang or read("site:language")
    in_language = f' lang="{lang}"' if lang != (outer.meta.lang or read("site:language")) else ""
    quote = f'<blockquote cite="{escape(page)}"{in_language}>\n{_plain(html, page)}</blockquote>'
    source = f'<figcaption><a href="{escape(origin + url)}">{label}</a></figcaption>'
    return Quoted(f"\n{quote}\n{source}\n", document.rendered.uses | uses | whole.uses)


def _part(html: str, anchor: str) -> str | None:
    """What a quotation shows: all of a body, one block, or a heading with all that is below it.

    None where there is no such part.
    """
    if not anchor:
        return html
    tags = (tag for tag in _BLOCK_WITH_ID.finditer(html) if unescape(tag["id"]) == anchor)
    tag = next(tags, None)
    if tag is None:
        return None
    if tag["level"]:
        return _section(html, tag.start(), int(tag["level"]))
    block = element_at(html, tag.start())
    opening, closing = _AROUND_PART.get(tag["name"], ("", ""))
    return f"{opening}{block}\n{closing}"


def _section(html: str, begin: int, level: int) -> str | None:
    """From a heading to the next that is not below it; None for one that is inside a block."""
    starts = starts_of_blocks(html)
    headings = (_HEADING.match(html, start) for start in starts if start > begin)
    ends = (found.start() for found in headings if found and int(found[1]) <= level)
    return html[begin : next(ends, len(html))] if begin in starts else None


def _plain(html: str, page: str) -> str:
    """The HTML without ids and headings, which the page has that it is shown on."""
    html = _NOTE_NAME.sub("", without_anchors(html))
    html = _HEADINGS.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html)
    return _TAG.sub(lambda tag: _without_ids(tag, page), html)


def _without_ids(tag: re.Match[str], page: str) -> str:
    if tag["drawing"] or not ('id="' in tag[0] or '"#' in tag[0] or "aria-" in tag[0]):
        return tag[0]
    return f"{''.join((tag['start'], *_attributes(tag['rest'], page)))}>"


def _attributes(rest: str, page: str) -> Iterator[str]:
    for attribute in ATTRIBUTE.finditer(rest):
        written = attribute[0]
        if _OF_IDS.match(written):
            continue
        yield " " + written.replace('href="#', f'href="{escape(page)}#', 1)
    if rest.endswith("/"):
        yield " /"
