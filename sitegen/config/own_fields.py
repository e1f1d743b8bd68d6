"""The fields of front matter that a site declares for itself: their types, and what fits each.

    [fields.level]
    type = "string"
    choices = ["easy", "hard"]
    required = true
    for = "posts"

A declaration is checked with the reader that reads front matter, so that no default and no choice
can be written that a post could not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast
from zoneinfo import ZoneInfo

from sitegen.config.schema import FieldConfig
from sitegen.data.diagnostics import at_key, at_value, kept, named, unfit
from sitegen.data.tree import Node, Path, Scalar, Tree, scalars, shortened
from sitegen.data.values import ValueReader, as_written, is_changed, number_in
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Link, Meta
from sitegen.model.fields import WRAPPERS, declared
from sitegen.model.source import Kind, Source, Span
from sitegen.text.spelling import did_you_mean, simplified, slip_of

_WITH_CHOICES = ("string", "integer", "number")
_WITHOUT_DEFAULT = ("post", "object")
_EXACT = 1 << 53
"""Up to here, every whole number is one of floating point, too."""
_NAME = re.compile(r"[a-z_]\w*", re.ASCII | re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:[^\s/]\S*|[a-z][a-z0-9+.-]*://[^\s/?#]\S*", re.I)
"""An absolute URL (RFC 3986 §4.3), with a host behind `//`."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def is_for(field: FieldConfig, source: Source) -> bool:
    """Whether a document has a field."""
    if source.kind not in (Kind.POST, Kind.PAGE):
        return False
    where = field.documents.strip("/")
    if where in ("posts", "pages"):
        return source.kind is (Kind.POST if where == "posts" else Kind.PAGE)
    return not where or source.is_below(where) or source.name.startswith(f"{where}/")


@dataclass(slots=True)
class OwnReader(ValueReader):
    """Takes from values what the fields of a site are declared to be.

    SG117 for what is not among the choices; SG106 and SG107 for what has another type. A file and
    a post are links, to be looked for once all of the site is known.
    """

    allows_others: bool = True
    """Whether keys that nobody declares are fine."""
    is_exact: bool = False
    """Whether a text has to be written as one, as in a declaration."""

    def value(self, field: FieldConfig, node: Node, path: Path) -> object:
        """The value of a field; None for what does not fit."""
        if field.type == "list":
            return self._list(field, node, path)
        return self._one(field.type, field, node, path)

    def _one(self, kind: str, field: FieldConfig, node: Node, path: Path) -> object:
        value = _READERS[kind](self, field, node, path)
        if value is not None and field.choices and value not in map(_normal, field.choices):
            self._not_among(field.choices, str(value), path)
            return None
        return value

    def _list(self, field: FieldConfig, node: Node, path: Path) -> object:
        if not isinstance(node, tuple):
            only = node.text.strip() if isinstance(node, Scalar) else "one, two"
            self.misfit(path, "a list", hint=f"write it as a list: [{only}]")
            return None
        written = [(i, each) for i, each in enumerate(node) if not _is_null(each)]
        values = [self._one(field.items, field, each, (*path, i)) for i, each in written]
        return tuple(value for value in values if value is not None)

    def string(self, _: FieldConfig, node: Node, path: Path) -> str | None:
        """The text as it is written, with SG108 where YAML reads something else."""
        if isinstance(node, Scalar) and node.is_reread:
            self.problems.append(kept(node))
        if self.is_exact and isinstance(node, Scalar) and not isinstance(node.value, str):
            self.misfit(path, "text", hint=f'write it in quotes: "{node.text}"')
            return None
        return self.text(node, path)

    def integer(self, _: FieldConfig, node: Node, path: Path) -> int | None:
        if isinstance(node, Scalar) and type(node.value) is int:
            if not node.is_reread:
                return node.value
            if re.fullmatch(r"[+-]?\d{1,18}", node.text):  # YAML 1.1 reads 010 as 8
                return int(node.text)
        self._no_number(node, path, "a whole number")
        return None

    def decimal(self, _: FieldConfig, node: Node, path: Path) -> object:
        """A number; a whole one as such, so that 2 is shown as it is written."""
        if (number := number_in(node)) is None:
            self._no_number(node, path, "a number")
        return _normal(number)

    def _no_number(self, node: Node, path: Path, what: str) -> None:
        text = node.text.strip() if isinstance(node, Scalar) and node.value == node.text else ""
        is_quoted = re.fullmatch(r"[+-]?\d+", text)
        hint = f"write it without quotes: {text}" if is_quoted else f"write {what} such as 10"
        self.misfit(path, what, hint=hint)

    def url(self, _: FieldConfig, node: Node, path: Path) -> str | None:
        if isinstance(node, Scalar) and _ADDRESS.fullmatch(node.text.strip()):
            return node.text.strip()
        text = node.text.strip() if isinstance(node, Scalar) else ""
        is_host = re.match(r"(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:]|$)", text, re.IGNORECASE)
        whole = f"https://{text.removeprefix('//')}"
        hint = f"write '{whole}'" if is_host else "write it with its scheme, as in https://…"
        self.misfit(path, "an address such as https://example.org/", hint=hint)
        return None

    def file(self, _: FieldConfig, node: Node, path: Path) -> Link | None:
        if isinstance(node, Scalar) and (text := node.text.strip()) and not _SCHEME.match(text):
            return _link(text, node.span)
        expected = "a file of the site, such as diagram.svg or /files/a.pdf"
        self.misfit(path, expected, hint="for an address elsewhere, declare it as a 'url'")
        return None

    def post(self, _: FieldConfig, node: Node, path: Path) -> Link | None:
        if isinstance(node, Scalar) and (text := node.text.strip().removeprefix("id:")):
            return _link(f"id:{text}", node.span)
        self.misfit(path, "the id of a post", hint="write the id, as in `id:` of its front matter")
        return None

    def mapping(self, field: FieldConfig, node: Node, path: Path) -> Mapping[str, object] | None:
        """Its values by the names of its fields; those of one without any are as they are."""
        if not isinstance(node, dict):
            kind = "table" if self.tree.mapping == "table" else "mapping"
            names = " and ".join(map(repr, field.fields)) or "keys"
            hint = f"write it as a {kind} with {names}"
            self.misfit(path, f"a {kind}", hint=hint)
            return None
        if not field.fields:
            return {key: self._anything(it) for key, it in node.items()}
        found: dict[str, object] = {}
        for name, inner in field.fields.items():
            key = next((key for key in node if simplified(key) == simplified(name)), name)
            if key not in node or _is_null(node[key]):
                if inner.required:
                    self._lacks(field, (*path, name), name)
                elif (default := default_of(inner, self.zone)) is not None:
                    found[name] = default
            elif (value := self.value(inner, node[key], (*path, key))) is not None:
                found[name] = value
        return {**found, **self._unknown(field, node, path)}

    def _anything(self, node: Node) -> object:
        self.problems += map(kept, filter(is_changed, scalars(node)))
        return as_written(node, self.zone)

    def _unknown(
        self, field: FieldConfig, node: Mapping[str, Node], path: Path
    ) -> Mapping[str, object]:
        """The values of the keys that the field of an object does not declare."""
        known = {simplified(name) for name in field.fields}
        others = {key: it for key, it in node.items() if simplified(key) not in known}
        for key in others:
            at = (*path, key)
            self.problems += unknown_key(self.tree, at, field.fields, allowed=self.allows_others)
        return {key: self._anything(it) for key, it in others.items()}

    def _lacks(self, field: FieldConfig, path: Path, name: str) -> None:
        message, hint = (
            f"'{named(path)}' is missing",
            f"add it: {example(name, field.fields[name])}",
        )
        self.problems.append(at_value(self.tree, path, message, "SG118", hint))

    def _not_among(self, choices: tuple[object, ...], value: str, path: Path) -> None:
        words = tuple(map(str, choices))
        is_text = all(isinstance(choice, str) for choice in choices)
        nearest = did_you_mean(value, words) if is_text else None
        expected = f"one of {', '.join(map(repr, words))}"
        hint = nearest or f"write {_or(words)}"
        found = unfit(self.tree, path, expected, "SG117", hint)
        meant = slip_of(value, words) if is_text else None
        self.problems.append(replace(found, fix=Fix(value, meant)) if meant else found)


_READERS: Mapping[str, Callable[[OwnReader, FieldConfig, Node, Path], object]] = {
    "string": OwnReader.string,
    "integer": OwnReader.integer,
    "number": OwnReader.decimal,
    "boolean": lambda reader, _, node, path: reader.flag(node, path),
    "date": lambda reader, _, node, path: reader.moment(node, path),
    "url": OwnReader.url,
    "file": OwnReader.file,
    "post": OwnReader.post,
    "object": OwnReader.mapping,
}
"""By the type of a field, but for lists of them."""
FIELD_TYPES = (*_READERS, "list")
_ELSEWHERE: Mapping[str, str] = {
    **dict.fromkeys(("text", "str"), "string"),
    "int": "integer",
    "float": "number",
    "bool": "boolean",
    "datetime": "date",
    **dict.fromkeys(("link", "uri"), "url"),
    **dict.fromkeys(("image", "path"), "file"),
    **dict.fromkeys(("reference", "relation"), "post"),
    **dict.fromkeys(("array", "tuple"), "list"),
    **dict.fromkeys(("dict", "map", "mapping", "table"), "object"),
}
"""What other languages and systems call a type."""
EXAMPLE_OF_TYPE: Mapping[str, str] = {
    "string": '"…"',
    "integer": "1",
    "number": "1",
    "boolean": "true",
    "date": "2024-01-31",
    "url": "https://example.org/",
    "file": "picture.svg",
    "post": "id-of-a-post",
    "list": "[…]",
    "object": "{…}",
}
"""What an author may write, by type."""


def unknown_key(
    tree: Tree, path: Path, names: Iterable[str], *, allowed: bool
) -> tuple[Diagnostic, ...]:
    """SG119 for a key that is none of these; where others are allowed, SG105 if it is like one."""
    hint = did_you_mean(str(path[-1]), names, cutoff=0.8 if allowed else 0.6)
    code = "SG105" if allowed else "SG119"
    if allowed and not hint:
        return ()
    hint = hint or "remove it, or declare it in [fields] of sitegen.toml"
    found = at_key(tree, path, f"unknown key '{named(path)}'", code, hint)
    meant = slip_of(str(path[-1]), names)
    if meant is None or (*path[:-1], meant) in tree.places:
        return (found,)
    return (replace(found, fix=Fix(str(path[-1]), meant)),)


def example(name: str, field: FieldConfig) -> str:
    """A line of YAML that gives a field a value."""
    value = str(field.choices[0]) if field.choices else EXAMPLE_OF_TYPE[field.type]
    return f"{name}: [{value}]" if field.type == "list" and field.choices else f"{name}: {value}"


def default_of(field: FieldConfig, zone: ZoneInfo) -> object:
    """What a field has where it is not written; None for nothing."""
    if field.default is None:
        return None
    return OwnReader(Tree(), zone).value(field, _node(field.default), ())


def misfits_of_fields(tree: Tree, fields: Mapping[str, FieldConfig]) -> Iterator[Diagnostic]:
    """SG003 for what is wrong with the declarations in `[fields]`."""
    known = {simplified(key): key for own in declared(Meta).values() for key in own.keys}
    known |= {key: key for key in WRAPPERS}
    for name, field in fields.items():
        path, key = ("fields", name), simplified(name)
        if key in known:
            message = f"'{named(path)}' means '{known[key]}', which is known already"
            yield at_key(tree, path, message, "SG003", "choose another name, or remove this table")
        known[key] = name
        yield from _misfits(tree, path, field)


def _misfits(tree: Tree, path: Path, field: FieldConfig) -> Iterator[Diagnostic]:
    name = str(path[-1])
    if not _NAME.fullmatch(name) or hasattr(dict, name):
        plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
        is_method = hasattr(dict, plain)
        hint = f"write '{plain}'" if plain and not is_method else "choose another name"
        message = f"'{named(path)}' cannot be read in templates as page.extra.{shortened(name)}"
        yield at_key(tree, path, message, "SG003", hint)
    types = {"type": FIELD_TYPES, "items": tuple(_READERS)}
    wrong = [key for key, known in types.items() if getattr(field, key) not in known]
    for key in wrong:
        expected = f"one of {', '.join(map(repr, types[key]))}"
        written: str = getattr(field, key)
        meant = _ELSEWHERE.get(written.lower())
        near = f"did you mean '{meant}'?" if meant else did_you_mean(written, types[key])
        yield unfit(tree, (*path, key), expected, "SG003", near)
    if not wrong:
        yield from _misfits_of_values(tree, path, field)
    if len(path) > 2 and field.documents:
        yield _useless(tree, (*path, "for"), "is for a field of the document, not of an object")
    for inner, each in field.fields.items():
        yield from _misfits(tree, (*path, "fields", inner), each)


def _misfits_of_values(tree: Tree, path: Path, field: FieldConfig) -> Iterator[Diagnostic]:
    kind = field.items if field.type == "list" else field.type
    reader = OwnReader(tree, ZoneInfo("UTC"), is_exact=True)
    if field.type != "list" and (*path, "items") in tree.places:
        yield _useless(tree, (*path, "items"), "is for a list")
    if field.fields and kind != "object":
        yield _useless(tree, (*path, "fields"), "is for an object")
    if field.choices and kind not in _WITH_CHOICES:
        yield _useless(tree, (*path, "choices"), f"is for texts and numbers, not for a {kind}")
    elif field.choices:
        free = replace(field, type="list", items=kind, choices=())
        reader.value(free, _at(tree, (*path, "choices")), (*path, "choices"))
    if field.default is not None:
        yield from _misfits_of_default(tree, (*path, "default"), field, kind)
        if kind not in _WITHOUT_DEFAULT:
            reader.value(field, _at(tree, (*path, "default")), (*path, "default"))
    yield from (replace(problem, code="SG003") for problem in reader.problems)


def _misfits_of_default(
    tree: Tree, path: Path, field: FieldConfig, kind: str
) -> Iterator[Diagnostic]:
    if field.required:
        yield _useless(tree, (*path[:-1], "required"), "has no effect beside a default")
    if kind in _WITHOUT_DEFAULT:
        yield _useless(tree, path, f"is not for a {kind}")
    if kind == "file" and not str(field.default).startswith("/"):
        expected = "a path from the root of the site, since it is for many documents"
        yield unfit(tree, path, expected, "SG003", f"write '/{field.default}'")


def _useless(tree: Tree, path: Path, why: str) -> Diagnostic:
    return at_key(tree, path, f"'{named(path)}' {why}", "SG003", "remove this line")


def _at(tree: Tree, path: Path) -> Node:
    node: Any = tree.value
    for part in path:
        node = node[part]
    return cast(Node, node)


def _node(value: object) -> Node:
    """A value of the configuration as if it had been written in front matter."""
    if isinstance(value, tuple):
        return tuple(map(_node, value))
    return Scalar(str(value), value, Span(0, 0))


def _link(href: str, at: Span) -> Link:
    return Link(href, at.line, at.column, at.length)


def _normal(value: object) -> object:
    """A whole number as such, so that equal values are shown alike."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.value is None


def _or(words: tuple[str, ...]) -> str:
    *others, last = (f"'{word}'" for word in words)
    return f"{', '.join(others)} or {last}" if others else last
