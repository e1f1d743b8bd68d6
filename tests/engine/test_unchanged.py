"""What is known of a build with nothing to do before it begins, and all that ends this knowledge.

Each attack is on a site that would be answered at once. The answer must be the build's.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.engine import unchanged
from tests.conftest import ROOT
from tests.journal import Journal
from tests.oracle import NOON, OUTPUT
from tests.repository import git
from tests.server import until

COMMAND = """
import sys
from sitegen.__main__ import begin
try:
    begin()
finally:
    heavy = {"typer", "dataclasses", "enum", "pathlib", "re", "sqlite3", "json", "typing"}
    print("AT ONCE" if heavy.isdisjoint(sys.modules) else "AS EVER", file=sys.stderr)
"""
ONE = "content/posts/one.md"
NOW = str(int(NOON.timestamp()))
PLUGIN = 'from sitegen.plugins.plugin import Plugin\nplugin = Plugin("own", "1")\n'
LEFT_OUT = [
    "left out content/posts/later.md: a build after 2024-07-01 00:00 UTC publishes it",
    "left out 1 scheduled (include with --future)",
]


def build(site: Path, *options: str, installed: Path = ROOT) -> tuple[bool, str, str]:
    """Whether the command answered at once, and what it said to whom.

    `installed` is the folder that sitegen is in.
    """
    command = [sys.executable, "-c", COMMAND, "build", str(site), *options]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": ""}
    done = subprocess.run(
        command, cwd=installed, env=variables, capture_output=True, text=True, check=True
    )
    said, _, how = done.stderr.rstrip().rpartition("\n")
    return how == "AT ONCE", said, done.stdout


def rest(journal: Journal) -> None:
    """Build until there is nothing to do, and that is known."""
    assert any(journal.answer() for _ in range(4) if journal.attempt())


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    """A site that all tests attack, one after the other."""
    journal = Journal(tmp_path_factory.mktemp("unchanged"))
    journal.write("plugins/own.py", PLUGIN)
    journal.post("content/posts/later.md", date="2024-07-01")
    journal.write("content/posts/bundle/gone.txt", "x")
    journal.write("content/posts/bundle/deep/er/file.txt", "x")
    return journal


@pytest.fixture
def resting(journal: Journal) -> Journal:
    """The same, with nothing to do."""
    rest(journal)
    return journal


def in_place(path: str, edit: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Change the bytes of a file, and give it its old time again."""

    def attack(site: Path) -> None:
        file = site / path
        times = file.stat().st_atime_ns, file.stat().st_mtime_ns
        with file.open("r+b") as opened:
            data = edit(opened.read())
            opened.seek(0)
            opened.write(data)
        os.utime(file, ns=times)

    return attack


def of_the_same_size(data: bytes) -> bytes:
    return data.replace(b"e", b"E", 1)


def write(path: str, text: str = "x\n") -> Callable[[Path], None]:
    def attack(site: Path) -> None:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)

    return attack


def replaced_by_a_link(path: str) -> Callable[[Path], None]:
    """The same file at the same path, but by way of a link."""

    def attack(site: Path) -> None:
        (site / path).rename(site.parent / "elsewhere")
        (site / path).symlink_to(site.parent / "elsewhere")

    return attack


def put_back(site: Path, path: str) -> None:
    if (site / path).is_symlink():
        (site / path).unlink()
        (site.parent / "elsewhere").rename(site / path)


ATTACKS: dict[str, Callable[[Path], object]] = {
    "touched post": lambda site: (site / ONE).touch(),
    "edited post": in_place(ONE, lambda data: data + b"more\n"),
    "post edited to the same size and time": in_place(ONE, of_the_same_size),
    "post replaced by one of the same size and time": lambda site: replace(site / ONE),
    "new post": write("content/posts/new.md"),
    "new file beside a post": write("content/posts/bundle/deep/er/new.txt"),
    "removed file": lambda site: (site / "content/posts/bundle/gone.txt").unlink(),
    "renamed post": lambda site: (site / "content/posts/four.md").rename(
        site / "content/posts/fifth.md"
    ),
    "new folder": lambda site: (site / "content/posts/empty").mkdir(),
    "folder replaced by a link to it": replaced_by_a_link("content/posts/bundle"),
    "edited template": in_place("templates/footer.html", of_the_same_size),
    "new template": write("templates/new.html"),
    "edited static file": in_place("static/notes.txt", of_the_same_size),
    "new static file": write("static/new.txt"),
    "edited plug-in": in_place("plugins/own.py", lambda data: data + b"# more\n"),
    "new plug-in": write(
        "plugins/new.py", 'from sitegen.plugins.plugin import Plugin\nplugin = Plugin("n", "1")\n'
    ),
    "edited configuration": in_place("sitegen.toml", lambda data: data.replace(b"Jo", b"jo")),
    "touched output": lambda site: (site / "public/index.html").touch(),
    "output edited to the same size and time": in_place("public/index.html", of_the_same_size),
    "removed output": lambda site: (site / "public/feed.xml").unlink(),
    "removed output folder": lambda site: shutil.rmtree(site / "public"),
    "copied manifest": lambda site: copied(site / "public/.sitegen-manifest"),
    "output that is a repository": lambda site: (site / "public/.git").mkdir(),
    "removed cache": lambda site: (site / ".sitegen/cache.db").unlink(),
    "removed record": lambda site: record(site).unlink(),
    "empty record": lambda site: record(site).write_bytes(b""),
    "truncated record": lambda site: record(site).write_bytes(
        record(site).read_bytes().rpartition(b"\0")[0].rpartition(b"\0")[0]
    ),
    "record with a flipped bit": in_place(".sitegen/unchanged", lambda data: data[:-1] + b"?"),
    "record that is a link": lambda site: linked(record(site)),
    "record that is a pipe": lambda site: instead(record(site), os.mkfifo),
    "record that is a folder": lambda site: instead(record(site), Path.mkdir),
    "removed lock": lambda site: (site / ".sitegen/lock").unlink(),
}


def record(site: Path) -> Path:
    return site / ".sitegen/unchanged"


def replace(file: Path) -> None:
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    data = of_the_same_size(file.read_bytes())
    file.unlink()
    file.write_bytes(data)
    os.utime(file, ns=times)


def copied(file: Path) -> None:
    data = file.read_bytes()
    file.unlink()
    file.write_bytes(data)


def instead(file: Path, make: Callable[[Path], None]) -> None:
    file.unlink()
    make(file)


def linked(file: Path) -> None:
    """A link to the very record."""
    target = file.with_name("target")
    file.rename(target)
    file.symlink_to(target)


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_changes_the_build_is_made(resting: Journal, attack: str) -> None:
    ATTACKS[attack](resting.site)
    try:
        assert resting.answer() is None
    finally:
        restore(resting.site)


def restore(site: Path) -> None:
    """What no build puts right."""
    put_back(site, "content/posts/bundle")
    for folder in (record(site), site / "public/.git"):
        if folder.is_dir():
            folder.rmdir()


def test_a_post_that_becomes_due_is_published(resting: Journal) -> None:
    resting.now = NOON + timedelta(days=29, hours=11)
    answer = resting.answer()
    assert answer
    assert answer[:-1] == LEFT_OUT
    resting.now = NOON + timedelta(days=29, hours=12)
    assert resting.answer() is None
    resting.now = NOON


@pytest.mark.parametrize("options", [{"drafts": True}, {"future": True}, {"strict": True}])
def test_other_options_are_another_command(resting: Journal, options: dict[str, bool]) -> None:
    assert resting.answer(OUTPUT, **options) is None


@pytest.mark.parametrize("name", ["HOME", "PYTHONTZPATH"])
def test_another_environment_is_another_command(
    resting: Journal, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "/")
    assert resting.answer() is None


def test_another_python_is_another_command(
    resting: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version", "3.99")
        assert resting.answer() is None
    monkeypatch.setattr(sys, "path", [*sys.path, "/"])
    assert resting.answer() is None


def test_another_folder_to_work_in_is_another_command(
    resting: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(resting.site)
    assert resting.answer() is None
    rest(resting)


def test_a_distribution_that_is_installed_changes_a_build(
    resting: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "jinja2-9.dist-info"
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    rest(resting)
    info.mkdir()
    assert resting.answer() is None


@pytest.mark.parametrize(
    "path", [ONE, "sitegen.toml", "plugins/own.py", "content", "content/posts", "plugins", "."]
)
def test_what_may_change_without_a_trace_is_not_relied_on(resting: Journal, path: str) -> None:
    """A time in the future cannot tell one change from the next."""
    file = resting.site / path
    then = file.stat().st_mtime_ns
    os.utime(file, ns=(4 * 10**18, 4 * 10**18))
    record(resting.site).unlink()
    try:
        assert not any(resting.answer() for _ in range(3) if resting.attempt())
    finally:
        os.utime(file, ns=(then, then))


def test_content_that_has_moved_behind_a_link_is_not_read(tmp_path: Path) -> None:
    """Deeper in the site than any folder that is listed."""
    journal = Journal(tmp_path)
    journal.configure(**{"content.path": '"content/posts"'})
    rest(journal)
    (journal.site / "content/posts").rename(tmp_path / "posts")
    (journal.site / "content/posts").symlink_to(tmp_path / "posts")
    assert journal.answer() is None


def test_the_first_plugin_of_a_site_is_seen(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    rest(journal)
    journal.write("plugins/own.py", PLUGIN)
    assert journal.answer() is None


def test_a_copy_of_a_site_is_built(resting: Journal, tmp_path: Path) -> None:
    copy = Journal(tmp_path)
    shutil.rmtree(copy.site)
    shutil.copytree(resting.site, copy.site)
    assert copy.answer() is None
    rest(copy)


def test_a_site_that_was_moved_is_built(resting: Journal, tmp_path: Path) -> None:
    there = Journal(tmp_path)
    shutil.rmtree(there.site)
    resting.site.rename(there.site)
    resting.site.symlink_to(there.site)
    try:
        assert there.answer() is None
        assert resting.answer() is None
    finally:
        resting.site.unlink()
        there.site.rename(resting.site)


def sealed(texts: list[str]) -> bytes:
    """A record with a sum that is right."""
    data = "".join(f"\0{text}" for text in texts).encode("utf-8", "surrogatepass")
    return b"%08x%b" % (zlib.crc32(data), data)


def test_a_record_cannot_be_made_elsewhere(resting: Journal) -> None:
    """Whoever sends a site does not know the state of a single file of sitegen here."""
    _, *texts = record(resting.site).read_text("utf-8").split("\0")
    assert resting.answer()
    record(resting.site).write_bytes(sealed([*texts[:5], ""]))
    assert resting.answer() is None
    record(resting.site).write_bytes(sealed(texts[:5]))
    assert resting.answer() is None


def test_a_record_that_is_far_too_large_is_not_read(resting: Journal) -> None:
    os.truncate(record(resting.site), unchanged.LARGEST + 1)
    tracemalloc.start()
    try:
        assert resting.answer() is None
        assert tracemalloc.get_traced_memory()[1] < 10**6
    finally:
        tracemalloc.stop()


def test_a_record_takes_no_more_memory_than_it_is_long(resting: Journal) -> None:
    """Room was made for the largest that there can be, a quarter of a gigabyte."""
    tracemalloc.start()
    try:
        assert resting.answer() is not None
        assert tracemalloc.get_traced_memory()[1] < 10**7
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=200) | st.lists(st.text(max_size=20), max_size=12).map(sealed))
def test_no_record_can_break_the_command(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        (Path(folder) / ".sitegen").mkdir()
        record(Path(folder)).write_bytes(data)
        patch.setattr(sys, "argv", ["sitegen", "build", folder])
        assert unchanged.unchanged() is None


# The command itself


def test_nothing_heavy_is_loaded_where_nothing_is_to_do(resting: Journal) -> None:
    build(resting.site)
    is_at_once, said, result = build(resting.site)
    assert is_at_once
    assert said.splitlines() == LEFT_OUT
    assert re.fullmatch(r"built 0 pages, \d+ unchanged, 0 removed in \d\.\d\d s\n", result)


@pytest.mark.parametrize("option", ["--verbose", "--clean", "--verify", "--format=json"])
def test_whoever_asks_for_more_gets_it(resting: Journal, option: str) -> None:
    assert [build(resting.site, option)[0] for _ in range(2)] == [False, False]


def test_a_link_that_leads_to_another_site_is_followed(tmp_path: Path) -> None:
    """Which has the record of the first, with every path in it."""
    journal = Journal(tmp_path)
    first, second = tmp_path / "first", tmp_path / "second"
    journal.site.rename(first)
    journal.site.symlink_to(first)
    assert any(build(journal.site)[0] for _ in range(4))
    shutil.copytree(first, second)
    journal.site.unlink()
    journal.site.symlink_to(second)
    assert not build(journal.site)[0]


def test_a_build_at_work_is_waited_for(resting: Journal) -> None:
    build(resting.site)
    assert build(resting.site)[0]
    with (resting.site / ".sitegen/lock").open("r+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        command = [sys.executable, "-c", COMMAND, "build", str(resting.site)]
        variables = {**os.environ, "SOURCE_DATE_EPOCH": NOW, "PYTHONPATH": ""}
        waiting = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert waiting.stderr
        assert waiting.stderr.readline().startswith(b"waiting for another build of this site")
    _, said = waiting.communicate()
    assert said.endswith(b"AS EVER\n")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with an installation of sitegen of its own."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "sitegen", tmp_path / "sitegen", ignore=ignore)
    return tmp_path


def test_code_and_themes_that_are_edited_change_a_build(resting: Journal, package: Path) -> None:
    """They have to be some seconds older than the process that has loaded them."""

    def rested() -> bool:
        return build(resting.site, installed=package)[0]

    assert not rested()
    until(rested, "nothing is to do")
    in_place("sitegen/text/urls.py", of_the_same_size)(package)
    assert not rested()
    until(rested, "nothing is to do")
    in_place("sitegen/theme/templates/base.html", of_the_same_size)(package)
    assert not rested()
    os.utime(package / "sitegen/text/urls.py", (4 * 10**9, 4 * 10**9))
    assert not any(rested() for _ in range(2))


@pytest.mark.parametrize(
    ("configuration", "text", "shown"),
    [
        ("", "[broken](nowhere.md)", "SG301"),
        ("[build]\ncommand = 'cp {output}/feed.xml {output}/copy.xml'\n", "", ""),
    ],
    ids=["a warning", "a post-build command"],
)
def test_what_states_of_files_do_not_tell_is_left_to_the_build(
    tmp_path: Path, configuration: str, text: str, shown: str
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "sitegen.toml").write_text(
        f'base_url = "https://me.example/"\ndiagnostics.SG301 = "warning"\n{configuration}'
    )
    (tmp_path / "content/a.md").write_text(f"Text. {text}\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "All")
    for _ in range(3):
        is_at_once, said, _ = build(tmp_path)
        assert not is_at_once
        assert shown in said


@pytest.mark.parametrize("table", ["content.dates = 'git'", "history.git = true"])
def test_commit_changes_a_build_that_uses_the_history(tmp_path: Path, table: str) -> None:
    """No file of the site need change by it."""
    (tmp_path / "content").mkdir()
    (tmp_path / "sitegen.toml").write_text(f"base_url = 'https://me.example/'\n{table}\n")
    (tmp_path / "content/a.md").write_text("Text.\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "content", "sitegen.toml")
    git(tmp_path, "commit", "-qm", "All")
    until(lambda: build(tmp_path)[0], "nothing is to do")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "Nothing")
    assert not build(tmp_path)[0]
    until(lambda: build(tmp_path)[0], "nothing is to do")
    git(tmp_path, "pack-refs", "--all")
    assert not build(tmp_path)[0]
