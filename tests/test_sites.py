"""Whole sites, as a person has them: what the command makes of each, or says is wrong with it.

`sites/<name>/site` must become `sites/<name>/public`, byte for byte. Each folder of
`sites_invalid/` holds one mistake, and `expected.json` is how it is reported; `test_cures` mends
it. After a change that is meant, `SITEGEN_ACCEPT=1 pytest tests/test_sites.py` writes the new
answers: read them all.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.prefork import sitegen

SITES = Path(__file__).with_name("sites")
GRAMMARS = Path(__file__).with_name("grammars")
INVALID = Path(__file__).with_name("sites_invalid")
ACCEPT = "SITEGEN_ACCEPT"
EXPECTED = "expected.json"

NOW = "1735732800"
"""Noon of the first of January 2025, in UTC: it decides what is scheduled and what has expired."""

NOT_COMPARED = {
    *("style.css", "script.js", "nearest.js", "search.js", "search.css", "favicon.svg"),
    ".sitegen-manifest",
}
FOLDERS = ("fonts/", "parts/")
"""What every site has, and what has tests of its own."""

SHOWN = ("code", "severity", "path", "line", "column", "length", "message", "hint")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def files(folder: Path) -> dict[str, str]:
    """Every file below a folder but the cache; what is not UTF-8 is kept as surrogates."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode(errors="surrogateescape")
        for path in folder.rglob("*")
        if path.is_file() and ".sitegen" not in path.parts
    }


def build(site: Path, *options: str) -> tuple[int, Any]:
    """The exit status of a build, and its report."""
    done = sitegen("build", site, *options, "--format", "json", SOURCE_DATE_EPOCH=NOW)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def compare(made: Mapping[str, str], expected: Mapping[str, str], folder: Path) -> None:
    """Fail at the first file that is not as expected; or accept them all, where that is asked."""
    if made != expected and os.environ.get(ACCEPT):
        for name in expected.keys() - made.keys():
            (folder / name).unlink()
        for name, text in made.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode(errors="surrogateescape"))
        pytest.fail(f"{ACCEPT} is set, so {folder} is rewritten: read what has changed")
    assert sorted(made) == sorted(expected)
    for name, text in made.items():
        assert text == expected[name], name


@pytest.mark.parametrize("name", names(SITES))
def test_site_becomes_what_is_expected(name: str, tmp_path: Path) -> None:
    site = shutil.copytree(SITES / name / "site", tmp_path / "site")
    status, report = build(site)
    told = [d for d in report["diagnostics"] if d["severity"] != "info"]
    # Only a site without a configuration does not know its address.
    assert [d for d in told if d["code"] != "SG004"] == []
    assert status == 0
    made = files(site / "public")
    assert made.keys() >= NOT_COMPARED
    made = {
        path: text
        for path, text in made.items()
        if path not in NOT_COMPARED and not path.startswith(FOLDERS)
    }
    compare(made, files(SITES / name / "public"), SITES / name / "public")


@pytest.mark.parametrize("name", names(INVALID))
def test_mistake_is_reported_at_its_place(name: str, tmp_path: Path) -> None:
    site = shutil.copytree(INVALID / name / "site", tmp_path / "site", symlinks=True)
    before = files(tmp_path)
    options = ("--base-url", "https://me.example/")
    status, report = build(site, *options)
    told = [{key: d[key] for key in SHOWN} for d in report["diagnostics"]]
    made = json.dumps({"status": status, "diagnostics": told}, indent=2) + "\n"
    expected = {path: text for path, text in files(INVALID / name).items() if path == EXPECTED}
    compare({EXPECTED: made}, expected, INVALID / name)
    if status == 0:
        shutil.rmtree(site / "public")
        status, _ = build(site, *options, "--strict")
        assert status == any(d["severity"] == "warning" for d in told)
    if status != 0:
        assert files(tmp_path) == before


TREES = sorted(path.name for path in SITES.iterdir())


@pytest.mark.parametrize("name", TREES)
def test_feeds_of_every_site_are_valid(name: str) -> None:
    for kind, pattern in (("rss", "feed.xml"), ("atom", "atom.xml")):
        grammar = etree.RelaxNG(etree.parse(GRAMMARS / f"{kind}.rng"))
        for feed in (SITES / name / "public").rglob(pattern):
            grammar.assertValid(etree.parse(feed))


@pytest.mark.npm("sitemap")
@pytest.mark.parametrize("name", TREES)
def test_sitemap_of_every_site_is_valid(name: str, npm_package: Path) -> None:
    xsd = etree.XMLSchema(etree.parse(npm_package / "schema" / "sitemap.xsd"))
    xsd.assertValid(etree.parse(SITES / name / "public" / "sitemap.xml"))
