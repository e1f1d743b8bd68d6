"""A data file as what templates find in `site.data`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from posixpath import splitext
from zoneinfo import ZoneInfo

from sitegen.data.diagnostics import kept, objected
from sitegen.data.formats import locate_data
from sitegen.data.tree import scalars
from sitegen.data.values import as_written, is_changed
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.front_matter import DataType, Objection
from sitegen.model.frozen import frozen
from sitegen.model.source import Source
from sitegen.text.dates import moments


def read_data(
    text: str, source: Source, zone: ZoneInfo, of: DataType | None
) -> tuple[object, tuple[Diagnostic, ...]]:
    """The value of a data file, and what is wrong with it.

    It is frozen, and its dates are aware. None, with SG122, for what is not of its format or of its
    type; else SG108 for a text that YAML would change, unless a type says what it is.
    """
    tree, misread = locate_data(text, splitext(source.name)[1].lower())
    if tree is None or misread:
        return None, tuple(_unusable(misread, source))
    value = as_written(tree.value, zone)
    if of is None:
        texts = (kept(scalar) for scalar in scalars(tree.value) if is_changed(scalar))
        return frozen(moments(value, zone)), tuple(replace(it, path=source.path) for it in texts)
    checked = of.check(value)
    nothing = (Objection("SG121", (), "nothing comes of it"),) if checked.value is None else ()
    misfits = (objected(tree, each, "the file") for each in checked.objections or nothing)
    if found := tuple(_unusable(misfits, source)):
        return None, found
    return frozen(moments(checked.value, zone)), ()


def _unusable(problems: Iterable[Diagnostic], source: Source) -> Iterator[Diagnostic]:
    """The problems of a data file that cannot be used, as such."""
    return (replace(problem, code="SG122", path=source.path) for problem in problems)
