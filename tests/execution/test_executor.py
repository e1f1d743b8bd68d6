"""Executors: one order, one result, bounded memory, and an end when the parent ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest

from sitegen.execution.executor import FEW, LITTLE, Serial, executor
from sitegen.execution.process_pool import AHEAD, CHUNK, ProcessPool, portion
from sitegen.model.diagnostics import Diagnostic, OutputError, SitegenError
from tests.conftest import ROOT

LOCK = threading.Lock()


@dataclass(frozen=True)
class Times:
    factor: int

    def __call__(self, number: int) -> int:
        return self.factor * number


@dataclass(frozen=True)
class Slowly:
    """Takes the longer, the earlier an item is."""

    def __call__(self, number: int) -> tuple[int, int]:
        time.sleep(0.05 if number < CHUNK and number % CHUNK == 0 else 0)
        return number, os.getpid()


@dataclass(frozen=True)
class Refuse:
    def __call__(self, number: int) -> int:
        if number == 3:
            raise OutputError("no", Diagnostic("SG601", "three", "x"), hint="count on")
        return number


@dataclass(frozen=True)
class Die:
    def __call__(self, number: int) -> int:
        os._exit(number)


@dataclass(frozen=True)
class IsUnlocked:
    def __call__(self, _: int) -> bool:
        return LOCK.acquire(blocking=False)


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPool]:
    with ProcessPool(2) as two:
        yield two


@pytest.mark.parametrize("count", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 20 * CHUNK + 3])
def test_a_pool_gives_what_serial_gives(pool: ProcessPool, count: int) -> None:
    items = range(count)
    assert list(pool.map(Times(7), items)) == list(Serial().map(Times(7), items))


def test_results_come_in_the_order_of_items_whoever_is_first(pool: ProcessPool) -> None:
    results = list(pool.map(Slowly(), range(6 * CHUNK)))
    assert [number for number, _ in results] == list(range(6 * CHUNK))
    assert os.getpid() not in {process for _, process in results}


@pytest.mark.parametrize("size", [1, LITTLE])
def test_an_error_of_a_job_arrives_whole(size: int) -> None:
    with pytest.raises(OutputError, match="no") as caught, executor(2, size, 9) as chosen:
        list(chosen.map(Refuse(), range(9)))
    assert caught.value.hint == "count on"
    assert [d.message for d in caught.value.diagnostics] == ["three"]


def test_items_are_asked_for_only_when_there_is_room(pool: ProcessPool) -> None:
    asked = []

    def items() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    results = pool.map(Times(1), items())
    assert next(results) == 0
    assert len(asked) == (2 * AHEAD + 1) * CHUNK
    assert list(results) == list(range(1, 1000))


@pytest.mark.parametrize(
    ("tasks", "workers", "size"), [(3, 2, 1), (100, 2, 6), (40, 4, 1), (1000, 2, CHUNK)]
)
def test_few_tasks_are_sent_in_small_portions(tasks: int, workers: int, size: int) -> None:
    """With sixteen at a time, one of two workers read 64 of a hundred posts."""
    assert portion(tasks, workers) == size
    with executor(workers, LITTLE, tasks) as chosen:
        asked = iter(range(tasks))
        next(chosen.map(Times(1), asked))
        left = len(list(asked))
    assert left == max(0, tasks - (AHEAD * workers + 1) * size)


def test_a_worker_that_dies_is_an_error_with_a_way_out() -> None:
    """C code can end a process: deeply nested YAML once did."""
    with pytest.raises(SitegenError, match="worker process died") as caught, ProcessPool(2) as pool:
        list(pool.map(Die(), range(1, 50)))
    assert "--jobs 1" in str(caught.value.hint)


def test_workers_do_not_inherit_locks_that_a_thread_holds(pool: ProcessPool) -> None:
    """A forked worker would: the server's threads hold some at any time."""
    with LOCK, ProcessPool(1) as fresh:
        assert list(fresh.map(IsUnlocked(), [0])) == [True]


@pytest.mark.parametrize(
    ("jobs", "size", "kind"),
    [
        (1, 100 * LITTLE, Serial),
        (4, LITTLE - 1, Serial),
        (4, 0, Serial),
        (4, LITTLE, ProcessPool),
        (None, LITTLE - 1, Serial),
    ],
)
def test_a_pool_is_for_much_work_and_more_than_one_job(jobs: int, size: int, kind: type) -> None:
    with executor(jobs, size, 1) as chosen:
        assert type(chosen) is kind


def test_unless_told_there_is_a_worker_for_each_usable_processor() -> None:
    usable = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(usable)})
    try:
        with executor(None, LITTLE, 1) as chosen:
            assert isinstance(chosen, Serial)
    finally:
        os.sched_setaffinity(0, usable)


BUSY_SENDING = """
from contextlib import suppress
from sitegen.execution.process_pool import ProcessPool

if __name__ == "__main__":
    for _ in range(8):
        with suppress(ZeroDivisionError), ProcessPool(2) as pool:
            for _ in pool.map(bytes, [2_000_000] * 400):
                1 / 0
"""


def test_workers_that_are_sending_results_can_be_ended() -> None:
    """The half that had arrived of a result was waited on for ever, in one of five tries."""
    subprocess.run([sys.executable, "-c", BUSY_SENDING], cwd=ROOT, timeout=60, check=True)


ENDLESS = """
import sys, time
from sitegen.execution.process_pool import ProcessPool

if __name__ == "__main__":
    try:
        with ProcessPool(2) as pool:
            print("ready", flush=True)
            for _ in pool.map(time.sleep, [0.01] * 20 + [600] * 100):
                pass
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.fixture
def endless() -> Iterator[subprocess.Popen[str]]:
    """A process, leader of its group, whose workers sleep for ten minutes."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        cwd=ROOT,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def is_gone(group: int) -> bool:
    """Whether no process of the group is left, after at most ten seconds."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    os.killpg(group, signal.SIGKILL)
    return False


@pytest.mark.parametrize("delay", [0, 0.02, 0.05, 0.1, 0.2, 0.5])
def test_ctrl_c_ends_all_workers_at_once_and_in_silence(
    endless: subprocess.Popen[str], delay: float
) -> None:
    """A terminal sends the signal to every process, also to workers that are just starting."""
    time.sleep(delay)
    os.killpg(endless.pid, signal.SIGINT)
    _, errors = endless.communicate(timeout=20)
    assert (endless.returncode, errors) == (130, "")
    assert is_gone(endless.pid)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_a_killed_parent(endless: subprocess.Popen[str], number: int) -> None:
    """They would sleep on, and the next build would share the machine with them."""
    time.sleep(0.5)
    os.kill(endless.pid, number)
    endless.communicate(timeout=20)
    assert is_gone(endless.pid)


SHARED = """
import os, sys
from sitegen.execution.executor import sharing

with sharing(lambda number: (number, os.getpid()), 2, int(sys.argv[1])) as shared:
    results = list(shared(range(40)))
assert [number for number, _ in results] == list(range(40))
print(len({process for _, process in results} - {os.getpid()}))
"""


@pytest.mark.parametrize(("tasks", "is_shared"), [(FEW - 1, False), (FEW, True)])
def test_job_that_cannot_be_pickled_is_shared_with_forked_workers(
    tasks: int, is_shared: bool
) -> None:
    command = [sys.executable, "-c", SHARED, str(tasks)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert (int(done.stdout) > 0) == (is_shared and sys.platform == "linux")


WITH_THREADS = """
from sitegen.drawing.card import CardColours, CardTexts, draw
from sitegen.execution.executor import sharing

colours = CardColours("white", "black", "grey", "green", "silver")
draw_one = lambda title: len(draw(CardTexts("", title, "", "", "en", False), colours))
here = draw_one("a")
with sharing(draw_one, 2, 1000) as shared:
    assert list(shared("aaaa")) == [here] * 4
"""


def test_workers_are_not_forked_where_a_library_has_threads() -> None:
    """Drawing a card starts some, of which Python knows nothing; a forked worker waited for them
    without end.
    """
    pytest.importorskip("pyvips")
    command = [sys.executable, "-c", WITH_THREADS]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
