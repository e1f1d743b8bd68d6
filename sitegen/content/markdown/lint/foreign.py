"""SG901: syntax that no part of sitegen renders, one diagnostic for each kind in a file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.content.markdown.lint.findings import Findings
from sitegen.content.markdown.lint.kinds import FOREIGN_SYNTAX, LIQUID, TO_A_FILE, ForeignSyntax
from sitegen.content.markdown.lint.passages import Passage
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Link
from sitegen.text.notations import own_notation
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


def find_foreign_links(links: Iterable[Link], line: int, findings: Findings) -> None:
    """Find the links that only Liquid can follow; the body starts on that line."""
    for link in links:
        if link.href.startswith("{") and LIQUID.match(own_notation(link.href)):
            said = f"a Liquid link leads nowhere: '{link.href}'"
            place = (link.line - line, link.column - 1, link.length)
            findings.add("a Liquid link", Diagnostic("SG901", said, hint=TO_A_FILE), place)
