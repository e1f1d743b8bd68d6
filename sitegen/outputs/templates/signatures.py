"""What a component can be called with, from its template: the signature of its macro.

    {# src: image
       align: "left" | "right" #}
    {% macro figure(src, align="left", width=0) %}

A parameter without a default has to be given. Its type is that of its default, and a text without
one; what a signature cannot say is annotated in the nearest comment above the macro, which may say
anything else too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, nodes

from sitegen.model.components import COMPONENTS_FOLDER, ParameterType
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.parameters import Component, Need, Parameter
from sitegen.outputs.templates.texts import TemplateText, TemplateTexts
from sitegen.text.encoding import line_and_column
from sitegen.text.spelling import did_you_mean

TEXT_OF_CALL = "caller"
"""What a macro calls for the text of its call."""

_ANNOTATIONS = {type_.annotation: type_ for type_ in ParameterType}
_OF_DEFAULT = {
    bool: ParameterType.BOOLEAN,
    int: ParameterType.INTEGER,
    float: ParameterType.NUMBER,
}
_COMMENT = re.compile(r"\{#-?(.*?)#\}", re.DOTALL)
_ANNOTATION = re.compile(r"[ \t]*(?P<name>\w+):[ \t]*(?P<type>[^\n]*?)[ \t-]*$", re.MULTILINE)
_CHOICE = r"""(?:"[^"\n]*"|'[^'\n]*')"""
_CHOICES = re.compile(rf"{_CHOICE}(?:[ \t]*\|[ \t]*{_CHOICE})*")


@dataclass(frozen=True, slots=True)
class Signature:
    """What there is to know of a component, and what is wrong with its template."""

    component: Component | None
    problems: tuple[Diagnostic, ...]


def macro_of(name: str) -> str:
    """The macro that a component is."""
    return name.replace("-", "_")


def template_of(name: str) -> str:
    """The name of the template of a component."""
    return f"{COMPONENTS_FOLDER}{name}.html"


def components_in(texts: TemplateTexts) -> tuple[str, ...]:
    """The names of all components that there are, in order."""
    names = (name for name in texts.names if name.startswith(COMPONENTS_FOLDER))
    found = (name.removeprefix(COMPONENTS_FOLDER) for name in names)
    return tuple(sorted(name.removesuffix(".html") for name in found if name.endswith(".html")))


def signature_in(text: TemplateText, name: str, environment: Environment) -> Signature:
    """The signature of a component, of which this is the template.

    Raises TemplateSyntaxError.
    """
    parsed = environment.parse(text.text, filename=text.path)
    macros = {macro.name: macro for macro in parsed.find_all(nodes.Macro)}
    macro = macros.get(macro_of(name))
    if macro is None:
        message = f"'{text.path}' has no macro '{macro_of(name)}'"
        hint = f"a component is a macro of that name: {{% macro {macro_of(name)}(…) %}}"
        return Signature(None, (Diagnostic("SG323", message, text.path, 1, 1, hint),))
    comment = _comment_above(macro, text.text)
    annotated = tuple(_annotations(comment, text, macro)) if comment else ()
    problems = tuple(it for it in annotated if isinstance(it, Diagnostic))
    types = {it.name: it for it in annotated if isinstance(it, Parameter)}
    parameters = (_with_type(parameter, types) for parameter in _parameters(macro))
    return Signature(Component(name, tuple(parameters), _need(macro)), problems)


def _comment_above(macro: nodes.Macro, text: str) -> re.Match[str] | None:
    begin = re.search(rf"\{{%-?\s*macro\s+{macro.name}\b", text)
    comments = _COMMENT.finditer(text, 0, begin.start()) if begin else ()
    return next(iter(reversed(list(comments))), None)


def _parameters(macro: nodes.Macro) -> Iterator[Parameter]:
    without = len(macro.args) - len(macro.defaults)
    for at, argument in enumerate(macro.args):
        default = macro.defaults[at - without] if at >= without else None
        value = default.value if isinstance(default, nodes.Const) else None
        type_ = _OF_DEFAULT.get(type(value), ParameterType.STRING)
        yield Parameter(argument.name, type_, is_required=default is None)


def _with_type(parameter: Parameter, annotated: dict[str, Parameter]) -> Parameter:
    found = annotated.get(parameter.name, parameter)
    return Parameter(parameter.name, found.type, parameter.is_required, found.choices)


def _annotations(
    comment: re.Match[str], text: TemplateText, macro: nodes.Macro
) -> Iterator[Parameter | Diagnostic]:
    """The parameters that a comment gives a type, and what is wrong with those it does not."""
    known = [argument.name for argument in macro.args]
    for found in _ANNOTATION.finditer(text.text, *comment.span(1)):
        name, written = found["name"], found["type"]
        type_ = _ANNOTATIONS.get(written)
        choices = re.findall(_CHOICE, written) if _CHOICES.fullmatch(written) else []
        if name in known and (type_ or choices):
            texts = tuple(choice[1:-1] for choice in choices)
            yield Parameter(name, type_ or ParameterType.STRING, choices=texts)
        elif name in known:
            types = (*_ANNOTATIONS, '"one" | "other"')
            hint = did_you_mean(written, _ANNOTATIONS) or f"the types are {', '.join(types)}"
            yield _problem(text, found, "type", f"'{name}' has an unknown type '{written}'", hint)
        elif type_ or choices:
            hint = did_you_mean(name, known) or f"its parameters are {', '.join(known)}"
            message = f"'{macro.name}' has no parameter '{name}'"
            yield _problem(text, found, "name", message, hint)


def _problem(
    text: TemplateText, found: re.Match[str], group: str, message: str, hint: str
) -> Diagnostic:
    line, column = line_and_column(text.text, found.start(group))
    return Diagnostic("SG323", message, text.path, line, column, hint, len(found[group]) or 1)


def _need(macro: nodes.Macro) -> Need:
    names = [name for name in macro.find_all(nodes.Name) if name.name == TEXT_OF_CALL]
    tests = (test for test in macro.find_all(nodes.Test) if test.name in ("defined", "undefined"))
    if any(isinstance(test.node, nodes.Name) and test.node.name == TEXT_OF_CALL for test in tests):
        return Need.MAYBE
    return Need.ALWAYS if names else Need.NEVER
