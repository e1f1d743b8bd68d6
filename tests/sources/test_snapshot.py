"""What a build is made from, and which of it need not be read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.schema import Config
from sitegen.model.digest import digest_of_bytes
from sitegen.model.source import Kind
from sitegen.sources.snapshot import KnownFiles, Snapshot, take_snapshot
from sitegen.storage.lock import now
from tests.journal import Journal

POST = "content/posts/one.md"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return Journal(tmp_path).site


def inputs_of(site: Path, known: KnownFiles | None = None) -> Snapshot:
    return take_snapshot(site, Config(), site / "public", known or {})


def settled(site: Path) -> dict[str, Any]:
    """The states of a moment when everything is older than the clock's last tick."""
    (site / "clock").touch()
    while now(site / "clock") <= (site / POST).stat().st_ctime_ns:
        pass
    return inputs_of(site).settled(now(site / "clock"))


def test_each_source_has_the_digest_of_its_bytes(site: Path) -> None:
    inputs = inputs_of(site)
    read = {source.path for source in inputs.sources if source.kind is not Kind.ASSET}
    assert inputs.digests.keys() == read
    assert inputs.digests[POST] == digest_of_bytes((site / POST).read_bytes())


def test_what_was_written_in_this_tick_is_not_remembered(site: Path) -> None:
    """It could be written again, with the same size and time."""
    moment = (site / POST).stat().st_ctime_ns
    assert POST not in inputs_of(site).settled(moment)
    assert POST in inputs_of(site).settled(moment + 1)


def test_a_source_whose_state_is_known_is_not_read(site: Path) -> None:
    known = {path: (state, b"known") for path, (state, _) in settled(site).items()}
    assert inputs_of(site, known).digests[POST] == b"known"


def test_templates_and_the_style_are_read_whatever_is_known(site: Path) -> None:
    known = {path: (state, b"known") for path, (state, _) in settled(site).items()}
    digests = inputs_of(site, known).digests
    assert b"known" not in {digests["templates/post.html"], digests["static/style.css"]}


def test_any_change_of_a_file_is_seen(site: Path) -> None:
    known = settled(site)
    stat, data = (site / POST).stat(), (site / POST).read_bytes()
    (site / POST).write_bytes(data.swapcase())
    os.utime(site / POST, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert inputs_of(site, known).digests[POST] == digest_of_bytes(data.swapcase())


EDITS = {
    "a body": lambda site: (site / POST).write_text("Other."),
    "a new file": lambda site: (site / "static/x").touch(),
    "a removed file": lambda site: (site / "static/notes.txt").unlink(),
    "a renamed file": lambda site: (site / POST).rename(site / "content/posts/x.md"),
    "a template": lambda site: (site / "templates/post.html").write_text("x"),
    "a file that cannot be read": lambda site: (site / "static/link").symlink_to("nowhere"),
}


@pytest.mark.parametrize("name", EDITS)
def test_the_digest_of_all_changes_with_each_part(site: Path, name: str) -> None:
    before = inputs_of(site).digest()
    assert inputs_of(site).digest() == before
    EDITS[name](site)
    assert inputs_of(site).digest() != before


def test_what_is_no_file_counts_too(site: Path) -> None:
    inputs = inputs_of(site)
    digests = {inputs.digest(*others) for others in ((), (True,), (False,), (Config(),))}
    assert len(digests) == 4


def test_what_was_read_counts_more_than_what_was_looked_at(site: Path) -> None:
    inputs = inputs_of(site)
    before = inputs.digest()
    inputs.saw(POST, b"read")
    assert inputs.digest() != before
    inputs.saw(POST, None)
    assert POST not in inputs.settled(2**63)
