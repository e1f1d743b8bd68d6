"""What `sitegen doctor` finds."""

from __future__ import annotations

from sitegen.model.codes import Severity
from sitegen.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    name: str
    version: str | None
    """None: not installed."""
    extra: str | None = None
    """The optional part of sitegen that needs it: `pip install sitegen-blog[extra]`."""


@dataclass(frozen=True, slots=True)
class UsedPlugin:
    name: str
    version: str
    place: str
    """`sitegen`, a file of the site, or the entry point of a package."""


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
    plugins: tuple[UsedPlugin, ...]
    """In the order in which they are used."""
    site: str | None
    """The site folder; None: there is no site here."""
    configuration: tuple[Value, ...]
    findings: tuple[Finding, ...]

    @property
    def is_well(self) -> bool:
        return all(finding.severity < Severity.ERROR for finding in self.findings)
