"""`sitegen check --fix` mends what is sure, and changes no other byte."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.model.diagnostics import Diagnostic, Fix, Replacement, edit_of
from sitegen.text.edits import edited
from tests.prefork import sitegen

CONFIG = 'title = "A blog"\nbase_url = "https://me.example/"\n'
GUIDE = "---\ntitle: Guide\n---\n\n## My head\n"

CASES = {
    "title: Rust: what I know": 'title: "Rust: what I know"',
    "title: 1.10 # text": 'title: "1.10" # text',
    "title: @home": 'title: "@home"',
    "title: *Really* new": 'title: "*Really* new"',
    "title:Spaceless": "title: Spaceless",
    "titel: Swapped": "title: Swapped",
    "title: a\ntagss: [x]": "title: a\ntagss: [x]",  # a plural is no slip
    "title: a\ntitel: b": "title: a\ntitel: b",  # there is one already
    "title: a\nsreies: b": "title: a\nseries: b",
    "title: a\noredr: second": "title: a\noredr: second",  # which is no number
    "title: a\nlang: en_US": "title: a\nlang: en-US",
    "title: a\nlang: english": "title: a\nlang: en",
    "[x](old/guide.md)": "[x](../pages/guide.md)",
    '[guide.md](guide.md "guide.md")': '[guide.md](../pages/guide.md "guide.md")',
    "[x](<guide.md>)": "[x](<../pages/guide.md>)",
    "[x][a]\n\n[a]: guide.md": "[x][a]\n\n[a]: guide.md",
    "[x](../pages/guide.md#My_Head)": "[x](../pages/guide.md#my-head)",
    "[x](../pages/guide.md#other)": "[x](../pages/guide.md#other)",
    "[x](two.md)": "[x](two.md)",  # there are two of that name
    "[x](guide.md) " * 12: "[x](../pages/guide.md) " * 12,  # one at a time took as many checks
    "[x](/guide) [y](/guide#my-head)": "[x](/guide/) [y](/guide/#my-head)",
    "[x](/Guide/)": "[x](/guide/)",
    "[x](/2024/01/31/dated.html#a)": "[x](2024-01-31-dated.md#a)",
    "[x](/2024/02/01/dated/)": "[x](/2024/02/01/dated/)",  # of another day
    "![x](PICTURE.PNG)": "![x](picture.png)",
    '<img src="picture.PNG" alt="x">': '<img src="picture.png" alt="x">',
    "```pyhton\n1\n```": "```python\n1\n```",
    "~~~ jsno {1}\n1\n~~~": "~~~ json {1}\n1\n~~~",
    "```nonesuch\n1\n```": "```nonesuch\n1\n```",
}
"""What becomes of front matter, where the first line is of a key, and of bodies."""


def whole(case: str) -> str:
    is_head = case.split("\n")[0].startswith("tit")
    return f"---\n{case}\n---\nText.\n" if is_head else f"---\ntitle: Post\n---\n{case}\n"


def make_site(site: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in {"sitegen.toml": CONFIG, "content/pages/guide.md": GUIDE, **files}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return site


def contents(site: Path) -> dict[str, bytes]:
    paths = (path for path in site.rglob("*") if path.is_file())
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in paths
        if ".sitegen" not in path.parts
    }


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8"
    "ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("\ufeff", "\r\n")])
def test_what_is_sure_is_mended_and_nothing_else(tmp_path: Path, mark: str, end: str) -> None:
    def file(case: str) -> bytes:
        return f"{mark}{whole(case)}é  ".replace("\n", end).encode()

    names = {case: f"content/posts/{number}.md" for number, case in enumerate(CASES)}
    two = {f"content/{folder}/two.md": "Text\n" for folder in ("one", "other")}
    two["content/posts/2024-01-31-dated.md"] = '<a id="a"></a>Dated\n'
    given = {names[case]: file(case) for case in CASES}
    site = make_site(tmp_path, {**two, "content/posts/picture.png": PICTURE, **given})
    before = contents(site)
    shown = sitegen("check", site, "--diff")
    assert contents(site) == before
    sitegen("check", site, "--fix", "--format", "json")
    assert contents(site) == before | {names[it]: file(CASES[it]) for it in CASES}
    assert shown.stdout.startswith("--- a/content/posts/0.md\n+++ b/content/posts/0.md\n@@")


def test_alias_of_yaml_is_left_to_its_author(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/posts/a.md": "---\ntags: *tags\n---\n"})
    done = sitegen("check", site, "--fix")
    assert (done.returncode, done.stdout) == (1, "")


def test_second_time_mends_nothing_and_says_what_is_left(tmp_path: Path) -> None:
    site = make_site(tmp_path, {"content/posts/a.md": "[x](guide.md) [y](gone.md)\n"})
    first = sitegen("check", site, "--fix")
    assert first.stdout == (
        "content/posts/a.md:1:1: mended SG301: [x](guide.md) is now [x](../pages/guide.md)\n"
    )
    assert "mended 1 problem in 1 file" in first.stderr
    second = sitegen("check", site, "--fix")
    assert (second.returncode, second.stdout) == (1, "")
    assert "gone.md" in second.stderr


def test_missing_id_is_the_one_it_has_and_changes_no_address(tmp_path: Path) -> None:
    posts = {
        "a.md": "---\nid: a\n---\nA\n",
        "b.md": "---\nid: b\n---\nB\n",
        "c.md": "---\nid: c\n---\nC\n",
        "web/2024-01-31-d.md": "---\n# A comment.\ntags:\n  - x\n---\nD\n",
        "e.md": "+++\ndraft = false\n+++\nE\n",
    }
    site = make_site(tmp_path, {f"content/posts/{name}": text for name, text in posts.items()})

    def addresses() -> set[str]:
        sitegen("build", site, "-o", tmp_path / "public")
        return {path for path in contents(tmp_path) if path.endswith("index.html")}

    before = addresses()
    sitegen("check", site, "--fix")
    assert (site / "content/posts/web/2024-01-31-d.md").read_text("utf-8") == (
        '---\n# A comment.\nid: "web/2024-01-31-d"\nslug: "d"\ntags:\n  - x\n---\nD\n'
    )
    assert (site / "content/posts/e.md").read_text("utf-8") == (
        '+++\nid = "e"\ndraft = false\n+++\nE\n'
    )
    assert addresses() == before
    assert sitegen("check", site, "--fix").stdout.startswith("checked ")


def test_configuration_that_cannot_be_read_is_mended_first(tmp_path: Path) -> None:
    config = CONFIG.replace("title", "titel").replace("base_url", "bese_url")
    site = make_site(tmp_path, {"sitegen.toml": config, "content/posts/a.md": "[x](guide.md)\n"})
    done = sitegen("check", site, "--fix", "--format", "json")
    assert [(it["code"], it["path"]) for it in json.loads(done.stdout)["mended"]] == [
        ("SG002", "sitegen.toml"),
        ("SG002", "sitegen.toml"),
        ("SG301", "content/posts/a.md"),
    ]
    assert (site / "sitegen.toml").read_text("utf-8") == CONFIG


LINES = "\n" * 8
TWICE: dict[str, str | bytes] = {
    "sitegen.toml": CONFIG.replace("title", "titel"),
    "content/posts/a.md": b"---\r\ntitle: 1.10\r\n---\r\n[x](/guide)",
    "content/posts/b.md": "\ufeff---\ntitle: Rust: a\ndtae: 2024-02-01\n---\n[x](guide.md)",
    "content/posts/caf\u00e9 au lait.md": f"[x](guide.md)\u2028[y](guide.md){LINES}[z](/guide)\n",
    'content/posts/a "b".md': "[x](guide.md)\n",
    "content/posts/latin.txt": b"[x](guide.md) \xe9\n",
    "static/plain.html": b"<!doctype html><title>x</title>\r\n<a href='/Guide/'>x</a> \xff\r\n",
    "static/old.html": b"<!doctype html><title>x</title>\r\n<a href='/Guide/'>x</a>\r\n",
}
"""What takes more than one check to mend: the configuration hides all else, and broken front matter
keeps a site from being built, of which there are links in plain pages. And what must stay as it is:
ends of lines, byte order marks, bytes that are no text.
"""


@pytest.mark.parametrize("program", [("git", "apply", "-"), ("patch", "-p1", "--binary")])
def test_patch_shown_makes_what_is_written_byte_for_byte(
    program: tuple[str, ...], tmp_path: Path
) -> None:
    if not shutil.which(program[0]):
        pytest.skip(f"{program[0]} is not installed")
    shown = make_site(tmp_path / "shown", TWICE)
    written = make_site(tmp_path / "written", TWICE)
    before = contents(shown)
    done = sitegen("check", shown, "--diff")
    assert contents(shown) == before
    assert done.returncode == 1
    subprocess.run(program, cwd=shown, input=done.stdout.encode(), check=True)
    fixed = sitegen("check", written, "--fix")
    assert contents(shown) == contents(written)
    left, said = (it.stderr.rpartition(" in ")[0] for it in (done, fixed))
    assert left.replace("would mend", "mended") == said
    assert len([it for it in before if before[it] != contents(written)[it]]) == 6
    assert sitegen("check", written, "--diff").stdout == ""


def test_file_that_may_not_be_read_as_it_is_counted_is_left_alone() -> None:
    assert edited(b"a\x01 b", [Replacement(1, 1, 2, "c")]) is None
    assert edited(b"\xff", [Replacement(1, 1, 1, "c")]) is None


@pytest.mark.parametrize(
    ("line", "column"),
    [("[a](a)", 5), ("a", 1), ("b a a", None), ("b", None), ('<a href="a">a</a>', 10)],
)
def test_place_of_a_fix_is_plain_or_there_is_none(line: str, column: int | None) -> None:
    found = edit_of(
        Diagnostic("SG301", "", "a.md", 1, 1, length=len(line), frame=line, fix=Fix("a", "c"))
    )
    assert (found and found.column) == column


def test_built_site_cannot_be_mended(tmp_path: Path) -> None:
    done = sitegen("check", tmp_path, "--output", tmp_path, "--fix")
    assert done.returncode == 2
    assert "leave out --output" in done.stderr
