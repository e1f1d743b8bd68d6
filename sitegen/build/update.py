"""Renders stale outputs and stages them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from functools import partial
from itertools import repeat
from pathlib import Path
from sys import intern
from typing import NamedTuple

from sitegen.build.load import body, figure, markdown
from sitegen.build.revisions import changes_of
from sitegen.build.session import Session
from sitegen.build.shelves import words
from sitegen.build.survey import Survey
from sitegen.engine.history import History
from sitegen.engine.trace import Facets
from sitegen.execution.executor import sharing
from sitegen.images.metadata import may_have_metadata, without_metadata
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest_of_bytes
from sitegen.model.output import FileSubject, Output, Stale
from sitegen.model.site import Findable
from sitegen.model.trace import Trace
from sitegen.outputs.bundle import packing
from sitegen.outputs.kind import Stored
from sitegen.outputs.render import Renderer, Rendering, summed_up
from sitegen.outputs.search import words_of_files
from sitegen.plugins.load import blame
from sitegen.site.search import ids_of
from sitegen.sources.discover import THEME_PREFIX, file_of
from sitegen.storage.cache import Store
from sitegen.storage.output_folder import Stage, explained

KEEPS_METADATA = "config:images.metadata"
"""The facet: whether images are published with all that is in their files."""
MANY_PAGES = 1_000
"""Pages that are worth the way to a cluster: as many are rendered while Dask is only loaded."""
PAGES = 128
"""That a worker of a cluster gets at a time: they are rendered in some 50 ms."""

_Result = tuple[bytes | None, tuple[str, ...]]
"""The digest of a file, None where its template failed; and the facets it was rendered from, none
where they are not what they were."""


@dataclass(slots=True)
class Update:
    """What was rendered again, by path, and why."""

    stale: tuple[Stale, ...]
    facets: Facets
    """What the outputs depend on."""
    results: dict[str, bytes] = field(default_factory=dict)
    """The digests of the files."""
    traces: dict[str, Trace] = field(default_factory=dict)
    problems: tuple[Diagnostic, ...] = ()
    said: tuple[str, ...] = ()
    """What the post-build command printed."""

    def add(self, stale: Stale, reads: tuple[str, ...], result: bytes, now: datetime) -> None:
        """Note how an output was made, which has been since it was stale."""
        names = tuple(map(intern, reads))  # a worker has sent each name as often as it was read
        self.traces[stale.path] = Trace(names, result, stale.reason, stale.changed, now)


def update_outputs(session: Session, survey: Survey, history: History, stage: Stage) -> Update:
    """Put every output on the stage: the file of the last time if that will do, else a new one."""
    facets, todo = survey.facets, []
    for output in survey.outputs:
        if stale := history.stale(output, facets):
            todo.append((output, stale))
        else:
            stage.keep(output.path)
    update = Update(tuple(stale for _, stale in todo), facets)
    failures: list[tuple[Diagnostic, str]] = []
    rest = [output for output, _ in todo if not isinstance(output.subject, FileSubject)]
    with _rendering(rest, survey, session, stage) as rendered:
        for count, (output, stale) in enumerate(todo, 1):
            if isinstance(output.subject, FileSubject):
                result, reads = _copied(session.folder, output, survey, stage)
            else:
                result, reads = _taken(output, next(rendered), stage, failures)
            if result:
                update.results[output.path] = result
            if result and reads:
                update.add(stale, reads, result, session.options.now)
            session.progress("rendering", count, len(todo))
    if failures:
        update.problems = summed_up(failures)
    return update


def _copied(site: Path, output: Output, survey: Survey, stage: Stage) -> _Result:
    """The result of a copy. The file may have changed since it was digested."""
    assert isinstance(output.subject, FileSubject)
    path = output.subject.path
    file, source = Path(file_of(site, path)), f"file:{path}"
    seen: bytes | None
    result: bytes | None
    decides = (KEEPS_METADATA,) if may_have_metadata(path) else ()
    lighten = packing(path) if path.startswith(THEME_PREFIX) else None
    if decides and not survey.facets[KEEPS_METADATA]:
        lighten = without_metadata
    if lighten:
        with explained(file, "read"):
            data = file.read_bytes()
        light = lighten(data)
        stage.put(output.path, light)
        seen, result = digest_of_bytes(data), digest_of_bytes(light)
    else:
        seen = result = stage.copy(output.path, file)
    survey.snapshot.saw(path, seen)
    is_as_seen = survey.facets[source] == seen
    return result, (f"output:{output.path}", source, *decides) if is_as_seen else ()


class _Rendered(NamedTuple):
    """What there is to know of an output, once its bytes are on the stage."""

    result: bytes | None
    """The digest of the bytes, None where it cannot be rendered."""
    staged: str | None
    """The name of its file on the stage, None where there is no need for one."""
    reads: tuple[str, ...]
    problem: Diagnostic | None


def _taken(
    output: Output, rendered: _Rendered, stage: Stage, failures: list[tuple[Diagnostic, str]]
) -> _Result:
    """What became of an output that is rendered; a failure is added to those there are."""
    if rendered.problem:
        failures.append((rendered.problem, output.owner))
    if rendered.result is None:
        return None, ()
    stage.take(output.path, rendered.staged)
    return rendered.result, rendered.reads


@contextmanager
def _rendering(
    outputs: Sequence[Output], survey: Survey, session: Session, stage: Stage
) -> Iterator[Iterator[_Rendered]]:
    """What becomes of these outputs, in their order; of many, in many processes or machines."""
    jobs, store = session.options.jobs, session.store
    stored = Stored(
        partial(body, store),
        partial(changes_of, store),
        partial(markdown, store),
        words_of_files(outputs, _searched(survey, store)),
        survey.variants.read,
        partial(figure, store),
    )
    renderer = Renderer(
        *(survey.kinds, survey.facets, survey.templates, stored),
        lambda error, path: blame(error, survey.plugins, path),
    )

    def staged(made: Rendering, path: str) -> _Rendered:
        if made.data is None:
            return _Rendered(None, None, (), made.problem)
        name = stage.prepare(path, made.data)
        return _Rendered(digest_of_bytes(made.data), name, made.reads, made.problem)

    def render(path: str) -> _Rendered:
        return staged(renderer.render(path), path)

    paths = [output.path for output in outputs]
    if isinstance(jobs, str):
        with _on_cluster(jobs, outputs, survey, session) as made:
            yield (
                staged(found or renderer.render(path), path)
                for path, found in zip(paths, made, strict=True)
            )
    else:
        weight = sum(survey.kinds[output.kind].weight for output in outputs)
        with sharing(render, jobs, weight, store.reopen) as share:
            yield share(paths)


def _searched(survey: Survey, store: Store) -> Iterator[tuple[str, Mapping[int, str]]]:
    """The id and the words of each document that a search can find."""
    found: Findable = survey.facets["search"]
    ids = dict(zip(found.paths, ids_of(found.paths), strict=True))
    yield from ((ids[path], some) for path, some in words(store, ids))


@contextmanager
def _on_cluster(
    address: str, outputs: Sequence[Output], survey: Survey, session: Session
) -> Iterator[Iterator[Rendering | None]]:
    """What a cluster makes of these outputs; None of those that are better rendered here.

    Such as feeds, which show many documents, and few pages.
    """
    from sitegen.build.render import render_job, unrendered

    pages = [output for output in outputs if survey.kinds[output.kind].page]
    job = render_job(session, survey) if len(pages) >= MANY_PAGES else None
    if job is None:
        yield repeat(None, len(outputs))
        return
    from sitegen.execution.dask import Cluster

    with Cluster(address, PAGES) as cluster:
        made = cluster.map(job, unrendered(pages, survey.facets, partial(body, session.store)))
        yield (next(made) if survey.kinds[output.kind].page else None for output in outputs)
