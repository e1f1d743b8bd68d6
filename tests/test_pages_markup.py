"""Pages and style sheets are as the standards have them: the Nu checker has neither errors nor
warnings."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.conftest import tool
from tests.showcase import DEMO, PAGES, WITH_HTML, Showcase

NEWER = {
    "CSS: Unrecognized at-rule “@property”": "css-properties-values-api-1",
    "CSS: Unrecognized at-rule “@view-transition”": "css-view-transitions-2",
    "CSS: “view-transition-name”: Property “view-transition-name” doesn't exist.": (
        "css-view-transitions-1"
    ),
    "CSS: “animation-timeline”: Property “animation-timeline” doesn't exist.": "css-animations-2",
    "CSS: “scroll-target-group”: Property “scroll-target-group” doesn't exist.": "css-overflow-5",
    "CSS: Unknown pseudo-element or pseudo-class “:target-current”": "css-overflow-5",
    "CSS: “anchor-name”: Property “anchor-name” doesn't exist.": "css-anchor-position-1",
    "CSS: “top”: “anchor(--note top)” is not a “top” value.": "css-anchor-position-1",
    "Attribute “scriptlevel” not allowed on element “mtable” at this point.": "mathml-core",
    "CSS: “--bleed”: The types are incompatible.": "css-variables-1: one may have any value",
}
"""What the checker does not know yet of CSS and MathML, and the specification that has it."""
UNREAD = {
    "CSS: Parse Error.": "nsition-",  # css-view-transitions-1
    "CSS: “inset-block-start”: Parse Error.": "-1rem) + 1rem",  # css-anchor-position-1
}
"""The same where the message does not say what it is: what the CSS beside it has in it."""


def problems(package: Path, files: Iterable[Path], *options: str) -> list[str]:
    """What the checker has against some files: page, message and the HTML that it is about."""
    jar = package / "build/dist/vnu.jar"
    command = [tool("java"), "-jar", jar, "--format", "json", "--stdout", *options, *files]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    messages = json.loads(done.stdout)["messages"]
    return [
        f"{message.get('url')}: {message['message']} {message.get('extract')}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
        if message["message"] not in NEWER
        if UNREAD.get(message["message"], "\n") not in message.get("extract", "")
    ]


@pytest.mark.npm("vnu-jar")
@pytest.mark.parametrize("name", PAGES)
def test_checker_has_neither_errors_nor_warnings(
    showcases: Callable[[str], Showcase], npm_package: Path, name: str
) -> None:
    showcase = showcases(name)
    own = [page for page in showcase.pages if page not in WITH_HTML]
    assert problems(npm_package, map(showcase.file, own)) == []


@pytest.mark.npm("vnu-jar")
def test_checker_has_nothing_against_the_style_sheets(
    showcases: Callable[[str], Showcase], npm_package: Path
) -> None:
    sheets = [*showcases(DEMO).folder.rglob("*.css")]
    assert {"style.css", "search.css", "zoom.css"} <= {sheet.name for sheet in sheets}
    assert problems(npm_package, sheets, "--css") == []
