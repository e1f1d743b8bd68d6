"""What a person sees in a terminal: not too much, and nothing broken at its edge."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
from pathlib import Path

import pytest

from tests.command import COMMAND, sitegen

COLOUR = re.compile(r"\x1b\[[\d;]*[mK]")
WIDTHS = (40, 80, 120)


def terminal(columns: int, *arguments: str, cwd: Path) -> list[str]:
    """The lines that a command shows on a terminal of this width, without the progress bar."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 24, columns, 0, 0))
    plain = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS", "LINES")}
    subprocess.run(
        [str(COMMAND), *arguments],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=plain | {"TERM": "xterm"},
        check=False,
    )
    os.close(theirs)
    said = b""
    while chunk := _read(ours):
        said += chunk
    os.close(ours)
    lines = COLOUR.sub("", said.decode()).replace("\r\n", "\n").split("\n")
    return [line.rpartition("\r")[2] for line in lines]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux has it so at the end
        return b""


@pytest.mark.parametrize("columns", [40, 80])
def test_a_build_with_nothing_to_do_looks_the_same_however_it_is_known(
    tmp_path: Path, columns: int
) -> None:
    """On a terminal that is too narrow for its line, the console has to wrap that."""
    (tmp_path / "sitegen.toml").write_text('base_url = "https://me.example/"\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ndraft: true\n---\n")
    (tmp_path / "content/b.md").write_text("Text.\n")
    shown = [terminal(columns, "build", cwd=tmp_path) for _ in range(4)]
    shown = [[re.sub(r"\d\.\d\d", "0.00", line) for line in lines] for lines in shown]
    assert shown[1] == shown[2] == shown[3]
    assert max(map(len, shown[3])) <= columns


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Twenty posts with a wrong habit, and one that has it twice."""
    (tmp_path / "sitegen.toml").write_text('base_url = "https://me.example/"\n')
    posts = tmp_path / "content" / "posts"
    posts.mkdir(parents=True)
    text = "Long before it, [see the end of what is written here](#the-very-last-part-of-it).\n"
    for number in range(20):
        (posts / f"a-post-with-a-long-name-{number:02}.md").write_text(text)
    (posts / "z.md").write_text(f"---\ntitel: Z\n---\n{text}\n{text}")
    return tmp_path


def test_many_problems_of_one_code_are_summed_up(site: Path) -> None:
    """One wrong habit in 667 files gave 2,647 lines, and hid every other problem among them."""
    lines = sitegen("build", cwd=site).stderr.splitlines()
    assert sum("SG302: " in line for line in lines) == 3
    assert "content/posts/z.md:2:1: warning SG105: unknown key 'titel'" in lines
    assert "… and 19 more SG302 in 18 files; --verbose shows all" in lines


def test_nothing_is_summed_up_for_programs_and_with_verbose(site: Path) -> None:
    assert sitegen("build", "--verbose", cwd=site).stderr.count("SG302: ") == 22
    assert sitegen("build", "--format", "github", cwd=site).stdout.count("title=SG302") == 22
    report = json.loads(sitegen("build", "--format", "json", cwd=site).stdout)
    assert sum(problem["code"] == "SG302" for problem in report["diagnostics"]) == 22


def test_ten_problems_of_one_code_are_all_shown(site: Path) -> None:
    for number in range(11, 21):
        (site / "content" / "posts" / f"a-post-with-a-long-name-{number - 1:02}.md").unlink()
    (site / "content" / "posts" / "z.md").unlink()
    assert sitegen("build", cwd=site).stderr.count("SG302: ") == 10


def test_explanation_is_named_once(site: Path) -> None:
    said = sitegen("build", cwd=site).stderr
    assert said.count("more about a code: sitegen explain SG302\n") == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_messages_fit_the_terminal_and_break_no_word(width: int, site: Path) -> None:
    lines = terminal(width, "build", cwd=site)
    places = [line for line in lines if re.match(r"\S+:\d+:\d+:", line)]
    assert len(places) == 4
    alone = [line for line in lines if len(line) > width]
    assert [line for line in alone if " " in line.strip()] == []
    frames = [line for line in lines if re.match(r"   \d* +\| ", line)]
    assert len(frames) == 8
    words = set(" ".join(lines).split())
    assert {"'the-very-last-part-of-it'", "unchanged", "--verbose"} <= words


def test_message_in_a_pipe_stays_on_one_line(site: Path) -> None:
    """Editors and CI read the place and the message from one line, whatever its length."""
    line = sitegen("build", cwd=site, COLUMNS="40").stderr.splitlines()[0]
    assert line.endswith("no heading or id 'the-very-last-part-of-it' on this page")


def test_scheduled_posts_are_named_with_the_day_they_wait_for(tmp_path: Path) -> None:
    """Which post, and until when: a static host publishes it with the first build after that."""
    (tmp_path / "sitegen.toml").write_text(
        'base_url = "https://me.example/"\ntimezone = "Europe/Berlin"\n'
    )
    posts = tmp_path / "content"
    posts.mkdir()
    for day in (5, 3, 4, 2):
        (posts / f"p{day}.md").write_text(f"---\ndate: 2090-01-0{day}\n---\nSoon.\n")
    said = sitegen("build", cwd=tmp_path).stderr.splitlines()
    assert said == [
        "left out content/p2.md: a build after 2090-01-02 00:00 UTC+01:00 publishes it",
        "left out content/p3.md: a build after 2090-01-03 00:00 UTC+01:00 publishes it",
        "left out content/p4.md: a build after 2090-01-04 00:00 UTC+01:00 publishes it",
        "left out 4 scheduled (include with --future)",
    ]
