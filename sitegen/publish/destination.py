"""Where a site will be: its domain, its address, and what is likely to be wrong about them."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import UsageError
from sitegen.publish.github import CNAME, Repository
from sitegen.sources.discover import CONFIG_FILE, STATIC
from sitegen.text.urls import checked_base_url

LOCAL = ("localhost", "127.0.0.1", "::1")
"""Hosts that nobody else can reach: a base URL there is none to publish for."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the site will be, and how that is known."""

    url: str
    known_from: str


@dataclass(frozen=True, slots=True)
class Remote:
    """Where the site goes to."""

    remote: str
    """The name of the remote."""
    shown: str
    """Its address, without secrets."""
    github: Repository | None
    """None: it is not on GitHub, or under a name of the user's own."""


def domain_of(text: str | None, where: str) -> str | None:
    """The domain in ASCII and lower case; UsageError where the text is none."""
    if text is None:
        return None
    parts = urlsplit(checked_base_url(f"https://{text}/") or "")
    if not parts.hostname or parts.hostname != parts.netloc.lower() or parts.path != "/":
        hint = "it is a name such as blog.example.org, without https:// and without a path"
        raise UsageError(f"{where}: {text!r} is not a domain", hint=hint)
    return parts.hostname


def the_domain(wished: str | None, own: str | None, published: str | None) -> str | None:
    """The domain of the site, if it has one: by the command, a static file, or the branch."""
    wished, own = domain_of(wished, "--domain"), domain_of(own, f"{STATIC}/{CNAME}")
    if wished and own and wished != own:
        hint = f"change {STATIC}/{CNAME}, which is published as it is, or leave --domain out"
        raise UsageError(f"--domain is {wished}, but {STATIC}/{CNAME} is {own}", hint=hint)
    return wished or own or domain_of(published, f"{CNAME} on the branch")


def destination_of(
    wished: str | None, configured: str, domain: str | None, host: Remote
) -> Destination:
    """The address to build for; UsageError where nothing says it.

    `wished` is the domain of the command, `domain` the one from anywhere.
    """
    if wished:
        return Destination(f"https://{domain}/", "--domain")
    if urlsplit(configured).hostname not in LOCAL:
        return Destination(configured, f"base_url in {CONFIG_FILE}")
    if domain:
        return Destination(f"https://{domain}/", CNAME)
    if host.github:
        return Destination(host.github.pages, f"the remote '{host.remote}'")
    raise UsageError(
        f"nothing says where the site will be: {host.shown} is not on GitHub",
        hint=f'put base_url = "https://…" into {CONFIG_FILE}',
    )


def contradictions(url: str, domain: str | None, host: Remote) -> Iterator[str]:
    """What the address and the host disagree about, in sentences."""
    name = urlsplit(url).hostname or ""
    if domain:
        if url.partition("://")[2] != f"{domain}/":
            yield f"{CNAME} says {domain}, but base_url is {url}: one of them is wrong"
    elif host.github and name.endswith(".github.io"):
        if url != host.github.pages:
            yield f"base_url is {url}, but GitHub has this repository at {host.github.pages}"
    elif host.github and urlsplit(url).path == "/":
        yield f"GitHub does not know of {name} yet: give --domain {name} once"
