"""Which keys of front matter the templates of a site show, beside those that sitegen knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_STEP = re.compile(r"""\.get\(\s*["']([^"']+)["']\s*\)|\[\s*["']([^"']+)["']\s*\]|\.([^\W\d]\w*)""")
_EXTRA = re.compile(rf"(?<!\bsite)\.extra((?:{_STEP.pattern})+)")
"""`page.extra.weight` or `it.extra["nav-order"]`; `site.extra` is in the configuration."""


def keys_of_extra(templates: Iterable[str]) -> frozenset[str]:
    """The keys, and those in them as `params.weight`, that the texts of these templates name."""
    return frozenset(key for text in templates for key in _keys(text))


def _keys(text: str) -> Iterator[str]:
    for found in _EXTRA.finditer(text):
        key = ""
        for step in _STEP.finditer(found[1]):
            key += f".{step[1] or step[2] or step[3]}"
            yield key[1:]
