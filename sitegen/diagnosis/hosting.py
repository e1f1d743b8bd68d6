"""Whether hosts can install what a site asks for, and whether that is the sitegen that is here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sitegen import DISTRIBUTION, __version__
from sitegen.diagnosis.checkup import Finding
from sitegen.model.codes import Severity
from sitegen.scaffold.kit import HOSTS, host_files
from sitegen.scaffold.requirement import REQUIREMENTS, requirements_of

STRANGER = re.compile(r"sitegen(?![\w.-]).*", re.IGNORECASE)
RELEASE = re.compile(r"sitegen[-_.]+blog(?:\[[^]]*\])?\s*==\s*([^\s;#]+).*", re.IGNORECASE)
WHEEL = re.compile(r"(?:\S*/)?sitegen_blog-([^-\s]+)-\S+\.whl")
ANY = re.compile(r"\S*sitegen[-_.]+blog\b.*", re.IGNORECASE)
AGAIN = f"delete {REQUIREMENTS}, and run sitegen init with the option for your host again"


def findings_of_hosting(site: Path) -> Iterator[Finding]:
    """What is wrong with the site's requirements.txt, if a host reads it."""
    lines = requirements_of(site)
    for line in lines:
        yield from _of_line(line, site)
    builder = _builder(site)
    if builder and not any(ANY.fullmatch(line) or STRANGER.fullmatch(line) for line in lines):
        message = f"{builder} installs {REQUIREMENTS}, which does not name {DISTRIBUTION}"
        yield Finding(Severity.ERROR, message, f"add the line {DISTRIBUTION}=={__version__}")


def _of_line(line: str, site: Path) -> Iterator[Finding]:
    if STRANGER.fullmatch(line):
        message = f"{REQUIREMENTS} asks for 'sitegen', which is another project's package"
        yield Finding(Severity.ERROR, message, AGAIN)
    if WHEEL.fullmatch(line) and not (site / line).is_file():
        yield Finding(Severity.ERROR, f"there is no '{line}', which {REQUIREMENTS} names", AGAIN)
    elif (pin := RELEASE.fullmatch(line) or WHEEL.fullmatch(line)) and pin[1] != __version__:
        message = f"hosts build this site with sitegen {pin[1]}, and here is {__version__}"
        yield Finding(Severity.WARNING, message, f"install the same here, or {AGAIN}")


def _builder(site: Path) -> str | None:
    """The file by which a host installs the site's requirements, if there is one."""
    for path in (path for host in HOSTS for path in host_files(host)):
        try:
            text = (site / path).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if REQUIREMENTS in text:
            return path
    return None
