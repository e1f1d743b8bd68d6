"""`sitegen init --demo`: a site that shows everything, and has nothing to complain about."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path

import pytest

from sitegen.scaffold.kit import DEMO, KIT
from tests.command import sitegen

URL = "https://demo.example/blog/"
TEXTS = "\n".join(path.read_text("utf-8") for path in sorted((KIT / DEMO).rglob("*.md")))


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    done = sitegen("init", "--demo", "demo", "--url", URL, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path / "demo"


@pytest.mark.parametrize("options", [(), ("--drafts", "--future")], ids=["published", "all"])
@pytest.mark.parametrize("command", ["build", "check"])
def test_there_is_nothing_to_complain_about(
    demo: Path, command: str, options: tuple[str, ...]
) -> None:
    done = sitegen(command, demo, "--format", "json", *options)
    assert (done.returncode, json.loads(done.stdout)["diagnostics"]) == (0, [])


def test_draft_and_post_of_the_future_are_there_and_not_published(demo: Path) -> None:
    done = sitegen("build", demo)
    assert "left out 1 draft, 1 scheduled" in done.stderr


@pytest.mark.parametrize(
    ("key", "least"), [("authors", 3), ("series", 2), ("lang", 5), ("updated", 2), ("order", 3)]
)
def test_front_matter_is_shown_with_several_values(key: str, least: int) -> None:
    assert len(set(re.findall(rf"^{key}: .+$", TEXTS, re.MULTILINE))) >= least


def test_there_are_contents_of_forty_parts() -> None:
    habits = (KIT / DEMO / "content/posts/habits.md").read_text("utf-8")
    assert len(re.findall(r"^### ", habits, re.MULTILINE)) == 40


def test_wheel_stays_small() -> None:
    files = [path.read_bytes() for path in (KIT / DEMO).rglob("*") if path.is_file()]
    assert sum(len(zlib.compress(data)) for data in files) < 60_000


@pytest.mark.parametrize("there", ["sitegen.toml", "content/hello.md", "notes.md"])
def test_demonstration_does_not_mix_with_a_site_or_notes(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_text("", "utf-8")
    done = sitegen("init", "--demo", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / there]


def test_demonstration_can_be_published_like_any_site(tmp_path: Path) -> None:
    sitegen("init", "--demo", "--netlify", cwd=tmp_path)
    assert (tmp_path / "netlify.toml").is_file()
    assert (tmp_path / ".gitignore").is_file()
