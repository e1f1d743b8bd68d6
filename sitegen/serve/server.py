"""`sitegen serve`: build, answer, watch, build again.

The main thread watches and builds, since only there a code block on which a lexer hangs can be
stopped (`execution.time_limit`). Another thread answers requests, in a loop of its own.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import threading
import webbrowser
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from pathlib import Path
from secrets import token_hex
from socket import socket
from typing import NoReturn
from urllib.parse import quote, unquote

import uvicorn

from sitegen.build.pipeline import build
from sitegen.build.session import BuildOptions, session_in
from sitegen.config.schema import Config
from sitegen.console.collector import collect_later
from sitegen.console.console import Console
from sitegen.console.formats import as_json
from sitegen.engine.fingerprint import fingerprint
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic, OutputError, SitegenError, UsageError
from sitegen.model.report import Report
from sitegen.model.source import MARKDOWN
from sitegen.serve.app import Live, create_app
from sitegen.serve.bind import Bind, listening
from sitegen.serve.editor import editor, link
from sitegen.serve.limits import Protocol, warn_of_too_many
from sitegen.serve.live_reload import News, Saved, saved_pages
from sitegen.serve.rounds import show_address, show_build, show_failure
from sitegen.serve.watch import Watch
from sitegen.sources.discover import CONFIG_FILE, CONTENT, STATIC
from sitegen.sources.passed_over import is_passed_over
from sitegen.storage.cache import Store, own_folder
from sitegen.storage.file_lock import FOLDER
from sitegen.text.urls import base_path

UNSET_BASE_URL = "SG004"
"""What does not matter here, where the server is what the site is built for."""
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line asks for."""

    site: Path
    address: Bind
    drafts: bool
    future: bool
    polls: bool
    """Whether to poll for changes even where the operating system has events for them."""
    opens: bool
    """Whether a browser is to show the site."""
    now: Callable[[], datetime]


def serve(options: ServeOptions) -> NoReturn:
    """Serve the site until an exception ends it, and say what each build did.

    Raises UsageError where the server cannot listen or there is nothing like a site, and
    OutputError where there is no place to build it.
    """
    _check(options.site)
    with (
        listening(options.address) as accepting,
        Watch(options.site, _is_no_source, Console().warn, polls=options.polls) as watch,
    ):
        news = News(token_hex(4))
        live = Live(_folder(options), options.address, news)
        with _answering(live, accepting) as loop:
            builds = _Builds(options, live, loop)
            builds.next(())
            url = options.address.url + quote(live.base)
            show_address(Console(), url, is_public=options.address.is_public)
            if options.opens:
                webbrowser.open(url)
            while True:
                builds.next(watch.wait())


def _check(site: Path) -> None:
    """Raise UsageError for a folder that is no site and has no Markdown files."""
    has_site = any((site / name).exists() for name in (CONFIG_FILE, CONTENT))
    if not has_site and not any(file.suffix in MARKDOWN for file in site.rglob("*.m*")):
        hint = f"write a post first, for example {site / CONTENT / 'posts' / 'hello.md'}"
        raise UsageError(f"no Markdown files in {site}", hint=hint)


def _is_no_source(path: str) -> bool:
    """Whether a file or folder of the site does not affect a build."""
    top, name = path.partition("/")[0], path.rpartition("/")[2]
    return (name.startswith(".") and top != STATIC) or is_passed_over(path) or name.endswith("~")


def _folder(options: ServeOptions) -> Path:
    """Where the site is built: a place for each port, so that two servers are not in one."""
    own = options.site / FOLDER
    try:
        return own_folder(own, "serve", str(options.address.port))
    except OSError as error:
        raise OutputError(f"cannot write '{error.filename or own}': {error.strerror}") from error


@contextmanager
def _answering(live: Live, accepting: socket) -> Iterator[asyncio.AbstractEventLoop]:
    """The event loop of a server that meanwhile answers in its own thread.

    At its end nothing is waited for: a tab holds its event stream open as long as it can.
    """
    config = uvicorn.Config(
        create_app(live),
        lifespan="off",
        http=Protocol,
        ws="none",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=0,
    )
    server = uvicorn.Server(config)
    with asyncio.Runner() as runner:
        serving = server.serve(sockets=[accepting])
        thread = threading.Thread(target=runner.run, args=(serving,), daemon=True)
        loop = runner.get_loop()
        warn_of_too_many(loop, Console().warn)
        thread.start()
        try:
            yield loop
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


class _Builds:
    """One build after the other, and what the server reports of each."""

    def __init__(self, options: ServeOptions, live: Live, loop: asyncio.AbstractEventLoop) -> None:
        self._options, self._live, self._loop = options, live, loop
        self._store = Store(options.site, fingerprint())
        self._editor = editor(os.environ, shutil.which)

    def next(self, changed: tuple[str, ...]) -> None:
        """Build the site as it is now, after changes of these files."""
        console = Console()
        base = self._live.base
        try:
            config, report = self._build(console)
        except SitegenError as error:
            show_failure(console, error, changed)
            problems = error.diagnostics or (Diagnostic("", str(error), hint=error.hint),)
            news = self._failed(problems)
            if isinstance(error, OutputError):  # what is served may have changed in part
                news = replace(news, session=token_hex(4))
        else:
            show_build(console, report, changed)
            if report.is_published:
                base = unquote(base_path(config.base_url))
                news = self._published(report, changed, base, config.title)
            else:
                news = self._failed(report.diagnostics)
        self._do(self._live.tell(news, base))

    def _build(self, console: Console) -> tuple[Config, Report]:
        """What a build for this server did, and the configuration it had."""
        site = self._options.site
        try:
            with collect_later(), self._store.session(console.waiting) as store:
                session = session_in(store, site, self._build_options(), console.progress)
                here = self._options.address.url + base_path(session.config.base_url)
                config = replace(session.config, base_url=here)
                noticed = tuple(d for d in session.noticed if d.code != UNSET_BASE_URL)
                return config, build(replace(session, config=config, noticed=noticed))
        except OSError as error:  # a file that goes while it is read; the next build knows better
            raise SitegenError(f"cannot read '{error.filename}': {error.strerror}") from error

    def _build_options(self) -> BuildOptions:
        options = self._options
        return BuildOptions(
            now=options.now(),
            output=self._live.folder,
            drafts=options.drafts,
            future=options.future,
            before_commit=lambda: self._do(self._live.gate.close()),
        )

    def _do(self, task: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(task, self._loop).result()

    def _published(self, report: Report, changed: tuple[str, ...], base: str, title: str) -> News:
        urls = tuple(base + _clean(file) for file in (*report.written, *report.removed))
        pages = saved_pages(changed, report.written)
        saved = tuple(Saved(base + _clean(page), self._title(page, title)) for page in pages)
        return self._live.news.published(urls, saved)

    def _title(self, page: str, site: str) -> str:
        """What to call a page: its title, without that of the site."""
        html = (self._live.folder / page).read_text(encoding="utf-8")
        found = TITLE.search(html)
        return unescape(found[1]).strip().removesuffix(f" · {site}") if found else page

    def _failed(self, problems: Iterable[Diagnostic]) -> News:
        errors = (problem for problem in problems if problem.severity is Severity.ERROR)
        return self._live.news.failed(tuple(map(self._as_object, errors)))

    def _as_object(self, problem: Diagnostic) -> dict[str, object]:
        """The diagnostic for a browser, with a link into the editor where there is one."""
        opens = None
        if self._editor and problem.path:
            place = (problem.line or 1, problem.column or 1)
            opens = link(self._editor, self._options.site / problem.path, *place)
        return as_json(problem) | {"opens": opens}


def _clean(path: str) -> str:
    """The URL of a file, below that of the site: a folder's for its index."""
    return path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path
