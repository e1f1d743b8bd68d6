"""What is no error of Markdown, but not what an author wants readers to see.

Called once for a body, with the finished tokens: what the syntaxes have left is looked at, never
what they understood. Each search starts with a test of the whole body that costs next to nothing,
and most bodies go no further.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.content.markdown.lint.findings import Findings
from sitegen.content.markdown.lint.foreign import find_foreign_syntax
from sitegen.content.markdown.lint.html_tags import find_in_tags
from sitegen.content.markdown.lint.kinds import TRIGGERS
from sitegen.content.markdown.lint.passages import passages
from sitegen.content.markdown.lint.references import UNDEFINED, References
from sitegen.content.markdown.lint.structure import (
    find_open_fences,
    find_silent_images,
    find_skipped_headings,
)
from sitegen.content.markdown.reading import reading_of
from sitegen.text.patterns import compiled

_TEXTS = ("inline", "html_block")
"""The types of tokens that hold what readers see."""


def _by_first_character(patterns: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The patterns that start with a character as one: to look for that alone takes no time."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pattern in patterns:
        found[pattern.removeprefix("\\")[0]].append(pattern)
    return tuple((first, "|".join(dict.fromkeys(alike))) for first, alike in found.items())


_SUSPECT = _by_first_character((*TRIGGERS, *UNDEFINED))


def lint(tokens: Sequence[Token], body: str, env: EnvType) -> None:
    """Report what readers would see that is hardly meant; linear in the length of the body."""
    if "\r" in body:  # as markdown-it counts lines
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    reading, findings = reading_of(env), Findings(body)
    references = References(env, findings)
    texts = "\n".join([token.content for token in tokens if token.type in _TEXTS])
    for passage in passages(tokens, body, _is_suspect) if _is_suspect(texts) else ():
        find_foreign_syntax(passage, findings)
        references.find_undefined(passage)
    references.find_unused(tokens)
    find_in_tags(tokens, findings)
    find_open_fences(tokens, findings)
    find_skipped_headings(tokens, findings)
    find_silent_images(tokens, findings)
    reading.diagnostics += findings.diagnostics(reading.line)


def _is_suspect(text: str) -> bool:
    text = f"\n{text}"
    return any(first in text and compiled(pattern).search(text) for first, pattern in _SUSPECT)
