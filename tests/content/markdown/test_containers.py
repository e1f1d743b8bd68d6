"""Lines of colons open and close containers as writers of other generators are used to."""

from __future__ import annotations

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.model.diagnostics import Fix


@pytest.mark.parametrize(
    ("body", "code", "place", "hint"),
    [
        ("> :::code-grup\n> :::", "SG310", (1, 6, 9), "did you mean 'code-group'?"),
        ("::: Bestiary\n:::", "SG310", (1, 5, 8), "for a class, write '::: {.Bestiary}'"),
        ("x\n\n:::: {.a}\n:::", "SG311", (3, 1, 4), "add a line '::::' where it ends"),
        ("::: {.a}\n```\n:::\n```", "SG311", (1, 1, 3), "add a line ':::' where it ends"),
        ("::: {.a}\n:::\n:::", "SG311", (3, 1, 3), None),
        ("Text.\n:::", "SG311", (2, 1, 3), None),
        ("- > [!WARNIGN]\n  > x", "SG312", (1, 7, 7), "did you mean 'warning'?"),
        ("> !!! sic\n>     x", "SG312", (1, 7, 3), "it is shown as a note; write 'note'"),
    ],
)
def test_mistake_is_reported_where_it_is(
    body: str, code: str, place: tuple[int, int, int], hint: str | None
) -> None:
    alone = dialect(MarkdownConfig(components=False))
    found = next(each for each in render(body, alone, title="T")[1] if each.code == code)
    assert (found.line, found.column, found.length) == place
    assert hint in (found.hint, None)


def test_line_of_more_colons_closes_what_is_open_inside() -> None:
    body = ":::: {.a}\n::: {.b}\nOne.\n::::\nTwo."
    rendered, problems = render(body, dialect(), title="T")
    assert rendered.html.endswith("</div>\n</div>\n<p>Two.</p>\n")
    assert [(each.code, each.line) for each in problems] == [("SG311", 2)]


@pytest.mark.parametrize("body", ["::: {.a}\nOne.\n:::\n", "One.\n:::\nTwo.\n", "::: note\n:::\n"])
def test_containers_that_are_switched_off_are_text(body: str) -> None:
    off = dialect(MarkdownConfig(containers=False))
    rendered, problems = render(body, off, title="T")
    assert rendered.html == f"<p>{body.strip()}</p>\n"
    assert problems == ()


def test_walks_end_where_other_containers_are_switched_off() -> None:
    off = dialect(MarkdownConfig(containers=False))
    html = render("::: walk\n```\nx\n```\nOne.\n:::\nTwo.\n", off, title="T")[0].html
    assert html.endswith("<p>One.</p>\n</div>\n</div>\n<p>Two.</p>\n")


@pytest.mark.parametrize(
    ("name", "right"),
    [("warnign", "warning"), ("NOTEE", "NOTE"), ("Infos", None), ("not", None), ("spoiler", None)],
)
def test_slip_in_the_type_of_an_alert_can_be_mended(name: str, right: str | None) -> None:
    (problem,) = render(f"> [!{name}]\n> x", dialect(), title="T")[1]
    assert problem.fix == (Fix(name, right) if right else None)
