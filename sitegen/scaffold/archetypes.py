"""Archetypes: Markdown files of a site from which new posts and pages are made.

    ---
    title: {{ title }}
    level: easy
    ---
    ## What {{ title }} is about

The few words in double braces are all that is filled in. An archetype is a text and no code, so
that one from elsewhere can do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sitegen.model.diagnostics import UsageError
from sitegen.sources.discover import ARCHETYPES
from sitegen.text.encoding import decode, line_and_column
from sitegen.text.quoting import quoted
from sitegen.text.spelling import did_you_mean, simplified

_DEFAULT_ARCHETYPE = "default"
"""The one that is used where none is named."""
_BLANK = re.compile(r"\{\{ *(\w+) *\}\}")
_FENCED_BLOCK = re.compile(r"(?P<fence>---|\+\+\+)\n(?P<block>(?:.*\n)*?)(?P=fence)(?:\n|\Z)")
"""Front matter in YAML or TOML, at the top."""
_A_KEY = re.compile(r"""["']?(\w[\w -]*?)["']? *[:=]""")
"""The start of a line that is not indented, if it gives a value to a key."""


def archetype_names(site: Path) -> tuple[str, ...]:
    """The archetypes of a site, by name."""
    return tuple(sorted(file.stem for file in (site / ARCHETYPES).glob("*.md")))


def archetype(site: Path, name: str | None) -> tuple[str, str] | None:
    """The path in a site of an archetype, and its text; None where none is named, nor a default.

    Raises UsageError where there is none of this name, or it cannot be read.
    """
    names = archetype_names(site)
    if name is None and _DEFAULT_ARCHETYPE not in names:
        return None
    if name is not None and name not in names:
        listed = f"there are: {', '.join(names)}" if names else f"write {ARCHETYPES}/{name}.md"
        raise UsageError(f"no archetype '{name}'", hint=did_you_mean(name, names) or listed)
    path = f"{ARCHETYPES}/{name or _DEFAULT_ARCHETYPE}.md"
    text, problems = decode((site / path).read_bytes(), path)
    if text is None:
        raise UsageError("an archetype cannot be used", *problems)
    return path, text


def made_from(
    path: str,
    text: str,
    values: Mapping[str, str],
    given: Mapping[str, str],
    required: Mapping[str, str],
) -> str:
    """The text of a new document.

    `values` are for the blanks, by name. `given` is what it has to say in front matter, in a form
    that YAML and TOML share: in place of what the archetype says if that has no blank there.
    `required` is what it has to say too, by key, each with what it can be: a line without a value.
    Raises UsageError with the place of a blank that is probably misspelled.
    """
    for found in _BLANK.finditer(text):
        if found[1] not in values and (hint := did_you_mean(found[1], values)):
            line, column = line_and_column(text, found.start(1))
            raise UsageError(f"{path}:{line}:{column}: unknown placeholder '{found[1]}'", hint=hint)
    front = _FENCED_BLOCK.match(text)
    fence, block = (front["fence"], front["block"]) if front else ("---", "")
    body = text[front.end() :] if front else f"\n{text.lstrip()}"
    is_yaml = fence == "---"
    sign = ": " if is_yaml else " = "
    kept = _without(block, given)
    own = {simplified(key[1]) for line in kept if (key := _A_KEY.match(line))}
    added = [f"{key}{sign}{value}\n" for key, value in given.items() if simplified(key) not in own]
    own |= {*map(simplified, given)}
    waiting = [
        f"{key}: # {what}\n" if is_yaml else f"#{key} = # {what}\n"
        for key, what in required.items()
        if simplified(key) not in own
    ]
    lines = [_in_front_matter(line, values) for line in kept]
    return f"{fence}\n{''.join((*added, *waiting, *lines))}{fence}\n{_in_text(body, values)}"


def _without(block: str, given: Mapping[str, str]) -> list[str]:
    """The lines of front matter, without the keys that are given, but for those with a blank."""
    keys, kept, is_dropped = {*map(simplified, given)}, [], False
    for line in block.splitlines(keepends=True):
        if key := _A_KEY.match(line):
            is_dropped = simplified(key[1]) in keys and not _BLANK.search(line)
        elif line.startswith("["):  # a table of TOML
            is_dropped = False
        if not is_dropped:
            kept.append(line)
    return kept


def _in_front_matter(line: str, values: Mapping[str, str]) -> str:
    """A line with its blanks filled in, the title in quotes unless there are quotes around it."""

    def fill(found: re.Match[str]) -> str:
        value = values.get(found[1], found[0])
        if found[1] != "title":
            return value
        before, after = line[: found.start()], line[found.end() :].strip()
        if re.search(r"[:=]\s*$", before) and not after:
            return quoted(value)
        if before.count('"') % 2:
            return quoted(value)[1:-1]
        return value.replace("'", "''") if before.count("'") % 2 else value

    return _BLANK.sub(fill, line)


def _in_text(text: str, values: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda found: values.get(found[1], found[0]), text)
