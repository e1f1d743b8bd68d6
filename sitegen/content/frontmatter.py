"""The text of a post or page as typed front matter and a body.

python-frontmatter knows the fences. What is between and behind them is read here: its own
`parse` strips the body, drops what is not a mapping, passes an unclosed header to the readers of
the page, and knows no lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from frontmatter.default_handlers import BaseHandler

from sitegen.content.fields import FOREIGN, KEYS, TYPED, read_fields
from sitegen.data.toml_tree import read_toml
from sitegen.data.tree import Node, Scalar, Tree, TreeResult, scalars, shortened
from sitegen.data.yaml_tree import read_yaml
from sitegen.model.codes import CODES, Severity
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Meta
from sitegen.model.source import Kind, Source, Span
from sitegen.text.dates import date_in_name, read_date
from sitegen.text.spelling import did_you_mean


@dataclass(frozen=True, slots=True)
class Parsed:
    """A source file, taken apart."""

    meta: Meta | None
    """None: the front matter has errors, which are among the diagnostics."""
    body: str
    """The rest of the text, untouched."""
    line: int
    """Of the file, on which the body starts."""
    diagnostics: tuple[Diagnostic, ...]


class YamlFences(BaseHandler):
    """`---` to `---` or `...`, from the first line on."""

    FM_BOUNDARY = re.compile(r"\A---[ \t]*$|(?<=\n)(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def load(self, fm: str) -> TreeResult:  # type: ignore[override]
        tree, problems = read_yaml(fm)
        # A heading between two rules is a comment to YAML, and would be lost.
        is_prose = tree == Tree() and fm.startswith("\n\n") and not fm.isspace()
        return None if is_prose else tree, problems


class TomlFences(BaseHandler):
    """`+++` to `+++`. The handler of python-frontmatter is there only beside the package `toml`."""

    FM_BOUNDARY = re.compile(r"\A\+\+\+[ \t]*$|(?<=\n)\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> TreeResult:  # type: ignore[override]
        return read_toml(fm)


A_RULE = "if a rule is meant, write it as '***'"
FENCES: tuple[YamlFences | TomlFences, ...] = (YamlFences(), TomlFences())


def parse(text: str, source: Source, zone: ZoneInfo) -> Parsed:
    """The front matter and the body of a source's text, which has LF line ends and no BOM.

    Dates without an offset are in `zone`. A text without front matter is all body.
    """
    fences = next((fences for fences in FENCES if fences.detect(text)), None)
    if fences is None:
        return _parsed(Tree(), text, 1, (), source, zone)
    try:
        block, rest = fences.split(text)
    except ValueError:
        return Parsed(None, text, 1, (_unclosed(fences, source),))
    tree, problems = fences.load(block)
    if tree is None and not problems:
        return _parsed(Tree(), text, 1, (_not_front_matter(source),), source, zone)
    body = rest.removeprefix("\n")
    line = text.count("\n", 0, len(text) - len(body)) + 1
    if tree is None:
        return Parsed(None, body, line, _in(source, problems))
    return _parsed(tree, body, line, problems, source, zone)


def _parsed(
    tree: Tree,
    body: str,
    line: int,
    problems: tuple[Diagnostic, ...],
    source: Source,
    zone: ZoneInfo,
) -> Parsed:
    written = {key: node for key, node in tree.value.items() if not _is_absent(key, node)}
    values, misfits = read_fields(written, tree, zone)
    identity = _identity(source)
    found = (*problems, *misfits, *_lookalikes(tree), *_reread(written), *identity.problems)
    failed = any(CODES[problem.code].severity is Severity.ERROR for problem in found)
    meta = None if failed else _meta(values, written, tree, identity, zone)
    return Parsed(meta, body, line, _in(source, found))


def _is_absent(key: str, node: Node) -> bool:
    """Whether a key is written without a value."""
    if not isinstance(node, Scalar):
        return False
    return node.value is None or (key in KEYS and not node.text.strip())


def _meta(
    values: dict[str, Any],
    written: dict[str, Node],
    tree: Tree,
    identity: _Identity,
    zone: ZoneInfo,
) -> Meta:
    named: str = values.get("id", "")
    resolved = {
        "id": named or identity.id,
        "slug": values.get("slug") or named.rpartition("/")[2] or identity.slug,
        "date": values.get("date") or read_date(identity.date, zone),
        "extra": {key: _plain(node, zone) for key, node in written.items() if key not in KEYS},
        "places": _places(tree, written),
    }
    return Meta(**values | resolved)


def _places(tree: Tree, written: dict[str, Node]) -> dict[str, Span]:
    """The place of each value, by the field it is for; see `Meta.places`."""
    places: dict[str, Span] = {}
    for key, node in written.items():
        name = KEYS[key].name if key in KEYS else key
        if isinstance(node, Scalar):
            places[name] = node.span
        else:
            places[name] = tree.places[key,]
            places |= {f"{name}: {entry.text.strip()}": entry.span for entry in scalars(node)}
    return places


def _plain(node: Node, zone: ZoneInfo) -> object:
    """A value for templates: text where YAML would change what was written, aware datetimes."""
    if isinstance(node, tuple):
        return tuple(_plain(entry, zone) for entry in node)
    if isinstance(node, dict):
        return {key: _plain(value, zone) for key, value in node.items()}
    if isinstance(node.value, datetime):
        return read_date(node.value, zone)
    is_text = isinstance(node.value, time) or _is_changed(node)
    return node.text if is_text else node.value


def _is_changed(scalar: Scalar) -> bool:
    """Whether text is meant where YAML sees a number; `yes` and dates mean what YAML reads."""
    return scalar.is_reread and not isinstance(scalar.value, bool | date)


def _reread(written: dict[str, Node]) -> Iterator[Diagnostic]:
    for key, node in written.items():
        field = KEYS.get(key)
        if field and field.type in TYPED:
            continue
        for scalar in scalars(node):
            if scalar.is_reread if field else _is_changed(scalar):
                yield _kept(scalar)


def _kept(scalar: Scalar) -> Diagnostic:
    text = shortened(scalar.text)
    is_read = scalar.value != scalar.text
    reads = f"YAML reads '{text}' as {scalar.value}" if is_read else f"YAML cannot read '{text}'"
    at = scalar.span
    return Diagnostic(
        "SG108",
        f"{reads}; the text is kept",
        line=at.line,
        column=at.column,
        hint=f'put it in quotes: "{text}"',
        length=at.length,
    )


def _lookalikes(tree: Tree) -> Iterator[Diagnostic]:
    for key in tree.value:
        if key in KEYS or key.casefold() in FOREIGN:
            continue
        if hint := _likeness(key.casefold()):
            at = tree.places[key,]
            message = f"unknown key '{shortened(key)}'"
            yield Diagnostic("SG105", message, None, at.line, at.column, hint, at.length)


@lru_cache(maxsize=1024)  # the posts of a blog have the same keys
def _likeness(key: str) -> str | None:
    return did_you_mean(key, KEYS, cutoff=0.8)


@dataclass(frozen=True, slots=True)
class _Identity:
    """What the name of a file says."""

    id: str
    slug: str
    date: date | None
    problems: tuple[Diagnostic, ...]


def _identity(source: Source) -> _Identity:
    """`posts/python/2024-01-31-foo.md` has the id `python/2024-01-31-foo` and the slug `foo`.

    That of a section is the whole path, since it can be beside `posts/` and in it.
    """
    path = source.name.rpartition("/" if source.is_index else ".")[0]
    day, slug, is_impossible = date_in_name(source.stem)
    problems = (_impossible(source.stem),) if is_impossible else ()
    identity = path if source.kind is Kind.SECTION else path.removeprefix("posts/")
    return _Identity(identity, slug, day, problems)


def _impossible(name: str) -> Diagnostic:
    message = f"the date in the file name '{name}' is not valid"
    return Diagnostic("SG110", message, hint="rename the file, or give the post a date")


def _unclosed(fences: BaseHandler, source: Source) -> Diagnostic:
    fence = fences.START_DELIMITER
    close = f"close it with a line '{fence}'"
    return Diagnostic(
        "SG102",
        f"front matter is opened with '{fence}' and never closed",
        source.path,
        1,
        1,
        hint=f"{close}; {A_RULE}" if fence == YamlFences.START_DELIMITER else close,
        length=3,
    )


def _not_front_matter(source: Source) -> Diagnostic:
    return Diagnostic(
        "SG103",
        "the text between the two '---' has no keys: it is kept as part of the body",
        source.path,
        1,
        1,
        hint=A_RULE,
        length=3,
    )


def _in(source: Source, problems: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(replace(problem, path=source.path) for problem in problems)
