"""What Ctrl-C and SIGTERM do: end a command with a message, and anything before or after at once.

While Python still loads a command, or is leaving, there is nothing to clean up, and an exception
would show a traceback. Only `Console` knows when a command is under way. While files take the place
of others a signal waits, so that a command leaves the old ones or the new ones, and no mixture.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

INTERRUPTED, TERMINATED = 128 + signal.SIGINT, 128 + signal.SIGTERM
"""The exit statuses after these signals, as shells have them."""
WORDS = {INTERRUPTED: "interrupted", TERMINATED: "terminated"}


def end_at_once() -> None:
    """From here on a signal ends the process with a line."""
    _handle(_end)


def interrupt() -> None:
    """Do what a Ctrl-C does that comes now: it came before anybody was there for it."""
    signal.raise_signal(signal.SIGINT)


def end_command() -> None:
    """From here on a signal raises, so that the command can put away what it has begun."""
    _handle(_raise)
    sys.unraisablehook = _end_if_signalled


def hold() -> None:
    """From here on a signal waits for `release`; a second one ends the process at once."""
    _handle(_wait)


def release() -> None:
    """Raise the signal that waits, if there is one, and those that come from here on."""
    end_command()
    if _waiting:
        _raise(_waiting.pop(), None)


_waiting: list[int] = []


def _handle(handler: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        # What the parent process ignores stays ignored: `nohup`, or `&` in a script.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> None:
    os.write(2, f"{WORDS[128 + number]}\n".encode())
    os._exit(128 + number)


def _raise(number: int, _: FrameType | None) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def _end_if_signalled(ignored: sys.UnraisableHookArgs) -> None:
    """Python ignores what is raised while an object is put away, a signal too: `serve` went on.

    Then the process ends at once, which is as safe as any kill.
    """
    if isinstance(ignored.exc_value, KeyboardInterrupt):
        _end(signal.SIGINT, None)
    if isinstance(ignored.exc_value, SystemExit):
        _end(signal.SIGTERM, None)
    sys.__unraisablehook__(ignored)


def _wait(number: int, frame: FrameType | None) -> None:
    if _waiting:
        _end(number, frame)
    _waiting.append(number)
