"""The compiled templates of the theme, as one build leaves them to the next."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sitegen.outputs.templates.environment import Templates
from sitegen.outputs.templates.texts import TemplateText
from sitegen.storage.compiled import Compiled
from tests.outputs.templates.rendered import post, rendered


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where Python keeps code."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def page(
    theme: str, filters: Mapping[str, Callable[..., object]] | None = None, own: str = ""
) -> str:
    """A post from this template of the theme, or from one of the site, in a build of its own."""
    texts = {"theme/a.html": TemplateText("theme:templates/a.html", theme)}
    if own:
        texts["a.html"] = TemplateText("templates/a.html", own)
    templates = Templates(texts, filters or {}, code=Compiled())
    html, problem = rendered(templates, "a.html", post(title="<x>"))
    return f"line {problem.line}: {problem.hint}" if problem else html


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """The files of templates, and when each was written, and which it is."""
    found = ((path.name, path.stat()) for path in folder.rglob("theme.*"))
    return {name.split(".cpython")[0]: (state.st_mtime_ns, state.st_ino) for name, state in found}


def test_page_is_the_same_from_code_that_was_kept(folder: Path) -> None:
    text = "{% for n in [1, 2] %}{{ n }}{{ page.title }}{% endfor %}"
    first = page(text)
    before = files(folder)
    assert before
    assert page(text) == first == "1&lt;x&gt;2&lt;x&gt;"
    assert files(folder) == before


def test_page_follows_the_text_of_its_template() -> None:
    assert [page("one"), page("two"), page("one")] == ["one", "two", "one"]


def test_templates_of_a_site_are_not_kept(folder: Path) -> None:
    assert page("one", own="{% extends 'theme/a.html' %}") == "one"
    assert files(folder).keys() == {"theme.theme.a.html"}


def test_filter_of_a_plugin_is_in_no_code_that_is_kept() -> None:
    """Jinja writes what a filter makes of a constant into the code."""
    of_plugin = {"upper": lambda _: "mine"}
    text = "{{ 'a' | upper }}"
    assert [page(text, of_plugin), page(text), page(text, of_plugin)] == ["mine", "A", "mine"]


def test_address_in_memory_is_found_at_its_line() -> None:
    """The page is rendered for that by other code, which must not be what was kept."""
    text = "\n\n{{ page.title.upper }}"
    assert page(text) == page(text) == "line 3: call it: upper(…)"
