"""The content of blocks, read by markdown-it's rules: only those that can match are asked.

Every rule in `FIRSTS` returns at once where it sees another character, so the characters between
two of these are text, whatever the rule `text` of markdown-it stops at. `]` stops it too, for a
link looks for the end of its label from stop to stop.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Set
from functools import cached_property

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

Rule = Callable[[StateInline, bool], bool]

FIRSTS = {
    "autolink": "<",
    "backticks": "`",
    "emphasis": "*_",
    "entity": "&",
    "escape": "\\",
    "footnote_ref": "[",
    "html_inline": "<",
    "image": "!",
    "link": "[",
    "math_inline": "$",
    "newline": "\n",
    "strikethrough": "~",
    "text": "",
}
"""The characters that these rules match at; `text` is done here. A KeyError: add your rule."""

BLIND = {"emphasis", "strikethrough"}
"""The rules that never match where a link only looks for the end of its label."""


class Inlines(ParserInline):
    """The inline parser of markdown-it with a shorter way to the rule that matches."""

    def __init__(self, parser: ParserInline) -> None:
        self.ruler = parser.ruler
        self.ruler2 = parser.ruler2

    @cached_property
    def _rules(self) -> dict[str, list[Rule]]:
        """The rules by the characters that they match at."""
        return self._by_first(frozenset())

    @cached_property
    def _seeing(self) -> dict[str, list[Rule]]:
        return self._by_first(BLIND)

    @cached_property
    def _stop(self) -> re.Pattern[str]:
        return re.compile(f"[{re.escape(''.join(self._rules))}\\]]")

    def _by_first(self, without: Set[str]) -> dict[str, list[Rule]]:
        rules: dict[str, list[Rule]] = defaultdict(list)
        for name, rule in zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True):
            for first in "" if name in without else FIRSTS[name]:
                rules[first].append(rule)
        return dict(rules)

    def tokenize(self, state: StateInline) -> None:
        """Read the content from `state.pos` to `state.posMax` into `state.tokens`."""
        src, end, search = state.src, state.posMax, self._stop.search
        deepest = state.md.options.maxNesting
        while (start := state.pos) < end:
            stop = search(src, start)
            after = stop.start() if stop else end
            if after > start and state.level < deepest:
                state.append_pending(src[start:after])
                state.pos = after
            elif state.level >= deepest or not _matched(state, self._rules, False):
                state.append_pending(src[start])
                state.pos = start + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 (markdown-it's name)
        """Go on to the end of the token that starts here, without making it."""
        start = state.pos
        if start in state.cache:
            state.pos = state.cache[start]
            return
        if state.level >= state.md.options.maxNesting:
            state.pos = state.posMax + 1  # as markdown-it does
        elif stop := self._stop.search(state.src, start):
            if stop.start() > start:
                state.pos = stop.start()
            else:
                state.level += 1
                matched = _matched(state, self._seeing, True)
                state.level -= 1
                state.pos += not matched
        else:
            state.pos = state.posMax
        state.cache[start] = state.pos


def _matched(state: StateInline, rules: dict[str, list[Rule]], silent: bool) -> bool:
    """Whether a rule has read a token that starts here."""
    return any(rule(state, silent) for rule in rules.get(state.src[state.pos], ()))
