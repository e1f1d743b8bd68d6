"""Patterns of paths: `drafts/**`, `**/notes.md`, `*.tmp`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r"\*\*/|\*\*|\*|\?|[^*?]+")
_MEANINGS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matcher(patterns: Iterable[str]) -> re.Pattern[str]:
    """What matches, as a whole, the relative paths that any of the patterns describes.

    `*` is anything within a name, `?` one character of it, and `**` any folders; case counts. A
    pattern that describes a folder describes all that is in it. No patterns match nothing.
    """
    either = "|".join(_expression(pattern.strip("/")) for pattern in patterns)
    return re.compile(f"(?:{either})(?:/.*)?" if either else r"(?!)", re.DOTALL)


def _expression(pattern: str) -> str:
    parts: list[str] = _PART.findall(pattern)
    return "".join(_MEANINGS.get(part) or re.escape(part) for part in parts)
