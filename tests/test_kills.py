"""A build that is killed at any system call (law 4): nothing is ever half written, and the next
build ends where this one would have.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.console.signals import WORDS
from sitegen.storage.output_folder import STAGING
from tests.command import COMMAND, sitegen
from tests.conftest import SOAK, tool
from tests.journal import Journal
from tests.oracle import files
from tests.test_edits import THREE

BUILD = """
import sys
from datetime import datetime
from pathlib import Path
from sitegen.build.pipeline import build
from sitegen.build.session import BuildOptions, session_in
from sitegen.storage.cache import Store

site, now = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
store = Store(site, b"fingerprint")
with store.session():
    options = BuildOptions(now, site / "public", jobs=1)
    report = build(session_in(store, site, options, lambda *_: None))
print(*(found.code for found in report.diagnostics))
"""
CALLS = {
    "write": (1, 9, 34),
    "pwrite64": (1, 3, 12, 30),
    "rename": (1, 5),
    "unlink": (1, 3),
    "mkdir": (1, 3),
    "rmdir": (1,),
    "openat": (99, 300),
    "fsync": (1, 2),
    "ftruncate": (1,),
}
"""Calls of the system, and which of those that a build makes are tried in an everyday run."""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """The site, built, with edits of many kinds that wait to be."""
    journal = Journal(tmp_path)
    journal.build()
    journal.post(THREE, "Edited.", slug="drei", tags="[c]", aliases="[/old/]")
    journal.delete("content/posts/one.md")
    journal.write("templates/footer.html", "Edited.")
    journal.write("static/notes.txt", "Edited.")
    return journal


def traced(journal: Journal, fault: str) -> subprocess.CompletedProcess[str]:
    """A build in a process of its own, some of whose system calls do not do what they should."""
    return with_fault(fault, "-c", BUILD, journal.site, journal.now.isoformat())


def with_fault(fault: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A Python of its own that has a fault; -B, since compiled modules are renamed into place."""
    strace = (tool("strace"), "-f", "-qq", "-o", "/dev/null", "-e", fault)
    command = (*strace, sys.executable, "-B", *map(str, arguments))
    return subprocess.run(command, capture_output=True, text=True, check=False)


def ended(journal: Journal, call: str, number: int) -> bool:
    """Whether a build came to its end, though its n-th call of a kind would have killed it."""
    done = traced(journal, f"inject=/^{call}(at|at2)?$:signal=SIGKILL:when={number}")
    assert done.returncode in (0, -9, 137), done.stderr
    return done.returncode == 0


@pytest.mark.parametrize("call", CALLS)
def test_a_killed_build_leaves_whole_files_and_the_next_one_finishes(
    journal: Journal, tmp_path: Path, call: str
) -> None:
    before = files(journal.site / "public")
    copy = shutil.copytree(journal.site, tmp_path / "copy")
    journal.build()
    after = files(journal.site / "public")
    for number in range(1, SOAK) if SOAK else CALLS[call]:
        shutil.rmtree(journal.site)
        shutil.copytree(copy, journal.site)
        has_ended = ended(journal, call, number)
        for path, data in files(journal.site / "public").items():
            assert data in (before.get(path), after.get(path)), (number, path)
        journal.build()
        assert files(journal.site / "public") == after
        journal.build_again()
        if has_ended:
            break


def test_the_kills_reach_every_step_of_a_build(journal: Journal) -> None:
    """Else the test above would pass because nothing is killed."""
    assert not ended(journal, "rename", 1)
    assert os.path.lexists(journal.site / "public" / STAGING)
    assert not ended(journal, "unlink", 1)
    assert ended(journal, "rename", 10_000)


@pytest.mark.parametrize(
    ("call", "numbers"), [("write", (1, 9)), ("rename", (1, 5)), ("unlink", (2,)), ("mkdir", (1,))]
)
@pytest.mark.parametrize(("signal", "status"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_an_interrupted_build_leaves_the_old_site_or_the_new_one_and_says_which(
    journal: Journal, tmp_path: Path, call: str, numbers: tuple[int, ...], signal: str, status: int
) -> None:
    """While files took their places, it left a mixture, and said that nothing had changed."""
    folder = journal.site / "public"
    sitegen("build", "--clean", "-o", tmp_path / "new", journal.site)
    old, new = files(folder), files(tmp_path / "new")
    left = {
        "the output folder is unchanged": old,
        "the output folder has the new site": new,
        "": new,  # once all is said, nothing more is
    }
    copy = shutil.copytree(journal.site, tmp_path / "copy")
    for number in range(1, SOAK) if SOAK else numbers:
        shutil.rmtree(journal.site)
        shutil.copytree(copy, journal.site)
        fault = f"inject=/^{call}(at|at2)?$:signal={signal}:when={number}"
        done = with_fault(fault, COMMAND, "build", journal.site)
        if done.returncode == 0:
            break
        word, _, holds = done.stderr.splitlines()[-1].partition(": ")
        assert (done.returncode, word) == (status, WORDS[status])
        assert files(folder) == left[holds], number
        assert not (folder / STAGING).exists()
        assert sitegen("build", journal.site).returncode == 0
        assert files(folder) == new


def test_interruptions_come_before_and_after_the_folder_changes(journal: Journal) -> None:
    """Else the test above would see one of its two cases only."""
    fault = "inject=/^{}(at|at2)?$:signal=SIGINT:when=1"
    early = with_fault(fault.format("mkdir"), COMMAND, "build", journal.site)
    late = with_fault(fault.format("rename"), COMMAND, "build", journal.site)
    assert early.stderr == "interrupted: the output folder is unchanged\n"
    assert late.stderr == "interrupted: the output folder has the new site\n"


@pytest.mark.parametrize("first", [1, 2, 9])
def test_a_disk_without_room_for_a_cache_still_takes_the_site(
    journal: Journal, tmp_path: Path, first: int
) -> None:
    """SQLite and the lock write with pwrite64, and nothing else does. A new cache on the full disk
    failed like the old one, with a traceback.
    """
    shutil.rmtree(journal.site / "public")
    fault = f"inject=pwrite64:error=ENOSPC:when={first}+"
    done = traced(journal, fault)
    assert done.returncode == 0, done.stderr
    assert "SG602" in done.stdout
    made = files(journal.site / "public")
    journal.remove(".sitegen")
    journal.build()
    assert made == files(journal.site / "public")
