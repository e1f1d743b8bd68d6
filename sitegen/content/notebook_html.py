"""HTML that the code of a notebook has put out, as a page can have it: without scripts and styles.

A notebook may show what a program has fetched, so only what is known to be harmless is kept.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Characters that HTML forbids."""

_KEPT = re.compile(
    "table|caption|col|colgroup|thead|tbody|tfoot|tr|th|td|a|abbr|b|blockquote|br|cite|code|dd|del"
    "|details|dfn|div|dl|dt|em|figcaption|figure|h[2-6]|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp"
    "|small|span|strong|sub|summary|sup|time|u|ul|var"
)
"""Elements that are shown; of others, only the text is."""
_DROPPED = re.compile(
    "script|style|template|iframe|object|embed|head|svg|math|form|select|audio|video|canvas"
)
"""Those of which nothing is shown."""
_VOID = ("br", "col", "hr", "img")
_ATTRIBUTES = ("alt", "colspan", "dir", "headers", "lang", "rowspan", "scope", "title")
_ADDRESS = re.compile(r"(?:https?://|mailto:|#|data:image/(?:png|jpeg|gif|webp);)", re.IGNORECASE)


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
            text = escape(CONTROL.sub("", data), quote=False)
            # An empty line would end the block of HTML.
            self.parts.append(text.replace("\n", "&#10;") if "pre" in self._opened else text)

    def close(self) -> None:
        super().close()
        self.parts += (f"</{tag}>" for tag in reversed(self._opened))


def _is_kept(name: str, value: str) -> bool:
    if name in ("href", "src"):
        return bool(_ADDRESS.match(value.strip()))
    return name in _ATTRIBUTES
