"""The fingerprint changes with any code that could change a byte, and with nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

import pytest

from sitegen.engine.fingerprint import _PACKAGE, LIBRARIES, _version


def fingerprint(folder: Path, **environment: str) -> str:
    """The fingerprint of the package in a folder, by a process of its own."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from sitegen.engine.fingerprint import fingerprint; print(fingerprint().hex())",
        ],
        cwd=folder,
        env={**os.environ, **environment, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@pytest.fixture
def package(tmp_path: Path) -> Path:
    shutil.copytree(_PACKAGE, tmp_path / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_the_same_code_has_the_same_fingerprint_anywhere(package: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else" / "where"
    shutil.copytree(package / "sitegen", elsewhere / "sitegen")
    (elsewhere / "sitegen" / "text" / "urls.py").touch()
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    assert fingerprint(package) == fingerprint(elsewhere, **environment)


@pytest.mark.parametrize("edit", ["changed", "new", "gone"])
def test_any_change_of_the_code_changes_the_fingerprint(package: Path, edit: str) -> None:
    before = fingerprint(package)
    if edit == "changed":
        with (package / "sitegen/text/urls.py").open("a") as file:
            file.write("# changed\n")
    elif edit == "new":
        (package / "sitegen/new.py").write_text("x = 1\n")
    else:
        (package / "sitegen/__main__.py").unlink()
    assert fingerprint(package) != before


@pytest.mark.parametrize("library", LIBRARIES.items())
def test_the_version_of_each_library_is_known(library: tuple[str, str]) -> None:
    assert distribution(library[1]).version in str(_version(*library))


def test_a_library_without_metadata_is_known_by_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lonely").mkdir()
    (tmp_path / "lonely/__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    before = _version("lonely", "lonely")
    (tmp_path / "lonely/__init__.py").write_text("x = 1\n")
    assert None is not before != _version("lonely", "lonely")
    assert _version("nowhere_to_be_found", "nowhere") is None
