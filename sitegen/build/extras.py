"""What the configuration asks for and is not installed: libraries that only some sites need."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.session import Session
from sitegen.drawing.library import can_draw
from sitegen.model.diagnostics import Diagnostic
from sitegen.sources.discover import CONFIG_FILE, read
from sitegen.text.encoding import decode


def missing_extras(session: Session) -> Iterator[Diagnostic]:
    """SG016 for each key that wants something drawn, where nothing can draw it."""
    config = session.config
    wanted = {("theme", "cards"): config.theme.cards, ("icon",): bool(config.icon)}
    if not any(wanted.values()) or can_draw():
        return
    from sitegen.config.load import at_key_of

    data, _ = read(session.folder, CONFIG_FILE)
    text, _ = decode(data or b"", CONFIG_FILE)
    for keys, what in ((("icon",), "icons"), (("theme", "cards"), "social cards")):
        if wanted[keys]:
            message = f"no {what} are made: the libraries that draw them are not installed"
            problem = Diagnostic("SG016", message, hint="pip install 'sitegen-blog[cards]'")
            yield at_key_of(text or "", keys, problem)
