"""What the configuration asks for and is not installed: libraries that only some sites need."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.session import Session
from sitegen.cards.card import can_draw
from sitegen.model.diagnostics import Diagnostic
from sitegen.sources.discover import CONFIG_FILE, read
from sitegen.text.encoding import decode


def missing_extras(session: Session) -> Iterator[Diagnostic]:
    """SG016 where social cards are wanted, and nothing can draw them."""
    if session.config.theme.cards and not can_draw():
        from sitegen.config.load import at_key_of

        data, _ = read(session.folder, CONFIG_FILE)
        text, _ = decode(data or b"", CONFIG_FILE)
        message = "no social cards are made: the libraries that draw them are not installed"
        problem = Diagnostic("SG016", message, hint="pip install 'sitegen-blog[cards]'")
        yield at_key_of(text or "", ("theme", "cards"), problem)
