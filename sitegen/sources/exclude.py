"""What `[content] exclude` leaves out of the site, and which of its patterns leave out nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from sitegen.text.globs import matcher
from sitegen.text.spelling import did_you_mean

SLIP = 2
"""Characters that a mistyped name may be longer or shorter than the right one."""


class Exclusion:
    """The patterns of the configuration, in use: each is unused until a name matches it."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        # What leaves out all of a folder leaves out the folder, which then need not be walked.
        folders = {pattern: pattern.removesuffix("/**") for pattern in patterns}
        self._either = matcher(folders.values())
        self._unused = {pattern: matcher((folder,)) for pattern, folder in folders.items()}

    def takes(self, name: str) -> bool:
        """Whether a file or folder is left out, by its path below the content folder."""
        if not self._either.fullmatch(name):
            return False
        for pattern in [key for key, one in self._unused.items() if one.fullmatch(name)]:
            del self._unused[pattern]
        return True

    @property
    def unused(self) -> tuple[str, ...]:
        """The patterns that have matched nothing, in the order of the configuration."""
        return tuple(self._unused)


def intended(pattern: str, content: str, names: Iterable[str]) -> str | None:
    """The pattern that an unused one most likely stands for: one that matches some of the names.

    `names` are those of the files in the folder `content`.
    """
    names = tuple(names)
    for likely in _likely(pattern.strip("/"), content, names):
        found = matcher((likely,))
        if any(found.fullmatch(name) for name in names):
            return likely
    return None


def _likely(pattern: str, content: str, names: tuple[str, ...]) -> Iterator[str]:
    """The pattern as one below the content folder, at any depth, and with one name corrected."""
    if content:
        yield pattern.removeprefix(f"{content}/")
    yield f"**/{pattern}"
    known = {part for name in names for part in name.split("/")}
    known |= {f"*{PurePosixPath(name).suffix}" for name in names}
    parts = pattern.split("/")
    for at, part in enumerate(parts):
        near = [name for name in known if abs(len(name) - len(part)) <= SLIP]
        if right := did_you_mean(part, sorted(near), "{}"):
            yield "/".join((*parts[:at], right, *parts[at + 1 :]))
