"""Calls of components, checked as front matter is, each problem at its place in the post.

A document as it was read knows neither which components there are nor what they take. Both come
together here: a call gets the values that its template is called with, and those that lead
somewhere are links and images of the document like those of its text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sitegen.model.components import (
    Argument,
    ArgumentValue,
    Call,
    CallForm,
    LinkValue,
    ParameterType,
)
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, Fix
from sitegen.model.digest import digest
from sitegen.model.document import Document, Image, Link
from sitegen.model.parameters import Component, Need, Parameter
from sitegen.site.links import is_elsewhere
from sitegen.text.quoting import CURLY
from sitegen.text.spelling import did_you_mean, slip_of

INCLUDE_LINE = "include"
"""What looks like a component in the source, and is none: it is gone before Markdown is read."""
TITLE_OF_CALL = "title"
"""The parameter that the brackets of a container give."""
_LINKS = frozenset({ParameterType.LINK, ParameterType.IMAGE, ParameterType.POST})
_EXAMPLES = {
    ParameterType.STRING: '"two words"',
    ParameterType.INTEGER: "90",
    ParameterType.NUMBER: "0.5",
    ParameterType.BOOLEAN: "true, or the name alone",
    ParameterType.LINK: "other.md, or an address",
    ParameterType.IMAGE: "picture.png",
    ParameterType.POST: "the-id-of-a-post",
}
"""What to write, where something else is written."""
_SWITCHES = {None: True, "true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Bound:
    """A document whose calls are checked."""

    document: Document
    problems: tuple[Diagnostic, ...]


def bound(
    document: Document, components: Mapping[str, Component | None], names: tuple[str, ...]
) -> Bound:
    """The document with the values of its calls, and what is wrong with them.

    `components` are those that documents call, by name, as far as they exist; None for one whose
    template cannot be read. `names` are those of all components.
    """
    calls = document.rendered.calls
    if not calls:
        return Bound(document, ())
    binding = _Binding(document, components, names)
    checked = tuple(binding.call(call) for call in calls)
    rendered = replace(
        document.rendered,
        calls=checked,
        links=(*document.rendered.links, *binding.links),
        images=(*document.rendered.images, *binding.images),
    )
    used = [(name, components.get(name)) for name in sorted({call.name for call in calls})]
    known = digest((document.digest, used))
    problems = (replace(problem, path=document.source.path) for problem in binding.problems)
    return Bound(replace(document, rendered=rendered, digest=known), tuple(problems))


class _Binding:
    """The calls of one document, one after the other."""

    def __init__(
        self,
        document: Document,
        components: Mapping[str, Component | None],
        names: tuple[str, ...],
    ) -> None:
        self._components, self._names = components, names
        self._count = len(document.rendered.links)
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.problems: list[Diagnostic] = []

    def call(self, call: Call) -> Call:
        """The call with its values; without, where there is no such component."""
        if call.name not in self._components:
            self.problems += _unknown(call, self._names)
            return call
        component = self._components[call.name]
        if component is None:
            return call
        before = len(self.problems)
        self.problems += _text_problems(call, component)
        self.problems += _missing(call, component)
        values = tuple(self._values(call, component))
        return call if len(self.problems) > before else replace(call, values=values)

    def _values(self, call: Call, component: Component) -> Iterator[tuple[str, ArgumentValue]]:
        known = {parameter.name: parameter for parameter in component.parameters}
        given = {TITLE_OF_CALL} if _has_title(call) else set[str]()
        for argument in call.arguments:
            parameter = known.get(argument.name)
            if parameter is None:
                self.problems.append(_unknown_argument(argument, component))
            elif argument.name in given:
                self.problems.append(_at(argument, f"'{argument.name}' is given twice"))
            elif (value := self._value(argument, parameter)) is not None:
                yield argument.name, value
            given.add(argument.name)

    def _value(self, argument: Argument, parameter: Parameter) -> ArgumentValue | None:
        """The value of an argument; None where it is of another type, which is noted."""
        if problem := _stray_sign(argument):
            self.problems.append(problem)
            return None
        try:
            if parameter.type in _LINKS:
                return self._link(argument, parameter.type)
            value = _READERS[parameter.type](argument.value)
        except (KeyError, ValueError, TypeError):
            written = "nothing" if argument.value is None else f"'{argument.value}'"
            message = f"'{argument.name}' is {parameter.type.words}, not {written}"
            example = _EXAMPLES[parameter.type]
            self.problems.append(_at(argument, message, f"write {argument.name}={example}"))
            return None
        if parameter.choices and value not in parameter.choices:
            choices = ", ".join(parameter.choices)
            message = f"'{argument.name}' is none of {choices}: '{value}'"
            hint = did_you_mean(str(value), parameter.choices)
            self.problems.append(_at(argument, message, hint))
            return None
        return value

    def _link(self, argument: Argument, type_: ParameterType) -> ArgumentValue:
        """An address of another site as it is, and what leads to a part of this one."""
        if not argument.value:
            raise ValueError
        href = argument.value
        if type_ is not ParameterType.POST and is_elsewhere(href):
            return href
        if type_ is ParameterType.POST and not href.lower().endswith(".md"):
            href = f"id:{href.removeprefix('id:')}"
        index = self._count + len(self.links)
        self.links.append(Link(href, argument.line, argument.column, argument.length))
        if type_ is ParameterType.IMAGE:
            self.images.append(Image(index, can_zoom=False))
        return LinkValue(index, type_)


def _stray_sign(argument: Argument) -> Diagnostic | None:
    """SG321 for a value without quotes that has a comma behind it, or curly quotes around it."""
    value = argument.value or ""
    meant = value.rstrip(",").strip(CURLY)
    is_bare = argument.length == len(f"{argument.name}={value}")
    if meant == value or not is_bare:
        return None
    sign = "a comma is" if value.endswith(",") else "curly quotes are"
    hint = f'write {argument.name}="{meant}"'
    problem = _at(argument, f"{sign} part of '{argument.name}': {value}", hint)
    return replace(problem, fix=Fix(value, f'"{meant}"'))


def _text(value: str | None) -> str:
    if value is None:
        raise ValueError
    return value


def _switch(value: str | None) -> bool:
    return _SWITCHES[value]


_READERS: Mapping[ParameterType, Callable[[str | None], ArgumentValue]] = {
    ParameterType.STRING: _text,
    ParameterType.INTEGER: lambda value: int(_text(value)),
    ParameterType.NUMBER: lambda value: float(_text(value)),
    ParameterType.BOOLEAN: _switch,
}


def _has_title(call: Call) -> bool:
    return call.has_label and call.form is CallForm.CONTAINER


def _at(argument: Argument, message: str, hint: str | None = None) -> Diagnostic:
    place = (argument.line, argument.column, hint, argument.length)
    return Diagnostic("SG321", message, None, *place)


def _problem(code: str, call: Call, message: str, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, message, None, call.line, call.column, hint, call.length)


def _unknown(call: Call, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """What is to be said of a name that no component has: nothing where it may be text."""
    if call.name == INCLUDE_LINE:
        message = f"'{INCLUDE_LINE}' is no component, but a line of its own"
        hint = "start a line with ::include{file=NAME.md}, at most three spaces in front of it"
        yield _problem("SG320", call, message, hint)
        return
    if call.form is CallForm.CONTAINER:
        known = (*names, *filter(None, (call.like,)))
        hint = (
            did_you_mean(call.name.lower(), known) or f"for a class, write '::: {{.{call.name}}}'"
        )
        slip = slip_of(call.name.lower(), known)
        problem = _problem("SG310", call, f"unknown container '{call.name}'", hint)
        yield replace(problem, fix=Fix(call.name, slip) if slip else None)
        return
    near = did_you_mean(call.name.lower(), names)
    if call.form is CallForm.LEAF or call.arguments or near:
        hint = (
            near or f"it would be the macro '{call.name}' in templates/components/{call.name}.html"
        )
        slip = slip_of(call.name, names)
        fix = Fix(f":{call.name}", f":{slip}") if slip else None
        problem = _problem("SG320", call, f"there is no component '{call.name}'", hint)
        yield replace(problem, fix=fix)


def _unknown_argument(argument: Argument, component: Component) -> Diagnostic:
    known = [parameter.name for parameter in component.parameters]
    hint = did_you_mean(argument.name, known)
    hint = hint or (f"it takes {', '.join(known)}" if known else "it takes none")
    slip = slip_of(argument.name, known)
    problem = _at(argument, f"'{component.name}' has no argument '{argument.name}'", hint)
    return replace(problem, fix=Fix(argument.name, slip) if slip else None)


def _missing(call: Call, component: Component) -> Iterator[Diagnostic]:
    """What is not given; a name with a slip is wrong, and not missing too."""
    known = [parameter.name for parameter in component.parameters]
    names = {argument.name for argument in call.arguments}
    given = names.union(slip_of(name, known) or "" for name in names.difference(known))
    if _has_title(call):
        given.add(TITLE_OF_CALL)
    for parameter in component.parameters:
        if parameter.is_required and parameter.name not in given:
            in_brackets = parameter.name == TITLE_OF_CALL and call.form is CallForm.CONTAINER
            usage = f":::{call.name}[…]" if in_brackets else f"{{{parameter.name}=…}}"
            message = f"'{call.name}' needs '{parameter.name}'"
            yield _problem("SG321", call, message, f"write {usage}")


def _text_problems(call: Call, component: Component) -> Iterator[Diagnostic]:
    name, is_container = component.name, call.form is CallForm.CONTAINER
    has_text = call.has_body if is_container else call.has_label
    takes_title = any(parameter.name == TITLE_OF_CALL for parameter in component.parameters)
    if _has_title(call) and not takes_title:
        yield _problem("SG322", call, f"'{name}' takes no title", "remove what is in brackets")
    if has_text and component.text is Need.NEVER:
        hint = f"write it as a line: ::{name}{{}}" if is_container else "remove the brackets"
        yield _problem("SG322", call, f"'{name}' takes no text", hint)
    elif not has_text and component.text is Need.ALWAYS:
        hint = f"write it between two lines, ':::{name}' and ':::', or in brackets: ::{name}[…]"
        yield _problem("SG322", call, f"'{name}' needs a text", hint)
