"""TeX as MathML Core, by math-core (the extra `math`), and MathML as TeX again.

math-core is a recursive parser in Rust: a formula that is nested too deeply would end the process.
Its stack is therefore one of our own, which what a formula may hold, and macros may add, cannot
fill: no level of its grammar takes more than 3 kB, as measured.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from html import escape, unescape
from importlib.util import find_spec
from typing import TYPE_CHECKING, TypeVar

from sitegen.model.dataclass import dataclass

if TYPE_CHECKING:
    from math_core import LatexToMathML

Macros = tuple[tuple[str, str], ...]
"""The name of each macro, without its backslash, and what it stands for."""
LONGEST_FORMULA = 10_000
"""Characters."""
ID_PREFIX = "math:"
r"""What the id of an equation has before the name in its `\label`; no heading has such an id."""
LONG_LINE = 24
"""Characters of a line of a formula from which on it may be wider than a phone."""

_STACK = 64 << 20
"""Bytes, of which the system provides those that are used."""
_LEVELS = 10_000
"""Levels of nesting that macros may add to a formula."""
_EXPANSIONS = 1000
"""Uses of macros in a formula, as math-core itself has it."""
_ERROR = re.compile(r"(?:input\d+:)?(?P<at>\d+): (?P<what>.*)", re.DOTALL)
_DEFINES = re.compile(r"\\(?:def|let|(?:new|renew|provide)command|DeclareMathOperator)")
_LEVEL = re.compile(r"[{\\]")
_TAGGED = re.compile(r"\\(?:tag|label)(?![a-zA-Z])")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#\d+|#x[0-9a-fA-F]+);)\w+;")
"""A named entity that XML does not know."""
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(rf' id="({ID_PREFIX}[^"]*)"')
_REFERENCE = re.compile(r'<math[^>]*><mtext><a href="(#[^"]*)">(.*?)</a></mtext></math>')
"""A formula that is nothing but a reference."""
_LINK = re.compile(r'<a href="#[^"]*">|</a>')
_LOST = re.compile(r'<a href="#[^"]*">\(?\?\?\)?</a>')
"""A reference that leads nowhere."""
_STRUCTURE = re.compile(r"\\(?:(?:begin|end|label)\{[^}]*\}|(?:left|right|text|math)[a-z]*)")
"""What says nothing in TeX about what a formula is about."""
_NUMBERED, _END = r"\begin{equation}", r"\end{equation}"
_FORMULA = re.compile(r'<math\b[^>]*?\salttext="(?P<tex>[^"]*)"[^>]*>.*?</math>', re.DOTALL)

_Text = tuple[str, bool]
"""What math-core is given of a formula: its TeX, and whether it is a block."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as its author wrote it."""

    tex: str
    is_display: bool


@dataclass(frozen=True, slots=True)
class Converted:
    """What became of a formula."""

    html: str | None
    """None where its TeX cannot be read."""
    ids: tuple[str, ...] = ()
    """Those of its equations that have a name."""
    target: str = ""
    """Where it leads, if it is nothing but a reference, whose text is its HTML."""
    is_wide: bool = False
    """Whether it may be wider than a phone."""
    mistake: str = ""
    """What is wrong with its TeX."""
    at: int = 0
    """Where in its TeX that is."""


def can_convert() -> bool:
    """Whether math-core is installed."""
    return find_spec("math_core") is not None


def as_mathml(formulas: Sequence[Formula], macros: Macros) -> tuple[Converted, ...]:
    """The formulas of a document, whose equations are numbered from the first to the last.

    Without the extra, and of TeX that cannot be read, there is no HTML.
    """
    if not can_convert():
        return tuple(Converted(None) for _ in formulas)
    return _on_a_large_stack(lambda: _converted(formulas, macros))


def wrong_macro(macros: Macros) -> tuple[str, str] | None:
    """The name of the first macro that cannot be used, and why; None also without math-core."""
    if not can_convert():
        return None
    from math_core import LatexError

    try:
        _on_a_large_stack(lambda: _converter(macros, 1))
    except LatexError as error:
        number, _, said = str(error).removeprefix("macro").partition(":")
        return macros[int(number)][0], _sentence(said)[1]
    return None


def with_tex(html: str, shown: Callable[[str], str]) -> str:
    """The HTML with this in place of each formula, of its TeX as HTML."""
    return _FORMULA.sub(lambda math: shown(math["tex"]), html)


def words_of_tex(tex: str) -> str:
    """The TeX of a formula without what nobody looks for."""
    return f" {_STRUCTURE.sub(' ', tex)} "


def _converted(formulas: Sequence[Formula], macros: Macros) -> tuple[Converted, ...]:
    from math_core import LatexError

    texts = [_numbered(formula) for formula in formulas]
    mistakes = {
        number: Converted(None, mistake=f"it has more than {LONGEST_FORMULA:,} characters")
        for number, (tex, _) in enumerate(texts)
        if len(tex) > LONGEST_FORMULA
    }
    try:
        pieces = _together(texts, mistakes, macros)
    except LatexError:
        for number, text in enumerate(texts):
            if number not in mistakes:
                try:
                    _together([text], (), macros)
                except LatexError as error:
                    mistakes[number] = _mistaken(formulas[number], text[0], str(error))
        pieces = _together(texts, mistakes, macros)
    html, ids = iter(pieces), set[str]()
    return tuple(
        mistakes.get(number) or _finished(formula, next(html), ids)
        for number, formula in enumerate(formulas)
    )


def _together(texts: Sequence[_Text], without: Container[int], macros: Macros) -> list[str]:
    """The MathML of all formulas but some, by their numbers, so that one can refer to another.

    Raises LatexError.
    """
    taken = [text for number, text in enumerate(texts) if number not in without]
    levels = max((1, *(_levels(meaning) for _, meaning in macros), *map(_defined, taken)))
    return _converter(macros, max(1, min(_EXPANSIONS, _LEVELS // levels))).convert_all(taken)


def _mistaken(formula: Formula, text: str, error: str) -> Converted:
    at, what = _sentence(error)
    added = len(_NUMBERED) if text != formula.tex else 0
    return Converted(None, mistake=what, at=min(max(0, at - added), len(formula.tex.rstrip())))


def _numbered(formula: Formula) -> _Text:
    r"""What math-core is given: a `\tag` or `\label` may be in any formula, as MathJax has it."""
    tex = formula.tex
    is_bare = formula.is_display and "\\begin{" not in tex and _TAGGED.search(tex)
    return (f"{_NUMBERED}{tex}{_END}" if is_bare else tex), formula.is_display


def _defined(text: _Text) -> int:
    """How many levels a macro that a formula itself defines may have."""
    return _levels(text[0]) if _DEFINES.search(text[0]) else 1


def _levels(text: str) -> int:
    return len(_LEVEL.findall(text))


@lru_cache(8)
def _converter(macros: Macros, expansions: int) -> LatexToMathML:
    """Raises LatexError where a macro is wrong."""
    from math_core import LatexToMathML

    return LatexToMathML(
        macros=dict(macros),
        max_expansions=expansions,
        id_prefix=ID_PREFIX,
        fancy_error=False,
    )


def _sentence(error: str) -> tuple[int, str]:
    """Where a mistake is, and what it is, from the text of an error."""
    found = _ERROR.match(error)
    at, what = (int(found["at"]), found["what"]) if found else (0, error)
    what = what.strip().removesuffix(".").replace('"', "'")
    return at, f"{what[:1].lower()}{what[1:]}"


def _finished(formula: Formula, html: str, taken: set[str]) -> Converted:
    """The MathML with the TeX, for those who cannot see it, and without entities of HTML.

    The ids of its equations are added to those that are taken.
    """
    if _LOST.search(html):
        return Converted(None, mistake=r"no formula here has a \label with this name")
    ids = tuple(map(unescape, _ID.findall(html)))
    if not taken.isdisjoint(ids):
        return Converted(None, mistake=r"a formula above has the same \label")
    taken.update(ids)
    if reference := _REFERENCE.fullmatch(html):
        return Converted(reference[2], target=unescape(reference[1]))
    html = _LINK.sub("", html)  # what is in a formula cannot be reached by itself
    html = _ENTITY.sub(lambda entity: unescape(entity[0]), html)
    tex = escape(" ".join(formula.tex.split()))
    is_wide = any(len(_TAG.sub("", row)) > LONG_LINE for row in html.split("<mtr"))
    start = len("<math")
    return Converted(f'{html[:start]} alttext="{tex}"{html[start:]}', ids, is_wide=is_wide)


def _on_a_large_stack(task: Callable[[], _Result]) -> _Result:
    """The result of a task, or what it raises, from a thread that has ended."""
    from concurrent.futures import ThreadPoolExecutor

    before = threading.stack_size(_STACK)
    try:
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(task).result()
    finally:
        threading.stack_size(before)
