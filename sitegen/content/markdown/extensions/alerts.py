"""Boxes that stand out of the text: what is good to know, and what can go wrong.

A quote that starts with `[!NOTE]`, as on GitHub; behind it there may be a sign that folds it, and a
title, as Obsidian has them. Or the same between `::: note Title` and `:::`, see `containers`.

    > [!WARNING]            > [!tip]- A title            ::: details What is in it
    > It bites.             > Folded.                    Folded.
                                                         :::

There are five looks, and more kinds. The word of its kind is the title of an alert, or is read to
those who hear the page in front of another title: a kind is never said by its colour alone. Titles
are no headings, since they would be part of the outline of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.extensions.attributes import Attributes, put_attributes
from sitegen.content.markdown.extensions.containers import (
    Opening,
    add_container,
    given_attributes,
    kind_of_class,
    options_of,
)
from sitegen.content.markdown.plain_text import ALERT
from sitegen.content.markdown.positions import Lines
from sitegen.content.markdown.reading import Reading, reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import placeholder
from sitegen.text.patterns import holds
from sitegen.text.spelling import did_you_mean, slip_of

_PART = "alerts"
"""The part of the theme for them."""

DETAILS, _DETAILS = "details", "alert_details"
"""What is only folded, and of no kind: its name, and its word."""

_DROPDOWN = "dropdown"
"""Of MyST and Sphinx: what is folded, as a name and as a class."""

_LOOKS: Mapping[str, tuple[str, str]] = {
    "alert_note": ("note", "note admonition"),
    "alert_info": ("note", "info information"),
    "alert_todo": ("note", "todo"),
    "alert_example": ("note", "example"),
    "alert_quote": ("note", "quote cite"),
    "alert_seealso": ("note", "seealso see-also"),
    "alert_tip": ("tip", "tip hint"),
    "alert_success": ("tip", "success check done"),
    "alert_important": ("important", "important"),
    "alert_summary": ("important", "summary abstract tldr"),
    "alert_question": ("important", "question help faq"),
    "alert_warning": ("warning", "warning attention"),
    "alert_caution": ("caution", "caution"),
    "alert_danger": ("caution", "danger error"),
    "alert_failure": ("caution", "failure fail missing"),
    "alert_bug": ("caution", "bug"),
    _DETAILS: ("", ""),
}
"""The look of each kind, and its names: those of GitHub, Obsidian, Material for MkDocs, Docusaurus,
VitePress and Sphinx. A kind is the key of its word."""

ALERT_KINDS: Mapping[str, str] = {
    name: kind for kind, (_, names) in _LOOKS.items() for name in names.split()
}
"""The kind of each name."""

_UNKNOWN = "note"
"""What an alert of an unknown type is shown as."""

_MARK = re.compile(r"\[!([^\W\d_][\w-]*)(?:\|[^\]\n]*)?\]([+-]?)(?![(\[])[ \t]*(.*)$", re.MULTILINE)
"""The start of a quote that is an alert: its type, whether it is folded, and its title."""


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert without its content."""

    kind: str
    """The key of its word."""
    title: str | None = None
    """Markdown; empty for none, and None for the word of its kind."""
    is_open: bool | None = None
    """Of one that is folded, whether it is unfolded at first; None for one that is not."""

    def tokens(
        self, row: int, level: int, given: Attributes | None = None
    ) -> tuple[list[Token], Token]:
        """What is in front of its content, and what is behind it, with the given attributes."""
        is_folded, has_title = self.is_open is not None, self.title != ""
        tag = DETAILS if is_folded else "aside"
        opening = Token(f"{ALERT}_open", tag, 1, map=[row, row + 1], level=level, block=True)
        opening.attrs["class"] = f"{ALERT} {_LOOKS[self.kind][0]}".rstrip()
        if not is_folded:
            opening.attrs["role"] = "note"
        if self.is_open:
            opening.attrs["open"] = ""
        if not is_folded and not has_title:
            opening.attrs["aria-label"] = placeholder(self.kind)
        put_attributes(opening, {name: value for name, value in (given or {}).items() if value})
        closing = Token(f"{ALERT}_close", tag, -1, level=level, block=True)
        title = self._title(row, level + 1) if is_folded or has_title else ()
        return [opening, *title], closing

    def _title(self, row: int, level: int) -> Iterator[Token]:
        tag = "p" if self.is_open is None else "summary"
        yield Token(f"{ALERT}_title_open", tag, 1, level=level, block=True, meta={"alert": self})
        if self.title:
            rows = [row, row + 1]
            yield Token("inline", "", 0, {}, rows, level + 1, [], self.title, block=True)
        yield Token(f"{ALERT}_title_close", tag, -1, level=level, block=True)


def _title_start(token: Token, _: Reading) -> str:
    """The start of a title, with the word of its kind: all there is, or for those who listen."""
    alert: Alert = token.meta["alert"]
    start = "<summary>" if token.tag == "summary" else f'<p class="{ALERT}-title">'
    word = placeholder(alert.kind)
    if not alert.title:
        return start + word
    return start + (f'<span class="unseen">{word}: </span>' if alert.kind != _DETAILS else "")


@contextmanager
def around(
    alert: Alert,
    state: StateBlock,
    row: int,
    given: Attributes | None = None,
    *,
    is_titled_by_heading: bool = False,
) -> Iterator[None]:
    """Pushes the tokens around the content of an alert that a line of a block starts."""
    reading_of(state.env).uses.add(_PART)
    at = len(state.tokens)
    state.level += 1
    yield
    state.level -= 1
    if is_titled_by_heading and alert.title is None and state.tokens[at:]:
        alert, row = _with_heading(alert, state.tokens, at, row)
    front, behind = alert.tokens(row, state.level, given)
    state.tokens[at:at] = front
    state.tokens.append(behind)


def _with_heading(alert: Alert, tokens: list[Token], at: int, row: int) -> tuple[Alert, int]:
    """The alert with a heading at its start as its title, and the row of that."""
    if tokens[at].type != "heading_open":
        return alert, row
    text = tokens[at + 1]
    del tokens[at : at + 3]
    return replace(alert, title=text.content), (text.map or [row])[0]


def _around_container(
    kind: str, state: StateBlock, opening: Opening
) -> AbstractContextManager[None]:
    options = options_of(opening)
    title = opening.label or opening.title
    text = title.text if title else options.get("title")
    given = given_attributes(opening)
    given.pop("title", None)
    classes = given.pop("class", "").split()
    is_folded = kind == _DETAILS or "collapse" in options or _DROPDOWN in classes
    is_open = "open" in options or options.get("collapse") == "false"
    if opening.below:
        kind = next(filter(None, map(ALERT_KINDS.get, classes)), kind)
    alert = Alert(kind, text, is_open if is_folded else None)
    # Classes that say the kind, in Pandoc, Quarto and MyST, are none of the author's.
    own = (it for it in classes if it != _DROPDOWN and kind_of_class(it) not in ALERT_KINDS)
    others = {"class": " ".join(own)}
    is_class = opening.name is None  # as in Quarto, which takes a title from a heading
    return around(alert, state, opening.row, given | others, is_titled_by_heading=is_class)


def _in_quotes(state: StateCore) -> None:
    """Make alerts of quotes, before their contents are read."""
    if not holds(state.src, "[!"):
        return
    tokens, reading = state.tokens, reading_of(state.env)
    changed: dict[int, Sequence[Token]] = {}
    starts = zip(tokens, tokens[1:], tokens[2:], strict=False)
    for index, (quote, paragraph, text) in enumerate(starts):
        is_start = quote.type == "blockquote_open" and paragraph.type == "paragraph_open"
        if not is_start or not (mark := _MARK.match(text.content)):
            continue
        closing = _closing(tokens, index)
        rest = text.content[mark.end() :].lstrip()
        is_open = mark[2] == "+" if mark[2] else None
        kind = kind_named(mark[1], partial(_place, mark, text, state.src), reading)
        alert = Alert(kind, mark[3] or None, is_open)
        row = (text.map or [0])[0]
        given = {name: str(value) for name, value in quote.attrs.items()}
        changed[index], behind = alert.tokens(row, quote.level, given)
        changed[closing] = [behind]
        if rest:
            text.content, text.map = rest, [row + 1, (text.map or [0, 0])[1]]
        else:
            changed |= dict.fromkeys(range(index + 1, index + 4), ())
    if changed:
        reading.uses.add(_PART)
        state.tokens = [it for n, token in enumerate(tokens) for it in changed.get(n, (token,))]


def _closing(tokens: Sequence[Token], index: int) -> int:
    end = ("blockquote_close", tokens[index].level)
    return next(n for n in range(index, len(tokens)) if (tokens[n].type, tokens[n].level) == end)


def kind_named(name: str, place: Callable[[], tuple[int, int, int]], reading: Reading) -> str:
    """The kind of this name; that of a note where it has none, which is reported at its place."""
    if kind := ALERT_KINDS.get(name.lower()):
        return kind
    row, column, length = place()
    hint = did_you_mean(name.lower(), ALERT_KINDS) or f"it is shown as a note; write '{_UNKNOWN}'"
    slip = slip_of(name.lower(), ALERT_KINDS)
    fix = Fix(name, slip.upper() if name.isupper() else slip) if slip else None
    problem = Diagnostic("SG312", f"unknown type of alert '{name}'", hint=hint, fix=fix)
    line = reading.line + row
    reading.diagnostics.append(replace(problem, line=line, column=column + 1, length=length))
    return ALERT_KINDS[_UNKNOWN]


def _place(mark: re.Match[str], text: Token, src: str) -> tuple[int, int, int]:
    """Where the type is written: line and column, from 0, and length."""
    return Lines(src).block(text.content, *(text.map or (0, 1))).place(*mark.span(1))


def _install(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "alerts", _in_quotes)
    render_titles(parser)


def _install_containers(parser: MarkdownIt) -> None:
    for name, kind in (*ALERT_KINDS.items(), (DETAILS, _DETAILS), (_DROPDOWN, _DETAILS)):
        add_container(parser, name, partial(_around_container, kind))
    render_titles(parser)


def render_titles(parser: MarkdownIt) -> None:
    """Let the parser render the titles of alerts."""
    parser.add_render_rule(f"{ALERT}_title_open", render_rule(_title_start))


ALERTS = Syntax("alerts", _install, inline={"alerts": NOWHERE})
"""Those in quotes. They change contents before anything reads them as text."""

ALERT_CONTAINERS = Syntax("alert containers", _install_containers)
"""Those between lines of colons."""
