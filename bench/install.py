"""Puts sitegen, and its peers as `bench/` pins them, into a folder that git ignores."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.peers import CACHE, HOME, NODE_PEERS, PYTHON_PEERS, SITEGEN, node

BENCH = Path(__file__).parent
ROOT = BENCH.parent


def install_all() -> None:
    """Brings what is missing or pinned to another version than last time, and sitegen as it is."""
    HOME.mkdir(parents=True, exist_ok=True)
    _unless_installed(PYTHON_PEERS, BENCH / "requirements.txt", _install_from_pypi)
    _unless_installed(NODE_PEERS, BENCH / "package-lock.json", _install_from_npm)
    _unless_installed(SITEGEN, ROOT / "requirements" / "site.txt", _install_libraries)
    _install_sitegen()


def _unless_installed(folder: Path, pins: Path, install: Callable[[], None]) -> None:
    stamp, wanted = folder / ".pins", pins.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    sys.stderr.write(f"installing {folder.name} as pinned in {pins.name}\n")
    shutil.rmtree(folder, ignore_errors=True)
    install()
    stamp.write_text(wanted, encoding="utf-8")


def _install_from_pypi() -> None:
    venv.create(PYTHON_PEERS, with_pip=True)
    _pip(PYTHON_PEERS, "install", "--compile", "--requirement", BENCH / "requirements.txt")


def _install_from_npm() -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(BENCH / name, CACHE)
    npm = Path(node()).parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    command = (node(), npm, "ci", "--no-audit", "--no-fund", "--silent")
    subprocess.run(command, cwd=CACHE, check=True)


def _install_libraries() -> None:
    venv.create(SITEGEN, with_pip=True)
    _pip(SITEGEN, "install", "--compile", "--requirement", ROOT / "requirements" / "site.txt")


def _install_sitegen() -> None:
    """As a user has it: from a wheel, compiled, whatever state the source tree is in."""
    with TemporaryDirectory() as folder:
        _pip(SITEGEN, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
        wheel = next(Path(folder).glob("*.whl"))
        _pip(SITEGEN, "install", "--compile", "--no-deps", "--force-reinstall", wheel)


def _pip(environment: Path, command: str, *arguments: str | Path) -> None:
    pip = (environment / "bin" / "python", "-m", "pip", command, "--quiet")
    subprocess.run((*pip, *arguments), check=True)
