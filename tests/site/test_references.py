"""Links to lines of code are checked against the lines, and against what is recorded of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.model.code import CodeBlock, LineReference
from sitegen.site.references import LONGEST_RECORD, places_of, problem_of_lines, record_of
from tests.journal import Journal

MAIN = CodeBlock("main", "app.py", 10, ("a", "  b  = 1", "c", "a"))


@pytest.mark.parametrize(
    ("lines", "recorded", "code", "hint"),
    [
        ((10, 10), "", None, ""),
        ((11, 11), "b = 1", None, ""),
        ((10, 11), "a b = 1", None, ""),
        ((9, 9), "", "SG420", "its lines are 10 to 13"),
        ((14, 14), "c", "SG420", "now at '#main:12'"),
        ((12, 11), "", "SG420", "its lines are 10 to 13"),
        ((11, 11), "c", "SG421", "now at '#main:12'"),
        ((11, 12), "a b = 1", "SG421", "now at '#main:10-11'"),
        ((11, 11), "a", "SG421", "now at '#main:10' or '#main:13': write which"),
        ((11, 11), "b = 2", "SG421", "was written for 'b = 2'"),
    ],
)
def test_lines_are_checked(
    lines: tuple[int, int], recorded: str, code: str | None, hint: str
) -> None:
    found = problem_of_lines(LineReference("main", *lines), recorded, (MAIN,), "on this page")
    assert (found and found.code) == code
    assert hint in ((found and found.hint) or "")


def test_unknown_block_is_named_with_the_nearest() -> None:
    found = problem_of_lines(LineReference("mian", 10, 10), "", (MAIN,), "on this page")
    assert found
    assert (found.code, found.hint) == ("SG420", "did you mean '#main'?")


def test_long_record_is_cut_but_differs_in_every_part() -> None:
    long = [f"line {number}" for number in range(99)]
    assert len(record_of(long)) <= LONGEST_RECORD
    assert record_of(long) != record_of([*long[:-1], "other"])
    assert record_of(["\tif  x:", "    y"]) == "if x: y"


def test_places_are_those_of_as_many_lines() -> None:
    assert places_of("a", LineReference("main", 1, 1), MAIN) == (
        LineReference("main", 10, 10),
        LineReference("main", 13, 13),
    )
    assert places_of("", LineReference("main", 1, 9), MAIN) == ()


def test_link_to_lines_of_another_post_follows_its_block(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    page = journal.site / "public/posts/b/index.html"
    journal.post("content/posts/b.md", "[it](a.md#main:2) [it](id:a#main:1-2)")
    for title, shown in (("app.py", "app.py:2"), ("main.py", "main.py:2")):
        journal.post("content/posts/a.md", f'```python title="{title}" #main\na\nb\n```')
        journal.build()
        text = page.read_text("utf-8")
        assert f'href="/posts/a/#main-2" class="ref">it <code class="at">{shown}</code>' in text
        assert 'href="/posts/a/?to=2#main-1" class="ref">' in text
