"""Every hint is obeyed, word for word, and the site is built again: the problem must be gone.

A hint that says what to write where is obeyed by `obey`, which knows no more than the report: the
place, the message and the hint. What only a person can do (find the lost picture, choose a date)
is in `cure.diff` beside the mistake, written by doing what the hint says and nothing else. A
mistake that has neither is in `WITHOUT_CURE`, with the reason.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.test_sites import INVALID, build, names

Report = Mapping[str, Any]
"""A diagnostic, as `--format json` reports it."""

ROUNDS = 12
"""Hints obeyed in one site, at most; two that contradict each other would never end."""

WITHOUT_CURE: Mapping[str, str] = {}


def rewrite(file: Path, line: int, change: Callable[[str], str]) -> None:
    lines = file.read_text("utf-8").split("\n")
    lines[line - 1] = change(lines[line - 1])
    file.write_text("\n".join(lines), "utf-8")


def replace(site: Path, told: Report, new: str) -> None:
    """Write the new text for what the message quotes, or else for all that is underlined."""
    start, end = told["column"] - 1, told["column"] - 1 + told["length"]

    def change(line: str) -> str:
        marked = line[start:end]
        quoted = re.findall(r"'(.+?)'", told["message"])
        old = next((text for text in quoted if text in marked), marked)
        return line[:start] + marked.replace(old, new, 1) + line[end:]

    rewrite(site / told["path"], told["line"], change)


def delete(site: Path, told: Report, _new: str) -> None:
    """Delete what is underlined, and the line that then holds no more than a list's dash."""
    start, end = told["column"] - 1, told["column"] - 1 + told["length"]
    rewrite(site / told["path"], told["line"], lambda line: line[:start] + line[end:])
    file = site / told["path"]
    lines = file.read_text("utf-8").split("\n")
    if lines[told["line"] - 1].strip() in ("", "-"):
        del lines[told["line"] - 1]
    file.write_text("\n".join(lines), "utf-8")


def delete_line(site: Path, told: Report, _new: str) -> None:
    file = site / told["path"]
    lines = file.read_text("utf-8").split("\n")
    del lines[told["line"] - 1]
    file.write_text("\n".join(lines), "utf-8")


def set_key(site: Path, told: Report, new: str) -> None:
    """Give the document's front matter this `key: value`, in place of what the key had."""
    file = site / told["path"]
    text = file.read_text("utf-8")
    if not text.startswith("---\n"):
        text = f"---\n---\n{text}"
    head, fence, body = text[4:].partition("---\n")
    key = new.partition(":")[0]
    kept = [line for line in head.splitlines(keepends=True) if not line.startswith(f"{key}:")]
    file.write_text("".join(("---\n", *kept, new, "\n", fence, body)), "utf-8")


def save_as_utf_8(site: Path, told: Report, _new: str) -> None:
    file = site / told["path"]
    data = file.read_bytes()
    encoding = "utf-16" if "UTF-16" in told["message"] else "latin-1"
    file.write_text(data.decode(encoding), "utf-8")


VERBS: tuple[tuple[str, Callable[[Path, Report, str], None]], ...] = (
    (r"did you mean '(?P<new>.+)'\?", replace),
    (r"put it in quotes: (?P<new>\".*\")", replace),
    (r"write '(?P<new>.+?)'", replace),
    (r"write `(?P<new>.+?)`", replace),
    (r"for example: (?P<new>\S+)", replace),
    (r"(?:use|.*for example|add to the front matter:) (?P<new>[a-z]+: \S+?),?(?: |$)", set_key),
    (r"(?:delete|remove) (?:it|the alias)\b(?P<new>)", delete),
    (r".*remove this line(?P<new>)", delete_line),
    (r"save the file as UTF-8(?P<new>)", save_as_utf_8),
)
"""How hints that can be obeyed begin, and what they ask for."""


def verb(told: Report) -> Callable[[Path], None] | None:
    """What the hint asks for, as an act; None where it takes a person."""
    for pattern, act in VERBS:
        found = re.match(pattern, told["hint"] or "")
        if found:
            return lambda site: act(site, told, found["new"])
    return None


def key(told: Report) -> tuple[str, str, str]:
    return told["code"], told["path"], told["message"]
