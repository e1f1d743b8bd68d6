"""What others say about a post on sites of their own (W3C Webmention)."""

from __future__ import annotations

from datetime import datetime

from sitegen.model.dataclass import dataclass

MENTIONS_FILE = "webmentions.json"
"""The file of the site folder that has them: `sitegen webmentions` writes it, a build reads it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A page that links to a post."""

    kind: str
    """`like`, `repost`, `reply` or `mention`."""
    url: str
    author: str
    """A name; may be empty."""
    published: datetime | None
    """In UTC."""
    text: str
    """Plain; may be empty."""
