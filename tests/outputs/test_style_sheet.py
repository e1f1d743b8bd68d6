"""The style sheet as a site gets it: the theme's, or its own with the colours of code."""

from __future__ import annotations

from pathlib import Path

from tests.command import sitegen


def sheet(site: Path, own: str | None, configuration: str = "") -> str:
    (site / "content/posts").mkdir(parents=True)
    (site / "content/posts/a.md").write_text("# A\n\nText.\n", "utf-8")
    (site / "sitegen.toml").write_text(configuration, "utf-8")
    if own is not None:
        (site / "static").mkdir()
        (site / "static/style.css").write_text(own, "utf-8")
    assert sitegen("build", site).returncode == 0
    [built] = (site / "public").glob("style*.css")
    return built.read_text("utf-8")


def test_own_style_sheet_gets_the_colours_of_code_and_not_the_tokens(tmp_path: Path) -> None:
    """A site that had written its own before there were tokens had code without colours."""
    built = sheet(tmp_path, "p { color: red }")
    assert built.startswith("p { color: red }")
    assert "{ color: light-dark(#1f4e9c, #9cc4ff) }" in built
    assert "var(" not in built


def test_sheet_of_the_theme_has_tokens(tmp_path: Path) -> None:
    built = sheet(tmp_path, None)
    assert "{ color: var(--code-function) }" in built


def test_other_style_of_pygments_brings_its_colours(tmp_path: Path) -> None:
    built = sheet(tmp_path, None, '[highlight]\nlight = "friendly"\n')
    assert "background-color: light-dark(#f0f0f0, var(--sunk))" in built
