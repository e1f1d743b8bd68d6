"""What to write in place of a value of `sitegen.toml` that cannot be used."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from sitegen.config.values import (
    ACCOUNT,
    CHECKS,
    CHOICES,
    CLOSED,
    MACHINE_ZONES,
    command,
    folder,
    whole_number,
)
from sitegen.data.tree import Path
from sitegen.model.diagnostics import Fix
from sitegen.text.languages import language_hint
from sitegen.text.spelling import did_you_mean, slip_of
from sitegen.text.urls import checked_base_url

CLOSE = "close the quotes"
SCRIPT = "write one command, or put all of them into a script and write its name"
COLON_PART = re.compile(r":(\w+)")
"""A part of a permalink pattern as Hugo and Jekyll write it."""
NAMES_ELSEWHERE = {"title": "slug", "slugorfilename": "slug", "filename": "slug", "i_day": "day"}
"""What parts are called elsewhere."""


def hint_for(path: Path, value: object) -> str | None:
    """The hint for a value at a path of the configuration, which cannot be used."""
    if path in CHOICES:
        return did_you_mean(str(value), CHOICES[tuple(map(str, path))])
    if path == ("build", "command"):
        return CLOSE if command(value) == CLOSED else SCRIPT
    if path == ("timezone",):
        return did_you_mean(str(value), sorted(available_timezones() - MACHINE_ZONES))
    if path == ("language",):
        return language_hint(str(value))
    if path == ("base_url",):
        return _as_address(str(value))
    if CHECKS.get(tuple(map(str, path))) is whole_number:
        return "write a whole number such as 10"
    if path == ("theme", "related"):
        return "write 0 for none"
    if path[-1] == ACCOUNT[-1] and (
        url := re.fullmatch(r"https?://([^/]+)/@([^/]+)/?", str(value))
    ):
        return f"write '@{url[2]}@{url[1]}'"
    return _as_path(path, str(value)) if path[0] in ("permalinks", "output", "content") else None


def fix_for(path: Path, value: object) -> Fix | None:
    """The choice that a mistyped one surely is."""
    choices = CHOICES.get(tuple(map(str, path)), ())
    meant = slip_of(str(value), choices)
    return Fix(str(value), meant) if meant else None


def _as_address(value: str) -> str | None:
    """The hint that makes the address of a site of what may be one, or nearly."""
    scheme = value.lower().partition(":")[0]
    is_web = scheme in ("http", "https")
    rest = value[len(scheme) :].lstrip(":/") if is_web else value
    if "://" in rest:
        return None
    address = checked_base_url(f"{scheme if is_web else 'https'}://{re.split('[?#]', rest)[0]}")
    return f"write '{address}'" if address else None


def _as_path(path: Path, value: str) -> str | None:
    """The hint that makes a path of one that starts or ends wrong, or lacks what it must have."""
    if path[0] == "permalinks":
        value = COLON_PART.sub(_placeholder, value)
    parts = [part for part in value.split("/") if part not in ("", ".", "..")]
    if path[0] != "permalinks":
        return f"write '{parts[-1]}'" if parts and not folder(parts[-1]) else None
    if path == ("permalinks", "home"):
        whole = [part for part in parts if not re.search("[{}]", part)]
    else:
        has_name = any(name in value for name in ("{slug}", "{id}"))
        whole = parts if has_name else [*parts, "{slug}"]
    meant = f"/{'/'.join(whole)}/"
    return None if CHECKS[_checked_like(path)](meant) else f"write '{meant}'"


def _placeholder(found: re.Match[str]) -> str:
    return f"{{{NAMES_ELSEWHERE.get(found[1], found[1])}}}"


def _checked_like(path: Path) -> tuple[str, ...]:
    """The key of `CHECKS` for a path: the pattern of a section is like that of all posts."""
    return ("permalinks", "posts" if path[1] == "sections" else str(path[1]))
