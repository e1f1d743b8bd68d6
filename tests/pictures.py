"""Pictures of the theme: those of the README, or one of everything, to be looked at.

`make pictures` renews those of the README; `make pictures FOLDER=/tmp/look` takes every kind of
page on every screen, light and dark, and on paper.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import ROOT, tool
from tests.showcase import DEMO, PAGES, Showcase, showcase

OF_README = ROOT / "docs" / "pictures"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


class Picture(NamedTuple):
    """What is to be seen, and the name of the file that shows it."""

    name: str
    page: str
    width: int
    scheme: Literal["light", "dark"]
    height: int | None = None
    """None: all of the page."""


def of_readme() -> Iterator[Picture]:
    for scheme in SCHEMES:
        yield Picture(f"home-{scheme}", "", 1280, scheme, 1000)
        yield Picture(f"post-{scheme}", "posts/parser-tokens/", 1280, scheme, 1000)


def of_everything() -> Iterator[Picture]:
    for page in PAGES[DEMO]:
        name = page.strip("/").replace("/", "-") or "home"
        for scheme in SCHEMES:
            for width in (360, 768, 1440):
                yield Picture(f"{name}-{width}-{scheme}", page, width, scheme)


def take(site: Showcase, browser: Browser, picture: Picture, folder: Path) -> None:
    size = {"width": picture.width, "height": picture.height or 900}
    with site.tab(browser, viewport=size, color_scheme=picture.scheme) as tab:
        tab.goto(picture.page)
        tab.evaluate("document.fonts.ready")
        file = folder / f"{picture.name}.png"
        tab.screenshot(path=file, full_page=picture.height is None)


def print_pages(site: Showcase, browser: Browser, folder: Path) -> None:
    """Every kind of page on paper."""
    with site.tab(browser) as tab:
        for page in site.pages:
            tab.goto(page)
            name = page.strip("/").replace("/", "-") or "home"
            tab.pdf(path=folder / f"{name}.pdf", format="A4")


def main(folder: Path | None) -> None:
    with TemporaryDirectory() as session, sync_playwright() as playwright:
        site = showcase(DEMO, Path(session))
        browser = playwright.chromium.launch(
            executable_path=tool("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        if folder:
            print_pages(site, browser, folder)
        for picture in of_everything() if folder else of_readme():
            take(site, browser, picture, folder or OF_README)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
