r"""TeX as math-core knows it, made of what authors write for MathJax, which knows more.

In a text there can be signs and formulas: `\text{n_iter}`, `\text{if $x$}`. Some environments and
commands have other names, and a definition takes the place of one before. Each part keeps its place
in what the author wrote, where mistakes are reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sitegen.model.dataclass import dataclass

Macros = tuple[tuple[str, str], ...]
"""The name of each macro, without its backslash, and what it stands for."""

FOREIGN_COMMANDS: Macros = (
    ("mbox", r"\text{#1}"),
    ("hbox", r"\text{#1}"),
    ("textnormal", r"\text{#1}"),
    ("pmb", r"\boldsymbol{#1}"),
    ("mathds", r"\mathbb{#1}"),
    ("mathbbm", r"\mathbb{#1}"),
    ("substack", r"\begin{subarray}{c}#1\end{subarray}"),
    ("smash", "{#1}"),
    ("hdots", r"\ldots"),
    ("strut", r"\mathstrut"),
)
"""Commands of MathJax as macros."""
_ENVIRONMENTS: Mapping[str, str] = {
    "split": "aligned",
    "alignedat": "aligned",
    "alignat": "align",
    "alignat*": "align*",
    "eqnarray": "align",
    "eqnarray*": "align*",
    "smallmatrix": "matrix",
}
_WITH_COLUMNS = ("alignedat", "alignat", "alignat*")
"""Those that say how many columns they have."""
_WITH_RELATION = ("eqnarray", "eqnarray*")
"""Those whose rows are a side, a relation and a side; in `align`, the last two are one cell."""

_FOREIGN = re.compile(r"\\(?:text|[mhf]box|begin|newcommand|DeclareMathOperator)")
"""Without any of these, TeX is what math-core knows."""
_PART = re.compile(
    r"""
      \\(?: text (?:rm|bf|it|sf|tt|up|md|normal)? | [mhf]box ) \s* (?P<text> \{ )
    | \\(?P<side> begin | end ) \{ (?P<environment> [a-z]+\*? ) \} (?P<columns> \{\d+\} )?
    | \\newcommand \*? \s* (?P<bracket> \{ )? \s* (?P<command> \\[A-Za-z]+ ) \s* (?(bracket) \} )
    | \\DeclareMathOperator (?P<limits> \*? ) \s* \{? \s* (?P<operator> \\[A-Za-z]+ ) \s* \}? \s* \{
    | \\. | [{}$_^&]
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_TEXT: Mapping[str, str] = {"_": r"\_", "&": r"\&", "^": r"\textasciicircum{}"}
"""Signs that are nothing but themselves in a text."""


class _Piece(NamedTuple):
    """A part of TeX, and where it is from in that of the author."""

    text: str
    at: int
    is_same: bool = False
    """Whether it is what the author wrote."""


@dataclass(frozen=True, slots=True)
class SpelledTex:
    """TeX for math-core."""

    pieces: tuple[_Piece, ...]

    @property
    def tex(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def origin(self, at: int) -> int:
        """Where in the TeX of the author a place is."""
        for piece in self.pieces:
            if at < len(piece.text):
                break
            at -= len(piece.text)
        return piece.at + (at if piece.is_same else 0)


def spelled_tex(tex: str) -> SpelledTex:
    """The TeX of an author as math-core knows it."""
    writer, end = _Writer(), 0
    for found in _PART.finditer(tex) if _FOREIGN.search(tex) else ():
        writer.keep(tex[end : found.start()], end)
        writer.take(found)
        end = found.end()
    writer.keep(tex[end:], end)
    return SpelledTex(tuple(writer.pieces))


def between(front: str, inner: SpelledTex, behind: str) -> SpelledTex:
    """TeX between two parts that nobody wrote."""
    return SpelledTex((_Piece(front, 0), *inner.pieces, _Piece(behind, inner.pieces[-1].at)))


@dataclass(slots=True)
class _Group:
    """What is open: braces, a formula in a text, or an environment."""

    end: str = ""
    """What an author ends it with: `}`, `$` or the name of the environment."""
    behind: str = ""
    """What ends it for math-core."""
    is_text: bool = False
    command: str = ""
    """That whose text it is, with its brace."""
    piece: int = 0
    """The number of the piece that is the command."""
    cell: int = 1
    """The number of the cell in its row, of an environment."""


class _Writer:
    """Writes the parts of TeX, and knows what is open."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self._groups = [_Group()]

    def keep(self, text: str, at: int) -> None:
        """Add what the author wrote, and where."""
        self.pieces.append(_Piece(text, at, is_same=True))

    def take(self, found: re.Match[str]) -> None:
        """Add a part as math-core knows it."""
        part = self._spelled(found)
        self.pieces.append(_Piece(part, found.start(), is_same=part == found[0]))

    def _spelled(self, found: re.Match[str]) -> str:
        part, top = found[0], self._groups[-1]
        if found["text"]:
            text = _Group("}", "}", is_text=True, command=part, piece=len(self.pieces))
            self._groups.append(text)
        elif found["side"]:
            return self._side(found["side"], found["environment"], found["columns"] or "")
        elif name := found["command"] or found["operator"]:
            return self._definition(name, found["limits"])
        elif part == "{":
            self._groups.append(_Group("}", "}", is_text=top.is_text))
        elif part == top.end:
            return self._groups.pop().behind
        elif part == "$" and top.command and found.string.find("$", found.end()) > 0:
            return self._formula(top)
        elif top.is_text:
            return _IN_TEXT.get(part, part)
        elif top.end in _WITH_RELATION:
            return self._in_row(part, top)
        return part

    def _side(self, side: str, name: str, columns: str) -> str:
        """The `begin` or `end` of an environment."""
        if side == "begin":
            self._groups.append(_Group(name))
        elif self._groups[-1].end == name:
            self._groups.pop()
        known = _ENVIRONMENTS.get(name, name)
        return rf"\{side}{{{known}}}{'' if name in _WITH_COLUMNS else columns}"

    def _definition(self, name: str, limits: str | None) -> str:
        """The start of one that may replace another, of a command or else of an operator."""
        start = rf"\providecommand{{{name}}}{{}}\renewcommand{{{name}}}"
        if limits is None:
            return start
        self._groups.append(_Group("}", "}}"))
        return rf"{start}{{\operatorname{limits}{{"

    def _formula(self, text: _Group) -> str:
        """The start of a formula in a text, which ends that; behind it another begins.

        All of them are one in braces, as what is above or below something has to be.
        """
        if text.behind == "}":
            text.behind = "}}"
            command = self.pieces[text.piece]
            self.pieces[text.piece] = _Piece(f"{{{command.text}", command.at)
        self._groups.append(_Group("$", text.command))
        return "}"

    def _in_row(self, part: str, environment: _Group) -> str:
        """A part of a row of a side, a relation and a side: nothing for the second `&`."""
        if part == r"\\":
            environment.cell = 1
        elif part == "&":
            environment.cell += 1
        return "" if part == "&" and environment.cell == 3 else part
