"""What would never end is stopped, wherever documents are read."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from threading import Thread

import pytest

from sitegen.execution.time_limit import within
from tests.command import sitegen

RUNAWAY = '```scala\n"' + "\\" * 48 + "\n```\n"
"""Pygments' lexer tries all ways to pair the backslashes (pygments/pygments#3247)."""


def endless() -> object:
    return re.match(r"(a|a)*b", "a" * 64)


def test_task_in_time_gives_its_result() -> None:
    assert within(60, lambda: "done") == "done"


def test_regular_expression_that_never_ends_is_stopped() -> None:
    with pytest.raises(TimeoutError):
        within(0.1, endless)


def test_task_that_catches_all_exceptions_is_stopped_too() -> None:
    def stubborn() -> None:
        while True:
            try:
                endless()
            except Exception:  # noqa: S112 (as some lexers may do)
                continue

    with pytest.raises(TimeoutError):
        within(0.1, stubborn)


def test_no_timer_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(ZeroDivisionError):
        within(60, lambda: 1 // 0)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) == before


def test_thread_works_without_a_limit() -> None:
    """Only the main thread gets signals, and may ask for them."""
    results: list[str] = []
    thread = Thread(target=lambda: results.append(within(60, lambda: "done")))
    thread.start()
    thread.join()
    assert results == ["done"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_code_that_hangs_pygments_is_plain_text_in_every_process(tmp_path: Path, jobs: int) -> None:
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    for number in range(101):
        (posts / f"{number}.md").write_text(f"# {number}\n\n{'word ' * 2000}\n", encoding="utf-8")
    (posts / "a.md").write_text(f"# A\n\n{RUNAWAY}", encoding="utf-8")
    done = sitegen("build", "--jobs", str(jobs), cwd=tmp_path)
    assert done.returncode == 0
    assert "content/posts/a.md:3:4: warning SG402: as 'scala', this code takes" in done.stderr
    html = (tmp_path / "public" / "posts" / "a" / "index.html").read_text(encoding="utf-8")
    assert '<code class="language-scala">"\\' in html
