"""The proof of a build: the same site built again, from nothing and in other circumstances."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.build.session import Session
from sitegen.model.diagnostics import Diagnostic, SitegenError
from sitegen.storage.output_folder import read_manifest

CIRCUMSTANCES = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4221"}
"""14 hours ahead of UTC, where it is often another day; and an order of sets that is rare."""


def verify(session: Session, environment: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """SG603 for each file of the output folder that differs from a clean build.

    The clean build runs in another process, time zone and folder, without a cache. Raises
    SitegenError where it fails.
    """
    output = session.output
    with TemporaryDirectory(prefix="sitegen-") as folder:
        clean = Path(folder) / "site"
        epoch = {"SOURCE_DATE_EPOCH": str(int(session.options.now.timestamp()))}
        done = subprocess.run(
            _command(session, clean),
            env={**environment, **CIRCUMSTANCES, **epoch},
            capture_output=True,
            check=False,
        )
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise SitegenError(f"the clean build, to compare with, failed: {said}")
        paths = sorted({*read_manifest(output), *read_manifest(clean)})
        found = (_difference(path, output / path, clean / path) for path in paths)
        return tuple(difference for difference in found if difference)


def _command(session: Session, output: Path) -> list[str]:
    """The clean build of the same site, with the same options, into another folder."""
    flags = {"--drafts": session.options.drafts, "--future": session.options.future}
    return [
        *(sys.executable, "-m", "sitegen", "build", str(session.folder), "--clean"),
        *("--output", str(output), "--base-url", session.config.base_url),
        *(flag for flag, is_on in flags.items() if is_on),
    ]


def _difference(path: str, built: Path, clean: Path) -> Diagnostic | None:
    """SG603 for a file that differs from that of a clean build, else None."""
    if not (built.is_file() and clean.is_file()):
        verb = "does not have" if built.is_file() else "has"
        return Diagnostic("SG603", f"a clean build {verb} this file", path)
    old, new = built.read_bytes(), clean.read_bytes()
    if old == new:
        return None
    pairs = enumerate(zip(old, new, strict=False))
    at = next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))
    return Diagnostic("SG603", f"differs from a clean build from byte {at} on", path)
