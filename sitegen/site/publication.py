"""Which documents are published now: drafts, scheduled and expired ones are left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sitegen.model.document import Document
from sitegen.model.report import Absence, LeftOut


def select(
    documents: Iterable[Document], now: datetime, *, drafts: bool, future: bool
) -> tuple[tuple[Document, ...], tuple[LeftOut, ...]]:
    """The documents to publish at a time, and the others, each with the reason.

    With `drafts` and `future`, drafts and documents dated after `now` are published too.
    """
    published: list[Document] = []
    left_out: list[LeftOut] = []
    for document in documents:
        meta, path = document.meta, document.source.path
        if meta.draft and not drafts:
            left_out.append(LeftOut(path, Absence.DRAFT, None))
        elif meta.date and meta.date > now and not future:
            left_out.append(LeftOut(path, Absence.SCHEDULED, meta.date))
        elif meta.expires and meta.expires <= now:
            left_out.append(LeftOut(path, Absence.EXPIRED, meta.expires))
        else:
            published.append(document)
    return tuple(published), tuple(left_out)


def horizon(
    documents: Iterable[Document], now: datetime
) -> tuple[datetime | None, datetime | None]:
    """From when and until when `select` gives what it gives now; None: there is no such end.

    At the first moment it gives the same already, at the second no longer.
    """
    dates = ((document.meta.date, document.meta.expires) for document in documents)
    moments = {date for pair in dates for date in pair if date}
    since = max((moment for moment in moments if moment <= now), default=None)
    until = min((moment for moment in moments if moment > now), default=None)
    return since, until
