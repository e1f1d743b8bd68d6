"""What the info string of a code block says: its language and its options.

Every generator spells its options in a way of its own: `{linenos=table,hl_lines=[1,"3-5"]}` (Hugo),
`rust,linenos,hl_lines=1 3-5` (Zola), `linenums="1" hl_lines="1 3-5"` (MkDocs), `js {1,3-5}`
(Gatsby, Docusaurus, VitePress), `{.js .numberLines startFrom="5"}` (Pandoc), `ins={2}` (Astro). All
are names, names with values, and lines in braces, so one pattern reads them all, and a name means
the same in any of these shapes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from functools import cache, lru_cache

from markdown_it.common.utils import unescapeAll

from sitegen.content.markdown.extensions.attributes import ATTRIBUTE_NAMES
from sitegen.model.dataclass import dataclass
from sitegen.text.spelling import Names

Range = tuple[int, int]
"""The first and the last of some lines, which are counted from 1."""

LANGUAGE = re.compile(r"\s*(?:\{\s*(\.?)([A-Za-z][^\s{},:=]*)(?=[\s,}])|([^\s{},:=\[]+))")
"""The first word of `py`, `py title=…`, `py{1,3}`, `rust,ignore`, `{.py}` and `{.py #id}`."""

OPTION = re.compile(
    r"""
    (?P<name> [^\W\d][^\s,{}=:\[\]"'`#]* )
    (?: [=:][ ]?(?P<value> "[^"]*" | '[^']*' | \[[^\]]*\] | \{[^}]*\} | [^\s,{}"'\[\]]+ )
      | (?P<braced> \{[\d\s,-]+\} )
    )?
  | \. (?P<class> [^\s{}"'<>#=,.]+ )
  | \# (?P<id> [^\s{}"'<>#=,]+ )
  | \[ (?P<label> [^\]]* ) \]
  | (?P<lines> \{ [\s,-]* \d [\d\s,-]* \} | \d+ (?:-\d+)? )
  | (?P<words> "[^"]*" | '[^']*' | /[^/\s]+/ )
    """,
    re.VERBOSE,
)

RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")

OPTION_NAMES = {
    "title": "title filename caption codeTitle name",
    "marked": "mark highlight hl_lines emphasize-lines highlightLines",
    "added": "ins add",
    "deleted": "del remove",
    "focused": "focus",
    "folded": "collapse hide hide_lines",
    "numbers": "numbers linenos linenums showLineNumbers numberLines number-lines line-numbers",
    "unnumbered": "no-numbers no-line-numbers",
    "start": "start linenostart lineno-start startFrom start-line startLine startLineNumber",
    "wrap": "wrap",
    "diff": "diff",
    "output": "output",
}
"""What each option is called, by us and by other generators. Case, `-` and `_` do not matter."""

UNSUPPORTED = {
    "file": "file include src literalinclude",
    "words": "hl_inline",
    "code": "live noInline exec npm2yarn",
}
"""What other generators do with a block, and what the options for it are called."""

MISSING = {
    "file": "no code is read from a file",
    "words": "only whole lines are marked",
    "code": "the code is shown as it is",
}
"""What does not happen, by what is unsupported."""

SILENT = (
    "ignore no_run should_panic compile_fail editable noplayground noplaypen mdbook-runnable"
    " copy no-copy select annotate twoslash frame lineanchors anchorlinenos lineNumbersInTable"
    " noClasses tabWidth guessSyntax style preserveIndent"
)
"""Options of others that change nothing that readers of a post would miss."""

RUST = re.compile(r"edition20\d\d|E\d{4}")
"""What the tests of Rust's documentation go by."""

ATTRIBUTE_NAME = re.compile(ATTRIBUTE_NAMES)

OFF = frozenset(("false", "off", "no", "0"))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A part of an info string, as written, that does not have the effect it should have."""

    code: str
    part: str
    message: str
    hint: str
    kind: str
    """Of those of one kind in a document, the first is reported."""


@dataclass(slots=True)
class Info:
    """What an info string says."""

    language: str = ""
    """The language that it names, or an empty string."""
    title: str = ""
    """Most often the name of a file; empty if there is none."""
    label: str = ""
    """Its `[npm]`: what a tab is called."""
    id: str = ""
    lines: dict[str, tuple[Range, ...]] = field(default_factory=dict)
    """Which lines are `marked`, `added`, `deleted`, `focused` and `folded`."""
    numbers: bool | None = None
    """Whether lines have numbers; None: where they help."""
    start: int = 1
    """The number of the first line."""
    folds: bool = False
    """Whether the whole block is folded."""
    wraps: bool = False
    is_diff: bool = False
    """Whether lines start with `+`, `-` or a space that are no part of the code."""
    is_output: bool = False
    doubts: tuple[Doubt, ...] = ()


@lru_cache(maxsize=256)  # the code blocks of a blog have the same few
def read_info(written: str) -> Info:
    """What an info string says; it is shared, and not to be changed."""
    language = LANGUAGE.match(written)
    if language and written[language.end() :].startswith("=") and _plain(language[0]) in _names():
        language = None
    reader = _Reader(is_chunk=bool(language and language[2] and not language[1]))
    if language:
        name = unescapeAll(language[2] or language[3])
        reader.info.is_diff = name.startswith("diff-")
        reader.info.is_output = name == "output"
        reader.info.language = "" if name == "output" else name.removeprefix("diff-")
    for part in OPTION.finditer(written, language.end() if language else 0):
        reader.read(part)
    return reader.info


class _Reader:
    """Reads the options of one info string."""

    def __init__(self, *, is_chunk: bool) -> None:
        self.info = Info()
        self._is_chunk = is_chunk
        """`{r, echo=FALSE}`, of R Markdown or Quarto: the options are for R."""
        self._lines = ""
        """What the lines before were for: `hl_lines=1 3-5` is three words."""

    def read(self, part: re.Match[str]) -> None:
        info = self.info
        match part.lastgroup:
            case "label":
                info.label = unescapeAll(part["label"]).strip()
            case "id":
                info.id = part["id"]
            case "lines" if part[0].startswith("{") or self._lines:
                self._add_lines(self._lines if part[0][0] != "{" else "marked", part[0], part[0])
            case "words":
                self._doubt_unsupported("words", part[0])
            case "class":
                if option := _names().get(_plain(part["class"])):
                    self._take(option, "", part[0])
            case "lines":
                self._doubt_unknown(part[0], part[0])
            case _:
                value = part["value"] or part["braced"] or ""
                self._take_named(part["name"], value, part[0])

    def _take_named(self, name: str, value: str, part: str) -> None:
        plain = _plain(name)
        self._lines = ""
        if option := _names().get(plain):
            self._take(option, value, part)
        elif kind := _unsupported().get(plain):
            self._doubt_unsupported(kind, part)
        elif not self._is_silent(name, value):
            self._doubt_unknown(name, part)

    def _is_silent(self, name: str, value: str) -> bool:
        """Whether an option is one that changes nothing here: of R, of Rust, or an attribute."""
        is_attribute = value and ATTRIBUTE_NAME.fullmatch(name)
        return bool(self._is_chunk or _plain(name) in _silent() or RUST.match(name) or is_attribute)

    def _take(self, option: str, value: str, part: str) -> None:
        info = self.info
        is_on = value.strip("\"'{}").lower() not in OFF
        match option:
            case "title":
                info.title = unescapeAll(value.strip("\"'")).strip()
            case "numbers" | "start":
                number = RANGE.search(value)
                info.numbers = is_on
                info.start = int(number[1][:9]) if number and is_on else info.start
                if option == "start" and not number:
                    self._doubt(
                        part, "has no number", "write the number of the first line: start=40"
                    )
            case "unnumbered":
                info.numbers = not is_on
            case "wrap":
                info.wraps = is_on
            case "diff":
                info.is_diff = is_on
            case "output":
                info.is_output = is_on
            case "folded" if not RANGE.search(value):
                info.folds = is_on
            case _:
                self._add_lines(option, value, part)

    def _add_lines(self, option: str, value: str, part: str) -> None:
        found = ((int(a[:9]), int((b or a)[:9])) for a, b in RANGE.findall(value))
        ranges = tuple((min(pair), max(pair)) for pair in found)
        self._lines = option
        self.info.lines[option] = (*self.info.lines.get(option, ()), *ranges)
        if value.startswith(('"', "'")) and not ranges:
            self._doubt_unsupported("words", part)
        elif not ranges:
            self._doubt(part, "names no line", f"write which: {part.partition('=')[0]}={{2,4-6}}")

    def _doubt(self, part: str, what: str, hint: str) -> None:
        message = f"code block option '{part}' {what}"
        self.info.doubts += (Doubt("SG406", part, message, hint, part),)

    def _doubt_unknown(self, name: str, part: str) -> None:
        near = _known().nearest(_plain(name))
        if near:
            hint = f"did you mean '{_usual()[near]}'?"
        elif re.search(r"[./]\w", name):
            hint = f'for a title, write title="{name}"'
        else:
            hint = "remove it; the manual lists all options"
        message = f"code blocks have no option '{name}'"
        self.info.doubts += (Doubt("SG406", part, message, hint, name),)

    def _doubt_unsupported(self, kind: str, part: str) -> None:
        message = f"code block option '{part}' is not supported: {MISSING[kind]}"
        hint = "remove it, here and where else this file has such an option"
        self.info.doubts += (Doubt("SG404", part, message, hint, kind),)


def _plain(name: str) -> str:
    return name.strip().lower().replace("-", "").replace("_", "")


def _by_plain_name(table: Mapping[str, str]) -> dict[str, str]:
    return {_plain(name): key for key, names in table.items() for name in names.split()}


@cache
def _names() -> dict[str, str]:
    return _by_plain_name(OPTION_NAMES)


@cache
def _unsupported() -> dict[str, str]:
    return _by_plain_name(UNSUPPORTED)


@cache
def _silent() -> frozenset[str]:
    return frozenset(map(_plain, SILENT.split()))


@cache
def _usual() -> dict[str, str]:
    """The names of options as they are written, by their plain forms."""
    return {_plain(name): name for names in OPTION_NAMES.values() for name in names.split()}


@cache
def _known() -> Names:
    return Names(_usual())
