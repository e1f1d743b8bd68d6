"""Sources that are read from drafts, for as long as there are drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.sources.discover import file_of, read
from sitegen.sources.drafts import drafts


def test_source_with_a_draft_is_read_from_it_and_never_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"as it is")
    with drafts(tmp_path, tmp_path / "drafts") as start:
        for _ in range(2):  # the second time changes nothing
            start("a.md")
        assert read(tmp_path, "a.md") == (b"as it is", ())
        Path(file_of(tmp_path, "a.md")).write_bytes(b"as it may be")
        start("a.md")
        assert read(tmp_path, "a.md") == (b"as it may be", ())
    assert read(tmp_path, "a.md") == (b"as it is", ())


def test_drafts_are_gone_also_after_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")

    def fail() -> None:
        with drafts(tmp_path, tmp_path / "drafts") as start:
            start("a.md")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert file_of(tmp_path, "a.md") == f"{tmp_path}/a.md"
    assert [it.name for it in tmp_path.iterdir()] == ["a.md"]
