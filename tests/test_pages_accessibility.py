"""Pages of every kind break no rule of accessibility, on any screen, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.showcase import DEMO, PAGES, Showcase

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""WCAG 2.2 on levels A and AA, the size of targets included, and good practice."""
COLOURS = ("color-contrast", "link-in-text-block")
"""All that depends on whether a page is light or dark."""
MIDDLE = 768
LAYOUT = (*COLOURS, "target-size", "scrollable-region-focusable")
"""What is asked of the width between the others, where the same elements are elsewhere."""
SCREENS = {name: (360, MIDDLE, 1440) if name == DEMO else (360, 1440) for name in PAGES}


def broken(tab: Page, axe: Path, rules: tuple[str, ...]) -> list[tuple[str, str]]:
    """The rules that the page breaks, each with an element that breaks it."""
    run = "rules => axe.run({runOnly: rules, resultTypes: ['violations'], preload: false})"
    if not tab.evaluate("'axe' in window"):
        tab.add_script_tag(path=axe / "axe.min.js")
    violations = tab.evaluate(run, rules)["violations"]
    return [(rule["id"], node["html"]) for rule in violations for node in rule["nodes"][:3]]


@pytest.mark.npm("axe-core")
@pytest.mark.parametrize("name", PAGES)
def test_pages_break_no_rule(
    showcases: Callable[[str], Showcase], browser: Browser, npm_package: Path, name: str
) -> None:
    showcase, found = showcases(name), {}
    with showcase.tab(browser) as tab:
        for page in showcase.pages:
            tab.goto(page)
            for width in SCREENS[name]:
                tab.set_viewport_size({"width": width, "height": 900})
                tab.emulate_media(color_scheme="light")
                light = broken(tab, npm_package, LAYOUT if width == MIDDLE else RULES)
                tab.emulate_media(color_scheme="dark")
                found[f"{page} {width}"] = light + broken(tab, npm_package, COLOURS)
    assert problems(found) == {}


@pytest.mark.npm("axe-core")
def test_pages_break_no_rule_in_the_colours_of_the_system(
    showcases: Callable[[str], Showcase], browser: Browser, npm_package: Path
) -> None:
    showcase, found = showcases(DEMO), {}
    with showcase.tab(browser, forced_colors="active") as tab:
        for page in showcase.pages:
            tab.goto(page)
            found[page] = broken(tab, npm_package, COLOURS)
    assert problems(found) == {}


def problems(found: dict[str, Any]) -> dict[str, Any]:
    return {page: what for page, what in found.items() if what}
