"""What is wrong with [fields] on this site, and cannot be seen in `sitegen.toml` alone."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.build.session import Session
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.source import Source
from sitegen.sources.discover import CONFIG_FILE, read
from sitegen.text.encoding import decode


def unused_fields(session: Session, sources: Iterable[Source]) -> tuple[Diagnostic, ...]:
    """SG120 for each field that is for a folder without documents."""
    fields = session.config.fields.items()
    given = {name: it for name, it in fields if it.documents not in ("", "posts", "pages")}
    if not given:
        return ()
    from sitegen.config.load import at_key_of
    from sitegen.config.own_fields import is_for
    from sitegen.text.spelling import did_you_mean

    documents, found = tuple(sources), []
    for name, field in given.items():
        if not any(is_for(field, source) for source in documents):
            known = sorted({"posts", "pages", *(it.section for it in documents)} - {""})
            message = f"no post or page is in '{field.documents}', so none has the field '{name}'"
            hint = did_you_mean(field.documents, known)
            hint = hint or "write 'posts', 'pages', or a folder as it is below content/"
            found.append((name, Diagnostic("SG120", message, hint=hint)))
    data, _ = read(session.folder, CONFIG_FILE)
    text = (decode(data, CONFIG_FILE)[0] if data else None) or ""
    return tuple(at_key_of(text, ("fields", name, "for"), problem) for name, problem in found)
