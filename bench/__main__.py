"""`python -m bench`: installs the peers, lets them race, and writes the results."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from bench import machine, measure
from bench.install import install_peers
from bench.measure import BuildError
from bench.peers import CACHE, Contestant, contestants
from bench.race import Race
from bench.report import Results, write

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    wanted = _arguments()
    install_peers()
    measure.become_subreaper()
    taking_part = _chosen(wanted.only)
    races = [
        Race(taking_part, size, CACHE / "sites" / str(size)).run(wanted.runs)
        for size in wanted.sizes
    ]
    results = Results(
        date=datetime.now(UTC).date().isoformat(),
        machine=machine.describe(),
        versions=machine.versions(taking_part),
        samples=tuple(chain.from_iterable(samples for samples, _ in races)),
        made=tuple(chain.from_iterable(made for _, made in races)),
    )
    sys.stdout.write(write(results, wanted.results, machine.kind()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], metavar="POSTS")
    parser.add_argument("--runs", type=int, default=3, help="timed rounds")
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
