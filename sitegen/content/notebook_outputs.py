"""What the code of a notebook has put out, as Markdown.

Of several forms of one output, the first in `_FORMS` is shown that says something when scripts are
taken out. Pictures become files. Colours of terminals are left out: the text is the program's.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sitegen.content.notebook_html import CONTROL, without_scripts
from sitegen.images.errors import ImageError
from sitegen.images.head import image_head
from sitegen.model.document import FIGURE

Figures = dict[str, bytes]
"""The pictures of a notebook by their names."""

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)", re.DOTALL)
"""Escape sequences of terminals (ECMA-48 §5.4, §5.6)."""
_REWRITTEN = re.compile(r"[^\n]*\r(?!\n)")
"""The start of a line that a program has gone back over, as progress bars do."""

_PICTURES = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
}
_FORMS = (
    *("text/html", "text/markdown", "text/latex"),
    *_PICTURES,
    *("application/json", "text/plain"),
)
_FORMULA = re.compile(
    r"""
      \s* (?: (?P<dollars> \$\$? ) (?P<tex> [^$]+ ) (?P=dollars) | \\\[ (?P<between> .+ ) \\\]
    | (?P<block> \\begin\{ (?P<name> (?:equation|align|eqnarray|gather|multline)\*? ) \}
      .+ \\end\{ (?P=name) \} ) ) \s*
    """,
    re.VERBOSE | re.DOTALL,
)
"""LaTeX that is one formula, as SymPy writes it."""
_INLINE = re.compile(r"\$[^$]+\$")
_COMMAND = re.compile(r"[\\{}#&*<\[_`^~]")
"""What is more than words, to LaTeX or to Markdown."""
_OBJECT = re.compile(r"<[\w.]+ (?:object|at 0x[0-9a-f]+).*>", re.DOTALL)
"""How Python names what has another form."""


def terminal_text(text: str) -> str:
    """A text as a terminal would show it in the end, without colours."""
    return CONTROL.sub("", _REWRITTEN.sub("", _ANSI.sub("", text)))


def fenced(code: str, language: str) -> str:
    """A block of code that may hold anything."""
    longest = max(map(len, re.findall("`{3,}", code)), default=2)
    marks = "`" * (longest + 1)
    return f"{marks}{language}\n{code.rstrip()}\n{marks}"


class CellOutputs:
    """The outputs of one cell."""

    def __init__(self, cell: int, alt: str = "", caption: str = "") -> None:
        """The number of the cell, from 1, and what it says of its pictures."""
        self._cell, self._alt, self._caption = cell, alt, caption
        self.figures: Figures = {}
        self.unshown: list[str] = []
        """A form of each output that has none to be shown."""

    def markdown(self, outputs: Iterable[Mapping[str, Any]]) -> Iterator[str]:
        """The outputs as blocks of Markdown; texts that follow each other are one."""
        text = ""
        for output in outputs:
            shown = _text_of(output)
            if shown is not None:
                text += shown
                continue
            if text.strip():
                yield fenced(terminal_text(text), "output")
            text = ""
            yield from self._shown(output.get("data", {}), output.get("metadata", {}))
        if text.strip():
            yield fenced(terminal_text(text), "output")

    def _shown(self, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[str]:
        for form in _FORMS:
            if form in data and (block := self._form(form, data, metadata)):
                yield block
                return
        self.unshown += [form for form in data if form != "text/plain"][:1]

    def _form(self, form: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> str | None:
        if form in _PICTURES:
            return self._picture(form, data, metadata)
        if form == "application/json":
            return fenced(json.dumps(data[form], indent=2, ensure_ascii=False), "json")
        text = joined_lines(data[form])
        if form == "text/html":
            return without_scripts(text)
        if form == "text/latex":
            return _latex(CONTROL.sub("", text))
        if form == "text/markdown":
            return CONTROL.sub("", text)
        says_nothing = not text.strip() or (len(data) > 1 and _OBJECT.fullmatch(text))
        return None if says_nothing else fenced(terminal_text(text), "output")

    def _picture(
        self, form: str, data: Mapping[str, Any], metadata: Mapping[str, Any]
    ) -> str | None:
        content = picture_bytes(form, joined_lines(data[form]))
        if content is None:
            return None
        name = self.add(content, _PICTURES[form])
        alt = self._alt or terminal_text(joined_lines(data.get("text/plain", ""))).strip("<> \n")
        sides = _sides(content, metadata.get(form, {}))
        size = " ".join(f"{side}={pixels}" for side, pixels in sides)
        title = f' "{_quoted(self._caption)}"' if self._caption else ""
        attributes = f"{{{size}}}" if size else ""
        return f"![{_quoted(alt)}]({FIGURE}{name}{title}){attributes}"

    def add(self, content: bytes, ending: str) -> str:
        """Keep a picture, and give its name."""
        name = f"cell-{self._cell}-{len(self.figures) + 1}.{ending}"
        self.figures[name] = content
        return name


def _latex(text: str) -> str:
    """A formula, a text with formulas, or the source of what is neither, such as a table."""
    if found := _FORMULA.fullmatch(text):
        return fenced(next(filter(None, found.group("tex", "between", "block"))).strip(), "math")
    return text if not _COMMAND.search(_INLINE.sub("", text)) else fenced(text, "tex")


def _sides(content: bytes, given: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The width and height of a picture: as it is to be shown, or its own."""
    try:
        own = image_head(content).size or (None, None)
    except ImageError:
        own = (None, None)
    for side, pixels in zip(("width", "height"), own, strict=True):
        known = given.get(side) if given else pixels
        if isinstance(known, int):
            yield side, known


def with_attachments(attachments: Mapping[str, Any], outputs: CellOutputs) -> Callable[[str], str]:
    """What puts files in place of the `attachment:NAME` of a text of Markdown."""
    names: dict[str, str] = {}
    for name, forms in attachments.items():
        for form, content in forms.items():
            found = picture_bytes(form, joined_lines(content)) if form in _PICTURES else None
            if found is not None:
                names[f"attachment:{name}"] = f"{FIGURE}{outputs.add(found, _PICTURES[form])}"
    if not names:
        return str
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    return lambda text: pattern.sub(lambda found: names[found[0]], text)


def joined_lines(text: object) -> str:
    """A text of a notebook, which is one string or a list of lines."""
    return "".join(map(str, text)) if isinstance(text, list | tuple) else str(text)


def picture_bytes(form: str, content: str) -> bytes | None:
    """The bytes of a picture; None for what is none."""
    if form == "image/svg+xml":
        return content.encode()
    try:
        return b64decode("".join(content.split()), validate=True) or None
    except Error:
        return None


def _text_of(output: Mapping[str, Any]) -> str | None:
    """What a program has written, or an error says; None for what is shown in another way."""
    kind = output.get("output_type")
    if kind == "stream":
        return joined_lines(output.get("text", ""))
    if kind == "error":
        lines = output.get("traceback") or [f"{output.get('ename')}: {output.get('evalue')}"]
        return "\n".join(map(str, lines)) + "\n"
    return None


def _quoted(text: str) -> str:
    """A text on one line that Markdown reads as it is."""
    return re.sub(r'([\\\[\]"`*_<])', r"\\\1", " ".join(text.split()))
