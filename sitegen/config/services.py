"""What the services of others need to know, by provider: [comments] and [analytics].

giscus: giscus.app. Isso: isso-comments.de/docs. GoatCounter: goatcounter.com/help/start. Plausible:
plausible.io/docs/plausible-script. Umami: umami.is/docs/tracker-configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.data.diagnostics import at_value, named, unfit
from sitegen.data.tree import Path, Tree
from sitegen.model.diagnostics import Diagnostic

_ADDRESS = (r"https?://[^\s/]+(/\S*)?", "an address such as https://{}")
_GISCUS, _ISSO = ("comments", "giscus"), ("comments", "isso")
_WEBMENTION = ("comments", "webmention")
_SITE, _SCRIPT = ("analytics", "site"), ("analytics", "script")

Shape = tuple[str, str]
"""The pattern of a value, and what it must be in words."""

NEEDS: Mapping[tuple[str, str], Mapping[Path, Shape]] = {
    ("comments", "giscus"): {
        (*_GISCUS, "repo"): (r"[\w.-]+/[\w.-]+", "an owner and a name, such as me/blog"),
        (*_GISCUS, "repo_id"): (r"\S+", "the id that giscus.app shows"),
        (*_GISCUS, "category"): (r".+", "the name of a category of discussions"),
        (*_GISCUS, "category_id"): (r"\S+", "the id that giscus.app shows"),
    },
    ("comments", "isso"): {
        (*_ISSO, "server"): (_ADDRESS[0], _ADDRESS[1].format("comments.example.org")),
    },
    ("comments", "webmention"): {
        (*_WEBMENTION, "endpoint"): (
            _ADDRESS[0],
            _ADDRESS[1].format("webmention.io/me.example/webmention"),
        ),
        (*_WEBMENTION, "source"): (
            _ADDRESS[0],
            _ADDRESS[1].format("webmention.io/api/mentions.jf2?domain=me.example"),
        ),
    },
    ("analytics", "goatcounter"): {
        _SITE: (_ADDRESS[0], _ADDRESS[1].format("me.goatcounter.com/count")),
    },
    ("analytics", "plausible"): {
        _SITE: (r"[^\s/:]+", "a domain, such as example.org"),
    },
    ("analytics", "umami"): {
        _SITE: (r"[0-9A-Fa-f-]{36}", "the id of a website, of 36 characters"),
    },
}
"""By table and provider: the keys that must be there, and what they are."""

OPTIONAL: Mapping[Path, Shape] = {
    (*_GISCUS, "server"): (_ADDRESS[0], _ADDRESS[1].format("giscus.app")),
    _SCRIPT: (_ADDRESS[0], _ADDRESS[1].format("plausible.io/js/script.js")),
}


def misfits_of_services(tree: Tree, values: Mapping[str, object]) -> Iterator[Diagnostic]:
    """SG003 for a key that the provider needs and that is not there, and for what it cannot be."""
    for table, provider in ((name, _at(values, (name, "provider"))) for name in _TABLES):
        for path, (pattern, expected) in NEEDS.get((table, str(provider)), {}).items():
            value = _at(values, path)
            if value is None:
                yield _missing(tree, table, path, expected)
            elif not re.fullmatch(pattern, str(value)):
                yield unfit(tree, path, expected, "SG003", None)
    for path, (pattern, expected) in OPTIONAL.items():
        value = _at(values, path)
        if value and not re.fullmatch(pattern, str(value)):
            yield unfit(tree, path, expected, "SG003", None)


_TABLES = tuple(dict.fromkeys(table for table, _ in NEEDS))


def _missing(tree: Tree, table: str, path: Path, expected: str) -> Diagnostic:
    message = f"'{named(path)}' is missing, which this provider needs"
    hint = f'add below [{named(path[:-1])}]: {path[-1]} = "…"; it is {expected}'
    return at_value(tree, (table, "provider"), message, "SG003", hint)


def _at(values: object, path: Path) -> object:
    for key in path:
        values = values.get(str(key)) if isinstance(values, Mapping) else None
    return values
