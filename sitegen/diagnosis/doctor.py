"""How a site and the machine under it are: versions, configuration in effect, common mistakes."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sitegen import DISTRIBUTION, __version__
from sitegen.build.session import check_output, configuration, folder_of
from sitegen.config.load import origins
from sitegen.config.schema import Config, MenuItem
from sitegen.content.frontmatter import parse
from sitegen.content.notebook import markdown_of_source
from sitegen.diagnosis.checkup import Checkup, Finding, Library, UsedPlugin, Value
from sitegen.diagnosis.hosting import findings_of_hosting
from sitegen.diagnosis.languages import findings_of_languages
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import UsageError, judged, location
from sitegen.model.document import Meta
from sitegen.model.source import DOCUMENT_KINDS, Kind, Source
from sitegen.plugins.find import find_plugins
from sitegen.plugins.load import LoadedPlugin, load_plugins
from sitegen.scaffold.init import repository_of
from sitegen.sources.discover import (
    CONFIG_FILE,
    content_folder,
    discover,
    read,
    read_configuration,
)
from sitegen.text.encoding import decode

REQUIREMENT = re.compile(r"([\w.-]+)[^;]*?(?:;.*extra == ['\"]([\w-]+)['\"])?\s*(?:;.*)?")
FOR_DEVELOPERS = {"build-backend", "dev", "test"}
"""Extras of the package that no site needs."""

FILES_SHOWN = 3
"""Files named in a finding, at most."""


def checkup(named: Path | None) -> Checkup:
    """The state of the given or nearest site, and of the environment that builds it."""
    findings = list(_of_machine())
    folder: Path | None = None
    values: tuple[Value, ...] = ()
    plugins = load_plugins(())
    try:
        folder = folder_of(named)
        plugins = load_plugins(find_plugins(folder))
        config, noticed = configuration(folder)
    except UsageError as error:
        findings += _of_error(error)
    else:
        values = _values(config, folder)
        findings += (
            Finding(d.severity, d.message, d.hint)
            for d in judged(noticed, config.diagnostics, strict=False)
        )
        findings += _of_site(folder, config, {value.key: value for value in values})
    return Checkup(
        sitegen=__version__,
        python=platform.python_version(),
        system=platform.platform(terse=True),
        libraries=tuple(_libraries()),
        plugins=tuple(map(_used, plugins)),
        site=str(folder) if folder else None,
        configuration=values,
        findings=tuple(findings),
    )


def _used(found: LoadedPlugin) -> UsedPlugin:
    return UsedPlugin(found.plugin.name, found.plugin.version, found.place)


def _libraries() -> Iterator[Library]:
    """What sitegen needs, and then what its optional parts do, as its own metadata says."""
    required = (REQUIREMENT.fullmatch(line) for line in _requirements())
    for found in sorted(filter(None, required), key=lambda found: found[2] or ""):
        name, extra = found[1], found[2]
        if extra not in FOR_DEVELOPERS and "sys_platform" not in found[0]:
            yield Library(name, _version(name), extra)


def _requirements() -> list[str]:
    try:
        return metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:  # it runs from its sources, and is not installed
        return []


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _values(config: Config, folder: Path) -> tuple[Value, ...]:
    data, _ = read_configuration(folder)
    places = origins(decode(data or b"", CONFIG_FILE)[0] or "")
    derived = {
        "content.path": _derived_content(folder, config),
        "menu": "all pages, the archive, the tags",
    }

    def value(key: str, of: object) -> Value:
        if key in places:
            return Value(key, of, f"{CONFIG_FILE}:{places[key].line}")
        return Value(key, derived[key], "derived") if key in derived else Value(key, of, "default")

    return tuple(value(key, of) for key, of in _flat(config))


def _flat(of: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every key of a configuration, or of a table of it, by its name with dots."""
    for key, value in of.items() if isinstance(of, Mapping) else _attributes(of):
        if is_dataclass(value) or isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, tuple):
            texts = (it.title if isinstance(it, MenuItem) else str(it) for it in value)
            yield f"{prefix}{key}", ", ".join(texts)
        else:
            yield f"{prefix}{key}", value


def _attributes(of: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (any dataclass)
    return ((field.name, getattr(of, field.name)) for field in fields(of))


def _derived_content(folder: Path, config: Config) -> str:
    return "" if config.content.path else content_folder(folder, config) or "."


def _of_machine() -> Iterator[Finding]:
    encoding = sys.stdout.encoding or ""
    if encoding.lower().replace("-", "") != "utf8":
        hint = "set PYTHONUTF8=1, or a locale such as C.UTF-8"
        yield Finding(
            Severity.WARNING, f"text is written to this terminal as {encoding}, not UTF-8", hint
        )
    if shutil.which("git") is None:
        hint = '`dates = "git"`, `[history]` and `sitegen publish` need it'
        yield Finding(Severity.INFO, "git is not installed", hint)


def _of_error(error: UsageError) -> Iterator[Finding]:
    yield Finding(Severity.ERROR, str(error), error.hint)
    for problem in error.diagnostics:
        message = f"{location(problem)}: {problem.message}"
        yield Finding(problem.severity, message, problem.hint)


def _of_site(folder: Path, config: Config, values: Mapping[str, Value]) -> Iterator[Finding]:
    output = folder / config.output
    try:
        check_output(output, folder, config)
    except UsageError as error:
        yield from _of_error(error)
        return
    sources, *_ = discover(folder, config, output)
    documents = tuple(s for s in sources if s.kind in DOCUMENT_KINDS)
    if not documents:
        hint = "create the first one with sitegen new TITLE"
        yield Finding(
            Severity.ERROR, f"no Markdown files in {content_folder(folder, config) or folder}", hint
        )
    if values["timezone"].origin == "default":
        hint = f'set your time zone in {CONFIG_FILE}, such as timezone = "Europe/Berlin"'
        yield Finding(Severity.INFO, "dates without an offset are taken for UTC", hint)
    metas = {source.path: _meta(folder, source, config) for source in documents}
    posts = (source.path for source in documents if source.kind is Kind.POST)
    yield from _undated(config, {path: metas[path] for path in posts})
    tags = dict.fromkeys((config.language, *(m.lang for m in metas.values() if m and m.lang)))
    words = (source.path for source in sources if source.kind is Kind.WORDS)
    yield from findings_of_languages(tags, {path: _text(folder, path) for path in words})
    yield from _of_repository(folder, config)
    yield from findings_of_hosting(folder)


def _undated(config: Config, posts: Mapping[str, Meta | None]) -> Iterator[Finding]:
    if config.content.dates != "front matter":
        return
    undated = [path for path, meta in posts.items() if meta and meta.date is None]
    if undated:
        named = ", ".join(undated[:FILES_SHOWN]) + (", …" if len(undated) > FILES_SHOWN else "")
        count = "1 post has" if len(undated) == 1 else f"{len(undated)} posts have"
        hint = "posts without a date come last in lists and feeds"
        yield Finding(Severity.WARNING, f"{count} no date: {named}", hint)


def _meta(folder: Path, source: Source, config: Config) -> Meta | None:
    text = markdown_of_source(source, _text(folder, source.path))
    return parse(text, source, ZoneInfo(config.timezone)).meta if text is not None else None


def _text(folder: Path, path: str) -> str:
    data, _ = read(folder, path)
    text, _ = decode(data or b"", path)
    return text or ""


def _of_repository(folder: Path, config: Config) -> Iterator[Finding]:
    ignored = _lines(folder / ".gitignore")
    if repository_of(folder) == folder and config.output not in {i.strip("/") for i in ignored}:
        hint = f"put /{config.output}/ into .gitignore: hosts build their own"
        yield Finding(Severity.INFO, "git does not ignore the built site", hint)


def _lines(file: Path) -> tuple[str, ...]:
    try:
        return tuple(line.strip() for line in file.read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError):
        return ()
