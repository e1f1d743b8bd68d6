"""The order of events: who builds what, and when.

A round is every step, and a step is every contestant in turn (A B C D, A B C D): whatever slows
the machine for a while slows all of them. Who starts moves on by one each round. Round 0 warms the
disk cache and compiled files; memory is looked at and the sites are checked in it. Its times are
not used, but for those who were too slow in a step to be asked again.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import census, corpus, measure
from bench.corpus import Post
from bench.measure import BuildError, Usage
from bench.peers import SITEGEN, Contestant, is_peer
from bench.places import Ground
from bench.sites import Site, with_body_edited, with_title_edited

FLOOR = "floor"
"""Not a contestant: reading all posts and writing all files of the peer that writes most."""
SLOW = 20.0
SLOWER = 1.5
"""Who took more than these seconds, and more than this many times as long as the fastest peer, in a
step of round 0 is not asked for it again: that time is taken."""


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    has_code: bool = True
    is_cold: bool = False
    edits: tuple[Callable[[Post, str], Post], ...] = ()
    """What the edited post has gone through since the cold build; each gets a mark of the round."""


COLD = Step("cold", is_cold=True)
TITLE = Step("one title edited", edits=(with_body_edited, with_title_edited))
STEPS = (
    COLD,
    Step("cold, no code blocks", is_cold=True, has_code=False),
    Step("one body edited", edits=(with_body_edited,)),
    TITLE,
    Step("nothing changed"),
)
"""In their order: the warm ones build on what the one before left."""
PROFILED = tuple(step for step in STEPS if step is not TITLE)


@dataclass(frozen=True, slots=True)
class Sample:
    """One build."""

    contestant: str
    posts: int
    place: str
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
    pages: int
    """Those of the files that are HTML."""
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one phase of a build by sitegen took."""

    posts: int
    place: str
    step: str
    round: int
    phase: str
    wall: float
    cpu: float
    """Seconds of the command's own process."""
    workers: float
    """Seconds of processor time of the others."""


@dataclass(frozen=True, slots=True)
class Race:
    """All that takes part at one size, in one place."""

    contestants: tuple[Contestant, ...]
    posts: int
    place: str
    ground: Ground
    samples: list[Sample] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return self.ground.folder / str(self.posts)

    def run(self, rounds: int) -> tuple[Made, ...]:
        """Fills `samples`, and returns what everyone made."""
        self._write_sites()
        self._round(0)
        made = tuple(self._made(site) for site in self._sites(COLD))
        for number in range(1, rounds + 1):
            self._round(number)
            self._floor(made, number)
        return made

    def profile(self, rounds: int) -> Iterator[Spent]:
        """What each phase of sitegen takes, after the race, of which it is no part."""
        file, python = self.folder / "phases.json", str(SITEGEN / "bin" / "python")
        command = (python, "-P", str(Path(__file__).parent / "phases.py"), str(file), "build", ".")
        for number in range(1, rounds + 1):
            for step in PROFILED:
                for site in self._sites(step):
                    if site.contestant.name == "sitegen":
                        self._prepare(site, step, f"profile {number}")
                        usage = measure.run(command, site.folder)
                        yield from self._spent(step, number, usage, file)

    def _spent(self, step: Step, number: int, usage: Usage, file: Path) -> Iterator[Spent]:
        """The phases that the command knows of, and before them what it does not see of itself."""
        phases = json.loads(file.read_text(encoding="utf-8"))
        seen = [sum(each) for each in zip(*phases.values(), strict=True)]
        start = (usage.wall - seen[0], usage.cpu - seen[1] - seen[2], 0.0)
        for phase, (wall, cpu, workers) in {"interpreter": start, **phases}.items():
            yield Spent(self.posts, self.place, step.name, number, phase, wall, cpu, workers)

    def _sites(self, step: Step) -> tuple[Site, ...]:
        """The sites of all who take part in a step."""
        kind = self.folder / ("code" if step.has_code else "plain")
        return tuple(
            Site(contestant, kind / contestant.name)
            for contestant in self.contestants
            if contestant.splits_tags or step is COLD
        )

    def _write_sites(self) -> None:
        for step in STEPS[:2]:
            posts = tuple(corpus.posts(self.posts, step.has_code))
            for site in self._sites(step):
                site.write(posts)

    def _round(self, number: int) -> None:
        for step in STEPS:
            slow = slow_ones(self.samples, step.name) if number else frozenset()
            sites = [site for site in self._sites(step) if site.contestant.name not in slow]
            first = number % len(sites) if sites else 0
            for site in (*sites[first:], *sites[:first]):
                usage = self._build(site, step, number)
                name = site.contestant.name
                self.samples.append(Sample(name, self.posts, self.place, step.name, number, usage))

    def _build(self, site: Site, step: Step, number: int) -> Usage:
        post = self._prepare(site, step, f"edition {number}")
        usage = measure.run(site.contestant.command, site.folder, look_at_memory=number == 0)
        self._say(f"round {number}, {step.name}, {site.contestant.name}", usage)
        if step.edits and not census.shows(site, post, self._home_page_of_edited):
            raise BuildError(f"{site.contestant.name}: an edit does not show ({step.name})")
        if step.is_cold and number == 0:
            self._check(site, step.has_code)
        return usage

    def _prepare(self, site: Site, step: Step, mark: str) -> Post:
        """Brings a site into the state that a step begins with.

        Returns the post in the middle, which no feed has, as this step has it.
        """
        post = corpus.post(self.posts // 2, step.has_code)
        for edit in step.edits:
            post = edit(post, mark)
        if step.is_cold:
            site.clear(self.ground)
        if step.is_cold or step.edits:
            site.write_post(post)
        return post

    @property
    def _home_page_of_edited(self) -> int:
        newer = self.posts - 1 - self.posts // 2
        return newer // census.PAGE_SIZE + 1

    def _check(self, site: Site, has_code: bool) -> None:
        posts = tuple(corpus.posts(self.posts, has_code))
        wanted = census.expected(posts, site.contestant.splits_tags)
        if wrong := census.differences(census.count(site, posts), wanted):
            raise BuildError(f"{site.contestant.name} did not make the site: {'; '.join(wrong)}")

    def _made(self, site: Site) -> Made:
        outputs = site.outputs()
        pages = sum(path.suffix == ".html" for path in outputs)
        size = sum(path.stat().st_size for path in outputs)
        return Made(site.contestant.name, self.posts, len(outputs), pages, size)

    def _floor(self, made: Sequence[Made], number: int) -> None:
        most = max(made, key=lambda one: (is_peer(one.contestant), one.size)).contestant
        site = next(site for site in self._sites(COLD) if site.contestant.name == most)
        outputs = [(path.relative_to(site.public), path.read_bytes()) for path in site.outputs()]
        target = self.folder / FLOOR
        self.ground.clear(target)
        usage = measure.copy_through_memory(site.sources(), outputs, target)
        self.samples.append(Sample(FLOOR, self.posts, self.place, COLD.name, number, usage))

    def _say(self, what: str, usage: Usage) -> None:
        sys.stderr.write(f"{self.posts} posts, {self.place}, {what}: {usage.wall:.2f} s\n")


def slow_ones(samples: Sequence[Sample], step: str) -> frozenset[str]:
    """Who is not asked again for a step, by round 0."""
    walls = {
        one.contestant: one.usage.wall for one in samples if (one.step, one.round) == (step, 0)
    }
    peers = [wall for name, wall in walls.items() if is_peer(name)]
    limit = max(SLOW, SLOWER * min(peers or walls.values(), default=0))
    return frozenset(name for name, wall in walls.items() if wall > limit)
