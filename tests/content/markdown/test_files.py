"""Blocks of code with a path as their title are files, and several with one title its steps."""

from __future__ import annotations

import re

import pytest

from sitegen.content.markdown.code.files import is_path, why_unsafe
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.model.document import Rendered
from sitegen.outputs.feeds.content import for_readers

ONE = "import a\n\ndef run():\n    a.b(1)\n"
TWO = "import a\nimport c\n\ndef run():\n    a.b(2)\n"


def rendered(*codes: str, info: str = 'python title="src/app.py"') -> Rendered:
    """The body with these blocks; each can have more options, before a `|`."""
    parts = [code.rpartition("|") for code in codes]
    body = "".join(f"```{info} {more}\n{code}```\n\n" for more, _, code in parts)
    return render(body, dialect(), title="T")[0]


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        *((title, True) for title in ("app.py", "src/app.py", ".env", "Makefile", "bin/run")),
        *((title, True) for title in ("../x.py", "/etc/hosts", "a/b/Dockerfile", "x.tar.gz")),
        *((title, False) for title in ("Output", "Terminal", "my app.py", "v1.0", "0.107.0")),
        *((title, False) for title in ("https://example.org/a.py", "TypeScript", "C++", "a/", "")),
    ],
)
def test_title_is_a_path_if_it_looks_like_one(title: str, is_one: bool) -> None:
    assert is_path(title) is is_one


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/hosts", "~/.zshrc", "../a.py", "a/../../b.py", "C:/a.py", "a\\b.py", "a//b.py"),
        *("nul.py", "a/CON.txt", "a.py.", "a:b.py", ".git/config", f"{'a/' * 100}b.py"),
    ],
)
def test_path_that_not_every_reader_can_have_is_unsafe(path: str) -> None:
    assert why_unsafe(path)


@pytest.mark.parametrize("path", ["a.py", ".env", "src/app.py", "größe/a.py", "a/b/Makefile"])
def test_path_below_a_folder_is_safe(path: str) -> None:
    assert why_unsafe(path) is None


def test_file_is_the_code_as_it_is_copied() -> None:
    found = rendered("a = 1  # [!code --]\na = 2  # [!code ++]\nb = 3  # [!code hl]\n")
    assert [(file.path, file.text) for file in found.files] == [("src/app.py", "a = 2\nb = 3\n")]


@pytest.mark.parametrize(
    "info",
    [
        *('console title="a.txt"', 'diff title="a.py"', 'python title="a.py" start=4'),
        *('python title="Output"', 'output title="a.txt"', "python", 'python title="/a.py"'),
        *('python diff title="a.py"',),
    ],
)
def test_sessions_patches_parts_and_other_titles_are_no_files(info: str) -> None:
    assert rendered("$ x\n", info=info).files == ()


def test_last_step_is_the_file_and_says_what_changed() -> None:
    found = rendered(ONE, TWO)
    assert [file.text for file in found.files] == [TWO]
    assert found.html.count('class="step"') == 2
    assert "\0code_step number=2 total=2\0" in found.html
    changed = found.html[found.html.index("<details") : found.html.index("</details>")]
    assert re.findall(r"<(ins|del) class=\"ln\">(.*)", changed) == [
        ("ins", "import c"),
        ("del", "    a.b(1)"),
        ("ins", "    a.b(2)"),
    ]
    assert "since" not in for_readers(found.html)


@pytest.mark.parametrize(
    ("codes", "text", "steps"),
    [
        ((ONE,), ONE, 0),
        ((ONE, ONE), ONE, 0),  # nothing has changed
        ((ONE, "def run():\n    a.b(1)\n"), ONE, 0),  # a part of it
        ((ONE, "start=9|x = 1\n", TWO), TWO, 2),
        ((ONE, "diff|+import c\n"), ONE, 0),
        ((ONE, "diff| import a\n+import c\n \n def run():\n-    a.b(1)\n+    a.b(2)\n"), TWO, 2),
        ((ONE, "x = 1\ny = 2\nz = 3\n"), None, 0),  # parts of something else
        ((ONE * 2, "import a\nx = 1\n"), None, 0),  # a part that is changed
    ],
)
def test_blocks_of_one_title_are_steps_parts_or_neither(
    codes: tuple[str, ...], text: str | None, steps: int
) -> None:
    found = rendered(*codes)
    assert [file.text for file in found.files] == ([] if text is None else [text])
    assert found.html.count('class="step"') == steps


def test_files_that_are_not_wanted_are_not_kept_and_not_doubted() -> None:
    body = '```python title="../a.py"\nx\n```\n\n```python title="b.py"\nx\n```\n'
    found, problems = render(body, dialect(has_files=False), title="T")
    assert (found.files, problems) == ((), ())
