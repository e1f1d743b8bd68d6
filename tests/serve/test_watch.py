"""Every way to save is one batch of changes, and nothing else is any."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.serve.server import _is_no_source
from sitegen.serve.watch import (
    OPEN,
    POLL_EVERY,
    QUIET,
    SAVED,
    STORM,
    UNSETTLED,
    Watch,
    pause_after,
)
from tests.conftest import tool
from tests.server import write

POST = "content/posts/a.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for folder in ("content/posts", "content/pages", "templates", "public", ".sitegen/serve"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / POST).write_text("old")
    (tmp_path / "public/.sitegen-manifest").write_text("[]")
    return tmp_path


@pytest.fixture(params=["events", "polling"])
def watch(request: pytest.FixtureRequest, site: Path) -> Iterator[Watch]:
    with Watch(site, _is_no_source, pytest.fail, polls=request.param == "polling") as watch:
        yield watch


def changed_by(watch: Watch, act: Callable[[], object]) -> tuple[str, ...]:
    """What the watch tells of, when something is done while it waits."""
    threading.Timer(0.05, act).start()
    return watch.wait()


def in_place(post: Path) -> None:
    post.write_text("new text")


def temporary_and_rename(post: Path) -> None:
    temporary = post.with_name(".a.md.tmp")
    temporary.write_text("new text")
    temporary.replace(post)


def delete_and_create(post: Path) -> None:
    post.unlink()
    post.write_text("new text")


def slowly_delete_and_create(post: Path) -> None:
    post.unlink()
    time.sleep(0.1)
    post.write_text("new text")


def slowly_truncate_and_write(post: Path) -> None:
    with post.open("w") as file:
        time.sleep(0.1)
        file.write("new text")


def slowly_in_two_halves(post: Path) -> None:
    """A file that stays open is not saved yet; what is built meanwhile would be half of it."""
    with post.open("w") as file:
        file.write("new ")
        file.flush()
        time.sleep(0.1)
        file.write("text")


def backup_as_vim_does(post: Path) -> None:
    (post.parent / "4913").touch()
    (post.parent / "4913").unlink()
    backup = post.with_name("a.md~")
    post.rename(backup)
    post.write_text("new text")
    backup.unlink()


def with_sed(post: Path) -> None:
    subprocess.run([tool("sed"), "-i", "s/old/new/", post], check=True)


SAVES = (
    *(in_place, temporary_and_rename, delete_and_create, backup_as_vim_does),
    *(slowly_delete_and_create, slowly_truncate_and_write, slowly_in_two_halves),
    with_sed,
)


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_every_way_to_save_is_one_change(
    watch: Watch, site: Path, save: Callable[[Path], None]
) -> None:
    assert changed_by(watch, lambda: save(site / POST)) == (POST,)
    assert changed_by(watch, (site / "sitegen.toml").touch) == ("sitegen.toml",)


def test_file_with_its_old_time_has_changed(watch: Watch, site: Path) -> None:
    """As `cp -p` leaves it: same size, same time."""

    def save() -> None:
        seen = (site / POST).stat()
        (site / POST).write_text("new")
        os.utime(site / POST, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    assert changed_by(watch, save) == (POST,)


@pytest.mark.parametrize(
    ("pauses", "pause"),
    [
        ([SAVED], SAVED),
        ([QUIET], QUIET),
        ([OPEN], OPEN),
        ([SAVED, SAVED], QUIET),
        ([SAVED, OPEN], OPEN),
        ([SAVED] * STORM, UNSETTLED),
    ],
)
def test_only_a_file_that_is_saved_alone_is_not_waited_for(
    pauses: list[float], pause: float
) -> None:
    assert pause_after(pauses) == pause


def test_new_folder_is_watched_with_all_that_comes_into_it(watch: Watch, site: Path) -> None:
    path = "data/deep/er/authors.toml"
    assert changed_by(watch, lambda: write(site, path, "x")) == (path,)
    assert changed_by(watch, lambda: write(site, path, "y")) == (path,)


def test_renamed_folder_is_watched_under_its_new_name(watch: Watch, site: Path) -> None:
    moved = changed_by(watch, lambda: (site / "content/posts").rename(site / "content/blog"))
    assert moved == ("content/blog/a.md", POST)
    assert changed_by(watch, lambda: (site / "content/blog/a.md").write_text("x")) == (
        "content/blog/a.md",
    )


def test_folder_that_goes_and_comes_back_is_watched(watch: Watch, site: Path) -> None:
    assert changed_by(watch, lambda: shutil.rmtree(site / "content")) == (POST,)
    assert changed_by(watch, lambda: write(site, POST, "back")) == (POST,)
    assert changed_by(watch, lambda: write(site, POST, "again")) == (POST,)


def test_storm_is_one_batch(watch: Watch, site: Path) -> None:
    def checkout() -> None:
        for number in range(500):
            (site / f"content/posts/{number}.md").write_text(str(number))

    assert len(changed_by(watch, checkout)) == 500


def test_no_file_is_gone_because_no_more_can_be_opened(site: Path) -> None:
    """A server with too many connections took its site for deleted."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)

    def end() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        in_place(site / POST)

    (site / "sitegen.toml").touch()
    with Watch(site, _is_no_source, pytest.fail, polls=True) as watch:
        timer = threading.Timer(3 * POLL_EVERY, end)
        timer.start()
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
        seen = watch.wait()
        timer.join()
        assert seen == (POST,)


@pytest.mark.parametrize(
    "path",
    [
        "public/index.html",
        "public/posts/index.html",
        ".sitegen/cache.db",
        ".sitegen/serve/8000/index.html",
        ".git/index",
        "content/posts/.a.md.swp",
        "content/posts/a.md~",
        "node_modules/x/index.md",
    ],
)
def test_output_cache_and_leftovers_are_no_changes(watch: Watch, site: Path, path: str) -> None:
    def write_both() -> None:
        write(site, path, "x")
        in_place(site / POST)

    assert changed_by(watch, write_both) == (POST,)


def test_build_into_a_folder_of_the_site_is_no_change(watch: Watch, site: Path) -> None:
    """What has been written was seen before the file that tells that a build wrote it."""

    def build() -> None:
        for number in range(STORM + 1):
            write(site, f"other/{number}.html", "x")
        time.sleep(0.1)  # as a build that is slow to come to its last file
        write(site, "other/.sitegen-manifest", "[]")
        in_place(site / POST)

    assert changed_by(watch, build) == (POST,)


def test_hidden_static_files_are_published_and_so_watched(watch: Watch, site: Path) -> None:
    path = "static/.well-known/security.txt"
    assert changed_by(watch, lambda: write(site, path, "x")) == (path,)


NO_MORE_WATCHES = """
import sys
from pathlib import Path
from sitegen.serve.server import _is_no_source
from sitegen.serve.watch import Watch
Path("/proc/sys/user/max_inotify_" + sys.argv[2]).write_text(sys.argv[3])
site = Path(sys.argv[1])
with Watch(site, _is_no_source, print) as watch:
    for text in ("one", "three"):
        (site / "content/posts/a.md").write_text(text)
        print(watch.wait())
"""


@pytest.mark.parametrize(
    ("what", "limit"), [("instances", "0"), ("watches", "0"), ("watches", "2"), ("watches", "4")]
)
def test_without_inotify_changes_are_looked_for(site: Path, what: str, limit: str) -> None:
    """Also where there is a watch for `content/` and none for the folders in it, which watchdog
    does not tell.
    """
    alone = [tool("unshare"), "--user", "--map-root-user", sys.executable, "-c", NO_MORE_WATCHES]
    done = subprocess.run(
        [*alone, str(site), what, limit], capture_output=True, text=True, check=False
    )
    if "Operation not permitted" in done.stderr:
        pytest.skip("user namespaces are not allowed here")
    assert done.stdout.count("('content/posts/a.md',)") == 2, done.stderr
    assert done.stdout.count("no file system events") == 1
