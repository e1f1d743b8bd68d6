"""The `schema.py` of a site: Pydantic models that front matter has to fit."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitegen.build.code_schemas import code_schemas
from sitegen.build.read import how_to_read
from sitegen.config.load import load
from sitegen.config.schema import Config
from sitegen.content.frontmatter import Parsed, parse
from sitegen.content.settings import document_settings
from sitegen.model.diagnostics import UsageError
from sitegen.model.source import Kind, Source
from sitegen.plugins.find import find_plugins
from sitegen.plugins.load import load_plugins
from sitegen.scaffold.json_schema import schemas
from tests.conftest import unavailable
from tests.oracle import Twins

MODELS = """
from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, field_validator


class Mood(Enum):
    GOOD = "good"


class Speaker(BaseModel):
    name: str
    site: HttpUrl | None = None


class Post(BaseModel):
    model_config = ConfigDict(extra="forbid")
    level: Literal["easy", "hard"]
    stars: int = Field(3, le=5)
    due: date | None = None
    mood: Mood | None = None
    price: Decimal | None = None
    topics: set[str] = set()
    speakers: list[Speaker] = []

    @field_validator("due")
    @classmethod
    def on_a_weekday(cls, value: date) -> date:
        assert value.weekday() < 5, "a talk is on a weekday"
        return value if value.year != 2000 else 1 / 0
"""


@pytest.fixture(autouse=True)
def _pydantic() -> None:
    if find_spec("pydantic") is None:
        unavailable("pydantic is not installed")


def read(folder: Path, written: str, kind: Kind = Kind.POST, models: str = MODELS) -> Parsed:
    """What becomes of front matter in a site with these models."""
    (folder / "schema.py").write_text(models, "utf-8")
    how = how_to_read(document_settings(load("")[0]), find_plugins(folder))
    source = Source("content/posts/a.md", kind, "posts/a.md")
    return parse(f"---\n{written}\n---\nText.\n", source, ZoneInfo("UTC"), how.contract)


def test_values_are_those_of_the_model(tmp_path: Path) -> None:
    """In what a template can show, and defaults too; sitegen's own keys are not for it."""
    parsed = read(
        tmp_path,
        "title: A\nlastmod: 2024-01-01\nlevel: easy\ndue: 2024-01-31\nmood: good\nprice: 1.10\n"
        "topics: [b, a]\nspeakers:\n- name: Ada\n  site: https://ada.example",
    )
    assert parsed.diagnostics == ()
    assert parsed.meta
    assert {name: parsed.meta.extra[name] for name in parsed.meta.own} == {
        "level": "easy",
        "stars": 3,
        "due": datetime(2024, 1, 31, tzinfo=UTC),
        "mood": "good",
        "price": "1.10",
        "topics": ("a", "b"),
        "speakers": ({"name": "Ada", "site": "https://ada.example/"},),
    }


@pytest.mark.parametrize(
    ("written", "code", "place", "message", "hint"),
    [
        ("level: esay", "SG117", (2, 8), "'level' must be one of 'easy', 'hard'", "'easy'"),
        ("stars: 3", "SG118", (1, 1), "'level' is missing", "add the key 'level'"),
        ("level: easy\nstars: x", "SG106", (3, 8), "'stars' must be a whole number", "whole"),
        ("level: easy\nstars: 9", "SG121", (3, 8), "schema.py refuses 'stars': input", "schema.py"),
        ("level: easy\ndue: 2024-01-06", "SG121", (3, 6), "'due': a talk is on a weekday", ""),
        ("level: easy\nlevle: x", "SG121", (3, 1), "'levle': it has no such key", "'level'"),
        ("level: easy\nspeakers: Ada", "SG106", (3, 11), "'speakers' must be a list", "a list"),
        (
            "level: easy\nspeakers:\n- site: x",
            "SG118",
            (4, 3),
            "'speakers[0].name' is missing",
            "add the key 'name'",
        ),
        (
            "level: easy\nspeakers:\n- name: A\n  site: x",
            "SG106",
            (5, 9),
            "'speakers[0].site' must be an address",
            "https://",
        ),
    ],
)
def test_error_of_a_model_is_at_its_place(
    tmp_path: Path, written: str, code: str, place: tuple[int, int], message: str, hint: str
) -> None:
    (problem, *_) = read(tmp_path, written).diagnostics
    assert (problem.code, (problem.line, problem.column)) == (code, place)
    assert message in problem.message
    assert hint in (problem.hint or "")


def test_a_model_may_have_a_key_of_another_generator(tmp_path: Path) -> None:
    """`weight` is Hugo's order elsewhere, and a number such as 1.10 a text: SG111 and SG108."""
    models = "from pydantic import BaseModel\nclass Post(BaseModel):\n    weight: float\n"
    parsed = read(tmp_path, "weight: 1.10", models=models)
    assert parsed.diagnostics == ()
    assert parsed.meta
    assert parsed.meta.extra == {"weight": 1.1}


NAMED = """
from datetime import datetime
from pydantic import BaseModel, ConfigDict, Field

class Post(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(max_length=9)
    date: datetime
    tags: list[str] = Field([], min_length=1)
    level: str
"""


def test_a_model_may_name_keys_of_sitegen_and_gets_what_that_has_read(tmp_path: Path) -> None:
    """They were missing to it, though they were there."""
    written = "title: 2024\ndate: 31 January 2024\ntags: a, b\nlevel: easy\nlang: en"
    parsed = read(tmp_path, written, models=NAMED)
    assert parsed.diagnostics == ()
    assert parsed.meta
    assert (parsed.meta.own, parsed.meta.extra) == (("level",), {"level": "easy"})
    long = read(tmp_path, "title: A long title\ndate: 2024-01-31\nlevel: easy", models=NAMED)
    assert [(it.code, it.line, it.column) for it in long.diagnostics] == [("SG121", 2, 8)]
    assert "schema.py refuses 'title'" in long.diagnostics[0].message
    (missing,) = read(tmp_path, "title: A\nlevel: easy", models=NAMED).diagnostics
    assert (missing.code, missing.message) == ("SG118", "'date' is missing")


def test_a_page_has_no_model_where_only_posts_have(tmp_path: Path) -> None:
    parsed = read(tmp_path, "level: whatever", Kind.PAGE)
    assert parsed.meta
    assert (parsed.meta.own, parsed.diagnostics) == ((), ())


@pytest.mark.parametrize(
    ("models", "line", "message", "hint"),
    [
        ("class Post:\n    pass\n", None, "no model Post or Page", "BaseModel"),
        ("\nimport nowhere\nclass Post: ...", 2, "No module named 'nowhere'", None),
        ("class Post(:", 1, "invalid syntax", None),
        (
            "from pydantic import BaseModel\n\nclass Post(BaseModel):\n    level: 'Nope'",
            4,
            "name 'Nope' is not defined",
            None,
        ),
        ("DATA = {'talks': list['Tlak']}", 1, "name 'Tlak' is not defined", None),
        ("DATA = ['talks']", None, "nor a table DATA", "DATA = {…}"),
    ],
)
def test_models_that_cannot_be_loaded_are_located(
    tmp_path: Path, models: str, line: int | None, message: str, hint: str | None
) -> None:
    (tmp_path / "schema.py").write_text(models, "utf-8")
    with pytest.raises(UsageError) as refused:
        load_plugins(find_plugins(tmp_path))
    (problem,) = refused.value.diagnostics
    assert (problem.code, problem.path, problem.line) == ("SG801", "schema.py", line)
    assert message in problem.message
    assert (hint or "") in (problem.hint or "")


def test_a_schema_that_is_not_for_sitegen_is_not_run(tmp_path: Path) -> None:
    """Other programs have a `schema.py` too."""
    (tmp_path / "schema.py").write_text("raise SystemExit\nclass PostType: ...\n", "utf-8")
    assert all(source.text is None for source in find_plugins(tmp_path))


def test_every_edit_of_the_models_is_as_if_it_had_always_been_so(tmp_path: Path) -> None:
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", 'base_url = "https://me.example/"\n')
    twins.write("templates/post.html", "{{ page.extra }}{{ site.posts[0].extra }}")
    twins.write("content/a.md", "---\ntitle: A\nlevel: easy\n---\nText.\n")
    twins.build()
    for edit in (MODELS, MODELS.replace("= Field(3", "= Field(4"), None, MODELS):
        if edit is None:
            twins.remove("schema.py")
        else:
            twins.write("schema.py", edit)
        report = twins.build()
        assert report
        assert "posts/a/index.html" in report.written
        twins.build_again()
    twins.write("content/a.md", "---\nlevel: easy\ndue: 2000-01-03\n---\nText.\n")
    (problem,) = (d for d in twins.quick().diagnostics if d.code == "SG802")
    assert (problem.path, problem.line) == ("schema.py", 35)
    assert "ZeroDivisionError" in problem.message


def test_editors_check_by_the_models_too(tmp_path: Path) -> None:
    """Each key of a model, those without a value included."""
    import jsonschema

    more = "\nclass Page(BaseModel):\n    level: int\n"
    (tmp_path / "schema.py").write_text(MODELS + more, "utf-8")
    schema = schemas(Config(), code_schemas(tmp_path))["front-matter"]
    jsonschema.Draft7Validator.check_schema(schema)
    check = jsonschema.Draft7Validator(schema)
    for value in ("easy", 3, None):
        good = {"title": "A", "level": value, "speakers": [{"name": "Ada"}], "due": "2024-01-31"}
        assert [*check.iter_errors(good)] == []
    wrongs: tuple[object, ...] = ({"level": "esay"}, {"stars": 9}, {"speakers": [{"site": "x"}]})
    for wrong in wrongs:
        assert [*check.iter_errors(wrong)]
