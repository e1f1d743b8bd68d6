"""Puts the peers, in the versions that `bench/` pins, into a folder that git ignores."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from bench.peers import CACHE, NODE_PEERS, PYTHON_PEERS

BENCH = Path(__file__).parent


def install_peers() -> None:
    """Brings what is missing or pinned to another version than last time."""
    CACHE.mkdir(exist_ok=True)
    _unless_installed(PYTHON_PEERS, BENCH / "requirements.txt", _install_from_pypi)
    _unless_installed(NODE_PEERS, BENCH / "package-lock.json", _install_from_npm)


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
    pip = (PYTHON_PEERS / "bin" / "python", "-m", "pip", "install", "--quiet")
    subprocess.run((*pip, "--requirement", BENCH / "requirements.txt"), check=True)


def _install_from_npm() -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(BENCH / name, CACHE)
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("bench: npm is needed for Eleventy, and it is not installed")
    subprocess.run((npm, "ci", "--no-audit", "--no-fund", "--silent"), cwd=CACHE, check=True)
