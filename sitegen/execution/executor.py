"""Where work is done: in this process, or in as many as the machine has processors.

Both give the same results in the same order, as `execution.dask` does, so nothing else in sitegen
knows which it is.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, Protocol, Self, TypeVar

from sitegen.model.diagnostics import SitegenError

Item = TypeVar("Item")
Result = TypeVar("Result")
_Started = TypeVar("_Started")

CHUNK = 16
"""Items sent to a worker at a time, so that a job and what it carries are pickled less often."""
PORTIONS = 8
"""Chunks for each worker, at least, so that none waits long for another's last."""
AHEAD = 2
"""Chunks per worker that are under way or done and not yet asked for: what bounds memory."""
LITTLE = 250_000
"""Bytes of sources that are read before workers are of use.

To start them takes some 0.05 s where they can be forked, in which one process reads 50 KB of posts
with code; and two workers are at best twice as quick.
"""
FEW = 200
"""Tasks that are done here: pages, of which one process renders a thousand in a second."""
PRELOADED = ["sitegen.cli.app", "sitegen.build.read"]
"""Modules that the fork server loads, once for all workers. The first is what `sitegen` starts."""


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


class ProcessPool:
    """Does work in `jobs` other processes, used as a context manager.

    On Linux they are forked from this one, with all that it has loaded. Not where it has threads,
    as in `sitegen serve`: a fork copies the locks that they hold, and not the threads that would
    release them (Python 3.12 warns of it). Then workers are forked from a server that has none.
    Elsewhere a fork is not safe, or does not exist.
    """

    def __init__(
        self, jobs: int, prepare: Callable[[], None] | None = None, chunk: int = CHUNK
    ) -> None:
        """Each worker calls `prepare`, if that is given, before its first job."""
        self._ahead, self._chunk = AHEAD * jobs, chunk
        context = multiprocessing.get_context(_start_method())
        if context.get_start_method() == "forkserver":
            context.set_forkserver_preload(PRELOADED)
        else:
            gc.freeze()  # or a worker that looks for garbage would copy all that it shares
        self._pool = ProcessPoolExecutor(jobs, context, _start_worker, (prepare,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Waits for the workers to end after success, and ends them at once after an error."""
        if kind is not None:
            self._kill_workers()
        self._pool.shutdown(cancel_futures=True)

    def _kill_workers(self) -> None:
        """As `ProcessPoolExecutor.kill_workers` of Python 3.14 does, and without its trap.

        A worker can be killed while it sends a result. The rest would be waited for without end,
        as long as this process holds the sending end of the pipe too.
        """
        for worker in tuple(self._pool._processes.values()):
            worker.kill()
        self._pool._result_queue._writer.close()  # type: ignore[attr-defined]

    def map(self, job: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        started = (self._submit(job, chunk) for chunk in chunks(items, self._chunk))
        try:
            for future in ahead(started, self._ahead):
                yield from future.result()
        except BrokenProcessPool as error:
            raise SitegenError(
                "a worker process died; a source file may be too much for it, or memory too little",
                hint="with `--jobs 1` the work is done without workers",
            ) from error

    def _submit(
        self, job: Callable[[Item], Result], chunk: tuple[Item, ...]
    ) -> Future[tuple[Result, ...]]:
        with _interrupts_held_back():
            return self._pool.submit(_work, job, chunk)


def _start_method() -> str:
    if sys.platform == "linux" and threading.active_count() == 1:
        return "fork"
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods else "spawn"


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[tuple[Item, ...]]:
    """The items in portions that are worth the way to a worker."""
    rest = iter(items)
    return iter(lambda: tuple(islice(rest, size)), ())


def portion(tasks: int, workers: int) -> int:
    """How many tasks to send at a time, where so many are shared among these workers."""
    return max(1, min(CHUNK, tasks // (PORTIONS * workers)))


def ahead(started: Iterator[_Started], count: int) -> Iterator[_Started]:
    """The items of an iterator, with this many of the following ones already requested."""
    waiting = deque(islice(started, count))
    while waiting:
        first = waiting.popleft()
        waiting.extend(islice(started, 1))
        yield first


def _start_worker(prepare: Callable[[], None] | None) -> None:
    """Leaves Ctrl-C to the parent, and ends with it: a killed parent cannot stop anybody."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare:
        prepare()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _work(job: Callable[[Item], Result], chunk: tuple[Item, ...]) -> tuple[Result, ...]:
    return tuple(map(job, chunk))


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C waits meanwhile, and processes that are started never see it.

    A terminal sends it to all processes. A worker that was just starting would print a traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    few tasks, it is done here. Each worker calls `prepare` before its first job.
    """
    workers = jobs or _processors()
    if workers == 1 or tasks < FEW or _start_method() != "fork":
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
