"""What the server does about connections that ask for too much: too long, or too many."""

from __future__ import annotations

import errno
from asyncio import AbstractEventLoop, TimerHandle, Transport
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0
"""How long the head of a request may take to arrive."""

TOO_MANY = {errno.EMFILE, errno.ENFILE}


class Protocol(H11Protocol):
    """HTTP that closes a connection whose request does not end."""

    _end: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # uvicorn narrows it too
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        if self._end:
            self._end.cancel()

    def _wait(self) -> None:
        """Have an end to what is waited for, from its beginning on."""
        if not self._is_waiting() and self._end:
            self._end.cancel()
            self._end = None
        elif self._is_waiting() and not self._end:
            self._end = self.loop.call_later(REQUEST_SECONDS, self._expire)

    def _is_waiting(self) -> bool:
        """Whether there is no whole request that is not answered yet."""
        return self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]

    def _expire(self) -> None:
        self._end = None
        if self._is_waiting():
            self.transport.close()


def warn_of_too_many(loop: AbstractEventLoop, warn: Callable[[str], None]) -> None:
    """Have the loop say in one line, and once, that there are more connections than it can have.

    It would write a traceback every second.
    """
    said: set[str] = set()

    def handle(loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in TOO_MANY:
            loop.default_exception_handler(context)
        elif not said:
            said.add(context["message"])
            warn("too many connections or open files: new connections wait (see ulimit -n)")

    loop.set_exception_handler(handle)
