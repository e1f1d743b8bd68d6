"""The code of the theme's templates, as it is kept in the installation of sitegen."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sitegen.outputs.templates.environment import Templates
from sitegen.outputs.templates.texts import TemplateText
from tests.outputs.templates.rendered import html, post, problem, rendered


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Path]]:
    """The files that Python would keep code in."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return lambda: [path for path in (tmp_path / "kept").rglob("theme.*") if path.is_file()]


def test_page_is_the_same_from_code_that_was_kept(kept: Callable[[], list[Path]]) -> None:
    text = "{% for n in [1, 2] %}{{ n }}{{ page.title }}{% endfor %}"
    first = html(theme_a=text, title="<x>")
    [file] = kept()
    before = file.stat()
    assert html(theme_a=text, title="<x>") == first == "1&lt;x&gt;2&lt;x&gt;"
    assert file.stat() == before


def test_code_of_another_text_is_replaced(kept: Callable[[], list[Path]]) -> None:
    assert html(theme_a="one") == "one"
    assert html(theme_a="two") == "two"
    assert len(kept()) == 1


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data + b"x", bytes.upper])
def test_damaged_code_is_not_run(
    kept: Callable[[], list[Path]], damage: Callable[[bytes], bytes]
) -> None:
    html(theme_a="one")
    [file] = kept()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert html(theme_a="one") == "one"
    assert file.read_bytes() == whole


def test_templates_of_a_site_are_not_kept(kept: Callable[[], list[Path]]) -> None:
    assert html(a="{% extends 'theme/b.html' %}", theme_b="one") == "one"
    assert [file.name.split(".cpython")[0] for file in kept()] == ["theme.theme.b"]


def test_filter_of_a_plugin_is_in_no_code_that_is_kept(kept: Callable[[], list[Path]]) -> None:
    """Jinja writes what a filter makes of a constant into the code."""

    def with_filters(filters: Mapping[str, Callable[..., object]]) -> str:
        text = TemplateText("theme:templates/a.html", "{{ 'a' | upper }}")
        return rendered(Templates({"theme/a.html": text}, filters), "a.html", post())[0]

    assert with_filters({"upper": lambda _: "mine"}) == "mine"
    assert with_filters({}) == "A"
    assert with_filters({"upper": lambda _: "mine"}) == "mine"
    assert len(kept()) == 1


def test_code_is_not_kept_where_python_keeps_none(
    kept: Callable[[], list[Path]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert html(theme_a="one") == "one"
    assert kept() == []


def test_installation_that_cannot_be_written_to_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert html(theme_a="one") == "one"


def test_error_in_kept_code_is_told_at_its_line(kept: Callable[[], list[Path]]) -> None:
    text = "\n{{ page.titel }}"
    assert problem(theme_a=text) == problem(theme_a=text)
    assert problem(theme_a=text).line == 2
    assert kept()


def test_address_in_memory_is_found_in_a_template_of_the_theme(
    kept: Callable[[], list[Path]],
) -> None:
    """To find its line, the page is rendered by other code, which must not be what was kept."""
    for _ in range(2):
        found = problem(theme_a="\n\n{{ page.title.upper }}")
        assert (found.line, found.hint) == (3, "call it: upper(…)")
    assert len(kept()) == 1
