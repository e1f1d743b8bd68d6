"""What a site says about front matter beside what sitegen knows: its own fields, and other keys.

Its own fields are taken out of what was written before anything else looks at it, so that a key
which a site declares means what the site says, whatever another generator means by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.content.fields import KEYS, WrittenValue
from sitegen.content.translation import OWN_KEYS, is_empty
from sitegen.data.diagnostics import at_key, named, objected
from sitegen.data.tree import Node, Path, Scalar, Tree
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Meta
from sitegen.model.fields import WRAPPERS
from sitegen.model.source import Kind, Source
from sitegen.text.dates import moments
from sitegen.text.spelling import simplified

if TYPE_CHECKING:
    from sitegen.config.schema import FieldConfig
    from sitegen.model.front_matter import CheckKeys


@dataclass(frozen=True, slots=True)
class Contract:
    """What front matter has to be, besides what sitegen itself makes of it."""

    fields: Mapping[str, FieldConfig] = field(default_factory=dict)
    """The site's own fields, by name."""
    unknown: str = "allow"
    """What becomes of keys that nobody declares, as in [content]."""
    checks: tuple[CheckKeys, ...] = ()
    """Of the keys that are neither sitegen's nor declared, by code of the site."""

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.fields or self.checks) or self.unknown != "allow"


@dataclass(frozen=True, slots=True)
class OwnValues:
    """The site's own fields in one document."""

    rest: Tree
    """What was written beside them."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Of those that the document has, by name, defaults included; None where there is none."""
    names: tuple[str, ...] = ()
    """The other keys that code of the site knows."""
    problems: tuple[Diagnostic, ...] = ()


def own_values(contract: Contract, tree: Tree, source: Source, zone: ZoneInfo) -> OwnValues:
    """The values of the fields that this document has, and what is wrong with them.

    SG106, SG107 and SG117 for what a field cannot be; SG118 for one that has to be there.
    """
    from sitegen.config.own_fields import OwnReader, default_of, example, is_for

    fields = {name: each for name, each in contract.fields.items() if is_for(each, source)}
    rest, written = _taken_out(tree, {simplified(name): name for name in fields})
    reader = OwnReader(tree, zone, allows_others=contract.unknown == "allow")
    values: dict[str, object] = {}
    problems = []
    for name, each in fields.items():
        if name in written:
            value = reader.value(each, written[name].node, written[name].path)
        else:
            value = default_of(each, zone)
            if each.required:
                message = f"'{name}' is missing"
                hint = f"add to the front matter: {example(name, each)}"
                if others := ", ".join(map(str, each.choices[1:])):
                    hint += f", or another of its choices: {others}"
                problems.append(Diagnostic("SG118", message, line=1, column=1, hint=hint))
        values[name] = value
    return OwnValues(rest, values, problems=(*problems, *reader.problems))


def _taken_out(tree: Tree, names: Mapping[str, str]) -> tuple[Tree, dict[str, WrittenValue]]:
    """What was written beside these fields, and what for them, by name.

    `names` are by their simplified forms. A key without a value is not written.
    """
    written: dict[str, WrittenValue] = {}

    def without(node: Mapping[str, Node], path: Path) -> dict[str, Node]:
        left: dict[str, Node] = {}
        for key, each in node.items():
            if name := names.get(simplified(key)):
                if not (isinstance(each, Scalar) and each.value is None):
                    written.setdefault(name, WrittenValue((*path, key), each))
            elif not path and key in WRAPPERS and isinstance(each, dict):
                left[key] = without(each, (key,))
            else:
                left[key] = each
        return left

    return replace(tree, value=without(tree.value, ())), written


def checked_keys(
    contract: Contract,
    own: OwnValues,
    kind: Kind,
    written: Mapping[str, WrittenValue],
    meta: Meta,
    zone: ZoneInfo,
) -> OwnValues:
    """The site's own values with those that its code makes of all other keys, and its objections.

    `written` is what sitegen understands, and `meta` what it has made of that.
    """
    used = {value.path[0] for value in written.values()}
    others = {key: value for key, value in meta.extra.items() if key not in used}
    names = {"date", *(KEYS[key].name for key in written)}
    known = {name: it for name in names if (it := getattr(meta, name)) is not None}
    for check in contract.checks:
        found = check(kind, others, known)
        values = {name: moments(value, zone) for name, value in found.values.items()}
        problems = (objected(own.rest, each, "the front matter") for each in found.objections)
        own = replace(
            own,
            values={**own.values, **values},
            names=(*own.names, *found.names),
            problems=(*own.problems, *problems),
        )
    return own


def unknown_keys(
    contract: Contract,
    own: OwnValues,
    written: Mapping[str, WrittenValue],
    reported: Iterable[Diagnostic],
) -> Iterator[Diagnostic]:
    """SG119 for each key that nobody declares, where the site wants to know; else SG105 for those
    that look like a field of its own.

    `written` is what sitegen understands, and `reported` what is said of other keys already.
    """
    from sitegen.config.own_fields import unknown_key

    tree, is_allowed = own.rest, contract.unknown == "allow"
    used = {value.path[:length] for value in written.values() for length in (1, 2)}
    said = {(problem.line, problem.column) for problem in reported}
    known = (*own.values, *own.names, *(() if is_allowed else KEYS))
    for path, node in _keys_of(tree):
        key, at = simplified(str(path[-1])), tree.places[path]
        is_of_sitegen = path in used or (len(path) == 1 and key in OWN_KEYS)
        is_known = is_of_sitegen or path[-1] in known
        if is_known or is_empty(path, node) or (at.line, at.column) in said:
            continue
        if elsewhere := next((n for n in contract.fields if simplified(n) == key), None):
            if not is_allowed:
                where = contract.fields[elsewhere].documents or "posts and pages"
                message = f"'{named(path)}' is a field of {where}, and not of this document"
                yield at_key(tree, path, message, "SG119", "remove it")
            continue
        yield from unknown_key(tree, path, known, allowed=is_allowed)


def _keys_of(tree: Tree) -> Iterator[tuple[Path, Node]]:
    for key, node in tree.value.items():
        if key in WRAPPERS and isinstance(node, dict):
            yield from (((key, inner), each) for inner, each in node.items())
        else:
            yield (key,), node
