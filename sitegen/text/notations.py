"""The path in a link, as other generators have authors write it."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"""
    @(?=/)                                              # Zola: from the content folder
  | \{(?:filename|static|attach)\}                      # Pelican: from there, or from the document
  | \|(?:filename|static|attach)\|
  | (?:\{\{-?[ ]*site\.(?:base)?url[ ]*-?\}\})+(?=/|$)   # Jekyll: from the root of the site
    """,
    re.VERBOSE,
)

_UNFILLED = re.compile(r"\{\{[^{}]*\}\}|\{%.*?%\}")


def own_notation(address: str) -> str:
    """The path that a link means, as it is written here.

    `@/a.md` is `/a.md`, and so are `{filename}/a.md` and `{{ site.baseurl }}/a.md`; `{static}a.png`
    is `a.png`. Any other is left as it is.
    """
    mark = _MARK.match(address)
    return address[mark.end() :] if mark else address


def is_for_liquid(address: str) -> bool:
    """Whether a path has a part that only Liquid or Nunjucks can fill in: `{{page.url}}/b/`."""
    return "{" in address and bool(_UNFILLED.search(own_notation(address)))
