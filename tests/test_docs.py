"""What is written for contributors names files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARCHITECTURE = ROOT / "docs" / "architecture.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [ROOT / "CONTRIBUTING.md", ARCHITECTURE, *DECISIONS]

LINK = re.compile(r"\]\(([^):#]+)\)")
PATH = re.compile(r"`(\w+/[\w./-]+)`")
TO_COME = {
    "cli/import_posts.py",
    "templates/components/",
    "theme/static/parts/NAME.css",
    "theme/templates/components/NAME.html",
    "importers/GENERATOR.py",
    "outputs/feeds/FORMAT.py",
    "images/FORMAT.py",
    "scaffold/files/HOST/",
}
"""What the page about the architecture says somebody would add."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_to_files(document: Path) -> None:
    targets = LINK.findall(document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_files_that_are_named_exist(document: Path) -> None:
    named = set(PATH.findall(document.read_text("utf-8"))) - TO_COME
    roots = (ROOT, ROOT / "sitegen", document.parent)
    assert {path for path in named if not any((root / path).exists() for root in roots)} == set()


def test_every_decision_is_linked() -> None:
    linked = LINK.findall(ARCHITECTURE.read_text("utf-8"))
    assert {f"decisions/{decision.name}" for decision in DECISIONS} <= set(linked)


def test_every_room_is_described() -> None:
    table = ARCHITECTURE.read_text("utf-8").partition("## Rooms")[2].partition("\n## ")[0]
    folders = {path.parent for path in (ROOT / "sitegen").glob("*/__init__.py")}
    assert {folder.name for folder in folders} <= set(re.findall(r"`([\w/]+)`", table))
