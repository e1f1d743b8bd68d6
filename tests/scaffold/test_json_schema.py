"""The schemas that editors check `sitegen.toml` and front matter by."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest
import yaml

from sitegen.config.load import load
from sitegen.config.schema import Config
from sitegen.content.contract import Contract
from sitegen.content.fields import KEYS
from sitegen.content.frontmatter import parse
from sitegen.data.tree import Node
from sitegen.data.yaml_tree import read_yaml
from sitegen.model.codes import CODES, Severity
from sitegen.model.source import Kind, Source
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
        ("level: esay", "is not one of ['easy', 'hard', None]"),
        ("stars: many", "is not of type 'integer'"),
        ("years: [1999]", "is not one of [2024, 2025, None]"),
        ("speaker: {age: 3}", "'name' is a required property"),
        ("draft: maybe", "'maybe' does not match"),
        ("mood: good", "'mood' was unexpected"),
    ],
)
def test_fields_of_a_site_are_known_to_editors(written: str, message: str | None) -> None:
    declared = f'content.unknown = "forbid"\n{DECLARED}'
    found = problems("front-matter", plain(yaml.safe_load(written)), declared)
    assert len(found) == (message is not None)
    assert message is None or message in found[0]


EVERY_TYPE = """
[fields.s]
[fields.i]
type = "integer"
[fields.n]
type = "number"
[fields.b]
type = "boolean"
[fields.d]
type = "date"
[fields.u]
type = "url"
[fields.f]
type = "file"
[fields.p]
type = "post"
[fields.texts]
type = "list"
[fields.numbers]
type = "list"
items = "integer"
[fields.free]
type = "object"
[fields.o]
type = "object"
[fields.o.fields.name]
required = true
[fields.people]
type = "list"
items = "object"
[fields.people.fields.name]
[fields.level]
choices = ["x", "1.10"]
[fields.size]
type = "integer"
choices = [1, 2]
[fields.levels]
type = "list"
choices = ["a", "b"]
"""
WRITTEN = (
    *("", "~", "x", "'x'", "a.svg", "/p/", "https://x.example/"),
    *("1", "2", "-1", "1.5", "1.10", "007", "0x1F", "12:30", ".nan", ".inf", "1e400"),
    *("true", "False", "'true'", "no", "On", "2024-01-31", "'2024-01-31'", "2024-01-31 10:00"),
    *("[a, b]", "[1, 2.5]", "[]", "[a, [b]]", "[true, ~]", "[2024-01-31]", "[a, {b: c}]"),
    *("{a: 1}", "{name: A}", "[{name: A}]", "[{a: 1}]", "{name: ~}", "{name: [a]}"),
)
UNSEEN = {"SG107", "SG114"}
"""Dates and languages, which a schema takes for texts."""


def as_editors_read(node: Node) -> object:
    """A value of YAML 1.1 as YAML 1.2 has it (yaml.org/spec/1.2.2, §10.3.2)."""
    if isinstance(node, tuple):
        return [as_editors_read(each) for each in node]
    if isinstance(node, dict):
        return {key: as_editors_read(each) for key, each in node.items()}
    if node.value == node.text or isinstance(node.value, date):
        return node.text  # in quotes, for all we know
    if isinstance(node.value, bool):
        return node.value if node.text in ("true", "True", "false", "False") else node.text
    if isinstance(node.value, int | float) and re.fullmatch(r"[-+]?[\d.]+(?:e\d+)?", node.text):
        return float(node.text) if "." in node.text or "e" in node.text else int(node.text)
    return node.text if ":" in node.text or "." in node.text else node.value


def judged(key: str, value: str, config: Config) -> tuple[list[str], set[str]]:
    """The codes of what sitegen says of a key with this value, and those that are errors."""
    source = Source("content/posts/a.md", Kind.POST, "posts/a.md")
    found = parse(
        f"---\n{key}: {value}\n---\nText.\n", source, ZoneInfo("UTC"), Contract(config.fields)
    )
    codes = [problem.code for problem in found.diagnostics]
    return codes, {code for code in codes if CODES[code].severity is Severity.ERROR}


@pytest.mark.parametrize("key", [*KEYS, *load(EVERY_TYPE)[0].fields])
def test_schema_takes_what_sitegen_takes_and_refuses_what_it_refuses(key: str) -> None:
    """Between the two is what sitegen warns of: keys of others, texts that look like numbers.

    What a schema cannot see: a mapping of an image without one, and which number is written 0x1F.
    """
    config, _ = load(EVERY_TYPE)
    for value in WRITTEN:
        tree, _ = read_yaml(f"{key}: {value}")
        assert tree
        refused = problems("front-matter", as_editors_read(tree.value), EVERY_TYPE)
        said, errors = judged(key, value, config)
        if not said:
            assert refused == [], value
        if errors - UNSEEN and (key, value) not in HARD_TO_SEE:
            assert refused, value


HARD_TO_SEE = {
    *(("image", value) for value in WRITTEN if value.startswith("{")),
    *(("i", "0x1F"), ("i", "1e400"), ("n", "1e400"), ("order", "1e400")),
    *((key, "-1") for key in ("tags", "categories", "category")),
}


def test_front_matter_of_real_blogs_is_right_to_editors(shared: Path) -> None:
    """Without their layouts and dates that do not exist: all that sitegen reads there."""
    files = [*(shared / "corpus").rglob("*.md"), *(shared / "corpus").rglob("*.markdown")]
    count = 0
    for file in sorted(files):
        front = re.match(
            r"---\n(.*?\n)---\n", file.read_bytes().decode(errors="replace"), re.DOTALL
        )
        tree, _ = read_yaml(front[1]) if front else (None, ())
        if tree is not None:
            count += 1
            assert problems("front-matter", as_editors_read(tree.value)) == [], file
    assert count > 400


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
