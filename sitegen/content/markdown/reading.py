"""One body being read: what the rules go by, and what they find in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from html import escape
from typing import NamedTuple

from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.content.markdown.positions import Lines
from sitegen.model.code import CodeBlock, CodeFile
from sitegen.model.components import Call
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Heading, Image, Link, NumberedLines

RenderRule = Callable[..., str]


def escaped_code(code: str, _language: str = "") -> str:
    """The code as HTML without colours."""
    return escape(code, quote=False)


def no_other(_language: str) -> None:
    """No other language is meant."""
    return


def unheard(_code: str, _shown: str) -> None:
    """Nobody asks how code is shown."""


class Diagram(NamedTuple):
    """A diagram as its author wrote it."""

    renderer: str
    """The name of what draws it, such as `mermaid`."""
    source: str


class Drawing(NamedTuple):
    """What became of a diagram."""

    svg: str = ""
    """Empty where there is none."""
    mistake: str = ""
    """What is wrong with its source."""
    line: int = 0
    """The line of its source with the mistake, from 1; 0 where that is not known."""
    lacks: str = ""
    """Why it is not drawn, although nothing is wrong with it."""


def undrawn(diagrams: Sequence[Diagram]) -> Sequence[Drawing]:
    """No diagram is drawn."""
    return [Drawing() for _ in diagrams]


@dataclass(frozen=True, slots=True)
class Highlighter:
    """How code becomes HTML."""

    highlight: Callable[[str, str], str | None] = escaped_code
    """Code and language → HTML; None for an unknown language, TimeoutError with the reason if it
    takes too long."""
    meant: Callable[[str], str | None] = no_other
    """The language that is meant by one that `highlight` does not know; None if it is no slip."""
    shown: Callable[[str, str], None] = unheard
    """Is given code that was highlighted and what is shown in its place: lines as elements, or for
    code in a text no line break."""
    draw: Callable[[Sequence[Diagram]], Sequence[Drawing]] = undrawn
    """The drawings of the diagrams of a document."""


@dataclass(slots=True)
class Reading:
    """The body's first line in its file, what is known of its document, and findings."""

    line: int = 1
    given_title: str | None = None
    highlighter: Highlighter = Highlighter()
    language: str = "en"
    lines: Lines = field(default_factory=lambda: Lines(""))
    title: str | None = None
    toc: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    lines_with_ids: list[NumberedLines] = field(default_factory=list)
    """Of code blocks without an id of their own; the other ids are in `anchors`."""
    blocks: list[CodeBlock] = field(default_factory=list)
    """Those of code with an id of their own."""
    files: list[CodeFile] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    """What wikilinks name (`Rendered.names`)."""
    embeds: list[int] = field(default_factory=list)
    """The indices of the links that show a document in their place."""
    calls: list[Call] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    uses: set[str] = field(default_factory=set)
    """The parts of the theme that a page with this body needs (`Rendered.uses`)."""
    doubts: set[str] = field(default_factory=set)
    """The kinds of doubts about options of code blocks that have been reported."""


def environment(reading: Reading) -> EnvType:
    """What markdown-it hands on to every rule: parsers are shared, and hold no state."""
    return {"reading": reading}


def reading_of(env: EnvType) -> Reading:
    """The reading that a rule takes part in."""
    reading = env["reading"]
    assert isinstance(reading, Reading)
    return reading


def render_rule(render: Callable[[Token, Reading], str]) -> RenderRule:
    """A render rule as markdown-it calls it, of one that needs the token and the reading."""

    def rule(_: object, tokens: list[Token], index: int, __: object, env: EnvType) -> str:
        return render(tokens[index], reading_of(env))

    return rule
