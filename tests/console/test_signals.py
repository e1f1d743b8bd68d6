"""Ctrl-C and SIGTERM at any moment, and what the operating system refuses: a line, no traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import sitegen

START = "import sitegen.console.signals as s; s.end_at_once(); {}"
"""A process that has begun to load sitegen, as `sitegen.__main__` begins it."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "sitegen.toml").write_text('base_url = "https://me.example/"\n')
    (tmp_path / "content" / "a.md").write_text("Hello.\n")
    return tmp_path


def module(
    *arguments: str, cwd: Path, stdout: int | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sitegen", *arguments]
    return subprocess.run(
        command, cwd=cwd, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False
    )


SENT = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]


@pytest.mark.parametrize(("sent", "status", "word"), SENT)
def test_signal_while_the_command_is_still_loaded_is_one_line(
    sent: signal.Signals, status: int, word: str
) -> None:
    """3 of 24 presses of Ctrl-C came during the first imports, and showed a traceback."""
    code = START.format(f"import os; os.kill(os.getpid(), {int(sent)})")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (status, f"{word}\n")


@pytest.mark.parametrize(("sent", "status", "word"), SENT)
def test_signal_while_an_object_is_put_away_is_not_lost(
    sent: signal.Signals, status: int, word: str
) -> None:
    """A server that collected garbage went on after Ctrl-C: nothing is raised from there."""
    code = f"""
import os
from sitegen.console import signals
class Garbage:
    def __del__(self):
        os.kill(os.getpid(), {int(sent)})
signals.end_command()
Garbage()
print("went on")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, "", f"{word}\n")


@pytest.mark.parametrize(("sent", "status", "word"), SENT)
def test_signal_during_a_command_is_one_line_that_says_what_holds(
    site: Path, sent: signal.Signals, status: int, word: str
) -> None:
    (site / "plugins").mkdir()
    (site / "plugins" / "stop.py").write_text(f"import os\nos.kill(os.getpid(), {int(sent)})\n")
    done = module("build", cwd=site)
    assert done.returncode == status
    assert done.stderr == f"{word}: the output folder is unchanged\n"


def test_signal_that_the_parent_ignores_stays_ignored() -> None:
    code = START.format("import os; os.kill(os.getpid(), 2); print('done')")
    shell = f"trap '' INT; {sys.executable} -c \"{code}\""
    done = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, check=False)
    assert done.stdout == "done\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("build",), ("build", "--format", "json"), ("--help",)])
def test_full_standard_output_is_named(site: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = module(*arguments, cwd=site, stdout=full.fileno())
    assert done.returncode == 1
    assert done.stderr == "error: cannot write to standard output: No space left on device\n"


def test_configuration_that_is_a_pipe_or_a_device_is_refused_at_once(site: Path) -> None:
    """A pipe was waited for without end, and a link to /dev/zero read until memory was full."""
    config = site / "sitegen.toml"
    config.unlink()
    os.mkfifo(config)
    pipe = sitegen("build", site)
    config.unlink()
    config.symlink_to("/dev/zero")
    device = sitegen("build", site)
    for done in (pipe, device):
        assert done.returncode == 2
        assert "error SG005: cannot read 'sitegen.toml': not a regular file" in done.stderr


def test_configuration_of_a_gigabyte_is_refused(site: Path) -> None:
    with (site / "sitegen.toml").open("wb") as file:
        file.truncate(1024**3)
    assert "larger than 1024 KB" in sitegen("build", site).stderr


def test_name_that_is_too_long_is_reported_and_not_raised(site: Path) -> None:
    (site / "sitegen.toml").write_text(f'output = "{"x" * 300}"\n')
    config = sitegen("build", site)
    assert config.returncode == 2
    assert "sitegen.toml:1:10: error SG003: 'output' must be a path of at most" in config.stderr
    (site / "sitegen.toml").unlink()
    option = sitegen("build", site, "--output", "x" * 300)
    assert option.returncode == 2
    assert option.stderr.splitlines()[0].startswith("error: cannot use the output folder 'xxx")
    assert "File name too long" in option.stderr
