"""TeX as MathML Core, by math-core (the extra `math`), and MathML as TeX again.

math-core is a recursive parser in Rust: a formula that is nested too deeply would end the process.
Its stack is therefore one of our own, which what a formula may hold, and macros may add, cannot
fill: no level of its grammar takes more than 3 kB, as measured.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape, unescape
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sitegen.content.markdown.tex import (
    FOREIGN_COMMANDS,
    Macros,
    SpelledTex,
    between,
    spelled_tex,
)
from sitegen.model.dataclass import dataclass

if TYPE_CHECKING:
    from math_core import LatexToMathML

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
_ERROR = re.compile(r"(?:(?:input|macro)(\d+):)?(\d+): (.*)", re.DOTALL)
_DEFINES = re.compile(r"\\(?:def|let|(?:renew|provide)command)(?![a-zA-Z])")
_LEVEL = re.compile(r"[{\\]")
_TAGGED = re.compile(r"\\(?:tag|label)(?![a-zA-Z])")
_NUMBERING = re.compile(r"\\begin\{(?:equation|align|flalign|gather|multline)\*?\}")
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
_EMPTY = re.compile(r"<math[^>]*>(?:<mrow></mrow>)*</math>")
"""What becomes of definitions."""
_FORMULA = re.compile(r'<math\b[^>]*?\salttext="(?P<tex>[^"]*)"[^>]*>.*?</math>', re.DOTALL)

_Given = tuple[str, bool]
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


class _Mistake(NamedTuple):
    """What is wrong with a formula, or with a macro."""

    number: int
    """Of the formula or macro, from 0."""
    at: int
    what: str


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
        mistake = _mistake(str(error))
        return [*_meanings(macros)][mistake.number], mistake.what
    return None


def with_tex(html: str, shown: Callable[[str], str]) -> str:
    """The HTML with this in place of each formula, of its TeX as HTML."""
    return _FORMULA.sub(lambda math: shown(math["tex"]), html)


def words_of_tex(tex: str) -> str:
    """The TeX of a formula without what nobody looks for."""
    return f" {_STRUCTURE.sub(' ', tex)} "


def _converted(formulas: Sequence[Formula], macros: Macros) -> tuple[Converted, ...]:
    from math_core import LatexError

    sources = [_numbered(formula) for formula in formulas]
    given = [(it.tex, formula.is_display) for it, formula in zip(sources, formulas, strict=True)]
    found = {
        number: Converted(None, mistake=f"it has more than {LONGEST_FORMULA:,} characters")
        for number, formula in enumerate(formulas)
        if len(formula.tex) > LONGEST_FORMULA
    }
    tried = [number for number in range(len(formulas)) if number not in found]
    convert = _converter(macros, _expansions(macros, [given[it][0] for it in tried])).convert_all
    try:
        html = convert([given[it] for it in tried])
    except LatexError:
        for mistake in _mistakes([given[it] for it in tried], convert):
            number = tried[mistake.number]
            at = min(sources[number].origin(mistake.at), len(formulas[number].tex.rstrip()))
            found[number] = Converted(None, mistake=mistake.what, at=at)
        html = convert([given[it] for it in tried if it not in found])
    pieces, ids = iter(html), set[str]()
    return tuple(
        found.get(number) or _finished(formula, next(pieces), ids)
        for number, formula in enumerate(formulas)
    )


def _mistakes(
    given: Sequence[_Given], convert: Callable[[list[_Given]], object]
) -> Iterator[_Mistake]:
    """What math-core says of each formula that it cannot read, with the definitions above it."""
    from math_core import LatexError

    definitions: list[_Given] = []
    for number, formula in enumerate(given):
        try:
            convert([*definitions, formula])
        except LatexError as error:
            yield _mistake(str(error))._replace(number=number)
        else:
            definitions += [formula] if _DEFINES.search(formula[0]) else []


def _mistake(error: str) -> _Mistake:
    """What the text of an error says."""
    found = _ERROR.match(error)
    number, at, what = found.groups() if found else ("0", "0", error)
    what = what.strip().removesuffix(".").replace('"', "'")
    return _Mistake(int(number or 0), int(at), f"{what[:1].lower()}{what[1:]}")


def _numbered(formula: Formula) -> SpelledTex:
    r"""What math-core is given: a `\tag` or `\label` may be in any formula, as MathJax has it."""
    source = spelled_tex(formula.tex)
    if not formula.is_display or not _TAGGED.search(source.tex) or _NUMBERING.search(source.tex):
        return source
    return between(r"\begin{equation}", source, r"\end{equation}")


def _expansions(macros: Macros, formulas: Iterable[str]) -> int:
    """How many uses of macros a formula can have: few where each may be deeply nested."""
    defining = (tex for tex in formulas if _DEFINES.search(tex))
    texts = (*_meanings(macros).values(), *defining)
    return max(1, min(_EXPANSIONS, _LEVELS // max(1, *map(_levels, texts))))


def _levels(text: str) -> int:
    return len(_LEVEL.findall(text))


def _meanings(macros: Macros) -> dict[str, str]:
    """All macros by name; those of the site count more."""
    return dict(FOREIGN_COMMANDS) | {name: spelled_tex(tex).tex for name, tex in macros}


@lru_cache(8)
def _converter(macros: Macros, expansions: int) -> LatexToMathML:
    """Raises LatexError where a macro is wrong."""
    from math_core import LatexToMathML

    return LatexToMathML(
        macros=_meanings(macros),
        global_group=True,
        allow_unreliable_rendering=True,  # a wide tilde, which may be narrow
        max_expansions=expansions,
        id_prefix=ID_PREFIX,
        fancy_error=False,
    )


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
    if _EMPTY.fullmatch(html):
        return Converted("")
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
