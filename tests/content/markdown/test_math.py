"""Formulas beyond the cases of `cases/math.md`: their mistakes, their limits, and their macros."""

from __future__ import annotations

import re
import threading

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown import mathml
from sitegen.content.markdown.dialect import dialect, syntaxes_of
from sitegen.content.markdown.mathml import Converted, Formula, as_mathml, wrong_macro
from sitegen.content.markdown.parser import render
from sitegen.content.markdown.tex import Macros
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Meta, Rendered

pytest.importorskip("math_core")

MACROS = (("RR", r"\mathbb{R}"), ("pair", "(#1,#2)"), ("plane", r"\RR^2"))


def rendered(body: str, macros: Macros = MACROS) -> tuple[Rendered, tuple[Diagnostic, ...]]:
    return render(body, dialect(MarkdownConfig(math=True), macros=macros), title="T", line=11)


def converted(tex: str) -> Converted:
    return as_mathml([Formula(tex, is_display=False)], MACROS)[0]


@pytest.mark.parametrize(
    ("body", "part", "message"),
    [
        ("a\nb $é + \\nope$", "\\nope", "unknown command '\\nope'"),
        ("> - $$\n>   x\n>   \\nope\n>   $$", "\\nope", "unknown command '\\nope'"),
        ("```math\nx\n  \\nope{x}\n```", "\\nope", "unknown command '\\nope'"),
        ("> \\begin{align}\n>   x \\nope\n> \\end{align}", "\\nope", "unknown command '\\nope'"),
        ("|a|b|\n|-|-|\n|$x$|$\\nope$|", "\\nope", "unknown command '\\nope'"),
        ("$$ x \\nope \\tag{1} $$", "\\nope", "unknown command '\\nope'"),
        ("$$\n\\text{a_b $x_1$} \\nope\n$$", "\\nope", "unknown command '\\nope'"),
        ("$$\n\\text{a$b}\n$$", "$", "math mode within text mode is not implemented yet"),
        (
            "$$ \\begin{split} x \\nope \\end{split} \\tag{1} $$",
            "\\nope",
            "unknown command '\\nope'",
        ),
        ("$`a & b`$", "&", "found '&', which may only appear in a table-like environment"),
        ("$\\eqref{e}$", "\\eqref", "no formula here has a \\label with this name"),
        ("$$x\\label{e}$$\n\n$$y\\label{e}$$", "y", "a formula above has the same \\label"),
    ],
)
def test_mistake_is_at_its_place(body: str, part: str, message: str) -> None:
    _, (problem,) = rendered(body)
    assert (problem.code, problem.message) == (
        "SG330",
        f"this formula cannot be read: {message}",
    )
    assert problem.line is not None
    assert problem.column is not None
    line = body.split("\n")[problem.line - 11]
    assert line[problem.column - 1 :][: problem.length] == part


def test_formulas_beside_a_mistake_keep_their_numbers() -> None:
    found, problems = rendered("$$x \\label{e}$$\n\n$$\\nope$$\n\n$$y \\label{f}$$\n\n$\\eqref{f}$")
    assert len(problems) == 1
    assert '<a href="\0000\0">(2)</a>' in found.html
    assert [link.href for link in found.links] == ["#math:f"]
    assert {"math:e", "math:f"} <= found.anchors


@pytest.mark.parametrize(
    ("tex", "known"),
    [
        (r"\text{n_iter & a^b}", r"\text{n\_iter \& a\textasciicircum{}b}"),
        (r"x_\text{if $y_1 $ is {a_b}}", r"x_{\text{if }y_1 \text{ is {a\_b}}}"),
        (r"\mbox{a_b} \textbf{a_b}_i", r"\text{a\_b} \textbf{a\_b}_i"),
        (r"\begin{split} a &= b \end{split}", r"\begin{aligned} a &= b \end{aligned}"),
        (r"\begin{alignat*}{2} a &= b \end{alignat*}", r"\begin{align*} a &= b \end{align*}"),
        (
            r"\begin{eqnarray*} a &=& b \\ c &\le& d \end{eqnarray*}",
            r"\begin{align*} a &= b \\ c &\le d \end{align*}",
        ),
        (r"\begin{matrix} a & b & c \end{matrix}", r"\begin{matrix} a & b & c \end{matrix}"),
        (r"\sum_{\substack{a\\b}}", r"\sum_{\begin{subarray}{c}a\\b\end{subarray}}"),
        (r"\DeclareMathOperator*{\foo}{foo} \foo_x", r"\operatorname*{foo}_x"),
        (r"\newcommand*\argmax[1]{#1} \argmax{x}", "x"),
        (r"\newcommand{\RR}{R} \newcommand{\RR}{S} \RR", "S"),
    ],
)
def test_tex_for_mathjax_is_read_too(tex: str, known: str) -> None:
    """Two formulas of a real blog were false alarms, for an underscore in a text."""

    def mathml(tex: str) -> str:
        html = converted(tex).html
        assert html
        return re.sub(' alttext="[^"]*"', "", html)

    assert mathml(tex) == mathml(known)


def test_definition_holds_in_all_formulas_below() -> None:
    """As in MathJax, beside mistakes too; a formula that only defines something shows nothing."""
    found, (problem,) = rendered("$$\\newcommand{\\R}{S}$$\n\n$\\nope$ $\\R$ $\\def\\R{T}$ $\\R$")
    assert problem.message.endswith("unknown command '\\nope'")
    assert re.findall("<mi>(.)</mi>", found.html) == ["S", "T"]
    assert found.html.count("<math") == 2


def test_reference_is_no_link_within_another() -> None:
    """A link in the link of a heading to itself, or of an author, is no HTML."""
    found, _ = rendered("## By $\\eqref{e}$\n\n[$\\eqref{e}$](https://a.b)\n\n$$x \\label{e}$$")
    assert '<h2 id="by-eqrefe">By <a href="\0000\0">(1)</a></h2>' in found.html
    assert '<p><a href="https://a.b">(1)</a></p>' in found.html
    assert [(link.href, link.line, link.column) for link in found.links] == [("#math:e", 11, 8)]


def test_macros_may_use_each_other() -> None:
    found, problems = rendered(r"$\pair{x}{y} \in \plane$")
    assert problems == ()
    assert "<mi>ℝ</mi>" in found.html


@pytest.mark.parametrize(
    ("macros", "wrong"),
    [
        (MACROS, None),
        ((*MACROS, ("QQ", r"\nope")), ("QQ", r"unknown command '\nope'")),
        (
            (("mbox", "#"),),
            ("mbox", "expected parameter number after '#', but reached end of input"),
        ),
        ((("a", "#"),), ("a", "expected parameter number after '#', but reached end of input")),
    ],
)
def test_wrong_macro_is_named(macros: Macros, wrong: tuple[str, str] | None) -> None:
    assert wrong_macro(macros) == wrong


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 9_999,
        "\\frac{" * 1_600,
        "\\left(" * 1_600,
        "\\sqrt" * 1_900,
        "\\displaystyle{" * 700,
        "\\begin{matrix}" * 700,
        "\\newcommand{\\q}{" + "{" * 90 + "\\q" + "}" * 90 + "}\\q",
        "\\newcommand{\\q}{\\sqrt\\sqrt\\sqrt\\q}\\q",
        "x" * 10_001,
        "\\def",
        "$\0",
    ],
)
def test_hostile_formula_ends_no_process(tex: str) -> None:
    """math-core recurses: each of these ended the process, or would on a stack of 512 kB."""
    before = threading.stack_size(512 << 10)
    try:
        caller = threading.Thread(target=converted, args=(tex,))
        caller.start()
        caller.join()
        assert converted(tex).html is None
    finally:
        threading.stack_size(before)


def test_html_has_no_entity_that_xml_lacks() -> None:
    html = converted(r"\operatorname{sn} x < y").html
    assert html is not None
    assert "&ApplyFunction;" not in html
    assert "\u2061" in html
    assert 'alttext="' in html


def test_without_the_extra_a_formula_is_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mathml, "find_spec", lambda _: None)
    found, problems = rendered("$x<y$\n\n$$z$$")
    assert problems == ()
    assert "<code>x&lt;y</code>" in found.html
    assert '<pre><code class="language-tex">z\n</code></pre>' in found.html
    assert found.uses == {"math"}


@pytest.mark.parametrize(
    ("everywhere", "asked", "is_on"),
    [(False, None, False), (False, True, True), (True, None, True), (True, False, False)],
)
def test_front_matter_counts_more_than_the_configuration(
    everywhere: bool, asked: bool | None, is_on: bool
) -> None:
    syntaxes = dialect(MarkdownConfig(math=everywhere))
    found = syntaxes_of(Meta(id="a", slug="a", math=asked), syntaxes)
    assert ("math" in {syntax.name for syntax in found}) is is_on


def test_text_and_excerpt_have_the_tex() -> None:
    found, _ = rendered("As $a^2$ shows.")
    assert found.excerpt == "As a^2 shows."
    assert found.words == 3
