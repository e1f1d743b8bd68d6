"""Links that lead nowhere only because of how they are written, which says what is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.source import MARKDOWN
from sitegen.site.links import split_href
from sitegen.text.urls import MISTYPED_SCHEME

ON_THIS_COMPUTER = re.compile(r"[A-Za-z]:[\\/]|file:", re.IGNORECASE)
"""The start of a path that nobody else has."""
NO_ADDRESS = Diagnostic(
    "SG301", "broken link: it has no address", hint="write where it leads, or remove the link"
)
_SCHEME = re.compile(rf"{MISTYPED_SCHEME}(?:[:;]/{{0,3}}|//)(?=[\w-]+\.\w)")
_STATIC = re.compile(r"(?:\.{0,2}/)*static/(?=.)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")


def mistyped_scheme(href: str) -> Diagnostic | None:
    """SG301 for the address of another site whose scheme is not spelled right."""
    if (found := _SCHEME.match(href)) is None:
        return None
    scheme = "https" if "s" in found[0].lower() else "http"
    meant = f"{scheme}://{href[found.end() :]}"
    message = f"broken link: '{href}' has a scheme that is not spelled right"
    return Diagnostic("SG301", message, hint=f"write '{meant}'", fix=Fix(href, meant))


def slip_in(href: str, leads: Callable[[str], bool]) -> Diagnostic | None:
    """SG301 or SG303 for a broken link that is surely meant otherwise; `leads` says whether one
    that is written so leads somewhere.
    """
    address, rest = split_href(href)
    if _EMAIL.fullmatch(address):
        message = f"broken link: '{href}' is a path on this site, since it has no scheme"
        return _meant("SG301", message, address, f"mailto:{address}", rest)
    for why, meant in _readings(address):
        if leads(f"{meant}{rest}"):
            code = "SG301" if meant.lower().endswith(MARKDOWN) else "SG303"
            return _meant(code, f"broken link: '{href}' {why}", address, meant, rest)
    return None


def _readings(address: str) -> Iterator[tuple[str, str]]:
    """What an address may mean, and what is wrong with how it is written."""
    bare = address.strip("'\"“”„")
    if bare != address:
        yield "is in quotes", bare
    slashed = address.replace("\\", "/")
    if slashed != address:
        yield "has backslashes, which are for paths of Windows", slashed
    if found := _STATIC.match(slashed):
        yield "is published without 'static/'", f"/{slashed[found.end() :]}"
    elif slashed[:1] not in ("", ".", "/"):
        yield "is a path from the root of the site, which starts with '/'", f"/{slashed}"


def _meant(code: str, message: str, address: str, meant: str, rest: str) -> Diagnostic:
    fix = Fix(address, meant) if address.isprintable() and " " not in meant else None
    return Diagnostic(code, message, hint=f"write '{meant}{rest}'", fix=fix)
