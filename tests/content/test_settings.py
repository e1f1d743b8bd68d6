"""What a document is a function of, besides the code."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from sitegen.config.schema import Config, ThemeConfig
from sitegen.content.settings import DocumentSettings, document_key, document_settings
from sitegen.model.source import Kind, Source

SOURCE = Source("content/posts/a.md", Kind.POST, "posts/a.md")
SETTINGS = document_settings(Config())


@pytest.mark.parametrize("name", [field.name for field in fields(DocumentSettings)])
def test_every_setting_comes_from_the_configuration_and_changes_the_key(name: str) -> None:
    another: Any = ("another", getattr(SETTINGS, name))
    in_table = replace(ThemeConfig(), **{name: another}) if hasattr(ThemeConfig, name) else None
    config = replace(Config(), **({"theme": in_table} if in_table else {name: another}))
    changed = document_settings(config)
    assert getattr(changed, name) == another
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
