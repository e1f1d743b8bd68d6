"""`i18n/LANG.toml` as words: every mistake of a site's own file, each with its place.

    older = "Older"

    [posts]
    one = "{n} post"
    other = "{n} posts"

English has all words; a file has those that it says in its language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from sitegen.data.diagnostics import at_key, at_value, unfit
from sitegen.data.toml_tree import read_toml
from sitegen.data.tree import Node, Scalar, Tree
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.formats import Formats
from sitegen.model.language import COUNT, PLACEHOLDER, Word
from sitegen.text.spelling import did_you_mean

Words = Mapping[str, Word]
"""By key."""
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

    `reference` are the English ones, and `formats` those of the language of the file.
    SG508 for what is not TOML, SG509 for a key that English does not have, SG510 for a word that
    lacks a form or a place for a value.
    """
    tree, unread = read_toml(text)
    if tree is None:
        return {}, tuple(replace(d, code="SG508", path=path) for d in unread)
    words: dict[str, Word] = {}
    problems: list[Diagnostic] = []
    for key, node in tree.value.items():
        found = list(_mistakes(tree, key, node, reference, formats))
        problems += found
        if not found:
            words[key] = _word(node)
    return words, tuple(replace(problem, path=path) for problem in problems)


def _word(node: Node) -> Word:
    assert not isinstance(node, tuple)
    if isinstance(node, Scalar):
        return node.text
    return {category: form.text for category, form in node.items() if isinstance(form, Scalar)}


def _mistakes(
    tree: Tree, key: str, node: Node, reference: Words, formats: Formats
) -> Iterator[Diagnostic]:
    if key not in reference:
        hint = did_you_mean(key, reference) or "remove it; the manual lists all words"
        yield at_key(tree, (key,), f"the theme has no word '{key}'", "SG509", hint)
        return
    english = reference[key]
    if isinstance(english, str):
        yield from _misfits(tree, (key,), node, english, formats)
    elif isinstance(node, dict):
        yield from _forms(tree, key, node, english, formats)
    else:
        shown = ", ".join(formats.categories)
        hint = f"write a line [{key}], and below it: {shown}"
        yield unfit(tree, (key,), "a table with a form for each count", "SG510", hint)


def _forms(
    tree: Tree,
    key: str,
    forms: Mapping[str, Node],
    english: Mapping[str, str],
    formats: Formats,
) -> Iterator[Diagnostic]:
    for category, form in forms.items():
        if category in formats.categories:
            yield from _misfits(tree, (key, category), form, english["other"], formats)
        else:
            shown = ", ".join(formats.categories)
            message = f"this language has no plural form '{category}'"
            yield at_key(
                tree, (key, category), message, "SG509", f"remove it; its forms are {shown}"
            )
    if missing := [category for category in formats.categories if category not in forms]:
        message = f"'{key}' lacks the plural form '{missing[0]}'"
        yield at_key(tree, (key,), message, "SG510", f'add a line below: {missing[0]} = "…"')


def _misfits(
    tree: Tree, path: tuple[str, ...], node: Node, english: str, formats: Formats
) -> Iterator[Diagnostic]:
    """What is wrong with a text: it is none, or its places are not those of the English one."""
    if not (isinstance(node, Scalar) and isinstance(node.value, str)):
        yield unfit(tree, path, "a text", "SG510", "write one text, in quotes")
        return
    known, used = (set(PLACEHOLDER.findall(text)) for text in (english, node.text))
    shown = ", ".join(f"{{{name}}}" for name in sorted(known)) or "none"
    for name in sorted(used - known):
        near = did_you_mean(name, known, "did you mean '{{{}}}'?")
        hint = near or f"its places are: {shown}"
        message = f"'{path[0]}' has no value '{{{name}}}'"
        yield at_value(tree, path, message, "SG510", hint)
    if used - known:
        return
    optional = {COUNT} if path[1:] and _is_of_one_count(path[1], formats) else set()
    for name in sorted(known - used - optional):
        message = f"'{'.'.join(path)}' lacks {{{name}}}"
        yield at_value(tree, path, message, "SG510", f"write {{{name}}} where it goes")


def _is_of_one_count(category: str, formats: Formats) -> bool:
    """Whether a plural form is that of one number alone, and so may spell it out: `two posts`."""
    counts = (count for count in range(CLEARLY_MANY) if formats.category(count) == category)
    return len(list(counts)) == 1
