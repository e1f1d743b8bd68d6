"""What two sequences have in common, as Myers finds it ("An O(ND) Difference Algorithm", 1986)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

LIMIT = 400
"""Differences that are looked through. The time grows with their square: here, a tenth of a second.
Where there are more, all between the first and the last of them counts as different."""


class Difference(NamedTuple):
    """Items of the old sequence, and those of the new one in their place; each from, and before."""

    old: slice
    new: slice


def differences(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Difference]:
    """Where two sequences differ, in order; between two changes there is something in common."""
    shorter = min(len(old), len(new))
    start = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - start
    end = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    to, upto = len(old) - end, len(new) - end
    found: list[Difference] = []
    last_old, last_new = start, start
    for x, y in (*_common(old[start:to], new[start:upto]), (to - start, upto - start)):
        if start + x > last_old or start + y > last_new:
            found.append(Difference(slice(last_old, start + x), slice(last_new, start + y)))
        last_old, last_new = start + x + 1, start + y + 1
    return found


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of a longest common subsequence in both; none where more than LIMIT differ."""
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for count in range(min(len(old) + len(new), LIMIT) + 1):
        trail.append(furthest.copy())
        for diagonal in range(-count, count + 1, 2):
            x = _step(furthest, diagonal, count)
            y = x - diagonal
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            furthest[diagonal] = x
            if x >= len(old) and y >= len(new):
                return _back(trail, len(old), len(new))
    return []


def _step(furthest: dict[int, int], diagonal: int, count: int) -> int:
    """How far a diagonal is reached with one difference more, from the better of its neighbours."""
    if _is_inserted(furthest, diagonal, count):
        return furthest.get(diagonal + 1, 0)
    return furthest[diagonal - 1] + 1


def _is_inserted(furthest: dict[int, int], diagonal: int, count: int) -> bool:
    """Whether that difference is an item of the new sequence, and not one of the old."""
    if diagonal in (-count, count):
        return diagonal == -count
    return furthest[diagonal - 1] < furthest[diagonal + 1]


def _back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """The items in common, found from the end to the start, in their order."""
    found: list[tuple[int, int]] = []
    for count in range(len(trail) - 1, -1, -1):
        furthest, diagonal = trail[count], x - y
        start = _step(furthest, diagonal, count)
        while x > start:
            x, y = x - 1, y - 1
            found.append((x, y))
        x, y = (x, y - 1) if _is_inserted(furthest, diagonal, count) else (x - 1, y)
    return found[::-1]
