"""Where two sequences differ."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.differences import LIMIT, differences

TEXTS = st.text("abc", max_size=14)


def common(old: str, new: str) -> int:
    """The length of the longest common subsequence, as it is defined."""
    row = [0] * (len(new) + 1)
    for letter in old:
        above = row
        row = [0]
        for place, other in enumerate(new):
            row.append(above[place] + 1 if letter == other else max(row[-1], above[place + 1]))
    return row[-1]


@given(TEXTS, TEXTS)
def test_changes_make_the_new_text_of_the_old_one_and_are_as_few_as_can_be(
    old: str, new: str
) -> None:
    found = differences(old, new)
    made = old
    for change in reversed(found):
        made = made[: change.old.start] + new[change.new] + made[change.old.stop :]
    assert made == new
    changed = sum(change.old.stop - change.old.start for change in found)
    assert len(old) - changed == common(old, new)


@given(TEXTS, TEXTS)
def test_something_in_common_is_between_two_changes(old: str, new: str) -> None:
    found = differences(old, new)
    for change, after in pairwise(found):
        assert change.old.stop < after.old.start
        assert change.new.stop < after.new.start


def test_texts_that_differ_too_much_are_not_compared_but_at_their_ends() -> None:
    """A thousand lines against another thousand would take a minute, and tell nobody anything."""
    old, new = list(range(3 * LIMIT)), list(range(10_000, 10_000 + 3 * LIMIT))
    new[LIMIT] = old[LIMIT]
    found = differences(["a", *old, "z"], ["a", *new, "z"])
    assert found == [(slice(1, len(old) + 1), slice(1, len(new) + 1))]
