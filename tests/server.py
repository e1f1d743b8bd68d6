"""`sitegen serve` as a subprocess with its default flags, as a person runs it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from tests.command import COMMAND

PATIENCE = 60.0
"""Seconds after which something that should happen counts as never happening."""


def until(happened: Callable[[], Any], what: str) -> Any:  # noqa: ANN401 (what it waits for)
    """The first result that is true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if result := happened():
            return result
        time.sleep(0.02)
    raise AssertionError(f"never: {what}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running `sitegen serve`; what it says is in `output`."""

    def __init__(
        self, site: Path, *options: str, port: int | None = None, **environment: str
    ) -> None:
        self.site, self.port = site, port or free_port()
        self._options, self._environment = options, environment
        self.output = ""

    def start(self) -> Self:
        self.process = subprocess.Popen(
            [COMMAND, "serve", self.site, "--port", str(self.port), *self._options],
            env={**os.environ, "NO_COLOR": "1", **self._environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.says("serving http")
        return self

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as said:
            for line in said:
                self.output += line

    def stop(self, sent: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(sent)
        status = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return status

    def says(self, text: str, times: int = 1) -> None:
        """Wait until it has said so, so often."""

        def said() -> bool:
            assert self.process.poll() is None or text in self.output, self.output
            return self.output.count(text) >= times

        until(said, f"{text!r} in {self.output!r}")

    @property
    def url(self) -> str:
        found = re.search(r"serving (\S+)", self.output)
        assert found
        return found[1]

    @property
    def builds(self) -> int:
        return len(re.findall(r"^\d\d:\d\d:\d\d ", self.output, re.MULTILINE))

    def get(self, path: str = "", **headers: str) -> httpx.Response:
        """The answer for a path below the site."""
        return httpx.get(f"{self.url}{path}", headers=headers, timeout=PATIENCE)

    def news(self, since: int = 0) -> Any:  # noqa: ANN401 (JSON)
        return httpx.get(f"http://127.0.0.1:{self.port}/_sitegen/news?since={since}").json()

    def write(self, path: str, text: str) -> None:
        write(self.site, path, text)


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


@contextmanager
def serving(
    site: Path, *options: str, port: int | None = None, **environment: str
) -> Iterator[Server]:
    """A server that answers; it is stopped in the end, unless it was before."""
    server = Server(site, *options, port=port, **environment)
    try:
        yield server.start()
    finally:
        if server.process.poll() is None:
            server.stop()
