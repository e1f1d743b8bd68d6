"""`sitegen explain`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import typer

from sitegen.console.console import Console, paint
from sitegen.console.wrapping import as_paragraph
from sitegen.model.codes import CODES, GROUPS, codes_of, url_of
from sitegen.model.diagnostics import UsageError

CODE_BLOCK = re.compile(
    r'^(?P<fence>`{3,})\w+(?: title="(?P<title>.+?)")?\n(?P<code>.*?)^(?P=fence)$', re.M | re.S
)
LINK = re.compile(r"\[([^]]+)\]\([^)]+\)")


def explain_command(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="CODE", help="A code such as SG302. Default: list all.", show_default=False
        ),
    ] = None,
) -> None:
    """Explain a diagnostic: its cause, an example and the cure.

    Examples:
      sitegen explain SG302
      sitegen explain
    """
    with Console() as console:
        for paragraph in _listed() if code is None else _explained(_known(code)):
            console.result(paragraph)


def _known(code: str) -> str:
    """The code as it is spelled. Raises UsageError where there is no such code."""
    from sitegen.text.spelling import did_you_mean

    if (upper := code.upper()) in CODES:
        return upper
    hint = did_you_mean(upper, CODES) or "sitegen explain lists all codes"
    raise UsageError(f"unknown diagnostic code '{code}'", hint=hint)


def _listed() -> Iterator[str]:
    """All codes with their meanings, group by group."""
    for start, group in GROUPS.items():
        if codes := codes_of(start):
            yield f"{paint(group, '1')}"
            for code in codes:
                yield as_paragraph(f"{code}  {CODES[code].meaning}", "  ", " " * 9)
            yield ""
    yield as_paragraph("sitegen explain CODE says more of one.")


def _explained(code: str) -> Iterator[str]:
    from sitegen.diagnosis.explain import explanation

    kind = CODES[code]
    yield paint(f"{code} ({kind.severity})", "1")
    yield as_paragraph(kind.meaning) + "\n"
    text = explanation(code)
    at = 0
    for block in CODE_BLOCK.finditer(text):
        yield from _prose(text[at : block.start()])
        yield _block(block["title"], block["code"])
        at = block.end()
    yield from _prose(text[at:])
    yield url_of(code)


def _prose(text: str) -> Iterator[str]:
    for paragraph in text.strip().split("\n\n"):
        if paragraph:
            yield as_paragraph(LINK.sub(r"\1", paragraph)) + "\n"


def _block(title: str | None, code: str) -> str:
    """A file as it is, to be copied; or what was typed and said, which may be wrapped."""
    if title is None:
        lines = [as_paragraph(line, "  ", "    ") for line in code.splitlines()]
    else:
        lines = [f"  {paint(title, '1')}", *(f"    {line}".rstrip() for line in code.splitlines())]
    return "\n".join(lines) + "\n"
