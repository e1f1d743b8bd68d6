"""`python -m bench`: installs the peers, lets them race, and writes the results."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench import machine, measure
from bench.install import install_all
from bench.measure import BuildError
from bench.peers import Contestant, contestants
from bench.places import PLACES, end_in_order, ground
from bench.race import Made, Race, Sample, Spent
from bench.report import Results, write

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    wanted = _arguments()
    end_in_order()
    install_all()
    measure.become_subreaper()
    taking_part = _chosen(wanted.only)
    file_systems = {f"on {p.name}": p.file_system for p in PLACES if p.name in wanted.places}
    samples, made, spent = _race(taking_part, wanted)
    results = Results(
        date=datetime.now(UTC).date().isoformat(),
        machine={**machine.describe(), **file_systems},
        versions=machine.versions(taking_part),
        samples=tuple(samples),
        made=tuple(dict.fromkeys(made)),
        spent=tuple(spent),
    )
    sizes = "-".join(map(str, wanted.sizes))
    sys.stdout.write(write(results, wanted.results, f"{machine.kind()}-{sizes}"))


def _race(
    taking_part: tuple[Contestant, ...], wanted: argparse.Namespace
) -> tuple[list[Sample], list[Made], list[Spent]]:
    """Every size in every place. What a place keeps is removed after the last race."""
    samples: list[Sample] = []
    made: list[Made] = []
    spent: list[Spent] = []
    with ExitStack() as end:
        for place in (place for place in PLACES if place.name in wanted.places):
            for size in wanted.sizes:
                with ExitStack() as now:
                    ending = end if place.keeps_old else now
                    race = Race(taking_part, size, place.name, ending.enter_context(ground(place)))
                    made += race.run(wanted.runs)
                    spent += race.profile(wanted.runs)
                    samples += race.samples
    return samples, made, spent


def _arguments() -> argparse.Namespace:
    names = [place.name for place in PLACES]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], metavar="POSTS")
    parser.add_argument("--runs", type=int, default=3, help="timed rounds")
    parser.add_argument("--places", nargs="+", choices=names, default=names)
    parser.add_argument("--only", nargs="*", metavar="NAME", help="who takes part; default: all")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR")
    return parser.parse_args()


def _chosen(names: list[str] | None) -> tuple[Contestant, ...]:
    everyone = {contestant.name: contestant for contestant in contestants()}
    try:
        return tuple(everyone[name] for name in names or everyone)
    except KeyError as error:
        raise SystemExit(f"bench: no contestant {error}; there are {', '.join(everyone)}") from None


if __name__ == "__main__":
    try:
        main()
    except BuildError as error:
        raise SystemExit(f"bench: {error}") from None
