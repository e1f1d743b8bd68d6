"""One build, measured: wall clock, processor time, and memory of all its processes. Linux only.

Processor time is what the kernel accounts to our children, user and system. So that it accounts
for every process a build starts, this process is a subreaper: one whose parent ends becomes our
child, and is waited for, after the clock has stopped.

Memory is the largest sum of PSS over all those processes that was seen, looked at every few
milliseconds. PSS counts a page that three processes share as a third for each; the sum of RSS
would count it three times, against whoever works in several processes. Looking costs the kernel a
walk over the page tables, longer for more memory, and takes a twentieth of the time at most.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time, sleep

from bench.peers import clean_environment

PR_SET_CHILD_SUBREAPER = 36
LOOK_EVERY = 0.005
"""Seconds, at least."""
LOOK_AT_MOST = 1 / 20
"""The part of the time that is spent with looking."""
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Usage:
    wall: float
    """Seconds until the command had ended."""
    cpu: float
    """Seconds of all its processes, user and system."""
    memory: int | None = None
    """Bytes at the highest, where it was looked at."""


class BuildError(Exception):
    """A contestant failed; the message has what it said."""


def become_subreaper() -> None:
    """Makes orphans of our children ours (prctl(2))."""
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "this process cannot become a subreaper")


def run(command: Sequence[str], folder: Path, look_at_memory: bool = False) -> Usage:
    """What a command took, in a clean environment.

    What was to be written to disk before is written before it starts.
    """
    log, environment, others = folder / "bench.log", clean_environment(), _children()
    os.sync()
    cpu = _cpu_of_children()
    with log.open("wb") as said:
        started = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            memory = _peak_memory(process) if look_at_memory else None
            code = process.wait()
            wall = perf_counter() - started
        finally:
            process.kill()  # which does nothing, unless the benchmark itself is being ended
            process.wait()
    _wait_for_orphans(others)
    if code:
        raise BuildError(f"{command[0]} ended with {code}:\n{log.read_text(errors='replace')}")
    return Usage(wall, _cpu_of_children() - cpu, memory)


def copy_through_memory(
    sources: Iterable[Path], outputs: Iterable[tuple[Path, bytes]], folder: Path
) -> Usage:
    """What no generator can be faster than, one process given: to read all, and to write all."""
    os.sync()
    wall, cpu = perf_counter(), process_time()
    for source in sources:
        source.read_bytes()
    for path, content in outputs:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Usage(perf_counter() - wall, process_time() - cpu)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait_for_orphans(others: frozenset[int]) -> None:
    """Waits for our children but these, which were there before."""
    while left := _children() - others:
        for pid in left:
            os.waitpid(pid, 0)


def _children() -> frozenset[int]:
    own = os.getpid()
    return frozenset(pid for pid, parent in _parents() if parent == own)


def _peak_memory(process: subprocess.Popen[bytes]) -> int:
    peak = 0
    while process.poll() is None:
        started = perf_counter()
        peak = max(peak, sum(_pss(pid) for pid in _descendants(os.getpid())))
        sleep(max(LOOK_EVERY, (perf_counter() - started) / LOOK_AT_MOST))
    return peak


def _descendants(pid: int) -> Iterator[int]:
    parents = dict(_parents())
    below = {pid}
    while new := {child for child, parent in parents.items() if parent in below} - below:
        yield from new
        below |= new


def _parents() -> Iterator[tuple[int, int]]:
    """Pairs of a process and its parent (proc(5): the second field after the name)."""
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            status = _read(entry / "stat").rpartition(")")[2].split()
            if status:
                yield int(entry.name), int(status[1])


def _pss(pid: int) -> int:
    lines = _read(PROC / str(pid) / "smaps_rollup").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _read(path: Path) -> str:
    """The text of a file of /proc, empty when the process has ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
