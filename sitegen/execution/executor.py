"""Where work is done: in this process, or in as many as the machine has processors.

Both give the same results in the same order, as `execution.dask` does, so nothing else in sitegen
knows which it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

LITTLE = 250_000
"""Bytes of sources that are read before workers are of use.

To start them takes some 0.05 s where they can be forked, in which one process reads 50 KB of posts
with code; and two workers are at best twice as quick.
"""
FEW = 200
"""Tasks that are done here: pages, of which one process renders a thousand in a second."""


class Executor(Protocol):
    def map(self, job: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """The results of a job for all items, in their order.

        A job is a frozen dataclass with `__call__`; for a pool, it, its items and its results can
        be pickled. An exception of the job is raised here.
        """


class Serial:
    """Does all work in this process, one item at a time."""

    def map(self, job: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        return map(job, items)


@contextmanager
def executor(jobs: int | None, size: int, count: int) -> Iterator[Executor]:
    """The executor for this many bytes in `count` sources, with `jobs` workers or, for None, one
    for each processor.

    A pool is worth its start only if there is much to do.
    """
    workers = jobs or _processors()
    if workers == 1 or size < LITTLE:
        yield Serial()
    else:
        from sitegen.execution.process_pool import ProcessPool, portion

        with ProcessPool(workers, chunk=portion(count, workers)) as pool:
            yield pool


@contextmanager
def sharing(
    job: Callable[[Item], Result],
    jobs: int | None,
    tasks: int,
    prepare: Callable[[], None] | None = None,
) -> Iterator[Callable[[Iterable[Item]], Iterator[Result]]]:
    """What does a job for all items, in their order, if the job cannot be pickled.

    Workers that are forked from this process have the job as it is; where they cannot be, or for
    few tasks, it is done here; one that takes long counts more than once. Each worker calls
    `prepare` before its first job.
    """
    workers = jobs or _processors()
    if workers == 1 or tasks < FEW:
        yield partial(map, job)
        return
    from sitegen.execution.process_pool import ProcessPool, can_fork, portion

    if not can_fork():
        yield partial(map, job)
        return
    global _shared
    _shared = job
    try:
        with ProcessPool(workers, prepare, portion(tasks, workers)) as pool:
            yield partial(pool.map, _do_shared)
    finally:
        _shared = None


_shared: Callable[[Any], Any] | None = None
"""The job that workers have from the process that forked them."""


def _do_shared(item: Any) -> Any:  # noqa: ANN401 (whatever the job takes and gives)
    assert _shared, "a worker is forked after the job is set"
    return _shared(item)


def _processors() -> int:
    """How many processors this process may use, which in a container are not all there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
