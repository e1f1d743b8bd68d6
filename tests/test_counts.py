"""How much a build does, counted and not timed, so that it is the same on every machine.

`counts.json` has what three builds of one small site import, open, ask of the system and make: one
from scratch, one after an edit, and one with nothing to do. Whoever makes a build do more, or less,
says so there: `SITEGEN_ACCEPT=1 pytest tests/test_counts.py` writes the new counts; read them all.

Modules of the standard library load each other as each Python likes, so they are compared with the
Python alone that the table names.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from sitegen.sources.discover import THEME
from tests.conftest import ROOT, tool
from tests.counting import CALLS
from tests.test_sites import ACCEPT

TABLE = Path(__file__).with_name("counts.json")
COUNTING = Path(__file__).with_name("counting.py")
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
STANDARD = "standard library"
CALLED = re.compile(r'^\d+ +(\w+)\((?:AT_FDCWD<.*?>, )?(?:\d+<|")([^">]+)', re.MULTILINE)
OF_AN_OPEN_FILE = re.compile(r"^.*AT_EMPTY_PATH.*\n", re.MULTILINE)
NAMES = dict.fromkeys(("newfstatat", "fstatat64", "statx", "lstat", "lstat64"), "stat")
"""One call has many names, by the system and the processor."""
HOW_FILES_ARE_READ = {"read", "lseek", "ioctl", "fcntl", "fstat", "fadvise64", "close", "execve"}
"""Calls that each Python makes in its own way once a file is open."""
OF_COMPILING = {"encodings"}
"""What is loaded only where the theme's templates have to be compiled. Their code is kept in the
installation, where other tests, which build with templates of their own, replace it."""
AS_THE_CLOCK_TICKS = ("/.sitegen/lock", "/.sitegen/cache.db")
"""How often these are touched, the time and the version of SQLite decide."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A blog of six posts with code, tags and a picture, and of a page, without problems."""
    texts = {
        "sitegen.toml": 'title = "Counted"\nbase_url = "https://me.example/"\n',
        "content/pages/about.md": "---\ntitle: About\n---\nSee [a post](../posts/post-1.md).\n",
        "content/posts/bundle/index.md": "---\ndate: 2024-01-09\n---\n![A dot](dot.svg)\n",
        "content/posts/bundle/dot.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }
    for number in range(1, 6):
        texts[f"content/posts/post-{number}.md"] = (
            f"---\ntitle: Post {number}\ndate: 2024-01-0{number}\ntags: [a, t{number % 2}]\n---\n"
            f"Some *words*.\n\n## Part\n\n```python\nprint({number})\n```\n\n- one\n- two\n"
        )
    for path, text in texts.items():
        file = tmp_path / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "site"


def edit(site: Path) -> None:
    with (site / "content/posts/post-3.md").open("a") as post:
        post.write("\nAnd more.\n")


def run(site: Path, *how: str | Path) -> None:
    """A build of the site by a Python of its own."""
    command = [*map(str, how), "build", str(site), "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, env=environment, capture_output=True, check=True)


def counted(site: Path) -> dict[str, Any]:
    """What a build imports, opens and makes."""
    result = site.parent / "counted.json"
    run(site, sys.executable, COUNTING, result)
    told = json.loads(result.read_text())
    modules = told["modules"]
    packages = {name.partition(".")[0] for name in modules}
    standard = packages & sys.stdlib_module_names
    return {
        "files opened": tally(place(path, site) for path in told["opened"]),
        "libraries": sorted(filter(is_library, packages - standard)),
        "modules": tally(".".join(n.split(".")[:2]) for n in modules if n.startswith("sitegen.")),
        STANDARD: sorted(name for name in standard - OF_COMPILING if not name.startswith("_")),
        "work": told["work"],
    }


def is_library(package: str) -> bool:
    """Whether a package is somebody's: not sitegen, nor what compiled modules bring along."""
    return package != "sitegen" and not package.startswith(("_", "cython"))


def place(path: str, site: Path) -> str | None:
    """Which part of the site or of the theme a file is in."""
    if path.startswith(f"{THEME}/"):
        return "theme"
    return Path(path).relative_to(site).parts[0] if path.startswith(f"{site}/") else None


def tally(names: Iterable[str | None]) -> dict[str, int]:
    return dict(sorted(Counter(name for name in names if name).items()))


def asked(site: Path) -> dict[str, int]:
    """What a build asks of the system about the site, by call."""
    log = site.parent / "strace.log"
    strace = (tool("strace"), "-f", "-qq", "-y", "-z", "-s4096", "-o", log)
    run(site, *strace, sys.executable, "-B", "-m", "sitegen")
    calls = CALLED.findall(OF_AN_OPEN_FILE.sub("", log.read_text("utf-8", "replace")))
    own = (NAMES.get(call, call) for call, path in calls if is_own(path, site))
    return tally(call for call in own if call not in HOW_FILES_ARE_READ)


def is_own(path: str, site: Path) -> bool:
    inside = path.removeprefix(str(site))
    return inside != path and not inside.startswith(AS_THE_CLOCK_TICKS)


def compare(part: str, found: dict[str, Any]) -> None:
    """Fail where counts differ from the table; or write them there, where that is asked."""
    table = json.loads(TABLE.read_text())
    known = table[part]
    if table["python"] != PYTHON:
        known, found = ({k: _others(v) for k, v in each.items()} for each in (known, found))
    if found != known and os.environ.get(ACCEPT):
        TABLE.write_text(json.dumps(table | {"python": PYTHON, part: found}, indent=1) + "\n")
        return
    assert found == known


def _others(counts: dict[str, Any]) -> dict[str, Any]:
    return {what: count for what, count in counts.items() if what != STANDARD}


def test_a_build_does_what_the_table_says(site: Path) -> None:
    cold = counted(site)
    counted(site)
    idle = counted(site)
    edit(site)
    compare("builds", {"cold": cold, "idle": idle, "edit": counted(site)})
    assert all(cold["work"][what] for what in CALLS), "a function that is counted has another name"


def test_a_build_asks_of_the_system_what_the_table_says(site: Path) -> None:
    for _ in range(2):
        run(site, sys.executable, "-m", "sitegen")
    idle = asked(site)
    edit(site)
    compare("system calls", {"idle": idle, "edit": asked(site)})
