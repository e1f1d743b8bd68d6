"""What a component can be called with is what its macro says, and the comment above it."""

from __future__ import annotations

import pytest

from sitegen.model.components import ParameterType
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.parameters import Component, Need, Parameter
from sitegen.outputs.templates.environment import Templates
from sitegen.outputs.templates.texts import TemplateText


def signature(text: str, name: str = "box") -> tuple[Component | None, tuple[Diagnostic, ...]]:
    file = f"components/{name}.html"
    found, problems = Templates({file: TemplateText(f"templates/{file}", text)}).components([name])
    return found[name], problems


def test_type_is_that_of_the_default_and_a_parameter_without_one_is_needed() -> None:
    text = "{% macro box(a, b=1, c=1.5, d=false, e='x', f=none, g=t('x')) %}{% endmacro %}"
    component, problems = signature(text)
    texts = [Parameter(name, is_required=False) for name in "efg"]
    assert component == Component(
        "box",
        (
            Parameter("a"),
            Parameter("b", ParameterType.INTEGER, is_required=False),
            Parameter("c", ParameterType.NUMBER, is_required=False),
            Parameter("d", ParameterType.BOOLEAN, is_required=False),
            *texts,
        ),
        Need.NEVER,
    )
    assert problems == ()


def test_comment_above_the_macro_gives_types_and_says_anything_else() -> None:
    text = """\
{# Not this one. a: integer #}
{# A box: it is large.
   a: post
   b: "x y" | 'z'
   Note: b is a choice, c: image #}
{% from "other.html" import c %}
{%- macro box(a, b="x y") -%}{% endmacro %}
{# a: integer #}"""
    component, problems = signature(text)
    assert component
    assert component.parameters == (
        Parameter("a", ParameterType.POST),
        Parameter("b", is_required=False, choices=("x y", "z")),
    )
    assert problems == ()


@pytest.mark.parametrize(
    ("body", "need"),
    [
        ("{{ caller() }}", Need.ALWAYS),
        ("{% if caller is defined %}{{ caller() }}{% endif %}", Need.MAYBE),
        ("{{ caller() if caller is not undefined }}", Need.MAYBE),
        ("x", Need.NEVER),
    ],
)
def test_text_is_needed_where_the_macro_calls_for_it(body: str, need: Need) -> None:
    component, _ = signature(f"{{% macro box() %}}{body}{{% endmacro %}}")
    assert component
    assert component.text is need


def test_macro_of_a_name_with_a_hyphen_has_none() -> None:
    component, _ = signature("{% macro a_b(c_d) %}{% endmacro %}", "a-b")
    assert component == Component("a-b", (Parameter("c_d"),), Need.NEVER)


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        (
            "{% macro bx() %}{% endmacro %}",
            "SG323",
            (1, 1),
            "a component is a macro of that name: {% macro box(…) %}",
        ),
        (
            "{# pots: post #}{% macro box(post) %}{% endmacro %}",
            "SG323",
            (1, 4),
            "did you mean 'post'?",
        ),
        (
            "\n{# x\n a: imag #}{% macro box(a) %}{% endmacro %}",
            "SG323",
            (3, 5),
            "did you mean 'image'?",
        ),
        ("{% macro box() %}", "SG501", (1, 4), "close it with {% endmacro %}"),
    ],
)
def test_mistake_in_a_template_is_reported_there(
    text: str, code: str, place: tuple[int, int], hint: str
) -> None:
    _, [problem] = signature(text)
    assert (problem.code, problem.path) == (code, "templates/components/box.html")
    assert ((problem.line, problem.column), problem.hint) == (place, hint)
