"""What the samples say: medians and ratios, as JSON, as Markdown and as a picture."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from bench.plot import Bar, Panel, draw
from bench.race import COLD, FLOOR, STEPS, Made, Sample


@dataclass(frozen=True, slots=True)
class Results:
    """All that one run of the benchmark found out."""

    date: str
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    samples: tuple[Sample, ...]
    made: tuple[Made, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(sorted({sample.posts for sample in self.samples}))

    @property
    def contestants(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(made.contestant for made in self.made))

    @property
    def rounds(self) -> int:
        return max(sample.round for sample in self.samples)

    def times(self, size: int, step: str) -> Mapping[str, tuple[Sample, ...]]:
        """The timed samples of everyone, in the order of rounds."""
        return {
            name: found
            for name in (*self.contestants, FLOOR)
            if (found := tuple(self._timed(name, size, step)))
        }

    def _timed(self, name: str, size: int, step: str) -> Iterator[Sample]:
        for sample in self.samples:
            place = (sample.contestant, sample.posts, sample.step)
            if sample.round > 0 and place == (name, size, step):
                yield sample

    def memory(self, size: int, step: str) -> Mapping[str, int]:
        """Bytes at the highest, of everyone."""
        return {
            sample.contestant: sample.usage.memory
            for sample in self.samples
            if (sample.posts, sample.step) == (size, step) and sample.usage.memory is not None
        }


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


def lines(times: Mapping[str, tuple[Sample, ...]]) -> tuple[Line, ...]:
    """How everyone did, in the order given."""
    fastest = _fastest_peer(times)
    return tuple(
        Line(
            name=name,
            wall=median(sample.usage.wall for sample in samples),
            cpu=median(sample.usage.cpu for sample in samples),
            ratio=_ratio(samples, times[fastest]) if fastest else None,
        )
        for name, samples in times.items()
    )


def _fastest_peer(times: Mapping[str, tuple[Sample, ...]]) -> str | None:
    """The peer with the lowest median."""
    peers = (name for name in times if is_peer(name))
    return min(peers, key=lambda name: median(one.usage.wall for one in times[name]), default=None)


def _ratio(samples: Iterable[Sample], of_fastest: Iterable[Sample]) -> float:
    pairs = zip(samples, of_fastest, strict=True)
    return median(own.usage.wall / other.usage.wall for own, other in pairs)


def is_peer(name: str) -> bool:
    return name != FLOOR and not name.startswith("sitegen")


def write(results: Results, folder: Path, machine: str) -> str:
    """Writes the three files, and returns the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{results.date}-{machine}"
    text = markdown(results, f"{name}.svg")
    (folder / f"{name}.json").write_text(to_json(results), encoding="utf-8")
    (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (folder / f"{name}.svg").write_text(to_svg(results), encoding="utf-8")
    return text


def to_json(results: Results) -> str:
    return json.dumps(asdict(results), indent=1) + "\n"


def markdown(results: Results, picture: str) -> str:
    about = ", ".join(f"{key} {value}" for key, value in results.machine.items())
    tables = (_table(results, size) for size in results.sizes)
    versions = (f"- {name}: {version}" for name, version in results.versions.items())
    return "\n".join(
        (
            f"# Benchmark of {results.date}\n",
            f"Medians of {results.rounds} interleaved rounds ({about}).",
            "In brackets: how many times as long as the fastest peer took in the same round.",
            "How it is measured, and how fair it is: `bench/README.md`.\n",
            f"![Wall times of every step]({picture})\n",
            *tables,
            "## Versions\n",
            *versions,
            "",
        )
    )


def _table(results: Results, size: int) -> str:
    """Wall times of every step, then processor time and memory of the cold one."""
    steps = {step.name: lines(results.times(size, step.name)) for step in STEPS}
    made = {made.contestant: made for made in results.made if made.posts == size}
    memory = results.memory(size, COLD.name)
    headings = ("", *steps, "CPU, cold", "peak memory, cold", "output")
    rows = (
        (
            name,
            *(_time(found, name) for found in steps.values()),
            _cpu(steps[COLD.name], name),
            _megabytes(memory.get(name)),
            f"{made[name].files:,} files, {_megabytes(made[name].size)}" if name in made else "",
        )
        for name in (*results.contestants, FLOOR)
    )
    ruler = ("---", *("---:" for _ in headings[1:]))
    table = "\n".join(f"| {' | '.join(row)} |" for row in (headings, ruler, *rows))
    return f"## {size:,} posts\n\n{table}\n"


def _time(found: Iterable[Line], name: str) -> str:
    line = next((line for line in found if line.name == name), None)
    if line is None:
        return ""
    return seconds(line.wall) + (f" ({line.ratio:.2f})" if line.ratio is not None else "")


def _cpu(found: Iterable[Line], name: str) -> str:
    return next((seconds(line.cpu) for line in found if line.name == name), "")


def _megabytes(size: int | None) -> str:
    return "" if size is None else f"{size / 1e6:,.0f} MB"


def seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def to_svg(results: Results) -> str:
    """A column for each size, a row for each step, and one for memory."""
    times = {
        step.name: tuple(_times(results, size, step.name) for size in results.sizes)
        for step in STEPS
    }
    memory = tuple(_memory(results, size) for size in results.sizes)
    columns = tuple(f"{size:,} posts" for size in results.sizes)
    return draw(columns, times | {"peak memory, cold": memory})


def _times(results: Results, size: int, step: str) -> Panel:
    found = lines(results.times(size, step))
    return tuple(Bar(line.name, line.wall, seconds(line.wall), _kind(line.name)) for line in found)


def _memory(results: Results, size: int) -> Panel:
    found = results.memory(size, COLD.name)
    return tuple(
        Bar(name, found[name], _megabytes(found[name]), _kind(name))
        for name in results.contestants
        if name in found
    )


def _kind(name: str) -> str:
    if name == FLOOR:
        return name
    return "peer" if is_peer(name) else "own"
