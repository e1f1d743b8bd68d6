"""`i18n/LANG.toml` as words: every mistake of a site's own file, each with its place.

    older = "Older"

    [posts]
    one = "{n} post"
    other = "{n} posts"

English has all words of the theme; a file has those that it says in its language. What templates
of a site say besides, `t("site.talks")`, is in a table of its own:

    [site]
    talks = "Talks"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from sitegen.data.diagnostics import at_key, at_value, unfit
from sitegen.data.toml_tree import read_toml
from sitegen.data.tree import Node, Scalar, Tree
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.formats import Formats
from sitegen.model.language import COUNT, PLACEHOLDER, Word
from sitegen.text.spelling import did_you_mean

Words = Mapping[str, Word]
"""By key."""
Keys: TypeAlias = tuple[str, ...]
"""Where a word is in its file, and of a form that as well."""
_SITE = "site"
"""The table of the words that the theme does not have."""
CLEARLY_MANY = 1000
"""Counts that are tried to know whether a plural category is that of one count alone."""


@cache
def theme_words(text: str) -> Words:
    """The words in a file of the theme, which is right."""
    return tomllib.loads(text)


def site_words(
    text: str, path: str, reference: Words, formats: Formats
) -> tuple[Words, tuple[Diagnostic, ...]]:
    """The words that can be used in a file of a site, and what is wrong with the others.

    `reference` are those that are known: the English ones of the theme, and of the site those of
    the files before. `formats` are those of the language of the file.
    SG508 for what is not TOML, SG509 for a key that the theme does not have, SG510 for a word that
    lacks a form or a place for a value.
    """
    tree, unread = read_toml(text)
    if tree is None:
        return {}, tuple(replace(d, code="SG508", path=path) for d in unread)
    words: dict[str, Word] = {}
    problems: list[Diagnostic] = []
    for keys, node in _entries(tree):
        found = list(_mistakes(tree, keys, node, reference, formats))
        problems += found
        if not found:
            words[".".join(keys)] = _word(node)
    return words, tuple(replace(problem, path=path) for problem in problems)


def _entries(tree: Tree) -> Iterator[tuple[Keys, Node]]:
    """The words that are written, those of the site without the table around them."""
    for key, node in tree.value.items():
        if key == _SITE and isinstance(node, dict):
            yield from (((_SITE, name), inner) for name, inner in node.items())
        else:
            yield (key,), node


def _word(node: Node) -> Word:
    assert not isinstance(node, tuple)
    if isinstance(node, Scalar):
        return node.text
    return {category: form.text for category, form in node.items() if isinstance(form, Scalar)}


def _mistakes(
    tree: Tree, keys: Keys, node: Node, reference: Words, formats: Formats
) -> Iterator[Diagnostic]:
    known = reference.get(".".join(keys))
    if known is None and keys[0] == _SITE and keys[1:]:
        known = _itself(node)
    if known is None:
        yield _unknown(tree, keys, reference)
    elif isinstance(known, str):
        yield from _misfits(tree, keys, node, known)
    elif isinstance(node, dict):
        yield from _forms(tree, keys, node, known, formats)
    else:
        shown = ", ".join(formats.categories)
        hint = f"write a line [{'.'.join(keys)}], and below it: {shown}"
        yield unfit(tree, keys, "a table with a form for each count", "SG510", hint)


def _itself(node: Node) -> Word:
    """What the first file that has a word of the site says: the others have the same places."""
    if isinstance(node, dict):
        other = node.get("other")
        return {"other": other.text if isinstance(other, Scalar) else ""}
    return node.text if isinstance(node, Scalar) else ""


def _unknown(tree: Tree, keys: Keys, reference: Words) -> Diagnostic:
    if keys == (_SITE,):
        hint = f'write a line [{_SITE}], and below it the words of your templates: name = "…"'
        return unfit(tree, keys, "a table of words", "SG510", hint)
    remove = f"remove it, or put it below a line [{_SITE}] if a template of yours says it"
    hint = did_you_mean(keys[0], reference) or remove
    return at_key(tree, keys, f"the theme has no word '{keys[0]}'", "SG509", hint)


def _forms(
    tree: Tree,
    keys: Keys,
    forms: Mapping[str, Node],
    known: Mapping[str, str],
    formats: Formats,
) -> Iterator[Diagnostic]:
    for category, form in forms.items():
        if category in formats.categories:
            optional = {COUNT} if _is_of_one_count(category, formats) else set()
            yield from _misfits(tree, (*keys, category), form, known["other"], optional)
        else:
            shown = ", ".join(formats.categories)
            message = f"this language has no plural form '{category}'"
            yield at_key(
                tree, (*keys, category), message, "SG509", f"remove it; its forms are {shown}"
            )
    if missing := [category for category in formats.categories if category not in forms]:
        message = f"'{'.'.join(keys)}' lacks the plural form '{missing[0]}'"
        yield at_key(tree, keys, message, "SG510", f'add a line below: {missing[0]} = "…"')


def _misfits(
    tree: Tree, path: Keys, node: Node, known_text: str, optional: Set[str] = frozenset()
) -> Iterator[Diagnostic]:
    """What is wrong with a text: it is none, or its places are not those of the known one."""
    if not (isinstance(node, Scalar) and isinstance(node.value, str)):
        yield unfit(tree, path, "a text", "SG510", "write one text, in quotes")
        return
    known, used = (set(PLACEHOLDER.findall(text)) for text in (known_text, node.text))
    shown = ", ".join(f"{{{name}}}" for name in sorted(known)) or "none"
    named = ".".join(path)
    for name in sorted(used - known):
        near = did_you_mean(name, known, "did you mean '{{{}}}'?")
        hint = near or f"its places are: {shown}"
        yield at_value(tree, path, f"'{named}' has no value '{{{name}}}'", "SG510", hint)
    if used - known:
        return
    for name in sorted(known - used - optional):
        message = f"'{named}' lacks {{{name}}}"
        yield at_value(tree, path, message, "SG510", f"write {{{name}}} where it goes")


def _is_of_one_count(category: str, formats: Formats) -> bool:
    """Whether a plural form is that of one number alone, and so may spell it out: `two posts`."""
    counts = (count for count in range(CLEARLY_MANY) if formats.category(count) == category)
    return len(list(counts)) == 1
