"""An end to what might never end.

Some lexers of Pygments backtrack for ever on fifty bytes of code (pygments/pygments#3247). A thread
cannot stop them, since `re` keeps the interpreter's lock; but `re` looks for signals every few
thousand steps, as it must for Ctrl-C to work. So a timer of the operating system is set, which
costs a few microseconds and needs no other process.

The timer counts what the processor does for this process, not what the clock shows: a laptop that
sleeps, or a machine with too much to do, changes no page. A faster machine still may, for a task
that is near the limit; those below it are a hundred times below it.

Only the main thread gets signals, and Windows has no such timer: there, a task is not stopped.
A child process that is killed would serve, at the price of sending it every task.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")


class _Late(BaseException):
    """Not an Exception, which the task might catch."""


class TimeBudget:
    """Seconds of the processor that tasks share."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def within(self, seconds: float, task: Callable[[], _Result]) -> _Result:
        """The result of the task. Raises TimeoutError after so many seconds, or all that are left.

        Where a task cannot be stopped, it takes the time it takes, and none of the budget.
        """
        if not is_possible():
            return task()
        if self.left <= 0:
            raise TimeoutError
        given = min(seconds, self.left)
        before = signal.signal(signal.SIGVTALRM, _stop)
        try:
            try:
                signal.setitimer(signal.ITIMER_VIRTUAL, given)
                return task()
            finally:
                rest, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                self.left -= max(0, given - rest)
        except _Late:
            raise TimeoutError from None
        finally:
            signal.signal(signal.SIGVTALRM, before)


def is_possible() -> bool:
    """Whether a task that is begun here and now can be stopped."""
    in_main = threading.current_thread() is threading.main_thread()
    return hasattr(signal, "setitimer") and in_main


def _stop(_signal: int, _frame: object) -> None:
    raise _Late
