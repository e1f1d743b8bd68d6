"""SARIF: what code scanning services need of a document (SARIF 2.1.0)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from sitegen.console.sarif import as_sarif
from sitegen.model.codes import Severity, url_of
from sitegen.model.diagnostics import Diagnostic, Fix, UsageError
from tests.prefork import sitegen

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
PLACE = {"type": "integer", "minimum": 1}
REGION = {
    "type": "object",
    "properties": dict.fromkeys(("startLine", "startColumn", "endLine", "endColumn"), PLACE),
    "required": ["startLine"],
    "additionalProperties": False,
}
FILE = {
    "type": "object",
    "properties": {
        "uri": {"type": "string", "pattern": r"^(?!/)(?:[\w.~/!$&'()*+,;=@-]|%[0-9A-F]{2})+$"},
        "uriBaseId": {"const": "%SRCROOT%"},
    },
    "required": ["uri", "uriBaseId"],
}
PHYSICAL = {
    "required": ["artifactLocation", "region"],
    "properties": {"artifactLocation": FILE, "region": REGION},
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {
        "level": {"enum": ["error", "warning", "note"]},
        "message": TEXT,
        "locations": {
            "minItems": 1,
            "items": {
                "required": ["physicalLocation"],
                "properties": {"physicalLocation": PHYSICAL},
            },
        },
        "partialFingerprints": {"additionalProperties": {"type": "string"}},
    },
}
RULE = {
    "required": ["id", "shortDescription", "fullDescription", "help", "helpUri"],
    "properties": {
        "shortDescription": TEXT,
        "fullDescription": TEXT,
        "help": TEXT,
        "helpUri": {"pattern": "^https://"},
    },
}
DRIVER = {"required": ["name"], "properties": {"rules": {"items": RULE, "uniqueItems": True}}}
RUN = {
    "required": ["tool", "results", "columnKind"],
    "properties": {
        "tool": {"required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"const": "utf16CodeUnits"},
        "results": {"items": RESULT},
    },
}
ESSENTIALS = Draft202012Validator(
    {
        "required": ["version", "runs"],
        "properties": {"version": {"const": "2.1.0"}, "runs": {"items": RUN, "minItems": 1}},
    }
)
"""What services ask for of the schema of SARIF, which is not here: it is published with a license
of its own."""

PROBLEM = Diagnostic(
    *("SG301", "broken link: no such page 'a b.md'", "content/posts/é x.md", 3, 5, "did you mean?"),
    length=4,
    frame="See [x](a) there",
    target="a",
)


def run_of(document: Any) -> Any:  # noqa: ANN401 (any JSON)
    ESSENTIALS.validate(document)
    return document["runs"][0]


def test_result_has_its_place_its_rule_and_its_hint() -> None:
    run = run_of(as_sarif([PROBLEM, replace(PROBLEM, code="SG004", path=None, line=None)]))
    first, second = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9}
    assert second["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert place["artifactLocation"]["uri"] == "content/posts/%C3%A9%20x.md"
    assert first["message"]["text"] == f"{PROBLEM.message}\nhint: did you mean?"
    rules = run["tool"]["driver"]["rules"]
    assert [rules[it["ruleIndex"]]["id"] for it in (first, second)] == ["SG301", "SG004"]
    assert rules[1]["helpUri"] == url_of("SG301")


def test_fingerprint_outlives_a_move_and_tells_two_of_a_kind_apart() -> None:
    def fingerprints(*problems: Diagnostic) -> list[str]:
        results = run_of(as_sarif(problems))["results"]
        return [value for it in results for value in it["partialFingerprints"].values()]

    first, second = fingerprints(PROBLEM, replace(PROBLEM, line=9))
    assert first != second
    assert fingerprints(replace(PROBLEM, line=40)) == [first]
    assert fingerprints(replace(PROBLEM, target="b")) != [first]


def test_fix_is_a_replacement() -> None:
    problem = replace(PROBLEM, column=5, length=6, fix=Fix("a", "b/a"))
    (result,) = run_of(as_sarif([problem]))["results"]
    (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
    assert replacement == {
        "deletedRegion": {"startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 10},
        "insertedContent": {"text": "b/a"},
    }


def test_columns_are_those_that_viewers_count() -> None:
    problem = replace(PROBLEM, column=3, length=3, frame="\U0001f98a [\U0001f98a](a)", fix=None)
    (result,) = run_of(as_sarif([problem]))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    shown = (problem.frame or "").encode("utf-16-le")[2 * region["startColumn"] - 2 :]
    assert (
        shown[: 2 * (region["endColumn"] - region["startColumn"])].decode("utf-16-le")
        == "[\U0001f98a]"
    )


def test_file_of_the_theme_is_none_of_the_repository() -> None:
    problem = replace(PROBLEM, path="theme:base.html", severity=Severity.WARNING)
    (result,) = run_of(as_sarif([problem]))["results"]
    assert result["level"] == "warning"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "sitegen.toml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 1},
    }


def test_command_that_fails_says_so_in_the_document() -> None:
    failure = UsageError("no site here", PROBLEM, hint="name it")
    (invocation,) = run_of(as_sarif(failure.diagnostics, failure))["invocations"]
    assert not invocation["executionSuccessful"]
    assert "hint: name it" in json.dumps(invocation)


def test_commands_write_one_document_and_nothing_of_this_machine(tmp_path: Path) -> None:
    site = tmp_path / "blog"
    (site / "content").mkdir(parents=True)
    (site / "content" / "a.md").write_text("---\ntitle: 1.10\n---\n[x](gone.md)\n", "utf-8")
    for command in (("check",), ("build",), ("check", "--fix"), ("check", "--diff")):
        done = sitegen(*command, site, "--format", "sarif")
        assert {it["ruleId"] for it in run_of(json.loads(done.stdout))["results"]} >= {"SG301"}
        assert not re.search(re.escape(str(tmp_path)), done.stdout)
    broken = sitegen("check", tmp_path / "none", "--format", "sarif")
    assert broken.returncode == 2
    assert run_of(json.loads(broken.stdout))["results"] == []


def test_files_have_their_paths_in_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "blog" / "content").mkdir(parents=True)
    (tmp_path / "blog" / "content" / "a.md").write_text("[x](gone.md)\n", "utf-8")
    for arguments in (("check", "--format", "sarif"), ("build", "--format", "github")):
        done = sitegen(*arguments, cwd=tmp_path / "blog")
        assert re.search('[ "=]blog/content/a.md[",]', done.stdout)
