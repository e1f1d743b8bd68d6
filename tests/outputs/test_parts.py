"""The parts of the theme: each is there while some page may link it, and no longer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.outputs import parts as named
from sitegen.site.images import ZOOM
from tests.conftest import ROOT
from tests.oracle import Twins

POST = "content/posts/a.md"
ALWAYS = {"catalogue.css", "feeds.css", "feeds.js", "previews.css", "previews.js"}


@pytest.fixture
def site(tmp_path: Path) -> Twins:
    site = Twins(tmp_path)
    site.write("sitegen.toml", 'base_url = "https://me.example/"\n')
    site.write(POST, "---\ndate: 2024-01-01\n---\n[Home](/)\n")
    return site


SYNTAXES = {"alerts", "diagram", "embeds", "files", "lines", "math", "references", "tabs", "walk"}
"""The parts that a syntax asks for while a document is read."""


def test_every_part_of_the_theme_is_planned_for_something() -> None:
    """A page would go without one that nobody plans, and say nothing."""
    theme = ROOT / "sitegen/theme"
    known = {value for name, value in vars(named).items() if name.endswith("_PART")}
    components = {file.stem for file in (theme / "templates/components").iterdir()}
    there = {file.stem for file in (theme / "static/parts").iterdir()}
    assert there <= known | components | SYNTAXES | {ZOOM}


def parts(site: Twins) -> set[str]:
    """Those that are published, by a build that says and does what a clean one does."""
    assert site.build()
    public = site.site / "public"
    found = {file.name for file in public.glob("parts/*")}
    pages = (file.read_text("utf-8") for file in public.rglob("*.html"))
    assert {name for html in pages for name in re.findall(r'"/parts/(.+?)"', html)} <= found
    return found


def test_part_comes_with_the_first_page_that_uses_it_and_goes_with_the_last(site: Twins) -> None:
    assert parts(site) == ALWAYS
    site.write(POST, "---\ndate: 2024-01-01\n---\n> [!NOTE]\n> A.\n\n::youtube{id=a}\n")
    assert parts(site) == ALWAYS | {"alerts.css", "embed.css", "embed.js"}
    site.write("content/posts/b.md", "---\ndate: 2024-01-01\n---\n![[a]]\n")
    site.write(POST, "---\ndate: 2024-01-01\n---\n::youtube{id=a}\n")
    assert parts(site) == ALWAYS | {"embeds.css", "embed.css", "embed.js"}
    site.remove("content/posts/b.md")
    site.write(POST, "---\ndate: 2024-01-01\n---\nA.\n")
    assert parts(site) == ALWAYS


def test_part_is_there_for_templates_of_the_site(site: Twins) -> None:
    site.write(POST, "---\ndate: 2024-01-01\n---\n::mine{}\n")
    card = '{% from "theme/components/card.html" import card %}'
    site.write(
        "templates/components/mine.html", f"{card}{{% macro mine() %}}<p>A</p>{{% endmacro %}}"
    )
    head = """<script src="{{ url('/parts/tabs.js') }}"></script>"""
    extends = '{% extends "theme/base.html" %}'
    site.write("templates/base.html", f"{extends}{{% block head %}}{head}{{% endblock %}}")
    assert parts(site) == ALWAYS | {"card.css", "tabs.js", "tabs.css"}
    site.write("static/parts/mine.css", "p { color: red }")
    assert "mine.css" in parts(site)
