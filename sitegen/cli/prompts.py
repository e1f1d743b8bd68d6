"""How `sitegen init` talks with a person: its questions, and what it says at the end."""

from __future__ import annotations

import shlex
import signal
import sys

import typer

from sitegen.model.diagnostics import UsageError
from sitegen.scaffold.init import Ask, Started, Usable
from sitegen.scaffold.requirement import REQUIREMENTS


def asking(*, silent: bool) -> Ask:
    """What asks the person at the terminal; silent, or with nobody there, defaults are taken."""
    if silent or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return lambda _, default, usable: usable(default)
    typer.echo("A few questions. Enter takes what is in brackets, or leaves it out.", err=True)
    return _ask


def show(done: Started) -> None:
    """Say which files there are now, and what comes next."""
    for path in done.written:
        typer.echo(f"wrote {done.folder / path}")
    for path in done.kept:
        typer.echo(f"kept {done.folder / path}, which was there", err=True)
    if done.is_new and ".gitignore" in done.kept:
        typer.echo("   see that it has /public/ and /.sitegen/", err=True)
    if done.hosts:
        typer.echo(_installation(done), err=True)
    steps = [host.to_do for host in done.hosts]
    if done.is_new:
        folder = "" if str(done.folder) == "." else f"cd {shlex.quote(str(done.folder))} && "
        steps = [f"{folder}sitegen serve", *steps]
    typer.echo("\nNext:", err=True)
    for step in steps:
        typer.echo(f"  {step}", err=True)


def _installation(done: Started) -> str:
    if done.is_required:
        return f"hosts install sitegen from {done.requirement.source}"
    return f"see that {REQUIREMENTS}, which was there, has the line: {done.requirement.line}"


def _ask(question: str, default: str, usable: Usable) -> str:
    while True:
        try:
            return usable(
                typer.prompt(question, default=default, show_default=bool(default), err=True)
            )
        except UsageError as error:
            typer.echo(f"   {error}", err=True)
        except typer.Abort:
            typer.echo("\ninterrupted: nothing was written", err=True)
            raise typer.Exit(128 + signal.SIGINT) from None
