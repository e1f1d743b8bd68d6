"""Pages of every kind break no rule of accessibility, on any screen, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.showcase import PAGES, Showcase

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""WCAG 2.2 on levels A and AA, the size of targets included, and good practice."""
COLOURS = ("color-contrast", "link-in-text-block")
"""All that depends on whether a page is light or dark."""
PLACES = ("target-size", "scrollable-region-focusable")
"""What is asked of the width between the others, where the same elements are elsewhere."""
OF_WIDTHS = {360: RULES, 768: PLACES, 1440: RULES}
SETTLED = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""Awaits what the script does after a change of the width: what scrolls can then be reached."""
QUICKLY = "resultTypes: ['violations'], preload: false"


def broken(tab: Page, axe: Path, rules: tuple[str, ...]) -> list[tuple[str, str]]:
    """The rules that the page breaks, each with an element that breaks it."""
    run = f"async rules => {{ {SETTLED}; return axe.run({{runOnly: rules, {QUICKLY}}}) }}"
    if not tab.evaluate("'axe' in window"):
        tab.add_script_tag(path=axe / "axe.min.js")
    violations = tab.evaluate(run, rules)["violations"]
    return [(rule["id"], node["html"]) for rule in violations for node in rule["nodes"][:3]]


@pytest.mark.npm("axe-core")
@pytest.mark.parametrize("name", PAGES)
def test_pages_break_no_rule(
    showcases: Callable[[str], Showcase], browser: Browser, npm_package: Path, name: str
) -> None:
    """Nor in the colours of the system, where a reader has asked for those."""
    showcase, found = showcases(name), {}
    with showcase.tab(browser) as tab:
        tab.add_init_script(path=npm_package / "axe.min.js")  # a third of the time of a tag
        for page in showcase.pages:
            tab.goto(page)
            for width, rules in OF_WIDTHS.items():
                tab.set_viewport_size({"width": width, "height": 900})
                found[f"{page} {width}"] = broken(tab, npm_package, rules)
                if rules == RULES:
                    tab.emulate_media(color_scheme="dark")
                    found[f"{page} {width} dark"] = broken(tab, npm_package, COLOURS)
                    tab.emulate_media(color_scheme="light")
            tab.emulate_media(forced_colors="active")
            found[f"{page} forced colours"] = broken(tab, npm_package, COLOURS)
            tab.emulate_media(forced_colors="none")
    assert {where: what for where, what in found.items() if what} == {}
