"""Work done by the workers of a Dask cluster, for sites that one machine is too small for.

A worker needs nothing of the site: items carry what they are about. It needs the same sitegen on
the same libraries, or its bytes could be others. So the workers are asked what they have before
there is any work, and work goes only to those that were asked: one that joins later gets none.

A job runs in the event loop of a worker and not in one of its threads, because that is the main
thread, the only one in which `time_limit` can stop what never ends. The loop has its turn after
each item, to tell the scheduler that the worker is alive.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from itertools import cycle
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from sitegen.engine.fingerprint import components
from sitegen.execution.executor import Item, Result
from sitegen.execution.process_pool import AHEAD, CHUNK, ahead, chunks
from sitegen.execution.time_limit import is_possible
from sitegen.model.diagnostics import SitegenError, UsageError

if TYPE_CHECKING:
    from distributed import Client, Future

SCHEDULER_SECONDS = 10
"""Seconds that a scheduler has to answer."""
CHECK_EVERY = 2
"""Seconds without a result after which we ask whether anybody is left to give one."""

LOG_LEVELS = {"distributed": "critical", "distributed.client": "critical", "tornado": "critical"}
"""How much Dask logs: what is worth telling, it raises too."""


def scheduler(executor: str) -> str:
    """The address of the scheduler that `dask://host:port` names. Raises UsageError."""
    try:
        parts = urlsplit(executor)
        if parts.scheme == "dask" and parts.hostname and parts.port and not parts.path.strip("/"):
            return f"tcp://{parts.netloc}"
    except ValueError:
        pass
    hint = "what the scheduler says of itself as tcp://HOST:PORT is dask://HOST:PORT here"
    raise UsageError(f"--executor {executor!r} is not dask://HOST:PORT", hint=hint)


class Cluster:
    """Does work on the workers of the scheduler at an address, used as a context manager.

    Raises SitegenError if there is no such scheduler, or its workers cannot be used.
    """

    def __init__(self, address: str, chunk: int = CHUNK) -> None:
        """Workers get so many items at a time, which costs 4 ms of this process."""
        self._address, self._chunk = address, chunk
        self._workers: tuple[str, ...] = ()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            self._client = stack.enter_context(_connected(self._address))
            self._workers = _checked(self._client)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def map(self, job: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        sent = cycle(self._sent(job))
        started = (
            self._submit(_work, next(sent), chunk, workers=self._workers)
            for chunk in chunks(items, self._chunk)
        )
        for future in ahead(started, AHEAD * len(self._workers)):
            yield from self._result(future)

    def _sent(self, job: object) -> tuple[Future[Any], ...]:
        """The job on each worker, to give work to all: Dask gives it to those that have its job.

        It is sent once, and workers hand it on. As the result of a task, it is made again if those
        that had it are gone, which Dask could not do for what it scatters.
        """
        first = self._submit(_itself, job, workers=self._workers)
        return tuple(
            self._submit(_itself, first, workers=[worker], allow_other_workers=True)
            for worker in self._workers
        )

    def _submit(self, task: Callable[..., object], *values: object, **where: Any) -> Future[Any]:  # noqa: ANN401 (options of Dask)
        return self._client.submit(task, *values, pure=False, **where)

    def _result(self, future: Future[tuple[Any, ...]]) -> tuple[Any, ...]:
        """The result when it is there. Raises SitegenError when it never will be."""
        from distributed import KilledWorker

        try:
            while not self._is_done(future):
                if not self._client.nthreads().keys() & set(self._workers):
                    raise _lost("all workers of the cluster are gone")
            return future.result()
        except KilledWorker as error:
            raise _lost("workers of the cluster died, one after another, of one task") from error
        except (OSError, CancelledError) as error:
            if future.status == "error":
                raise
            raise _lost("the scheduler of the cluster is gone") from error

    def _is_done(self, future: Future[Any]) -> bool:
        """Whether it is, after at most so long a wait."""
        from distributed import wait

        with suppress(TimeoutError):
            wait([future], timeout=CHECK_EVERY)
        return bool(future.done())


def _lost(message: str) -> SitegenError:
    hint = "see the logs of the workers; without --executor the work is done here"
    return SitegenError(message, hint=hint)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    if find_spec("distributed") is None:
        hint = "install it here, on the scheduler and the workers: pip install 'sitegen-blog[dask]'"
        raise UsageError("--executor needs Dask, which is not installed", hint=hint)
    import dask

    with dask.config.set({"logging": LOG_LEVELS}):
        from distributed import Client
    try:
        client = Client(address, timeout=SCHEDULER_SECONDS)
    except OSError as error:
        hint = "start it with `dask scheduler`, and workers with `dask worker HOST:PORT`"
        raise SitegenError(f"no Dask scheduler answers at {address}", hint=hint) from error
    try:
        yield client
    finally:
        client.close()


def _checked(client: Client) -> tuple[str, ...]:
    """The addresses of all workers. Raises SitegenError if one has other code or versions."""
    workers: Mapping[str, object] = client.run(_survey, on_error="return")
    if not workers:
        hint = "start some on any machine: dask worker HOST:PORT"
        raise SitegenError("the Dask scheduler has no workers", hint=hint)
    answers = {f"the worker {address}": workers[address] for address in sorted(workers)}
    for who, answer in {"the scheduler": _scheduler_has(client), **answers}.items():
        if why := _difference(answer):
            hint = "install the same sitegen-blog[dask] and Python everywhere; restart the cluster"
            raise SitegenError(f"{who} cannot be used: {why}", hint=hint)
    return tuple(sorted(workers))


def _scheduler_has(client: Client) -> object:
    """Its answer, or the exception in place of one. It loads a job before workers do."""
    try:
        return client.run_on_scheduler(_survey)
    except Exception as error:  # whatever an environment can lack
        return error


def _difference(answer: object) -> str:
    """Why a machine with this answer might give other bytes; empty where it cannot."""
    if not isinstance(answer, Mapping):
        return str(answer)
    return "; ".join(
        f"its {name} is {answer.get(name)}, here {own}"
        for name, own in _survey().items()
        if answer.get(name) != own
    )


def _survey() -> Mapping[str, object]:
    """What bytes depend on, in the process and the thread in which this runs."""
    return {**components(), "way to stop a code block": is_possible()}


def _itself(job: object) -> object:
    return job


async def _work(job: Callable[[Item], Result], chunk: tuple[Item, ...]) -> tuple[Result, ...]:
    results = []
    for item in chunk:
        results.append(job(item))
        await asyncio.sleep(0)
    return tuple(results)
