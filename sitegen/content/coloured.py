"""The colours of the code blocks of one document: they share their time, and are kept for later."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial

from sitegen.content.highlight.highlighter import highlight, meant
from sitegen.content.markdown.code.lines import unmarked
from sitegen.content.markdown.reading import Diagram, Drawing, Highlighter
from sitegen.execution.time_limit import TimeBudget
from sitegen.model.digest import digest_of_bytes

CODE_BLOCK_SECONDS = 1.5
"""Seconds of the processor that a code block may take; nearly all take a thousandth of one."""
CODE_SECONDS = 5.0
"""Seconds that all code blocks of a document may take together."""


class Coloured:
    """The code blocks of a document, as they are highlighted while it is read.

    `known` are those that it had before, as they were shown, by what they hold: to load what
    highlights a language takes longer than to read all the rest. Of a diagram that could not be
    drawn, it is what `undrawn` was: to find that out can take seconds.
    """

    def __init__(self, known: Mapping[bytes, str]) -> None:
        self._known = known
        self._budget = TimeBudget(CODE_SECONDS)
        self._keys: dict[str, bytes] = {}
        self._shown: dict[bytes, str] = {}
        self.undrawn: dict[bytes, str] = {}
        """What became of each diagram that could not be drawn, by what it shows."""
        self.highlighter = Highlighter(self._highlighted, meant, self._remember, self._drawn)

    def places(self, html: str) -> dict[bytes, tuple[int, int]]:
        """Where each code block is in the HTML, but for those that a plug-in has changed."""
        starts = ((key, html.find(block), len(block)) for key, block in self._shown.items())
        return {key: (start, start + length) for key, start, length in starts if start >= 0}

    def _highlighted(self, code: str, language: str) -> str | None:
        key = digest_of_bytes(language.encode(), b"\0", code.encode())
        known = self._known.get(key)
        html = self._highlight(code, language) if known is None else unmarked(known)
        if html is not None:
            self._keys[html] = key
        return html

    def _remember(self, code: str, shown: str) -> None:
        if key := self._keys.get(code):
            self._shown[key] = shown

    def _drawn(self, diagrams: Sequence[Diagram]) -> list[Drawing]:
        """The drawings of diagrams. Those that the document had before are not drawn again."""
        keys = {it: digest_of_bytes(*map(str.encode, ("diagram", *it))) for it in diagrams}
        drawings = {
            it: _before(known) for it, key in keys.items() if (known := self._known.get(key))
        }
        new = [it for it in keys if it not in drawings]
        if new:
            from sitegen.content.diagrams.draw import draw_diagrams

            drawings |= zip(new, draw_diagrams(new), strict=True)
        for it, key in keys.items():
            drawing = drawings[it]
            if drawing.svg:
                self._shown[key] = drawing.svg
            elif drawing != Drawing():  # as it is where nothing draws it, which can change
                self.undrawn[key] = json.dumps(drawing)
        return [drawings[it] for it in diagrams]

    def _highlight(self, code: str, language: str) -> str | None:
        """None for an unknown language. Raises TimeoutError, with the reason, for lack of time."""
        if self._budget.left <= 0:
            message = "the code blocks above take all the time that highlighting has for a page"
            raise TimeoutError(message)
        try:
            return self._budget.within(CODE_BLOCK_SECONDS, partial(highlight, code, language))
        except TimeoutError:
            message = f"as '{language}', this code takes too long to highlight"
            raise TimeoutError(message) from None


def _before(known: str) -> Drawing:
    """What became of a diagram before."""
    return Drawing(known) if known.startswith("<") else Drawing(*json.loads(known))
