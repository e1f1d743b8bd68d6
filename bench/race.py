"""The order of events: who builds what, and when.

A round is every step, and a step is every contestant in turn (A B C D, A B C D): whatever slows
the machine for a while slows all of them. Who starts moves on by one each round. Round 0 warms the
disk cache and compiled files; memory is looked at and the sites are checked in it, and its times
are not used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from bench import census, corpus, measure
from bench.corpus import Post
from bench.measure import BuildError, Usage
from bench.peers import Contestant
from bench.sites import Site, with_body_edited, with_title_edited

FLOOR = "floor"
"""Not a contestant: reading all posts and writing all files of the peer that writes most."""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    has_code: bool = True
    is_cold: bool = False
    edits: tuple[Callable[[Post, str], Post], ...] = ()
    """What the edited post has gone through since the cold build; each gets a mark of the round."""


COLD = Step("cold", is_cold=True)
STEPS = (
    COLD,
    Step("cold, no code blocks", is_cold=True, has_code=False),
    Step("nothing changed"),
    Step("one body edited", edits=(with_body_edited,)),
    Step("one title edited", edits=(with_body_edited, with_title_edited)),
)
"""In their order: the warm ones build on what the cold one left."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One build."""

    contestant: str
    posts: int
    step: str
    round: int
    """0 is the round for memory and checks."""
    usage: Usage


@dataclass(frozen=True, slots=True)
class Made:
    """What a contestant makes of the posts with code."""

    contestant: str
    posts: int
    files: int
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Race:
    """All that takes part at one size."""

    contestants: tuple[Contestant, ...]
    posts: int
    folder: Path

    def run(self, rounds: int) -> tuple[tuple[Sample, ...], tuple[Made, ...]]:
        self._write_sites()
        samples = list(self._round(0))
        made = tuple(self._made(site) for site in self.sites(has_code=True))
        for number in range(1, rounds + 1):
            samples += self._round(number)
            samples.append(self._floor(made, number))
        return tuple(samples), made

    def sites(self, has_code: bool) -> tuple[Site, ...]:
        kind = self.folder / ("code" if has_code else "plain")
        return tuple(Site(contestant, kind / contestant.name) for contestant in self.contestants)

    def _write_sites(self) -> None:
        for has_code in (True, False):
            posts = tuple(corpus.posts(self.posts, has_code))
            for site in self.sites(has_code):
                site.write(posts)

    def _round(self, number: int) -> Iterator[Sample]:
        for step in STEPS:
            sites = self.sites(step.has_code)
            first = number % len(sites)
            for site in (*sites[first:], *sites[:first]):
                usage = self._build(site, step, number)
                yield Sample(site.contestant.name, self.posts, step.name, number, usage)

    def _build(self, site: Site, step: Step, number: int) -> Usage:
        post = self._edited(step, number)
        if step.is_cold:
            site.wipe()
        if step.is_cold or step.edits:
            site.write_post(post)
        usage = measure.run(site.contestant.command, site.folder, look_at_memory=number == 0)
        _say(f"{self.posts} posts, round {number}, {step.name}, {site.contestant.name}", usage)
        if step.edits and not census.shows(site, post, self._home_page_of_edited):
            raise BuildError(f"{site.contestant.name}: an edit does not show ({step.name})")
        if step.is_cold and number == 0:
            self._check(site, step.has_code)
        return usage

    def _edited(self, step: Step, number: int) -> Post:
        """The post in the middle, so that no feed has it, as this step of this round has it."""
        post = corpus.post(self.posts // 2, step.has_code)
        for edit in step.edits:
            post = edit(post, f"edition {number}")
        return post

    @property
    def _home_page_of_edited(self) -> int:
        newer = self.posts - 1 - self.posts // 2
        return newer // census.PAGE_SIZE + 1

    def _check(self, site: Site, has_code: bool) -> None:
        posts = tuple(corpus.posts(self.posts, has_code))
        if wrong := census.differences(census.count(site, posts), census.expected(posts)):
            raise BuildError(f"{site.contestant.name} did not make the site: {'; '.join(wrong)}")

    def _made(self, site: Site) -> Made:
        outputs = site.outputs()
        size = sum(path.stat().st_size for path in outputs)
        return Made(site.contestant.name, self.posts, len(outputs), size)

    def _floor(self, made: Sequence[Made], number: int) -> Sample:
        peers = {site.contestant.name: site for site in self.sites(has_code=True)}
        most = max(made, key=lambda one: (peers[one.contestant].contestant.is_peer, one.size))
        site, target = peers[most.contestant], self.folder / FLOOR
        rmtree(target, ignore_errors=True)
        outputs = [(path.relative_to(site.public), path.read_bytes()) for path in site.outputs()]
        usage = measure.copy_through_memory(site.sources(), outputs, target)
        return Sample(FLOOR, self.posts, COLD.name, number, usage)


def _say(what: str, usage: Usage) -> None:
    sys.stderr.write(f"{what}: {usage.wall:.2f} s\n")
