"""A site that is built twice: with what earlier builds left behind, and as if for the first time.

This is the oracle of the engine's laws: whatever was done to the site, `Twins.build` fails unless
the two are the same, byte for byte, and the build wrote just what had to change.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sitegen.build.pipeline import build
from sitegen.build.session import BuildOptions, session_in
from sitegen.console.summary import idle_lines
from sitegen.engine.unchanged import unchanged
from sitegen.model.diagnostics import Diagnostic, SitegenError
from sitegen.model.output import MANIFEST
from sitegen.model.report import LeftOut, Report
from sitegen.storage.cache import Store
from sitegen.storage.output_folder import STAGING, read_manifest

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)
OUTPUT = "public"

Files = dict[str, bytes]


@dataclass(frozen=True)
class Told:
    """What a build says: the same whatever was there before."""

    diagnostics: tuple[Diagnostic, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    error: str = ""


class Twins:
    """A site folder, the time, and the code that builds it."""

    def __init__(self, folder: Path) -> None:
        self.site, self._anew = folder / "site", folder / "anew"
        self.now, self.fingerprint = NOON, b"fingerprint"
        self.site.mkdir(parents=True, exist_ok=True)

    def write(self, path: str, text: str | bytes) -> None:
        """Make a file hold a text."""
        file = self.site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def remove(self, path: str) -> None:
        """Let there be no such file or folder."""
        file = self.site / path
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)

    def build(self, output: str = OUTPUT, **options: bool) -> Report | None:
        """The report of a lawful build with the cache; None where there could be none."""
        folder = self.site / output
        before, ours = files(folder), set(read_manifest(folder))
        answer = self.answer(output, **options)
        told, report = self._built(folder, clean=False, **options)
        expected, _ = self._built(self._anew, clean=True, **options)
        after, anew = files(folder), files(self._anew)
        shutil.rmtree(self._anew, ignore_errors=True)
        assert told == expected
        if answer is not None:
            assert report
            assert answer == idle_lines(report)
            assert (report.written, report.removed, report.stale) == ((), (), ())
        assert not (folder / STAGING).exists()
        if report is None or not report.is_published:
            assert after == before, "a build that failed changed the output"
            return report
        foreign = {path: data for path, data in before.items() if path not in ours | anew.keys()}
        assert_same(after, anew | foreign)
        changed = {path for path, data in anew.items() if before.get(path) != data}
        assert set(report.written) == changed
        assert set(report.unchanged) == anew.keys() - changed
        assert set(report.removed) == (ours & before.keys()) - anew.keys()
        return report

    def build_again(self, output: str = OUTPUT, **options: bool) -> None:
        """A second build: it makes nothing, and touches no file and no folder."""
        folder = self.site / output
        before = stamps(folder)
        _, report = self._built(folder, clean=False, **options)
        after = stamps(folder)
        if report and report.is_published:
            assert (report.written, report.removed, report.stale) == ((), (), ())
        else:  # what failed was staged inside
            before.pop(folder, None)
            after.pop(folder, None)
        assert after == before

    def answer(self, output: str = OUTPUT, **options: bool) -> list[str] | None:
        """What a command says that looks first whether anything is to do, and finds nothing."""
        with self._as_command(self.site / output, **options):
            return unchanged()

    @contextmanager
    def _as_command(self, output: Path, **options: bool) -> Iterator[None]:
        """As if this process were the command that builds the site so at this time."""
        argv, epoch = sys.argv, "SOURCE_DATE_EPOCH"
        code = self.fingerprint.hex()
        sys.argv = ["sitegen", "build", str(self.site), str(output), str(options), code]
        os.environ[epoch] = str(int(self.now.timestamp()))
        try:
            yield
        finally:
            sys.argv = argv
            del os.environ[epoch]

    def attempt(self, output: str = OUTPUT, **options: bool) -> Report | None:
        """A build with the cache, whatever comes of it, compared with nothing."""
        return self._built(self.site / output, clean=False, **options)[1]

    def quick(self, output: str = OUTPUT, **options: bool) -> Report:
        """The report of a build with the cache that ended with one."""
        report = self.attempt(output, **options)
        assert report
        return report

    def _built(self, output: Path, *, clean: bool, **options: bool) -> tuple[Told, Report | None]:
        store = Store(self.site, self.fingerprint, clean=clean)
        try:
            with self._as_command(output, **options), store.session():
                drafts, future, strict = map(options.get, ("drafts", "future", "strict"))
                chosen = BuildOptions(
                    self.now,
                    output,
                    drafts=bool(drafts),
                    future=bool(future),
                    strict=bool(strict),
                    jobs=1,
                    says=None if clean else idle_lines,
                )
                report = build(session_in(store, self.site, chosen, lambda *_: None))
        except SitegenError as error:
            message = str(error).replace(str(output), "OUTPUT")
            return Told(tuple(error.diagnostics), error=message), None
        finally:
            store.close()
        told = tuple(found for found in report.diagnostics if found.code != "SG602")
        return Told(told, report.left_out), report


def files(folder: Path) -> Files:
    """What a web server would serve: every file but the manifest and what is staged, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST and STAGING not in path.parts
    }


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """When everything in a folder was changed, and where it is on disk."""
    found = {path: path.lstat() for path in (folder, *folder.rglob("*")) if os.path.lexists(path)}
    return {path: (stat.st_mtime_ns, stat.st_ino) for path, stat in found.items()}


def assert_same(made: Files, expected: Files) -> None:
    """Fail at the first file that is not as it has to be."""
    assert sorted(made) == sorted(expected)
    for path, data in made.items():
        assert data.decode(errors="replace") == expected[path].decode(errors="replace"), path
