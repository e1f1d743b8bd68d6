"""The command line: what can be typed, and nothing of how it is done.

What a command needs is loaded when it is run, so that help and completion answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from sitegen import MANUAL, __version__
from sitegen.cli.build import build_command
from sitegen.cli.check import check_command
from sitegen.cli.clean import clean_command
from sitegen.cli.doctor import doctor_command
from sitegen.cli.explain import explain_command
from sitegen.cli.help import Command, Group, help_width, summary
from sitegen.cli.init import init_command
from sitegen.cli.new import new_command
from sitegen.cli.publish import publish_command
from sitegen.cli.serve import serve_command
from sitegen.cli.why import why_command

COMMANDS: Mapping[str, Mapping[str, Callable[..., None]]] = {
    "Start": {"init": init_command, "new": new_command},
    "Write": {
        "serve": serve_command,
        "check": check_command,
        "why": why_command,
        "explain": explain_command,
    },
    "Publish": {"build": build_command, "publish": publish_command},
    "Maintain": {"doctor": doctor_command, "clean": clean_command},
}
"""All commands, in the order of the work."""

app = typer.Typer(
    name="sitegen",
    cls=Group,
    epilog=f"Manual: {MANUAL}",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _panel, _commands in COMMANDS.items():
    for _name, _command in _commands.items():
        _short = summary(_command.__doc__)
        app.command(_name, cls=Command, short_help=_short, rich_help_panel=_panel)(_command)


def main() -> None:
    """Run the command line."""
    try:
        app(terminal_width=help_width())
    except OSError as error:
        # Not of a file, so of a stream. Python writes what is left of it once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        typer.echo(f"error: cannot write to standard output: {error.strerror}", err=True)
        sys.exit(1)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"sitegen {__version__}")
        raise typer.Exit


@app.callback()
def sitegen(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A static blog generator for people who write about code."""
