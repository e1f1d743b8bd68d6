"""What a stranger gets: the wheel and the source distribution, and a site from nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
from importlib.metadata import distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import ROOT, unavailable

OFFLINE = ("No matching distribution", "ConnectionError", "NewConnectionError", "Temporary failure")


def run(*command: str | Path, cwd: Path) -> str:
    """What a command says, run without a way to this repository; skips without a package index."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = done.stdout + done.stderr
    if done.returncode and any(sign in told for sign in OFFLINE):
        unavailable("there is no package index to install from")
    assert done.returncode == 0, told
    return told


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that was built from it.

    With the build backend of this environment: an isolated build would fetch the newest one.
    """
    folder = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(packages: Path) -> Path:
    [wheel] = packages.glob("*.whl")
    return wheel


def tracked(folder: str) -> set[str]:
    """The files of a folder of this repository that are not made by running it."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}


def test_wheel_is_the_package_and_nothing_else(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == tracked("sitegen")


def test_source_distribution_has_the_package_and_its_tests(packages: Path) -> None:
    [archive] = packages.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert tracked("sitegen") | tracked("tests") <= names


def test_package_index_would_take_both(packages: Path) -> None:
    files = sorted(packages.iterdir())
    run(sys.executable, "-m", "twine", "check", "--strict", *files, cwd=packages)


def test_wheel_alone_makes_a_site(wheel: Path, tmp_path: Path) -> None:
    """In an empty environment, in a folder that knows nothing of this repository.

    Its dependencies get the versions they have here, whether these are locked, lowest or newest.
    """
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    versions = tmp_path / "versions.txt"
    versions.write_text("".join(f"{one.name}=={one.version}\n" for one in distributions()), "utf-8")
    install = ("-m", "pip", "install", "--quiet", "--constraint", versions, wheel)
    run(programs / "python", *install, cwd=tmp_path)
    where = run(programs / "python", "-c", "import sitegen; print(sitegen.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(tmp_path)
    run(programs / "sitegen", "init", "blog", "--url", "https://a.example", cwd=tmp_path)
    run(programs / "sitegen", "build", "--strict", cwd=tmp_path / "blog")
    assert (tmp_path / "blog/public/posts/by-halves/looks.svg").is_file()
