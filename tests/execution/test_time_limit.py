"""What would never end is stopped, wherever documents are read."""

from __future__ import annotations

import re
import signal
from pathlib import Path
from threading import Thread

import pytest

from sitegen.execution.time_limit import TimeBudget
from tests.command import sitegen

RUNAWAY = '```scala\n"' + "\\" * 48 + "\n```\n"
"""Pygments' lexer tries all ways to pair the backslashes (pygments/pygments#3247)."""


def endless() -> object:
    return re.match(r"(a|a)*b", "a" * 64)


def test_task_in_time_gives_its_result() -> None:
    assert TimeBudget(60).within(60, lambda: "done") == "done"


def test_regular_expression_that_never_ends_is_stopped() -> None:
    with pytest.raises(TimeoutError):
        TimeBudget(60).within(0.1, endless)


def test_task_that_catches_all_exceptions_is_stopped_too() -> None:
    def stubborn() -> None:
        while True:
            try:
                endless()
            except Exception:  # noqa: S112 (as some lexers may do)
                continue

    with pytest.raises(TimeoutError):
        TimeBudget(60).within(0.1, stubborn)


def test_tasks_share_a_budget() -> None:
    """Ten code blocks, each at the edge of what one may take, took fifteen seconds together."""
    budget = TimeBudget(0.15)
    for _ in range(2):
        with pytest.raises(TimeoutError):
            budget.within(0.1, endless)
    assert budget.left <= 0
    with pytest.raises(TimeoutError):
        budget.within(0.1, lambda: "begun after all is used up")


def test_task_that_ends_uses_what_it_takes() -> None:
    budget = TimeBudget(60)
    assert budget.within(60, lambda: sum(range(1_000_000))) > 0
    assert 50 < budget.left <= 60


def test_no_timer_is_left_behind() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(ZeroDivisionError):
        TimeBudget(60).within(60, lambda: 1 // 0)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) == before


def test_thread_works_without_a_limit() -> None:
    """Only the main thread gets signals, and may ask for them."""
    results: list[str] = []
    thread = Thread(target=lambda: results.append(TimeBudget(60).within(60, lambda: "done")))
    thread.start()
    thread.join()
    assert results == ["done"]


def test_code_blocks_of_a_document_share_their_time(tmp_path: Path) -> None:
    """Those that come after it is used up are plain text, and the message does not blame them."""
    (tmp_path / "content" / "posts").mkdir(parents=True)
    text = f"# A\n\n{RUNAWAY * 4}```python\nx = 1\n```\n"
    (tmp_path / "content" / "posts" / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "content" / "posts" / "b.md").write_text("```python\nx = 1\n```\n", "utf-8")
    done = sitegen("build", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.count("as 'scala', this code takes too long to highlight") == 4
    assert "a.md:15:4: warning SG402: the code blocks above take all the time" in done.stderr
    html = (tmp_path / "public" / "posts" / "a" / "index.html").read_text(encoding="utf-8")
    assert '<code class="language-python">x = 1\n' in html
    other = (tmp_path / "public" / "posts" / "b" / "index.html").read_text(encoding="utf-8")
    assert '<code class="language-python"><span' in other


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
