"""The declared fields of front matter, all of them alike."""

from __future__ import annotations

from sitegen.content.fields import FIELDS, KEYS, READERS
from sitegen.model.fields import FieldType


def test_every_type_of_field_has_a_reader() -> None:
    assert READERS.keys() == set(FieldType)


def test_no_two_fields_have_a_key_in_common() -> None:
    assert len(KEYS) == sum(len(field.keys) for field in FIELDS)
