"""The command line: what can be typed, and nothing of how it is done.

What a command needs is loaded when it is run, so that help and completion answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated

import typer

from sitegen import MANUAL, __version__
from sitegen.cli.help import Command, Group, help_width, summary

COMMANDS: Mapping[str, str] = {
    "init": "Start",
    "new": "Start",
    "serve": "Write",
    "check": "Write",
    "why": "Write",
    "explain": "Write",
    "schema": "Write",
    "webmentions": "Publish",
    "build": "Publish",
    "publish": "Publish",
    "doctor": "Maintain",
    "clean": "Maintain",
}
"""All commands, in the order of the work, with the group of each; it is `NAME_command`."""


def command_line(*asked: str) -> typer.Typer:
    """All commands, or those asked for: Typer takes a moment for each parameter of each."""
    app = typer.Typer(
        name="sitegen",
        cls=Group,
        epilog=f"Manual: {MANUAL}",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(sitegen)
    for name in asked or COMMANDS:
        command = getattr(import_module(f"sitegen.cli.{name}"), f"{name}_command")
        short, panel = summary(command.__doc__), COMMANDS[name]
        app.command(name, cls=Command, short_help=short, rich_help_panel=panel)(command)
    return app


def main() -> None:
    """Run the command line."""
    app = command_line(*(name for name in sys.argv[1:2] if name in COMMANDS))
    try:
        app(terminal_width=help_width())
    except OSError as error:
        # Not of a file, so of a stream. Python writes what is left of it once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        typer.echo(f"error: cannot write to standard output: {error.strerror}", err=True)
        sys.exit(1)


def sitegen(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """A static blog generator for people who write about code."""


def _show_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"sitegen {__version__}")
        raise typer.Exit
