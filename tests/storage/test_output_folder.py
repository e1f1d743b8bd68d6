"""The output folder: real files, foreign files, full disks and builds that are killed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_FSIZE, getrlimit, setrlimit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.model.diagnostics import OutputError
from sitegen.model.output import MANIFEST
from sitegen.storage.output_folder import (
    COPY_CHUNK,
    STAGING,
    Stage,
    Written,
    read_manifest,
)
from tests.conftest import ROOT, tool

OLD = {"index.html": "old", "posts/a/index.html": "old a", "posts/b/index.html": "old b", "x": "x"}
NEW = {"index.html": "new", "posts/a/index.html": "new a", "posts/c/index.html": "c", "x/y": "y"}


def build(folder: Path, files: Mapping[str, str]) -> Written:
    with Stage(folder) as stage:
        for path, text in files.items():
            stage.put(path, text.encode())
        return stage.commit()


def tree(folder: Path) -> dict[str, str]:
    """All files but the manifest, by path, and what they hold."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST)
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with the old site."""
    folder = tmp_path / "public"
    build(folder, OLD)
    return folder


def test_first_build_writes_everything(tmp_path: Path) -> None:
    written = build(tmp_path / "deep" / "public", OLD)
    assert written == Written(tuple(sorted(OLD)), (), ())
    assert tree(tmp_path / "deep" / "public") == OLD


def test_second_build_touches_no_file_and_no_folder(out: Path) -> None:
    def stamps() -> dict[Path, tuple[int, int]]:
        stats = {path: path.stat() for path in (out, *out.rglob("*"))}
        return {path: (stat.st_mtime_ns, stat.st_ino) for path, stat in stats.items()}

    before = stamps()
    assert build(out, OLD) == Written((), tuple(sorted(OLD)), ())
    assert stamps() == before


def test_a_build_leaves_only_the_new_site(out: Path) -> None:
    written = build(out, NEW)
    assert written.removed == ("posts/b/index.html", "x")
    assert written.written == tuple(sorted(NEW))
    assert tree(out) == NEW
    assert not (out / "posts" / "b").exists()


def test_nothing_changes_before_commit(out: Path) -> None:
    with Stage(out) as stage:
        for path, text in NEW.items():
            stage.put(path, text.encode())
        seen = {path: text for path, text in tree(out).items() if STAGING not in path}
        assert seen == OLD
    assert tree(out) == OLD
    assert not (out / STAGING).exists()


def test_an_error_on_the_way_removes_what_the_build_created(tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), Stage(tmp_path / "a" / "b") as stage:
        stage.put("index.html", b"x")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_an_abandoned_build_keeps_a_folder_that_was_there(tmp_path: Path) -> None:
    with Stage(tmp_path) as stage:
        stage.put("index.html", b"x")
    assert tmp_path.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_an_edited_file_of_ours_is_written_again(out: Path) -> None:
    (out / "index.html").write_text("edited by hand")
    assert build(out, OLD).written == ("index.html",)
    assert tree(out) == OLD


@pytest.mark.parametrize("text", ["", "o", "old and more", "OLD"])
def test_any_other_content_is_another(out: Path, text: str) -> None:
    assert build(out, OLD | {"index.html": text}).written == ("index.html",)
    assert tree(out)["index.html"] == text


def test_what_a_killed_build_left_is_cleared_before_anything_is_written(out: Path) -> None:
    """It may be what fills the disk."""
    (out / STAGING).mkdir()
    (out / STAGING / "0").write_text("half a fi")
    with Stage(out):
        assert not (out / STAGING).exists()


def test_the_staging_folder_is_never_a_link_to_another(out: Path, tmp_path: Path) -> None:
    (out / STAGING).symlink_to(tmp_path)
    with pytest.raises(OutputError, match="symbolic link"):
        build(out, NEW)
    assert tree(out) == OLD


def test_a_deleted_file_of_ours_is_written_again(out: Path) -> None:
    shutil.rmtree(out / "posts")
    assert build(out, OLD).written == ("posts/a/index.html", "posts/b/index.html")


def test_files_are_readable_by_the_web_server(out: Path, tmp_path: Path) -> None:
    """Files made by `tempfile` have mode 0600, and GitHub Pages serves none of those."""
    expected = 0o666 & ~umask()
    modes = {path.stat().st_mode & 0o777 for path in out.rglob("*") if path.is_file()}
    assert modes == {expected}


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("size", [0, 1, COPY_CHUNK - 1, COPY_CHUNK, COPY_CHUNK + 1, 3 * COPY_CHUNK])
def test_a_copy_has_the_bytes_of_its_source(tmp_path: Path, size: int) -> None:
    source = tmp_path / "source"
    source.write_bytes(os.urandom(size))
    for expected in ("written", "unchanged"):
        with Stage(tmp_path / "public") as stage:
            stage.copy("a.bin", source)
            assert getattr(stage.commit(), expected) == ("a.bin",)
    assert (tmp_path / "public" / "a.bin").read_bytes() == source.read_bytes()


def test_an_edit_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    """`filecmp.cmp` remembers its answers by size and time, and says that nothing changed."""
    source = tmp_path / "source"
    for text in ("one", "two"):
        source.write_text(text)
        os.utime(source, (1, 1))
        with Stage(tmp_path / "public") as stage:
            stage.copy("a.txt", source)
            stage.commit()
        os.utime(tmp_path / "public" / "a.txt", (1, 1))
    assert (tmp_path / "public" / "a.txt").read_text() == "two"


def test_copying_a_large_file_takes_little_memory(tmp_path: Path) -> None:
    source = tmp_path / "video"
    with source.open("wb") as file:
        file.truncate(300 << 20)
    script = (
        "import re, sys; from pathlib import Path\n"
        "from sitegen.storage.output_folder import Stage\n"
        "with Stage(Path(sys.argv[2])) as stage:\n"
        "    stage.copy('video', Path(sys.argv[1])); stage.commit()\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    peak = run_python(script, source, tmp_path / "public").stdout
    assert int(peak) < 100_000  # kB, where the file has three times that


def run_python(script: str, *arguments: object, prefix: tuple[str, ...] = ()) -> Completed:
    """Run a script in a Python of its own; -B, since compiled modules are renamed into place."""
    command = [*prefix, sys.executable, "-B", "-c", script, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


Completed = subprocess.CompletedProcess[str]


# Foreign files


def test_foreign_files_survive_every_build(out: Path) -> None:
    foreign = {"CNAME": "blog.example", "posts/b/notes.txt": "mine", "empty/.keep": ""}
    for path, text in foreign.items():
        (out / path).parent.mkdir(exist_ok=True)
        (out / path).write_text(text)
    build(out, NEW)
    build(out, {})
    assert tree(out) == foreign


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("page", lambda place: place.write_text("mine")),
        ("page", lambda place: place.mkdir()),
        ("page", lambda place: (place / "mine").mkdir(parents=True)),
        ("page", lambda place: place.symlink_to("index.html")),
        ("page", lambda place: place.symlink_to("nowhere")),
        ("page", os.mkfifo),
        ("page/index.html", lambda place: place.write_text("mine")),
        ("page/index.html", lambda place: place.symlink_to("nowhere")),
    ],
)
def test_what_sitegen_did_not_write_is_never_in_its_way(
    out: Path, path: str, make: Callable[[Path], object]
) -> None:
    make(out / "page")
    before = tree(out)
    with pytest.raises(OutputError) as caught:
        build(out, NEW | {path: "ours"})
    assert [(d.code, d.path) for d in caught.value.diagnostics] == [("SG601", "public/page")]
    assert tree(out) == before
    assert os.path.lexists(out / "page")


def test_all_conflicts_are_reported_at_once(out: Path) -> None:
    for name in ("one", "two"):
        (out / name).write_text("mine")
    with pytest.raises(OutputError) as caught:
        build(out, {"one": "1", "two/index.html": "2", "three": "3"})
    assert [d.path for d in caught.value.diagnostics] == ["public/one", "public/two"]


def test_a_foreign_file_with_the_same_bytes_is_taken_over(tmp_path: Path) -> None:
    """A site built before its manifest was lost is no conflict."""
    (tmp_path / "index.html").write_text("same")
    assert build(tmp_path, {"index.html": "same"}).unchanged == ("index.html",)
    assert read_manifest(tmp_path) == ("index.html",)


def test_a_link_the_user_put_in_place_of_our_file_is_not_followed(
    out: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "mine.txt"
    outside.write_text("mine")
    (out / "index.html").unlink()
    (out / "index.html").symlink_to(outside)
    with pytest.raises(OutputError):
        build(out, NEW)
    assert build(out, {}).removed == ("posts/a/index.html", "posts/b/index.html", "x")
    assert (out / "index.html").is_symlink()
    assert outside.read_text() == "mine"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a": "file"}, {"a/index.html": "folder"}),
        ({"a": "file", "z": "z"}, {"a/b/c/index.html": "folder"}),
        ({"a/index.html": "folder"}, {"a": "file"}),
        ({"a/b/c.html": "1", "a/d/e/f.html": "2", "a/g": "3"}, {"a": "file"}),
        ({"a/b": "1"}, {"a/b/c": "2"}),
    ],
)
def test_a_file_becomes_a_folder_and_a_folder_a_file(
    tmp_path: Path, before: dict[str, str], after: dict[str, str]
) -> None:
    build(tmp_path, before)
    build(tmp_path, after)
    assert tree(tmp_path) == after


def test_a_folder_with_a_foreign_file_does_not_become_a_file(tmp_path: Path) -> None:
    build(tmp_path, {"a/index.html": "ours"})
    (tmp_path / "a" / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match="nothing was changed"):
        build(tmp_path, {"a": "file"})
    assert tree(tmp_path) == {"a/index.html": "ours", "a/notes.txt": "mine"}


@pytest.mark.parametrize("place", ["a/b", "a/b/c"])
def test_a_folder_with_a_foreign_link_does_not_become_a_file(tmp_path: Path, place: str) -> None:
    out = tmp_path / "public"
    build(out, {"a/b/c": "ours", "a/d": "ours"})
    (out / place).rename(tmp_path / "moved")
    (out / place).symlink_to(tmp_path / "moved")
    with pytest.raises(OutputError, match="nothing was changed"):
        build(out, {"a": "file"})
    assert (out / place).is_symlink()
    assert (out / "a" / "d").exists()


def test_a_link_in_place_of_our_file_does_not_become_a_folder(tmp_path: Path) -> None:
    build(tmp_path, {"a": "ours"})
    (tmp_path / "a").unlink()
    (tmp_path / "a").symlink_to("nowhere")
    with pytest.raises(OutputError, match="nothing was changed"):
        build(tmp_path, {"a/index.html": "folder"})
    assert (tmp_path / "a").is_symlink()


def test_folders_of_a_deleted_post_go_also_after_a_build_was_killed_in_between(out: Path) -> None:
    (out / "posts" / "b" / "index.html").unlink()
    (out / "posts" / "b").rmdir()
    shutil.rmtree(out / "posts" / "a")
    build(out, {"index.html": "old"})
    assert not (out / "posts").exists()


trees = st.dictionaries(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join), st.sampled_from("12")
).map(
    lambda files: {p: t for p, t in files.items() if not any(q.startswith(p + "/") for q in files)}
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sites=st.lists(trees, max_size=4))
def test_after_any_builds_the_folder_holds_the_last_site(
    tmp_path: Path, sites: list[dict[str, str]]
) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
        for site in sites:
            written = build(Path(folder), site)
            assert tree(Path(folder)) == site
            assert {*written.written, *written.unchanged} == site.keys()
            assert read_manifest(Path(folder)) == tuple(sorted(site))
        empty = [p for p in Path(folder).rglob("*") if p.is_dir() and not any(p.iterdir())]
        assert empty == []


# The manifest


def test_the_manifest_lists_the_files_one_a_line(out: Path) -> None:
    assert read_manifest(out) == tuple(sorted(OLD))
    assert (out / MANIFEST).read_text().splitlines()[1] == '"index.html",'


@pytest.mark.parametrize(
    "damage",
    [
        *("", "{", "null", "[1]", '"index.html"', "\xff", '["a"', "[" * 100_000),
        *('["index.html\\u0000"]', '["index.html", "' + "n" * 256 + '"]'),
    ],
    ids=range(10),
)
def test_with_a_damaged_manifest_nothing_is_ours(out: Path, damage: str) -> None:
    (out / MANIFEST).write_bytes(damage.encode("latin-1"))
    with pytest.raises(OutputError, match="did not write"):
        build(out, NEW)
    assert tree(out) == OLD


def test_a_manifest_that_names_other_folders_deletes_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    out = tmp_path / "public"
    (out / "sub").mkdir(parents=True)
    (out / "link").symlink_to(tmp_path)
    paths = ["../precious", str(tmp_path / "precious"), "link/precious", "sub/../../precious"]
    (out / MANIFEST).write_text(json.dumps(paths))
    assert build(out, {}) == Written((), (), ())
    assert (tmp_path / "precious").exists()


def test_names_that_are_not_unicode_are_kept_in_the_manifest(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    build(tmp_path, {name: "x"})
    assert build(tmp_path, {}).removed == (name,)


# Paths


@pytest.mark.parametrize(
    "path",
    ["../x", "a/../../x", "a/../x", "..", ".", "", "/etc/x", "a//b", "./a", "a/", "a\0b"],
)
def test_what_is_no_plain_path_is_refused(out: Path, tmp_path: Path, path: str) -> None:
    before = tree(tmp_path)
    with pytest.raises(OutputError, match="inside the output folder"):
        build(out, NEW | {path: "x"})
    assert tree(tmp_path) == before


@pytest.mark.parametrize("path", [MANIFEST, f"{STAGING}/x", "link/x", "link/deeper/x"])
def test_nothing_is_written_through_a_link_or_to_our_own_files(
    out: Path, tmp_path: Path, path: str
) -> None:
    (out / "link").symlink_to(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(OutputError, match="inside the output folder"):
        build(out, NEW | {path: "x"})
    assert tree(tmp_path) == before


def test_an_absolute_path_is_refused_even_if_it_leads_inside(out: Path) -> None:
    with pytest.raises(OutputError):
        build(out, {str(out / "a"): "x"})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(st.sampled_from("./\\a\0~%C:"), max_size=12))
def test_any_path_stays_inside(tmp_path: Path, path: str) -> None:
    out = tmp_path / "deep" / "public"
    with suppress(OutputError):
        build(out, {path: "x"})
    assert {item.name for item in tmp_path.iterdir()} <= {"deep"}
    assert {item.name for item in (tmp_path / "deep").glob("*")} <= {"public"}
    shutil.rmtree(tmp_path / "deep", ignore_errors=True)


def test_an_output_folder_that_is_a_link_is_followed(out: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(out)
    build(tmp_path / "link", NEW)
    assert tree(out) == NEW


# Failures


@pytest.fixture
def no_large_files() -> Iterator[None]:
    """Files of at most a megabyte; Python ignores SIGXFSZ, so that writing fails with EFBIG."""
    before = getrlimit(RLIMIT_FSIZE)
    setrlimit(RLIMIT_FSIZE, (1 << 20, RLIM_INFINITY))
    yield
    setrlimit(RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("no_large_files")
def test_a_file_that_cannot_be_written_leaves_the_old_site(out: Path) -> None:
    with pytest.raises(OutputError, match=r"cannot write '.*/large': File too large"):
        build(out, NEW | {"large": "x" * (2 << 20)})
    assert tree(out) == OLD


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder open to all, and for root the life of another user: root may do everything."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        is_root = os.geteuid() == 0
        if is_root:
            os.setresuid(65534, 65534, 0)
        yield Path(name)
        if is_root:
            os.setresuid(0, 0, 0)


def test_a_read_only_folder_is_one_line_and_leaves_the_old_site(ordinary_user: Path) -> None:
    out = ordinary_user / "public"
    build(out, OLD)
    (out / "posts" / "b").chmod(0o555)
    with pytest.raises(OutputError, match=r"cannot write '.*/posts/b'"):
        build(out, NEW)
    assert tree(out) == OLD


def test_an_output_folder_that_cannot_be_made_is_one_line(ordinary_user: Path) -> None:
    (ordinary_user / "closed").mkdir(mode=0o555)
    with pytest.raises(OutputError, match=r"cannot write '.*/public/.*': Permission denied"):
        build(ordinary_user / "closed" / "public", OLD)


def test_a_source_that_cannot_be_read_names_the_source(tmp_path: Path) -> None:
    expected = pytest.raises(OutputError, match=r"cannot read '.*/missing': No such file")
    with expected, Stage(tmp_path / "public") as stage:
        stage.copy("a", tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


BUILD = """
import json, sys; from pathlib import Path; from sitegen.storage.output_folder import *
try:
    with Stage(Path(sys.argv[1])) as stage:
        for path, text in json.loads(sys.argv[2]).items():
            stage.put(path, text.encode())
        stage.commit()
except OutputError:
    sys.exit(3)
"""
CALLS = {"rename": 6, "unlink": 2, "mkdir": 3, "rmdir": 3, "fsync": 2, "write": 6}
"""How many such calls a build of NEW over OLD makes at least: each is tried, and one more."""


@pytest.mark.parametrize("call", CALLS)
def test_a_killed_build_leaves_whole_files_and_the_next_one_finishes(
    tmp_path: Path, call: str
) -> None:
    killed = 0
    for number in range(1, CALLS[call] + 2):
        out = tmp_path / str(number)
        build(out, OLD)
        killed += run_with_fault(call, f"signal=SIGKILL:when={number}", out, NEW).returncode != 0
        for path, text in visible(out).items():
            assert text in (OLD.get(path), NEW.get(path))
        build(out, NEW)
        assert tree(out) == NEW
        assert not list(out.glob("posts/b"))
    assert killed >= CALLS[call]


@pytest.mark.parametrize("error", ["ENOSPC", "EIO", "EROFS"])
@pytest.mark.parametrize(("call", "numbers"), [("write", range(1, 6)), ("mkdir", range(1, 4))])
def test_a_full_or_broken_disk_is_an_output_error_and_leaves_the_old_site(
    tmp_path: Path, call: str, numbers: range, error: str
) -> None:
    """A new folder that the disk refused left half of the new site."""
    for number in numbers:
        out = tmp_path / str(number)
        build(out, OLD)
        done = run_with_fault(call, f"error={error}:when={number}+", out, NEW)
        assert done.returncode == 3, done.stderr
        assert tree(out) == OLD
        left = {STAGING, "posts/c", "x"}
        assert not [name for name in left if (out / name).is_dir()]


def visible(out: Path) -> dict[str, str]:
    """What a web server would serve: the files outside the staging folder."""
    return {path: text for path, text in tree(out).items() if not path.startswith(STAGING)}


def run_with_fault(call: str, fault: str, out: Path, files: Mapping[str, str]) -> Completed:
    """Build in a process whose n-th system call of a kind, below the output folder, fails."""
    strace = (tool("strace"), "-f", "-qq", "-o", "/dev/null", "-e", f"inject=/^{call}:{fault}")
    return run_python(BUILD, out, json.dumps(dict(files)), prefix=strace)
