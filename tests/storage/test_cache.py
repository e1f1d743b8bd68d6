"""The cache: what comes out is what went in, or nothing does; and nothing that comes out runs."""

from __future__ import annotations

import os
import pickle
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sitegen.build import load as collection
from sitegen.config.schema import MenuItem
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.site import Card
from sitegen.model.source import Kind, Source, Span
from sitegen.sources.discover import read
from sitegen.storage.cache import DamagedError, Store, _check
from tests.command import COMMAND
from tests.conftest import SOAK, tool, unavailable
from tests.documents import document, facets_of
from tests.journal import Journal
from tests.oracle import files
from tests.storage.test_output_folder import ordinary_user as ordinary_user

FINGERPRINT = b"fingerprint"
Read = tuple[bytes | None, tuple[Diagnostic, ...]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, FINGERPRINT)


VALUES: tuple[Any, ...] = (
    *(None, True, 0, -1.5, "ä\0", b"\xff", (), [1, (2,)], {"a": {"b": 1}}, frozenset({"x"}), {1}),
    *(date(2024, 1, 1), time(1, 2), timedelta(1), datetime(2024, 1, 1, tzinfo=UTC)),
    datetime(2024, 1, 1, tzinfo=ZoneInfo("Europe/Paris")),
    datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=-3))),
    *(Span(1, 2), Kind.PAGE, (Source("a", Kind.POST, "a"), MenuItem("t", "/"))),
    facets_of(document("content/posts/a.md", tags=("x",)))["card:content/posts/a.md"],
)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_comes_back_as_it_was(store: Store, tmp_path: Path, value: object) -> None:
    with store.session():
        store.put("notes", "x", value)
        store.save()
    later = Store(tmp_path, FINGERPRINT)
    with later.session():
        assert later.get("notes", "x") == value
        assert type(later.get("notes", "x")) is type(value)


def test_what_is_not_saved_is_forgotten(store: Store) -> None:
    with store.session():
        store.put("notes", "x", 1)
        store.save()
    with store.session():
        store.put("notes", "x", 2)
        store.remove("notes", "y")
        assert store.get("notes", "x") == 2
    with store.session():
        assert store.get("notes", "x") == 1


def test_an_error_forgets_what_was_put_also_in_memory(store: Store) -> None:
    with store.session():
        store.put("traces", "x", 1)
        store.all("traces")
        store.save()
    with suppress(ZeroDivisionError), store.session():
        store.put("traces", "x", 2)
        raise ZeroDivisionError
    with store.session():
        assert store.all("traces") == {"x": 1}


def test_a_checkpoint_outlasts_an_error(store: Store, tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), store.session():
        store.put("notes", "x", 1)
        store.checkpoint()
        store.put("notes", "y", 1)
        raise ZeroDivisionError
    later = Store(tmp_path, FINGERPRINT)
    with later.session():
        assert (later.get("notes", "x"), later.get("notes", "y")) == (1, None)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked here")
@pytest.mark.parametrize("clean", [False, True])
def test_a_forked_process_reads_what_was_put_before(tmp_path: Path, *, clean: bool) -> None:
    """And its parent saves after it: the two do not share the locks of the database."""
    store = Store(tmp_path, FINGERPRINT, clean=clean)
    with store.session():
        store.put("bodies", "x", "a" * 100_000)
        store.checkpoint()
        for _ in range(2):
            if (child := os.fork()) == 0:
                store.reopen()
                os._exit(len(store.get("bodies", "x")) // 1000)
            store.put("notes", "y", 2)
            _, status = os.waitpid(child, 0)
            assert os.waitstatus_to_exitcode(status) == 100
        store.save()
        assert store.get("notes", "y") == 2


def test_a_warm_store_sees_what_another_process_saved(store: Store, tmp_path: Path) -> None:
    """`serve` keeps documents in memory, and `build` writes other bodies meanwhile."""
    with store.session():
        store.put("documents", "a", 1)
        assert store.all("documents") == {"a": 1}
        store.save()
    other = Store(tmp_path, FINGERPRINT)
    with other.session():
        other.put("documents", "a", 2)
        other.save()
    with store.session():
        assert store.all("documents") == {"a": 2}


def test_the_cache_of_other_code_is_not_read(store: Store, tmp_path: Path) -> None:
    with store.session():
        store.put("notes", "x", 1)
        store.save()
    other = Store(tmp_path, b"another")
    with other.session():
        assert other.get("notes", "x") is None
        assert [notice.code for notice in other.notices] == ["SG602"]
        other.save()
    with other.session():
        assert other.notices == ()


def test_a_failed_command_leaves_no_folder_behind(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), store.session():
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_schema_that_is_not_utf_8_is_a_damaged_cache(store: Store, tmp_path: Path) -> None:
    """SQLite quotes the schema in its error, and Python could not decode that: a traceback."""
    with store.session():
        store.put("notes", "a", 1)
        store.save()
    store.close()
    file = tmp_path / ".sitegen/cache.db"
    file.write_bytes(file.read_bytes().replace(b"CREATE TABLE notes", b"CR\xf5ATE TABLE notes"))
    with store.session():
        assert store.get("notes", "a") is None


def test_the_folder_tells_git_to_pass_it_over(store: Store, tmp_path: Path) -> None:
    with store.session():
        store.save()
    assert (tmp_path / ".sitegen/.gitignore").read_text() == "*\n"


def test_a_cache_that_is_removed_while_it_is_used_costs_nothing_but_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The site was published, and then came a traceback."""
    journal = Journal(tmp_path)

    def removing(site: Path, path: str) -> Read:
        shutil.rmtree(site / ".sitegen", ignore_errors=True)
        return read(site, path)

    with monkeypatch.context() as patch:
        patch.setattr(collection, "read", removing)
        assert journal.quick().is_published
    journal.build()


# Pickles that somebody else made


@dataclass
class Runs:
    """Calls a function with arguments when it is unpickled."""

    call: tuple[Any, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        return self.call[0], self.call[1:]


def forged(folder: Path, value: object) -> None:
    """Put a pickle of our own under the right digest."""
    data = pickle.dumps(value)
    database = sqlite3.connect(folder / ".sitegen/cache.db", isolation_level=None)
    row = ("x", _check("x", data) + data)
    database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", row)
    database.close()


@pytest.mark.parametrize(
    "call",
    [
        (os.system, "touch ran"),
        (eval, "open('ran', 'w')"),
        (getattr, Span, "__init__"),
        (getattr, Source, "__class__"),
        (shutil.rmtree, "nowhere"),
        (Path, "x"),
        (pickle.loads, b"N."),
        (Card,),
        (Span, 1, 2, 3, 4),
    ],
)
def test_no_pickle_runs_code(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[Any, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    with store.session():
        store.save()
    forged(tmp_path, Runs(call))
    with store.session(), pytest.raises(DamagedError):
        store.get("notes", "x")
    assert not (tmp_path / "ran").exists()


# Damage. The site is built after each, and compared with a clean build.


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """The site, built, with an edit that waits to be."""
    journal = Journal(tmp_path)
    journal.build()
    journal.post("content/posts/one.md", "Edited.")
    return journal


def cache(journal: Journal) -> Path:
    return journal.site / ".sitegen/cache.db"


def with_older_cache(journal: Journal, folder: Path) -> Callable[[bytes], None]:
    """What takes the site back to where it was, but for its cache."""
    shutil.copytree(journal.site, folder)

    def again(data: bytes) -> None:
        shutil.rmtree(journal.site)
        shutil.copytree(folder, journal.site)
        cache(journal).write_bytes(data)

    return again


def codes(journal: Journal) -> set[str]:
    report = journal.build()
    assert report
    return {found.code for found in report.diagnostics} & {"SG602"}


PAGE = 4096
"""Bytes. Of a last page that is cut off, SQLite reads what is missing as zeros, which it may be."""


def test_a_cache_cut_off_anywhere_gives_the_same_site(journal: Journal, tmp_path: Path) -> None:
    again, data = with_older_cache(journal, tmp_path / "copy"), cache(journal).read_bytes()
    offsets = {600, 4095, 4096, 4097, 8192, len(data) // 2, len(data) - 1}
    for offset in sorted(offsets | set(Random(1).sample(range(600, len(data)), SOAK))):
        again(data[:offset])
        is_whole = offset > len(data) - PAGE and not data[offset:].strip(b"\0")
        assert codes(journal) == (set() if is_whole else {"SG602"}), offset


@pytest.mark.parametrize("seed", range(8 + SOAK))
def test_flipped_bits_anywhere_give_the_same_site(
    journal: Journal, tmp_path: Path, seed: int
) -> None:
    random, data = Random(seed), bytearray(cache(journal).read_bytes())
    for _ in range(1 if seed % 2 else 20):
        page = random.randrange(len(data) // 4096)
        at = page * 4096 + random.choice((random.randrange(100), random.randrange(4096)))
        data[at] ^= 1 << random.randrange(8)
    cache(journal).write_bytes(data)
    codes(journal)
    journal.build_again()


HEADER = (0, 15, 16, *range(18, 24), *range(27, 72, 4), 91, 95, 99)
"""A byte of each field: the last of most (https://sqlite.org/fileformat2.html, section 1.3)."""


@pytest.mark.parametrize("part", range(2))
def test_a_flipped_byte_of_the_header_ends_no_build(
    journal: Journal, tmp_path: Path, part: int
) -> None:
    """With another format version, the database could be read and not written: after an edit of
    sitegen.toml, each build from then on ended in a traceback.
    """
    again, data = with_older_cache(journal, tmp_path / "copy"), cache(journal).read_bytes()
    for at in (range(100) if SOAK else HEADER)[part::2]:
        damaged = bytearray(data)
        damaged[at] ^= 0xFF if at % 2 else 1
        again(bytes(damaged))
        journal.configure(title=f'"Title {at}"')
        codes(journal)
        assert codes(journal) == set(), at


def test_a_cache_that_can_only_be_read_ends_no_build(journal: Journal) -> None:
    """Every write went around what deals with a damaged cache but those of the build itself."""
    data = bytearray(cache(journal).read_bytes())
    data[18] = 9
    cache(journal).write_bytes(data)
    journal.configure(title='"New"')
    assert codes(journal) == {"SG602"}
    assert codes(journal) == set()


def test_a_cache_that_cannot_be_saved_leaves_the_counts_of_the_build(
    journal: Journal,
) -> None:
    """The pages were written; then the cache proved damaged, all was built once more, and the
    summary said that no page had been written.
    """
    with sqlite3.connect(cache(journal)) as connection:
        connection.execute("DROP TABLE traces")
        connection.execute("CREATE TABLE traces (name PRIMARY KEY, data CHECK (0))")
    connection.close()
    report = journal.quick()
    assert "posts/one/index.html" in report.written
    assert report.diagnostics[0].code == "SG602"
    assert codes(journal) == set()


@pytest.mark.parametrize("size", ["64k", "256k"])
def test_a_full_disk_under_the_cache_is_one_warning(tmp_path: Path, size: str) -> None:
    """The site is on a disk of its own, and its output elsewhere."""
    site = tmp_path / "site"
    build = f"{COMMAND} build {site} --output {tmp_path / 'public'}"
    site.mkdir()
    filled = f"""
        mount -t tmpfs -o size={size} tmpfs {site}
        mkdir {site}/content
        echo '# Post' >{site}/content/a.md
        {build}
        echo 'title = "New"' >{site}/sitegen.toml
        dd if=/dev/zero of={site}/full bs=1k
        {build}
    """
    done = subprocess.run(
        [tool("unshare"), "--map-root-user", "--mount", "sh", "-c", filled],
        capture_output=True,
        text=True,
        check=False,
    )
    if "unshare failed" in done.stderr or "permission denied" in done.stderr:
        unavailable("no file system can be mounted")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert done.stderr.rpartition("copied")[2].count("warning SG602") == 1


# Links and files of others


@pytest.mark.parametrize("name", ["lock", "cache.db", "cache.db-journal", "cache.db-wal"])
def test_no_link_in_the_folder_is_followed(tmp_path: Path, name: str) -> None:
    """A site came with one: the number of the process was written over the start of the file it
    led to, and a database of somebody else got five tables more.
    """
    mine = tmp_path / "mine.db"
    database = sqlite3.connect(mine)
    database.execute("CREATE TABLE mine (id INTEGER)")
    database.close()
    before = mine.read_bytes()
    journal = Journal(tmp_path)
    (journal.site / ".sitegen").mkdir()
    (journal.site / ".sitegen" / name).symlink_to(mine)
    journal.build()
    assert mine.read_bytes() == before
    assert not (journal.site / ".sitegen" / name).is_symlink()


def test_the_database_of_another_program_is_not_written_to(journal: Journal) -> None:
    """A hard link: it has another name, under which it stays as it was."""
    cache(journal).unlink()
    database = sqlite3.connect(journal.site.parent / "mine.db")
    database.execute("CREATE TABLE other (id INTEGER)")
    database.close()
    before = (journal.site.parent / "mine.db").read_bytes()
    os.link(journal.site.parent / "mine.db", cache(journal))
    assert codes(journal) == {"SG602"}
    assert (journal.site.parent / "mine.db").read_bytes() == before


@pytest.mark.parametrize("note", ["files", "tools", "config"])
def test_a_damaged_note_gives_the_same_site_and_is_mended(journal: Journal, note: str) -> None:
    with sqlite3.connect(cache(journal)) as connection:
        connection.execute("UPDATE notes SET data = X'00' WHERE name = ?", (note,))
    connection.close()
    assert codes(journal) == {"SG602"}
    journal.build_again()


@pytest.mark.parametrize("data", [b"x" * 999, b"SQLite format 3\0" * 99, b"\0" * 4096])
def test_a_file_that_is_no_cache_is_replaced(journal: Journal, data: bytes) -> None:
    cache(journal).write_bytes(data)
    assert codes(journal) == {"SG602"}
    assert codes(journal) == set()


@pytest.mark.parametrize("data", [b"", b"x"])
def test_a_file_of_a_few_bytes_is_a_new_cache(journal: Journal, data: bytes) -> None:
    cache(journal).write_bytes(data)
    assert codes(journal) == set()


def test_the_database_of_another_program_is_replaced(journal: Journal) -> None:
    cache(journal).unlink()
    database = sqlite3.connect(cache(journal))
    database.execute("CREATE TABLE notes (id INTEGER)")
    database.close()
    assert codes(journal) == {"SG602"}


def test_a_folder_in_place_of_the_cache_is_left_alone(journal: Journal) -> None:
    cache(journal).unlink()
    (cache(journal) / "mine").mkdir(parents=True)
    assert codes(journal) == {"SG602"}
    assert codes(journal) == {"SG602"}
    assert (cache(journal) / "mine").is_dir()


def test_a_damaged_cache_is_no_error_even_where_warnings_are(journal: Journal) -> None:
    cache(journal).write_bytes(b"x" * 999)
    report = journal.build(strict=True)
    assert report
    assert [d.severity.name for d in report.diagnostics if d.code == "SG602"] == ["WARNING"]


def test_a_locked_database_is_not_waited_for_long(journal: Journal) -> None:
    other = sqlite3.connect(cache(journal), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert codes(journal) == {"SG602"}
    other.close()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_no_folder_for_a_cache_means_no_cache(journal: Journal, kind: str) -> None:
    shutil.rmtree(journal.site / ".sitegen")
    if kind == "file":
        (journal.site / ".sitegen").write_text("mine")
    else:
        (journal.site / ".sitegen").symlink_to("nowhere")
    assert codes(journal) == {"SG602"}
    assert not (journal.site / "nowhere").exists()


def test_a_site_that_cannot_be_written_to_is_built_elsewhere(ordinary_user: Path) -> None:
    journal = Journal(ordinary_user)
    journal.site.chmod(0o555)
    outside = str(ordinary_user / "outside")
    assert journal.build(outside)
    assert journal.build(outside)
    journal.site.chmod(0o755)
    assert "index.html" in files(ordinary_user / "outside")
