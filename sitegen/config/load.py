"""`sitegen.toml` as a checked configuration: every mistake at once, each with its place."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

from sitegen.config.schema import Config
from sitegen.config.validation import checked
from sitegen.data.diagnostics import at_key, at_value, unfit
from sitegen.data.toml_tree import read_toml
from sitegen.data.tree import Path, Tree, plain, shortened
from sitegen.model.codes import CODES
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Span
from sitegen.text.languages import A_LANGUAGE, is_language_tag, language_hint
from sitegen.text.spelling import did_you_mean
from sitegen.text.urls import checked_base_url, unsafe

if TYPE_CHECKING:
    from sitegen.config.palette import Tokens

ValueCheck: TypeAlias = Callable[[object], str | None]
"""What a value must be, if it is not that."""

COLOURED = ("accent", "light", "dark")
"""The keys of [theme] that give values to tokens of its style sheet."""
SEVERITIES = ("error", "warning", "info", "off")
UNKNOWN_KEY = "SG119"
"""The code for a key of front matter that nobody declares."""
CHOICES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("content", "dates"): ("front matter", "git"),
    ("content", "unknown"): ("allow", "warn", "forbid"),
    ("feeds", "content"): ("full", "excerpt"),
    ("comments", "provider"): ("giscus", "isso", "webmention"),
    ("comments", "giscus", "mapping"): ("pathname", "url", "title", "id"),
    ("analytics", "provider"): ("goatcounter", "plausible", "umami"),
    ("markdown", "anchors"): ("github", "hugo", "zola"),
    ("theme", "home"): ("timeline", "index", "cover"),
    ("theme", "fonts"): ("bundled", "system"),
    ("theme", "scheme"): ("auto", "light", "dark"),
    ("theme", "notes"): ("margin", "end"),
    ("theme", "numbers"): ("auto", "always", "never"),
}
"""The words that a key takes."""
ACCOUNT = ("theme", "reply", "mastodon")
DOCUMENT_PARTS = frozenset({"slug", "section", "id", "year", "month", "day"})
TERM_PARTS = frozenset({"slug"})
LONGEST_PATH = 255
"""Bytes of a folder below the site: as many as file systems take for one name."""
CLOSED, CLOSE = "a command whose quotes are closed", "close the quotes"
SCRIPT = "write one command, or put all of them into a script and write its name"
PART = re.compile(r"\{(\w+)\}")
SHELL = {"&&", "||", "|", ";", "&", "<", ">", ">>"}
"""Words that only a shell understands."""
MACHINE_ZONES = {"localtime", "posixrules"}
"""Names under which a machine keeps its own zone: a site must not depend on it."""


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
    return replace(
        at, path=path, column=column, length=at.length - 2 * quotes, target=problem.target
    )


def _unusable(tree: Tree, values: dict[str, object]) -> Iterator[Diagnostic]:
    for keys, check in (*CHECKS.items(), *_checks_of_tables(values)):
        value = _value(values, keys)
        if value is not None and (expected := check(value)):
            unknown = _unknown_part(tree, keys, str(value)) if keys[0] == "permalinks" else None
            yield unknown or unfit(tree, keys, expected, "SG003", _hint(keys, value))
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
        yield unfit(tree, path, _one_of(SEVERITIES), "SG003", nearest)


def _hint(path: Path, value: object) -> str | None:
    if path in CHOICES:
        return did_you_mean(str(value), CHOICES[tuple(map(str, path))])
    if path == ("build", "command"):
        return CLOSE if _command(value) == CLOSED else SCRIPT
    if path == ("timezone",):
        return did_you_mean(str(value), sorted(available_timezones() - MACHINE_ZONES))
    if path == ("language",):
        return language_hint(str(value))
    if path == ("base_url",) and "://" not in str(value):
        address = checked_base_url(f"https://{value}")
        return f"write '{address}'" if address else None
    if CHECKS.get(tuple(map(str, path))) is _count:
        return "write a whole number such as 10"
    if path == ("theme", "related"):
        return "write 0 for none"
    if path[-1] == ACCOUNT[-1] and (
        url := re.fullmatch(r"https?://([^/]+)/@([^/]+)/?", str(value))
    ):
        return f"write '@{url[2]}@{url[1]}'"
    return _as_path(path, str(value)) if path[0] in ("permalinks", "output", "content") else None


def _as_path(path: Path, value: str) -> str | None:
    """The hint that makes a path of one that starts or ends wrong, or lacks what it must have."""
    parts = [part for part in value.split("/") if part not in ("", ".", "..")]
    if path[0] != "permalinks":
        return f"write '{parts[-1]}'" if parts and not _folder(parts[-1]) else None
    if path == ("permalinks", "home"):
        whole = [part for part in parts if not re.search("[{}]", part)]
    else:
        has_name = any(name in value for name in ("{slug}", "{id}"))
        whole = parts if has_name else [*parts, "{slug}"]
    meant = f"/{'/'.join(whole)}/"
    return None if CHECKS[_checked_like(path)](meant) else f"write '{meant}'"


def _checked_like(path: Path) -> tuple[str, ...]:
    """The key of `CHECKS` for a path: the pattern of a section is like that of all posts."""
    return ("permalinks", "posts" if path[1] == "sections" else str(path[1]))


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


def _one_of(words: tuple[str, ...]) -> str:
    return f"one of {', '.join(repr(word) for word in words)}"


def _base_url(value: object) -> str | None:
    is_usable = isinstance(value, str) and checked_base_url(value)
    return None if is_usable else "an address such as https://example.org/blog/"


def _timezone(value: object) -> str | None:
    try:
        is_known = value not in MACHINE_ZONES and ZoneInfo(str(value)) is not None
    except (KeyError, ValueError, OSError):
        is_known = False
    return None if is_known else "a time zone such as Europe/Berlin or UTC"


def _language(value: object) -> str | None:
    return None if is_language_tag(str(value)) else A_LANGUAGE


def _count(value: object) -> str | None:
    return None if isinstance(value, int) and value >= 1 else "a whole number from 1"


def _accent(value: object) -> str | None:
    is_short = isinstance(value, tuple) and len(value) <= 2
    return None if is_short else "two colours at most: for light pages, and for dark ones"


def _number(value: object) -> str | None:
    return None if isinstance(value, int) and value >= 0 else "a whole number from 0"


def _formats(value: object) -> str | None:
    is_known = isinstance(value, tuple) and {"avif", "webp"}.issuperset(value)
    return None if is_known else "a list of 'avif' and 'webp', or of neither"


def _diagrams(value: object) -> str | None:
    is_known = isinstance(value, tuple) and {"mermaid", "graphviz", "d2"}.issuperset(value)
    return None if is_known else "a list of 'mermaid', 'graphviz' and 'd2', or of none of these"


def _widths(value: object) -> str | None:
    widths = value if isinstance(value, tuple) else (0,)
    is_possible = len(widths) <= 12 and all(16 <= width <= 8000 for width in widths)
    return None if is_possible else "at most 12 widths, each from 16 to 8000"


def _quality(value: object) -> str | None:
    return None if isinstance(value, int) and 1 <= value <= 100 else "a whole number from 1 to 100"


def _folder(value: object) -> str | None:
    path = PurePosixPath(str(value))
    is_inside = path.parts and not path.is_absolute() and ".." not in path.parts
    is_portable = not re.search(r'[\\:*?"<>|\x00-\x1f]', str(value))
    if len(str(value).encode()) > LONGEST_PATH:
        return f"a path of at most {LONGEST_PATH} bytes"
    return None if is_inside and is_portable else "a folder inside the site folder"


def _command(value: object) -> str | None:
    try:
        words = shlex.split(str(value))
    except ValueError:
        return CLOSED
    if "\0" in str(value):
        return "a command without the character 0"
    if found := SHELL.intersection(words):
        sign = f"({min(found)!r} needs a shell, and there is none)"
        return f"one program with its arguments, which may be a script {sign}"
    return None


def _choice(words: tuple[str, ...]) -> ValueCheck:
    """A check that a value is one of these words."""
    return lambda value: None if value in words else _one_of(words)


def _like(pattern: str, expected: str) -> ValueCheck:
    """A check that a text is empty, or looks as the pattern says."""
    return lambda value: None if re.fullmatch(f"({pattern})?", str(value)) else expected


def _path(value: object) -> str | None:
    path = str(value).strip("/")
    is_path = str(value).startswith("/") and not any(map(unsafe, path.split("/") if path else ()))
    return None if is_path and not re.search("[{}]", path) else "a path such as /blog/"


def _pattern(known: frozenset[str], *, end: str = "") -> ValueCheck:
    """A check of permalink patterns with these parts; `end` is what they must end with."""

    def check(value: object) -> str | None:
        text = str(value)
        parts = set(PART.findall(text))
        rest = PART.sub("x", text)
        names_each = bool(parts & {"slug", "id"}) and parts <= known
        is_path = (
            text.startswith("/")
            and text.endswith(end)
            and not re.search(r"[{}\\?#\s]|/\.{1,2}(/|$)|//", rest)
        )
        if names_each and is_path:
            return None
        shown = ", ".join(f"{{{part}}}" for part in sorted(known))
        each = "{slug} or {id}" if "id" in known else "{slug}"
        ends = f", ends with {end}" if end else ""
        return f"a path that starts with /{ends} and has {each} (known: {shown})"

    return check


CHECKS: dict[tuple[str, ...], ValueCheck] = {
    ("base_url",): _base_url,
    ("language",): _language,
    ("timezone",): _timezone,
    ("paginate",): _count,
    ("icon",): _like(r"/?[^/:?#][^:?#]*", "the path of a file in static/, such as /icon.svg"),
    ("output",): _folder,
    ("content", "path"): _folder,
    ("build", "command"): _command,
    **{path: _choice(words) for path, words in CHOICES.items()},
    ("feeds", "items"): _count,
    ("images", "formats"): _formats,
    ("markdown", "diagrams"): _diagrams,
    ("images", "widths"): _widths,
    ("images", "quality"): _quality,
    ("feeds", "hub"): _like(r"https?://\S+", "an address such as https://hub.example/"),
    ("theme", "accent"): _accent,
    ("theme", "related"): _number,
    ("theme", "reply", "email"): _like(r"[^@\s]+@[^@\s]+", "an address such as me@example.org"),
    ACCOUNT: _like(r"@?[^@\s/]+@[^@\s/]+", "an account such as @me@social.example"),
    ("theme", "reply", "edit"): _like(r"https?://.*{path}.*", "an address with {path} in it"),
    ("permalinks", "home"): _path,
    ("permalinks", "posts"): _pattern(DOCUMENT_PARTS),
    ("permalinks", "pages"): _pattern(DOCUMENT_PARTS),
    ("permalinks", "tags"): _pattern(TERM_PARTS, end="/"),
    ("permalinks", "categories"): _pattern(TERM_PARTS, end="/"),
    ("permalinks", "authors"): _pattern(TERM_PARTS, end="/"),
    ("permalinks", "series"): _pattern(TERM_PARTS, end="/"),
}
"""What the types of `Config` cannot say."""
