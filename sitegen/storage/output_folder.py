"""The only writer: puts a finished site into its folder, all or nothing.

Theory of operation. A build writes what changed into `.sitegen-staging`, inside the output folder
and so on the same file system, where a rename is atomic. Processes forked from the one that has the
stage write there too (`prepare`), each under names of its own; only that one, which is told of each
file (`take`), does anything else. Nothing else changes until `commit`:

1. what can be known to fail is looked for, and ends the build;
2. new folders are made, which a full disk may refuse, and the manifest is written as the union of
   the old and the new paths;
3. old files of sitegen go that are where a folder must be, or in a folder where a file must be;
4. each staged file is renamed into place;
5. files of the old manifest that the new site lacks go, and the folders this empties;
6. the manifest of the new site is written.

Killed at any point, every file is wholly old or wholly new, and every file of sitegen is in the
manifest, so the next build ends where this one would have. The manifest lives in the output
folder, not in the cache: it marks the folder as sitegen's, and losing a cache cannot lose it. What
is not in it was written by somebody else, and is never changed or removed.

Only the manifest is synced to disk: what a power cut damages is found by the next build, which
compares the files with what it wrote.

Places are strings where there is one for each file: objects of `Path` take twice as long as all
that the operating system does with them.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO, Self

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, OutputError
from sitegen.model.output import MANIFEST
from sitegen.storage.file_state import digest_of_file

STAGING = ".sitegen-staging"
BYTES_OF_A_NAME = 255
"""Bytes of the name of a file, on the file systems there are."""
COPY_CHUNK = 1 << 20
"""Bytes of a file in memory at a time."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a commit did: paths of files, sorted."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def read_manifest(folder: Path) -> tuple[str, ...]:
    """The sorted paths of the files sitegen wrote into the folder; none where it wrote nothing.

    A manifest that is damaged counts as missing: the files are then treated as somebody else's.
    """
    try:
        paths = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    if not isinstance(paths, list) or not all(map(_can_be_written, paths)):
        return ()
    return tuple(sorted(paths))


def _can_be_written(path: object) -> bool:
    """Whether this is a path that a file can have."""
    if not isinstance(path, str) or "\0" in path:
        return False
    return max(map(len, os.fsencode(path).split(b"/"))) <= BYTES_OF_A_NAME


class Stage:
    """A build's only way into the output folder, used as a context manager.

    Paths are relative to the folder, POSIX, and free of collisions. Leaving the context without
    `commit` leaves everything as it was. Every failure is an OutputError, and one before step 3 of
    a commit has changed nothing; a later one is mended by the next build.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._staging = self._folder / STAGING
        self._root, self._stage = str(self._folder), str(self._staging)
        self._staged: dict[str, str] = {}
        """The staged file for each path."""
        self._unchanged: set[str] = set()
        self._numbers = count()
        # Most files share their folders, and there are many of them.
        self._leads_inside = cache(self._is_below)
        self._is_blocked = cache(self._is_no_folder)
        self._make_folder = cache(self._make_folder_now)
        self._created: list[Path] = []

    def __enter__(self) -> Self:
        """The stage, without what a killed build left on it."""
        self._old = frozenset(read_manifest(self._folder))
        above = (*reversed(self._folder.parents), self._folder)
        # Any process of the build may be the one that makes them.
        self._created += [folder for folder in above if not folder.exists()]
        if self._staging.is_symlink():
            raise OutputError(
                f"'{self._staging}' is a symbolic link, but the build needs that path"
            )
        with explained(self._staging), suppress(FileNotFoundError):
            shutil.rmtree(self._staging)
        return self

    def __exit__(self, *_: object) -> None:
        """Removes the stage and, unless a commit filled them, the folders it was built in."""
        shutil.rmtree(self._staging, ignore_errors=True)
        for folder in reversed(self._created):
            with suppress(OSError):
                folder.rmdir()

    def keep(self, path: str) -> None:
        """Let the file at `path` stay as it is."""
        self._unchanged.add(path)

    def put(self, path: str, data: bytes) -> None:
        """Publish the bytes at `path`. A file that holds them already stays untouched."""
        self.take(path, self.prepare(path, data))

    def prepare(self, path: str, data: bytes) -> str | None:
        """The name of a new staged file for `path`; None where the bytes are published already.

        The first half of `put`, which a process forked from this one can do.
        """
        return self._prepare(path, BytesIO(data))

    def take(self, path: str, staged: str | None) -> None:
        """Publish at `path` what `prepare` has made: the second half of `put`."""
        if staged is None:
            self._unchanged.add(path)
        else:
            self._staged[path] = f"{self._stage}/{staged}"

    def copy(self, path: str, source: Path) -> bytes | None:
        """Publish a file at `path`, however large it is; gives the digest of the copy."""
        with explained(source, "read"), source.open("rb") as content:
            self.take(path, self._prepare(path, content))
        return digest_of_file(Path(self._new(path)))

    def lay_out(self) -> Path:
        """A copy of the site as it is to be, in a new folder on the stage.

        No links: a program that writes into a file there must not write into what is published.
        The folder has another name each time, since a program of a killed build may still be at
        work in its own.
        """
        folder = self._staging / f"site-{os.getpid()}"
        with explained(folder):
            self._make_folder(str(folder))
            for path in sorted(self._unchanged | self._staged.keys()):
                self._make_folder(_above(f"{folder}/{path}"))
                shutil.copyfile(self._new(path), f"{folder}/{path}")
        return folder

    def text(self, path: str) -> str:
        """What will be published at a path, as text; empty where nothing will."""
        if path not in self._staged and path not in self._unchanged:
            return ""
        place = self._new(path)
        with explained(place, "read"):
            return Path(place).read_bytes().decode(errors="replace")

    def commit(self) -> Written:
        """Make the folder hold what was put and copied, and no other file of sitegen."""
        new = self._unchanged | self._staged.keys()
        doomed = {path for path in self._old - new if self._is_inside(path)}
        self._refuse_conflicts(doomed)
        self._refuse_closed_folders(doomed)
        self._make_new_folders()
        self._save(self._old | new)
        in_the_way = self._in_the_way(doomed)
        removed = [path for path in sorted(in_the_way) if self._remove(path)]
        for path, staged in self._staged.items():
            self._place(staged, path)
        removed += [path for path in sorted(doomed - in_the_way) if self._remove(path)]
        self._save(new)
        self._created.clear()
        paths = (self._staged, self._unchanged, removed)
        return Written(*(tuple(sorted(some)) for some in paths))

    def _at(self, path: str) -> str:
        """The place of a path that is published, or will be."""
        return f"{self._root}/{path}"

    def _new(self, path: str) -> str:
        """The place of the file that is to be at a path, staged or as it was."""
        return self._staged.get(path) or self._at(path)

    def _prepare(self, path: str, content: BinaryIO) -> str | None:
        if not self._is_inside(path):
            raise OutputError(
                f"{path!r} is not the path of a file inside the output folder",
                hint="it is absolute, has '..', or leads out through a symbolic link",
            )
        target = self._at(path)
        with explained(target):
            if _holds(target, content):
                return None
            name = f"{os.getpid()}-{next(self._numbers)}"
            self._write(name, content)
            return name

    def _write(self, name: str, content: BinaryIO, *, sync: bool = False) -> str:
        """A new staged file. It is opened plainly, because a temporary file of the standard
        library is readable by its owner alone, and web servers are somebody else.
        """
        content.seek(0)
        self._make_folder(self._stage)
        staged = f"{self._stage}/{name}"
        with open(staged, "wb") as file:
            shutil.copyfileobj(content, file, COPY_CHUNK)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        return staged

    def _refuse_conflicts(self, doomed: set[str]) -> None:
        """Raise OutputError with a diagnostic for each foreign file that is in the way."""
        going = doomed.union(*map(_folders, doomed))
        obstacles = {self._obstacle(path, doomed, going) for path in self._staged}
        if places := sorted(filter(None, obstacles)):
            shown = (f"{self._folder.name}/{place}" for place in places)
            hint = "move it away, or choose another output folder"
            raise OutputError(
                "the output folder has files that sitegen did not write; nothing was changed",
                *(Diagnostic("SG601", f"'{p}' is in the way", p, hint=hint) for p in shown),
            )

    def _obstacle(self, path: str, doomed: set[str], going: Collection[str]) -> str | None:
        """The path of the foreign thing that keeps a file from being at `path`, or None.

        `going` are the doomed files and all folders above them.
        """
        for folder in _folders(path):
            if self._is_blocked(folder):
                is_going = folder in doomed and _is_file(self._at(folder))
                return None if is_going else folder
        mode = _mode(self._at(path))
        if mode is None:
            is_free = True
        elif S_ISDIR(mode):
            is_free = path in going and all(
                item.relative_to(self._folder).as_posix() in going and not item.is_symlink()
                for item in (self._folder / path).rglob("*")
            )
        else:
            is_free = path in self._old and S_ISREG(mode)
        return None if is_free else path

    def _is_no_folder(self, folder: str) -> bool:
        """Whether something else is where a folder has to be."""
        place = self._at(folder)
        return os.path.lexists(place) and not os.path.isdir(place)

    def _is_inside(self, path: str) -> bool:
        """Whether `path` names a file that is in the folder also after symbolic links.

        Links to follow are those of the folders above it; sitegen's own two names are not free.
        """
        first, *_ = parts = path.split("/")
        is_plain = not {"", ".", ".."}.intersection(parts) and "\0" not in path
        return is_plain and first not in (MANIFEST, STAGING) and self._leads_inside(_above(path))

    def _is_below(self, folder: str) -> bool:
        place = self._at(folder)
        if folder and not os.path.islink(place):
            return self._leads_inside(_above(folder))
        return Path(os.path.realpath(place)).is_relative_to(self._folder)

    def _refuse_closed_folders(self, doomed: set[str]) -> None:
        """Raise OutputError if a folder that has to change cannot be written to."""
        names = {_above(path) for path in doomed | self._staged.keys()}
        for folder in map(self._at, sorted(names)):
            if not os.access(folder, os.W_OK | os.X_OK) and os.path.isdir(folder):
                raise OutputError(f"cannot write '{folder}': the folder is read-only")

    def _make_new_folders(self) -> None:
        """Make those of staged files, but where something is in their way until it is removed."""
        free = (p for p in self._staged if not any(map(self._is_blocked, _folders(p))))
        for folder in map(self._at, dict.fromkeys(map(_above, free))):
            with explained(folder):
                self._make_folder_now(folder)

    def _make_folder_now(self, folder: str) -> None:
        """Make a folder, unless it is there, and remember which are new, the outermost first."""
        try:
            os.mkdir(folder)
        except FileNotFoundError:
            self._make_folder_now(_above(folder))
            self._make_folder_now(folder)
        except FileExistsError:
            if not os.path.isdir(folder):
                raise
        else:
            self._created.append(Path(folder))

    def _in_the_way(self, doomed: set[str]) -> set[str]:
        """The old files where new ones need a folder, and those in folders where files must be."""
        needed = {folder for path in self._staged for folder in _folders(path)}
        return {
            path
            for path in doomed
            if path in needed or not self._staged.keys().isdisjoint(_folders(path))
        }

    def _place(self, staged: str, path: str) -> None:
        target = self._at(path)
        with explained(target):
            try:
                os.replace(staged, target)
            except FileNotFoundError:  # its folder could not be made while something was there
                self._make_folder_now(_above(target))
                os.replace(staged, target)

    def _remove(self, path: str) -> bool:
        """Whether there was such a file. It is gone, and so are folders that this empties."""
        target = self._at(path)
        was_there = _is_file(target)
        with explained(target):
            if was_there:
                os.unlink(target)
        for folder in _folders(path):
            with suppress(OSError):
                os.rmdir(self._at(folder))
        return was_there

    def _save(self, paths: Iterable[str]) -> None:
        """Write the manifest unless it says the same already. ASCII: paths may be no Unicode."""
        content = BytesIO(json.dumps(sorted(paths), indent=0).encode() + b"\n")
        manifest = self._at(MANIFEST)
        with explained(manifest):
            if not _holds(manifest, content):
                self._place(self._write(MANIFEST, content, sync=True), MANIFEST)


def _folders(path: str) -> tuple[str, ...]:
    """The folders above a path, the nearest first."""
    folders = []
    while path := _above(path):
        folders.append(path)
    return tuple(folders)


def _above(path: str) -> str:
    """The folder that a path is in; empty for one that is in none."""
    return path.rpartition("/")[0]


def _mode(path: str) -> int | None:
    """What kind of file there is, or None where there is nothing."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_file(path: str) -> bool:
    """Whether there is a regular file: no link, pipe or device."""
    mode = _mode(path)
    return mode is not None and S_ISREG(mode)


def _holds(path: str, content: BinaryIO) -> bool:
    """Whether there is a regular file with just this content, read from where it is now.

    `filecmp.cmp` would answer from its memory for a file of the same size and time.
    """
    if not _is_file(path):
        return False
    with open(path, "rb") as file:
        while block := content.read(COPY_CHUNK):
            if file.read(COPY_CHUNK) != block:
                return False
        return not file.read(1)


@contextmanager
def explained(path: Path | str, action: str = "write") -> Iterator[None]:
    """Turns what the operating system refuses into one line that names the path."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot {action} '{path}': {error.strerror or error}") from error
