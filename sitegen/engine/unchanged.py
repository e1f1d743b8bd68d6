"""A build with nothing to do, known before anything is loaded that a build needs.

**The record.** A build that leaves nothing to do writes down what it rested on (`build.basis`): its
command and surroundings, the entries of each folder that it listed, and the state of each file that
it read, that it published and that it runs on. One that finds them all the same would read the same
bytes, and so make what is there already. Whatever differs, is missing or cannot be looked at only
means that the build takes its usual way.

**States.** They are those of `storage.file_state`, under the same rule: only a state is written
down that any later change would alter. Each is older than the moment after which the build began to
read. Of a folder this proves that what is written down is what the build saw, since a name that
comes or goes changes the folder; from then on its entries are compared and not its times, so that a
file that comes and goes again costs nothing. Code is loaded before there is a session: it has to be
older than the process.

**No lock is held**, but it has to be free when the look begins. Each file is as it was when it is
looked at, so it was at that beginning, since no time comes back; so all were, at once. A build that
begins later comes later.

**Trust.** The record may come from somebody else, with a site. It is text that is compared, and
files that it names are looked at, not opened. It cannot be forged: the states of sitegen's own
files are in it, of which a list is made here, and nobody knows the inodes and the nanoseconds of
another machine.

**Format.** The CRC-32 of the rest, and texts with a NUL before each, which no path can hold:
surroundings, site, the first and the last microsecond, what to say, the installation, and then by
turns a path and what is known of it.

**Rejected.** A digest of all states in place of the states: no quicker, and a build after an edit
would have to look at everything before it knew. Keeping this in the cache: to load SQLite takes
longer than the whole look.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from stat import S_ISREG

from sitegen.storage.file_lock import FOLDER, LOCK, NO_LINK, is_free

RECORD = "unchanged"
LARGEST = 1 << 28
"""Bytes of a record, at most: it tells of a million files."""
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
METADATA_FILES = ("METADATA", "PKG-INFO", "entry_points.txt")
"""The files of a distribution that a build reads."""
ENVIRONMENT = ("HOME", "PYTHONTZPATH")
"""The variables that change what a build does; those of the terminal are looked at each time."""
STARTED = time.time_ns()
"""When this process began to load sitegen."""

State = tuple[int, int, int, int]
"""As `FileState` of `model.trace`."""
States = list[tuple[str, State | None]]
"""Paths, each with the state of what it leads to."""
Known = tuple[tuple[str, str], ...]
"""Paths, and what is known of each, as it is written down. A path can be there twice."""
LISTED, REAL, LED_TO = "/", "=", "~"
"""How what is known of a path starts, if it is not the state of a file: what is in a folder; where
the path leads in the end; the state of what it leads to."""


def unchanged() -> list[str] | None:
    """What a build says that has nothing to do, the result last; None where it has to be made.

    Cost: a look at each file of the site, some microseconds each.
    """
    arguments = sys.argv[1:]
    if arguments[:1] != ["build"]:
        return None
    for folder in (*arguments[1:], "."):  # which of them is the site, its record knows
        try:
            return _answer(folder, _read(f"{folder}/{FOLDER}/{RECORD}"))
        except (OSError, ValueError):
            continue
    return None


def write(
    site: str, window: tuple[int, int], said: list[str], runs_on: States, known: Known
) -> None:
    """Leave the record of a build in its site, in place of an older one. Raises OSError.

    `window` is the microseconds since 1970 from which on it holds, and before which; `runs_on` the
    `installation`; `known` is in the order in which it will be looked at.
    """
    pairs = (part for pair in known for part in pair)
    texts = (_surroundings(), site, *map(str, window), "\n".join(said), _installed(runs_on), *pairs)
    data = "".join(f"\0{text}" for text in texts).encode("utf-8", "surrogateescape")
    file = f"{site}/{FOLDER}/{RECORD}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | NO_LINK
    with open(os.open(f"{file}.new", flags, 0o666), "wb") as opened:  # noqa: PTH123
        opened.write(b"%08x%b" % (zlib.crc32(data), data))
    os.replace(f"{file}.new", file)  # noqa: PTH105


def state_text(state: State | None) -> str:
    """A state as it is written down."""
    return "%d %d %d %d" % state if state else "nothing"  # noqa: UP031 (it is the quickest)


def entries(folder: str) -> str:
    """What is in a folder, by name and kind, as it is written down. Raises OSError."""
    with os.scandir(folder) as found:
        return LISTED + "/".join(sorted(f"{entry.name}:{_kind(entry)}" for entry in found))


def state_behind(path: str) -> State | None:
    """The state of what a path leads to, or None where there is nothing."""
    try:
        return _state(os.stat(path))  # noqa: PTH116
    except OSError:
        return None


def installation() -> States:
    """The state of every file that sitegen runs on, as far as a build looks at them.

    Some installers make links, so these are followed.
    """
    paths = []
    for folder, folders, names in os.walk(PACKAGE):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        paths += [folder, *(f"{folder}/{name}" for name in sorted(names))]
    for folder in sys.path:
        found = sorted(
            name for name in _listed(folder) if name.endswith((".dist-info", ".egg-info"))
        )
        paths += [f"{folder}/{name}/{file}" for name in found for file in METADATA_FILES]
    return [(path, state_behind(path)) for path in paths]


def _installed(found: States) -> str:
    return "\n".join(f"{path} {state_text(state)}" for path, state in found)


def _surroundings() -> str:
    """All but files that decides what this command does."""
    environment = [os.environ.get(name) for name in ENVIRONMENT]
    return ascii((sys.argv[1:], os.getcwd(), sys.version, sys.path, environment))  # noqa: PTH109


def _read(file: str) -> str:
    """The text of a record, without its sum. Raises OSError and ValueError where there is none."""
    with open(file, "rb", opener=_plainly) as opened:
        status = os.fstat(opened.fileno())
        if not S_ISREG(status.st_mode) or status.st_size > LARGEST:
            raise ValueError(file)
        data = opened.read(status.st_size)  # a read of more makes room for all of it
    if int(data[:8], 16) != zlib.crc32(data[8:]):
        raise ValueError(file)
    return data[8:].decode("utf-8", "surrogateescape")


def _plainly(file: str, flags: int) -> int:
    """The file, opened without following a link, and without waiting for the end of a pipe."""
    return os.open(file, flags | NO_LINK | getattr(os, "O_NONBLOCK", 0))


def _answer(folder: str, text: str) -> list[str] | None:
    """What to say of the site in a folder. Raises OSError and ValueError where it differs, too."""
    _, surroundings, site, first, last, said, installed, *pairs = text.split("\0")
    is_same = (
        surroundings == _surroundings()
        and site == os.path.realpath(folder)
        and int(first) <= _now() < int(last)
        and is_free(f"{site}/{FOLDER}/{LOCK}")
        and all(map(_is_as_known, pairs[::2], pairs[1::2]))
        and installed == _installed(installation())
    )
    return said.split("\n") if is_same else None


def _is_as_known(path: str, known: str) -> bool:
    """Whether what is known of a path is so still. Raises OSError where there is nothing."""
    kind = known[:1]
    if kind == LISTED:
        return known == entries(path)
    if kind == REAL:
        return known == REAL + os.path.realpath(path)
    if kind == LED_TO:
        return known == LED_TO + state_text(state_behind(path))
    return known == state_text(_state(os.lstat(path)))


def _now() -> int:
    """The time that decides what is published, in microseconds (`cli.clock`)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return time.time_ns() // 1000 if epoch is None else int(epoch) * 1_000_000


def _state(found: os.stat_result) -> State:
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_file(follow_symlinks=False):
        return "file"
    return "folder" if entry.is_dir(follow_symlinks=False) else "other"


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []
