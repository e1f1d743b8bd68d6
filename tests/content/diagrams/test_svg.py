"""What of a drawing comes to a page: what draws, in the colours of the theme, and nothing else."""

from __future__ import annotations

import re

import pytest

from sitegen.content.diagrams.svg import for_page


def drawn(inner: str, attributes: str = 'width="100" height="50"') -> str | None:
    return for_page(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inner}</svg>')


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)" onclick="alert(1)"/>',
        '<a href="javascript:alert(1)"><rect x="1"/></a>',
        "<foreignObject><iframe src='//evil'/></foreignObject>",
        '<image href="https://evil/x.png"/>',
        '<use href="https://evil/x.svg#a"/>',
        "<style>@import 'https://evil/x.css';</style>",
        '<rect fill="url(https://evil/x)" style="background:url(//evil)"/>',
        '<rect fill="red;x:url(//evil)"/>',
        '<g transform="url(//evil)"><rect/></g>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    ],
)
def test_nothing_in_it_runs_or_is_loaded(hostile: str) -> None:
    svg = drawn(f"{hostile}<circle r='1'/>")
    assert svg is not None
    assert "<circle" in svg
    for part in ("script", "evil", "javascript", "onload", "onclick", "foreign", "style>", "href"):
        assert part not in svg


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html></html>",
        "<svg",
        '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
        '<!DOCTYPE svg [<!ENTITY a "a">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="9e9" height="1"><g/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><!ENTITY a "b"></svg>',
    ],
)
def test_what_is_no_drawing_is_refused(text: str) -> None:
    assert for_page(text) is None


def test_deep_nesting_ends() -> None:
    assert drawn("<g>" * 5_000 + "<rect/>" + "</g>" * 5_000) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<rect fill="#F8FAFC" stroke="#94A3B8"/>', 'fill="var(--raised)" stroke="var(--edge)"'),
        ('<text fill="#0F172A">a</text>', 'fill="var(--ink)"'),
        ('<text fill="#FFFFFF">a</text>', 'fill="#fff"'),
        ('<text fill="#036">a</text>', 'fill="light-dark(#036, var(--ink))"'),
        ('<rect fill="none"/>', 'fill="none"'),
        (
            '<rect fill="#F00"/>',
            'fill="light-dark(#f00, color-mix(in oklab, #f00 25%, var(--paper)))"',
        ),
        ('<rect fill="url(#gone"/>', 'fill="var(--raised)"'),
    ],
)
def test_colours_are_those_of_the_theme(given: str, expected: str) -> None:
    assert expected in (drawn(given) or "")


def test_the_ground_is_that_of_the_page() -> None:
    svg = drawn('<rect width="100" height="50" fill="#FFFFFF"/><rect width="9" fill="#fff"/>')
    assert svg is not None
    assert svg.count("<rect") == 1


def test_ids_are_those_of_one_drawing() -> None:
    """Two drawings on a page each have an arrow, and must not have the other's."""
    arrow = '<defs><marker id="a"><path d="M0 0"/></marker><marker id="b"/></defs>'
    one, two = (
        drawn(f'{arrow}<path marker-end="url(#a)"/>'),
        drawn(f'{arrow}<line marker-end="url(#a)"/>'),
    )
    assert one is not None
    assert two is not None
    ids = [re.findall(r'id="(.*?)"', svg) for svg in (one, two)]
    assert [len(names) for names in ids] == [1, 1]
    assert ids[0] != ids[1]
    assert f'marker-end="url(#{ids[0][0]})"' in one


def test_points_are_pixels_and_numbers_are_short() -> None:
    svg = drawn('<rect x="1.23456"/>', 'width="72pt" height="36pt" viewBox="0 0 72 36"')
    assert svg is not None
    assert svg.startswith('<svg viewBox="0 0 72 36" style="--width:6rem;aspect-ratio:96/48">')
    assert 'x="1.23"' in svg
