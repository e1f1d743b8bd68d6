"""Which documents are published when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from sitegen.model.report import Absence, LeftOut
from sitegen.site.publication import select
from tests.documents import day, document

NOW = day(10)


@pytest.mark.parametrize(
    ("meta", "reason", "when"),
    [
        ({"draft": True}, Absence.DRAFT, None),
        ({"date": day(11)}, Absence.SCHEDULED, day(11)),
        ({"expires": day(9)}, Absence.EXPIRED, day(9)),
        ({"expires": day(10)}, Absence.EXPIRED, day(10)),
    ],
)
def test_document_is_left_out_with_its_reason(
    meta: dict[str, Any], reason: Absence, when: datetime | None
) -> None:
    published, left_out = select([document(**meta)], NOW, drafts=False, future=False)
    assert published == ()
    assert left_out == (LeftOut("content/posts/a.md", reason, when),)


@pytest.mark.parametrize("meta", [{}, {"date": day(10)}, {"date": day(1), "expires": day(11)}])
def test_document_is_published(meta: dict[str, Any]) -> None:
    published, left_out = select([document(**meta)], NOW, drafts=False, future=False)
    assert (len(published), left_out) == (1, ())


def test_drafts_and_future_documents_are_published_when_asked() -> None:
    documents = (document(draft=True), document("content/posts/b.md", date=day(11)))
    assert select(documents, NOW, drafts=True, future=True) == (documents, ())


def test_expired_document_comes_back_in_no_way() -> None:
    published, _ = select([document(expires=day(1), draft=True)], NOW, drafts=True, future=True)
    assert published == ()
