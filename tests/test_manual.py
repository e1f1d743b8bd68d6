"""The manual says what is true: all of it, and nothing that is not."""

from __future__ import annotations

import gzip
import re
import sys
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest

from sitegen.config import load as config
from sitegen.config import schema
from sitegen.config.own_fields import FIELD_TYPES
from sitegen.content import frontmatter
from sitegen.content.fields import KEYS
from sitegen.model import document as doc_model
from sitegen.model import site as site_model
from sitegen.model.revisions import Revision
from sitegen.model.source import Kind, Source
from sitegen.outputs import context
from sitegen.outputs.style_sheet import LAYERS
from sitegen.site.facts import MenuEntry, SiteFacts
from sitegen.sources.discover import tokens_of_theme
from tests.conftest import ROOT, unavailable
from tests.examples import FENCED, Example, build, examples, text_of, write
from tests.manual import GENERATED, PAGES, PARTS, THEME_TEMPLATES, headers, renewed

BASE = 'base_url = "https://me.example/"'


def sections(page: str) -> dict[str, str]:
    """The text below each heading, by the heading."""
    without_code = FENCED.sub("", text_of(page))
    _, *parts = re.split(r"^#{2,3} (.+)$", without_code, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def named(table: str) -> list[str]:
    """The names in backticks in the first column of a table."""
    return [name for row in re.findall(r"^\| (.*?) \|", table, re.M) for name in ticked(row)]


def ticked(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def test_this_site_builds_without_a_word(tmp_path: Path) -> None:
    report = build(ROOT, tmp_path / "site")
    assert report["diagnostics"] == []
    assert report["ok"]


@pytest.mark.parametrize("page", sorted(path.name for path in PAGES.glob("*.md")))
def test_generated_parts_are_up_to_date(page: str) -> None:
    assert text_of(page) == renewed(text_of(page)), "run: make manual"


def test_every_generated_part_has_its_place() -> None:
    places = [
        match[2]
        for page in PAGES.glob("*.md")
        for match in GENERATED.finditer(page.read_text("utf-8"))
    ]
    assert sorted(places) == sorted(PARTS)


@pytest.mark.parametrize("key", KEYS)
def test_every_front_matter_key_is_explained(key: str) -> None:
    assert KEYS[key].meaning
    assert key in named(sections("front-matter.md")["All keys"])


def heading(key: str, value: object) -> str:
    if key == "menu":
        return r"\[[menu]]"
    return f"[{key}]" if is_dataclass(value) or isinstance(value, dict) else key


@pytest.mark.parametrize("field", fields(schema.Config), ids=lambda field: field.name)
def test_every_configuration_key_is_explained(field: Any) -> None:  # noqa: ANN401 (a dataclass field)
    value = getattr(schema.Config(), field.name)
    section = sections("configuration.md")[heading(field.name, value)]
    inside = schema.MenuItem if field.name == "menu" else value
    keys = {key.name for key in fields(inside)} if is_dataclass(inside) else set()
    assert keys <= set(ticked(section))


def names(kind: type, parent: type | None = None) -> set[str]:
    """The attributes of a dataclass, without those of its parent."""
    inherited = names(parent) if parent else set()
    return {field.name for field in fields(kind)} - inherited


CONTRACT = {
    "site": names(SiteFacts) | {"data", "icons", "theme"},
    "Every page": names(context.Page),
    "Posts and pages": names(context.DocumentPage, context.Page) - names(doc_model.PublicMeta),
    "Edits": names(context.Edits),
    "Changes": names(context.ChangesPage, context.Page),
    "Revision": names(Revision),
    "Lists": names(context.ListPage, context.Page),
    "Terms": names(context.TermsPage, context.Page),
    "Archive": names(context.ArchivePage, context.Page),
    "Feeds": names(context.FeedsPage, context.Page),
    "Front matter": names(doc_model.PublicMeta),
    "Card": names(site_model.Card, doc_model.PublicMeta),
    "Term": names(site_model.Term),
    "Counted term": names(site_model.TermCount),
    "Heading": names(doc_model.Heading),
    "Year": names(site_model.Year),
    "Month": names(site_model.Month),
    "Menu": names(MenuEntry),
    "Feed": names(context.FeedLink),
}


@pytest.mark.parametrize("section", CONTRACT)
def test_what_a_template_can_use_is_listed(section: str) -> None:
    assert sorted(named(sections("templates.md")[section])) == sorted(CONTRACT[section])


@pytest.mark.parametrize(
    "example",
    [
        *examples("configuration.md", "toml"),
        *examples("fields.md", "toml"),
        *examples("look.md", "toml"),
        *examples("urls.md", "toml"),
        *examples("other-generators.md", "toml"),
        # Those of the codes are mistakes on purpose; tests/diagnosis/test_explain.py has them.
        *examples("diagnostics.md", "toml", generated=False),
    ],
)
def test_configuration_examples_are_accepted(example: Example) -> None:
    _, problems = config.load(example.text, tokens=tokens_of_theme)
    assert problems == ()


@pytest.mark.parametrize("example", examples("front-matter.md", "yaml"))
def test_front_matter_examples_are_accepted(example: Example) -> None:
    source = Source("content/posts/a.md", Kind.POST, "posts/a.md")
    parsed = frontmatter.parse(f"---\n{example.text}---\n", source, ZoneInfo("UTC"))
    assert parsed.meta is not None
    assert parsed.diagnostics == ()


def test_fields_of_the_manual_are_shown_by_its_template(tmp_path: Path) -> None:
    languages = ("toml", "markdown", "xml", "jinja")
    shown = [e for language in languages for e in examples("fields.md", language) if e.title]
    write(tmp_path, {example.title: example.text for example in shown})
    assert build(tmp_path, tmp_path / "public")["diagnostics"] == []
    page = (tmp_path / "public/posts/lesson-two/index.html").read_text("utf-8")
    assert "medium, 2.5 hours." in page
    assert '<a href="/posts/lesson-one/">Lesson one</a> first.' in page
    assert '<a href="/posts/lesson-two/lesson-two.svg">Slides</a>' in page


def test_data_files_of_the_manual_are_shown_and_are_of_their_types(tmp_path: Path) -> None:
    if find_spec("pydantic") is None:
        unavailable("pydantic is not installed")
    languages = ("yaml", "jinja", "markdown", "text", "python")
    shown = [e for language in languages for e in examples("data-files.md", language) if e.title]
    files = {example.title: example.text for example in shown}
    write(tmp_path, {"sitegen.toml": f"{BASE}\n", **files})
    assert build(tmp_path, tmp_path / "public")["diagnostics"] == []
    page = (tmp_path / "public/talks/index.html").read_text("utf-8")
    assert page.index("4 May 2026") < page.index("11 October 2025")
    assert page.count(">Video</a>") == 1
    assert '<a href="https://grace.example/">Grace, at sea</a>' in page

    (tmp_path / "data/talks.yaml").write_text(files["data/talks.yaml"].replace("2026-05-04", "May"))
    (problem,) = build(tmp_path, tmp_path / "public")["diagnostics"]
    assert f"error {problem['code']}: {problem['message']}" in text_of("data-files.md")


def test_every_key_and_type_of_a_field_is_explained() -> None:
    keys = {
        field.metadata.get(schema.KEY_IN_FILE, field.name) for field in fields(schema.FieldConfig)
    }
    assert set(named(sections("fields.md")["What a declaration says"])) == keys
    assert set(named(sections("fields.md")["Types"])) == {*FIELD_TYPES}


def test_all_ways_to_write_a_date_mean_the_same_day() -> None:
    source = Source("content/posts/a.md", Kind.POST, "posts/a.md")
    _, section = text_of("front-matter.md").split("### How to write a date")
    dates = re.findall(r"^date: .+$", section, re.MULTILINE)
    metas = [frontmatter.parse(f"---\n{d}\n---\n", source, ZoneInfo("UTC")).meta for d in dates]
    assert len(metas) > 5
    assert {meta and meta.date and meta.date.date() for meta in metas} == {date(2026, 11, 5)}


TEMPLATES = [*examples("templates.md", "jinja"), *examples("templates.md", "markdown")]


@pytest.mark.parametrize("example", TEMPLATES, ids=lambda example: example.title)
def test_template_examples_work(example: Example, tmp_path: Path) -> None:
    write(tmp_path, {other.title: other.text for other in (*TEMPLATES, example)})
    post = "---\ndate: 2026-11-20\nauthor: Ada\n---\nText\n"
    (tmp_path / "content" / "a.md").write_text(post, "utf-8")
    (tmp_path / "content" / "b.md").write_text("A post by nobody", "utf-8")
    (tmp_path / "sitegen.toml").write_text('base_url = "https://me.example/blog/"', "utf-8")
    (tmp_path / "static").mkdir(exist_ok=True)
    (tmp_path / "static" / "extra.css").touch()
    assert build(tmp_path, tmp_path / "public")["diagnostics"] == []


def test_every_block_of_a_template_is_explained_at_its_top() -> None:
    """In the template that has it first; the manual is made of these comments."""
    explained = {name: dict(blocks) for name, (_, blocks) in headers().items()}
    for name, blocks in explained.items():
        text = (THEME_TEMPLATES / name).read_text("utf-8")
        found = set(re.findall(r"{% block (\w+) %}", text))
        assert blocks.keys() <= found, name
        base = re.search(r'{% extends "(.+?)" %}', text)
        inherited = {*explained["base.html"], *(explained[base[1]] if base else ())}
        assert found <= blocks.keys() | inherited, name


def test_every_layer_of_the_style_sheet_is_explained() -> None:
    layers = LAYERS.removeprefix("@layer ").rstrip(";\n").split(", ")
    assert named(sections("look.md")["CSS of your own"]) == layers


def test_style_sheet_of_the_manual_is_linked_by_its_template(tmp_path: Path) -> None:
    shown = [e for language in ("css", "jinja") for e in examples("look.md", language)]
    write(tmp_path, {example.title: example.text for example in shown})
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("A post.", "utf-8")
    (tmp_path / "sitegen.toml").write_text('base_url = "https://me.example/blog/"', "utf-8")
    assert build(tmp_path, tmp_path / "public")["diagnostics"] == []
    page = (tmp_path / "public" / "posts" / "a" / "index.html").read_text("utf-8")
    assert '<link rel="stylesheet" href="/blog/look.css">' in page


def test_words_of_the_manual_are_said_by_its_template(tmp_path: Path) -> None:
    shown = [e for language in ("toml", "jinja") for e in examples("languages.md", language)]
    texts = {e.title: e.text for e in shown if "site" in e.text and e.title != "i18n/en.toml"}
    page = {"content/pages/a.md": "---\nlang: de\n---\nA.", "sitegen.toml": BASE}
    write(tmp_path, texts | page)
    assert build(tmp_path, tmp_path / "public")["diagnostics"] == []
    assert "<p>Vorträge: 12 Folien</p>" in (tmp_path / "public/a/index.html").read_text("utf-8")


def test_command_of_the_manual_compresses_every_page(tmp_path: Path) -> None:
    (script,) = examples("configuration.md", "python")
    command = f"'{sys.executable}' {script.title} {{output}}"
    configuration = f'{BASE}\n[build]\ncommand = "{command}"'
    write(
        tmp_path, {script.title: script.text, "content/a.md": "A.", "sitegen.toml": configuration}
    )
    assert build(tmp_path, tmp_path / "public")["diagnostics"] == []
    page = tmp_path / "public/posts/a/index.html"
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()


def test_manual_can_be_read_from_its_first_page_to_its_last(tmp_path: Path) -> None:
    """Its list of pages leads to the first; each marks itself beside the text, and leads on."""
    build(ROOT, tmp_path)

    def page(url: str) -> Any:  # noqa: ANN401 (an element of lxml)
        return lxml.html.parse(tmp_path / url.removeprefix("/sitegen/") / "index.html").getroot()

    listed = page("/sitegen/manual/").xpath("//dt/a/@href")
    seen, url = [], listed[0]
    while url:
        seen.append(url)
        beside = page(url).xpath("//nav[@class='siblings']")[0]
        assert beside.xpath(".//a[@aria-current]/@href") == [url]
        assert beside.xpath(".//a/@href") == ["/sitegen/manual/", *listed]
        url = next(iter(page(url).xpath("//a[@rel='next']/@href")), "")
    assert seen == listed
    assert {f"/sitegen/{page.stem}/" for page in PAGES.glob("[!_]*.md")} == {*seen}
