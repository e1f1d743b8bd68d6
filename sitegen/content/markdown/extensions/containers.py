"""Blocks between lines of colons: the one grammar of all that is written so.

    ::: note Title            :::note[Title]{#id .class}            ::: {.class}
    …                         …                                     …
    :::                       :::                                   :::

A container has a name, and may have a label, attributes and a title; colons behind all that are
passed over, as Pandoc writes them. MyST's `:::{note}` is a name too, and has its attributes below
it, as `:class: dropdown`. A line of colons alone closes
the nearest open container that starts with as many, or else with fewer, so that containers nest
in any of the known ways: with more colons outside, or with the same number. The end is looked for
line by line, outside fenced code, so neither HTML nor a list can hide it.

Another syntax brings a name with `add_container`, and says what is around the content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from sitegen.content.markdown.extensions.attributes import (
    ATTRIBUTE_NAMES,
    attributes_of,
    put_attributes,
)
from sitegen.content.markdown.reading import reading_of
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.fenced import Fenced
from sitegen.text.patterns import compiled
from sitegen.text.spelling import did_you_mean

_BRACES = r"\{(?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*\}"
_OPENING = rf"""
    (?P<colons> :{{3,}} ) [ \t]*
    (?: (?P<name> [A-Za-z][\w-]* ) | \{{ (?P<directive> [A-Za-z][\w-]* ) \}} )?
    (?: \[ (?P<label> (?: [^\[\]\\\n] | \\. | \[[^\[\]\n]*\] )* ) \] )?
    [ \t]* (?P<attributes> {_BRACES} )?
    (?: (?<= [ \t\]}}] ) [ \t]* (?P<title> [^\s:] .*? ) )??
    [ \t]* (?P<last> {_BRACES} )?
    [ \t]* :* [ \t]* \Z
"""
_BARE = r"""[^\s"',]*(?:[.#=][^\s"',]*|"[^"]*"|'[^']*')|[:,]"""
"""What no option without a value is."""

_BELOW = r":([a-z]+):[ \t]*(.*?)[ \t]*"

_KINDS = "containers"
"""The option of a parser that holds what is around each kind of container, by name."""
ANY_NAME = ""
"""Stands for every name that no other syntax has brought."""


class LinePart(NamedTuple):
    """A part of a line, and its column in the body, from 0."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Opening:
    """The line that opens a container. Parts that are not written are None."""

    row: int
    """Of the body, from 0."""
    colons: LinePart
    name: LinePart | None
    label: LinePart | None
    """What is between brackets, and may hold Markdown."""
    attributes: LinePart | None
    """With their braces."""
    title: LinePart | None
    """Text behind all that, which may hold Markdown."""
    below: tuple[tuple[str, str], ...] = ()
    """Attributes in the lines below it, one in each."""


Around = Callable[[StateBlock, Opening], AbstractContextManager[None]]
"""Pushes the tokens in front of the content of a container, and those behind it."""


def add_container(parser: MarkdownIt, name: str, around: Around) -> None:
    """Let the parser know containers of a name, which is in lower case."""
    _kinds_of(parser)[name] = around


def _kinds_of(parser: MarkdownIt) -> MutableMapping[str, Around]:
    kinds: MutableMapping[str, Around] = parser.options.setdefault(_KINDS, {})
    return kinds


def nearest_container(parser: MarkdownIt, name: str) -> str:
    """The name that a parser knows and that is nearest to a mistyped one; empty where none is."""
    return did_you_mean(name.lower(), filter(None, _kinds_of(parser)), "{}") or ""


def within(tag: str, kind: str = "", class_name: str = "") -> Around:
    """An element around the content; its tokens are of the types `KIND_open` and `KIND_close`."""

    @contextmanager
    def around(state: StateBlock, opening: Opening) -> Iterator[None]:
        token = state.push(f"{kind or tag}_open", tag, 1)
        token.map, token.markup = [opening.row, opening.row + 1], opening.colons.text
        if class_name:
            token.attrJoin("class", class_name)
        put_attributes(token, given_attributes(opening))
        yield
        state.push(f"{kind or tag}_close", tag, -1)

    return around


def given_attributes(opening: Opening) -> dict[str, str]:
    """The attributes of a container that any element may have."""
    options = options_of(opening).items()
    is_one = compiled(ATTRIBUTE_NAMES).fullmatch
    return {
        name: value
        for name, value in options
        if value and is_one(name) and name not in ("height", "width")  # of images alone
    }


def kind_of_class(name: str) -> str:
    """The name of a container that a class can stand for, as in Quarto's `.callout-note`."""
    return name.removeprefix("callout-")


def options_of(opening: Opening) -> dict[str, str]:
    """All attributes of a container, and its options without a value as empty ones."""
    text = opening.attributes.text[1:-1] if opening.attributes else ""
    bare = compiled(_BARE).sub("", text).split()
    below = (("id" if name == "name" else name, value) for name, value in opening.below)
    return dict.fromkeys(bare, "") | attributes_of(text) | dict(below)


def opening_at(state: StateBlock, row: int) -> Opening | None:
    """The line as one that opens a container; None where it does not."""
    line, column = _line(state, row)
    if not (found := compiled(_OPENING, re.VERBOSE).match(line)):
        return None
    name = "directive" if found["directive"] else "name"
    attributes = "attributes" if found["attributes"] else "last"
    if found[name] is None and (found["title"] or found[attributes] is None):
        return None

    def written(part: str) -> LinePart | None:
        return LinePart(found[part], column + found.start(part)) if found[part] else None

    colons = LinePart(found["colons"], column)
    below = tuple(_below(state, row)) if found["directive"] else ()
    label, title = written("label"), written("title")
    return Opening(row, colons, written(name), label, written(attributes), title, below)


def _below(state: StateBlock, row: int) -> Iterator[tuple[str, str]]:
    """The attributes in the lines below a directive."""
    for below in range(row + 1, state.lineMax):
        if not (found := compiled(_BELOW).fullmatch(_line(state, below)[0])):
            return
        yield found[1], found[2]


def _line(state: StateBlock, row: int) -> tuple[str, int]:
    """A line without its indentation, and the column where that ends."""
    begin = state.bMarks[row] + state.tShift[row]
    return state.src[begin : state.eMarks[row]], begin - state.src.rfind("\n", 0, begin) - 1


def _install(parser: MarkdownIt) -> None:
    ends = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "containers", _container, {"alt": ends})


def _container(state: StateBlock, row: int, end: int, silent: bool) -> bool:
    if not state.src.startswith(":::", state.bMarks[row] + state.tShift[row]):
        return False
    if state.is_code_block(row):
        return False
    kinds = _kinds_of(state.md)
    opening = opening_at(state, row)
    if opening is None:
        return ANY_NAME in kinds and _closes_nothing(state, row, silent=silent)
    around = _kind_of(opening, kinds)
    if around is None or silent:
        return around is not None
    closing = _closing(state, opening, end, kinds)
    if closing is None:
        _report(state, opening, _unclosed(opening))
    with around(state, opening):
        _read_content(state, row + 1 + len(opening.below), end if closing is None else closing)
    if closing is not None:
        state.line = closing + 1
    return True


def _kind_of(opening: Opening, kinds: MutableMapping[str, Around]) -> Around | None:
    """What is around a container of this name, or with a class that is one, as Pandoc has it."""
    if opening.name:
        return kinds.get(opening.name.text.lower(), kinds.get(ANY_NAME))
    for name in given_attributes(opening).get("class", "").split():
        if around := kinds.get(kind_of_class(name)):
            return around
    return kinds.get(ANY_NAME)


def _closing(
    state: StateBlock, opening: Opening, end: int, kinds: MutableMapping[str, Around]
) -> int | None:
    """The row that closes a container, before this end; None where there is none."""
    opened, fenced = [len(opening.colons.text)], Fenced()
    indent = state.sCount[opening.row] + 2  # where the content of a list can start
    for row in range(opening.row + 1, end):
        line, _ = _line(state, row)
        if line and state.sCount[row] < state.blkIndent:
            return None
        if not fenced.takes(line) and line.startswith(":::") and state.sCount[row] < indent:
            if colons := _colons_alone(line):
                nearest = _nearest(opened, colons)
                if nearest == 0:
                    return row
                del opened[nearest:]
            elif (inner := opening_at(state, row)) and _kind_of(inner, kinds):
                opened.append(len(inner.colons.text))
    return None


def _colons_alone(line: str) -> int:
    """How many colons a line consists of; 0 where there is anything else."""
    bare = line.rstrip()
    return 0 if bare.strip(":") else len(bare)


def _nearest(opened: list[int], colons: int) -> int:
    """The last that starts with as many colons, or else with fewer; behind all where none does."""
    for is_closed in (colons.__eq__, colons.__gt__):
        for index in reversed(range(len(opened))):
            if is_closed(opened[index]):
                return index
    return len(opened)


def _read_content(state: StateBlock, start: int, end: int) -> None:
    """Read the lines, of which none can go on behind the end."""
    line_max, parent = state.lineMax, state.parentType
    state.lineMax, state.parentType = end, "container"
    state.line = start  # where there is no line between
    state.md.block.tokenize(state, start, end)
    state.lineMax, state.parentType = line_max, parent


def _closes_nothing(state: StateBlock, row: int, *, silent: bool) -> bool:
    line, column = _line(state, row)
    if (colons := _colons_alone(line)) and not silent:
        problem = Diagnostic(
            "SG311",
            f"'{':' * colons}' closes nothing",
            hint="delete it, or open a container above it, such as '::: note'",
        )
        _report_at(state, row, LinePart(line.rstrip(), column), problem)
    return silent and colons > 0


def _unclosed(opening: Opening) -> Diagnostic:
    name = f"'{opening.name.text}'" if opening.name else "this container"
    return Diagnostic(
        "SG311",
        f"{name} is never closed: it holds all that follows",
        hint=f"add a line '{opening.colons.text}' where it ends",
    )


@contextmanager
def _around_any(state: StateBlock, opening: Opening) -> Iterator[None]:
    """A plain element; a name that nothing has brought is reported."""
    if opening.name:
        name = opening.name.text
        near = nearest_container(state.md, name)
        hint = f"did you mean '{near}'?" if near else f"for a class, write '::: {{.{name}}}'"
        _report(state, opening, Diagnostic("SG310", f"unknown container '{name}'", hint=hint))
    with within("div")(state, opening):
        yield


def _report(state: StateBlock, opening: Opening, problem: Diagnostic) -> None:
    _report_at(state, opening.row, opening.name or opening.colons, problem)


def _report_at(state: StateBlock, row: int, part: LinePart, problem: Diagnostic) -> None:
    reading = reading_of(state.env)
    line, column = reading.line + row, part.column + 1
    located = replace(problem, line=line, column=column, length=len(part.text))
    reading.diagnostics.append(located)


def _install_any(parser: MarkdownIt) -> None:
    add_container(parser, ANY_NAME, _around_any)


CONTAINERS = Syntax("containers", _install, block={"containers": ":"})
"""The grammar, for the containers that other syntaxes bring; any other line is text."""

ANY_CONTAINER = Syntax("any container", _install_any)
"""Containers of any other name, and of none."""
