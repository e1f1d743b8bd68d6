"""`sitegen serve`: build, answer, watch, build again.

The main thread watches and builds, since only there a code block on which a lexer hangs can be
stopped (`execution.time_limit`). Another thread answers requests, in a loop of its own.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import threading
import webbrowser
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from html import unescape
from pathlib import Path
from secrets import token_hex
from socket import socket
from typing import NoReturn
from urllib.parse import quote, unquote

import uvicorn

from sitegen.build.pipeline import build, rehearse
from sitegen.build.session import BuildOptions, Session, session_in
from sitegen.config.schema import AnalyticsConfig, Config
from sitegen.console.collector import collect_later
from sitegen.console.console import Console
from sitegen.console.formats import as_json
from sitegen.engine.fingerprint import fingerprint
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, OutputError, SitegenError, UsageError, is_error
from sitegen.model.report import Report
from sitegen.model.source import MARKDOWN
from sitegen.serve.app import Live, create_app
from sitegen.serve.bind import Bind, is_unused, listening
from sitegen.serve.editor import editor, link
from sitegen.serve.limits import Protocol, warn_of_too_many
from sitegen.serve.live_reload import News, Saved, saved_pages
from sitegen.serve.rounds import show_address, show_build, show_failure
from sitegen.serve.watch import Watch
from sitegen.sources.discover import CONFIG_FILE, CONTENT, STATIC
from sitegen.sources.passed_over import is_passed_over
from sitegen.sources.snapshot import head_for
from sitegen.storage.cache import Store, own_folder
from sitegen.storage.file_lock import FOLDER
from sitegen.storage.output_folder import Written
from sitegen.text.urls import base_path

UNSET_BASE_URL = "SG004"
"""What does not matter here, where the server is what the site is built for."""
TURN = 0.0005
"""Seconds that a build may keep an answer from the interpreter. With Python's own 0.005, and some
ten turns from telling a tab to its page, reloads that overlap with saving the cache are slower."""
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
    sys.setswitchinterval(TURN)
    with (
        listening(options.address) as accepting,
        Watch(options.site, _is_no_source, Console().warn, polls=options.polls) as watch,
    ):
        news = News(token_hex(4))
        live = Live(_folder(options), options.address, news)
        with _answering(live, accepting) as loop:
            builds = _Builds(options, live, loop, watch)
            is_built = builds.next(())
            url = options.address.url + quote(live.base)
            show_address(Console(), url, is_public=options.address.is_public)
            if options.opens:
                webbrowser.open(url)
            if is_built:
                builds.rehearse()
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
    """Where the site is built: a place for each port, so that two servers are not in one.

    A server listens before it has its place, so that of a port where none does is an old one.
    """
    own = options.site / FOLDER
    try:
        folder = own_folder(own, "serve", str(options.address.port))
    except OSError as error:
        raise OutputError(f"cannot write '{error.filename or own}': {error.strerror}") from error
    for other in folder.parent.iterdir():
        if other != folder and other.name.isdecimal() and is_unused(int(other.name)):
            shutil.rmtree(other, ignore_errors=True)
    return folder


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

    def __init__(
        self, options: ServeOptions, live: Live, loop: asyncio.AbstractEventLoop, watch: Watch
    ) -> None:
        self._options, self._live, self._loop, self._watch = options, live, loop, watch
        self._store = Store(options.site, fingerprint())
        self._editor = editor(os.environ, shutil.which)
        self._without_effect: tuple[str, ...] = ()
        """The files whose last changes alone have changed nothing."""

    def next(self, changed: tuple[str, ...]) -> bool:
        """Build the site as it is now, after changes of these files.

        Gives whether there was nothing to do.
        """
        console = Console()
        try:
            report = self._build(console, changed)
        except SitegenError as error:
            show_failure(console, error, changed)
            problems = error.diagnostics or (Diagnostic("", str(error), hint=error.hint),)
            news = self._failed(problems)
            if isinstance(error, OutputError):  # what is served may have changed in part
                news = replace(news, session=token_hex(4))
            self._tell(news)
            return False
        is_idle = report.is_published and not report.stale
        # Once: a file in the site that keeps what is said here changes with every word.
        if not (is_idle and changed == self._without_effect):
            show_build(console, report, changed)
        self._without_effect = changed if is_idle else ()
        if not report.is_published:
            self._tell(self._failed(report.diagnostics))
        return is_idle

    def rehearse(self) -> None:
        """Load what the first change would wait for: a build with nothing to do has not."""
        with suppress(SitegenError, OSError), self._session(Console()) as session:
            rehearse(session)

    def _build(self, console: Console, changed: tuple[str, ...]) -> Report:
        """What a build for this server did. Tabs know of it as soon as its files are in place."""
        try:
            with self._session(console) as session:
                published = partial(self._published, changed, session.config)
                options = replace(session.options, published=published)
                return build(replace(session, options=options))
        except OSError as error:  # a file that goes while it is read; the next build knows better
            raise SitegenError(f"cannot read '{error.filename}': {error.strerror}") from error

    @contextmanager
    def _session(self, console: Console) -> Iterator[Session]:
        """The session of one build, for the address of this server."""
        site, options = self._options.site, self._build_options()
        with collect_later(), self._store.session(console.waiting) as store:
            session = session_in(store, site, options, console.progress)
            head = head_for(site, session.config)
            self._watch.look_at(head.files if head else ())
            here = self._options.address.url + base_path(session.config.base_url)
            config = replace(session.config, base_url=here, analytics=AnalyticsConfig())
            noticed = tuple(d for d in session.noticed if d.code != UNSET_BASE_URL)
            yield replace(session, config=config, noticed=noticed)

    def _build_options(self) -> BuildOptions:
        options = self._options
        return BuildOptions(
            now=options.now(),
            output=self._live.folder,
            drafts=options.drafts,
            future=options.future,
            makes_copies=False,
            before_commit=lambda: self._do(self._live.gate.close()),
        )

    def _do(self, task: Coroutine[object, object, None]) -> None:
        asyncio.run_coroutine_threadsafe(task, self._loop).result()

    def _tell(self, news: News, base: str | None = None) -> None:
        self._do(self._live.tell(news, base or self._live.base))

    def _published(self, changed: tuple[str, ...], config: Config, done: Written) -> None:
        """Serve the new site, and tell what is new in it."""
        base = unquote(base_path(config.base_url))
        urls = tuple(base + _clean(file) for file in (*done.written, *done.removed))
        pages = saved_pages(changed, done.written)
        saved = tuple(Saved(base + _clean(page), self._title(page, config.title)) for page in pages)
        self._tell(self._live.news.published(urls, saved), base)

    def _title(self, page: str, site: str) -> str:
        """What to call a page: its title, without that of the site."""
        html = (self._live.folder / page).read_text(encoding="utf-8")
        found = TITLE.search(html)
        return unescape(found[1]).strip().removesuffix(f" · {site}") if found else page

    def _failed(self, problems: Iterable[Diagnostic]) -> News:
        errors = filter(is_error, problems)
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
