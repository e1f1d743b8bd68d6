"""The HTML of code whose lines are elements: those that have a number, an id, or something said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from sitegen.content.markdown.code.listing import Listing
from sitegen.model.document import placeholder

ELEMENTS = {
    "added": ("ins", "ln"),
    "deleted": ("del", "ln"),
    "marked": ("mark", "ln"),
    "error": ("mark", "ln error"),
    "warning": ("mark", "ln warning"),
}
"""The element and the classes of a line, by what is said of it: feeds show these elements too."""

PUT_IN = re.compile(
    r"""
    <(?:span|ins|del|mark)\ class="ln[^>]*> | (?<=\n)</(?:span|ins|del|mark)>
  | <a\ class="callout"[^>]*>[^<]*</a> | <span\ class="mentions">.*?</span>
  | <summary>[^<]*</summary> | </?(?:pre|code|details)[^>]*>
    """,
    re.VERBOSE,
)
"""What is put around and into highlighted code, in which spans end before their line does."""

CALLOUT_LINK = re.compile(r'<a class="callout"[^>]*> (\d+)</a>')
"""A link to what explains a line."""
MENTIONS = re.compile(r'<span class="mentions">.*?</span>')
"""The links to where a line is mentioned."""

Run = tuple[bool, int, str]
"""Whether a run of lines is folded, how many there are, and their HTML."""


def in_runs(lines: list[str], listing: Listing) -> list[Run]:
    """The lines, each as HTML with its end, in runs that are folded or not."""
    if not listing.folded:
        return [(False, len(lines), "".join(lines))]
    runs: list[Run] = []
    for is_folded, run in groupby(enumerate(lines, 1), lambda line: line[0] in listing.folded):
        texts = [text for _, text in run]
        runs.append((is_folded, len(texts), "".join(texts)))
    return runs


def as_elements(lines: list[str], listing: Listing, prefix: str, start: int) -> list[str]:
    """Each line in an element, whose id is the prefix and its number; none with no prefix.

    A line has its end in it, so that all of the text is there where nothing styles it.
    """
    if not (listing.roles or listing.focused):
        if not prefix:
            return [f'<span class="ln">{line}</span>' for line in lines]
        return [
            f'<span class="ln" id="{prefix}{number}">{line}</span>'
            for number, line in enumerate(lines, start)
        ]
    return [
        _element(line, number, listing, f"{prefix}{number + start - 1}" if prefix else "")
        for number, line in enumerate(lines, 1)
    ]


def _element(line: str, number: int, listing: Listing, name: str) -> str:
    element, classes = ELEMENTS.get(listing.roles.get(number, ""), ("span", "ln"))
    if number in listing.focused:
        classes += " focus"
    anchor = f' id="{name}"' if name else ""
    return f'<{element} class="{classes}"{anchor}>{line}</{element}>'


def with_callouts(lines: list[str], listing: Listing, prefix: str) -> list[str]:
    """The lines with links to the items of the list below that explain them."""
    return [
        _with_marks(line, listing.callouts[number], prefix) if number in listing.callouts else line
        for number, line in enumerate(lines, 1)
    ]


def _with_marks(line: str, items: tuple[int, ...], prefix: str) -> str:
    marks = "".join(f'<a class="callout" href="#{prefix}{item}"> {item}</a>' for item in items)
    return f"{line.removesuffix(chr(10))}{marks}\n"


def with_mentions(lines: list[str], mentions: Mapping[int, Sequence[tuple[str, str]]]) -> list[str]:
    """The lines with links to where they are mentioned, by their numbers from 1.

    A link has no text, which would be copied and found with the code, but a label.
    """
    return [
        _with_links(line, mentions[number]) if number in mentions else line
        for number, line in enumerate(lines, 1)
    ]


def _with_links(line: str, mentions: Iterable[tuple[str, str]]) -> str:
    links = "".join(_mention(name, heading) for name, heading in mentions)
    return f'{line.removesuffix(chr(10))}<span class="mentions">{links}</span>\n'


def _mention(name: str, heading: str) -> str:
    word, where = placeholder("code_mentioned"), escape(heading)
    label = f"{word}: {where}" if where else word
    shown = where or word
    return f'<a class="mention" href="#{escape(name)}" aria-label="{label}" data-in="{shown}"></a>'


def unmarked(code: str) -> str:
    """The code as it was highlighted, without its lines as elements and all that is put into it."""
    return PUT_IN.sub("", code)
