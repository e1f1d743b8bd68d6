"""Links that open a file at a line in the user's editor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote

AS_VSCODE = "{scheme}://file{path}:{line}:{column}"
AS_TEXTMATE = "{scheme}://open?url=file://{path}&line={line}&column={column}"
AS_IDEA = "{scheme}://open?file={path}&line={line}&column={column}"

EDITOR_LINKS = {
    "code": ("vscode", AS_VSCODE),
    "code-insiders": ("vscode-insiders", AS_VSCODE),
    "codium": ("vscodium", AS_VSCODE),
    "cursor": ("cursor", AS_VSCODE),
    "zed": ("zed", AS_VSCODE),
    "subl": ("subl", AS_TEXTMATE),
    "mate": ("txmt", AS_TEXTMATE),
    "idea": ("idea", AS_IDEA),
    "pycharm": ("pycharm", AS_IDEA),
}
"""By the command that starts an editor: the scheme of its links, and their form."""

TERMINALS = {"vscode": "code", "zed": "zed"}
"""The editors with a terminal, by the TERM_PROGRAM that they set in it."""


def editor(environment: Mapping[str, str], is_installed: Callable[[str], object]) -> str | None:
    """The command of the editor to open files in, if it can be opened from a browser.

    That in whose terminal we are, else the one that is asked for, else one that is installed.
    """
    if (terminal := environment.get("TERM_PROGRAM", "")) in TERMINALS:
        return TERMINALS[terminal]
    if wanted := environment.get("VISUAL") or environment.get("EDITOR"):
        name = Path(wanted.split()[0]).stem if wanted.split() else ""
        return name if name in EDITOR_LINKS else None
    return next(filter(is_installed, EDITOR_LINKS), None)


def link(command: str, file: Path, line: int, column: int) -> str:
    """The address that opens the file there; line and column count from 1."""
    path = quote(f"/{file.as_posix().lstrip('/')}")
    scheme, form = EDITOR_LINKS[command]
    return form.format(scheme=scheme, path=path, line=line, column=column)
