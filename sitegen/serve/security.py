"""Who is answered: nothing of the site can be read by a page of another.

Such a page would have to ask under another host name (DNS rebinding), or would get an answer
that its browser keeps from it: there is no CORS header, and the resource policy is `same-origin`.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sitegen.serve.bind import Bind

HEADERS = {
    "cache-control": "no-cache",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
"""Of every answer, unless it has its own."""


class Guard:
    """Refuses requests under foreign names, and below `private` those of foreign pages."""

    def __init__(self, app: ASGIApp, address: Bind, private: str) -> None:
        self._app, self._address, self._private = app, address, private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._refusal(scope["path"], Headers(scope=scope)) or self._app
        await answer(scope, receive, send_with_headers)

    def _refusal(self, path: str, headers: Headers) -> Response | None:
        if not self._address.is_own(headers.get("host", "")):
            return PlainTextResponse("This server does not go by that name.\n", 421)
        if path.startswith(self._private) and self._is_foreign(headers):
            return PlainTextResponse("Only a page of this server may ask that.\n", 403)
        return None

    def _is_foreign(self, headers: Headers) -> bool:
        """Whether a page of another origin asks (Fetch §3.2, Fetch Metadata §2.3)."""
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return True
        if (origin := headers.get("origin")) is None:
            return False
        scheme, _, host = origin.partition("://")
        return scheme != "http" or not self._address.is_own(host)
