"""The language that an output speaks, as a part of what it reads."""

from __future__ import annotations

from sitegen.engine.trace import View
from sitegen.model.language import Language


def language_in(view: View, tag: str) -> Language:
    """The language with this tag; that of the site where no document is in it."""
    found: Language | None = view.get(f"words:{tag}")
    return found or language_of_site(view)


def language_of_site(view: View) -> Language:
    """The language in which everything is that no document says."""
    found: Language = view.read(f"words:{view.read('site:language')}")
    return found
