"""What builds remember: `.sitegen/cache.db`, or memory where that cannot be had.

Theory of operation. Nothing in the cache cannot be made again, so any doubt ends it: one that is
damaged, or that other code has made (`engine.fingerprint`), is removed, and the build starts
without: whatever reads the store does so within `Store.healing`, and what is kept after a build is
kept by `Store.save`. Each value lies behind a checksum of its name and its bytes, because SQLite
does not notice a flipped bit. That is CRC-32, at a fifth of the cost of a digest: a forger of
caches would forge the digests too. Values are pickled, and only the types of `model`,
`config.schema` and a few of the standard library come out again: a cache that somebody sends with a
site runs no code.

A build saves twice: what it read, before it renders (`checkpoint`), since documents are functions
of one file and are right whatever comes of the build; and the rest when its output is in place
(`save`). A build that is killed in between leaves the traces of the one before, which name other
files than are there; those are made again. Workers that render read the first of the two through
connections of their own (`reopen`). Nothing is synced to disk: a power cut is one more way to
damage a cache.

The folder may come from somebody else too, so no link in it is followed (`own_folder`), and a
database that sitegen has not made (`APPLICATION`) is not written to.
"""

from __future__ import annotations

import errno
import io
import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from enum import Enum
from functools import cache
from importlib import import_module
from pathlib import Path
from time import sleep, time_ns
from typing import Any, Self, TypeVar
from zlib import crc32
from zoneinfo import ZoneInfo

from sitegen.model.diagnostics import Diagnostic
from sitegen.storage.file_lock import FOLDER, LOCK
from sitegen.storage.lock import Waiting, locked, now

FILE = "cache.db"
APPLICATION = 0x73677462
"""The application id of the database (SQLite file format §1.3.17), by which it is known as ours."""
MADE = ("documents", "bodies", "words", "shelves", "revisions", "changes", "traces", "builds")
"""The tables of what sitegen and its plug-ins have rendered: each document and its problems; its
HTML; its words; the digests of these; its revisions; what changed in them; of each output folder,
how its files came to be, and what it holds."""

TABLES = (*MADE, "pictures", "notes")
"""Those, what each image tells, and what else is worth knowing."""

OWN = ("sitegen.model.", "sitegen.config.schema")
OTHERS = {
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "zoneinfo": {"ZoneInfo"},
}
"""The modules whose types a cache may hold, and the types of other modules."""
UNUSABLE = "used, so everything is rebuilt"
UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged database raises: the second where a message quotes what is no UTF-8."""
READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
"""Why a site may have no cache without anything being wrong."""
_CHECK = 4
"""Bytes of the checksum of a value."""
UNSURE = 2_000_000_000
"""Nanoseconds that the clock of this machine may be ahead of a file system's."""

_T = TypeVar("_T")


class DamagedError(Exception):
    """The cache is not what was written, so nothing that came from it can be trusted."""


class Store:
    """Named values in tables. What is put is there for the next session after `save`.

    Tables that were read whole stay in memory, which is what makes a server's builds warm.
    """

    def __init__(self, site: Path, fingerprint: bytes, *, clean: bool = False) -> None:
        """The cache of a site, if code with this fingerprint made it. A clean one is in memory."""
        self._folder = site / FOLDER
        self._file = None if clean else self._folder / FILE
        self._fingerprint = fingerprint
        self._connection: sqlite3.Connection | None = None
        self._inherited: sqlite3.Connection | None = None
        self._loaded: dict[str, dict[str, Any]] = {}
        self.notices: tuple[Diagnostic, ...] = ()
        """SG602 where an older cache could not be used."""
        self._is_saved = self._is_changed = False
        self._version = 0
        """Of the file; another if other processes have written to it."""
        self.moment = 0
        """When this session began, in ns by the clock of the site's file system."""

    @contextmanager
    def session(self, waiting: Waiting = lambda _: None) -> Iterator[Self]:
        """The store for one build, while no other build of the site runs.

        A site that cannot be written to has neither a lock nor a cache.
        """
        with ExitStack() as stack:
            is_new, self.notices = not self._folder.exists(), ()
            try:
                own_folder(self._folder)
                self.moment = stack.enter_context(locked(self._folder / LOCK, waiting))
            except OSError as error:
                self.moment = time_ns() - UNSURE
                if self._file and error.errno not in READ_ONLY:
                    name = Path(error.filename or self._folder).name
                    self._notice(UNUSABLE, f"'{name}': {error.strerror}")
                self.close()
                self._file = None
            self.healing(self._begin)
            try:
                yield self
            finally:
                self._end()
                if is_new and not self._is_saved:
                    self.close()
                    shutil.rmtree(self._folder, ignore_errors=True)

    def healing(self, work: Callable[[], _T]) -> _T:
        """What the work gives. It starts again, with nothing in the store, if that is damaged."""
        while True:
            try:
                return work()
            except DamagedError as error:
                self._set_aside(error)

    def save(self, last: Callable[[], None] = lambda: None) -> None:
        """Let all that was put and removed, last of all by `last`, outlast this session.

        What that tells of has happened, and must not be done again. Where this fails, the next
        session finds no cache.
        """
        try:
            last()
            self.checkpoint()
        except DamagedError as error:
            self._set_aside(error, "kept, so the next build renders everything")

    def checkpoint(self) -> None:
        """Let all that was put so far outlast this session, whatever becomes of it.

        Processes that are forked from here can then read it. Raises DamagedError.
        """
        self._execute("COMMIT")
        self._is_saved, self._is_changed = True, False

    def reopen(self) -> None:
        """Have a connection of this process's own, to read by: it was forked from another.

        SQLite's locks belong to a process, so the other's must be neither used nor closed here.
        What is in memory is this process's as it is.
        """
        if self._file:
            self._inherited = self._connection
            self._connection = sqlite3.connect(self._file, isolation_level=None)
            self._connection.execute("BEGIN")

    def _set_aside(self, error: DamagedError, what: str = UNUSABLE) -> None:
        """Have nothing: in a new file, or in memory if that was no better (the disk is full).

        Raises the error where it was in memory already.
        """
        file = self._file
        if file is None:
            raise error
        if self.notices:
            self._file = None
        self._notice(what, str(error))
        self.close()
        try:
            _remove(file)
        except OSError:
            self._file = None

    def _notice(self, what: str, why: str) -> None:
        message = f"the cache {FOLDER}/{FILE} cannot be {what}: {why}"
        self.notices = (Diagnostic("SG602", message),)

    def close(self) -> None:
        """Forget what is in memory, and all that was not saved."""
        self._loaded.clear()
        if self._connection:
            self._connection.close()
            self._connection = None

    def get(self, table: str, name: str) -> Any:  # noqa: ANN401 (whatever was put there)
        """The value of this name, or None where there is none. Raises DamagedError."""
        rows = self._execute(f"SELECT data FROM {table} WHERE name = ?", name)
        return _unpacked(name, rows[0][0]) if rows else None

    def all(self, table: str) -> dict[str, Any]:
        """Every value of a table, by name. Raises DamagedError."""
        self._begin()
        known = self._loaded.get(table)
        if known is None:
            known = self._loaded[table] = dict(self.each(table))
        return known

    def each(self, table: str) -> Iterator[tuple[str, Any]]:
        """Every name and value of a table, in order of name; none is kept. Raises DamagedError."""
        for name, data in self._execute(f"SELECT name, data FROM {table} ORDER BY name"):
            yield name, _unpacked(name, data)

    def put(self, table: str, name: str, value: object) -> None:
        """Keep a value under its name. Raises DamagedError."""
        self._is_changed = True
        data = _packed(name, value)
        self._execute(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", name, data)
        if (known := self._loaded.get(table)) is not None:
            known[name] = value

    def remove(self, table: str, name: str) -> None:
        """Forget a value, if there is one. Raises DamagedError."""
        self._is_changed = True
        self._execute(f"DELETE FROM {table} WHERE name = ?", name)
        if (known := self._loaded.get(table)) is not None:
            known.pop(name, None)

    def forget_site(self) -> None:
        """Remove everything derived from the site; what is known of its files and texts stays."""
        self._is_changed = True
        for table in MADE:
            self._execute(f"DELETE FROM {table}")
        self._loaded.clear()

    def tick(self) -> int:
        """The time in ns of the site's file system, as soon as it is another: some milliseconds.

        What is written from then on has another time than what was written before. Where there is
        no cache any more, it is when the session began.
        """
        if self._file is None:
            return self.moment
        try:
            start = present = now(self._folder / LOCK)
            while present == start:
                sleep(0.001)
                present = now(self._folder / LOCK)
        except OSError:
            return self.moment
        return present

    def _begin(self) -> None:
        """Be in a transaction, in a database with this fingerprint. Raises DamagedError."""
        if self._connection and self._connection.in_transaction:
            return
        try:
            self._connect()
            known = self.get("notes", "fingerprint")
            if known is None:
                self.put("notes", "fingerprint", self._fingerprint)
            elif known != self._fingerprint:
                raise DamagedError("it was made by another version of sitegen or of its libraries")
        except (*UNREADABLE, DamagedError) as error:
            self.close()
            raise DamagedError(str(error)) from error

    def _connect(self) -> None:
        """Start a transaction in a database with all tables. Raises sqlite3.Error, DamagedError."""
        if self._connection is None:
            self._connection = sqlite3.connect(self._file or ":memory:", 1, isolation_level=None)
            self._connection.execute("PRAGMA synchronous = OFF")
        run = self._connection.execute
        run("BEGIN IMMEDIATE")
        [(version,)] = run("PRAGMA data_version")
        if version != self._version:
            self._loaded.clear()
            self._version = version
        [(application,)] = run("PRAGMA application_id")
        if application != APPLICATION:
            if run("SELECT 1 FROM sqlite_master").fetchone():
                raise DamagedError("it is the database of another program")
            run(f"PRAGMA application_id = {APPLICATION}")
        for table in TABLES:
            run(f"CREATE TABLE IF NOT EXISTS {table} (name TEXT PRIMARY KEY, data BLOB)")

    def _end(self) -> None:
        """Give up what was not saved; what is in memory could be a part of it."""
        if self._connection and self._connection.in_transaction:
            if self._is_changed:
                self._loaded.clear()
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _execute(self, query: str, *values: object) -> list[Any]:
        self._begin()
        assert self._connection
        try:
            return self._connection.execute(query, values).fetchall()
        except UNREADABLE as error:
            raise DamagedError(str(error)) from error


def own_folder(folder: Path, *below: str) -> Path:
    """sitegen's own folder in a site, or one below it, made if need be; git passes it over.

    No link is followed there: the folder itself must be none, and one in it is removed. Raises
    OSError where there can be no such folder.
    """
    if folder.is_symlink():
        raise OSError(errno.ELOOP, "it must not be a symbolic link", str(folder))
    folder.mkdir(exist_ok=True)
    place = folder
    for name in ("", *below):
        place = place / name
        place.mkdir(exist_ok=True)
        for entry in os.scandir(place):
            if entry.is_symlink():
                Path(entry).unlink()
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
    return place


def _remove(file: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _packed(name: str, value: object) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _check(name, data) + data


def _unpacked(name: str, data: object) -> Any:  # noqa: ANN401 (whatever was put there)
    if not isinstance(data, bytes) or data[:_CHECK] != _check(name, value := data[_CHECK:]):
        raise DamagedError("it is damaged")
    try:
        return _Unpickler(io.BytesIO(value)).load()
    except Exception as error:  # a forged pickle can raise anything
        raise DamagedError(f"it has unexpected content: {error}") from error


def _check(name: str, data: bytes) -> bytes:
    return crc32(data, crc32(name.encode(errors="surrogatepass"))).to_bytes(_CHECK)


class _Unpickler(pickle.Unpickler):
    """Takes nothing but values out of a pickle."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 (as the base class has it)
        return _found(module, name)


@cache
def _found(module: str, name: str) -> Any:  # noqa: ANN401 (a type, or what stands for a function)
    """What a name in a pickle means to us. Raises UnpicklingError for what no value needs."""
    if (module, name) == ("builtins", "getattr"):
        return _member
    if (module, name) == ("builtins", "frozenset"):
        return frozenset
    if module.startswith(OWN) or name in OTHERS.get(module, ()):
        found = getattr(import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _member(owner: object, name: str) -> object:
    """The only attributes that pickles of values ask for: how zones and members of enums are made.

    With any other, a pickle could reach every function there is.
    """
    if owner is ZoneInfo and name == "_unpickle":
        return ZoneInfo._unpickle  # type: ignore[attr-defined]
    if isinstance(owner, type) and issubclass(owner, Enum):
        return owner[name]
    raise pickle.UnpicklingError(name)
