"""What open tabs get: the state of the site, and what has changed since a page was loaded.

The event stream carries only a number that something new is to be asked for. What it is, a tab
asks by the number of the site it shows (`since`). So a tab that slept, or lost its connection,
learns all it has missed by the same question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, field, replace
from pathlib import PurePosixPath

from sitegen.model.dataclass import dataclass
from sitegen.model.source import MARKDOWN

OFFERED = 3
"""Pages that are offered after a save, at most."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A page to offer, since what it is made from was saved."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class News:
    """The state of the site."""

    session: str
    """Of this server, whose numbers mean nothing to another."""
    round: int = 0
    """Builds so far, good or bad."""
    number: int = 0
    """Of the site that is served; it rises with each that is published."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """By unquoted path of a URL: the number of the site in which it last became another."""
    saved: tuple[Saved, ...] = ()
    problems: tuple[Mapping[str, object], ...] = ()
    """Why the last build published nothing."""

    def published(self, urls: tuple[str, ...], saved: tuple[Saved, ...]) -> News:
        """After a build that published a site in which something else is at these URLs."""
        number = self.number + 1
        changed = {**self.changed, **dict.fromkeys(urls, number)}
        return News(self.session, self.round + 1, number, changed, saved)

    def failed(self, problems: tuple[Mapping[str, object], ...]) -> News:
        """After a build that published nothing."""
        return replace(self, round=self.round + 1, problems=problems, saved=())

    def since(self, number: int) -> dict[str, object]:
        """What a page of the site of this number should know."""
        saved = self.saved if self.number > number else ()
        return {
            "session": self.session,
            "number": self.number,
            "changed": sorted(path for path, at in self.changed.items() if at > number),
            "saved": [asdict(one) for one in saved],
            "problems": list(self.problems),
        }


def saved_pages(sources: Iterable[str], written: Iterable[str]) -> tuple[str, ...]:
    """The pages among the written files that show the sources that were saved.

    A page is taken for that of a Markdown file where their names agree, `2026-01-02-trip.md` and
    `posts/trip/index.html`; and where none does, if it is the only page.
    """
    stems = {_stem(PurePosixPath(path)) for path in sources if path.endswith(MARKDOWN)}
    pages = [path for path in written if path.endswith(".html")] if stems else []
    named = [page for page in pages if _is_of(_stem(PurePosixPath(page)), stems)]
    return tuple((named or (pages if len(pages) == 1 else []))[:OFFERED])


def _stem(path: PurePosixPath) -> str:
    """The name without its ending; that of an index is its folder's."""
    return path.parent.name if path.stem == "index" else path.stem


def _is_of(page: str, stems: Iterable[str]) -> bool:
    return any(page and (stem == page or stem.endswith(f"-{page}")) for stem in stems)
