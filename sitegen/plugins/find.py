"""Which plug-ins a site uses, found without loading any of them.

Those that are installed say so in the entry points of their distribution (group `sitegen.plugins`,
packaging.python.org, "Entry points specification"); each file of the site's `plugins/` is another.
A build with nothing to do needs no more of a plug-in than the digest of its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sitegen.engine.distributions import installed, needed_by
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, UsageError
from sitegen.model.digest import digest, digest_of_bytes

PLUGINS_FOLDER = "plugins"
GROUP = "sitegen.plugins"
MODELS_FILE = "schema.py"
"""The file of a site that has its models of front matter, and the types of its data."""
_A_MODEL = re.compile(rb"^(?:class (?:Post|Page)|DATA)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PluginSource:
    """Where a plug-in is, and what it is made of. It can be sent to another process."""

    place: str
    """The file of the site, `plugins/shout.py`; or the entry point, `package.module:name`."""
    text: str | None
    """The code of a file of the site; None for one that is installed."""
    digest: bytes
    """Of all of its code, and of the versions of its distribution and of all that this needs."""


def find_plugins(site: Path) -> tuple[PluginSource, ...]:
    """The plug-ins in the order in which they are used: installed ones by name, then the site's.

    Raises UsageError for a file that cannot be read.
    """
    return (*installed_plugins(), *_of_site(site / PLUGINS_FOLDER), *_models(site / MODELS_FILE))


def _of_site(folder: Path) -> Iterator[PluginSource]:
    """A plug-in for each file, by name; those whose names start with `_` or `.` are none."""
    files = sorted(folder.glob("*.py")) if folder.is_dir() else []
    for file in files:
        if not file.name.startswith(("_", ".")):
            place = f"{PLUGINS_FOLDER}/{file.name}"
            data = _read(file, place)
            yield PluginSource(place, data.decode(errors="replace"), digest_of_bytes(data))


def _models(file: Path) -> Iterator[PluginSource]:
    """The models, if the file has any: others have a `schema.py` as well."""
    if file.is_file() and _A_MODEL.search(data := _read(file, MODELS_FILE)):
        version = installed().get("pydantic", "").rpartition("/")[2]
        text = data.decode(errors="replace")
        yield PluginSource(MODELS_FILE, text, digest_of_bytes(data, version.encode()))


def _read(file: Path, place: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"cannot read '{place}': {error.strerror}"
        raise UsageError(
            "a plug-in cannot be loaded", Diagnostic("SG801", message, place)
        ) from None


@cache
def installed_plugins() -> tuple[PluginSource, ...]:
    """Those of the distributions that can be imported."""
    found: dict[str, PluginSource] = {}
    for distribution, info in installed().items():
        for name, place in _entry_points(f"{info}/entry_points.txt"):
            found.setdefault(name, PluginSource(place, None, _digest(distribution, place)))
    return tuple(found[name] for name in sorted(found))


def _entry_points(file: str) -> Iterator[tuple[str, str]]:
    """The plug-ins that a distribution offers, by name."""
    try:
        with open(file, encoding="utf-8") as text:  # noqa: PTH123 (ten times as fast, for each file)
            content = text.read()
    except (OSError, UnicodeDecodeError):
        return
    if GROUP in content:
        import configparser

        parser = configparser.ConfigParser(delimiters=("=",))
        parser.optionxform = str  # type: ignore[assignment, method-assign]
        try:
            parser.read_string(content)
        except configparser.Error:  # no installer would have taken it
            return
        yield from parser.items(GROUP) if parser.has_section(GROUP) else ()


def _digest(distribution: str, place: str) -> bytes:
    """The digest of the code, which in an editable install can change, and of all versions."""
    spec = find_spec(place.partition(":")[0].partition(".")[0])
    origin = Path(spec.origin) if spec and spec.origin else None
    files = sorted(origin.parent.rglob("*.py")) if origin and origin.name == "__init__.py" else []
    texts = [file.read_bytes() for file in files or filter(None, [origin])]
    versions = tuple(needed_by(distribution).items())
    info = Path(installed()[distribution]).name
    return digest((info, versions, place, digest_of_bytes(*texts)))
