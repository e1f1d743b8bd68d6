"""What `sitegen init` asks a person at a terminal."""

from __future__ import annotations

import os
import pty
import subprocess
from pathlib import Path

from tests.command import COMMAND


def answer(folder: Path, typed: str, *arguments: str) -> tuple[int, str]:
    """The status of `sitegen init` at a terminal where a person types this, and what is seen."""
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [str(COMMAND), "init", *arguments], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, typed.encode())
    seen = b""
    try:
        while part := os.read(ours, 4096):
            seen += part
    except OSError:  # how Linux tells that the other side has closed
        pass
    os.close(ours)
    return running.wait(timeout=60), seen.decode()


def test_answers_become_the_configuration(tmp_path: Path) -> None:
    status, seen = answer(tmp_path, "Parsing\nOn parsers.\nAda\nme.github.io/blog\n")
    assert status == 0
    assert "Author" in seen
    text = (tmp_path / "sitegen.toml").read_text("utf-8")
    for line in ('title = "Parsing"', 'description = "On parsers."', 'author = "Ada"'):
        assert f"\n{line}\n" in text
    assert '\nbase_url = "https://me.github.io/blog/"\n' in text


def test_enter_takes_the_default_and_options_are_not_asked_for(tmp_path: Path) -> None:
    status, seen = answer(tmp_path, "\n\n\n", "my-blog", "--author", "Ada")
    assert status == 0
    assert "Title [My blog]:" in seen
    assert "Author" not in seen


def test_unusable_answer_is_asked_for_again(tmp_path: Path) -> None:
    status, seen = answer(tmp_path, "A\n\n\nftp://me\nhttps://me.dev\n")
    assert status == 0
    assert "'ftp://me' is not an address" in seen
    assert 'base_url = "https://me.dev/"' in (tmp_path / "sitegen.toml").read_text("utf-8")


def test_end_of_input_in_the_middle_writes_nothing(tmp_path: Path) -> None:
    status, seen = answer(tmp_path, "A\n\x04")
    assert status == 130
    assert "nothing was written" in seen
    assert list(tmp_path.iterdir()) == []


def test_yes_asks_nothing(tmp_path: Path) -> None:
    status, seen = answer(tmp_path, "", "--yes")
    assert status == 0
    assert "Title" not in seen


def test_adding_a_host_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    status, seen = answer(tmp_path, "", "--github")
    assert status == 0
    assert "Title" not in seen
    assert seen.startswith("wrote ")
