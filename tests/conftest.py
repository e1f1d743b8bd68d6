"""What tests share: the outside material and tools that a machine may lack."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.showcase import Showcase

pytest.register_assert_rewrite("tests.oracle")
settings.register_profile("sitegen", deadline=None)
settings.load_profile("sitegen")

# Some containers set it. Each of some thousand commands would compile all it imports, and every
# template, as no user's does.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

ROOT = Path(__file__).resolve().parent.parent
REQUIRE_ALL = "SITEGEN_TEST_REQUIRE_ALL"
"""Set where every test must run: a missing tool is then a failure, not a skip."""
SOAK = int(os.environ.get("SITEGEN_SOAK", "0"))
"""Examples of each law that `make soak` asks for; 0: as few as an everyday run has time for."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: some tests wait for a browser, a server or a clock."""
    return (os.cpu_count() or 1) + 1


def unavailable(reason: str) -> None:
    """Skip the test with a reason, or fail it where nothing may be missing."""
    if os.environ.get(REQUIRE_ALL):
        pytest.fail(f"{reason}, and {REQUIRE_ALL} is set")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside material: real posts of other sites, and the seed post."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        unavailable("../shared is not here")
    return folder


@pytest.fixture
def npm_package(request: pytest.FixtureRequest) -> Path:
    """The installed folder of the npm package that the test names with `npm_package` as marker."""
    marker = request.node.get_closest_marker("npm")
    assert marker is not None, "name the package: @pytest.mark.npm('name')"
    folder = ROOT / "node_modules" / str(marker.args[0])
    if not folder.is_dir():
        unavailable(f"the npm package {marker.args[0]} is not installed (make node_modules)")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium that asks nobody for anything; one for a file of tests, as its loop is."""
    from playwright.sync_api import sync_playwright

    chromium = tool("chromium")
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def showcases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Showcase]:
    """The sites that the theme is judged by, by their names in `tests.showcase.PAGES`."""
    from tests.showcase import DEMO, MANUAL, session_folder, showcase

    def built(name: str) -> Showcase:
        if name not in (DEMO, MANUAL) and not (ROOT.parent / "shared").is_dir():
            unavailable("../shared is not here")
        return showcase(name, session_folder(tmp_path_factory.getbasetemp()))

    return built


def tool(name: str) -> str:
    """The path of a program, or the end of the test."""
    path = shutil.which(name)
    if path is None:
        unavailable(f"{name} is not installed")
    assert path is not None
    return path
