"""Text that a person typed, quoted for a file of the site."""

from __future__ import annotations

import json
import re
from datetime import datetime

from sitegen.model.diagnostics import UsageError

UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no page can show, and YAML 1.1 §5.1 does not allow in a file."""

CURLY = "“”„‘’"
"""Quotes as word processors make them of straight ones."""


def one_line(text: str) -> str:
    """The text with single spaces. Raises UsageError for what no page can show."""
    line = " ".join(text.split())
    if unshown := UNSHOWN.search(line):
        raise UsageError(f"{text!r} has a character that no page can show: {unshown[0]!r}")
    return line


def titled(text: str) -> str:
    """A line of text that says something. Raises UsageError for one that does not."""
    if line := one_line(text):
        return line
    raise UsageError("a title is required")


def quoted(text: str) -> str:
    """A line of text as a string of JSON, YAML and TOML alike."""
    return json.dumps(text, ensure_ascii=False)


def written(moment: datetime) -> str:
    """A moment as front matter has it: to the second, with its offset, for YAML and for us."""
    return moment.isoformat(sep=" ", timespec="seconds")
