"""Links to lines of code, checked: whether the lines are there, and say what they said.

What they said is the title of the link, which `sitegen check --update` writes. Long text is cut
there, with a digest of all of it behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from sitegen.model.code import CodeBlock, LineReference
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.spelling import did_you_mean

LONGEST_RECORD = 80
"""Characters of what is recorded of some lines."""
_KEPT, _DIGEST = 60, 4
"""Characters of a longer text that are kept, and the bytes of its digest."""
MOST_SHOWN = 3
"""Places of a text that a hint names."""
RENEW = "to keep it, remove its title and run `sitegen check --update`"


def record_of(lines: Sequence[str]) -> str:
    """What is recorded of lines: their text with single spaces, so that indentation may change."""
    text = " ".join(" ".join(lines).split())
    if len(text) <= LONGEST_RECORD:
        return text
    seen = blake2b(text.encode(errors="replace"), digest_size=_DIGEST).hexdigest()
    return f"{text[:_KEPT].rstrip()} … {seen}"


def places_of(recorded: str, lines: LineReference, block: CodeBlock) -> tuple[LineReference, ...]:
    """Where in the block as many lines say what is recorded."""
    more = lines.last - lines.first
    starts = range(block.start, block.start + len(block.lines) - more)
    return tuple(
        LineReference(block.id, first, first + more)
        for first in starts
        if record_of(block.text(first, first + more)) == recorded
    )


def problem_of_lines(
    lines: LineReference, recorded: str, blocks: Sequence[CodeBlock], where: str
) -> Diagnostic | None:
    """SG420 or SG421 for a link to lines that are not there, or do not say what is recorded.

    `blocks` are those with an id that the document has, and `where` names it in a message.
    """
    block = next((block for block in blocks if block.id == lines.block), None)
    if block is None:
        message = f"no block of code has the id '{lines.block}' {where}"
        names = (block.id for block in blocks)
        hint = did_you_mean(lines.block, names, "did you mean '#{}'?") or (
            f"give the block its id, behind the language: ```python #{lines.block}"
        )
        return Diagnostic("SG420", message, hint=hint)
    found = block.text(lines.first, lines.last)
    if found and (not recorded or record_of(found) == recorded):
        return None
    moved = _moved(places_of(recorded, lines, block)) if recorded else ""
    if not found:
        message = f"the block '{block.id}' has no {_named(lines)}"
        return Diagnostic("SG420", message, hint=moved or _extent(block))
    verb = "says" if lines.first == lines.last else "say"
    message = f"{_named(lines)} of '{block.id}' now {verb} '{record_of(found)}'"
    hint = moved or f"the link was written for '{recorded}'; {RENEW}"
    return Diagnostic("SG421", message, hint=hint)


def _named(lines: LineReference) -> str:
    return f"line{'s' if lines.last > lines.first else ''} {lines.numbers}"


def _extent(block: CodeBlock) -> str:
    if not block.lines:
        return "the block is empty"
    return f"its lines are {block.start} to {block.start + len(block.lines) - 1}"


def _moved(places: Sequence[LineReference]) -> str:
    """Where the text of a link is now; empty if nowhere."""
    if not places:
        return ""
    shown = " or ".join(f"'#{lines.block}:{lines.numbers}'" for lines in places[:MOST_SHOWN])
    if len(places) > 1:
        return f"its text is now at {shown}: write which"
    return f"its text is now at {shown}: write that, or run `sitegen check --update`"
