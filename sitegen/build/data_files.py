"""The data files of a site: values for templates, each read once until it changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.build.session import Session
from sitegen.content.data_file import read_data
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.model.source import Kind, Source
from sitegen.plugins.find import MODELS_FILE
from sitegen.plugins.load import LoadedPlugin, blaming
from sitegen.plugins.use import types_of_data
from sitegen.sources.discover import read
from sitegen.sources.snapshot import Snapshot
from sitegen.text.encoding import decode, line_and_column
from sitegen.text.spelling import did_you_mean

if TYPE_CHECKING:
    from sitegen.model.front_matter import DataType

_NOTE = "data"

_Read = tuple[object, tuple[Diagnostic, ...]]
"""The value of a data file, None for what cannot be used; and what is wrong with it."""


def load_data(
    session: Session, snapshot: Snapshot, plugins: tuple[LoadedPlugin, ...]
) -> tuple[Mapping[str, object], tuple[Diagnostic, ...]]:
    """The values of data files by name (`talks`, `people/ada`), and what is wrong with them.

    The value of a file that cannot be used is None: SG122, for what is not of its format or of its
    type in `schema.py`, and for two files of one name. SG123 for a type of no file. Raises
    PluginError.
    """
    sources, types = snapshot.of(Kind.DATA), types_of_data(plugins)
    known: dict[str, tuple[bytes, _Read]] = session.store.get("notes", _NOTE) or {}
    found: dict[str, tuple[bytes, _Read]] = {}
    for source in sources:
        snapshot.use(session.folder, source.path)
        before = known.get(source.path)
        if before and before[0] == _key(session, snapshot, source):
            found[source.path] = before
        else:
            with blaming(plugins, source.path):
                made = _read(session, snapshot, source, types)
            found[source.path] = (_key(session, snapshot, source), made)
    if found != known:
        session.store.put("notes", _NOTE, found)
    rivals = tuple(_rivals(sources))
    values = {source.data_name: found[source.path][1][0] for source in sources}
    values |= dict.fromkeys(source.data_name for source, _ in rivals)
    return values, (
        *(problem for _, (_, own) in found.values() for problem in own),
        *(problem for _, problem in rivals),
        *_unused(session, plugins, values),
    )


def _key(session: Session, snapshot: Snapshot, source: Source) -> bytes:
    """What decides the value of a data file."""
    return digest((snapshot.digests[source.path], session.plugins, session.config.timezone))


def _read(
    session: Session, snapshot: Snapshot, source: Source, types: Mapping[str, DataType]
) -> _Read:
    data, unreadable = read(session.folder, source.path)
    snapshot.saw(source.path, digest_of_bytes(data) if data is not None else None)
    text, unclean = decode(data, source.path) if data is not None else (None, ())
    if text is None:
        return None, (*unreadable, *unclean)
    of = _type_of(source.data_name, types)
    value, problems = read_data(text, source, ZoneInfo(session.config.timezone), of)
    return value, (*unclean, *problems)


def _type_of(name: str, types: Mapping[str, DataType]) -> DataType | None:
    """The type of the data file of this name: of several that match, the first."""
    return next((of for pattern, of in types.items() if _is_called(name, pattern)), None)


def _is_called(name: str, pattern: str) -> bool:
    """Whether a pattern is for a data file; a star is anything within a name."""
    return bool(re.fullmatch("[^/]*".join(map(re.escape, pattern.split("*"))), name))


def _rivals(sources: Iterable[Source]) -> Iterator[tuple[Source, Diagnostic]]:
    """Each file whose name is that of another one, or of a folder, with SG122."""
    named: dict[str, str] = {}
    for source in sources:
        for folder in PurePosixPath(source.name).parents:
            named.setdefault(str(folder), f"the folder data/{folder}/")
    for source in sources:
        name = source.data_name
        if rival := named.get(name):
            message = f"both {rival} and this file are site.data.{name.replace('/', '.')}"
            hint = "rename or remove one of them"
            yield source, Diagnostic("SG122", message, source.path, hint=hint)
        named.setdefault(name, source.path)


def _unused(
    session: Session, plugins: Iterable[LoadedPlugin], names: Iterable[str]
) -> Iterator[Diagnostic]:
    """SG123 for each type of `schema.py` that no file has, where that names it."""
    types = (found.plugin.data for found in plugins if found.place == MODELS_FILE)
    unused = [
        pattern
        for pattern in next(types, {})
        if not any(_is_called(name, pattern) for name in names)
    ]
    if not unused:
        return
    data, _ = read(session.folder, MODELS_FILE)
    text = (decode(data, MODELS_FILE)[0] if data else None) or ""
    for pattern in unused:
        at = re.search(rf"""(["']){re.escape(pattern)}\1""", text)
        line, column = line_and_column(text, at.start()) if at else (None, None)
        message, length = f"there is no data file '{pattern}'", len(at[0]) if at else 1
        hint = _meant(pattern, names)
        yield Diagnostic("SG123", message, MODELS_FILE, line, column, hint, length)


def _meant(pattern: str, names: Iterable[str]) -> str:
    """What a type may be for that no file has."""
    if any(name.startswith(f"{pattern}/") for name in names):
        return f"write '{pattern}/*' for each file of the folder"
    return did_you_mean(pattern, names) or "remove it, or write the file"
