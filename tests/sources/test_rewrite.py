"""A source file gets other bytes, or stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.sources.rewrite import put, rewrite


def test_file_keeps_its_mode_and_a_link_leads_to_it_still(tmp_path: Path) -> None:
    file, link = tmp_path / "real.md", tmp_path / "link.md"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file.name)
    assert rewrite(link, b"old", b"new")
    assert link.is_symlink()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)


def test_file_that_was_saved_meanwhile_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"newer")
    assert not rewrite(file, b"old", b"new")
    assert file.read_bytes() == b"newer"
    assert [it.name for it in tmp_path.iterdir()] == ["a.md"]


def test_new_bytes_are_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """A baseline was written in place: a kill left half of it, which no check could read."""
    file, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(file.name)
    put(link, b"first")
    reader = file.open("rb")
    put(link, b"second")
    with reader:
        assert reader.read() == b"first"  # whose file was replaced, and not written into
    assert file.read_bytes() == b"second"
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        put(tmp_path / "folder", b"x")
    assert sorted(it.name for it in tmp_path.iterdir()) == ["folder", "link.json", "real.json"]
