"""Many names, and which of them a mistyped one means.

A name with a letter too many, too few, wrong or swapped, and one that lacks a word, have a form in
common with the right name. So the names are kept by their forms, and a mistyped one is compared
with a few of them, where difflib needs 50 ms to compare it with those of 2,000 posts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

LONGEST_NAME = 255
"""Characters of a name that has forms: as many as a file name may have."""
CUTOFF = 0.75
"""How alike names are, from 0 to 1: `post` and `pots` just so, `a` and `b` not at all."""


class Names:
    """Names to choose from."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_form: defaultdict[str, set[str]] = defaultdict(set)
        for name in filter(_is_short, names):
            for form in (*_without_letter(name), *_without_word(name)):
                self._by_form[form].add(name)

    def nearest(self, name: str) -> str | None:
        """The name that is nearest to this one, if they are a slip apart."""
        forms = _without_letter(name) if _is_short(name) else ()
        like = {known for form in forms for known in self._by_form.get(form, ())}
        return next(iter(get_close_matches(name, sorted(like), 1, CUTOFF)), None)


def _is_short(name: str) -> bool:
    return len(name) <= LONGEST_NAME


def _without_letter(name: str) -> set[str]:
    """The name, and what it is without any one of its letters."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def _without_word(name: str) -> set[str]:
    words = name.split("-")
    return {"-".join(words[:at] + words[at + 1 :]) for at in range(len(words))} - {""}


@lru_cache(maxsize=4096)  # the posts of a blog have the same keys
def simplified(key: str) -> str:
    """A key without what generators write it with in different ways."""
    return key.casefold().replace("-", "").replace("_", "").replace(" ", "")


def slip_of(word: str, known: Iterable[str]) -> str | None:
    """The one known word that a mistyped one surely is: a letter too many, too few, wrong or
    swapped with the next.

    A plural is no slip, and neither is a short word that is nearly another.
    """
    near = [name for name in known if _is_slip(word, name)]
    return near[0] if len(near) == 1 and len(word) >= SHORTEST_SLIP else None


SHORTEST_SLIP = 4


def _is_slip(word: str, name: str) -> bool:
    if word == name or f"{word}s" == name or word == f"{name}s":
        return False
    a, b = _ends(word, name)
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or is_swap(word, name)


def is_swap(word: str, name: str) -> bool:
    """Whether a word is a name with two of its letters swapped that are side by side."""
    a, b = _ends(word, name)
    return len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]


def _ends(word: str, name: str) -> tuple[str, str]:
    """What is left of both from the first letter on that differs."""
    at = next(
        (at for at, pair in enumerate(zip(word, name, strict=False)) if pair[0] != pair[1]), None
    )
    at = min(len(word), len(name)) if at is None else at
    return word[at:], name[at:]


def did_you_mean(
    word: str, known: Iterable[str], pattern: str = "did you mean '{}'?", cutoff: float = 0.6
) -> str | None:
    """The hint that names the known word nearest to a mistyped one, or None.

    Words that are less alike than `cutoff`, from 0 to 1, are not near. Cost: some 30 µs for each
    known word.
    """
    close = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return pattern.format(close[0]) if close else None
