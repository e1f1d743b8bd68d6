"""The fingerprint changes with any code that could change a byte, and with nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from zoneinfo import TZPATH

import pytest

from sitegen.engine.distributions import needed_by
from sitegen.engine.fingerprint import _PACKAGE
from tests.command import sitegen
from tests.conftest import ROOT


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


def install(folder: Path, name: str, version: str, *requirements: str) -> None:
    """Leave the metadata that an installer leaves, in place of that of an older version."""
    for old in folder.glob(f"{name}-*.dist-info"):
        shutil.rmtree(old)
    (folder / f"{name}-{version}.dist-info").mkdir()
    lines = "".join(f"Requires-Dist: {requirement}\n" for requirement in requirements)
    text = f"Metadata-Version: 2.4\nName: {name}\n{lines}\nRequires-Dist: prose\n"
    (folder / f"{name}-{version}.dist-info/METADATA").write_text(text)


def test_an_upgrade_of_what_a_library_needs_changes_the_fingerprint(package: Path) -> None:
    """Eight libraries were listed, and not what they need: mdurl, which encodes URLs in pages."""
    install(package, "sitegen_blog", "1", "Lib-One>=2 ; python_version > '3'")
    install(package, "lib_one", "2.0", "lib.two[fast] (>=1)", 'other; extra == "slow"')
    install(package, "Lib_Two", "1", 'three ; sys_platform == "win32" and extra == "fast"')
    install(package, "three", "1")
    install(package, "other", "1")
    install(package, "prose", "1")
    before = fingerprint(package)
    install(package, "other", "2")
    install(package, "prose", "2")
    assert fingerprint(package) == before
    install(package, "three", "2")
    assert fingerprint(package) != before


def test_without_metadata_all_that_is_installed_counts(package: Path) -> None:
    """`pip install --target` can be told to leave it out, and a bundle may have lost it."""
    program = "from sitegen.engine.distributions import needed_by; print(*needed_by('nobody'))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=package, capture_output=True, text=True, check=True
    )
    assert {"pytest", "jinja2", "mdurl"} <= set(done.stdout.split())


def test_what_sitegen_needs_is_found_with_its_version() -> None:
    needed = needed_by("sitegen-blog")
    for name in ("jinja2", "markdown-it-py", "mdurl", "pygments", "python-frontmatter", "pyyaml"):
        assert str(needed[name]).endswith(f"-{version(name)}"), name


def test_what_an_extra_needs_counts_where_it_is_asked_for(tmp_path: Path) -> None:
    """A card depends on the version of the library that drew it."""
    for folder, needs in {
        "app-1": "Requires-Dist: pen>=1 ; extra == 'cards'\n",
        "pen-2": "Requires-Dist: ink\n",
        "ink-3": "",
    }.items():
        (tmp_path / f"{folder}.dist-info").mkdir()
        (tmp_path / f"{folder}.dist-info/METADATA").write_text(f"Name: x\n{needs}\nText.\n")
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from sitegen.engine.distributions import needed_by\n"
        "print(sorted(needed_by('app').values()), sorted(needed_by('app', 'cards').values()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[] ['ink-3', 'pen-2']\n"


def test_a_new_law_on_time_zones_dates_posts_anew(tmp_path: Path) -> None:
    """The offset of a date without one was in the cached document, and outlived an update of the
    system's time zones.
    """
    zones, source = tmp_path / "zones", Path(TZPATH[0])
    for zone in ("UTC", "Etc/UTC", "Europe/Paris"):
        (zones / zone).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / zone, zones / zone)
    site = tmp_path / "site"
    (site / "content").mkdir(parents=True)
    (site / "sitegen.toml").write_text('timezone = "Europe/Paris"\n')
    (site / "content/a.md").write_text("---\ndate: 2024-07-01 12:00\n---\nText.\n")

    def built(*options: str) -> bytes:
        done = sitegen("build", site, *options, PYTHONTZPATH=str(zones))
        assert done.returncode == 0, done.stderr
        return (site / "public/feed.xml").read_bytes()

    before = built()
    shutil.copy(source / "Asia/Tokyo", zones / "Europe/Paris")
    after = built()
    assert after != before
    assert after == built("--clean")
