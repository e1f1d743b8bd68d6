"""SG902: footnotes and references that lead nowhere, and footnotes that readers never see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.content.markdown.lint.findings import Findings
from sitegen.content.markdown.lint.passages import Passage
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.spelling import Names, did_you_mean

_FOOTNOTE = re.compile(r"\[\^(?!\w-\w)(?P<label>[\w-]{1,40})\](?![:+*?{(\[])")
"""A footnote's number or name, and no set of characters as in regular expressions."""

_REFERENCE = re.compile(
    r"(?<![\w\])\\])\[(?P<text>[^\[\]\n]*[^\W\d_]{2}[^\[\]\n]*)\]"
    r"\[(?P<label>[^\[\]\n^]*)\](?![\w\[(*+?{])"
)
"""Both brackets of a link by reference, or an empty second one; nothing that indexes an array."""

_LABEL = re.compile(r"^ *\[([^\[\]\n]+)\]:", re.MULTILINE)
_DEFINITION = re.compile(r"[\s>]*(?P<whole>\[\^(?P<label>[^\]\s]+)\]):")

UNDEFINED = (r"\[\^", r"\]\[")
"""Patterns of what an undefined one holds."""


class References:
    """What the footnotes and references of a body lead to, and which lead nowhere."""

    def __init__(self, env: EnvType, findings: Findings) -> None:
        self._footnotes: Mapping[str, int] = env.get("footnotes", {}).get("refs", {})
        """By `:` and its label, the number of each footnote that is defined; negative if unused."""
        self._findings = findings
        self._meant = set[str]()
        """The labels of footnotes that a mistyped one names."""

    def find_undefined(self, passage: Passage) -> None:
        """Find what is left as text because nothing defines it."""
        if "[^" in passage.shown:
            for match in passage.matches(_FOOTNOTE):
                self._add(self._no_footnote(match["label"]), match, passage)
        if "][" in passage.shown:
            for match in passage.matches(_REFERENCE):
                self._add(self._no_reference(match["label"] or match["text"]), match, passage)

    def find_unused(self, tokens: Sequence[Token]) -> None:
        """Find the footnotes that nothing refers to: readers never see them."""
        unused = {name[1:] for name, number in self._footnotes.items() if number < 0} - self._meant
        if not unused:
            return
        fences = (token.map or (0, 0) for token in tokens if token.type == "fence")
        code = {row for fence in fences for row in range(*fence)}
        for row, line in enumerate(self._findings.lines):
            if (match := _DEFINITION.match(line)) and match["label"] in unused and row not in code:
                name, start = match["whole"], match.start("whole")
                said = f"footnote '{name}' is never referenced, so readers do not see its text"
                hint = f"write {name} where it belongs, or delete it"
                place = (row, start, len(name))
                self._findings.add(said, Diagnostic("SG902", said, hint=hint), place)

    def _add(self, problem: Diagnostic, match: re.Match[str], passage: Passage) -> None:
        self._findings.add(problem.message, problem, passage.content.place(*match.span()))

    def _no_footnote(self, label: str) -> Diagnostic:
        near = self._labels.nearest(label)
        self._meant.add(near or "")
        add = f"add its text on a line of its own: [^{label}]: …"
        hint = f"did you mean '[^{near}]'?" if near else add
        said = f"undefined footnote '[^{label}]': readers see it as text"
        return Diagnostic("SG902", said, hint=hint)

    def _no_reference(self, label: str) -> Diagnostic:
        if label.casefold() in self._meant_as_definitions:
            hint = "its definition needs an empty line above it and a URL without spaces"
        elif near := did_you_mean(label.casefold(), self._meant_as_definitions, "{}", cutoff=0.75):
            hint = f"did you mean '[{near}]'?"
        else:
            hint = f"add where it leads on a line of its own: [{label}]: https://…"
        return Diagnostic("SG902", f"undefined reference '[{label}]': it is no link", hint=hint)

    @cached_property
    def _labels(self) -> Names:
        return Names(name[1:] for name in self._footnotes)

    @cached_property
    def _meant_as_definitions(self) -> frozenset[str]:
        """The labels of lines that look like definitions, and of those that are."""
        return frozenset(label.casefold() for label in _LABEL.findall(self._findings.body))
