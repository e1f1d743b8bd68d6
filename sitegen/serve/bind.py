"""Where the server of `sitegen serve` listens, and by which names it may be asked for.

A page of any other site can send requests to a server on this computer. It cannot make the
browser name another Host or Origin than the ones it believes in, so whoever is asked for by a name
that is not its own was reached by a trick (DNS rebinding), and must not answer.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import UsageError

OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
TRIES = 100
"""Ports after a busy one that are tried for a free one."""


@dataclass(frozen=True, slots=True)
class Bind:
    host: str
    port: int

    @property
    def url(self) -> str:
        """What to type into a browser on this computer, without a path."""
        host = "localhost" if self._is_everywhere else self._written
        return f"http://{host}" if self.port == 80 else f"http://{host}:{self.port}"

    @property
    def is_public(self) -> bool:
        """Whether other computers can reach it, as far as the host tells."""
        ip = _ip(self.host)
        return not (ip.is_loopback if ip else self.host == "localhost")

    def is_own(self, host: str) -> bool:
        """Whether the Host of a request (RFC 9110 §7.2) is a name of this server.

        One that listens everywhere answers to all IP addresses: those cannot be rebound.
        """
        name, has_port, port = host.rpartition(":")
        if not has_port or port.endswith("]"):
            name, port = host, "80"
        if port != str(self.port):
            return False
        known = {*OWN_NAMES, self._written.lower()}
        return name.lower() in known or (self._is_everywhere and _ip(name.strip("[]")) is not None)

    @property
    def _written(self) -> str:
        """The host as it stands in a URL (RFC 3986 §3.2.2)."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def _is_everywhere(self) -> bool:
        ip = _ip(self.host)
        return ip is not None and ip.is_unspecified


def _ip(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None


@contextmanager
def listening(address: Bind) -> Iterator[socket.socket]:
    """A socket that accepts connections. Raises UsageError where there can be none."""
    try:
        found = _bound(address)
    except OSError as error:
        raise _refused(address, error) from None
    with found:
        yield found


def _bound(address: Bind) -> socket.socket:
    (family, kind, protocol, _, place), *_ = socket.getaddrinfo(
        address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    # With its number, or asyncio does not see that it is TCP, and leaves Nagle's algorithm on.
    found = socket.socket(family, kind, protocol)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # Windows would share the port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:  # a port whose last owner has just ended is free
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(place)
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def _refused(address: Bind, error: OSError) -> UsageError:
    where = f"{address.host} port {address.port}"
    if error.errno != errno.EADDRINUSE:
        return UsageError(f"cannot listen on {where}: {error.strerror}")
    free = _free_after(address)
    hint = f"port {free} is free: sitegen serve --port {free}" if free else None
    return UsageError(f"port {address.port} is in use", hint=hint)


def _free_after(address: Bind) -> int | None:
    for port in range(address.port + 1, min(address.port + TRIES, 65536)):
        try:
            _bound(Bind(address.host, port)).close()
        except OSError:
            continue
        return port
    return None


def is_unused(port: int) -> bool:
    """Whether nothing listens on this port, at any address of this computer."""
    try:
        for family in (socket.AF_INET, socket.AF_INET6) if socket.has_ipv6 else (socket.AF_INET,):
            with socket.socket(family) as probe:
                if family == socket.AF_INET6:
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(("", port))
    except (OSError, OverflowError):
        return False
    return True
