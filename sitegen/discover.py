"""What is in the site folder. The only reader of sources; nothing of the output is read here."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath

from sitegen.diagnostics import Diagnostic, UsageError
from sitegen.model import MANIFEST, Config, Kind, Source

THEME = Path(__file__).parent / "theme"
THEME_PREFIX = "theme:"
"""Starts the path of a source that comes with sitegen."""

CONTENT, TEMPLATES, STATIC = "content", "templates", "static"
CONFIG_FILE = "sitegen.toml"
MARKDOWN = {".md", ".markdown"}
NEVER = {"__pycache__", "node_modules"}

Found = tuple[tuple[Source, ...], tuple[Diagnostic, ...]]


def site_folder(start: Path) -> Path:
    """The nearest folder from `start` upwards with a `sitegen.toml` or a `content/` folder.

    Raises UsageError where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file() or (folder / CONTENT).is_dir():
            return folder
    raise UsageError(
        f"no site here: neither {start} nor a folder above it has a {CONFIG_FILE} or a {CONTENT}/",
        hint="name the folder of your posts: sitegen build FOLDER",
    )


def content_folder(site: Path, config: Config) -> str:
    """Where the Markdown is, relative to the site; empty when the site folder itself holds it."""
    if config.content.path is not None:
        return config.content.path.strip("/")
    return CONTENT if (site / CONTENT).is_dir() else ""


def discover(site: Path, config: Config, output: Path) -> Found:
    """Every source of the site and of the theme, ordered by path; hidden files are passed over.

    Symbolic links and special files are not followed: SG008. Unreadable folders: SG005.
    """
    content = content_folder(site, config)
    skipped = {output} if content else {output, site / TEMPLATES, site / STATIC}
    walk = _Walk(skipped)
    sources = [
        *_content(walk, site, content),
        *_of_kind(walk, site / TEMPLATES, TEMPLATES, Kind.TEMPLATE),
        *_of_kind(walk, site / STATIC, STATIC, Kind.STATIC),
        *_of_kind(walk, THEME / TEMPLATES, f"{THEME_PREFIX}{TEMPLATES}", Kind.TEMPLATE),
        *_of_kind(walk, THEME / STATIC, f"{THEME_PREFIX}{STATIC}", Kind.STATIC),
    ]
    return tuple(sources), tuple(walk.diagnostics)


def file_of(site: Path, path: str) -> Path:
    """Where the source with this path is on disk."""
    if path.startswith(THEME_PREFIX):
        return THEME / path.removeprefix(THEME_PREFIX)
    return site / path


def read(site: Path, path: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of a source, or None and SG005."""
    try:
        return file_of(site, path).read_bytes(), ()
    except OSError as error:
        return None, (_unreadable(path, error),)


def _content(walk: _Walk, site: Path, content: str) -> Iterator[Source]:
    root = site / content
    names = list(walk.files(root, content))
    bundles = {
        PurePosixPath(name).parent
        for name in names
        if PurePosixPath(name).stem == "index" and PurePosixPath(name).suffix.lower() in MARKDOWN
    } - {PurePosixPath(), PurePosixPath("posts"), PurePosixPath("pages")}
    for name in names:
        kind = _kind(PurePosixPath(name), bundles)
        if kind:
            yield Source(f"{content}/{name}" if content else name, kind, name)


def _kind(name: PurePosixPath, bundles: set[PurePosixPath]) -> Kind | None:
    """What a file of the content folder is for; None for one that nothing publishes."""
    if name.suffix.lower() in MARKDOWN:
        return Kind.PAGE if name.parts[0] == "pages" and len(name.parts) > 1 else Kind.POST
    return Kind.ASSET if not bundles.isdisjoint(name.parents) else None


def _of_kind(walk: _Walk, root: Path, prefix: str, kind: Kind) -> Iterator[Source]:
    hidden = kind is Kind.STATIC
    for name in walk.files(root, prefix, hidden=hidden):
        yield Source(f"{prefix}/{name}", kind, name)


class _Walk:
    """A walk that never leaves its root, and remembers what it could not take."""

    def __init__(self, skipped: set[Path]) -> None:
        self.skipped = {folder.resolve() for folder in skipped}
        self.diagnostics: list[Diagnostic] = []

    def files(self, root: Path, shown: str, *, hidden: bool = False) -> Iterator[str]:
        """The names below `root` of its regular files, folder by folder, in order."""
        if root.is_dir():
            yield from self._below(root, "", shown, hidden)

    def _below(self, folder: Path, prefix: str, shown: str, hidden: bool) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.diagnostics.append(_unreadable(f"{shown}/{prefix}".strip("/"), error))
            return
        for entry in entries:
            name = f"{prefix}{entry.name}"
            if entry.name in NEVER or (entry.name.startswith(".") and not hidden):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not self._is_skipped(Path(entry.path)):
                    yield from self._below(Path(entry.path), f"{name}/", shown, hidden)
            elif entry.is_file(follow_symlinks=False):
                yield name
            else:
                self.diagnostics.append(_special(f"{shown}/{name}".lstrip("/"), Path(entry.path)))

    def _is_skipped(self, folder: Path) -> bool:
        """Whether the folder is not for sources: an output folder, this build's or another's."""
        return folder.resolve() in self.skipped or (folder / MANIFEST).exists()


def _special(path: str, file: Path) -> Diagnostic:
    link = stat.S_ISLNK(file.lstat().st_mode)
    return Diagnostic(
        "SG008",
        f"'{path}' is {'a symbolic link' if link else 'not a regular file'}: not published",
        path,
        hint="put a copy of the file in its place" if link else None,
    )


def _unreadable(path: str, error: OSError) -> Diagnostic:
    return Diagnostic("SG005", f"cannot read '{path}': {error.strerror}", path)


GitDates = dict[str, tuple[datetime, datetime]]
"""Source path → when it was first and last committed."""


def git_dates(
    site: Path, run: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
) -> tuple[GitDates, tuple[Diagnostic, ...]]:
    """When each file of the site entered git and was last changed there; renames start anew.

    SG009, and what is known, where the site is in no repository or in a shallow clone.
    """

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(site), *arguments]
        return run(command, capture_output=True, text=True, check=True).stdout

    try:
        shallow = git("rev-parse", "--is-shallow-repository").strip() == "true"
        log = git("log", "--format=%x01%aI", "--name-only", "-z", "--no-renames", "--relative")
    except (OSError, subprocess.CalledProcessError):
        return {}, (Diagnostic("SG009", "git knows no history of this folder: no dates from it"),)
    hint = "fetch the whole history: git fetch --unshallow"
    problem = Diagnostic("SG009", "this clone is shallow: dates from git may be wrong", hint=hint)
    return _dates_in(log), (problem,) if shallow else ()


def _dates_in(log: str) -> GitDates:
    """First and last date by path, from a log whose commits stand newest first."""
    dates: GitDates = {}
    for commit in log.split("\x01")[1:]:
        when, _, names = commit.partition("\0")
        date = datetime.fromisoformat(when)
        for name in names.strip("\0\n").split("\0"):
            dates[name] = (date, dates.get(name, (date, date))[1])
    return dates
