"""What the configuration asks for and is not installed: libraries that only some sites need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec

from sitegen.build.session import Session
from sitegen.config.schema import ImagesConfig
from sitegen.drawing.library import can_draw
from sitegen.engine.distributions import installed
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.sources.discover import CONFIG_FILE, read
from sitegen.text.encoding import decode


def can_make_copies() -> bool:
    """Whether Pillow is installed, which makes smaller copies of images."""
    return "pillow" in installed() and find_spec("PIL") is not None


def missing_extras(session: Session) -> Iterator[Diagnostic]:
    """SG015, SG016 and SG333 where images, cards or diagrams are wanted that nothing can make."""
    config = session.config
    drawn = (
        (("icon",), config.icon, "icons"),
        (("theme", "cards"), config.theme.cards, "social cards"),
    )
    for keys, wanted, what in drawn:
        if wanted and not can_draw():
            message = f"no {what} are made: the libraries that draw them are not installed"
            yield _at(keys, session, Diagnostic("SG016", message, hint=_install("cards")))
    if config.markdown.diagrams:
        yield from _missing_renderers(config.markdown.diagrams, session)
    images = session.config.images
    asks_for_copies = images.formats and replace(images, metadata=False) != ImagesConfig()
    if asks_for_copies and not can_make_copies():
        message = "images are published as they are: Pillow, which makes copies, is not installed"
        yield _at(("images",), session, Diagnostic("SG015", message, hint=_install("images")))


def missing_math(documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """SG331 at the first of the documents with formulas, where nothing makes MathML of them."""
    found = [document for document in documents if document.rendered.has_formulas]
    if not found:
        return
    from sitegen.content.markdown.mathml import can_convert

    if can_convert():
        return
    first = min(found, key=lambda document: document.source.path)
    place = first.meta.place("math")
    others = f", here and in {len(found) - 1} more" if len(found) > 1 else ""
    message = f"formulas are shown as TeX{others}: math-core is not installed"
    hint = _install("math")
    yield Diagnostic(
        "SG331", message, first.source.path, place.line, place.column, hint, place.length
    )


def _missing_renderers(names: Iterable[str], session: Session) -> Iterator[Diagnostic]:
    from sitegen.content.diagrams.draw import RENDERERS

    for name in names:
        if not (renderer := RENDERERS[name]).is_there():
            message = f"diagrams are shown as code: what draws those of '{name}' is not installed"
            problem = Diagnostic("SG333", message, hint=renderer.hint)
            yield _at(("markdown", "diagrams"), session, problem)


def _install(extra: str) -> str:
    return f"pip install 'sitegen-blog[{extra}]'"


def _at(keys: tuple[str, ...], session: Session, problem: Diagnostic) -> Diagnostic:
    from sitegen.config.load import at_key_of

    data, _ = read(session.folder, CONFIG_FILE)
    text, _ = decode(data or b"", CONFIG_FILE)
    return at_key_of(text or "", keys, problem)
