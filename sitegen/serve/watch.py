"""Batches of changes below a folder, each reported once it has been quiet for a moment.

What counts is what is seen on disk: the times, size and inode of every file. Events of the
operating system only say when and where to look, so it does not matter how an editor saves, nor
which of its events come twice, in another order or not at all. Where none come the whole folder
is looked at from time to time; if that finds what no event reported, events cannot be trusted here
(inotify ran out, the folder is mounted from another machine), and looking becomes polling.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileAttribEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from sitegen.model.dataclass import dataclass
from sitegen.serve.limits import TOO_MANY
from sitegen.sources.passed_over import holds_no_source

QUIET = 0.02
"""Seconds without another event that end a batch: more than between the steps of most saves."""
SAVED = 0.002
"""The same after the last step of a save, if no other file has changed. It is not nothing, since
programs set the times and rights of a file when they have closed it."""
UNSETTLED = 0.25
"""The same for what may be half a save (a file is gone, empty or still open), and in a storm."""
OPEN = UNSETTLED if sys.platform == "linux" else QUIET
"""The same after a write. Elsewhere no event tells that a file is closed."""
STORM = 10
"""Changes that are more than one save."""
PATIENCE = 10
"""How often a batch that does not settle is waited for."""
LOOK_EVERY, POLL_EVERY = 2.0, 0.5
"""Seconds between two looks at the whole folder, with events and without."""
LATE = 1.0
"""Seconds an event may lag behind its change; watchdog holds back half a rename for 0.5."""

WANTED: list[type[FileSystemEvent]] = [
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
    *(FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileAttribEvent, FileMovedEvent),
    FileClosedEvent,
]

PAUSES = {FileModifiedEvent: OPEN, FileClosedEvent: SAVED, FileAttribEvent: None}
"""Seconds without another event that end a batch after such an event, where it is not QUIET; None:
as before the event."""

Sight = tuple[int, int, int, int]
"""Of a file: its size, its inode, and when its data and its inode changed, in nanoseconds."""
Hint = tuple[str, bool]
"""A path where something happened, and whether it is a folder."""


@dataclass(frozen=True, slots=True)
class FolderState:
    """What is seen of a folder, by paths relative to it."""

    files: dict[str, Sight]
    folders: frozenset[str]
    """The folder itself, as an empty string, and those below it."""


def folder_state(folder: Path, passed_over: Callable[[str], bool]) -> FolderState:
    """All files that exist now. Cost: some 3 µs for each file.

    Raises OSError where it cannot be known, since this process has too many files open.
    """
    files: dict[str, Sight] = {}
    folders: set[str] = set()
    todo = [""]
    while todo:
        place = todo.pop()
        entries = _entries(folder / place)
        if place and holds_no_source(entry.name for entry in entries):
            continue
        folders.add(place)
        for entry in entries:
            path = f"{place}/{entry.name}".lstrip("/")
            if passed_over(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                todo.append(path)
            elif sight := _sight(entry):
                files[path] = sight
    return FolderState(files, frozenset(folders))


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError as error:  # it is gone, or closed to us, which the build reports
        if error.errno in TOO_MANY:
            raise
        return []


def _sight(file: Path | os.DirEntry[str]) -> Sight | None:
    try:
        seen = os.lstat(file)
    except OSError:
        return None
    return seen.st_size, seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns


def _different(before: Mapping[str, Sight], after: Mapping[str, Sight]) -> set[str]:
    return {path for path, _ in before.items() ^ after.items()}


class Watch:
    """What has changed below a folder since this was made; used as a context manager."""

    def __init__(
        self,
        folder: Path,
        passed_over: Callable[[str], bool],
        warn: Callable[[str], None],
        *,
        polls: bool = False,
    ) -> None:
        """`passed_over` tells of a relative path whether it does not matter what is there."""
        self._folder, self._passed_over, self._warn = folder, passed_over, warn
        self._polls = polls
        self._events: _Events | None = None
        self._seen = FolderState({}, frozenset())
        self._elsewhere: dict[str, Path] = {}

    def look_at(self, files: Iterable[str]) -> None:
        """Look at these files too from now on, in place of those of the last call.

        They may be anywhere, and what has changed in them before is no change. No event tells of
        them: a change is found by the next look at the whole folder.
        """
        old = self._elsewhere
        self._elsewhere = {os.path.relpath(file, self._folder): Path(file) for file in files}
        known = {path: sight for path, sight in self._seen.files.items() if path not in old}
        self._seen = FolderState(known | self._seen_elsewhere(), self._seen.folders)

    def _seen_elsewhere(self) -> dict[str, Sight]:
        seen = ((path, _sight(file)) for path, file in self._elsewhere.items())
        return {path: sight for path, sight in seen if sight}

    def __enter__(self) -> Self:
        if not self._polls:
            try:
                self._events = _Events(self._folder, self._passed_over)
            except OSError as error:
                self._poll(error.strerror or str(error))
        self._look(set())
        return self

    def __exit__(self, *_: object) -> None:
        if self._events:
            self._events.stop()

    def wait(self) -> tuple[str, ...]:
        """The paths of the files that changed, sorted, as soon as some have and it is quiet.

        What has come and gone meanwhile did not change: the files of a build into a folder of the
        site, which is known for one only when they are there.
        """
        before = self._seen.files
        while not (changed := _different(before, self._seen.files)):
            hints = self._hints(LOOK_EVERY if self._events else POLL_EVERY)
            found = self._look(hints)
            here = found - self._elsewhere.keys()
            if here and self._events and not hints:
                found |= self._without_a_hint(here)
            self._settle(found)
        return tuple(sorted(changed))

    def _settle(self, found: set[str]) -> None:
        """Look again as long as these changes, or what follows them, may not be all."""
        for _ in range(PATIENCE):
            if not (found and self._is_unsettled(found)):
                return
            if not (more := self._look(self._hints(UNSETTLED))):
                return
            found |= more

    def _hints(self, seconds: float) -> set[Hint]:
        """Where something happened; none after this many seconds of nothing, or without events."""
        if self._events:
            return self._events.next(seconds)
        sleep(seconds)
        return set()

    def _look(self, hints: set[Hint]) -> set[str]:
        """The files that look other than before where the hints point; without any, everywhere."""
        before = self._seen
        if hints and not any(is_folder for _, is_folder in hints):
            files = dict(before.files)
            for path in {path for path, _ in hints if self._matters(path)}:
                files.pop(path, None)
                if sight := _sight(self._folder / path):
                    files[path] = sight
            self._seen = FolderState(files, before.folders)
        else:
            with suppress(OSError):  # the next look may find more
                self._look_everywhere()
        return _different(before.files, self._seen.files)

    def _look_everywhere(self) -> None:
        self._seen = self._state()
        if self._follow(self._seen.folders):  # new folders, which may have been filled since
            self._seen = self._state()

    def _state(self) -> FolderState:
        found = folder_state(self._folder, self._passed_over)
        return FolderState(found.files | self._seen_elsewhere(), found.folders)

    def _matters(self, path: str) -> bool:
        return path.rpartition("/")[0] in self._seen.folders and not self._passed_over(path)

    def _is_unsettled(self, changed: set[str]) -> bool:
        """Whether this may be the middle of a save, or of a storm."""
        sizes = (self._seen.files.get(path, (0,))[0] for path in changed)
        return len(changed) > STORM or not all(sizes) or not self._events

    def _without_a_hint(self, changed: set[str]) -> set[str]:
        """What has changed since the last look, if any of it had no event."""
        late = self._hints(LATE)
        if changed.isdisjoint(path for path, _ in late):
            self._poll("a change had no event")
        return self._look(late) if late else set()

    def _follow(self, folders: frozenset[str]) -> bool:
        """Have events of these folders; whether there were none of some before."""
        try:
            return self._events is not None and self._events.follow(folders)
        except OSError as error:
            self._poll(error.strerror or str(error))
            return True

    def _poll(self, reason: str) -> None:
        if self._events:
            self._events.stop()
        self._events = None
        self._warn(f"polling for changes every {POLL_EVERY} s: no file system events ({reason})")


class _Events(FileSystemEventHandler):
    """What the operating system tells of a folder."""

    def __init__(self, folder: Path, passed_over: Callable[[str], bool]) -> None:
        self._folder, self._passed_over = folder, passed_over
        self._queue: SimpleQueue[tuple[Hint, float | None]] = SimpleQueue()
        self._observer = Observer(timeout=LATE)
        self._followed: dict[str, ObservedWatch] = {}
        self._observer.start()

    def stop(self) -> None:
        self._observer.stop()

    def on_any_event(self, event: FileSystemEvent) -> None:
        pause = PAUSES.get(type(event), QUIET)
        for path, then in ((event.src_path, pause), (event.dest_path, SAVED)):
            if path:
                relative = Path(os.path.relpath(os.fsdecode(path), self._folder)).as_posix()
                if not self._passed_over(relative):
                    self._queue.put(((relative, event.is_directory), then))

    def next(self, seconds: float) -> set[Hint]:
        """The changes until it is quiet; none if this many seconds pass before the first."""
        pauses: dict[Hint, float] = {}
        with suppress(Empty):
            self._take(pauses, seconds)
            end = monotonic() + LOOK_EVERY  # for events without end
            while monotonic() < end:
                self._take(pauses, pause_after(pauses.values()))
        return set(pauses)

    def _take(self, pauses: dict[Hint, float], seconds: float) -> None:
        """Add the next event. Raises Empty where none comes within this time."""
        hint, pause = self._queue.get(timeout=seconds)
        pauses[hint] = pauses.get(hint, QUIET) if pause is None else pause

    def follow(self, folders: frozenset[str]) -> bool:
        """Have events of the folder itself, and of those just below it with all that is in them.

        One by one, so that nothing is spent on a folder that is passed over, which may be vast.
        Raises OSError where the operating system has no more to give.
        """
        alive = {emitter.watch for emitter in self._observer.emitters if emitter.is_alive()}
        wanted = {path for path in folders if "/" not in path}
        for path, watch in tuple(self._followed.items()):
            if path not in wanted or watch not in alive:
                self._observer.unschedule(self._followed.pop(path))
        new = wanted - self._followed.keys()
        for path in sorted(new):
            with suppress(FileNotFoundError, NotADirectoryError):
                self._followed[path] = self._observer.schedule(
                    self, str(self._folder / path), recursive=path != "", event_filter=WANTED
                )
        return bool(new)


def pause_after(pauses: Collection[float]) -> float:
    """Seconds without another event that end a batch, from those that each file of it asks for."""
    if len(pauses) >= STORM:
        return UNSETTLED
    return max(pauses) if len(pauses) == 1 else max(QUIET, *pauses)
