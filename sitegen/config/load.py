"""`sitegen.toml` as a checked configuration: every mistake at once, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.config.hints import fix_for, hint_for
from sitegen.config.schema import Config
from sitegen.config.validation import checked
from sitegen.config.values import (
    ACCOUNT,
    CHECKS,
    DOCUMENT_PARTS,
    PART,
    TERM_PARTS,
    ValueCheck,
    one_of,
)
from sitegen.data.diagnostics import at_key, at_value, unfit
from sitegen.data.toml_tree import read_toml
from sitegen.data.tree import Path, Tree, plain, shortened
from sitegen.model.codes import CODES
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Span
from sitegen.text.spelling import did_you_mean
from sitegen.text.urls import checked_base_url

if TYPE_CHECKING:
    from sitegen.config.palette import Tokens

COLOURED = ("accent", "light", "dark")
"""The keys of [theme] that give values to tokens of its style sheet."""
SEVERITIES = ("error", "warning", "info", "off")
UNKNOWN_KEY = "SG119"
"""The code for a key of front matter that nobody declares."""


def load(
    text: str | None,
    path: str = "sitegen.toml",
    styles: Callable[[], tuple[str, ...]] | None = None,
    tokens: Callable[[], Tokens] | None = None,
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration that a file's text describes; without a file, the defaults.

    `styles` gives the names that [highlight] may use; it is asked only where that table is, since
    the answer costs the loading of Pygments. None: any name will do. `tokens` gives those of the
    theme in the same way, where [theme] is; None: its colours are not looked at.
    SG001 for what is not TOML, SG002 for unknown keys, SG003 for values that cannot be used, SG014
    for colours nobody could read. With any of them the configuration is the default one.
    """
    if text is None:
        return Config(), ()
    tree, unread = read_toml(text)
    if tree is None:
        return Config(), tuple(replace(d, code="SG001", path=path) for d in unread)
    values = {key: plain(node) for key, node in tree.value.items()}
    config, misfits = checked(Config, values, tree, wrong="SG003", unknown="SG002")
    reported = {(d.line, d.column) for d in misfits}
    found = (
        *_unusable(tree, values),
        *_unknown_styles(tree, values, styles),
        *_misfits_of_theme(tree, values, tokens),
        *_misfits_of_services(tree, values),
        *_misfits_of_fields(tree, config),
    )
    unusable = (d for d in found if (d.line, d.column) not in reported)
    problems = tuple(replace(d, path=path) for d in (*misfits, *unusable))
    if config is None or problems:
        return Config(), problems
    forbidden = {UNKNOWN_KEY: "error"} if config.content.unknown == "forbid" else {}
    return replace(
        config,
        base_url=checked_base_url(config.base_url) or config.base_url,
        diagnostics={**forbidden, **config.diagnostics},
    ), ()


def origins(text: str) -> dict[str, Span]:
    """Where each key of a configuration is written, by its name with dots."""
    tree, _ = read_toml(text)
    places = tree.places if tree else {}
    return {".".join(map(str, path)): place for path, place in places.items()}


def at_key_of(text: str, keys: Path, problem: Diagnostic, path: str = "sitegen.toml") -> Diagnostic:
    """A problem of the value of a key, at its place in the text of a configuration."""
    tree, _ = read_toml(text)
    if tree is None:
        return replace(problem, path=path)
    at = at_value(tree, keys, problem.message, problem.code, problem.hint)
    quotes = 1 if at.length == len(problem.target or "") + 2 else 0
    column = (at.column or 1) + quotes
    length = at.length - 2 * quotes
    return replace(
        at, path=path, column=column, length=length, target=problem.target, fix=problem.fix
    )


def _unusable(tree: Tree, values: dict[str, object]) -> Iterator[Diagnostic]:
    for keys, check in (*CHECKS.items(), *_checks_of_tables(values)):
        value = _value(values, keys)
        if value is not None and (expected := check(value)):
            unknown = _unknown_part(tree, keys, str(value)) if keys[0] == "permalinks" else None
            problem = unfit(tree, keys, expected, "SG003", hint_for(keys, value))
            yield unknown or replace(problem, fix=fix_for(keys, value))
    table = values.get("diagnostics")
    if isinstance(table, dict):
        for code, severity in table.items():
            yield from _severity(tree, code, severity)


def _checks_of_tables(values: object) -> Iterator[tuple[tuple[str, ...], ValueCheck]]:
    """Each folder may have a pattern, like that of all posts, and each author an account."""
    keys = ("permalinks", "sections")
    patterns, authors = _value(values, keys), _value(values, ("authors",))
    for folder in patterns if isinstance(patterns, dict) else ():
        yield (*keys, folder), CHECKS["permalinks", "posts"]
    for author in authors if isinstance(authors, dict) else ():
        yield ("authors", author, "mastodon"), CHECKS[ACCOUNT]


def _unknown_styles(
    tree: Tree, values: dict[str, object], styles: Callable[[], tuple[str, ...]] | None
) -> Iterator[Diagnostic]:
    for keys in (("highlight", "light"), ("highlight", "dark")):
        name = _value(values, keys)
        if styles and isinstance(name, str) and name not in (known := styles()):
            yield unfit(tree, keys, "a Pygments style", "SG003", did_you_mean(name, known))


def _misfits_of_theme(
    tree: Tree, values: dict[str, object], tokens: Callable[[], Tokens] | None
) -> Iterator[Diagnostic]:
    theme = values.get("theme")
    if tokens and isinstance(theme, dict) and not theme.keys().isdisjoint(COLOURED):
        from sitegen.config.contrast import misfits_of_theme

        yield from misfits_of_theme(tree, theme, tokens())


def _misfits_of_services(tree: Tree, values: dict[str, object]) -> Iterator[Diagnostic]:
    if not values.keys().isdisjoint(("comments", "analytics")):
        from sitegen.config.services import misfits_of_services

        yield from misfits_of_services(tree, values)


def _misfits_of_fields(tree: Tree, config: Config | None) -> Iterator[Diagnostic]:
    if config and config.fields:
        from sitegen.config.own_fields import misfits_of_fields

        yield from misfits_of_fields(tree, config.fields)


def _value(values: object, keys: tuple[str, ...]) -> object:
    value = values
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _severity(tree: Tree, code: str, severity: object) -> Iterator[Diagnostic]:
    path = ("diagnostics", code)
    if code not in CODES:
        nearest = did_you_mean(code.upper(), CODES, cutoff=0.8)
        hint = nearest or "remove this line; `sitegen explain` lists all codes"
        yield at_key(tree, path, f"unknown diagnostic code '{shortened(code)}'", "SG002", hint)
    elif CODES[code].fixed and severity != "error":
        hint = "remove this line: its severity cannot be changed"
        yield at_value(tree, path, f"'{code}' is always an error", "SG003", hint)
    elif severity not in SEVERITIES:
        nearest = did_you_mean(str(severity), SEVERITIES)
        yield unfit(tree, path, one_of(SEVERITIES), "SG003", nearest)


def _unknown_part(tree: Tree, keys: tuple[str, ...], pattern: str) -> Diagnostic | None:
    """What is wrong with the first `{part}` of a permalink pattern that means nothing."""
    known = DOCUMENT_PARTS if keys[1] in ("posts", "pages", "sections") else TERM_PARTS
    part = next((part for part in PART.findall(pattern) if part not in known), None)
    if part is None:
        return None
    hint = did_you_mean(part, sorted(known), "did you mean '{{{}}}'?")
    shown = ", ".join(f"{{{name}}}" for name in sorted(known))
    message = f"unknown part '{{{shortened(part)}}}' in '{'.'.join(keys)}'"
    return at_value(tree, keys, message, "SG003", hint or f"valid parts are {shown}")
