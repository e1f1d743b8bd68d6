"""`python -P phases.py FILE ARGUMENT…`: does `sitegen ARGUMENT…`, and says in FILE, as JSON, what
each phase of it took.

It looks at sitegen from outside, in a process of its own that nothing else is measured in: the
functions below are wrapped as soon as their module is loaded. It is run by the Python that sitegen
is installed for, without this package, and so imports nothing of it.

A moment belongs to the innermost phase under way. The processor time of a worker belongs to the
phase that waits for its end. Nothing is imported before the end that Python has not loaded anyway,
so that the imports of sitegen are all seen.
"""

from __future__ import annotations

import sys
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, process_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

IMPORT = "import"
REST = "rest"
FUNCTIONS = {
    "unchanged": ("sitegen.engine.unchanged:unchanged", "sitegen.engine.history:History.report"),
    "session": ("sitegen.build.session:session_in", "sitegen.engine.fingerprint:fingerprint"),
    "snapshot": ("sitegen.build.pipeline:snapshot_of",),
    "documents": ("sitegen.build.load:load_documents",),
    "survey": ("sitegen.build.survey:survey",),
    "update": ("sitegen.build.pipeline:_make",),
    "commit": ("sitegen.storage.output_folder:Stage.commit",),
    "save": ("sitegen.storage.cache:Store.save", "sitegen.engine.unchanged:write"),
}
"""The functions that are a phase."""
PHASES = (IMPORT, *FUNCTIONS, REST)


class Clock:
    """What has been spent, by phase: wall time, processor time, and that of ended children."""

    def __init__(self) -> None:
        self.spent = {phase: [0.0, 0.0, 0.0] for phase in PHASES}
        self._open = [REST]
        self._before = _now()

    def look(self) -> None:
        """Adds the time since the last look to the phase under way."""
        now, spent = _now(), self.spent[self._open[-1]]
        for index, (end, start) in enumerate(zip(now, self._before, strict=True)):
            spent[index] += end - start
        self._before = now

    def around(self, function: Callable[..., object], name: str) -> Callable[..., object]:
        """The function as a phase, or a part of one."""

        def timed(*arguments: object, **named: object) -> object:
            self.look()
            self._open.append(name)
            try:
                return function(*arguments, **named)
            finally:
                self.look()
                self._open.pop()

        return timed


def _now() -> tuple[float, float, float]:
    children = getrusage(RUSAGE_CHILDREN)
    return perf_counter(), process_time(), children.ru_utime + children.ru_stime


def watch_imports(clock: Clock) -> None:
    """Makes every import that has to load something a phase, and wraps what it brings."""
    importer: Any = sys.modules["_frozen_importlib"]
    load = clock.around(importer._find_and_load, IMPORT)

    def watched(name: str, import_: object) -> object:
        module = load(name, import_)
        for phase, functions in FUNCTIONS.items():
            for function in functions:
                if function.startswith(f"{name}:"):
                    _wrap(module, function.removeprefix(f"{name}:"), phase, clock)
        return module

    importer._find_and_load = watched


def _wrap(module: object, path: str, phase: str, clock: Clock) -> None:
    *owners, name = path.split(".")
    for owner in owners:
        module = getattr(module, owner)
    setattr(module, name, clock.around(getattr(module, name), phase))


def main() -> None:
    target, *sys.argv[1:] = sys.argv[1:]
    sys.argv[0] = "sitegen"
    clock = Clock()
    watch_imports(clock)
    try:
        from sitegen.__main__ import begin

        begin()
    finally:
        clock.look()
        spent = {phase: tuple(one) for phase, one in clock.spent.items()}
        import json
        from pathlib import Path

        Path(target).write_text(json.dumps(spent), encoding="utf-8")


if __name__ == "__main__":
    main()
