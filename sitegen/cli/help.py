"""How `--help` looks: commands in groups, examples apart, and no word broken in any terminal."""

from __future__ import annotations

import re
from inspect import cleandoc
from itertools import groupby
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

from sitegen.console.wrapping import wrapped

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

WIDEST_HELP, NARROWEST = 80, 30
"""Columns of help."""
WIDEST_NAME = 30
"""Columns of an option or a command, beside which it is explained."""
EXAMPLES = "\n\nExamples:\n"
"""What separates the examples in the docstring of a command from the text before them."""
QUOTED = re.compile(r'"[^"]*"')
HARD_SPACE = "\N{NO-BREAK SPACE}"


class Group(TyperGroup):
    """Lists its commands under the names of their panels, in the order in which they are given."""

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        _write_parameters(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, _: Context, formatter: HelpFormatter) -> None:
        commands = self.commands.items()
        for panel, members in groupby(commands, lambda entry: _panel(entry[1])):
            rows = [(name, command.short_help or "") for name, command in members]
            _write_table(formatter, panel, rows)


class Command(TyperCommand):
    """Shows the examples of its docstring as they can be pasted, whatever the width."""

    def format_help_text(self, _: Context, formatter: HelpFormatter) -> None:
        text, examples = described(self)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)
        with formatter.section("Examples"):
            for example in examples:
                formatter.write(_folded(example, formatter.width))

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Typer shows the place of a hidden argument, whose name is empty."""
        return [piece for piece in super().collect_usage_pieces(ctx) if piece != "[]"]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        _write_parameters(self, ctx, formatter)


def help_width() -> int:
    """The columns that help has, without the margin at its right."""
    return min(max(get_terminal_size().columns, NARROWEST), WIDEST_HELP) - 2


def summary(docstring: str | None) -> str:
    """The first line of a docstring."""
    return (docstring or "").partition("\n")[0]


def described(command: TyperCommand) -> tuple[str, list[str]]:
    """What a command does, and examples of it."""
    text, _, examples = cleandoc(command.help or "").partition(EXAMPLES)
    return text, cleandoc(examples).splitlines()


def _write_parameters(
    command: TyperCommand | TyperGroup, ctx: Context, formatter: HelpFormatter
) -> None:
    for heading, kind in (("Arguments", "argument"), ("Options", "option")):
        params = (param for param in command.get_params(ctx) if param.param_type_name == kind)
        if rows := [row for param in params if (row := param.get_help_record(ctx))]:
            _write_table(formatter, heading, rows)


def _write_table(formatter: HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Names, and what each means: beside it, or below one that is too long for that."""
    widest = min(WIDEST_NAME, formatter.width // 2 - 2)
    indent = " " * (max(len(name) for name, _ in rows if len(name) <= widest) + 4)
    with formatter.section(heading):
        for name, text in rows:
            head = f"  {name}".ljust(len(indent))
            if len(name) > widest:
                formatter.write(f"{head}\n")
                head = indent
            formatter.write(f"{wrapped(text, formatter.width, head, indent)}\n")


def _panel(command: object) -> str:
    return str(getattr(command, "rich_help_panel", None))


def _folded(example: str, width: int) -> str:
    """A command on as many lines as it needs, with continuations for the shell."""
    whole = QUOTED.sub(lambda quoted: quoted[0].replace(" ", HARD_SPACE), example)
    lines = wrapped(whole, width - 2, "  ", "    ").splitlines()
    return " \\\n".join(lines).replace(HARD_SPACE, " ") + "\n"
