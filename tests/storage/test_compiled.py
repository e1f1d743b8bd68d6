"""Code that is kept in the installation of sitegen, as Python keeps that of modules."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.storage.compiled import Compiled

CODE = compile("found = 6 * 7", "a.html", "exec")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps code, which is not there yet."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("theme.*") if path.is_file()]


@pytest.mark.usefixtures("folder")
def test_code_is_given_to_who_has_its_key() -> None:
    Compiled().put("theme.a", b"key", CODE)
    assert Compiled().get("theme.a", b"key") == CODE
    assert Compiled().get("theme.a", b"another") is None
    assert Compiled().get("theme.b", b"key") is None


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b"x", bytes.upper])
def test_damaged_code_is_not_run(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    Compiled().put("theme.a", b"key", CODE)
    [file] = files(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert Compiled().get("theme.a", b"key") is None


def test_code_is_not_kept_where_python_keeps_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    Compiled().put("theme.a", b"key", CODE)
    assert not folder.exists()


def test_installation_that_cannot_be_written_to_is_no_error(folder: Path) -> None:
    folder.write_bytes(b"")
    Compiled().put("theme.a", b"key", CODE)
    assert Compiled().get("theme.a", b"key") is None
