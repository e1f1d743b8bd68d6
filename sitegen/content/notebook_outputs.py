"""What the code of a notebook has put out, as Markdown.

Of several forms of one output, the first in `_FORMS` is shown that is left when scripts are taken
out. Pictures become files. Colours of terminals are left out: the text is that of the program.
"""

from __future__ import annotations

import re
import struct
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from html.parser import HTMLParser
from typing import Any

from sitegen.model.document import FIGURE

Figures = dict[str, bytes]
"""The pictures of a notebook by their names."""

_ANSI = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)", re.DOTALL)
"""Escape sequences of terminals (ECMA-48 §5.4, §5.6)."""
_REWRITTEN = re.compile(r"[^\n]*\r(?!\n)")
"""The start of a line that a program has gone back over, as progress bars do."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Characters that HTML forbids."""

_PICTURES = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
}
_FORMS = ("text/html", "text/markdown", *_PICTURES, "text/plain")

_KEPT = re.compile(
    "table|caption|col|colgroup|thead|tbody|tfoot|tr|th|td|a|abbr|b|blockquote|br|cite|code|dd|del"
    "|details|dfn|div|dl|dt|em|figcaption|figure|h[2-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp"
    "|small|span|strong|sub|summary|sup|time|u|ul|var"
)
"""Elements that are shown; of others, only the text is."""
_DROPPED = re.compile("script|style|template|iframe|object|embed|head|svg|math|form|select")
"""Those of which nothing is shown."""
_VOID = ("br", "col", "hr", "img")
_ATTRIBUTES = ("alt", "colspan", "dir", "headers", "lang", "rowspan", "scope", "title")
_ADDRESS = re.compile(r"(?:https?://|mailto:|#|data:image/(?:png|jpeg|gif|webp);)", re.IGNORECASE)


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

    def _form(self, form: str, data: Mapping[str, Any], metadata: Mapping[str, Any]) -> str | None:
        if form in _PICTURES:
            return self._picture(form, data, metadata)
        text = joined_lines(data[form])
        if form == "text/html":
            return without_scripts(text)
        return (
            CONTROL.sub("", text)
            if form == "text/markdown"
            else fenced(terminal_text(text), "output")
        )

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


def _sides(content: bytes, given: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The width and height of a picture: as it is to be shown, or those of a PNG (§11.2.1)."""
    own = struct.unpack(">II", content[16:24]) if content[12:16] == b"IHDR" else (None, None)
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


def without_scripts(html: str) -> str | None:
    """HTML of a program without scripts, styles and links to files, as one block of Markdown.

    None where nothing is left of it.
    """
    reader = _Safe()
    reader.feed(html)
    reader.close()
    text = re.sub(r"\n\s*\n+", "\n", "".join(reader.parts)).strip()
    if not (reader.has_text or reader.has_image):
        return None
    if text.startswith("<div>") and text.endswith("</div>") and text.count("<div>") == 1:
        text = text[len("<div>") : -len("</div>")].strip()
    is_table = "<table>" in text
    attributes = ' class="table" role="group" tabindex="0"' if is_table else ""
    return f"<div{attributes}>\n{text}\n</div>"


class _Safe(HTMLParser):
    """What is left of HTML: elements and attributes that say something."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.has_text = self.has_image = False
        self._dropped: list[str] = []
        self._opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _DROPPED.fullmatch(tag):
            self._dropped.append(tag)
        if self._dropped or not _KEPT.fullmatch(tag):
            return
        given = [(name, value or "") for name, value in attrs if _is_kept(name, value or "")]
        if tag == "img" and not any(name == "src" for name, _ in given):
            return
        self.has_image = self.has_image or tag == "img"
        if tag not in _VOID:
            self._opened.append(tag)
        shown = "".join(f' {name}="{escape(value)}"' for name, value in given)
        self.parts.append(f"<{tag}{shown}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._dropped:
            while self._dropped.pop() != tag:
                pass
        elif not self._dropped and tag in self._opened:
            self._close(tag)

    def _close(self, tag: str) -> None:
        while self._opened:
            last = self._opened.pop()
            if last == "th" and self.parts[-1].startswith("<th"):
                # An empty heading, as in the corner of a table of pandas, is none.
                self.parts[-1:] = [self.parts[-1].replace("<th", "<td", 1), "</td>"]
            else:
                self.parts.append(f"</{last}>")
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._dropped:
            self.has_text = self.has_text or bool(data.strip())
            self.parts.append(escape(CONTROL.sub("", data), quote=False))

    def close(self) -> None:
        super().close()
        self.parts += (f"</{tag}>" for tag in reversed(self._opened))


def _is_kept(name: str, value: str) -> bool:
    if name in ("href", "src"):
        return bool(_ADDRESS.match(value.strip()))
    return name in _ATTRIBUTES
