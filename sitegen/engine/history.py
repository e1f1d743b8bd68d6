"""What earlier builds left in an output folder, and how much of it is still as it has to be."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from pathlib import Path

from sitegen.engine.trace import Facets, different, digests
from sitegen.model.output import MANIFEST, Output, Stale, StaleReason
from sitegen.model.report import Report
from sitegen.model.trace import Built, FileState, Trace, Traces
from sitegen.storage.cache import Store
from sitegen.storage.file_state import digest_of_file, is_settled, state_of

Files = Mapping[str, tuple[FileState | None, bytes]]


class History:
    """The traces of an output folder, and the files they tell of."""

    def __init__(self, store: Store, site: Path, output: Path) -> None:
        self._store, self._output = store, output.resolve()
        # Relative, so that a site can move; hexadecimal, because not every path is Unicode.
        self._folder = os.fsencode(os.path.relpath(output, site)).hex()
        self._built: Built | None = store.get("builds", self._folder)
        self._kept: dict[str, tuple[FileState | None, bytes]] = {}
        self._compared: tuple[Facets | None, frozenset[str]] = (None, frozenset())

    @property
    def built(self) -> Built | None:
        """What the last build left, if that is known."""
        return self._built

    @cached_property
    def _traces(self) -> Traces:
        known: Traces | None = self._store.all("traces").get(self._folder)
        return known or Traces()

    def trace(self, path: str) -> Trace | None:
        """How the output at a path came to be, if that is known."""
        return self._traces.outputs.get(path)

    def report(self, inputs: bytes, now: datetime) -> Report | None:
        """The report of a build with nothing to do, or None where there may be something."""
        built = self._built
        if built is None or built.inputs != inputs or not _is_within(built, now):
            return None
        for path, (state, _) in built.files.items():
            if state is None or state_of(f"{self._output}/{path}") != state:
                return None
        return report_of(built)

    def stale(self, output: Output, facets: Facets) -> Stale | None:
        """Why an output has to be rendered, or None where the file of the last build is current."""
        path, trace = output.path, self.trace(output.path)
        if trace is None:
            return Stale(path, StaleReason.NEW)
        differing = self._different(facets)
        if not differing.isdisjoint(trace.reads):
            changed = tuple(name for name in trace.reads if name in differing)
            return Stale(path, StaleReason.CHANGED, changed)
        return None if self._is_as_made(path, trace) else Stale(path, StaleReason.TOUCHED)

    def _different(self, facets: Facets) -> frozenset[str]:
        """The facets that differ from those of the last build, found once for all outputs."""
        compared, differing = self._compared
        if compared is not facets:
            differing = different(self._traces.digests, facets)
            self._compared = (facets, differing)
        return differing

    @property
    def kept(self) -> Mapping[str, bytes]:
        """The digests of the files that were found to be current, by path."""
        return {path: result for path, (_, result) in self._kept.items()}

    def made_from(self, facet: str) -> frozenset[str]:
        """The paths of the outputs that have read this facet."""
        return frozenset(
            path for path, trace in self._traces.outputs.items() if facet in trace.reads
        )

    def drop(self, paths: Iterable[str]) -> None:
        """Forget that these files were found to be current: they may go."""
        for path in paths:
            self._kept.pop(path, None)

    def _is_as_made(self, path: str, trace: Trace) -> bool:
        """Whether the file is the one of the trace, by its state or else by its bytes."""
        known, result = self._built.files.get(path, (None, b"")) if self._built else (None, b"")
        state = state_of(f"{self._output}/{path}")
        is_known = state is not None and state == known and result == trace.result
        if is_known:
            self._kept[path] = (state, trace.result)
        elif state and digest_of_file(self._output / path) == trace.result:
            self._kept[path] = (_if_settled(state, self._store.moment), trace.result)
        return path in self._kept

    def files(self, made: Mapping[str, bytes]) -> Files:
        """What is in the output folder after a build with these files (path → digest).

        Waits until nobody can write one of them within the same tick of the clock.
        """
        moment = self._store.tick()
        states = {path: state_of(f"{self._output}/{path}") for path in made}
        files = {path: (_if_settled(states[path], moment), made[path]) for path in made}
        return self._kept | files

    def save(self, built: Built, traces: Mapping[str, Trace], facets: Facets) -> None:
        """Remember a build, with the traces of what it rendered and of what it kept."""
        known = self._traces.outputs
        outputs = {**{path: known[path] for path in self._kept}, **traces}
        saved = Traces(outputs, digests(outputs.values(), facets))
        self._store.put("traces", self._folder, saved)
        self._store.put("builds", self._folder, built)
        self._built = built


def report_of(built: Built) -> Report:
    """The report of a build that finds nothing to do after this one."""
    unchanged = tuple(path for path in built.files if path != MANIFEST)
    return Report((), unchanged, (), built.left_out, built.diagnostics)


def _is_within(built: Built, now: datetime) -> bool:
    """Whether the time since the build changes nothing."""
    has_begun = built.since is None or built.since <= now
    return has_begun and (built.until is None or now < built.until)


def _if_settled(state: FileState | None, moment: int) -> FileState | None:
    """The state, if any change after the moment would show in it; some lie in the future."""
    return state if state and is_settled(state, moment) else None
