"""Syntaxes that `[markdown]` switches: each file of cases has the name of its switch."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown.dialect import dialect, syntaxes_of
from sitegen.content.markdown.parser import parser_of, render, rendered_by
from sitegen.content.markdown.reading import Reading
from sitegen.content.markdown.syntax import library_parser
from sitegen.model.document import Meta
from tests.content.markdown.test_commonmark import EXAMPLE

CASES = {
    path.stem: EXAMPLE.findall(path.read_text("utf-8"))
    for path in sorted(Path(__file__).with_name("cases").glob("*.md"))
}
SWITCHES = [field.name for field in fields(MarkdownConfig) if isinstance(field.default, bool)]


def switched(config: MarkdownConfig, *switches: str, on: bool) -> MarkdownConfig:
    values: dict[str, Any] = dict.fromkeys(switches, on)
    return replace(config, **values)


OFF = switched(MarkdownConfig(), *SWITCHES, on=False)
ON = switched(MarkdownConfig(), *SWITCHES, on=True)

all_cases = pytest.mark.parametrize(
    ("switch", "body", "expected"),
    [(switch, *case) for switch, cases in CASES.items() for case in cases],
    ids=[f"{switch}-{number}" for switch in CASES for number, _ in enumerate(CASES[switch], 1)],
)


@all_cases
def test_case_becomes_what_is_expected(switch: str, body: str, expected: str) -> None:
    alone = dialect(switched(OFF, switch, on=True))
    assert render(body, alone, title="T")[0].html.replace("\0", "␀") == expected


@all_cases
def test_case_is_read_alike_without_short_cuts(switch: str, body: str, expected: str) -> None:
    library, _ = library_parser(dialect(ON))
    quick = rendered_by(parser_of(dialect(ON)), body, Reading(given_title="T"))
    assert quick == rendered_by(library, body, Reading(given_title="T"))


@pytest.mark.parametrize("switch", CASES)
def test_switch_turns_its_syntax_off(switch: str) -> None:
    without = syntaxes_of(Meta(id="a", slug="a"), dialect(switched(ON, switch, on=False)))
    assert any(
        render(body, without, title="T")[0] != render(body, dialect(ON), title="T")[0]
        for body, _ in CASES[switch]
    )
