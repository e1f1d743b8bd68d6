"""Diagnostics as one document of SARIF 2.1.0 (OASIS, 2020), which code scanning services read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from sitegen import MANUAL, __version__
from sitegen.model.codes import CODES, Severity, url_of
from sitegen.model.diagnostics import Diagnostic, SitegenError, edit_of, identity_of
from sitegen.model.digest import digest

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT = "%SRCROOT%"
"""Stands for the root of the repository, or for the folder of a site without one (§3.14.14)."""
SOMEWHERE = "sitegen.toml"
"""Where a problem of the site as a whole is shown: services drop one that has no file, and take one
without a line for new each time."""
FINGERPRINT = "sitegenProblem/v1"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

_Object = dict[str, object]


def as_sarif(
    diagnostics: Iterable[Diagnostic], failure: SitegenError | None = None, folder: str = ""
) -> _Object:
    """The document of one run; `failure` is why the command could not do what it was to do.

    `folder` is that of the site in its repository, with a slash at the end, or empty.
    Nothing in it depends on the machine or on the time, and a result keeps its fingerprint where
    its file grows above it.
    """
    found = [problem for problem in diagnostics if problem.code]
    codes = sorted({problem.code for problem in found})
    invocation: _Object = {"executionSuccessful": failure is None}
    if failure:
        notification = {"level": "error", "message": {"text": _said(str(failure), failure.hint)}}
        invocation["toolExecutionNotifications"] = [notification]
    driver = {
        "name": "sitegen",
        "semanticVersion": __version__,
        "informationUri": MANUAL,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [invocation],
        "columnKind": "utf16CodeUnits",
        "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the repository"}}},
        "results": list(_results(found, codes, folder)),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> _Object:
    meaning = CODES[code].meaning
    plain = meaning.replace("`", "")
    return {
        "id": code,
        "shortDescription": {"text": plain},
        "fullDescription": {"text": f"{plain}."},
        "help": {
            "text": f"{plain}. More: sitegen explain {code}",
            "markdown": f"{meaning}. [More about {code}]({url_of(code)})",
        },
        "helpUri": url_of(code),
        "defaultConfiguration": {"level": LEVELS[CODES[code].severity]},
    }


def _results(diagnostics: Iterable[Diagnostic], codes: list[str], folder: str) -> Iterator[_Object]:
    seen = Counter[tuple[str, str, str]]()
    for problem in diagnostics:
        name = identity_of(problem)
        seen[name] += 1
        result: _Object = {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": LEVELS[problem.severity],
            "message": {"text": _said(problem.message, *problem.said, problem.hint)},
            "locations": [{"physicalLocation": _place(problem, folder)}],
            "partialFingerprints": {FINGERPRINT: f"{digest(name).hex()}:{seen[name]}"},
        }
        yield result | _fixes(problem, folder)


def _said(message: str, *more: str | None) -> str:
    *lines, hint = more
    return "\n".join((message, *map(str, lines), *((f"hint: {hint}",) if hint else ())))


def _place(problem: Diagnostic, folder: str) -> _Object:
    region: _Object = {"startLine": 1}
    if problem.line and _is_of_site(problem):
        region = {"startLine": problem.line}
        if problem.column:
            region = _region(problem, problem.column, problem.length)
    return {"artifactLocation": _file(problem, folder), "region": region}


def _region(problem: Diagnostic, column: int, length: int) -> _Object:
    """A part of the line of a problem, in code units of UTF-16, which viewers count (§3.14.27)."""
    before, part = (problem.frame or "")[: column - 1], (problem.frame or "")[column - 1 :][:length]
    start, end = column + _astral(before), column + length + _astral(before + part)
    line = problem.line
    return {"startLine": line, "startColumn": start, "endLine": line, "endColumn": end}


def _astral(text: str) -> int:
    """How many characters are two code units of UTF-16."""
    return sum(character > "\uffff" for character in text)


def _file(problem: Diagnostic, folder: str) -> _Object:
    path = problem.path if problem.path and _is_of_site(problem) else SOMEWHERE
    return {"uri": quote(f"{folder}{path}".encode(errors="surrogateescape")), "uriBaseId": ROOT}


def _is_of_site(problem: Diagnostic) -> bool:
    """Whether the file is one of the site, and not of the theme that comes with sitegen."""
    return bool(problem.path) and ":" not in (problem.path or "")


def _fixes(problem: Diagnostic, folder: str) -> _Object:
    """What `sitegen check --fix` would write (§3.55)."""
    if (edit := edit_of(problem)) is None:
        return {}
    region = _region(problem, edit.column, edit.length)
    replacement = {"deletedRegion": region, "insertedContent": {"text": edit.text}}
    change = {"artifactLocation": _file(problem, folder), "replacements": [replacement]}
    return {"fixes": [{"artifactChanges": [change]}]}
