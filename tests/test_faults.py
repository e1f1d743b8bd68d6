"""Bad days of the machine, as the command meets them: full disks, closed files, sites that are huge
or hostile. Whatever happens is one message that names a path, and the old site stays whole.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import re
import subprocess
from pathlib import Path

import pytest

from sitegen.storage.lock import now
from tests.command import COMMAND, sitegen
from tests.conftest import tool, unavailable
from tests.journal import Journal
from tests.oracle import files
from tests.server import until


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of twenty posts, built, with an edit of each that waits to be."""
    folder = tmp_path / "site"
    (folder / "content").mkdir(parents=True)
    (folder / "sitegen.toml").write_text('base_url = "https://me.example/"\n')
    for number in range(20):
        (folder / f"content/{number}.md").write_text("Old.\n")
    assert sitegen("build", folder).returncode == 0
    for number in range(20):
        (folder / f"content/{number}.md").write_text(f"New. {'x' * 3000}\n")
    return folder


# A full disk

FILLED = """
set -e
mount -t tmpfs -o size=4m none "$1"
cp -a "$2/." "$1"
head -c 4m /dev/zero > "$1/fill" 2> "$3/full" || true
truncate --size="-${4}K" "$1/fill"
"$5" build "$1" > "$3/out" 2> "$3/err" && echo 0 > "$3/status" || echo $? > "$3/status"
cp -a "$1/public" "$3/left"
rm "$1/fill"
"$5" build "$1" > "$3/out"
cp -a "$1/public" "$3/mended"
"""
"""A site on a disk of its own, which is filled up to some kilobytes, built, and emptied again."""


@pytest.mark.parametrize("kilobytes", [0, 16, 64, 150, 300, 1000])
def test_on_a_full_disk_the_old_site_stays_and_the_next_build_ends(
    site: Path, tmp_path: Path, kilobytes: int
) -> None:
    disk, result = tmp_path / "disk", tmp_path / "result"
    disk.mkdir()
    result.mkdir()
    places = (disk, site, result, kilobytes, COMMAND)
    alone = [tool("unshare"), "--user", "--map-root-user", "--mount", "sh", "-c", FILLED, "sh"]
    done = subprocess.run([*alone, *map(str, places)], stderr=subprocess.PIPE, check=False)
    if not (result / "full").exists():
        unavailable(f"no disk can be mounted here: {done.stderr.decode()}")
    old = files(site / "public")
    assert sitegen("build", site).returncode == 0
    new = files(site / "public")
    failed, said = (result / "status").read_text() != "0\n", (result / "err").read_text()
    assert kilobytes not in (0, 1000) or failed is (kilobytes == 0)
    assert files(result / "left") == (old if failed else new)
    pattern = rf"error: cannot write '{re.escape(str(disk))}/public.*': No space left on device\n"
    assert not failed or re.fullmatch(pattern, said)
    assert files(result / "mended") == new


# Files that are closed to us


def without_the_rights_of_root(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as somebody whom file modes stop, even if that is root."""
    drop = [tool("setpriv"), "--inh-caps=-all", "--bounding-set=-all"] if os.geteuid() == 0 else []
    command = [*drop, str(COMMAND), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_source_that_cannot_be_read_is_named_and_the_old_site_stays(site: Path) -> None:
    (site / "content/3.md").chmod(0)
    before = files(site / "public")
    done = without_the_rights_of_root("build", site)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "content/3.md: error SG005: cannot read 'content/3.md': Permission denied\n"
    )
    assert files(site / "public") == before


@pytest.mark.parametrize("place", ["public", "public/posts/3"])
def test_an_output_folder_that_is_read_only_is_named_and_the_old_site_stays(
    site: Path, place: str
) -> None:
    before = files(site / "public")
    (site / place).chmod(0o555)
    done = without_the_rights_of_root("build", site)
    (site / place).chmod(0o755)
    assert done.returncode == 1
    assert re.fullmatch(rf"error: cannot write '{re.escape(str(site / place))}.*\n", done.stderr)
    assert files(site / "public") == before


def test_a_read_only_file_system_under_the_output_is_named(site: Path, tmp_path: Path) -> None:
    script = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && echo ro && "$2" build "$3"'
    alone = [tool("unshare"), "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
    before = files(site / "public")
    places = map(str, (site / "public", COMMAND, site))
    done = subprocess.run([*alone, *places], capture_output=True, text=True, check=False)
    if not done.stdout.startswith("ro"):
        unavailable(f"nothing can be mounted here: {done.stderr}")
    assert done.returncode == 1
    assert re.fullmatch(r"error: cannot write '.*/public/.*': Read-only file system\n", done.stderr)
    assert files(site / "public") == before


# Sites that are large


def calls_of_a_build(journal: Journal) -> int:
    """How many functions a build calls: the same on every machine, however busy.

    It waits for the next tick of the clock: what is written within the last one is read twice, and
    how many files that are depends on the machine.
    """
    clock = journal.site.with_name("clock")
    clock.touch()
    written = now(clock)
    until(lambda: now(clock) > written, "a tick of the clock")
    profile = cProfile.Profile()
    with profile:
        report = journal.quick()
    assert report.is_published
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("shared", [True, False], ids=["a few tags", "a tag for each post"])
def test_work_grows_with_the_number_of_posts_and_no_faster(tmp_path: Path, shared: bool) -> None:
    """From a site to another that is twice as large: all new, and after an edit of one post."""
    Journal(tmp_path / "first").build()  # which imports and compiles what all need
    cold, warm = [], []
    for size in (100, 200, 400):
        journal = Journal(tmp_path / str(size))
        for number in range(size):
            tags, day = number % 7 if shared else number, f"20{number % 20 + 10}-01-01"
            journal.post(f"content/posts/p{number}.md", "Text.", date=day, tags=f"[t{tags}]")
        cold.append(calls_of_a_build(journal))
        journal.post("content/posts/p7.md", "Edited.")
        warm.append(calls_of_a_build(journal))
    for first, second, third in (cold, warm):
        assert third - second < 2.2 * (second - first)


def test_a_large_site_needs_little_memory(tmp_path: Path) -> None:
    """A post of a megabyte and forty of half of one, in the address space of a small machine."""
    (tmp_path / "content").mkdir()
    for number in range(41):
        size = 250 if number else 500
        text = "".join(f"## Part {n}\n\n{'Some *words* here. ' * 100}\n\n" for n in range(size))
        (tmp_path / f"content/{number}.md").write_text(text)
    limited = [tool("prlimit"), f"--as={700 << 20}", str(COMMAND), "build", "--jobs", "1"]
    done = subprocess.run([*limited, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "public/posts/0/index.html").stat().st_size > 900_000
