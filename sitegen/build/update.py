"""The outputs that are not as they have to be, made and put on the stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.build.load import body
from sitegen.build.session import Session
from sitegen.build.survey import Survey
from sitegen.engine.history import History
from sitegen.engine.trace import digests
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest_of_bytes
from sitegen.model.output import Maker, Output, Stale
from sitegen.model.trace import Trace
from sitegen.sources.discover import file_of
from sitegen.storage.output_folder import Stage

if TYPE_CHECKING:
    from sitegen.outputs.render import Rendering

_Result = tuple[bytes | None, tuple[str, ...]]
"""The digest of a file, None where its template failed; and the facets it was made from, none
where they are not what they were."""


@dataclass(slots=True)
class Update:
    """What was made again, by path, and why."""

    stale: tuple[Stale, ...]
    results: dict[str, bytes] = field(default_factory=dict)
    """The digests of the files."""
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()


def update_outputs(session: Session, survey: Survey, history: History, stage: Stage) -> Update:
    """Put every output on the stage: the file of the last time if that will do, else a new one."""
    facets, todo = survey.facets, []
    for output in survey.outputs:
        if stale := history.stale(output, facets):
            todo.append((output, stale))
        else:
            stage.keep(output.path)
    update = Update(tuple(stale for _, stale in todo))
    failures: list[tuple[Diagnostic, str]] = []
    rest = [output for output, _ in todo if output.maker is not Maker.COPY]
    with _rendering(rest, survey, session) if rest else nullcontext() as rendered:
        for count, (output, stale) in enumerate(todo, 1):
            if output.maker is Maker.COPY or rendered is None:
                result, reads = _copied(session.folder, output, survey, stage)
            else:
                result, reads = _put(output, rendered(output), stage, failures)
            if result:
                update.results[output.path] = result
            if result and reads:
                now = session.options.now
                trace = Trace(reads, digests(reads, facets), result, stale, now)
                update.traces[output.path] = trace
            session.progress("rendering", count, len(todo))
    if failures:
        from sitegen.outputs.render import told

        update.problems = told(failures)
    return update


def _copied(site: Path, output: Output, survey: Survey, stage: Stage) -> _Result:
    """What became of a copy. The file may have changed since it was looked at."""
    result = stage.copy(output.path, file_of(site, output.subject))
    survey.snapshot.saw(output.subject, result)
    source = f"file:{output.subject}"
    is_as_seen = survey.facets[source] == result
    return result, (f"output:{output.path}", source) if is_as_seen else ()


def _put(
    output: Output, made: Rendering, stage: Stage, failures: list[tuple[Diagnostic, str]]
) -> _Result:
    """What became of an output that is rendered; a failure is added to those there are."""
    if made.problem:
        failures.append((made.problem, output.owner))
    if made.data is None:
        return None, ()
    stage.put(output.path, made.data)
    return digest_of_bytes(made.data), made.reads


@contextmanager
def _rendering(
    outputs: Sequence[Output], survey: Survey, session: Session
) -> Iterator[Callable[[Output], Rendering]]:
    """What renders these outputs, asked for in their order; many pages in many processes."""
    from sitegen.execution.executor import sharing
    from sitegen.outputs.render import Renderer

    jobs, find = session.options.jobs, partial(body, session.store)
    renderer = Renderer(survey.facets, survey.templates, find)
    pages = [output for output in outputs if output.maker is Maker.PAGE]
    items = ((page.path, find(page.subject) if page.is_document else "") for page in pages)
    count = None if isinstance(jobs, str) else jobs
    with sharing(renderer.make_page, count, len(pages)) as shared:
        made = shared(items)
        yield lambda it: next(made) if it.maker is Maker.PAGE else renderer.make(it.path)
