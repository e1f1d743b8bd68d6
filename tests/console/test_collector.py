"""No build waits for a search for cyclic garbage, and no server leaks it."""

from __future__ import annotations

import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from sitegen.console.collector import collect_later

COUNTED = """
import gc, sys
runs = []
gc.callbacks.append(lambda *_: runs.append("sitegen.cli.app" in sys.modules))
from sitegen.__main__ import begin
try:
    begin()
finally:
    print(sum(runs))
"""
"""Prints how often the collector has run since the command line was loaded."""


class Cycle:
    def __init__(self) -> None:
        self.own = self


def test_no_command_that_ends_collects(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("A.\n")
    command = [sys.executable, "-c", COUNTED, "build", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0"


def test_garbage_is_kept_during_a_build_and_collected_after_it() -> None:
    found = []

    def build() -> None:
        with collect_later():
            found.append(weakref.ref(Cycle()))
            assert allocated()
            assert found[0]()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        build()
    assert allocated()
    assert not found[0]()


def allocated() -> list[list[int]]:
    """As much as sets off the collector, where it is not held."""
    return [[] for _ in range(100_000)]
