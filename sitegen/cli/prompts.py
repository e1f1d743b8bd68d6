"""What `sitegen init` asks at a terminal, and what it says at the end."""

from __future__ import annotations

import shlex
import sys
from functools import partial

import typer

from sitegen.console.console import Console
from sitegen.console.signals import INTERRUPTED
from sitegen.model.diagnostics import UsageError
from sitegen.scaffold.init import Ask, Started, Usable
from sitegen.scaffold.requirement import REQUIREMENTS


def asking(console: Console, *, silent: bool) -> Ask:
    """What asks the user; silent, or without a terminal, every answer is the default."""
    if silent or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return lambda _, default, usable: usable(default)
    return partial(_ask, console)


def show_started(console: Console, done: Started) -> None:
    """Say which files there are now, and what comes next."""
    for path in done.written:
        console.result(f"wrote {done.folder / path}")
    for path in done.kept:
        console.say(f"kept {done.folder / path} (it exists)")
    if done.is_new and ".gitignore" in done.kept:
        console.hint("make sure that it ignores /public/ and /.sitegen/", indent="   ")
    if done.hosts:
        console.say(_installation(done))
    steps = [host.to_do for host in done.hosts]
    if done.is_new:
        folder = "" if str(done.folder) == "." else f"cd {shlex.quote(str(done.folder))} && "
        steps = [f"{folder}sitegen serve", *steps]
    console.say("\nNext:")
    for step in steps:
        console.say(f"  {step}")


def _installation(done: Started) -> str:
    if done.is_required:
        return f"hosts install sitegen from {done.requirement.source}"
    return f"make sure that {REQUIREMENTS} has the line: {done.requirement.line}"


def _ask(console: Console, question: str, default: str, usable: Usable) -> str:
    while True:
        try:
            return usable(
                typer.prompt(question, default=default, show_default=bool(default), err=True)
            )
        except UsageError as error:
            console.say(f"   {error}")
        except typer.Abort:
            console.say("\ninterrupted: nothing was written")
            raise typer.Exit(INTERRUPTED) from None
