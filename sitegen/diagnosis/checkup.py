"""What `sitegen doctor` finds, and how a person or a program gets to see it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sitegen import DISTRIBUTION
from sitegen.model.codes import Severity

WIDEST = 40
"""Characters of a value that are shown, at most."""


@dataclass(frozen=True, slots=True)
class Library:
    name: str
    version: str | None
    """None: not installed."""
    extra: str | None = None
    """The optional part of sitegen that needs it: `pip install sitegen-blog[extra]`."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the configuration in effect."""

    key: str
    """With dots: `feeds.items`."""
    value: object
    origin: str
    """`sitegen.toml:3`, `default`, or `derived`: from what is in the folder."""


@dataclass(frozen=True, slots=True)
class Finding:
    severity: Severity
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Checkup:
    sitegen: str
    python: str
    system: str
    libraries: tuple[Library, ...]
    site: str | None
    """The site folder; None: there is no site here."""
    configuration: tuple[Value, ...]
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        return all(finding.severity < Severity.ERROR for finding in self.findings)


def as_json(found: Checkup) -> str:
    """The checkup as a JSON object; a date of [extra] is text in it."""
    findings = [asdict(f) | {"severity": str(f.severity)} for f in found.findings]
    whole = {"ok": found.is_well, **asdict(found), "findings": findings}
    return json.dumps(whole, ensure_ascii=False, default=str)


def as_text(found: Checkup) -> str:
    """The checkup for a person."""
    head = f"sitegen {found.sitegen} · Python {found.python} · {found.system}"
    blocks = [head, _shown_libraries(found.libraries)]
    if found.site:
        blocks.append(f"site {found.site}")
    if found.configuration:
        blocks.append(_shown_values(found.configuration))
    return "\n\n".join((*blocks, _shown_findings(found.findings)))


def _shown_libraries(libraries: tuple[Library, ...]) -> str:
    width = max((len(library.name) for library in libraries), default=0)
    return "\n".join(
        f"  {library.name:<{width}}  {library.version or 'not installed'}"
        f"{f'  (for {DISTRIBUTION}[{library.extra}])' if library.extra else ''}"
        for library in libraries
    )


def _shown_values(values: tuple[Value, ...]) -> str:
    rows = [(value.key, _shortened(str(value.value)), value.origin) for value in values]
    key, width = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join(f"  {k:<{key}}  {v:<{width}}  {origin}" for k, v, origin in rows)


def _shortened(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def _shown_findings(findings: tuple[Finding, ...]) -> str:
    shown = []
    for finding in sorted(findings, key=lambda finding: -finding.severity):
        shown.append(f"{finding.severity}: {finding.message}")
        shown += [f"   hint: {finding.hint}"] if finding.hint else []
    return "\n".join(shown) or "nothing is wrong"
