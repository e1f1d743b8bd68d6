"""What changed between two texts of a post, in words: what is read beside the text itself.

First blocks are compared, then what is in those that are alike: prose by words, code by lines. What
is unchanged is folded, in long blocks too. The time is bounded, as that of `text.differences` is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from sitegen.content.markdown.excerpt import UNSPACED
from sitegen.model.document import placeholder
from sitegen.model.revisions import NEW, Step
from sitegen.text.blocks import BlockKind, TextBlock
from sitegen.text.differences import Difference, differences

ALIKE = 0.5
"""The share of their words that two blocks have in common, of which one became the other."""
_NEAR = 20
"""Blocks among which one is looked for that is alike."""
WORDS_AROUND, LINES_AROUND = 20, 3
"""Unchanged words, and lines of code, that are shown on each side of a change."""

_WORD = re.compile(rf"(?:[{UNSPACED}]|(?:(?![{UNSPACED}])\w)+|[^\w\s])\s*")
"""A word or a mark, with the space behind it. In scripts without spaces, a character is a word."""


class _What(Enum):
    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"


class _Piece(NamedTuple):
    """A block by its place before and its place after; None where it was not, or is no longer."""

    before: int | None
    after: int | None
    what: _What = _What.CHANGED


def step(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> Step:
    """What lies between two texts. Blocks that say nothing, such as a line, are left out of it."""
    said_before = [place for place, block in enumerate(old) if block.text]
    said_after = [place for place, block in enumerate(new) if block.text]
    before, after = [old[place] for place in said_before], [new[place] for place in said_after]
    pieces = tuple(_pieces(before, after))
    origins: list[int | None] = [NEW if block.text else None for block in new]
    for piece in pieces:
        if piece.before is not None and piece.after is not None and piece.what != _What.CHANGED:
            origins[said_after[piece.after]] = said_before[piece.before]
    is_same = all(piece.what is _What.SAME for piece in pieces)
    return Step(tuple(origins), "" if is_same else "".join(_html(pieces, before, after)))


def _pieces(old: Sequence[TextBlock], new: Sequence[TextBlock]) -> Iterator[_Piece]:
    """What became of each block, in the order of the new text; what is gone, where it was."""
    found = differences(old, new)
    moved = _moved(found, old, new)
    became = _became(found, old, new, moved)
    left = frozenset((*moved.values(), *became.values()))
    x, y = 0, 0
    for change in (*found, Difference(slice(len(old), len(old)), slice(len(new), len(new)))):
        same = zip(range(x, change.old.start), range(y, change.new.start), strict=True)
        yield from (_Piece(before, after, _What.SAME) for before, after in same)
        x, y = change.old.stop, change.new.stop
        yield from (_Piece(place, None) for place in _range(change.old) if place not in left)
        for place in _range(change.new):
            what = _What.MOVED if place in moved else _What.CHANGED
            yield _Piece(moved.get(place, became.get(place)), place, what)


def _range(part: slice) -> range:
    return range(part.start, part.stop)


def _moved(
    found: Iterable[Difference], old: Sequence[TextBlock], new: Sequence[TextBlock]
) -> dict[int, int]:
    """The blocks that are in another place: where each is, and where it was."""
    gone: dict[TextBlock, list[int]] = defaultdict(list)
    for place in (place for change in found for place in _range(change.old)):
        gone[old[place]].append(place)
    added = (place for change in found for place in _range(change.new))
    return {place: gone[new[place]].pop(0) for place in added if gone.get(new[place])}


def _became(
    found: Iterable[Difference],
    old: Sequence[TextBlock],
    new: Sequence[TextBlock],
    moved: dict[int, int],
) -> dict[int, int]:
    """The blocks that were written again: where each is, and where that was of which it became."""
    gone = {place for change in found for place in _range(change.old)} - set(moved.values())
    became: dict[int, int] = {}
    for place in (place for change in found for place in _range(change.new) if place not in moved):
        near = sorted(gone, key=lambda other: (abs(other - place), other))[:_NEAR]
        shares = [_alike(new[place], old[other]) for other in near]
        if max(shares, default=0) >= ALIKE:
            became[place] = near[shares.index(max(shares))]
            gone.remove(became[place])
    return became


def _alike(one: TextBlock, other: TextBlock) -> float:
    """The share of words that two blocks of one kind have in common."""
    if one.kind is not other.kind:
        return 0
    words, others = _counted(one.text), _counted(other.text)
    return 2 * (words & others).total() / (words.total() + others.total())


@lru_cache(512)
def _counted(text: str) -> Counter[str]:
    return Counter(map(str.rstrip, _words(text)))


def _html(
    pieces: Iterable[_Piece], old: Sequence[TextBlock], new: Sequence[TextBlock]
) -> Iterator[str]:
    """The changed blocks, each below the heading of its part, and how many are between them."""
    part = ""
    for what, run in groupby(pieces, lambda piece: piece.what):
        if what is _What.SAME:
            same = [new[piece.after] for piece in run if piece.after is not None]
            headings = [block.text for block in same if block.kind is BlockKind.HEADING]
            part = headings[-1] if headings else part
            yield f'<p class="same">{placeholder("blocks_unchanged", len(same))}</p>\n'
            continue
        for piece in run:
            before = None if piece.before is None else old[piece.before]
            after = None if piece.after is None else new[piece.after]
            if after and after.kind is BlockKind.HEADING:
                part = ""
            elif part:
                yield f'<h3 dir="auto">{escape(part)}</h3>\n'
                part = ""
            yield _block(before, after, what)


def _block(before: TextBlock | None, after: TextBlock | None, what: _What) -> str:
    shown = after or before
    assert shown
    if what is _What.MOVED:
        label = f'<span class="label">{placeholder("moved")}</span>'
        text = _ends(_words(shown.text), WORDS_AROUND, 0)
        return f'<p class="moved" dir="auto">{label} {escape(text)}</p>\n'
    old, new = before.text if before else "", after.text if after else ""
    if shown.kind is BlockKind.CODE:
        return _code(old, new)
    kind = ' class="heading"' if shown.kind is BlockKind.HEADING else ""
    return f'<p{kind} dir="auto">{"".join(_prose(_words(old), _words(new)))}</p>\n'


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _prose(old: list[str], new: list[str]) -> Iterator[str]:
    """The text with the words that were deleted and inserted."""
    bare = differences([word.rstrip() for word in old], [word.rstrip() for word in new])
    at = 0
    for change in _joined(bare):
        yield escape(_ends(new[at : change.new.start], at and WORDS_AROUND, WORDS_AROUND))
        deleted = _marked("del", "deleted", old[change.old])
        yield deleted
        # Letters that join, as those of Arabic do, must not join across the two.
        yield " " if deleted.endswith(">") and len(_range(change.new)) else ""
        yield _marked("ins", "inserted", new[change.new])
        at = change.new.stop
    yield escape(_ends(new[at:], at and WORDS_AROUND, 0 if at else WORDS_AROUND))


def _joined(found: Sequence[Difference]) -> list[Difference]:
    """The changes, of which those are one that have less between them than each is long.

    A reader sees that a clause was written again, not which of its small words were there before.
    """
    joined: list[Difference] = []
    for change in found:
        if joined and change.new.start - joined[-1].new.stop < min(
            _length(joined[-1]), _length(change)
        ):
            last = joined.pop()
            old = slice(last.old.start, change.old.stop)
            joined.append(Difference(old, slice(last.new.start, change.new.stop)))
        else:
            joined.append(change)
    return joined


def _length(change: Difference) -> int:
    return max(len(_range(change.old)), len(_range(change.new)))


def _ends(words: Sequence[str], first: int, last: int) -> str:
    """As many words from the start, and from the end of a text, with a mark for what is between."""
    if len(words) <= 2 * WORDS_AROUND:
        return "".join(words)
    return f"{''.join(words[:first])}… {''.join(words[len(words) - last :])}"


def _marked(element: str, word: str, words: Sequence[str]) -> str:
    """The words in an element of which a screen reader says what it is."""
    if not words:
        return ""
    text = "".join(words)
    bare = text.rstrip()
    label = f'<span class="unseen"> {placeholder(word)}: </span>'
    return f"<{element}>{label}{escape(bare)}</{element}>{text[len(bare) :]}"


def _code(old: str, new: str) -> str:
    """The code with its lines as those of a diff: `content.markdown.code.lines` writes them so."""
    before, after = old.splitlines(), new.splitlines()
    lines: list[str] = []
    at = 0
    for change in differences(before, after):
        lines += _context(after[at : change.new.start], at and LINES_AROUND, LINES_AROUND)
        lines += [f'<del class="ln">{escape(line)}\n</del>' for line in before[change.old]]
        lines += [f'<ins class="ln">{escape(line)}\n</ins>' for line in after[change.new]]
        at = change.new.stop
    lines += _context(after[at:], LINES_AROUND, 0)
    return f'<div class="highlight signs"><pre><code>{"".join(lines)}</code></pre></div>\n'


def _context(lines: Sequence[str], first: int, last: int) -> list[str]:
    whole = [f'<span class="ln">{escape(line)}\n</span>' for line in lines]
    if len(whole) <= first + last:
        return whole
    return [*whole[:first], '<span class="ln gap">…\n</span>', *whole[len(whole) - last :]]
