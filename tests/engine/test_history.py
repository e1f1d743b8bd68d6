"""What is known of an output folder: states of files, and files that changed behind our back."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from sitegen.model.output import MANIFEST
from sitegen.model.trace import Built, Traces
from sitegen.storage.cache import Store
from tests.journal import Journal

HOME = "public/index.html"
DECADE = 10 * 365 * 86_400


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path)
    journal.build()
    return journal


def known(journal: Journal) -> Built:
    store = Store(journal.site, journal.fingerprint)
    with store.session():
        built: Built = store.get("builds", os.fsencode("public").hex())
    store.close()
    return built


def test_the_states_of_all_files_are_known_after_a_build(journal: Journal) -> None:
    built = known(journal)
    assert MANIFEST in built.files
    assert None not in {state for state, _ in built.files.values()}


def test_a_file_from_the_future_is_not_waited_for(journal: Journal) -> None:
    """The build went on when its time had come: here, in ten years."""
    then = time.time() + DECADE
    os.utime(journal.site / HOME, (then, then))
    journal.remove(".sitegen")
    report = journal.quick()
    assert "index.html" in report.unchanged
    assert known(journal).files["index.html"][0] is None
    journal.build_again()


def test_a_file_whose_time_is_a_whole_second_is_looked_into(journal: Journal) -> None:
    """The file system may count no finer, so that an edit in the same second has the same time."""
    os.utime(journal.site / HOME, (1, 1))
    journal.build()
    journal.write(HOME, (journal.site / HOME).read_bytes().replace(b"a", b"b"))
    os.utime(journal.site / HOME, (1, 1))
    report = journal.build()
    assert report
    assert report.written == ("index.html",)


def test_an_output_replaced_by_a_link_is_nobodys(journal: Journal) -> None:
    (journal.site / HOME).rename(journal.site / "public/moved.html")
    (journal.site / HOME).symlink_to("moved.html")
    assert journal.attempt() is None
    assert (journal.site / HOME).is_symlink()


def test_a_copy_of_a_site_is_not_believed_by_its_times(journal: Journal) -> None:
    """`cp -a` keeps times and sizes, and the cache that knows them."""
    path = journal.site / HOME
    stat = path.stat()
    data = path.read_bytes().replace(b"a", b"b")
    path.unlink()
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    report = journal.build()
    assert report
    assert report.written == ("index.html",)


def test_each_output_folder_has_a_history_of_its_own(journal: Journal) -> None:
    journal.build("other")
    journal.post("content/posts/one.md", "Edited.")
    for output in ("public", "other"):
        report = journal.build(output)
        assert report
        assert "posts/one/index.html" in report.written
        assert "robots.txt" not in {stale.path for stale in report.stale}


def test_traces_of_removed_outputs_are_forgotten(journal: Journal) -> None:
    journal.delete("content/posts/one.md")
    journal.build()
    store = Store(journal.site, journal.fingerprint)
    with store.session():
        traces: Traces = store.get("traces", os.fsencode("public").hex())
        assert traces.outputs.keys() == known_paths(store)
        assert traces.digests.keys() == {n for it in traces.outputs.values() for n in it.reads}
    store.close()


def known_paths(store: Store) -> set[str]:
    built: Built = store.get("builds", os.fsencode("public").hex())
    return built.files.keys() - {MANIFEST}


def test_a_folder_that_lost_its_manifest_is_nobodys(journal: Journal) -> None:
    (journal.site / "public" / MANIFEST).unlink()
    assert journal.attempt() is None
    shutil.rmtree(journal.site / "public")
    journal.build()


def test_a_folder_that_becomes_a_repository_is_refused_by_any_build(tmp_path: Path) -> None:
    """After `git init` in the output folder, only a clean build refused it."""
    journal = Journal(tmp_path)
    journal.build()
    (journal.site / "public/.git").mkdir()
    for clean in (False, True):
        told, report = journal._built(journal.site / "public", clean=clean)
        assert report is None
        assert "is the root of a git repository" in str(told.error)
