"""The content of a block that is plain prose, read in one pass and written as HTML at once.

Nearly all paragraphs hold text, emphasis, code, links and line breaks, and nothing that needs
looking back: one regular expression finds the marks from left to right, and a stack pairs them.
Where anything else turns up, the reader gives up, and markdown-it's own rules read the content.

Why the result is the same: a delimiter run is taken here only if its sides (CommonMark 0.31 §6.2)
let it open or close, not both, and if all pairs nest like brackets. The nearest opener is then
the only one that a closer can have, and the rule about multiples of three is never asked. A run
that can do neither is text. A link is taken if its label holds no bracket outside code and its
destination no escape, entity, space or parenthesis; such a link needs no look at the references.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

from markdown_it.common.utils import escapeHtml, isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.token import Token

MARK = re.compile(
    r"""
    (?P<text> [^\n*_`\[\]\\]*+ )
    (?: (?P<newline> \n[ \t]* )
      | (?P<delimiters> \*+ | _+ )
      | (?P<code> `[^`]+`(?!`) )
      | (?P<label> \[ )
      | (?P<link> \]\( (?P<url> [^\s<>()\\&\x00-\x20\x7f]+ ) (?: [ ]+"(?P<title>[^"\\&\n]*)" )? \) )
      | \\ (?P<escaped> [!-/:-@\[-`{-~] )
      | (?P<end> \Z )
    )
    """,
    re.VERBOSE,
)
"""A text and the mark behind it."""

TAGS = {
    "*": ("<em>", "</em>"),
    "_": ("<em>", "</em>"),
    "**": ("<strong>", "</strong>"),
    "__": ("<strong>", "</strong>"),
}

SPACE, PUNCTUATION, LETTER = range(3)

Normalized = Callable[[str], str | None]
"""The URL of a link as it is published, or None for one that must not be a link."""


def runs(content: str, normalized: Normalized) -> list[Token] | None:
    """The text as links and runs of other text; None where markdown-it must read it.

    A token `run` has plain text as its content, and its HTML as its info.
    """
    reader = _Reader(content, normalized)
    return reader.tokens if reader.read() else None


class _Kinds(dict[str, int]):
    """What a character counts as beside a delimiter run."""

    def __missing__(self, character: str) -> int:
        if isWhiteSpace(ord(character)):
            kind = SPACE
        elif isMdAsciiPunct(ord(character)) or isPunctChar(character):
            kind = PUNCTUATION
        else:
            kind = LETTER
        self[character] = kind
        return kind


_KINDS = _Kinds()


def _flanks(sign: str, before: int, after: int) -> tuple[bool, bool]:
    """Whether a delimiter run between characters of these kinds can open and close emphasis."""
    left = after is not SPACE and (after is LETTER or before is not LETTER)
    right = before is not SPACE and (before is LETTER or after is not LETTER)
    if sign == "*":
        return left, right
    return (
        left and (not right or before is PUNCTUATION),
        right and (not left or after is PUNCTUATION),
    )


_FLANKS = {
    (sign, before, after): _flanks(sign, before, after)
    for sign, before, after in product("*_", range(3), range(3))
}


class _Reader:
    """The state of one pass."""

    __slots__ = (
        "content",
        "escape",
        "html",
        "in_label",
        "normalized",
        "opened",
        "opening",
        "start",
        "text",
        "tokens",
    )

    def __init__(self, content: str, normalized: Normalized) -> None:
        self.content = content
        self.normalized = normalized
        # To look for one after the other takes a third of the time of a search for any of them.
        is_bare = not ("&" in content or "<" in content or ">" in content or '"' in content)
        self.escape = None if is_bare else escapeHtml
        self.tokens: list[Token] = []
        self.text: list[str] = []
        self.html: list[str] = []
        self.opened: list[str] = []
        """Delimiter runs and `[` that are not closed yet."""
        self.in_label = False
        self.start = 0
        """Where the label of the last link starts."""

    def read(self) -> bool:
        """Whether all of the content is plain prose; its tokens are complete then."""
        content, end, is_prose = self.content, 0, True
        while is_prose and (mark := MARK.match(content, end)):
            start, end = mark.end(1), mark.end()
            kind, text = mark.lastgroup, mark[1]
            if kind == "newline":
                self._break(text)
                continue
            if text:
                self.text.append(text)
                self.html.append(self.escape(text) if self.escape else text)
            if kind == "delimiters":
                is_prose = self._delimit(start, end)
            elif kind == "code":
                self._code(content[start + 1 : end - 1].replace("\n", " "))
            elif kind == "label":
                is_prose = self._open_link(start)
            elif kind == "link":
                is_prose = self._close_link(mark)
            elif kind == "end":
                self._end_run()
                return not self.opened
            else:
                self._add(content[end - 1])
        return False

    def _add(self, piece: str) -> None:
        self.text.append(piece)
        self.html.append(self.escape(piece) if self.escape else piece)

    def _break(self, piece: str) -> None:
        """A line break, which two spaces make a hard one (CommonMark 0.31 §6.7)."""
        kept = piece.rstrip(" ")
        self._add(kept)
        self.text.append(" ")
        self.html.append("<br />\n" if len(piece) - len(kept) > 1 else "\n")

    def _delimit(self, start: int, end: int) -> bool:
        run = self.content[start:end]
        opens, closes = self._flanks(start, end)
        if opens is closes:
            self._add(run)
            return not opens
        if run not in TAGS or (closes and (not self.opened or self.opened.pop() != run)):
            return False
        if opens:
            self.opened.append(run)
        self.html.append(TAGS[run][closes])
        return True

    def _flanks(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether a delimiter run can open emphasis, and whether it can close it.

        A label knows what stands before it, and ends the text for what is in it: markdown-it.
        """
        content = self.content
        before = _KINDS[content[start - 1]] if start else SPACE
        after = SPACE if end == len(content) else _KINDS[content[end]]
        if self.in_label and content.startswith("]", end):
            after = SPACE
        return _FLANKS[content[start], before, after]

    def _code(self, code: str) -> None:
        if code[0] == code[-1] == " " and code.strip(" "):
            code = code[1:-1]
        self.html.append("<code>")
        self._add(code)
        self.html.append("</code>")

    def _open_link(self, start: int) -> bool:
        if self.in_label:
            return False
        self.in_label = True
        self._end_run()
        self.opened.append("[")
        self.start = start
        self.opening = Token("link_open", "a", 1)
        self.tokens.append(self.opening)
        return True

    def _close_link(self, mark: re.Match[str]) -> bool:
        href = self.normalized(mark["url"])
        if href is None or not self.opened or self.opened.pop() != "[":
            return False
        self.in_label = False
        self.opening.attrs["href"] = href
        if mark["title"]:
            self.opening.attrs["title"] = mark["title"]
        self.opening.meta["span"] = (self.start, mark.end())
        self._end_run()
        self.tokens.append(Token("link_close", "a", -1))
        return True

    def _end_run(self) -> None:
        if self.html:
            run = Token("run", "", 0, content="".join(self.text), info="".join(self.html))
            self.tokens.append(run)
            self.text.clear()
            self.html.clear()
