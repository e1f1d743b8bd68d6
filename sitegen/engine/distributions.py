"""What is installed, and what it needs, as the metadata of distributions has it.

The formats are those of packaging.python.org: "Recording installed projects", "Core metadata". To
load `importlib.metadata` for it would cost a third of a build with nothing to do.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache

REQUIRES_DIST = re.compile(r"Requires-Dist: *([\w.-]+) *(?:\[([^\]]*)\])?([^;]*)(.*)")
EXTRA = re.compile(r"\bextra *== *['\"]([\w.-]+)['\"]")
METADATA = ("METADATA", "PKG-INFO")
"""The file of a `dist-info`, and that of an `egg-info`, as systems still have them."""


@cache
def installed() -> Mapping[str, str]:
    """The metadata folder of each distribution that can be imported, by its normal name."""
    found: dict[str, str] = {}
    for folder in sys.path:
        for info in _metadata_folders(folder):
            name = _version(info).partition("-")[0]
            found.setdefault(_normal(name), f"{folder}/{info}")
    return found


@cache
def needed_by(distribution: str, *extras: str) -> Mapping[str, str | None]:
    """What a distribution needs, and what that needs, and so on: `jinja2` → `jinja2-3.1.6`.

    With what it needs for these extras.

    None for what is not installed, such as a library for another system. Whether a marker asks for
    a library is not found out: one that is there and not used only costs a build from scratch when
    it is replaced. Without metadata of the distribution itself, it is all that is installed.
    """
    start = _normal(distribution)
    if start not in installed():
        return {name: _version(info) for name, info in sorted(installed().items())}
    wanted = [(start, extra) for extra in ("", *extras)]
    seen = {*wanted}
    for name, extra in wanted:
        for need in _needs(installed().get(name), extra):
            if need not in seen:
                seen.add(need)
                wanted.append(need)
    names = sorted({name for name, _ in wanted} - {start})
    folders = {name: installed().get(name) for name in names}
    return {name: _version(info) if info else None for name, info in folders.items()}


def _needs(info: str | None, extra: str) -> Iterator[tuple[str, str]]:
    """What one distribution needs by itself or, with an extra, for that; each with its extras."""
    for line in _header(info) if info else ():
        if found := REQUIRES_DIST.match(line):
            name, extras, _, marker = found.groups()
            asked = EXTRA.search(marker)
            if (_normal(asked[1]) if asked else "") == extra:
                yield _normal(name), ""
                yield from ((_normal(name), _normal(each)) for each in (extras or "").split(","))


def _header(info: str) -> Iterator[str]:
    """The lines before the description."""
    for name in METADATA:
        try:
            with open(f"{info}/{name}", encoding="utf-8", errors="replace") as file:  # noqa: PTH123
                for line in file:
                    if line == "\n":
                        break
                    yield line
        except OSError:
            continue
        return


def _metadata_folders(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 (names are enough, and there are hundreds)
    except OSError:
        return []
    return sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def _version(info: str) -> str:
    """The name and version that the name of a metadata folder consists of."""
    return info.rpartition("/")[2].rpartition(".")[0]


def _normal(name: str) -> str:
    """The one form of a name that is written in many ways ("Name normalization")."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()
