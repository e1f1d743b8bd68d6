"""Which editor a mistake opens in, and by which link."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.serve.editor import EDITOR_LINKS, editor, link


@pytest.mark.parametrize(
    ("environment", "installed", "command"),
    [
        ({"TERM_PROGRAM": "vscode", "EDITOR": "subl"}, "", "code"),
        ({"EDITOR": "code --wait"}, "", "code"),
        ({"VISUAL": "/usr/bin/subl -w", "EDITOR": "vi"}, "", "subl"),
        ({"EDITOR": "vim"}, "code", None),
        ({"EDITOR": " "}, "code", None),
        ({}, "zed", "zed"),
        ({}, "", None),
    ],
)
def test_editor_is_the_one_that_is_used(
    environment: dict[str, str], installed: str, command: str | None
) -> None:
    assert editor(environment, lambda name: name == installed) == command


@pytest.mark.parametrize("command", EDITOR_LINKS)
def test_every_link_names_file_line_and_column(command: str) -> None:
    address = link(command, Path("/site/a post.md"), 12, 5)
    scheme, _, rest = address.partition("://")
    assert scheme.isascii()
    assert "/site/a%20post.md" in rest
    assert rest.index("12") < rest.rindex("5")
