"""The style sheets and scripts of the theme as they are published: those of many parts as one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

Parts = tuple[tuple[str, str], ...]
"""The files that one output is made of: the name of each, and its text."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
"""Nothing that looks like one may be in a string of the theme's."""
_INDENTATION = re.compile(r"\s*\n\s*")
_SPACE = re.compile(r'("[^"]*")|\s*([{};,>])\s*|(:)\s+')
"""White space that CSS does not need, and strings, which keep theirs. That before a colon is the
difference between `a :hover` and `a:hover`."""


def bundle(parts: Parts) -> str:
    """The texts in their order, without comments, indentation and empty lines.

    A line break stays one, so that a statement of a script ends where it did.
    """
    texts = (_COMMENT.sub("", text).strip() for _, text in parts)
    return "".join(_INDENTATION.sub("\n", text) + "\n" for text in texts if text)


def squeezed(css: str) -> str:
    """A style sheet without the white space that it does not need."""
    return _SPACE.sub(lambda found: found[1] or found[2] or found[3], css).replace(";}", "}")


def packing(path: str) -> Callable[[bytes], bytes] | None:
    """What makes a file of the theme lighter; None of what is no style sheet and no script."""
    return _PACKINGS.get(posixpath.splitext(path)[1])


def _packed_script(data: bytes) -> bytes:
    return bundle((("", data.decode()),)).encode()


def _packed_style_sheet(data: bytes) -> bytes:
    return squeezed(bundle((("", data.decode()),))).encode()


_PACKINGS = {".css": _packed_style_sheet, ".js": _packed_script}
