"""Builds of one site at the same time: real processes, killed and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.storage.lock import locked
from tests.command import COMMAND, sitegen
from tests.oracle import files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for number in range(3):
        file = tmp_path / f"content/posts/{number}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntags: t{number}\n---\nBody.\n")
    (tmp_path / "sitegen.toml").write_text('base_url = "https://me.example/"\n')
    return tmp_path


def start(site: Path, *options: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [str(COMMAND), "build", *options], cwd=site, stdout=pipe, stderr=pipe, text=True
    )


@contextmanager
def waiting_build(site: Path) -> Iterator[subprocess.Popen[str]]:
    """A build that waits for this process, which holds the lock."""
    (site / ".sitegen").mkdir()
    with locked(site / ".sitegen/lock", lambda _: None):
        build = start(site)
        assert build.stderr
        told = build.stderr.readline()
        assert told == f"waiting for another build of this site (process {os.getpid()})\n"
        yield build


def test_a_build_waits_for_another_and_names_it(site: Path) -> None:
    with waiting_build(site) as build:
        time.sleep(0.2)
        assert build.poll() is None
        assert not (site / "public").exists()
    assert build.communicate(timeout=60)[0].startswith("built ")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_build_that_waits_can_be_interrupted(
    site: Path, sent: signal.Signals, status: int
) -> None:
    """It went on without the lock."""
    with waiting_build(site) as build:
        time.sleep(0.2)
        build.send_signal(sent)
        _, told = build.communicate(timeout=60)
    assert build.returncode == status
    assert "Traceback" not in told
    assert not (site / "public").exists()


def test_the_lock_of_a_killed_process_is_free(site: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from sitegen.storage.lock import locked\n"
        "with locked(Path(sys.argv[1]), print):\n    print('held', flush=True); time.sleep(60)"
    )
    (site / ".sitegen").mkdir()
    python = COMMAND.with_name("python")
    command = [str(python), "-c", script, str(site / ".sitegen/lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        build = start(site)
        assert build.stderr
        assert f"(process {holder.pid})" in build.stderr.readline()
        holder.send_signal(signal.SIGSTOP)
        time.sleep(0.2)
        assert build.poll() is None
        holder.kill()
    assert build.communicate(timeout=60)[0].startswith("built ")
    assert build.returncode == 0


@pytest.mark.parametrize("left", [b"", b"99999999", b"\xff\xfe not a number", b"x" * 9999])
def test_a_lock_file_that_nobody_holds_is_no_lock(site: Path, left: bytes) -> None:
    (site / ".sitegen").mkdir()
    (site / ".sitegen/lock").write_bytes(left)
    done = sitegen("build", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")


def test_builds_at_once_leave_the_site_of_one(site: Path) -> None:
    builds = [start(site) for _ in range(4)]
    for build in builds:
        out, told = build.communicate(timeout=120)
        assert build.returncode == 0, told
        assert out.startswith("built ")
    sitegen("build", "-o", "alone", "--clean", cwd=site)
    assert files(site / "public") == files(site / "alone")
    assert not (site / "public/.sitegen-staging").exists()


def test_a_lock_whose_folder_was_removed_is_made_anew(tmp_path: Path) -> None:
    """A build that fails in a fresh folder takes its cache away, and others may wait for it."""
    file = tmp_path / ".sitegen/lock"
    with locked(file, lambda _: None):
        shutil.rmtree(file.parent)
        with locked(file, lambda _: None):
            assert file.read_text().strip() == str(os.getpid())


def test_the_lock_tells_the_time_of_the_file_system(tmp_path: Path) -> None:
    with locked(tmp_path / "lock", lambda _: None) as moment:
        pass
    (tmp_path / "later").touch()
    assert moment <= (tmp_path / "later").stat().st_mtime_ns
