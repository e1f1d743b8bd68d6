"""The outputs that are not as they have to be, made and put on the stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic
from sitegen.digest import digest_of_bytes
from sitegen.discover import file_of
from sitegen.history import History
from sitegen.inputs import Inputs
from sitegen.library import Progress, body
from sitegen.model import Maker, Output, Stale, Trace
from sitegen.output import Stage
from sitegen.store import Store
from sitegen.trace import Facets, digests

if TYPE_CHECKING:
    from sitegen.render import Renderer
    from sitegen.templates import Templates

Result = tuple[bytes | None, tuple[str, ...]]
"""The digest of a file, None where its template failed; and the facets it was made from, none
where they are not what they were."""


@dataclass(slots=True)
class Made:
    """What was made, by path, and why."""

    stale: tuple[Stale, ...]
    results: dict[str, bytes] = field(default_factory=dict)
    """The digests of the files."""
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def make(
    site: Path,
    outputs: Iterable[Output],
    facets: Facets,
    templates: Templates,
    inputs: Inputs,
    history: History,
    stage: Stage,
    store: Store,
    now: datetime,
    progress: Progress,
) -> Made:
    """Put every output on the stage: the file of the last time if that will do, else a new one."""
    todo = []
    for output in outputs:
        if stale := history.stale(output, facets):
            todo.append((output, stale))
        else:
            stage.keep(output.path)
    made = Made(tuple(stale for _, stale in todo))
    renderer = _renderer((output for output, _ in todo), facets, templates, store)
    for count, (output, stale) in enumerate(todo, 1):
        if output.maker is Maker.COPY or renderer is None:
            result, reads = _copied(site, output, facets, inputs, stage)
        else:
            result, reads = _rendered(output, renderer, stage)
        if result:
            made.results[output.path] = result
        if result and reads:
            made.traces[output.path] = Trace(reads, digests(reads, facets), result, stale, now)
        progress("rendering", count, len(todo))
    made.problems = renderer.problems if renderer else ()
    return made


def _copied(site: Path, output: Output, facets: Facets, inputs: Inputs, stage: Stage) -> Result:
    """What became of a copy. The file may have changed since it was looked at."""
    result = stage.copy(output.path, file_of(site, output.subject))
    inputs.saw(output.subject, result)
    source = f"file:{output.subject}"
    return result, (f"output:{output.path}", source) if facets[source] == result else ()


def _rendered(output: Output, renderer: Renderer, stage: Stage) -> Result:
    made = renderer.make(output.path)
    if made.data is None:
        return None, ()
    stage.put(output.path, made.data)
    return digest_of_bytes(made.data), made.reads


def _renderer(
    outputs: Iterable[Output], facets: Facets, templates: Templates, store: Store
) -> Renderer | None:
    """What makes these outputs; None, and nothing is loaded for it, if all are copies."""
    if all(output.maker is Maker.COPY for output in outputs):
        return None
    from sitegen.render import Renderer

    return Renderer(facets, templates, partial(body, store))
