"""Links of bodies: from what an author wrote to the URL it means.

What a link may say, in this order:

    https://…, mailto:…, //host   absolute; the Markdown stage has left it alone
    #part                         a part of the same document
    id:flask-to-fastapi#part      a document by its id
    [[flask to fastapi#Part]]     a wikilink, which `site.names` explains
    other.md, ../b.md#part        a document by its source path, as editors and GitHub show it
    diagram.png                   a file beside the document, or of the same bundle
    /about/                       a path of the site, below the base path
    anything else                 relative to the page, left as it is

Paths may have the marks of other generators: `@/other.md`, `{filename}/other.md`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import unquote

from sitegen.model.code import CodeBlock, LineReference, line_reference
from sitegen.model.document import FIGURE, OF_CALL, OF_LINK, Document, Link
from sitegen.model.frozen import FrozenDict
from sitegen.model.language import Language
from sitegen.site.names import fragment_of, paths_meant, text_of_target
from sitegen.text.notations import own_notation
from sitegen.text.urls import MISTYPED_SCHEME, encoded, joined, with_base
from sitegen.text.wikilinks import is_wikilink, parse_wikilink

ReadFacet = Callable[[str], Any]
"""Facet name → value, or None."""

_HREF = ' href="'
_ELSEWHERE = re.compile(rf"(?!(?i:file):|{MISTYPED_SCHEME}:)[A-Za-z][A-Za-z0-9+.-]+:|//")
INCOMPLETE = re.compile(r'="(?:(?<=\shref=")|(?<=\ssrc="))((?:#|//)[^"]*)')
"""What the Markdown stage leaves alone and only a browser completes: footnotes, `//host`.

It begins with the rarest part, for which alone a whole text is searched quickly."""


def resolve(html: str, links: tuple[Link, ...], path: str, read: ReadFacet) -> str:
    """The HTML of the document at `path` with every placeholder filled by a URL.

    The marks of calls stay."""
    return _filled(html, links, [url_of_link(link.href, path, read) for link in links], path, read)


def resolve_absolute(html: str, links: tuple[Link, ...], path: str, read: ReadFacet) -> str:
    """The same with absolute URLs, for a reader that is not on the page."""
    page = read("site:origin") + read(f"url:{path}")
    urls = [_joined(page, link.href, url_of_link(link.href, path, read)) for link in links]
    filled = _filled(html, links, urls, path, read)
    return INCOMPLETE.sub(lambda found: f'="{joined(page, found[1])}', filled)


def _joined(page: str, href: str, url: str) -> str:
    """The absolute URL of a link on a page; that of a wikilink that leads nowhere is none."""
    return joined(page, url) if url or not is_wikilink(href) else ""


def resolve_markdown(text: str, links: tuple[Link, ...], path: str, read: ReadFacet) -> str:
    """Markdown of the document at `path`, with absolute URLs that parentheses can enclose.

    The placeholders of calls stay."""
    page = read("site:origin") + read(f"url:{path}")
    parts = text.split("\0")
    for place, what in enumerate(parts[1::2]):
        if what.startswith(OF_CALL):
            parts[2 * place + 1] = f"\0{what}\0"
            continue
        href = links[int(what.removeprefix(OF_LINK))].href
        if what.startswith(OF_LINK):
            text = re.sub(r"[\[\]\\]", r"\\\g<0>", text_of_wikilink(href, path, read))
        else:
            url = _own_lines(href, path, read) or url_of_link(href, path, read)
            text = in_parentheses(_joined(page, href, url))
        parts[2 * place + 1] = text
    return "".join(parts)


def _own_lines(href: str, path: str, read: ReadFacet) -> str | None:
    """The fragment of a link to lines of the same document, which its HTML has already."""
    found = _lines_in(path, href, read) if href.startswith("#") else None
    return f"#{found[1].anchor}" if found else None


def in_parentheses(url: str) -> str:
    """The URL as a link of Markdown can have it, which ends at the first that is unbalanced."""
    return url.replace("(", "%28").replace(")", "%29")


def _filled(html: str, links: tuple[Link, ...], urls: list[str], path: str, read: ReadFacet) -> str:
    parts = html.split("\0")
    for place, what in enumerate(parts[1::2]):
        if what.isdecimal():
            text = escape(urls[int(what)])
            if not text and is_wikilink(links[int(what)].href):
                _leave_out_address(parts, 2 * place + 1)
        elif what.startswith(OF_CALL):
            text = f"\0{what}\0"
        elif what.startswith(OF_LINK):
            href = links[int(what.removeprefix(OF_LINK))].href
            say = text_of_wikilink if is_wikilink(href) else _lines_shown
            text = escape(say(href, path, read))
        else:
            text = _word(what, path, read, is_text=not parts[2 * place].endswith('"'))
        parts[2 * place + 1] = text
    return "".join(parts)


def _leave_out_address(parts: list[str], place: int) -> None:
    """Make a link to nowhere of the tag around a placeholder (HTML §4.5.1)."""
    if parts[place - 1].endswith(_HREF):
        parts[place - 1] = parts[place - 1].removesuffix(_HREF)
        parts[place + 1] = parts[place + 1].removeprefix('"')


def text_of_wikilink(href: str, path: str, read: ReadFacet) -> str:
    """What a wikilink of the document at `path` shows that has no text of its own.

    The title of a document, with the heading that it leads to; where there is none, what an author
    wrote.
    """
    name, heading = parse_wikilink(href)
    if not name:
        return heading
    target = _target(href, path, read)
    title = (read(f"title:{target[0]}") or name) if target else href
    return text_of_target(title, heading) if target else title


def _lines_shown(href: str, path: str, read: ReadFacet) -> str:
    """Where a link to lines of another document leads, for readers; else its fragment."""
    target = _target(href, path, read)
    found = _lines_in(target[0], href, read) if target else None
    return found[0].shown(found[1]) if found else href.partition("#")[2]


def _word(placeholder: str, path: str, read: ReadFacet, *, is_text: bool) -> str:
    """A word of the theme, with what it needs, in the language of the document, as HTML."""
    key, *given = placeholder.split(" ")
    count = next((int(value) for value in given if value.isdecimal()), None)
    named = (value.split("=") for value in given if "=" in value)
    values = {name: int(value) for name, value in named}
    site = read("site:language")
    language: Language = read(f"words:{read(f'card:{path}').lang or site}") or read(f"words:{site}")
    word = escape(language.say(key, count, values))
    tag = language.borrowed.get(key) if is_text else None
    return f'<span lang="{escape(tag)}">{word}</span>' if tag else word


def url_of_link(href: str, path: str, read: ReadFacet) -> str:
    """The URL that a link of the document at `path` means; empty: a wikilink to nothing."""
    if is_wikilink(href):
        return _url_of_wikilink(href, path, read)
    if href.startswith(FIGURE):
        return figure_url(read(f"url:{path}"), href)
    if target := _target(href, path, read):
        found = _lines_in(target[0], href, read)
        tail = found[1].tail if found else split_href(href)[1]
        return f"{target[1]}{encoded(tail)}"
    return with_base(
        encoded(own_notation(href)), read("site:absolute_url"), is_nested=bool(read("nested"))
    )


def _url_of_wikilink(href: str, path: str, read: ReadFacet) -> str:
    name, heading = parse_wikilink(href)
    target = _target(href, path, read) if name else (path, "")
    if target is None:
        return ""
    contents = (read(f"headings:{target[0]}") or ()) if heading else ()
    return f"{target[1]}{encoded(fragment_of(heading, contents, read('config:markdown.anchors')))}"


def figure_url(page: str, href: str) -> str:
    """The URL of a picture of a notebook, in the folder of its page."""
    folder = page if page.endswith("/") else f"{page.removesuffix('.html')}/"
    return f"{folder}{href.removeprefix(FIGURE)}"


def target_of_link(href: str, path: str, read: ReadFacet) -> str | None:
    """The source path of what a link of the document at `path` leads to, if it is published."""
    found = _target(href, path, read)
    return found[0] if found else None


def _target(href: str, path: str, read: ReadFacet) -> tuple[str, str] | None:
    """The source that a link of the document at `path` leads to, and its URL."""
    address = href if is_wikilink(href) else split_href(href)[0]
    beside = {} if is_rooted(address) else read(f"beside:{path}") or {}
    meant = _meant(address, path, read)
    urls = ((target, beside.get(target) or read(f"url:{target}")) for target in meant)
    return next((found for found in urls if found[1]), None)


def _lines_in(target: str, href: str, read: ReadFacet) -> tuple[CodeBlock, LineReference] | None:
    """The block of a document that a link names lines of, if it has them."""
    lines = line_reference(href)
    blocks: tuple[CodeBlock, ...] = (read(f"blocks:{target}") or ()) if lines else ()
    found = (block for block in blocks if lines and block.id == lines.block)
    block = next(found, None)
    has_lines = block and lines and block.text(lines.first, lines.last)
    return (block, lines) if block and lines and has_lines else None


def _meant(address: str, path: str, read: ReadFacet) -> tuple[str, ...]:
    if is_wikilink(address):
        return paths_meant(parse_wikilink(address).name, path, lambda key: read(f"named:{key}"))
    if address.startswith("id:"):
        target = read(f"id:{id_in(address)}")
        return (target,) if target else ()
    return candidates(address, path, read("site:content"))


def links_of(document: Document) -> tuple[Link, ...]:
    """The links of a document, and those of its front matter: its image, unless it is elsewhere,
    and the files and posts that are values of the site's own fields.
    """
    links, meta = document.rendered.links, document.meta
    if meta.own:
        links += tuple(links_in([meta.extra[name] for name in meta.own]))
    if meta.image is None or _ELSEWHERE.match(meta.image):
        return links
    at = meta.place("image")
    return (*links, Link(meta.image, at.line, at.column, at.length))


def links_in(value: object) -> Iterator[Link]:
    """The links that a value of front matter is, or that are in it."""
    match value:
        case Link():
            yield value
        case Mapping():
            for each in value.values():
                yield from links_in(each)
        case list() | tuple():
            for each in value:
                yield from links_in(each)


def with_links(value: object, leads: Callable[[Link], object]) -> Any:  # noqa: ANN401 (like it)
    """The value with what each link in it leads to in its place, frozen."""
    match value:
        case Link():
            return leads(value)
        case Mapping():
            return FrozenDict({key: with_links(each, leads) for key, each in value.items()})
        case tuple():
            return tuple(with_links(each, leads) for each in value)
    return value


def is_elsewhere(href: str) -> bool:
    """Whether an address is one of another site, or has a scheme of its own."""
    return not href.startswith("id:") and bool(_ELSEWHERE.match(href))


def split_href(href: str) -> tuple[str, str]:
    """What a link leads to, and its query and fragment, each with its mark (RFC 3986 §3)."""
    address = re.split("[?#]", href, maxsplit=1)[0]
    return address, href[len(address) :]


def id_in(address: str) -> str:
    """The id that a link such as `id:flask` names."""
    return unquote(address.removeprefix("id:"))


def is_rooted(address: str) -> bool:
    """Whether a path starts at the content folder or at the root of the site."""
    return own_notation(address).startswith("/")


def candidates(address: str, path: str, content: str) -> tuple[str, ...]:
    """The source paths that a link may mean; none for a link to the page itself."""
    name = unquote(own_notation(address))
    if not name or name.endswith("/"):
        return ()
    if name.startswith("/"):
        roots = (content, "")
        return tuple(posixpath.normpath(posixpath.join(root, name[1:])) for root in roots)
    return (posixpath.normpath(posixpath.join(posixpath.dirname(path), name)),)
