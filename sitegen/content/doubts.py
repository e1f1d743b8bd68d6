"""Values that can be read, and that nobody can have meant so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sitegen.content.fields import WrittenValue
from sitegen.data.diagnostics import at_value
from sitegen.data.tree import Scalar, Tree, shortened
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.document import Meta
from sitegen.text.languages import A_LANGUAGE, is_language_tag, language_hint, language_meant

SEPARATED = {"tags": "tag", "categories": "category"}
"""The keys whose text Jekyll separates at spaces, and what one of each is called."""


def doubts(meta: Meta, written: Mapping[str, WrittenValue], tree: Tree) -> Iterator[Diagnostic]:
    """SG113 to SG115: dates in the wrong order, no language, several tags in one."""
    if _is_updated_before_its_date(meta):
        message = f"updated before the date of the post, {meta.date:%Y-%m-%d}"
        hint = "remove this line, or write the day of the last change"
        yield at_value(tree, written["updated"].path, message, "SG113", hint)
    if meta.lang and not is_language_tag(meta.lang):
        message = f"'{shortened(meta.lang)}' is not {A_LANGUAGE}"
        path = written["lang"].path
        problem = at_value(tree, path, message, "SG114", language_hint(meta.lang))
        tag = language_meant(meta.lang)
        yield replace(problem, fix=Fix(meta.lang, tag) if tag else None)
    for key, kind in SEPARATED.items():
        node = written[key].node if key in written else None
        if isinstance(node, Scalar) and "," not in node.text and len(node.text.split()) > 1:
            yield _one_or_many(tree, written[key], kind, node.text.split())


def _is_updated_before_its_date(meta: Meta) -> bool:
    """Whether an update is of an earlier day, wherever each of the two was written."""
    updated, date = meta.updated, meta.date
    return bool(updated and date and updated < date and updated.date() < date.date())


def _one_or_many(tree: Tree, written: WrittenValue, kind: str, words: list[str]) -> Diagnostic:
    one = " ".join(words)
    message = f"'{shortened(one)}' is one {kind} here, where Jekyll reads {len(words)}"
    is_yaml = tree.mapping == "mapping"
    many = (word if is_yaml and re.fullmatch(r"[\w-]+", word) else f'"{word}"' for word in words)
    hint = f'write `[{", ".join(many)}]`, or `["{one}"]` if it is one'
    return at_value(tree, written.path, message, "SG115", hint)
