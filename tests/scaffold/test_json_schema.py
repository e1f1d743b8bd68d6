"""The schemas that editors check `sitegen.toml` and front matter by."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sitegen.config.load import load
from sitegen.config.schema import Config
from sitegen.scaffold.json_schema import schema_files, schemas
from sitegen.scaffold.kit import KIT, Answers, Setting, new_site
from tests.command import sitegen
from tests.conftest import ROOT
from tests.content.test_contract import DECLARED
from tests.examples import examples


def problems(name: str, value: object, configuration: str = "") -> list[str]:
    """What an editor has against a value."""
    return [each.message for each in checker(name, configuration).iter_errors(value)]


@cache
def checker(name: str, configuration: str) -> jsonschema.Draft7Validator:
    schema = schemas(load(configuration)[0])[name]
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def plain(value: Any) -> Any:  # noqa: ANN401 (YAML)
    """As editors read it, to whom a date is a text."""
    return json.loads(json.dumps(value, default=str))


FULL = "\n".join(e.text for e in examples("configuration.md", "toml")[:1])


@pytest.mark.parametrize(
    "text",
    [
        FULL,
        DECLARED,
        new_site(Answers("T"), Setting(datetime(2026, 1, 1, tzinfo=UTC)))["sitegen.toml"],
        (ROOT / "sitegen.toml").read_text("utf-8"),
        "[fields.a]\ntype = 'object'\n[fields.a.fields.b]\nchoices = ['x']",
    ],
)
def test_configuration_that_is_right_is_right_to_editors(text: str) -> None:
    assert problems("config", plain(tomllib.loads(text))) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", "'titel' was unexpected"),
        ("paginate = 'x'", "is not of type 'integer'"),
        ("feeds.content = 'some'", "is not one of ['full', 'excerpt']"),
        ("fields.a.type = 'text'", "is not one of ['string', 'integer'"),
        ("fields.a.fields.b.chioces = []", "'chioces' was unexpected"),
        ("diagnostics.SG999 = 'off'", "'SG999' was unexpected"),
        ("menu = [{ title = 'x' }]", "'url' is a required property"),
    ],
)
def test_configuration_that_is_wrong_is_wrong_to_editors(text: str, message: str) -> None:
    (problem,) = problems("config", tomllib.loads(text))
    assert message in problem


def test_every_key_says_what_it_is_or_has_keys_that_do() -> None:
    """From the docstrings of the schema, so that they can be read in an editor."""
    found = schemas(Config())["config"]["properties"]
    assert found["paginate"]["description"] == "Posts on a page of a list."
    assert found["paginate"]["default"] == 10


@pytest.mark.parametrize("example", examples("front-matter.md", "yaml"))
def test_front_matter_of_the_manual_is_right_to_editors(example: Any) -> None:  # noqa: ANN401
    assert problems("front-matter", plain(yaml.safe_load(example.text))) == []


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("level: easy\nstars: 3\ntopics: [a]\nyears: [2024]\nspeaker: {name: A}", None),
        ("level: esay", "is not one of ['easy', 'hard']"),
        ("stars: many", "is not of type 'integer'"),
        ("years: [1999]", "is not one of [2024, 2025]"),
        ("speaker: {age: 3}", "'name' is a required property"),
        ("draft: maybe", "is not of type 'boolean'"),
        ("mood: good", "'mood' was unexpected"),
    ],
)
def test_fields_of_a_site_are_known_to_editors(written: str, message: str | None) -> None:
    declared = f'content.unknown = "forbid"\n{DECLARED}'
    found = problems("front-matter", plain(yaml.safe_load(written)), declared)
    assert len(found) == (message is not None)
    assert message is None or message in found[0]


def test_command_prints_one_schema_and_writes_both(tmp_path: Path) -> None:
    text = "[fields.level]\nrequired = true\n"
    (tmp_path / "sitegen.toml").write_text(text, "utf-8")
    printed = sitegen("schema", "front-matter", tmp_path)
    assert json.loads(printed.stdout)["required"] == ["level"]
    for _ in range(2):
        assert sitegen("schema", "--write", cwd=tmp_path).returncode == 0
    expected = schema_files(schemas(load(text)[0]))
    assert {path: (tmp_path / path).read_text("utf-8") for path in expected} == expected
    assert sitegen("schema", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("kit", ["site", "demo"])
def test_new_site_names_its_schema_where_editors_look(kit: str) -> None:
    """The directive of Taplo, which is in VS Code, Neovim, Helix and Zed; a path from the file."""
    first = (KIT / kit / "sitegen.toml").read_text("utf-8").splitlines()[0]
    path = first.removeprefix("#:schema ./")
    assert path in schema_files(schemas(Config()))
