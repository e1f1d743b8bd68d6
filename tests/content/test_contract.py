"""A site's own fields of front matter: what is read, and how each mistake is reported."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sitegen.config.load import load
from sitegen.content.document import HowToRead
from sitegen.content.frontmatter import Parsed, parse
from sitegen.content.settings import document_settings
from sitegen.model.document import Link
from sitegen.model.source import Kind, Source

DECLARED = """
[fields.level]
choices = ["easy", "hard"]
[fields.stars]
type = "integer"
default = 3
[fields.ratio]
type = "number"
[fields.is_new]
type = "boolean"
[fields.due]
type = "date"
[fields.topics]
type = "list"
[fields.years]
type = "list"
items = "integer"
choices = [2024, 2025]
[fields.home]
type = "url"
[fields.slides]
type = "file"
[fields.before]
type = "post"
[fields.weight]
type = "number"
[fields.talk]
required = true
for = "talks"
[fields.speaker]
type = "object"
[fields.speaker.fields.name]
required = true
[fields.speaker.fields.age]
type = "integer"
default = 1
[fields.anything]
type = "object"
"""


def read(written: str, path: str = "posts/a.md", configuration: str = DECLARED) -> Parsed:
    """What becomes of front matter; of a text without any, where nothing is written."""
    config, problems = load(configuration)
    assert problems == ()
    text = f"---\n{written}\n---\nText.\n" if written else "Text.\n"
    kind = Kind.SECTION if path.endswith("_index.md") else Kind.POST
    kind = Kind.PAGE if path.startswith("pages/") else kind
    source = Source(f"content/{path}", kind, path)
    return parse(text, source, ZoneInfo("UTC"), HowToRead(document_settings(config)).contract)


@pytest.mark.parametrize(
    ("written", "name", "value"),
    [
        ("level: hard", "level", "hard"),
        ("", "stars", 3),
        ("stars: 010", "stars", 10),
        ("stars:", "stars", 3),
        ("ratio: 0.5", "ratio", 0.5),
        ("ratio: 2.0", "ratio", 2),
        ("is-new: true", "is_new", True),
        ("Is_New: false", "is_new", False),
        ("due: 2024-01-31", "due", datetime(2024, 1, 31, tzinfo=UTC)),
        ("topics: [a, 2024-01-31]", "topics", ("a", "2024-01-31")),
        ("topics: []", "topics", ()),
        ("years: [2024]", "years", (2024,)),
        ("home: https://a.example/b", "home", "https://a.example/b"),
        ("home: mailto:a@b.example", "home", "mailto:a@b.example"),
        ("slides: a.pdf", "slides", Link("a.pdf", 2, 9, 5)),
        ("before: id:one", "before", Link("id:one", 2, 9, 6)),
        ("before: one", "before", Link("id:one", 2, 9, 3)),
        ("weight: 2", "weight", 2),
        ("speaker: {name: Ada}", "speaker", {"name": "Ada", "age": 1}),
        ("speaker: {Name: Ada, x: 1.10}", "speaker", {"name": "Ada", "age": 1, "x": "1.10"}),
        ("anything: {a: [1, {b: c}]}", "anything", {"a": (1, {"b": "c"})}),
        ("params: {level: easy}", "level", "easy"),
    ],
)
def test_value_has_the_type_of_its_field(written: str, name: str, value: object) -> None:
    meta = read(written).meta
    assert meta
    assert meta.extra[name] == value
    assert type(meta.extra[name]) is type(value)
    assert name in meta.own


@pytest.mark.parametrize(
    ("written", "code", "column", "message", "hint"),
    [
        ("level: esay", "SG117", 8, "'level' must be one of 'easy', 'hard'", "mean 'easy'"),
        ("level: [easy]", "SG106", 1, "'level' must be text, not a list", "one text"),
        ("stars: '5'", "SG106", 8, "'stars' must be a whole number", "without quotes: 5"),
        ("stars: 1:30", "SG106", 8, "'stars' must be a whole number", "such as 10"),
        ("stars: true", "SG106", 8, "'stars' must be a whole number", "such as 10"),
        ("stars: 1.5", "SG106", 8, "'stars' must be a whole number", "such as 10"),
        ("ratio: 1:30", "SG106", 8, "'ratio' must be a number", "such as 10"),
        ("ratio: .nan", "SG106", 8, "'ratio' must be a number", "such as 10"),
        ("is_new: maybe", "SG106", 9, "'is_new' must be true or false", "'true' or 'false'"),
        ("due: 2024-02-30", "SG107", 6, "'2024-02-30' is not a valid date", "2024-02-29"),
        ("topics: one", "SG106", 9, "'topics' must be a list", "[one]"),
        ("topics: [1.10]", "SG108", 10, "YAML reads '1.10' as 1.1", '"1.10"'),
        ("years: [2023]", "SG117", 9, "'years[0]' must be one of '2024', '2025'", "'2024' or"),
        ("home: a.example", "SG106", 7, "'home' must be an address", "'https://a.example'"),
        ("home: /about/", "SG106", 7, "'home' must be an address", "with its scheme"),
        ("slides: https://a.example/b.pdf", "SG106", 9, "'slides' must be a file", "'url'"),
        ("before: [one]", "SG106", 1, "'before' must be the id of a post", "write the id"),
        ("speaker: Ada", "SG106", 10, "'speaker' must be a mapping", "'name' and 'age'"),
        ("speaker: {age: 3}", "SG118", 1, "'speaker.name' is missing", "name:"),
        ("speaker: {name: a, age: x}", "SG106", 25, "'speaker.age' must be a whole", "10"),
        ("speaker: {name: a, agee: 1}", "SG105", 20, "unknown key 'speaker.agee'", "'age'"),
        ("levle: easy", "SG105", 1, "unknown key 'levle'", "'level'"),
    ],
)
def test_mistake_is_at_its_place_with_its_cure(
    written: str, code: str, column: int, message: str, hint: str
) -> None:
    (problem,) = read(written).diagnostics
    assert (problem.code, problem.line, problem.column) == (code, 2, column)
    assert message in problem.message
    assert hint in (problem.hint or "")


@pytest.mark.parametrize(
    ("path", "written", "is_missed"),
    [
        ("posts/talks/a.md", "", True),
        ("posts/talks/a/index.md", "talk:", True),
        ("talks/a.md", "", True),
        ("posts/talks/a.md", "draft: true", False),
        ("posts/talks/_drafts/a.md", "", False),
        ("posts/talks/_index.md", "", False),
        ("posts/a.md", "", False),
        ("pages/a.md", "", False),
    ],
)
def test_required_field_is_missed_where_it_is_for(path: str, written: str, is_missed: bool) -> None:
    """A draft is not finished, and the text above a list is no document of its folder."""
    found = read(written, path).diagnostics
    assert [d.code for d in found] == ["SG118"] * is_missed


def test_declared_key_is_no_longer_that_of_another_generator() -> None:
    """`weight` is Hugo's order elsewhere: SG111, and no value for the site."""
    assert read("weight: 2").diagnostics == ()
    assert [d.code for d in read("weight: 2", "posts/_index.md").diagnostics] == ["SG111"]


@pytest.mark.parametrize(
    ("written", "path", "keys"),
    [
        ("mood: good", "posts/a.md", ["mood"]),
        ("title: A\nlastmod: 2024-01-01\nlevel: easy", "posts/a.md", []),
        ("comments: true", "posts/a.md", ["comments"]),
        ("subtitle: x", "posts/a.md", []),
        ("extra: {a: 1, level: easy}", "posts/a.md", ["extra.a"]),
        ("params: {title: A, b: 1}", "posts/a.md", ["params.b"]),
        ("cover: {image: /a.png}\nmood:", "posts/a.md", []),
        ("level: easy", "posts/_index.md", ["level"]),
        ("tilte: x", "posts/a.md", ["tilte"]),
    ],
)
def test_unknown_keys_are_reported_where_that_is_asked(
    written: str, path: str, keys: list[str]
) -> None:
    """What sitegen understands or has said something about is  not among them."""
    found = read(written, path, f'content.unknown = "warn"\n{DECLARED}').diagnostics
    told = [d.message.split("'")[1] for d in found if d.code == "SG119"]
    assert told == keys
    assert "SG105" not in {d.code for d in found}


def test_field_that_is_not_written_is_none_for_templates() -> None:
    """They would have to ask whether it is defined, of every field."""
    post, section = read("").meta, read("level: raw", "posts/_index.md").meta
    assert post
    assert section
    assert (post.extra["level"], post.extra["talk"]) == (None, None)
    assert "talk" not in post.own
    assert (section.extra["level"], section.own) == ("raw", ())


def test_a_site_that_declares_nothing_reads_as_before() -> None:
    parsed = read("level: 1.10\nmood: good", configuration="")
    assert parsed.meta
    assert (parsed.meta.extra, parsed.meta.own) == ({"level": "1.10", "mood": "good"}, ())


def test_another_declaration_is_another_document() -> None:
    """The declarations are part of what decides how a document is read."""
    one, other = (load(f'[fields.a]\ntype = "{kind}"')[0] for kind in ("string", "url"))
    assert document_settings(one) != document_settings(other)
    assert hash(document_settings(one)) is not None
