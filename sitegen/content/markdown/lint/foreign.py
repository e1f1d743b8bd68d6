"""SG901: syntax that no part of sitegen renders, one diagnostic for each kind in a file."""

from __future__ import annotations

import re

from sitegen.content.markdown.lint.findings import Findings
from sitegen.content.markdown.lint.kinds import FOREIGN_SYNTAX, ForeignSyntax
from sitegen.content.markdown.lint.passages import Passage
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.patterns import compiled


def find_foreign_syntax(passage: Passage, findings: Findings) -> None:
    """Find what readers see raw in a text."""
    taken = set[int]()
    for kind in FOREIGN_SYNTAX:
        if not compiled(kind.trigger).search(passage.shown):
            continue
        matches = passage.matches(compiled(kind.pattern, re.MULTILINE))
        found = [match for match in matches if match.start() not in taken]
        if found:
            place = passage.content.place(*found[0].span())
            raw = _raw(kind, findings.quote(place), found[0].expand(kind.hint))
            findings.add(kind.name, raw, place, len(found))
            taken.update(*(range(*match.span()) for match in found))


def _raw(kind: ForeignSyntax, text: str, hint: str) -> Diagnostic:
    return Diagnostic("SG901", f"{kind.name} is not rendered: readers see '{text}'", hint=hint)
