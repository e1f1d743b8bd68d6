"""What a document is a function of, besides the code."""

from __future__ import annotations

from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

import pytest

from sitegen.config.schema import Config
from sitegen.content.settings import IN_TABLE, DocumentSettings, document_key, document_settings
from sitegen.model.source import Kind, Source

SOURCE = Source("content/posts/a.md", Kind.POST, "posts/a.md")
SETTINGS = document_settings(Config())


@pytest.mark.parametrize("field", fields(DocumentSettings), ids=attrgetter("name"))
def test_every_setting_comes_from_the_configuration_and_changes_the_key(field: Any) -> None:  # noqa: ANN401 (a dataclass field)
    another: Any = ("another", getattr(SETTINGS, field.name))
    table, _, key = field.metadata.get(IN_TABLE, field.name).rpartition(".")
    in_table = replace(getattr(Config(), table), **{key: another}) if table else another
    changed = document_settings(replace(Config(), **{table or key: in_table}))
    assert getattr(changed, field.name) == another
    assert document_key(SOURCE, b"1", changed) != document_key(SOURCE, b"1", SETTINGS)


def test_the_file_and_its_place_change_the_key() -> None:
    keys = {
        document_key(source, seen, SETTINGS)
        for source in (
            SOURCE,
            replace(SOURCE, kind=Kind.PAGE),
            replace(SOURCE, name="a.md"),
            replace(SOURCE, path="posts/a.md"),
        )
        for seen in (b"1", b"2")
    }
    assert len(keys) == 8
