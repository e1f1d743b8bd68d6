"""When a build tells of its site, and what one of which nothing is kept has loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build.pipeline import build, rehearse
from sitegen.build.session import BuildOptions, session_in
from sitegen.storage.cache import FILE, Store
from sitegen.storage.file_lock import FOLDER
from sitegen.storage.output_folder import Written
from tests.journal import Journal

POST, PAGE = "content/posts/one.md", "public/posts/one/index.html"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A site that is built, and a post that was edited since."""
    journal = Journal(tmp_path)
    journal.build()
    journal.post(POST, "Edited.")
    return journal


def built(journal: Journal, published: Callable[[Written], None]) -> None:
    """Build the site, with what is to be done when it is in place."""
    store = Store(journal.site, journal.fingerprint)
    options = BuildOptions(journal.now, journal.site / "public", jobs=1, published=published)
    try:
        with store.session():
            build(session_in(store, journal.site, options, lambda *_: None))
    finally:
        store.close()


def test_site_is_told_of_when_it_is_in_place_and_before_the_cache_is_saved(
    journal: Journal,
) -> None:
    cache, told = journal.site / FOLDER / FILE, list[tuple[Written, bytes]]()

    def published(done: Written) -> None:
        told.append((done, cache.read_bytes()))
        assert "Edited." in (journal.site / PAGE).read_text("utf-8")

    built(journal, published)
    [(done, cached)] = told
    assert "posts/one/index.html" in done.written
    assert cache.read_bytes() != cached


def test_site_that_is_as_it_was_is_told_of_too(journal: Journal) -> None:
    told = list[Written]()
    built(journal, told.append)
    built(journal, told.append)
    assert [bool(done.written) for done in told] == [True, False]
    assert "posts/one/index.html" in told[1].unchanged


def test_site_with_an_error_is_not_told_of(journal: Journal) -> None:
    journal.post(POST, "Edited.", date="2024-99-99")
    built(journal, lambda _: pytest.fail("it is not in place"))


def test_build_that_is_killed_when_it_has_told_is_followed_by_a_right_one(
    journal: Journal,
) -> None:
    """What is told of cannot be taken back, and the cache does not know of it yet."""

    def killed(_: Written) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(journal, killed)
    assert "Edited." in (journal.site / PAGE).read_text("utf-8")
    journal.post("content/posts/two.md", "Edited too.")
    journal.build()


def rehearsed(journal: Journal) -> None:
    store = Store(journal.site, journal.fingerprint)
    options = BuildOptions(journal.now, journal.site / "public", jobs=1)
    try:
        with store.session():
            rehearse(session_in(store, journal.site, options, lambda *_: None))
    finally:
        store.close()


def test_rehearsal_keeps_nothing(journal: Journal) -> None:
    """A post was edited before it, so that there is something that it could have kept."""
    page = journal.site / PAGE
    before = page.read_bytes()
    rehearsed(journal)
    assert page.read_bytes() == before
    told = list[Written]()
    built(journal, told.append)
    assert "posts/one/index.html" in told[0].written


def test_plug_in_that_fails_is_left_to_the_next_build(journal: Journal) -> None:
    code = "from sitegen.plugins.plugin import Plugin\n"
    code += "plugin = Plugin('bad', '1', check=lambda site: 1 / 0)\n"
    journal.write("plugins/bad.py", code)
    rehearsed(journal)
