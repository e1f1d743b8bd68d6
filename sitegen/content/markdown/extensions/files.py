"""The files of a document: its blocks of code that have the path of a file as their title."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.code.figure import Block, FileStep
from sitegen.content.markdown.code.files import is_path, steps_of, text_of_file, why_unsafe
from sitegen.content.markdown.reading import Reading, reading_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax
from sitegen.model.code import CodeFile
from sitegen.model.diagnostics import Diagnostic

_PART = "files"
"""The part of the theme that shows steps and files."""


def files(*, are_published: bool = True) -> Syntax:
    """Steps of files, and the files themselves where they are to be published."""
    return Syntax("files", partial(_install, are_published), inline={"files": NOWHERE})


def _install(are_published: bool, parser: MarkdownIt) -> None:
    parser.core.ruler.push("files", partial(_find, are_published))


def _find(are_published: bool, state: StateCore) -> None:
    """Number the steps of each file, and note what it holds after the last of them."""
    titled: dict[str, list[Token]] = defaultdict(list)
    for token in state.tokens:
        block: Block | None = token.meta.get("block")
        if block and block.info.title and is_path(block.info.title):
            titled[block.info.title.removeprefix("./")].append(token)
    reading = reading_of(state.env)
    for path, tokens in titled.items():
        owners = {id(token.meta["block"]): token for token in tokens}
        steps = [owners[id(step)] for step in steps_of([token.meta["block"] for token in tokens])]
        for number, token in enumerate(steps if len(steps) > 1 else (), 1):
            before = steps[number - 2] if number > 1 else None
            step = FileStep(number, len(steps), before)
            token.meta["block"] = replace(token.meta["block"], step=step)
        if len(steps) > 1:
            reading.uses.add(_PART)
        if steps and are_published:
            _add(path, steps[-1], reading)


def _add(path: str, token: Token, reading: Reading) -> None:
    if (reason := why_unsafe(path)) is None:
        reading.uses.add(_PART)
        reading.files.append(CodeFile(path, text_of_file(token.meta["block"])))
        return
    line = (token.map or (0,))[0]
    text = reading.lines.lines[line]
    column = max(0, text.find(path))
    problem = Diagnostic(
        "SG423",
        f"'{path}' is not offered as a file: {reason}",
        hint="for a file, write a path below the folder that readers unpack, such as src/app.py",
    )
    reading.diagnostics.append(
        replace(problem, line=reading.line + line, column=column + 1, length=len(path))
    )
