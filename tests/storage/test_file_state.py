"""When the state of a file is enough to know its content."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path

import pytest

from sitegen.model.digest import SIZE
from sitegen.storage.file_state import COARSE, SECOND, digest_of_file, is_settled, state_of

T = 1_700_000_000 * SECOND


@pytest.mark.parametrize(
    ("mtime", "ctime", "moment", "expected"),
    [
        (T + 1, T + 1, T + 2, True),
        (T + 2, T + 1, T + 2, False),  # within one tick: the racy case
        (T + 1, T + 2, T + 2, False),
        (T + 3, T + 1, T + 2, False),
        (1, T + 1, T + 2, True),  # an old time on a file of now
        (1, T + 3, T + 2, False),
        (T, 1, T + COARSE, False),  # whole seconds: the clock may tick as slowly as that
        (T, T, T + COARSE, False),
        (T, T, T + COARSE + 1, True),
    ],
)
def test_a_state_is_settled_if_any_later_change_would_show(
    mtime: int, ctime: int, moment: int, expected: bool
) -> None:
    assert is_settled((mtime, ctime, 1, 1), moment) is expected


def test_every_way_to_change_a_file_changes_its_state(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("one")
    os.utime(file, ns=(T + 1, T + 1))
    states = {state_of(file)}
    file.chmod(0o600)
    states.add(state_of(file))
    os.utime(file, ns=(T + 2, T + 2))
    states.add(state_of(file))
    (tmp_path / "other").write_text("two")
    os.utime(tmp_path / "other", ns=(T + 2, T + 2))
    (tmp_path / "other").replace(file)
    assert state_of(file) not in states


@pytest.mark.parametrize("name", ["missing", "folder", "link", "pipe", "file/x", "\0"])
def test_what_is_no_regular_file_has_no_state(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("file")
    os.mkfifo(tmp_path / "pipe")
    assert state_of(tmp_path / name) is None


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_a_digest_is_of_all_bytes(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "x").write_bytes(data)
    assert digest_of_file(tmp_path / "x") == blake2b(data, digest_size=SIZE).digest()


def test_what_cannot_be_read_has_no_digest(tmp_path: Path) -> None:
    assert digest_of_file(tmp_path) is None
    assert digest_of_file(tmp_path / "missing") is None
