"""The parts of the theme's style sheet, or of its script, as one file."""

from __future__ import annotations

import re

Parts = tuple[tuple[str, str], ...]
"""The files that one output is made of: the name of each, and its text."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
"""Nothing that looks like one may be in a string of the theme's."""
_INDENTATION = re.compile(r"\s*\n\s*")


def bundle(parts: Parts) -> str:
    """The texts in their order, without comments, indentation and empty lines.

    A line break stays one, so that a statement of a script ends where it did.
    """
    texts = (_COMMENT.sub("", text).strip() for _, text in parts)
    return "".join(_INDENTATION.sub("\n", text) + "\n" for text in texts if text)
