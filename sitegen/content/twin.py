"""The Markdown of a post for those who read it elsewhere: programs, and people with an editor.

What is said to sitegen alone is left out: a title at the top, which is given by the metadata, the
mark below the excerpt, containers that are no alerts, options of code, comments in code that mark
its lines. All else is as its author wrote it. Links within the site have the placeholders that they
have in the HTML (`Rendered`), so that they can lead there from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from sitegen.content.markdown.code.info import read_info
from sitegen.content.markdown.code.languages import PATCHES
from sitegen.content.markdown.code.listing import NOTATION, Listing, listing_of
from sitegen.content.markdown.directives import ARGUMENTS, end_of_label
from sitegen.content.markdown.extensions.alerts import ALERT_KINDS, DETAILS
from sitegen.model.components import CallForm
from sitegen.model.document import Rendered, label_of_link, placeholder, placeholder_of_call
from sitegen.text.patterns import compiled
from sitegen.text.wikilinks import is_wikilink

_TITLE = re.compile(r"\A\s*(?:#[ \t][^\n]*|[^\n]+\n=+[ \t]*)(?:\n|\Z)")
_WIKILINK = re.compile(r"!?\[\[([^\[\]\n]*)\]\]")
_SIZE = re.compile(r"\d+(?:x\d+)?")
_OPENING = re.compile(r"(?P<margin>.*?)(?P<marks>`{3,}|~{3,})(?P<info>.*)")
"""The first line of a block of code, where it is known to be one."""
_FOR_US = re.compile(
    r"[ \t>]*(?:<!--\s*(?:more|truncate)\s*-->|\[(?:TOC|toc|\[(?:TOC|toc|_TOC_)\])\])[ \t]*"
)
"""A line that is no text: where the excerpt ends, or the contents are shown."""
_TITLE_OF_CONTAINER = re.compile(r"([ \t>]*):{3,}[ \t]*[\w-]+\[(.+?)\](?:[ \t]*\{[^}]*\})?[ \t]*")
_CONTAINER = re.compile(r"[ \t>]*:{3,}[ \t]*(?P<opening>\{?(?P<name>[A-Za-z][\w-]*)?.*)")
"""A line where a container starts or ends."""


def twin(body: str, line: int, rendered: Rendered) -> str:
    """The Markdown of a document whose body starts on this line of its file."""
    text = _with_placeholders(body, line, rendered)
    title = _TITLE.match(text) if rendered.title is not None else None
    first = title[0].count("\n") if title else 0
    return "\n".join(_plain(text.split("\n"), first, dict(rendered.fences))).strip("\n")


def _with_placeholders(body: str, line: int, rendered: Rendered) -> str:
    """The body with placeholders for its links; a link that is not found stays as it is."""
    starts = [0, *accumulate(len(each) + 1 for each in body.split("\n"))]
    places: dict[int, tuple[int, str]] = {}
    for number, link in enumerate(rendered.links):
        start = starts[min(link.line - line, len(starts) - 1)] + link.column - 1
        if is_wikilink(link.href):
            if written := _WIKILINK.match(body, start):
                places[start] = (len(written[0]), _as_link(written, number, rendered))
        elif (place := _place(body, start, link.href)) is not None:
            places[place] = (len(link.href), placeholder(number))
    for number, call in enumerate(rendered.calls):
        start = starts[call.line - line] + call.column - 1
        if call.form is CallForm.LEAF:
            end = start + call.length
            places = {at: it for at, it in places.items() if not start <= at < end}
            places[start] = (call.length, placeholder_of_call(number))
        elif call.form is CallForm.INLINE:
            places |= _around_label(body, start)
    parts: list[str] = []
    end = 0
    for place, (length, mark) in sorted(places.items()):
        parts += body[end:place], mark
        end = place + length
    return "".join((*parts, body[end:]))


def _as_link(wikilink: re.Match[str], number: int, rendered: Rendered) -> str:
    """A wikilink as a link of Markdown, or as an image if it shows one."""
    is_image = any(image.link == number for image in rendered.images)
    texts = [text for text in wikilink[1].replace("\\|", "|").split("|")[1:] if text.strip()]
    if is_image:
        alt = next((text for text in texts if not _SIZE.fullmatch(text.strip())), "")
        return f"![{alt}]({placeholder(number)})"
    return f"[{'|'.join(texts) or label_of_link(number)}]({placeholder(number)})"


def _around_label(body: str, start: int) -> Iterator[tuple[int, tuple[int, str]]]:
    """What is around the label of a call in a text, to be left out."""
    opening = body.index("[", start)
    closing = end_of_label(body, opening, len(body))
    yield start, (opening + 1 - start, "")
    braces = compiled(ARGUMENTS).match(body, closing)
    yield closing - 1, ((braces.end() if braces else closing) - closing + 1, "")


def _place(body: str, start: int, href: str) -> int | None:
    """Where an address is written: there, in the parentheses behind a text, or in a definition."""
    if body.startswith(href, start):
        return start
    written = re.escape(href)
    inline = re.compile(rf"\]\(\s*<?(?={written}[\s>)])").search(body, start)
    if inline and "\n\n" not in body[start : inline.start()]:
        return inline.end()
    definition = re.search(rf"^[ >]*\[[^\]\n]+\]:\s*<?(?={written}>?\s)", f"{body}\n", re.MULTILINE)
    return definition.end() if definition else None


def _plain(lines: list[str], first: int, fences: Mapping[int, int]) -> Iterator[str]:
    """The lines from this one on without what is said to sitegen."""
    row, alerts = first, list[bool]()  # whether each open container is an alert
    while row < len(lines):
        start, row = row, fences.get(row, row + 1)
        line = lines[start]
        if start in fences:
            yield from _code(lines[start:row])
        elif container := _CONTAINER.fullmatch(line):
            if container["opening"]:
                alerts.append((container["name"] or "").lower() in (*ALERT_KINDS, DETAILS))
                yield from (line,) if alerts[-1] else _title(line)
            else:
                yield from (line,) if alerts and alerts.pop() else ()
        elif not _FOR_US.fullmatch(line):
            yield line


def _title(line: str) -> Iterator[str]:
    """The title of a container, which its text has behind it."""
    if titled := _TITLE_OF_CONTAINER.fullmatch(line):
        yield from ("", f"{titled[1]}**{titled[2]}**", "")


def _code(lines: Sequence[str]) -> Iterator[str]:
    """A block of code: its language and its title, and its text without comments to sitegen."""
    opening, *code = lines
    fence = _OPENING.fullmatch(opening)
    assert fence, "the reader has found a block of code here"
    margin, marks, info = fence["margin"], fence["marks"], read_info(fence["info"])
    language = "output" if info.is_output else info.language
    closing = re.compile(rf"[ \t>]*{re.escape(marks)}{marks[0]}*[ \t]*")
    end = [code.pop()] if code and closing.fullmatch(code[-1]) else []
    if info.is_diff:
        language = "diff"
    elif any(NOTATION in line for line in code):
        listing = listing_of("\n".join(code), info)
        code = listing.text.split("\n")
        if language not in PATCHES and not {"added", "deleted"}.isdisjoint(listing.roles.values()):
            language = "diff"
            code = list(_signed(code, listing, re.sub(r"[^ \t>]", " ", margin)))
    title = f' title="{info.title}"' if info.title else ""
    yield from (f"{margin}{marks}{language}{title}", *code, *end)


def _signed(code: list[str], listing: Listing, margin: str) -> Iterator[str]:
    """The lines as those of a difference, behind what all of them start with."""
    for number, line in enumerate(code, 1):
        sign = {"added": "+", "deleted": "-"}.get(listing.roles.get(number, ""), " ")
        start = len(margin) if line.startswith(margin) else 0
        yield f"{line[:start]}{sign}{line[start:]}"
