"""What `sitegen serve` answers: the finished site, and what keeps its tabs up to date.

A build closes the `Gate` before it changes the first file, and it opens when all know of the new
site. Requests are behind it from looking a file up until they have it open, so a page is never of
half a build. An answer under way goes on from the file it has opened: a build replaces files, and
never writes into them.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from html import escape
from pathlib import Path
from typing import Self
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sitegen.serve.bind import Bind
from sitegen.serve.live_reload import News
from sitegen.serve.security import Guard

PRIVATE = "/_sitegen"
"""Below which nothing is of the site."""
BROWSER = Path(__file__).parent / "browser"
"""What runs in the browser."""
_NOWHERE = ".sitegen/nowhere"
"""A path at which no site has a file."""
LONGEST_NUMBER = 18
"""Digits of the number of a site."""
NO_SITE = b"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>No site yet</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<style>body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0;
padding: 0 1.25rem }</style></head>
<body><h1>No site yet</h1><p>The first build failed. As soon as what is wrong is mended, the site
appears here by itself.</p></body></html>
"""


class Gate:
    """Lets requests in when nothing changes, and a change in when no request is. Of one loop."""

    def __init__(self) -> None:
        self._open, self._empty = asyncio.Event(), asyncio.Event()
        self._empty.set()
        self._inside = 0

    async def __aenter__(self) -> Self:
        while not self._open.is_set():  # it may have closed again before it is our turn
            await self._open.wait()
        self._inside += 1
        self._empty.clear()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._inside -= 1
        if not self._inside:
            self._empty.set()

    async def close(self) -> None:
        """Let no request in; it ends when the last is out."""
        self._open.clear()
        await self._empty.wait()

    def open(self) -> None:
        self._open.set()


class Live:
    """The site that is served, and its state. Changed only in the server's event loop."""

    def __init__(self, folder: Path, address: Bind, news: News) -> None:
        self.folder, self.address, self.news = folder, address, news
        self.base = "/"
        """The path below which the site is: unquoted, with a slash at both ends."""
        self.gate = Gate()
        self._changed = asyncio.Condition()

    async def tell(self, news: News, base: str) -> None:
        """Serve what the news are of, and have all tabs ask for them."""
        async with self._changed:
            self.news, self.base = news, base
            self._changed.notify_all()
        self.gate.open()

    async def rounds(self) -> AsyncIterator[int]:
        """The number of the last build, and of each that follows."""
        seen = -1
        while True:
            async with self._changed:
                while self.news.round == seen:
                    await self._changed.wait()
                seen = self.news.round
            yield seen


def create_app(live: Live) -> ASGIApp:
    """All answers of the server."""

    async def events(_: Request) -> Response:
        return StreamingResponse(_event_stream(live), media_type="text/event-stream")

    async def news(request: Request) -> Response:
        since = request.query_params.get("since", "")[:LONGEST_NUMBER]
        return JSONResponse(live.news.since(int(since) if since.isdecimal() else 0))

    scripts = StaticFiles(directory=BROWSER)
    routes = [Route("/events", events), Route("/news", news), Mount("/", scripts)]
    guard = Middleware(Guard, address=live.address, private=PRIVATE)
    mounts = [Mount(PRIVATE, routes=routes), Mount("/", SiteFiles(live))]
    return Starlette(routes=mounts, middleware=[guard])


async def _event_stream(live: Live) -> AsyncIterator[str]:
    """Server-sent events (HTML §9.2). After a lost connection, browsers retry in half a second."""
    yield "retry: 500\n\n"
    async for number in live.rounds():
        yield f"data: {number}\n\n"


class SiteFiles(StaticFiles):
    """The built site below its base path, with the reload script in every page."""

    def __init__(self, live: Live) -> None:
        super().__init__(directory=live.folder, html=True)
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with AsyncExitStack() as inside:
            await inside.enter_async_context(self._live.gate)
            below = {**scope, "root_path": self._live.base.rstrip("/")}
            await super().__call__(below, receive, _once_open(send, inside))

    async def get_response(self, path: str, scope: Scope) -> Response:
        asked, base = Headers(scope=scope), self._live.base
        if not self._live.news.number:
            return self._page(NO_SITE, "", asked, 503)
        if scope["path"] == "/" != base:
            return RedirectResponse(quote(base))
        response = await super().get_response(self._sought(scope["path"], path), scope)
        if not isinstance(response, FileResponse) or response.media_type != "text/html":
            return response
        file = Path(response.path)
        url = base + file.relative_to(self._live.folder).as_posix()
        return self._page(file.read_bytes(), url, asked, response.status_code)

    def _sought(self, where: str, path: str) -> str:
        """Where the file of a request would be, from the path of its URL, and below the folder."""
        is_below = f"{where}/".startswith(self._live.base)
        # Not Path.is_file, which raises for a name that is too long.
        is_file = where.endswith("/") and os.path.isfile(self._live.folder / path)  # noqa: PTH113
        return path if is_below and not is_file and not _is_hidden(where) else _NOWHERE

    def _page(self, html: bytes, url: str, asked: Headers, status: int) -> Response:
        """A page with the reload script and the number of the build: so each build has another
        page, and a browser never shows a cached one as if it were new.
        """
        news = self._live.news
        state = {"page": url, "session": news.session if news.number else "", "since": news.number}
        data = escape(json.dumps(state))
        script = f'<script type="module" src="{PRIVATE}/reload.js" data-sitegen="{data}"></script>'
        body, end, rest = html.rpartition(b"</body>")
        etag = f'"{news.session}-{news.number}-{len(html)}"'
        whole = (body or rest) + script.encode() + end + (rest if body else b"")
        response = Response(whole, status, {"etag": etag}, media_type="text/html")
        if status == 200 and self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        return response


def _is_hidden(path: str) -> bool:
    """Whether a path is one of those that web servers do not show, or no path at all.

    `.well-known` is for all to see (RFC 8615).
    """
    parts = path.split("/")[1:]
    is_odd = "" in parts[:-1] or "\\" in path or not path.isprintable()
    return is_odd or any(part.startswith(".") and part != ".well-known" for part in parts)


def _once_open(send: Send, inside: AsyncExitStack) -> Send:
    """Sends an answer, which leaves the gate when its first bytes are there.

    The head is held back until then: a browser that is slow to take it holds no build up.
    """
    head: list[Message] = []

    async def send_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            head.append(message)
            return
        if head:
            await inside.aclose()
            await send(head.pop())
        await send(message)

    return send_on
