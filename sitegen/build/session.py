"""The site that a command works on, with all that stays the same while it does."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING

from sitegen.config.schema import Config
from sitegen.engine.distributions import installed
from sitegen.engine.fingerprint import fingerprint, zone_table
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, UsageError, framed, has_errors, judged
from sitegen.model.digest import digest
from sitegen.model.report import Progress, Report
from sitegen.plugins.find import PLUGINS_FOLDER, PluginSource, find_plugins
from sitegen.sources.discover import (
    CONFIG_FILE,
    OWN_FOLDERS,
    content_folder,
    read_configuration,
    site_folder,
    tokens_of_theme,
)
from sitegen.storage.cache import Store
from sitegen.storage.file_state import digest_of_file, state_of
from sitegen.storage.lock import Waiting
from sitegen.storage.output_guard import check_folder
from sitegen.text.encoding import decode
from sitegen.text.urls import checked_base_url

if TYPE_CHECKING:
    from sitegen.storage.output_folder import Written

Jobs = int | str | None
"""The number of processes that work is shared among, or the address of the scheduler of a Dask
cluster (`execution.dask`); None: as many processes as the work is worth."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line adds to the configuration."""

    now: datetime
    output: Path | None = None
    """None: the folder that the configuration names."""
    base_url: str | None = None
    """None: the address in the configuration."""
    drafts: bool = False
    future: bool = False
    strict: bool = False
    clean: bool = False
    """Whether the cache of earlier builds is neither read nor written."""
    jobs: Jobs = None
    makes_copies: bool = True
    """Whether smaller copies of images are made; if not, those are used that are there."""
    before_commit: Callable[[], None] = lambda: None
    """Called when everything is rendered, just before the output folder changes."""
    says: Callable[[Report], list[str]] | None = None
    """What the command says where nothing is to do, if it is to be known the next time before the
    build begins (`build.basis`): lines, the result last. None: that is not wanted."""
    published: Callable[[Written], None] = lambda _: None
    """Called as soon as the site is in the output folder, with what has changed there. What the
    next build should know of it is saved after that."""


@dataclass(frozen=True, slots=True)
class Session:
    """A site to work on, while no other process builds it."""

    folder: Path
    config: Config
    noticed: tuple[Diagnostic, ...]
    """What there is to say of the configuration."""
    plugins: tuple[PluginSource, ...]
    store: Store
    """In a session."""
    options: BuildOptions
    progress: Progress

    @property
    def output(self) -> Path:
        return self.options.output or self.folder / self.config.output

    @property
    def tools(self) -> bytes:
        """The digest of what documents are made with, besides the code of the fingerprint."""
        pillow = installed().get("pillow", "").rpartition("/")[2]
        asked = self.config.markdown.diagrams
        programs = [which({"graphviz": "dot"}.get(name, name)) for name in asked]
        states = tuple(state_of(Path(file).resolve()) if file else None for file in programs)
        return digest((self.plugins, zone_table(self.config.timezone), pillow, states))

    @property
    def command(self) -> tuple[tuple[str, bytes | None], ...]:
        """The words of the post-build command, each with the digest of the file that it names.

        Such as its script: one that is edited has to run again. Programs of the system are no
        part of the site.
        """
        words = shlex.split(self.config.build.command)
        files = tuple(self.folder / word for word in words)
        own = {file for file in files if file.is_relative_to(self.folder) and state_of(file)}
        return tuple(
            (word, digest_of_file(file) if file in own else None)
            for word, file in zip(words, files, strict=True)
        )

    def into(self, output: Path) -> Session:
        """The same session for another output folder."""
        return replace(self, options=replace(self.options, output=output))


@contextmanager
def open_session(
    site: Path | None, options: BuildOptions, waiting: Waiting, progress: Progress
) -> Iterator[Session]:
    """The site that was named, else the nearest, in a session of its cache.

    Raises UsageError where there is no site, or its configuration is wrong.
    """
    folder = folder_of(site)
    store = Store(folder, fingerprint(), clean=options.clean)
    with store.session(waiting):
        yield session_in(store, folder, options, progress)


def session_in(store: Store, folder: Path, options: BuildOptions, progress: Progress) -> Session:
    """The session of a site whose store is in one. What was cached with other tools is dropped.

    Raises UsageError where the configuration is wrong, or a plug-in cannot be read.
    """

    def opened() -> Session:
        config, noticed = configuration(folder, options.base_url, store)
        plugins = find_plugins(folder)
        session = Session(folder, config, noticed, plugins, store, options, progress)
        if store.get("notes", "tools") != session.tools:
            store.forget_site()
        return session

    return store.healing(opened)


def folder_of(site: Path | None) -> Path:
    """The site folder: the one named, else the nearest from here upwards.

    Raises UsageError where there is none.
    """
    if site is None:
        return site_folder(Path.cwd())
    if site.is_file():
        hint = "name the folder of the site; inside it, no name is needed"
        raise UsageError(f"'{site}' is a file, not the folder of a site", hint=hint)
    if not site.is_dir():
        raise UsageError(f"there is no folder '{site}'")
    return site.resolve()


def configuration(
    folder: Path, base_url: str | None = None, store: Store | None = None
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration of the site and what there is to say of it; UsageError if it is wrong.

    `base_url` is what the command line says, which counts more. A store in a session spares the
    work, if the text is known.
    """
    text, problems = _config_text(folder)
    known = _known(text, store) if store else None
    config, diagnostics = known or _read(text, problems, store)
    if base_url is None:
        return config, (*diagnostics, *_local_base_url(config, text or ""))
    if (checked := checked_base_url(base_url)) is None:
        raise UsageError(f"--base-url {base_url!r} is not an address such as https://me.dev/blog/")
    return replace(config, base_url=checked), diagnostics


_Configuration = tuple[Config, tuple[Diagnostic, ...]]


def _known(text: str | None, store: Store) -> _Configuration | None:
    """What the same text meant before, so that its schema need not even be loaded."""
    seen, *known = store.get("notes", "config") or (None,)
    return (known[0], known[1]) if seen == digest(text) else None


def _read(
    text: str | None, problems: tuple[Diagnostic, ...], store: Store | None
) -> _Configuration:
    from sitegen.build.code_styles import faint_styles
    from sitegen.config.load import load
    from sitegen.content.highlight.style_sheet import style_names

    config, found = load(text, styles=style_names, tokens=tokens_of_theme)
    if config.math.macros:
        from sitegen.build.macros import wrong_macros

        found = (*found, *wrong_macros(text or "", config.math.macros))
    diagnostics = judged((*problems, *found), {}, strict=False)
    if has_errors(diagnostics):
        raise UsageError(f"{CONFIG_FILE} cannot be used", *framed(diagnostics, lambda _: text))
    diagnostics += framed(faint_styles(text or "", config.highlight), lambda _: text)
    if store and not problems:
        store.put("notes", "config", (digest(text), config, diagnostics))
    return config, diagnostics


def _config_text(folder: Path) -> tuple[str | None, tuple[Diagnostic, ...]]:
    data, unreadable = read_configuration(folder)
    text, unclean = decode(data, CONFIG_FILE) if data is not None else (None, ())
    return text, (*unreadable, *unclean)


def _local_base_url(config: Config, text: str) -> tuple[Diagnostic, ...]:
    """SG004 where the site does not know its address yet, or has that of this computer."""
    if config.base_url != Config().base_url:
        return ()
    hint = f'put base_url = "https://…" into {CONFIG_FILE}, or give --base-url'
    if "base_url" in text:
        from sitegen.config.load import origins

        if place := origins(text).get("base_url"):
            message = "base_url is this computer: feeds and the sitemap point to it"
            found = Diagnostic("SG004", message, CONFIG_FILE, place.line, place.column)
            hint = "write the address that the site will have, or give --base-url"
            return framed((replace(found, length=place.length, hint=hint),), lambda _: text)
    message = f"base_url is not set: feeds and the sitemap point to {config.base_url}"
    return (Diagnostic("SG004", message, hint=hint),)


def check_output(output: Path, site: Path, config: Config) -> None:
    """Raise UsageError where an output folder is no place for a site: what that is made of, say."""
    made_of = (content_folder(site, config), *OWN_FOLDERS, PLUGINS_FOLDER)
    check_folder(output, site, [site / name for name in made_of])
