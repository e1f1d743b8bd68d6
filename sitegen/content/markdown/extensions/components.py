"""Calls of components: a line, a container, or a part of a text.

    ::youtube{id=dQw4w9WgXcQ}          :::gallery{columns=2}           press :key[Ctrl]{big}
                                       ![A fox](fox.jpg)
                                       :::

What is called is no part of a document, which is a function of its own file: whether there is such
a component, and what it takes, is found out when all of the site is known (`site.components`). So
the grammar alone tells a call from a text: a line needs brackets or braces behind its name, and a
call in a text needs brackets. The HTML has marks around the text of a call
(`model.document.mark_of_call`), and the page has there what the component makes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.content.markdown.directives import ARGUMENTS, NAME_OF_CALL, arguments_in, end_of_label
from sitegen.content.markdown.extensions.containers import (
    ANY_NAME,
    Opening,
    add_container,
    nearest_container,
    within,
)
from sitegen.content.markdown.positions import Content, Lines
from sitegen.content.markdown.reading import Reading, reading_of, render_rule
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.components import Argument, Call, CallForm
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import mark_of_call
from sitegen.text.patterns import compiled

_LEAF = rf"::(?P<name>{NAME_OF_CALL})(?=[\[{{])"
_IN_TEXT = rf":(?P<name>{NAME_OF_CALL})(?=\[)"
_RULE = "component"
_CALLED = "components"
"""In what travels with the rules where there is a call."""

_OPEN, _CLOSE = "component_open", "component_close"
_TITLE_OPEN, _TITLE_CLOSE = "component_title_open", "component_title_close"
_AROUND = frozenset((_OPEN, _CLOSE, _TITLE_OPEN, _TITLE_CLOSE))
"""The types of tokens around what a call holds, and around the title of a container."""


class _Written(NamedTuple):
    """A call in a text. Places are offsets in that."""

    name: str
    start: int
    label: tuple[int, int] | None
    """Where its brackets are."""
    braces: tuple[int, int] | None
    end: int

    @property
    def has_label(self) -> bool:
        """Whether there is anything between its brackets."""
        return self.label is not None and self.label[1] - self.label[0] > len("[]")


def _install(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", _RULE, _leaf, {"alt": ends})
    parser.inline.ruler.push(_RULE, _inline)
    parser.core.ruler.push("components", _take_calls)
    for type_ in _AROUND:
        parser.add_render_rule(type_, render_rule(_mark))


def _install_containers(parser: MarkdownIt) -> None:
    add_container(parser, ANY_NAME, around_body)


def _leaf(state: StateBlock, row: int, _: int, silent: bool) -> bool:
    """A call that is a line."""
    begin, end = state.bMarks[row] + state.tShift[row], state.eMarks[row]
    found = state.src.startswith("::", begin) and compiled(_LEAF).match(state.src, begin, end)
    if not found or state.is_code_block(row):
        return False
    written = _written(found["name"], state.src, begin, found.end(), end)
    if written is None or state.src[written.end : end].strip():
        return False
    if not silent:
        first = state.src.rfind("\n", 0, begin) + 1
        _push_opening(state, row, _call_on_line(state, row, first, written))
        if written.label:
            _push_label(state, row, state.src[written.label[0] + 1 : written.label[1] - 1])
        state.push(_CLOSE, "", -1)
        state.line = row + 1
    return True


def _written(name: str, text: str, start: int, at: int, end: int) -> _Written | None:
    """The call with this name, whose brackets or braces are there; None where they do not end."""
    label = braces = None
    if text[at] == "[":
        stop = end_of_label(text, at, end)
        if stop < 0:
            return None
        label, at = (at, stop), stop
    if text.startswith("{", at, end):
        found = compiled(ARGUMENTS).match(text, at, end)
        if not found:
            return None
        braces, at = found.span(), found.end()
    return _Written(name, start, label, braces, at)


def _call_on_line(state: StateBlock, row: int, first: int, written: _Written) -> Call:
    """The call; the line starts at that offset of the body."""
    line = reading_of(state.env).line + row
    return Call(
        *(written.name, CallForm.LEAF),
        _arguments(state.src, written.braces, lambda at, end: (line, at - first + 1, end - at)),
        has_label=written.has_label,
        has_body=False,
        line=line,
        column=written.start - first + 1,
        length=written.end - written.start,
    )


_Place = Callable[[int, int], tuple[int, int, int]]
"""Line and column in the file, and the length, of what is between two offsets of a text."""


def _arguments(text: str, braces: tuple[int, int] | None, place: _Place) -> tuple[Argument, ...]:
    found = arguments_in(text, *braces) if braces else ()
    return tuple(Argument(it.name, it.value, *place(it.start, it.end)) for it in found)


def _push_opening(state: StateBlock, row: int, call: Call) -> Token:
    opening = state.push(_OPEN, "", 1)
    opening.map, opening.meta = [row, row + 1], {"call": call}
    state.env[_CALLED] = True
    return opening


def _push_label(state: StateBlock, row: int, label: str) -> None:
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = label, [row, row + 1], []


@contextmanager
def around_body(state: StateBlock, opening: Opening) -> Iterator[None]:
    """A call of a container; one without a name is an element."""
    if opening.name is None:
        with within("div")(state, opening):
            yield
        return
    title = opening.label or opening.title
    token = _push_opening(state, opening.row, _call_around(state, opening, title is not None))
    if title:
        state.push(_TITLE_OPEN, "", 1)
        _push_label(state, opening.row, title.text)
        state.push(_TITLE_CLOSE, "", -1)
    before = len(state.tokens)
    yield
    token.meta["call"] = replace(token.meta["call"], has_body=len(state.tokens) > before)
    state.push(_CLOSE, "", -1)


def _call_around(state: StateBlock, opening: Opening, has_title: bool) -> Call:
    assert opening.name
    reading = reading_of(state.env)
    line, name, given = reading.line + opening.row, opening.name, opening.attributes
    arguments: tuple[Argument, ...] = ()
    if given and compiled(ARGUMENTS).fullmatch(given.text):
        arguments = _arguments(
            *(given.text, (0, len(given.text))),
            lambda at, end: (line, given.column + at + 1, end - at),
        )
    elif given:
        problem = Diagnostic(
            *("SG321", f"the arguments of '{name.text}' cannot be read", None),
            *(line, given.column + 1, 'they are written as {name=value other="two words"}'),
            len(given.text),
        )
        reading.diagnostics.append(problem)
    return Call(
        *(name.text, CallForm.CONTAINER, arguments),
        has_label=has_title,
        has_body=False,
        line=line,
        column=name.column + 1,
        length=len(name.text),
        like=nearest_container(state.md, name.text),
    )


def _inline(state: StateInline, silent: bool) -> bool:
    """A call in a text, which brackets make one."""
    start, text = state.pos, state.src
    found = compiled(_IN_TEXT).match(text, start, state.posMax) if text[start] == ":" else None
    if not found or (start and (text[start - 1].isalnum() or text[start - 1] in ":_")):
        return False
    written = _written(found["name"], text, start, found.end(), state.posMax)
    if written is None or written.label is None or text.startswith("(", written.end):
        return False
    if not silent:
        state.push(_OPEN, "", 1).meta = {"written": written}
        state.env[_CALLED] = True
        last = state.posMax
        state.pos, state.posMax = written.label[0] + 1, written.label[1] - 1
        state.md.inline.tokenize(state)
        state.posMax = last
        state.push(_CLOSE, "", -1)
    state.pos = written.end
    return True


def _take_calls(state: StateCore) -> None:
    """Number the calls, in the order of the text."""
    if _CALLED not in state.env:
        return
    reading, opened, lines = reading_of(state.env), list[int](), Lines(state.src)
    for before, token in pairwise((Token("", "", 0), *state.tokens)):
        children = token.children or ()
        if token.type in _AROUND:
            _number(token, opened, reading)
        elif any(child.type == _OPEN for child in children):
            content = lines.content(before, token)
            for child in children:
                if child.type == _OPEN:
                    child.meta["call"] = _call_in_text(child.meta["written"], content, reading)
                if child.type in _AROUND:
                    _number(child, opened, reading)
    state.tokens = list(_with_images_apart(state.tokens))


def _call_in_text(written: _Written, content: Content, reading: Reading) -> Call:
    def place(start: int, end: int) -> tuple[int, int, int]:
        row, column, length = content.place(start, end)
        return reading.line + row, column + 1, length

    arguments = _arguments(content.text, written.braces, place)
    at = place(written.start, written.end)
    return Call(written.name, CallForm.INLINE, arguments, written.has_label, False, *at)


def _number(token: Token, opened: list[int], reading: Reading) -> None:
    if token.type == _OPEN:
        call: Call = token.meta["call"]
        opened.append(len(reading.calls))
        reading.calls.append(call)
    token.meta["number"] = opened[-1]
    if token.type == _CLOSE:
        opened.pop()


def _with_images_apart(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, where each image of a container is a paragraph, if its paragraph has no text."""
    levels, paragraph = [-1], list[Token]()
    for token in tokens:
        if paragraph or (token.type == "paragraph_open" and token.level == levels[-1]):
            paragraph.append(token)
            if token.type == "paragraph_close":
                yield from _apart(*paragraph)
                paragraph = []
            continue
        if token.type == _OPEN:
            levels.append(token.level + 1)
        elif token.type == _CLOSE:
            levels.pop()
        yield token


def _apart(opening: Token, content: Token, closing: Token) -> Iterator[Token]:
    images = _images(content.children or ())
    if len(images) < 2:
        yield from (opening, content, closing)
        return
    for image in images:
        yield from (opening.copy(), content.copy(children=image), closing.copy())


def _images(parts: Iterable[Token]) -> list[list[Token]]:
    """The images, each with the link that it may be; none where there is anything else."""
    images: list[list[Token]] = [[]]
    for part in parts:
        is_space = part.type in ("softbreak", "hardbreak") or not part.content.strip()
        if part.type in ("link_open", "image", "link_close"):
            images[-1].append(part)
        elif part.type not in ("softbreak", "hardbreak", "text") or not is_space:
            return []
        elif images[-1]:
            images.append([])
    found = [image for image in images if image]
    types = [tuple(part.type for part in image) for image in found]
    return found if {("image",), ("link_open", "image", "link_close")}.issuperset(types) else []


def _mark(token: Token, _: Reading) -> str:
    """What stands around the text of a call; a block has lines of its own."""
    is_title = token.type in (_TITLE_OPEN, _TITLE_CLOSE)
    mark = mark_of_call(token.meta["number"], is_end=token.nesting < 0, is_title=is_title)
    return f"{mark}\n" if token.block else mark


COMPONENTS = Syntax(
    "components",
    _install,
    block={_RULE: ":"},
    inline={_RULE: rf":{NAME_OF_CALL}\[", "components": NOWHERE},
)
"""Calls that are a line or a part of a text."""

COMPONENT_CONTAINERS = Syntax("containers of components", _install_containers)
"""Calls that are containers: all that no other syntax brings."""
