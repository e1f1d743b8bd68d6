"""Diagrams as they are drawn, and what is said of those that are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.coloured import Coloured
from sitegen.content.diagrams import mermaid
from sitegen.content.diagrams.d2 import can_draw_d2
from sitegen.content.diagrams.draw import draw_diagrams
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.content.markdown.reading import Diagram, Drawing, Highlighter
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Body, Rendered
from tests.conftest import tool

pytest.importorskip("mmdr")

CASES = Path(__file__).with_name("cases")
DIALECT = dialect(MarkdownConfig(diagrams=("mermaid", "graphviz", "d2")))
FLOW = '```mermaid title="How" #flow\nflowchart LR\n  A["<b> & x"] --> B\n```\n'
MANY = [" & ".join(f"{name}{number}" for number in range(20)) for name in "AB"]
TANGLE = f"flowchart TD\n{' --> '.join(MANY)}\n"


def rendered(body: str) -> tuple[Rendered, tuple[Diagnostic, ...]]:
    return render(body, DIALECT, title="T", highlighter=Highlighter(draw=draw_diagrams))


def answers(*sources: str) -> list[Drawing]:
    return list(draw_diagrams([Diagram("mermaid", source) for source in sources]))


@pytest.mark.parametrize("name", sorted(path.stem for path in CASES.glob("*.mmd")))
def test_every_type_that_is_drawn_has_its_words(name: str) -> None:
    source = (CASES / f"{name}.mmd").read_text("utf-8")
    first, *words = source.splitlines()[0].removeprefix("%% ").split()
    (drawing,) = answers(source)
    assert drawing.svg.startswith("<svg "), drawing
    assert all(f">{word}<" in drawing.svg for word in (first, *words))
    assert answers(source) == [drawing]


def test_diagram_is_a_figure_with_its_source() -> None:
    found, problems = rendered(FLOW)
    assert problems == ()
    start = (
        '<figure class="diagram" id="flow">\n<div class="drawing" role="img" aria-label="How"><svg '
    )
    assert found.html.startswith(start)
    assert "&lt;b&gt; &amp; x" in found.html
    assert "<figcaption>How</figcaption>\n<details><summary>\0source\0</summary>" in found.html
    assert '<code class="language-mermaid">flowchart LR\n  A["&lt;b&gt;' in found.html
    assert "flow" in found.anchors
    assert found.uses == {"diagram"}


def test_label_is_what_the_source_says() -> None:
    source = "```mermaid\nflowchart LR\n accTitle: The way\n accDescr: From a to b.\n a --> b\n```"
    assert 'aria-label="The way. From a to b"' in rendered(source)[0].html
    assert 'aria-label="\0diagram\0"' in rendered("```mermaid\nflowchart LR\n a --> b\n```")[0].html


@pytest.mark.parametrize(
    ("source", "code", "row", "says"),
    [
        ("flowchart TD\n A --> ", "SG332", 1, "unexpected end of input"),
        ("flowchart TD\n A[x --> B", "SG332", 1, "unterminated node label"),
        ("foo\nbar", "SG334", 1, "diagrams of the type 'foo' are not drawn"),
        ("mindmap\n a", "SG334", 1, "diagrams of the type 'mindmap' are not drawn"),
        ("flowchart TD\n" + "x" * 20_000, "SG334", 1, "it has more than 20,000 characters"),
    ],
)
def test_what_is_not_drawn_is_code_with_the_reason(
    source: str, code: str, row: int, says: str
) -> None:
    found, (problem,) = [rendered(f"a\n\n```mermaid\n{source}\n```")][0]
    assert (problem.code, problem.line) == (code, row + 2)
    assert says in problem.message
    assert "<svg" not in found.html
    assert '<div class="highlight" data-lang="mermaid">' in found.html


def test_diagram_that_would_take_for_ever_leaves_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The layout of forty nodes with 400 edges did not end within a minute."""
    monkeypatch.setattr(mermaid, "_SECONDS", 2)
    before, tangle, after = answers("flowchart LR\na-->b", TANGLE, "flowchart LR\nc-->d")
    assert before.svg
    assert tangle.lacks == "it takes too long to draw"
    assert after.svg


WORDS = {
    "flowchart LR\n a[Start] --> b{Choice} -->|yes| c[End]": "Start Choice End yes",
    "graph TD; a -- no --> b==>c; c --- d -.-> e": "a b c d e no",
    "flowchart LR\n a--first-->b ==then==> c -.last.-> d": "a b c d first then last",
    'flowchart LR\n a["x; y"] --> b(["(v)"]) --x c & d': "x; y (v) c d",
    "flowchart LR\n api-gw --> my-db[(Data)] --> b-c\n style api-gw fill:#f9f": "api-gw Data b-c",
    "flowchart LR\n a-b-->c-d": "a-b c-d",
    "flowchart LR\n a(It's) --> b": "It’s b",
    "timeline\n 2004 : Facebook\n      : Google": "Facebook Google",
    'flowchart LR\n a[fa:fa-car Car] --> b["`Two\n *lines*`"] --> c[#9829;]': "Car Two lines ♥",
    "sequenceDiagram\n A-)+B: later\n B--)-A: done\n A--xB: lost": "A B later done × lost",
    "stateDiagram-v2\n s --> t\n note right of s\n  Look\n  here\n end note": "s t Look here",
    "classDiagram\n class Box~T~\n Box : List~T~ all\n Box --> A": "Box‹T› List‹T› all A",
    "gantt\n axisFormat %b\n section S\n Task :2014-01-01, 30d": "S Task",
}
"""What is in diagrams of which the renderer left out parts: chains, ids with hyphens, notes …"""


def seen(svg: str) -> list[str]:
    """The words of a drawing."""
    return unescape(re.sub("<[^>]*>", " ", svg)).split()


def test_drawings_have_all_words() -> None:
    lost = {
        source: drawing.lacks or {*words.split()}.difference(seen(drawing.svg))
        for (source, words), drawing in zip(WORDS.items(), answers(*WORDS), strict=True)
    }
    assert lost == {source: set() for source in WORDS}


def test_source_of_many_lines_that_start_none_ends() -> None:
    """To look for its type took time without end: front matter could be anywhere, and again."""
    assert answers("---\n" * 4000)[0].mistake


def test_drawing_without_a_word_is_none() -> None:
    """Readers would take what is left for all there is."""
    notes = 'classDiagram\n class A\n note for A "can fly"'
    found = answers("timeline\n section Early\n 2002 : LinkedIn", notes)
    assert [it.lacks for it in found] == [f"'{it}' would be missing" for it in ("Early", "can")]


def test_tasks_follow_each_other() -> None:
    """One that says only how long it takes was put into the year 2058."""
    tasks = "A :2014-01-12, 12d\n B :crit, 24d\n C :d, 2014-03-01, 3d\n D :1d"
    follows, never = answers(
        f"gantt\n dateFormat YYYY-MM-DD\n section S\n {tasks}",
        "gantt\n dateFormat YYYY-MM-DD\n section S\n A :a, 2014-01-12, 5d\n B :b, after x, 2d",
    )
    assert {*re.findall(r">(\d{4})-", follows.svg)} == {"2014"}
    assert never.lacks == "its dates would be wrong"


def test_slices_of_a_pie_have_colours_in_both_schemes() -> None:
    (drawing,) = answers('pie\n "Dogs" : 3\n "Cats" : 1')
    assert len({*re.findall(r"light-dark\((#\w+)", drawing.svg)}) == 2


@pytest.mark.parametrize(
    "source",
    [
        '%%{init: {"securityLevel": "loose", "theme": "x\\"><script>"}}%%\nflowchart LR\n a --> b',
        'flowchart LR\n a --> b\n click a "javascript:alert(1)"',
        'flowchart LR\n a --> b\n style a fill:#fff"/><script>alert(1)</script>',
        'flowchart LR\n a["<img src=x onerror=alert(1)>"] --> b["<script>alert(1)</script>"]',
        "sequenceDiagram\n a->>b: <script>alert(1)</script>",
        "flowchart LR\n a --> b\n style a fill:url(https://evil/x)",
        '---\nconfig:\n  theme: "<script>"\n---\nflowchart LR\n a --> b',
    ],
)
def test_hostile_source_is_text_at_most(source: str) -> None:
    found, _ = rendered(f"```mermaid\n{source}\n```")
    drawing = found.html.partition("<details>")[0]
    assert "<script" not in found.html
    assert "<img" not in found.html
    assert "javascript:" not in drawing
    assert "evil" not in drawing


def test_diagrams_of_before_are_not_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor are those tried again that could not be drawn: one took five seconds in each build."""
    first = Coloured({})
    wrong = "```mermaid\nflowchart LR\n a -->\n```\n\n```mermaid\nmindmap\n a\n```"
    body = f"{FLOW}\n{FLOW.replace('--> B', '--> C')}\n{wrong}"
    found, problems = render(body, DIALECT, title="T", highlighter=first.highlighter)
    assert [problem.code for problem in problems] == ["SG332", "SG334"]
    places = first.places(found.html)
    assert len(places) == 2

    def refuse(diagrams: Sequence[Diagram]) -> list[Drawing]:
        raise AssertionError(diagrams)

    monkeypatch.setattr("sitegen.content.diagrams.draw.draw_diagrams", refuse)
    known = Body(b"", found.html, places, undrawn=first.undrawn).coloured()
    again, same = render(body, DIALECT, title="T", highlighter=Coloured(known).highlighter)
    assert (again.html, same) == (found.html, problems)


def test_graphviz_draws_and_says_where_a_mistake_is() -> None:
    tool("dot")
    found, (problem,) = rendered(
        "```dot\ndigraph { a -> b }\n```\n\n```gv\ndigraph {\na -> ;\n}\n```"
    )
    assert 'aria-label="\0diagram\0"><svg ' in found.html
    assert (problem.code, problem.line) == ("SG332", 7)
    assert "syntax error in line 2" in problem.message


def test_description_that_does_not_end_is_none() -> None:
    """To look for its end among many lines without text took time without end."""
    tool("dot")
    lines = "\n".join(["digraph { a }", "/*", "accDescr {", *([" "] * 6000), "*/"])
    found, problems = rendered(f"```dot\n{lines}\n```")
    assert problems == ()
    assert 'aria-label="\0diagram\0"' in found.html


@pytest.mark.skipif(not can_draw_d2(), reason="D2 is not installed")
def test_d2_draws_loads_nothing_and_says_where_a_mistake_is() -> None:
    body = "```d2\na -> b: to\nb: {icon: https://evil/x.svg}\n```\n\n```d2\na\nb: {\n```"
    found, (problem,) = rendered(body)
    drawing = found.html.partition("<details>")[0]
    assert ">to</text>" in drawing
    assert "evil" not in drawing
    assert 'fill="#FFFFFF"' not in drawing.replace("<mask", "\n").partition("\n")[0]
    assert (problem.code, problem.line) == ("SG332", 8)


def test_tabs_of_code_stay_code() -> None:
    found, _ = rendered(f"::: code-group\n\n{FLOW}\n:::\n")
    assert "<svg" not in found.html
