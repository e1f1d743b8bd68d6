"""What the samples say: medians and ratios, as JSON, as Markdown and as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from statistics import median

from bench.measure import Usage
from bench.peers import is_peer
from bench.plot import Bar, Panel, draw
from bench.race import COLD, FLOOR, STEPS, Made, Sample, Spent


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run of the benchmark found out."""

    date: str
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    samples: tuple[Sample, ...]
    made: tuple[Made, ...]
    spent: tuple[Spent, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(sorted({sample.posts for sample in self.samples}))

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sample.place for sample in self.samples))

    @property
    def contestants(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(made.contestant for made in self.made))

    @property
    def rounds(self) -> int:
        return max(sample.round for sample in self.samples)

    def times(self, size: int, place: str, step: str) -> Mapping[str, Walls]:
        """The samples of everyone, in the order of rounds."""
        found: dict[str, Walls] = {}
        for sample in self.samples:
            if (sample.posts, sample.place, sample.step) == (size, place, step):
                found.setdefault(sample.contestant, {})[sample.round] = sample.usage
        return {name: found[name] for name in (*self.contestants, FLOOR) if name in found}

    def memory(self, size: int, place: str) -> Mapping[str, int]:
        """Bytes at the highest in a cold build, of everyone."""
        times = self.times(size, place, COLD.name)
        seen = {name: usages[0].memory for name, usages in times.items() if 0 in usages}
        return {name: memory for name, memory in seen.items() if memory is not None}


Walls = dict[int, Usage]
"""What a contestant used, by round."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a contestant did in one step."""

    name: str
    wall: float
    """The median, in seconds."""
    cpu: float
    ratio: float | None
    """Median over the rounds of: its wall time, by that of the fastest peer in the same round.

    None where no peer took part.
    """
    is_once: bool
    """Whether it was so slow in round 0 that this is its only time."""


def lines(times: Mapping[str, Walls]) -> tuple[Line, ...]:
    """How everyone did, in the order given."""
    fastest = _fastest_peer(times)
    return tuple(
        Line(
            name=name,
            wall=median(usage.wall for usage in _timed(usages).values()),
            cpu=median(usage.cpu for usage in _timed(usages).values()),
            ratio=_ratio(usages, times[fastest]) if fastest else None,
            is_once=not any(usages),
        )
        for name, usages in times.items()
    )


def _timed(usages: Walls) -> Walls:
    """Round 0 counts for those alone who were in no other."""
    return {number: usage for number, usage in usages.items() if number} or usages


def _fastest_peer(times: Mapping[str, Walls]) -> str | None:
    """The peer with the lowest median."""
    medians = {
        name: median(usage.wall for usage in _timed(usages).values())
        for name, usages in times.items()
        if name != FLOOR and is_peer(name)
    }
    return min(medians, key=lambda name: medians[name], default=None)


def _ratio(usages: Walls, of_fastest: Walls) -> float:
    """Over the rounds that both were in, which for the slow may be round 0 alone."""
    rounds = _timed(usages).keys() & _timed(of_fastest).keys() or usages.keys() & of_fastest.keys()
    return median(usages[number].wall / of_fastest[number].wall for number in rounds)


def write(results: Results, folder: Path, machine: str) -> str:
    """Writes the JSON, the Markdown, and a picture for each place; returns the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{results.date}-{machine}"
    text = markdown(results, name)
    (folder / f"{name}.json").write_text(to_json(asdict(results)), encoding="utf-8")
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    for place in results.places:
        picture = to_svg(results, place)
        (folder / f"{name}-{place}.svg").write_text(picture, encoding="utf-8")
    return text


def to_json(found: Mapping[str, object]) -> str:
    """An object with a line for each item of its tuples, such as samples."""
    return "{\n" + ",\n".join(_members(found)) + "\n}\n"


def _members(found: Mapping[str, object]) -> Iterator[str]:
    for key, value in found.items():
        if isinstance(value, tuple):
            inside = ",\n".join(f"  {json.dumps(item)}" for item in value)
            yield f" {json.dumps(key)}: [\n{inside}\n ]"
        else:
            yield f" {json.dumps(key)}: {json.dumps(value)}"


def markdown(results: Results, name: str) -> str:
    about = ", ".join(f"{key} {value}" for key, value in results.machine.items())
    versions = (f"- {name}: {version}" for name, version in results.versions.items())
    return "\n".join(
        (
            f"# Benchmark of {results.date}\n",
            f"Medians of {results.rounds} interleaved rounds ({about}).",
            "In brackets: how many times as long as the fastest peer took in the same round.",
            "`*`: so slow that its first build is its only one.",
            "How it is measured, and how fair it is: `bench/README.md`.\n",
            *chain.from_iterable(_of_place(results, place, name) for place in results.places),
            "## Versions\n",
            *versions,
            "",
        )
    )


def _of_place(results: Results, place: str, name: str) -> Iterator[str]:
    yield f"![Wall times of every step, in the place: {place}]({name}-{place}.svg)\n"
    for size in results.sizes:
        yield f"## {size:,} posts, {place}\n"
        yield _table(results, size, place)
        if spent := [one for one in results.spent if (one.posts, one.place) == (size, place)]:
            yield "Where the time of sitegen goes, in ms: wall / processor, workers.\n"
            yield _profile(spent)


def _table(results: Results, size: int, place: str) -> str:
    """Wall times of every step, then processor time and memory of the cold one."""
    steps = {step.name: lines(results.times(size, place, step.name)) for step in STEPS}
    made = {made.contestant: made for made in results.made if made.posts == size}
    memory = results.memory(size, place)
    headings = ("", *steps, "CPU, cold", "peak memory, cold (of the leanest, of Hugo)", "output")
    rows = (
        (
            name,
            *(_time(found, name) for found in steps.values()),
            _cpu(steps[COLD.name], name),
            _memory(memory, name),
            _output(made[name]) if name in made else "",
        )
        for name in (*results.contestants, FLOOR)
    )
    return _as_table(headings, rows)


def _as_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruler = ("---", *("---:" for _ in headings[1:]))
    return "\n".join(f"| {' | '.join(row)} |" for row in (headings, ruler, *rows)) + "\n"


def _time(found: Iterable[Line], name: str) -> str:
    line = next((line for line in found if line.name == name), None)
    if line is None:
        return ""
    ratio = f" ({line.ratio:.2f})" if line.ratio is not None else ""
    return seconds(line.wall) + ("*" if line.is_once and name != FLOOR else "") + ratio


def _cpu(found: Iterable[Line], name: str) -> str:
    return next((seconds(line.cpu) for line in found if line.name == name), "")


def _memory(found: Mapping[str, int], name: str) -> str:
    """In brackets, as parts of the leanest peer's and of Hugo's."""
    if name not in found:
        return ""
    leanest = min((found[peer] for peer in found if is_peer(peer)), default=None)
    ratios = (f"{found[name] / other:.2f}" for other in (leanest, found.get("hugo")) if other)
    inside = ", ".join(ratios)
    return _megabytes(found[name]) + (f" ({inside})" if inside else "")


def _output(made: Made) -> str:
    return f"{made.files:,} files, {made.pages:,} pages, {_megabytes(made.size)}"


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def _profile(spent: Sequence[Spent]) -> str:
    """A row for each phase, and one for their sum; a column for each step."""
    steps = tuple(dict.fromkeys(one.step for one in spent))
    phases = tuple(dict.fromkeys(one.phase for one in spent))
    medians = {
        (phase, step): _median_spent([s for s in spent if (s.phase, s.step) == (phase, step)])
        for phase in phases
        for step in steps
    }
    rows = [(phase, *(_milliseconds(medians[phase, step]) for step in steps)) for phase in phases]
    sums = (
        tuple(map(sum, zip(*(medians[phase, step] for phase in phases), strict=True)))
        for step in steps
    )
    return _as_table(("", *steps), (*rows, ("together", *map(_milliseconds, sums))))


def _median_spent(spent: Sequence[Spent]) -> tuple[float, ...]:
    return tuple(map(median, zip(*((s.wall, s.cpu, s.workers) for s in spent), strict=True)))


def _milliseconds(spent: tuple[float, ...]) -> str:
    wall, cpu, workers = (f"{1000 * one:,.0f}" for one in spent)
    return f"{wall} / {cpu}" + (f", {workers}" if workers != "0" else "")


def to_svg(results: Results, place: str) -> str:
    """A column for each size, a row for each step, and one for memory."""
    times = {
        step.name: tuple(_times(results, size, place, step.name) for size in results.sizes)
        for step in STEPS
    }
    memory = tuple(_memories(results, size, place) for size in results.sizes)
    columns = tuple(f"{size:,} posts, {place}" for size in results.sizes)
    return draw(columns, times | {"peak memory, cold": memory})


def _times(results: Results, size: int, place: str, step: str) -> Panel:
    found = lines(results.times(size, place, step))
    return tuple(Bar(line.name, line.wall, seconds(line.wall), _kind(line.name)) for line in found)


def _memories(results: Results, size: int, place: str) -> Panel:
    found = results.memory(size, place)
    return tuple(
        Bar(name, found[name], _megabytes(found[name]), _kind(name))
        for name in results.contestants
        if name in found
    )


def _kind(name: str) -> str:
    if name == FLOOR:
        return name
    return "own" if name.startswith("sitegen") else "peer"
