"""Highlighting is what Pygments gives; its style sheets are ours."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments import highlight as pygments_highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from sitegen.config.schema import HighlightConfig
from sitegen.content.highlight.highlighter import WELL_KNOWN_LANGUAGES, highlight, meant
from sitegen.content.highlight.style_sheet import style_names, style_sheet

DEFAULT = HighlightConfig()


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "@cache\ndef f(x: int) -> str:\n    return f'{x}'  # why\n"),
        ("html", '<p class="a">&amp; <script>let a = 1 < 2</script></p>\n'),
        ("pycon", ">>> 1 / 0\nTraceback (most recent call last):\n  …\nZeroDivisionError: …\n"),
        ("diff", "-old\n+new\n"),
    ],
)
def test_html_is_token_for_token_what_pygments_gives(language: str, code: str) -> None:
    lexer = get_lexer_by_name(language, stripnl=False)
    assert highlight(code, language) == pygments_highlight(code, lexer, HtmlFormatter(nowrap=True))


def test_language_that_pygments_does_not_know_gives_none() -> None:
    assert highlight("ls | where size > 1mb\n", "nushell") is None


@pytest.mark.parametrize("language", ["", "..", "[", "*", "a/b", "{{", 'x"><script>', "日本"])
def test_hostile_language_is_just_unknown(language: str) -> None:
    assert highlight("x", language) is None


@pytest.mark.parametrize(
    ("spelling", "name"),
    [("Python", "python"), ("mjs", "js"), ("jsonc", "json"), ("hs", "haskell"), ("F#", "fsharp")],
)
def test_other_spelling_of_a_language_is_known(spelling: str, name: str) -> None:
    code = "let x = 1 // {}\n"
    known = highlight(code, name)
    assert known is not None
    assert highlight(code, spelling) == known


@pytest.mark.parametrize("language", ["plaintext", "none", "nohighlight", "text", "txt"])
def test_plain_text_is_a_language_too(language: str) -> None:
    assert highlight("<b>\n", language) == "&lt;b&gt;\n"


@pytest.mark.parametrize("code", ["\n\n  x = 1\n\n\n", "\tx\n", "", "\n"])
def test_blank_lines_around_the_code_stay(code: str) -> None:
    """Pygments strips them unless told otherwise."""
    html = highlight(code, "python")
    assert html is not None
    assert text_of(html) == (code or "\n")


@given(st.text(st.characters(exclude_characters="\r\ufeff", codec="utf-8")))
def test_highlighting_never_changes_the_text(code: str) -> None:
    html = highlight(code, "python")
    assert html is not None
    assert text_of(html) == code.removesuffix("\n") + "\n"


def test_suggestion_names_the_nearest_language_or_none() -> None:
    assert meant("Pyhton") == "python"
    assert all(highlight("", language) is not None for language in WELL_KNOWN_LANGUAGES.split())


@pytest.mark.parametrize("language", ["ansi", "hack", "jsonls", "nushell", "mermaid", "mdx", "qqq"])
def test_unknown_language_is_not_taken_for_a_misspelled_one(language: str) -> None:
    """Real posts have these, and Pygments has some name that is like each."""
    assert meant(language) is None


def test_every_style_of_pygments_has_a_sheet() -> None:
    for name in style_names():
        sheet = style_sheet(name, name)
        assert sheet.startswith(".highlight { --faint: ")
        assert "; background-color: " in sheet.partition("}")[0]
        assert sheet.count("{") == sheet.count("}")


def test_unknown_style_is_a_value_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="no-such-style"):
        style_sheet("default", "no-such-style")


def test_sheet_styles_nothing_outside_code_blocks() -> None:
    lines = style_sheet("colorful", "monokai").splitlines()
    rules = [line for line in lines if line != "}" and not line.startswith("@media")]
    scheme = r"(?::root(?:\[data-scheme=dark\]|:not\(\[data-scheme=light\]\)) )?"
    assert all(re.match(rf"{scheme}\.highlight( \.\w+| :is\([^)]*\))? \{{", rule) for rule in rules)
    assert "linenos" not in "".join(lines)


def test_colours_of_both_styles_are_in_one_rule() -> None:
    """So that a switch between light and dark needs `color-scheme` and nothing else."""
    sheet = style_sheet("default", "github-dark")
    frame, ink = "light-dark(#FF0000, transparent)", "light-dark(#000000, #f85149)"
    assert f".highlight .err {{ border: 1px solid {frame}; color: {ink} }}" in sheet
    assert "color" not in sheet.partition("@media screen {")[2]


def test_nothing_of_the_light_style_shows_through_the_dark_one() -> None:
    """`default` sets keywords bold, and `github-dark` does not."""
    _, by_system, by_reader = style_sheet("default", "github-dark").split("@media ")
    for scheme in (by_system, by_reader):
        assert re.search(r"\.highlight :is\(.*\.k, .*\) \{ font-weight: unset \}", scheme)


def test_one_style_for_both_schemes_asks_for_neither() -> None:
    sheet = style_sheet("monokai", "monokai")
    assert "@media" not in sheet
    assert "light-dark" not in sheet
