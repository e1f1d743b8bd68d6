"""The outputs that are not as they have to be, made and put on the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.load import Jobs, body
from sitegen.engine.history import History
from sitegen.engine.trace import Facets, digests
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest_of_bytes
from sitegen.model.output import Maker, Output, Stale
from sitegen.model.report import Progress
from sitegen.model.trace import Trace
from sitegen.sources.discover import file_of
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.cache import Store
from sitegen.storage.output_folder import Stage

if TYPE_CHECKING:
    from sitegen.outputs.render import Rendering
    from sitegen.outputs.templates.environment import Templates

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
    inputs: Snapshot,
    history: History,
    stage: Stage,
    store: Store,
    now: datetime,
    jobs: Jobs,
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
    failures: list[tuple[Diagnostic, str]] = []
    rest = [output for output, _ in todo if output.maker is not Maker.COPY]
    with _rendering(rest, facets, templates, store, jobs) if rest else nullcontext() as rendered:
        for count, (output, stale) in enumerate(todo, 1):
            if output.maker is Maker.COPY or rendered is None:
                result, reads = _copied(site, output, facets, inputs, stage)
            else:
                result, reads = _put(output, rendered(output), stage, failures)
            if result:
                made.results[output.path] = result
            if result and reads:
                made.traces[output.path] = Trace(reads, digests(reads, facets), result, stale, now)
            progress("rendering", count, len(todo))
    if failures:
        from sitegen.outputs.render import told

        made.problems = told(failures)
    return made


def _copied(site: Path, output: Output, facets: Facets, inputs: Snapshot, stage: Stage) -> Result:
    """What became of a copy. The file may have changed since it was looked at."""
    result = stage.copy(output.path, file_of(site, output.subject))
    inputs.saw(output.subject, result)
    source = f"file:{output.subject}"
    return result, (f"output:{output.path}", source) if facets[source] == result else ()


def _put(
    output: Output, made: Rendering, stage: Stage, failures: list[tuple[Diagnostic, str]]
) -> Result:
    """What became of an output that is rendered; a failure is added to those there are."""
    if made.problem:
        failures.append((made.problem, output.owner))
    if made.data is None:
        return None, ()
    stage.put(output.path, made.data)
    return digest_of_bytes(made.data), made.reads


@contextmanager
def _rendering(
    outputs: Sequence[Output], facets: Facets, templates: Templates, store: Store, jobs: Jobs
) -> Iterator[Callable[[Output], Rendering]]:
    """What renders these outputs, asked for in their order; many pages in many processes."""
    from sitegen.execution.executor import sharing
    from sitegen.outputs.render import Renderer

    find = partial(body, store)
    renderer = Renderer(facets, templates, find)
    pages = [output for output in outputs if output.maker is Maker.PAGE]
    items = ((page.path, find(page.subject) if page.is_document else "") for page in pages)
    count = None if isinstance(jobs, str) else jobs
    with sharing(renderer.make_page, count, len(pages)) as shared:
        made = shared(items)
        yield lambda it: next(made) if it.maker is Maker.PAGE else renderer.make(it.path)
