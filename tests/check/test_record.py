"""`sitegen check --update` writes what lines say, and no other byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import sitegen

CODE = '```python title="app.py" #main\na = "x"\nb = 1 | 2\nc = `\\d`\nb = 1 | 2\n```\n'
POST = "content/posts/a.md"

CASES = {
    "[it](#main:1)": r'[it](#main:1 "a = \"x\"")',
    "[it]( <#main:1>\n)": '[it]( #main:1 "a = \\"x\\""\n)',
    "> [a\n> b](#main:1) *[b](#main:3)*": (
        '> [a\n> b](#main:1 "a = \\"x\\"") *[b](#main:3 "c = &#96;\\\\d&#96;")*'
    ),
    "| a |\n|---|\n| [it](#main:2) |": '| a |\n|---|\n| [it](#main:2 "b = 1 \\| 2") |',
    "a ` b [it](#main:3)": r'a ` b [it](#main:3 "c = &#96;\\d&#96;")',
    "[it](0.md#main:2)": '[it](0.md#main:2 "b = 1 | 2")',
    "`[it](#main:1)` [it](#main:1)": r'`[it](#main:1)` [it](#main:1 "a = \"x\"")',
    "[it](#main:1 'c = `\\d`')": r'[it](#main:3 "c = &#96;\\d&#96;")',
    '[it](#main:9 "c = `\\d`")': r'[it](#main:3 "c = &#96;\\d&#96;")',
    '[it](#main:2 "b = 1 | 2")': None,
    '[it](#main:1 "b = 1 | 2")': None,  # of which there are two
    '[it](#main:1 "gone")': None,
    "[it](#main:9) [x](#other:1)": None,
    "[it][x]\n\n[x]: #main:1": None,
}
"""What an update makes of a text; None: nothing."""


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_only_links_to_lines_change(tmp_path: Path, mark: str, end: str) -> None:
    def whole(links: str) -> bytes:
        text = f"{mark}---\ntitle: é\n---\n{links}\n\n{CODE}"
        return text.replace("\n", end).encode()

    folder = tmp_path / "content" / "posts"
    folder.mkdir(parents=True)
    for number, before in enumerate(CASES):
        (folder / f"{number}.md").write_bytes(whole(before))
    sitegen("check", "--update", cwd=tmp_path)
    for number, (before, after) in enumerate(CASES.items()):
        assert (folder / f"{number}.md").read_bytes() == whole(after or before)


def test_command_says_what_it_wrote_and_what_it_could_not(tmp_path: Path) -> None:
    (tmp_path / POST).parent.mkdir(parents=True)
    body = f'[a](#main:1) [b](#main:1 "c = `\\\\d`") [c][x]\n\n[x]: #main:2\n\n{CODE}'
    (tmp_path / POST).write_text(body, "utf-8")
    done = sitegen("check", "--update", "--format", "json", cwd=tmp_path)
    told = json.loads(done.stdout)["recorded"]
    assert [(link["was"], link["href"], link["is_written"]) for link in told] == [
        ("#main:1", "#main:1", True),
        ("#main:1", "#main:3", True),
        ("#main:2", "#main:2", False),
    ]
    said = sitegen("check", "--update", cwd=tmp_path)
    assert "#main:2 is not recorded" in said.stderr


def test_changed_line_is_a_warning_and_a_missing_one_an_error(tmp_path: Path) -> None:
    (tmp_path / POST).parent.mkdir(parents=True)
    (tmp_path / POST).write_text(f'[a](#main:1 "a = 2") [b](#main:7)\n\n{CODE}', "utf-8")
    built = sitegen("build", "--format", "json", cwd=tmp_path)
    found = json.loads(built.stdout)["diagnostics"]
    places = {d["code"]: (d["severity"], d["line"], d["column"]) for d in found}
    assert places["SG421"] == ("warning", 1, 1)
    assert places["SG420"] == ("error", 1, 22)
