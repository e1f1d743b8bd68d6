"""SG901: syntax that no part of sitegen renders, one diagnostic for each kind in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.content.markdown.lint.findings import Findings
from sitegen.content.markdown.lint.kinds import FOREIGN_LINKS, FOREIGN_SYNTAX, ForeignSyntax
from sitegen.content.markdown.lint.passages import Passage
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Link
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
            findings.add(kind.name, _raw(kind, findings.quote(place)), place, len(found))
            taken.update(*(range(*match.span()) for match in found))


def _raw(kind: ForeignSyntax, text: str) -> Diagnostic:
    return Diagnostic("SG901", f"{kind.name} is not rendered: readers see '{text}'", hint=kind.hint)


def find_foreign_links(links: Iterable[Link], line: int, findings: Findings) -> None:
    """Find the links that only another generator can follow; the body starts on that line."""
    for link in links:
        if not link.href.startswith(("{", "|")):
            continue
        for kind in FOREIGN_LINKS:
            if match := kind.pattern.match(link.href):
                hint = kind.hint.format(link.href[match.end() :])
                said = f"{kind.name} leads nowhere: '{link.href}'"
                place = (link.line - line, link.column - 1, link.length)
                findings.add(kind.name, Diagnostic("SG901", said, hint=hint), place)
