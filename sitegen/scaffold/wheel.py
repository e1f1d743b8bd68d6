"""A wheel of the running copy of sitegen, built from its installed files alone.

A wheel is an archive of the package and its metadata (PyPA, "Binary distribution format"), so
neither a build tool nor the sources are needed, and changes that nobody has released are in it.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import Distribution
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_PACKAGE = Path(__file__).parent.parent
OF_THIS_MACHINE = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
"""What an installer adds to the metadata."""
PLAIN_FILE = 0o100644 << 16


def wheel_name(distribution: Distribution) -> str:
    """The name of the file, which says the version."""
    return f"{distribution.name.replace('-', '_')}-{distribution.version}-py3-none-any.whl"


def wheel(distribution: Distribution) -> bytes:
    """The wheel of this copy; the same copy gives the same bytes."""
    files = dict(sorted(_package().items())) | dict(sorted(_metadata(distribution).items()))
    [folder] = {name.partition("/")[0] for name in files if ".dist-info/" in name}
    record = f"{folder}/RECORD"
    lines = [f"{name},{_hash(data)},{len(data)}" for name, data in files.items()]
    files[record] = "\n".join((*lines, f"{record},,", "")).encode()
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(_entry(name), data)
    return archive.getvalue()


def _package() -> Mapping[str, bytes]:
    files = (path for path in _PACKAGE.rglob("*") if path.is_file())
    return {
        path.relative_to(_PACKAGE.parent).as_posix(): path.read_bytes()
        for path in files
        if "__pycache__" not in path.parts
    }


def _metadata(distribution: Distribution) -> Mapping[str, bytes]:
    files = distribution.files or ()
    return {
        path.as_posix(): path.read_binary()
        for path in files
        if path.parts[0].endswith(".dist-info") and path.name not in OF_THIS_MACHINE
    }


def _entry(name: str) -> ZipInfo:
    """An entry of 1980, the earliest date a ZIP file knows: the clock does not matter."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = PLAIN_FILE
    return entry


def _hash(data: bytes) -> str:
    return f"sha256={urlsafe_b64encode(sha256(data).digest()).rstrip(b'=').decode()}"
