"""`sitegen check --baseline` knows the problems of today, and only new ones are reported."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.check.baseline import baseline_of, sifted
from sitegen.check.order import BASELINE
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic
from tests.check.test_fix import make_site
from tests.prefork import sitegen

POST = "content/posts/old.md"
OLD = "---\ntitle: Old\n---\n[x](gone.md) [x](gone.md) [y](lost.md)\n\n![](/x.png)\n\n:::: note\n"


def told(*arguments: str | Path) -> tuple[int, int, int, list[str]]:
    """The exit status of a check, how many problems are known and gone, and the new ones."""
    done = sitegen("check", *arguments, "--format", "json")
    report = json.loads(done.stdout)
    new = [it["target"] or it["code"] for it in report["diagnostics"] if it["severity"] != "info"]
    return done.returncode, report["known"], report["gone"], new


def test_only_new_problems_are_reported(tmp_path: Path) -> None:
    site = make_site(tmp_path, {POST: OLD})
    status, known, _, new = told(site)
    assert (status, known, len(new)) == (1, 0, len(new))
    count = len(new)
    assert told(site, "--baseline") == (0, count, 0, [])
    (site / POST).write_text(OLD.replace("[y]", "Moved down.\n\n[y]") + "[z](new.md)\n", "utf-8")
    assert told(site, "--strict") == (1, count, 0, ["new.md"])
    (site / POST).write_text(OLD.replace("[y](lost.md)", ""), "utf-8")
    assert told(site) == (0, count - 1, 1, [])
    assert "1 known problem gone" in sitegen("check", site).stderr
    assert told(site, "--baseline") == (0, count - 1, 0, [])


def test_file_is_one_to_read(tmp_path: Path) -> None:
    site = make_site(tmp_path, {POST: "[x](gone.md) [x](gone.md)\n"})
    sitegen("check", site, "--baseline")
    written = (site / BASELINE).read_text("utf-8")
    assert written == (
        '{\n  "content/posts/old.md": {\n    "SG301": {\n      "gone.md": 2\n    }\n  }\n}\n'
    )
    (site / POST).write_text("Mended.\n", "utf-8")
    sitegen("check", site, "--baseline")
    assert not (site / BASELINE).exists()


def test_what_keeps_a_site_from_being_built_is_never_known(tmp_path: Path) -> None:
    site = make_site(tmp_path, {POST: "---\ntitle: [\n---\n", "templates/x.html": ""})
    done = sitegen("check", site, "--baseline")
    assert done.returncode == 1
    assert f"{BASELINE} is not written" in done.stderr
    assert not (site / BASELINE).exists()


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', '{"a": {"SG301": {"x": "y"}}}', "\xff"])
def test_file_that_is_none_is_said_so(text: str, tmp_path: Path) -> None:
    site = make_site(tmp_path, {BASELINE: text})
    done = sitegen("check", site)
    assert done.returncode == 2
    assert f"{BASELINE} cannot be read" in done.stderr


def test_one_more_of_a_known_problem_is_new() -> None:
    def problem(line: int) -> Diagnostic:
        return Diagnostic(
            "SG301", "gone", "a.md", line, severity=Severity.ERROR, frame="x", target="y"
        )

    known = baseline_of([problem(1), problem(2)])
    found = sifted([problem(5), problem(6), problem(7)], known)
    assert (found.new, found.known, found.gone) == ((problem(7),), 2, 0)
