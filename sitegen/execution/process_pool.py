"""Worker processes, as many as the machine has processors.

It is a module of its own since most builds need none, and to load what it needs takes 5 ms.
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
from itertools import islice
from typing import Self, TypeVar

from sitegen.model.diagnostics import SitegenError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Started = TypeVar("_Started")

CHUNK = 16
"""Items sent to a worker at a time, so that a job and what it carries are pickled less often."""
PORTIONS = 8
"""Chunks for each worker, at least, so that none waits long for another's last."""
AHEAD = 2
"""Chunks per worker that are under way or done and not yet asked for: what bounds memory."""
PRELOADED = ["sitegen.cli.app", "sitegen.build.read"]
"""Modules that the fork server loads, once for all workers. The first is what `sitegen` starts."""


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

    def map(self, job: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
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
        self, job: Callable[[_Item], _Result], chunk: tuple[_Item, ...]
    ) -> Future[tuple[_Result, ...]]:
        with _interrupts_held_back():
            return self._pool.submit(_work, job, chunk)


def can_fork() -> bool:
    """Whether workers can be forked from this process, with all that it has loaded.

    Not where it has threads, such as those of libvips, which Python does not know of (proc(5)).
    """
    return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208


def _start_method() -> str:
    if can_fork():
        return "fork"
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods else "spawn"


def chunks(items: Iterable[_Item], size: int = CHUNK) -> Iterator[tuple[_Item, ...]]:
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


def _work(job: Callable[[_Item], _Result], chunk: tuple[_Item, ...]) -> tuple[_Result, ...]:
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
