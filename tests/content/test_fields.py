"""The declared fields of front matter, all of them alike."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sitegen.content.fields import FIELDS, KEYS, MOST_ENTRIES, READERS
from sitegen.content.frontmatter import parse
from sitegen.model.fields import FieldType
from sitegen.model.source import Kind, Source


def test_every_type_of_field_has_a_reader() -> None:
    assert READERS.keys() == set(FieldType)


def test_no_two_fields_have_a_key_in_common() -> None:
    assert len(KEYS) == sum(len(field.keys) for field in FIELDS)


@pytest.mark.parametrize("written", ["tags: [{}]", "tags: {}"])
def test_a_list_without_end_is_refused_at_the_first_entry_too_many(written: str) -> None:
    """5,000 tags on one post took a minute: each has a page that lists them all."""
    names = ", ".join(f"t{number}" for number in range(MOST_ENTRIES + 1))
    text = f"---\n{written.format(names)}\n---\n"
    source = Source("content/a.md", Kind.POST, "a")
    (problem,) = parse(text, source, ZoneInfo("UTC")).diagnostics
    assert problem.code == "SG109"
    assert "501 names, and up to 500 are possible" in problem.message
    assert problem.line == 2
    if "[" in written:
        assert problem.column == text.splitlines()[1].index("t500") + 1
