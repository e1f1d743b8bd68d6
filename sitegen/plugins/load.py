"""Plug-ins from their sources; and which of them is to blame for an exception."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, UsageError
from sitegen.outputs.kinds import KINDS
from sitegen.plugins.builtin import BUILT_IN
from sitegen.plugins.find import MODELS_FILE, PluginSource, installed_plugins
from sitegen.plugins.plugin import Plugin

_NAME = "plugin"
"""What a file of the site calls its plug-in."""
DEFINE = 'define it: plugin = Plugin(name="…", version="1", …), from sitegen.plugins.plugin'

DEFINE_MODEL = "make it a model: class Post(BaseModel): …, from pydantic; or DATA = {…}"
INSTALL = "pip install 'sitegen-blog[schema]'"


class PluginError(Exception):
    """A plug-in failed; the diagnostic says which, where in it, and on what."""

    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class LoadedPlugin:
    """A plug-in, and where its code is."""

    plugin: Plugin
    place: str
    code: str
    """How the names of its files start in a traceback; empty for sitegen's own, whose faults are
    sitegen's."""


@cache
def load_plugins(sources: tuple[PluginSource, ...]) -> tuple[LoadedPlugin, ...]:
    """sitegen's own plug-ins, and those of the sources, in their order.

    Raises UsageError with SG801 for one that cannot be loaded, and for two of one name.
    """
    loaded = tuple(map(_load, sources))
    every = (*(LoadedPlugin(own, "sitegen", "") for own in BUILT_IN), *loaded)
    _refuse_rivals(every)
    return every


def _refuse_rivals(plugins: tuple[LoadedPlugin, ...]) -> None:
    """Raise UsageError where two plug-ins, or two kinds of output, have one name."""
    names: dict[str, str] = {}
    kinds = {kind.name: "sitegen" for kind in KINDS}
    for found in plugins:
        if (rival := names.setdefault(found.plugin.name, found.place)) != found.place:
            message = f"there is already a plug-in '{found.plugin.name}', in {rival}"
            raise _unusable(found.place, message, hint="give this one another name")
        for kind in found.plugin.outputs:
            if (rival := kinds.setdefault(kind.name, found.place)) != found.place:
                message = f"there is already a kind of output '{kind.name}', in {rival}"
                raise _unusable(found.place, message, hint="give this one another name")


def _load(source: PluginSource) -> LoadedPlugin:
    try:
        found, code = _of_file(source) if source.text is not None else _installed(source)
    except SyntaxError as error:
        raise _unusable(source.place, f"{error.msg}", error.lineno, error.offset) from error
    except UsageError:
        raise
    except Exception as error:  # whatever running it can raise
        line = _line_in(error, source.place) or _line_of_name(error, source.text or "")
        hint = INSTALL if isinstance(error, ImportError) and error.name == "pydantic" else None
        why = f"{type(error).__name__}: {error}".partition("\n")[0]
        raise _unusable(source.place, why, line, hint=hint) from error
    if not isinstance(found, Plugin):
        is_models = source.place == MODELS_FILE
        what = "model Post or Page, nor a table DATA" if is_models else f"Plugin called '{_NAME}'"
        hint = DEFINE_MODEL if is_models else DEFINE
        raise _unusable(source.place, f"there is no {what} in it", hint=hint)
    return LoadedPlugin(found, source.place, code)


def _of_file(source: PluginSource) -> tuple[object, str]:
    """What the file of a site defines. It is a module, so that it can hold dataclasses.

    One of its own for each text: a machine of a cluster can have several, of one name.
    """
    module = ModuleType(f"sitegen_site_plugin_{Path(source.place).stem}_{source.digest.hex()}")
    sys.modules[module.__name__] = module
    exec(compile(source.text or "", source.place, "exec"), module.__dict__)  # noqa: S102
    if source.place == MODELS_FILE:
        from sitegen.plugins.models import plugin_of_models

        return plugin_of_models(module), source.place
    return getattr(module, _NAME, None), source.place


def _installed(source: PluginSource) -> tuple[object, str]:
    if source not in installed_plugins():  # as on a machine of a cluster
        raise _unusable(source.place, "it is not installed here, or it is another version")
    path, _, name = source.place.partition(":")
    found = getattr(import_module(path), name or _NAME, None)
    # Its whole package, or the one file: other packages are beside that.
    file = Path(import_module(path.partition(".")[0]).__file__ or path)
    return found, f"{file.parent}/" if file.name == "__init__.py" else str(file)


def _unusable(
    place: str,
    why: str,
    line: int | None = None,
    column: int | None = None,
    *,
    hint: str | None = None,
) -> UsageError:
    message = f"plug-in cannot be loaded: {why}"
    path = place if place.endswith(".py") else None
    return UsageError(
        f"{place} cannot be used", Diagnostic("SG801", message, path, line, column, hint)
    )


def _line_in(error: BaseException, code: str) -> int | None:
    """The innermost line of the code that an exception passed through."""
    line, traceback = None, error.__traceback__
    while traceback:
        if traceback.tb_frame.f_code.co_filename.startswith(code):
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _line_of_name(error: BaseException, code: str) -> int | None:
    """The first line with the name that an exception is about, such as that of a type in quotes."""
    found = re.search(rf"\b{re.escape(str(getattr(error, 'name', None)))}\b", code)
    return code.count("\n", 0, found.start()) + 1 if found else None


def blame(
    error: BaseException, plugins: tuple[LoadedPlugin, ...], subject: str
) -> Diagnostic | None:
    """SG802 where an exception that `subject` met came out of a plug-in; None: it did not."""
    for found in plugins:
        if found.code and (line := _line_in(error, found.code)) is not None:
            name, what = found.plugin.name, f"{type(error).__name__}: {error}"
            message = f"plug-in '{name}' failed on {subject}: {what}"
            is_file = found.place.endswith(".py")
            return Diagnostic("SG802", message, found.place if is_file else None, line)
    return None


@contextmanager
def blaming(plugins: tuple[LoadedPlugin, ...], subject: str) -> Iterator[None]:
    """Raises PluginError in place of an exception that came out of a plug-in."""
    try:
        yield
    except PluginError:
        raise
    except Exception as error:
        if problem := blame(error, plugins, subject):
            raise PluginError(problem) from error
        raise
