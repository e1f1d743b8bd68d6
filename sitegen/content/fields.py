"""What an author may write in front matter, read field by field.

Values come with the text that was written (`data.tree.Scalar`), and each type of field takes from
it what it needs: a title the text, so that `title: 1.10` stays `1.10`; a flag the value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.data.diagnostics import at_value, unfit
from sitegen.data.tree import Node, Path, Scalar, Tree, scalars
from sitegen.data.values import ValueReader
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Meta
from sitegen.model.fields import Field, FieldType, declared

FIELDS = tuple(declared(Meta).values())
KEYS: Mapping[str, Field] = {key: field for field in FIELDS for key in field.keys}
"""Every key that is known, and the field it is for."""
TYPED = {FieldType.FLAG, FieldType.NUMBER, FieldType.MOMENT}
"""The types of fields whose values are not text."""
MOST_ENTRIES = 500
"""Entries of a list, such as tags."""


@dataclass(frozen=True, slots=True)
class WrittenValue:
    """A value, and where in the front matter it is written: `lastmod` has that of `updated`."""

    path: Path
    node: Node


def read_fields(
    written: Mapping[str, WrittenValue], tree: Tree, zone: ZoneInfo
) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """The values of the fields that were written, by name, and all that is wrong with any.

    `written` is by key. SG106 for values of the wrong type, SG107 for dates; such a field has the
    value None.
    """
    reading = _Reading(tree, zone)
    values: dict[str, Any] = {}
    for key, each in KEYS.items():
        if key not in written:
            continue
        node, path = written[key].node, written[key].path
        if key == each.opposite:
            says_no = reading.flag(node, path)
            values[each.name] = values.get(each.name) or not says_no
        elif each.name not in values:
            values[each.name] = READERS[each.type](reading, node, path)
    return values, tuple(reading.problems)


class _Reading(ValueReader):
    """One reader for each type of field. What one cannot read is None, and among the problems."""

    __slots__ = ()

    def names(self, node: Node, path: Path) -> tuple[str, ...] | None:
        if isinstance(node, Scalar) and node.text.startswith("-"):
            self._spaceless(node, path)
            return None
        if isinstance(node, Scalar):
            return self._limited(node.text.split(","), path, "names")
        for i, entry in enumerate(node if isinstance(node, tuple) else ()):
            if isinstance(entry, tuple):  # as Hexo has categories in categories
                names = ", ".join(scalar.text.strip() for scalar in scalars(node))
                self.misfit((*path, i), "text", hint=f"write one list: [{names}]")
                return None
        return self._entries(node, path, "names")

    def _spaceless(self, node: Scalar, path: Path) -> None:
        """SG106 for a list whose dashes lack their spaces, which YAML reads as one text."""
        first, *more = node.text.split()
        hint = f"a space is missing: write '- {first[1:]}'"
        problem = unfit(self.tree, path, "a list of names", "SG106", hint)
        self.problems.append(problem if more else replace(problem, fix=Fix("-", "- ")))

    def authors(self, node: Node, path: Path) -> tuple[str, ...] | None:
        if isinstance(node, Scalar):
            return _distinct(node.text.split(","))
        if isinstance(node, dict) and "name" in node:
            node = (node,)
        named = tuple(map(_named, node)) if isinstance(node, tuple) else node
        return self._entries(named, path, "names")

    def paths(self, node: Node, path: Path) -> tuple[str, ...] | None:
        return self._entries((node,) if isinstance(node, Scalar) else node, path, "paths")

    def _entries(self, node: Node, path: Path, what: str) -> tuple[str, ...] | None:
        if isinstance(node, tuple):
            texts = [self.text(entry, (*path, i)) or "" for i, entry in enumerate(node)]
            return self._limited(texts, path, what)
        self.misfit(path, f"a list of {what}", hint=f"write a list of {what}: [one, two]")
        return None

    def _limited(self, texts: list[str], path: Path, what: str) -> tuple[str, ...] | None:
        """The distinct texts; SG109, at the first too many, for a list that is too long.

        Each tag has a page and a feed, and each of these would have all tags of the post.
        """
        if len(texts) <= MOST_ENTRIES:
            return _distinct(texts)
        message = f"{path[0]!r} has {len(texts):,} {what}, and up to {MOST_ENTRIES} are possible"
        hint = f"keep at most {MOST_ENTRIES}"
        first = (*path, MOST_ENTRIES)
        self.problems.append(at_value(self.tree, first, message, "SG109", hint))
        return None


def _named(node: Node) -> Node:
    """An author may be a mapping with a name."""
    return node["name"] if isinstance(node, dict) and "name" in node else node


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for each in texts if (text := each.strip())))


READERS: Mapping[FieldType, Callable[[_Reading, Node, Path], object]] = {
    FieldType.TEXT: _Reading.text,
    FieldType.FLAG: _Reading.flag,
    FieldType.NUMBER: _Reading.number,
    FieldType.MOMENT: _Reading.moment,
    FieldType.NAMES: _Reading.names,
    FieldType.AUTHORS: _Reading.authors,
    FieldType.PATHS: _Reading.paths,
}
