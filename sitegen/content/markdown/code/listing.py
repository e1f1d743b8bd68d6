"""Code to show, and what is said of its lines: by options, by signs, and by comments in it.

    code()  # [!code ++]      added; `--` deleted, `hl` marked, `focus`, `error`, `warning`, `hide`
    # [!code hl:3]            the next three lines, since nothing else is on this one
    code()  # (1)!            explained by the first item of the list below the block

VitePress and Material for MkDocs have such comments too. They are taken out of the code, whatever
a comment looks like in its language. `[\\!code ++]` is shown, as `[!code ++]`. Linear in the length
of the code.
"""

from __future__ import annotations

import re
from dataclasses import field

from sitegen.content.markdown.code.info import Info
from sitegen.content.markdown.code.languages import PATCHES
from sitegen.model.dataclass import dataclass

NOTE = re.compile(r"[ \t]*\[!code ([^\]]+)\]")

COUNTED = re.compile(r"([^:]+):(\d{1,4})")

NOTATION, ESCAPED_NOTATION = "[!code ", "[\\!code "

CALLOUT = re.compile(r"\((\d{1,2})\)(!?)")

OPENERS = ("{/*", "/*", "//", "<!--", "--", "{#", "#", "(*", ";", "%", "'", '"', "REM", "!")
"""How comments begin; what ends with another one of them is before it."""

CLOSERS = ("*/}", "*/", "-->", "*)", "#}")

SAYS = {
    "++": "added",
    "--": "deleted",
    "hl": "marked",
    "highlight": "marked",
    "error": "error",
    "warning": "warning",
    "focus": "focused",
    "hide": "folded",
}
"""What `[!code …]` says of lines."""

OF_SIGNS = {"+": "added", "-": "deleted"}

Statement = tuple[str, int, int]
"""What is said, of the lines from the first to the last."""


@dataclass(slots=True)
class Listing:
    """The code of a block, and what is said of its lines, which are counted from 1."""

    text: str
    count: int = 0
    """How many lines it has."""
    roles: dict[int, str] = field(default_factory=dict)
    """By line: `added`, `deleted`, `marked`, `error` or `warning`."""
    focused: set[int] = field(default_factory=set)
    folded: set[int] = field(default_factory=set)
    callouts: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """By line, the items of the list below the block that explain it."""
    strangers: list[tuple[int, str]] = field(default_factory=list)
    """Words in `[!code …]` that say nothing, with their lines in the source, counted from 1."""
    beyond: list[int] = field(default_factory=list)
    """Lines that options name, and the code does not have."""

    def say(self, what: str, first: int, last: int) -> None:
        lines = range(max(1, first), min(last, self.count) + 1)
        if what == "focused":
            self.focused.update(lines)
        elif what == "folded":
            self.folded.update(lines)
        elif what == "marked":  # which an added or deleted line can be besides
            self.roles = dict.fromkeys(lines, what) | self.roles
        else:
            self.roles.update(dict.fromkeys(lines, what))


def listing_of(code: str, info: Info, explained: int = 0) -> Listing:
    """The code of a block; `explained` is how many items the list below it has."""
    listing, said = Listing(code), []
    if info.is_diff:
        _take_signs(listing)
    elif info.language.lower() in PATCHES:
        listing.roles = _signed(code.split("\n"))
    if NOTATION in code or ESCAPED_NOTATION in code or explained:
        said = _take_comments(listing, explained)
    listing.count = listing.text.count("\n") + (listing.text[-1:] not in ("", "\n"))
    for what, ranges in info.lines.items():
        for first, last in ranges:
            listing.say(what, first, last)
            if last > listing.count:
                listing.beyond.append(last)
    for what, first, last in said:
        listing.say(what, first, last)
    if info.folds:
        listing.say("folded", 1, listing.count)
    return listing


def _take_signs(listing: Listing) -> None:
    """Take the column of signs out of the code. Many write a space behind it, which goes too."""
    lines = listing.text.split("\n")
    listing.roles = _signed(lines)
    bare = [line[1:] if line.startswith(("+", "-", " ")) else line for line in lines]
    indentations = (len(line) - len(line.lstrip(" ")) for line in bare if line.strip())
    indented = 1 if min(indentations, default=0) == 1 else 0
    listing.text = "\n".join(line[indented:] for line in bare)


def _signed(lines: list[str]) -> dict[int, str]:
    """The lines that start with a sign; `+++` and `---` are before the names of files."""
    return {
        number: OF_SIGNS[line[0]]
        for number, line in enumerate(lines, 1)
        if line[:1] in OF_SIGNS and not line.startswith(("+++ ", "--- "))
    }


def _take_comments(listing: Listing, explained: int) -> list[Statement]:
    """Take the comments that are for us out of the code; what they say of its lines."""
    said: list[Statement] = []
    roles, lines = listing.roles, listing.text.split("\n")
    kept: list[str] = []
    listing.roles = {}
    for number, line in enumerate(lines, 1):
        here = len(kept) + 1
        text, notes = _without_notes(line)
        for note in notes:
            if (meant := _meant(note)) is not None:
                said.append((meant[0], here, here + meant[1] - 1))
            else:
                listing.strangers.append((number, note))
        if explained:
            text, items = _without_callouts(text, explained)
            if items:
                listing.callouts[here] = items
        if number in roles:
            listing.roles[here] = roles[number]
        if text.strip() or not notes:
            kept.append(text.replace(ESCAPED_NOTATION, NOTATION))
    listing.text = "\n".join(kept)
    return said


def _meant(note: str) -> tuple[str, int] | None:
    """What a note such as `hl:2` says, and of how many lines; None if it says nothing."""
    counted = COUNTED.fullmatch(note)
    word, count = counted.groups() if counted else (note, "1")
    return (SAYS[word], int(count)) if word in SAYS else None


def _without_notes(line: str) -> tuple[str, list[str]]:
    """A line without its `[!code …]`, and without the comment that held nothing else."""
    notes = NOTE.findall(line) if NOTATION in line else []
    if not any(map(_meant, notes)):
        return line, notes
    bare = NOTE.sub(lambda note: "" if _meant(note[1]) else note[0], line)
    return _without_empty_comment(bare), notes


def _without_empty_comment(line: str) -> str:
    text = _without_end(line.rstrip(), CLOSERS).rstrip()
    bare = _without_end(text, OPENERS)
    return bare.rstrip() if bare != text else line.rstrip()


def _without_end(text: str, ends: tuple[str, ...]) -> str:
    return next((text.removesuffix(end) for end in ends if text.endswith(end)), text)


def _without_callouts(line: str, explained: int) -> tuple[str, tuple[int, ...]]:
    """A line without the comment at its end that holds `(1)` or `(1)!`, and nothing else."""
    if ")" not in line[-6:]:
        return line, ()
    rest = _without_end(line.rstrip(), CLOSERS).rstrip()
    items: list[int] = []
    while (found := CALLOUT.fullmatch(rest, max(0, rest.rfind("(")))) is not None:
        if not 1 <= int(found[1]) <= explained:
            return line, ()
        items.insert(0, int(found[1]))
        rest = rest[: found.start()].rstrip()
    bare = _without_end(rest, OPENERS)
    return (bare.rstrip(), tuple(items)) if items and bare != rest else (line, ())
