"""The text of a post or page as typed front matter and a body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.content.contract import Contract, OwnValues, checked_keys, own_values, unknown_keys
from sitegen.content.doubts import doubts
from sitegen.content.fences import A_RULE, closed_too_early, fences_of, unclosed
from sitegen.content.fields import KEYS, TYPED, WrittenValue, read_fields
from sitegen.content.foreign_forms import blank_lines_above, foreign_form
from sitegen.content.translation import (
    OWN_KEYS,
    is_empty,
    is_known,
    is_plain,
    translated,
)
from sitegen.data.diagnostics import at_key, kept
from sitegen.data.tree import Node, Scalar, Tree, scalars, shortened
from sitegen.data.values import as_written, is_changed
from sitegen.model.codes import CODES, Severity
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Meta
from sitegen.model.fields import WRAPPERS
from sitegen.model.source import Kind, Source, Span
from sitegen.text.dates import date_in_name, date_in_path, read_date
from sitegen.text.spelling import did_you_mean, is_swap, simplified, slip_of

FREE = Contract()
"""The contract of a site that asks for nothing."""


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
    readable: Meta | None = None
    """What can be read of front matter that has errors."""


def parse(text: str, source: Source, zone: ZoneInfo, contract: Contract = FREE) -> Parsed:
    """The front matter and the body of a source's text, which has LF line ends and no BOM.

    Dates without an offset are in `zone`. A text without front matter is all body.
    """
    terms = _Terms(source, zone, contract)
    above = blank_lines_above(text)
    written = text[len(above) :]
    fences = fences_of(written)
    if fences is None:
        if problem := foreign_form(text):
            return Parsed(None, text, 1, _in(source, (problem,)))
        return _parsed(Tree(), text, 1, (), terms)
    try:
        block, rest = fences.split(written)
    except ValueError:
        return Parsed(None, text, 1, _in(source, (unclosed(fences, text),)))
    tree, problems = fences.read("\n" * above.count("\n") + block)
    if tree is None and not problems:
        return _parsed(Tree(), text, 1, (_not_front_matter(),), terms)
    body = rest.removeprefix("\n")
    line = text.count("\n", 0, len(text) - len(body)) + 1
    if tree is None:
        return Parsed(None, body, line, _in(source, problems))
    if early := closed_too_early(fences, body, line):
        problems = (*problems, early)
    return _parsed(tree, body, line, problems, terms)


@dataclass(frozen=True, slots=True)
class _Terms:
    """On which front matter is read."""

    source: Source
    zone: ZoneInfo
    contract: Contract


def _parsed(
    tree: Tree, body: str, line: int, problems: tuple[Diagnostic, ...], terms: _Terms
) -> Parsed:
    source, zone, contract = terms.source, terms.zone, terms.contract
    own = own_values(contract, tree, source, zone) if contract else OwnValues(tree)
    written, untranslated = translated(own.rest)
    values, misfits = read_fields(written, tree, zone)
    identity = _identity(source)
    meta = _meta(values, written, own.rest, identity, zone)
    if contract.checks:
        own = checked_keys(contract, own, source.kind, written, meta, zone)
    if contract:
        extra = {**dict.fromkeys(contract.fields), **meta.extra, **own.values}
        places = _places(tree, written)
        meta = replace(meta, extra=extra, own=(*own.values,), places=places)
    found = (
        *problems,
        *misfits,
        *(it for it in untranslated if it.target not in own.names),
        *(_lookalikes(own.rest) if contract.unknown == "allow" else ()),
        *(unknown_keys(contract, own, written, (*untranslated, *own.problems)) if contract else ()),
        *(it for it in own.problems if not (meta.draft and it.code == "SG118")),
        *_reread({k: it for k, it in own.rest.value.items() if k not in own.names}, written),
        *doubts(meta, written, tree),
        *identity.problems,
    )
    failed = any(CODES[problem.code].severity is Severity.ERROR for problem in found)
    located = _in(source, found)
    return Parsed(None if failed else meta, body, line, located, meta if failed else None)


def _meta(
    values: dict[str, Any],
    written: dict[str, WrittenValue],
    tree: Tree,
    identity: _Identity,
    zone: ZoneInfo,
) -> Meta:
    named: str = values.get("id") or ""
    in_url = date_in_path((values.get("permalink") or "").strip("/"))[0]
    resolved = {
        "id": named or identity.id,
        "slug": values.get("slug") or named.rpartition("/")[2] or identity.slug,
        "date": values.get("date") or read_date(identity.date or in_url, zone),
        "extra": _extra(tree, zone),
        "places": _places(tree, written),
    }
    read = {name: value for name, value in values.items() if value is not None}
    return Meta(**{"draft": identity.is_draft} | read | resolved)


def _extra(tree: Tree, zone: ZoneInfo) -> dict[str, object]:
    """The keys that are not sitegen's, with those that other generators keep in a mapping."""
    if is_plain(tree):
        return {}
    wrapped = {key: node for key in WRAPPERS if isinstance(node := tree.value.get(key), dict)}
    inner = {key: node for mapping in wrapped.values() for key, node in mapping.items()}
    outer = {key: node for key, node in tree.value.items() if key not in wrapped}
    return {
        key: as_written(node, zone)
        for key, node in (inner | outer).items()
        if (key in inner or simplified(key) not in OWN_KEYS) and not is_empty((key,), node)
    }


def _places(tree: Tree, written: dict[str, WrittenValue]) -> dict[str, tuple[int, int, int]]:
    """The place of each value, by the field it is for; see `Meta.places`."""
    places: dict[str, Span] = {}
    others = (
        (key, WrittenValue((key,), node))
        for key, node in tree.value.items()
        if key not in KEYS and simplified(key) not in OWN_KEYS and not is_empty((key,), node)
    )
    # The first of several keys for a field is the one that counts.
    own = ((KEYS[key].name, written[key]) for key in reversed([*KEYS]) if key in written)
    for name, value in (*others, *own):
        if isinstance(value.node, Scalar):
            places[name] = value.node.span
        else:
            places[name] = tree.places[value.path]
            entries = scalars(value.node)
            places |= {f"{name}: {entry.text.strip()}": entry.span for entry in entries}
    return {name: (at.line, at.column, at.length) for name, at in places.items()}


def _reread(nodes: Mapping[str, Node], written: dict[str, WrittenValue]) -> Iterator[Diagnostic]:
    types = {value.path: KEYS[key].type for key, value in written.items()}
    for key, node in nodes.items():
        field = types.get((key,))
        if field in TYPED:
            continue
        for scalar in scalars(node):
            is_kept = scalar.is_reread if field else is_changed(scalar)
            if is_kept and not is_empty((key,), node):
                yield kept(scalar)


def _lookalikes(tree: Tree) -> Iterator[Diagnostic]:
    for key in tree.value:
        if key not in KEYS and not is_known(key) and (hint := _likeness(key.casefold())):
            message = f"unknown key '{shortened(key)}'"
            problem = at_key(tree, (key,), message, "SG105", hint)
            meant = slip_of(key.casefold(), KEYS)
            is_free = meant is not None and meant not in tree.value
            yield replace(problem, fix=Fix(key, meant)) if meant and is_free else problem


@lru_cache(maxsize=1024)  # the posts of a blog have the same keys
def _likeness(key: str) -> str | None:
    swapped = next((name for name in KEYS if is_swap(key, name)), None)
    return f"did you mean '{swapped}'?" if swapped else did_you_mean(key, KEYS, cutoff=0.8)


@dataclass(frozen=True, slots=True)
class _Identity:
    """What the name of a file says."""

    id: str
    slug: str
    date: date | None
    is_draft: bool
    """Whether it is in a folder `_drafts`, where Jekyll has them."""
    problems: tuple[Diagnostic, ...]


def _identity(source: Source) -> _Identity:
    """`posts/python/2024-01-31-foo.md` has the id `python/2024-01-31-foo` and the slug `foo`.

    That of a section is the whole path, since it can be beside `posts/` and in it.
    """
    path = source.name.rpartition("/" if source.is_index else ".")[0]
    day, slug, is_impossible = date_in_name(source.stem)
    if day is None and source.kind is Kind.POST:
        day, rest = date_in_path(path)
        slug = rest or slug
    problems = (_impossible(source.stem),) if is_impossible else ()
    identity = path if source.kind is Kind.SECTION else path.removeprefix("posts/")
    is_draft = "_drafts" in source.name.split("/")[:-1]
    return _Identity(identity, slug, day, is_draft, problems)


def _impossible(name: str) -> Diagnostic:
    message = f"the date in the file name '{name}' is not valid"
    return Diagnostic("SG110", message, hint="rename the file with the day that is meant")


def _not_front_matter() -> Diagnostic:
    message = "the text between the two '---' has no keys: it is kept as part of the body"
    return Diagnostic("SG103", message, None, 1, 1, A_RULE, 3)


def _in(source: Source, problems: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(replace(problem, path=source.path) for problem in problems)
