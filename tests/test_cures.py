"""Every hint is obeyed, word for word, and the site is built again: the problem must be gone.

`VERBS` obeys the hints that say what to write and where. It knows no more than a reader does: the
place, the message and the hint. What takes a person, who finds the lost picture or chooses a date,
is in `cure.diff` beside the mistake, which does what the hint says and nothing else. A mistake that
has neither is in `WITHOUT_CURE`, with the reason.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.test_sites import INVALID, build, names

Report = Mapping[str, Any]
"""A diagnostic, as `--format json` reports it."""
Act = Callable[..., None]
"""What a hint asks for, of a site, its report, and the texts in the hint."""

ADDRESS = ("--base-url", "https://me.example/")
DIFF = "cure.diff"
MOST_ROUNDS = 3
"""Builds until all hints of a site are obeyed: what one hides, the next build tells."""
OF_A_FILE = {
    *(
        "SG414",
        "SG008",
        "SG009",
        "SG010",
        "SG011",
        "SG018",
        "SG110",
        "SG201",
        "SG212",
        "SG505",
        "SG508",
    ),
    *("SG122", "SG416", "SG601"),
}
"""What is about a file as a whole, or its name."""

WITHOUT_CURE: Mapping[str, str] = {
    "image-is-none": "only its author has the picture",
    "link-by-reference": "a name like no other: only its author knows what was meant",
    "link-in-a-footnote": "the same",
    "link-in-a-list-in-a-quote": "the same",
    "link-in-a-table": "the same",
    "link-in-a-template": "the same",
    "link-in-html": "the same",
    "output-holds-a-foreign-file": "it is about the output folder, which a test site does not keep",
    "post-build-command-fails": "only its author knows what it was to do",
    "post-build-command-missing": "it asks to install a program",
    "post-build-command-removes-a-file": "only its author knows what it was to do",
    "symbolic-link": "what the link leads to is outside the site",
    "template-changes-the-site": "what its author wants to have there is not in the template",
    "template-filter-fails": "a number divided by zero: only its author knows which was meant",
    "yaml-too-deep": "nobody means that",
}
"""Mistakes whose hint does not say what to write, and why."""


def edit(site: Path, told: Report, change: Callable[[list[str]], None]) -> None:
    file = site / told["path"]
    lines = file.read_text("utf-8").split("\n")
    change(lines)
    file.write_text("\n".join(lines), "utf-8")


def marked(told: Report) -> slice:
    """What is underlined, as a part of its line."""
    return slice(told["column"] - 1, told["column"] - 1 + told["length"])


def replace(site: Path, told: Report, new: str) -> None:
    """Write the new text for what the message quotes, or else for all that is underlined."""
    if told["line"] is None:
        file = site / told["path"]
        file.rename(file.with_name(new))
        return

    def change(lines: list[str]) -> None:
        line, part = lines[told["line"] - 1], marked(told)
        if re.fullmatch(r"\w+: .*", new) and line[part.stop :].startswith(":"):
            lines[told["line"] - 1] = new
            return
        quoted = re.findall(r"'(.+?)'", told["message"])
        old = next((text for text in quoted if text in line[part]), line[part])
        prefix = next((sign for sign in ("#", "id:") if new.startswith(sign)), "")
        old = prefix + old if prefix + old in line[part] else old
        text = line[part].replace(old, new, 1)
        lines[told["line"] - 1] = line[: part.start] + text + line[part.stop :]

    edit(site, told, change)


def overwrite(site: Path, told: Report, new: str) -> None:
    def change(lines: list[str]) -> None:
        line, part = lines[told["line"] - 1], marked(told)
        lines[told["line"] - 1] = line[: part.start] + new + line[part.stop :]

    edit(site, told, change)


def replace_everywhere(site: Path, told: Report, new: str, old: str) -> None:
    edit(
        site,
        told,
        lambda lines: lines.__setitem__(
            slice(None), [new if line == old else line for line in lines]
        ),
    )


def delete(site: Path, told: Report, _: str) -> None:
    """Delete what is underlined: all of its line if it is a key, or an entry of a list."""

    def change(lines: list[str]) -> None:
        line, part = lines[told["line"] - 1], marked(told)
        rest = line[: part.start] + line[part.stop :]
        lines[told["line"] - 1 : told["line"]] = [] if re.match(r"[ -]*$|\s*[:=]", rest) else [rest]

    edit(site, told, change)


def delete_line(site: Path, told: Report, _: str) -> None:
    edit(site, told, lambda lines: lines.__delitem__(told["line"] - 1))


def delete_before(site: Path, told: Report, _: str) -> None:
    def change(lines: list[str]) -> None:
        lines[: told["line"]] = [lines[told["line"] - 1][told["column"] - 1 :]]

    edit(site, told, change)


def move_up(site: Path, told: Report, _: str) -> None:
    def change(lines: list[str]) -> None:
        line = lines.pop(told["line"] - 1)
        lines.insert(next(i for i, each in enumerate(lines) if each.startswith("[")), line)

    edit(site, told, change)


def move_below(site: Path, told: Report, table: str, name: str) -> None:

    def change(lines: list[str]) -> None:
        line = lines.pop(told["line"] - 1)
        lines += [table, name + line[marked(told).stop :], ""]

    edit(site, told, change)


def add_behind(site: Path, told: Report, new: str) -> None:
    def change(lines: list[str]) -> None:
        line, end = lines[told["line"] - 1], marked(told).stop
        lines[told["line"] - 1] = line[:end] + new + line[end:]

    edit(site, told, change)


def indent(site: Path, told: Report, _: str) -> None:
    edit(
        site,
        told,
        lambda lines: lines.__setitem__(
            told["line"] - 1, lines[told["line"] - 1].replace("\t", "  ")
        ),
    )


def in_backticks(site: Path, told: Report, _: str) -> None:
    def change(lines: list[str]) -> None:
        line, part = lines[told["line"] - 1], marked(told)
        lines[told["line"] - 1] = f"{line[: part.start]}`{line[part]}`{line[part.stop :]}"

    edit(site, told, change)


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


def save_as_utf_8(site: Path, told: Report, _: str) -> None:
    file = site / told["path"]
    data = file.read_bytes()
    file.write_text(data.decode("utf-16" if "UTF-16" in told["message"] else "latin-1"), "utf-8")


VERBS: Mapping[str, Act] = {
    r"did you mean '(.+)'\?": replace,
    r"put it in quotes: (.+)": overwrite,
    r"write '(.+)' in place of (?:.* )?'(.+)'": replace_everywhere,
    r"write '(.+?)'(?:,| or | for |$)": replace,
    r"write `(.+?)`(?:,| to |$)": replace,
    r"write a (?:whole )?number such as (\d+)": overwrite,
    r"for example: (\S+)": replace,
    r"(?:use|.*, for example|.*add to the front matter:) ([a-z]+: .+?)(?:,? or .*)?$": set_key,
    r"(?:delete|remove) (?:it|them|the alias)\b()": delete,
    r"(?:.*, or )?remove this line()": delete_line,
    r"delete all before it()": delete_before,
    r"move this line above the first \[table\]()": move_up,
    r"move this line below (\[.+\]), and write '(.+)'": move_below,
    r"put a comma after it()": lambda site, told, _: add_behind(site, told, ","),
    r"indent with spaces()": indent,
    r"put it in backticks()": in_backticks,
    r"save the file as UTF-8()": save_as_utf_8,
}
"""How hints that can be obeyed begin, with what they ask to write, and what obeying them is."""


def obeyed(site: Path, told: Report) -> bool:
    """Whether the hint is one that can be obeyed, which is then done."""
    for words, act in VERBS.items():
        if match := re.match(words, told["hint"] or ""):
            act(site, told, *match.groups())
            return True
    return False


def obey(site: Path, report: Iterable[Report]) -> bool:
    """Obey the hints of a report, the last first, so that places stay right; one at each place."""
    places = {(told["path"], told["line"], told["column"]): told for told in reversed([*report])}
    order = sorted(places, key=lambda place: (place[1] or 0, place[2] or 0), reverse=True)
    return sum(obeyed(site, places[place]) for place in order) > 0


def apply(diff: Path, site: Path) -> None:
    """Change the site as the diff beside its mistake says."""
    command = ("git", "apply", "--unsafe-paths", "--directory", str(site), str(diff))
    subprocess.run(command, cwd=site.parent, check=True)


def expected(name: str) -> list[Report]:
    """The diagnostics of a mistake, as `test_sites` keeps them."""
    return list(json.loads((INVALID / name / "expected.json").read_text("utf-8"))["diagnostics"])


@pytest.mark.parametrize("name", sorted({*names(INVALID)} - {*WITHOUT_CURE}))
def test_hint_that_is_obeyed_mends_the_mistake(name: str, tmp_path: Path) -> None:
    """Nothing is left to report: neither what the hint was about nor what it brought along."""
    site = shutil.copytree(INVALID / name / "site", tmp_path / "site", symlinks=True)
    told = expected(name)
    if (diff := INVALID / name / DIFF).exists():
        apply(diff, site)
        _, report = build(site, *ADDRESS)
        told = report["diagnostics"]
    for _ in range(MOST_ROUNDS):
        if not told or not obey(site, told):
            break
        _, report = build(site, *ADDRESS)
        told = report["diagnostics"]
    assert told == []


def test_what_is_not_cured_is_little_and_known() -> None:
    mistakes = {*names(INVALID)}
    assert mistakes >= {*WITHOUT_CURE}
    assert len(mistakes) - len(WITHOUT_CURE) >= 10 * len(WITHOUT_CURE)
    assert not [name for name in WITHOUT_CURE if (INVALID / name / DIFF).exists()]


@pytest.mark.parametrize("name", names(INVALID))
def test_mistake_is_at_a_place_that_can_be_underlined(name: str) -> None:
    """The line exists, and holds all that is underlined; what is about a whole file has no line."""
    for told in expected(name):
        file = INVALID / name / "site" / told["path"]
        if told["line"] is None:
            assert told["code"] in OF_A_FILE
        elif not told["path"].startswith("theme:"):
            lines = file.read_bytes().decode(errors="replace").split("\n")
            line = lines[told["line"] - 1]
            assert line[marked(told)] or not line
            assert told["column"] - 1 + told["length"] <= max(1, len(line))
