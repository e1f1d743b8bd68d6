"""Where the server listens, and which names are its own."""

from __future__ import annotations

import socket

import pytest

from sitegen.model.diagnostics import UsageError
from sitegen.serve.bind import Bind, listening

EVERYWHERE = "0.0.0.0"  # noqa: S104 (what is tested)


@pytest.mark.parametrize(
    ("host", "port", "url"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("localhost", 80, "http://localhost"),
        ("::1", 8000, "http://[::1]:8000"),
        (EVERYWHERE, 8000, "http://localhost:8000"),
        ("::", 8000, "http://localhost:8000"),
        ("my.host", 1, "http://my.host:1"),
    ],
)
def test_url_is_what_a_browser_on_this_computer_opens(host: str, port: int, url: str) -> None:
    assert Bind(host, port).url == url
    assert Bind(host, port).is_own(url.removeprefix("http://"))


@pytest.mark.parametrize(
    ("host", "is_public"),
    [
        *[("127.0.0.1", False), ("127.0.0.2", False), ("::1", False), ("localhost", False)],
        *[(EVERYWHERE, True), ("::", True), ("192.168.1.2", True), ("my.host", True)],
    ],
)
def test_only_loopback_is_private(host: str, is_public: bool) -> None:
    assert Bind(host, 8000).is_public is is_public


@pytest.mark.parametrize(
    ("asked", "is_own"),
    [
        *[("10.0.0.1:8000", True), ("[fe80::1]:8000", True), ("localhost:8000", True)],
        *[
            ("evil.example:8000", False),
            ("10.0.0.1:80", False),
            ("10.0.0.1.evil.example:8000", False),
        ],
        *[("[::1", False), (":8000", False), ("@10.0.0.1:8000", False), ("", False)],
    ],
)
def test_server_for_everyone_answers_to_addresses_and_not_to_names(
    asked: str, is_own: bool
) -> None:
    assert Bind(EVERYWHERE, 8000).is_own(asked) is is_own


def test_port_of_a_server_that_has_just_ended_is_free() -> None:
    with listening(Bind("127.0.0.1", 0)) as accepting:
        port = accepting.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepting.accept()[0].close()  # which leaves the port in TIME_WAIT
    with listening(Bind("127.0.0.1", port)):
        pass


def test_host_that_is_none_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="cannot listen on nowhere"):
        listening(Bind("nowhere.invalid", 8000)).__enter__()


def test_connection_is_known_to_be_tcp() -> None:
    """asyncio sends at once only on those, and each page came 40 ms after its head."""
    with (
        listening(Bind("127.0.0.1", 0)) as accepting,
        socket.create_connection(accepting.getsockname()),
        accepting.accept()[0] as accepted,
    ):
        assert accepted.proto == socket.IPPROTO_TCP
