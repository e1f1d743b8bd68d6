"""`sitegen doctor`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sitegen import DISTRIBUTION
from sitegen.cli.options import SiteFolder
from sitegen.console.console import Console
from sitegen.console.terminal import columns
from sitegen.console.wrapping import as_paragraph

if TYPE_CHECKING:
    from sitegen.diagnosis.checkup import Checkup, Finding, Library, UsedPlugin, Value

WIDEST_VALUE = 40
"""Characters of a value that are shown, at most."""
CONTINUED = " " * 6
"""Of a line that continues another."""


def doctor_command(
    site: SiteFolder = None,
    format_: Annotated[
        Literal["text", "json"],
        typer.Option("--format", metavar="text|json", help="The report format."),
    ] = "text",
) -> None:
    """Check the site and the environment for problems.

    Shows versions, the configuration in effect with the origin of each value, and findings.
    Exits with 1 if one of them prevents a build.

    Examples:
      sitegen doctor
      sitegen doctor --format json | jq .findings
    """
    from sitegen.diagnosis.doctor import checkup

    with Console() as console:
        found = checkup(site)
        if format_ == "json":
            findings = [asdict(f) | {"severity": str(f.severity)} for f in found.findings]
            console.result_as_json({"ok": found.is_well, **asdict(found), "findings": findings})
        else:
            console.result("\n\n".join(_blocks(found)))
        raise typer.Exit(0 if found.is_well else 1)


def _blocks(found: Checkup) -> list[str]:
    """The checkup for a person, in paragraphs."""
    head = f"sitegen {found.sitegen} · Python {found.python} · {found.system}"
    plugins = [_plugin(plugin) for plugin in found.plugins]
    blocks = [
        as_paragraph(head, indent=CONTINUED),
        _table([_library(library) for library in found.libraries]),
    ]
    blocks.append(_table(plugins))
    if found.site:
        blocks.append(f"site {found.site}")
    if found.configuration:
        blocks.append(_table([_value(value) for value in found.configuration]))
    findings = sorted(found.findings, key=lambda finding: -finding.severity)
    return [*blocks, "\n".join(map(_finding, findings)) or "no problems found"]


def _library(library: Library) -> tuple[str, ...]:
    extra = f"(for {DISTRIBUTION}[{library.extra}])" if library.extra else ""
    return library.name, library.version or "not installed", extra


def _plugin(plugin: UsedPlugin) -> tuple[str, ...]:
    return "plug-in", plugin.name, plugin.version, plugin.place


def _value(value: Value) -> tuple[str, ...]:
    text = str(value.value)
    cut = text if len(text) <= WIDEST_VALUE else f"{text[: WIDEST_VALUE - 1]}…"
    return value.key, cut, value.origin


def _finding(finding: Finding) -> str:
    lines = [as_paragraph(f"{finding.severity}: {finding.message}", indent=CONTINUED)]
    if finding.hint:
        lines.append(as_paragraph(f"   hint: {finding.hint}", indent=CONTINUED))
    return "\n".join(lines)


def _table(rows: list[tuple[str, ...]]) -> str:
    """The rows in columns, or where these do not fit beside each other, one after the other."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = [
        "  "
        + "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    if max(map(len, lines), default=0) > columns():
        lines = [
            as_paragraph("  " + "  ".join(filter(None, row)), indent=CONTINUED) for row in rows
        ]
    return "\n".join(lines)
