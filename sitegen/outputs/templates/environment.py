"""Pages from templates. A template is code that the site's owner writes; a body is data, and
never comes through here as anything but finished HTML.

A name is looked up in the site's `templates/`, then in the theme; `theme/base.html` is always the
theme's own, so that a site can extend the template it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from types import MappingProxyType

from jinja2 import (
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.environment import TemplateModule
from jinja2.loaders import BaseLoader
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from sitegen.engine.trace import View
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.site import MONTHS
from sitegen.outputs.context import Page, Site
from sitegen.outputs.errors import RenderError
from sitegen.text.spelling import did_you_mean
from sitegen.text.urls import joined, with_base

THEME_FOLDER = "theme/"
UNCLOSED = re.compile(r"Unexpected end of template.* needs to be closed is '(\w+)'")
GLOBALS = ("site", "page", "url", "absolute")
"""The names that every template knows."""


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template as it was read."""

    path: str
    """Of the source, for error messages."""
    text: str


class _Texts(BaseLoader):
    def __init__(
        self,
        texts: Mapping[str, TemplateText],
        filters: Mapping[str, Callable[..., object]] = MappingProxyType({}),
        functions: Mapping[str, Callable[..., object]] = MappingProxyType({}),
    ) -> None:
        """`filters` and `functions` are those of plug-ins; sitegen's own cannot be replaced."""
        self.texts = texts

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        found = self.texts.get(template) or self.texts.get(f"{THEME_FOLDER}{template}")
        if found is None:
            raise TemplateNotFound(template)
        return found.text, found.path, lambda: True


class _Template(Template):
    """A template that is imported again for each page: what a module counts is not kept for others.

    Else a page would depend on which were rendered before it.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        self._module = None
        return super()._get_default_module(ctx)


class _Environment(Environment):
    template_class = _Template


class Templates:
    """The templates of a site, by name; those of the theme are also there as `theme/…`."""

    def __init__(
        self,
        texts: Mapping[str, TemplateText],
        filters: Mapping[str, Callable[..., object]] = MappingProxyType({}),
        functions: Mapping[str, Callable[..., object]] = MappingProxyType({}),
    ) -> None:
        """`filters` and `functions` are those of plug-ins; sitegen's own cannot be replaced."""
        self._view: View | None = None
        self._names = {name.removeprefix(THEME_FOLDER) for name in texts} | texts.keys()
        self._lines = {found.path: found.text.split("\n") for found in texts.values()}
        self._texts = texts
        self._references = cache(self._read_references)
        self._environment = _Environment(
            loader=_Texts(texts),
            autoescape=True,
            undefined=_Undefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        # They throw dice, and the same site is to be the same each time.
        del self._environment.filters["random"], self._environment.globals["lipsum"]
        self._environment.filters.update({**filters})
        self._environment.globals.update({**functions})
        self._environment.filters.update(date=readable_date, iso=machine_date)
        self._environment.globals.update(
            url=self._url,
            absolute=lambda url: joined(self._base_url(), url),
        )

    def _url(self, path: str) -> str:
        assert self._view, "a template calls this while it is rendered"
        is_nested = bool(self._view.get("nested"))
        return with_base(path, self._base_url(), is_nested=is_nested)

    def _base_url(self) -> str:
        """The address of the site, read as a part of the page that is being rendered."""
        assert self._view, "a template calls this while it is rendered"
        return str(self._view.read("site:absolute_url"))

    def reach(self, template: str) -> tuple[tuple[str, str | None], ...]:
        """Every template that one can come to use, itself included: pairs of name and text.

        The text is None where there is no such template. One that computes the name of another can
        come to use all.
        """
        found: dict[str, str | None] = {}
        names = [template]
        while names:
            name = names.pop()
            if name not in found:
                text = self._texts.get(name) or self._texts.get(f"{THEME_FOLDER}{name}")
                found[name] = text.text if text else None
                names += self._references(text.text) if text else ()
        return tuple(sorted(found.items()))

    def _read_references(self, text: str) -> tuple[str, ...]:
        """The names that a template extends, includes or imports; all names if it computes one."""
        try:
            names = set(find_referenced_templates(self._environment.parse(text)))
        except TemplateSyntaxError:
            return ()
        return tuple(self._texts) if None in names else tuple(filter(None, names))

    def render(self, template: str, view: View, page: Page) -> str:
        """The rendered page. Everything is read through the view, the template too.

        Raises RenderError with SG501 to SG504.
        """
        self._view = view
        view.read(f"template:{template}")
        try:
            return self._environment.get_template(template).render(site=Site(view), page=page)
        except Exception as error:  # a template is code, and can raise anything
            raise RenderError(self._explained(template, error)) from error
        finally:
            self._view = None

    def _explained(self, template: str, error: Exception) -> Diagnostic:
        """Why there is no page."""
        match error:
            case TemplateNotFound():
                name = str(error.name or template)
                message, hint = f"no such template '{name}'", did_you_mean(name, self._names)
                return self._located("SG503", message, error, name, hint)
            case TemplateSyntaxError():
                return self._at("SG501", _unreadable(error), error.filename, error.lineno)
            case _UnknownNameError():
                return self._undefined(error)
            case RecursionError():
                return self._located("SG504", "this template includes or extends itself", error)
        return self._located("SG504", f"{type(error).__name__}: {error}", error)

    def _undefined(self, error: _UnknownNameError) -> Diagnostic:
        """SG502, in the words of the template where its line shows what was asked for the name."""
        problem = self._located("SG502", str(error), error, error.name, error.hint)
        line = self._lines[problem.path][(problem.line or 1) - 1] if problem.path else ""
        owners = set(re.findall(rf"([A-Za-z_][\w.]*)\.{re.escape(error.name)}\b", line))
        if error.owner is missing or len(owners) != 1:
            return problem
        [owner] = owners
        if error.owner is None:
            hint = f"test it first: {{% if {owner} %}}"
            return replace(problem, message=f"{owner} is not set", hint=hint)
        return replace(problem, message=f"{owner} has no '{error.name}'")

    def _located(
        self, code: str, message: str, error: Exception, word: str = "", hint: str | None = None
    ) -> Diagnostic:
        """The diagnostic at the innermost template line that the error passed through."""
        path, line, traceback = None, None, error.__traceback__
        while traceback:
            if (name := traceback.tb_frame.f_code.co_filename) in self._lines:
                path, line = name, traceback.tb_lineno
            traceback = traceback.tb_next
        return self._at(code, message, path, line, word, hint)

    def _at(
        self,
        code: str,
        message: str,
        path: str | None,
        line: int | None,
        word: str = "",
        hint: str | None = None,
    ) -> Diagnostic:
        """The diagnostic at a word of a template's line, or at what the line starts with."""
        if path is None or line is None:
            return Diagnostic(code, message, hint=hint)
        text = self._lines[path][line - 1]
        column = text.find(word) if word else len(text) - len(text.lstrip())
        return Diagnostic(code, message, path, line, max(column, 0) + 1, hint, max(1, len(word)))


class _UnknownNameError(UndefinedError):
    """A template uses a name that nothing defines."""

    def __init__(self, message: str, name: str, owner: object, hint: str | None) -> None:
        super().__init__(message)
        self.name, self.hint = name, hint
        self.owner = owner
        """What was asked for the name; `missing` where it is the name of a variable."""


class _Undefined(StrictUndefined):
    """A value that is not there. Using it says so in the words of a template's author."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        super().__init__(hint, obj, name, exc)
        self._undefined_exception = lambda _: _unknown(str(name), obj, hint)  # type: ignore[assignment]


def _unreadable(error: TemplateSyntaxError) -> str:
    """What is wrong with a template: the first sentence of what Jinja says, or its gist."""
    said = error.message or "not a valid template"
    if found := UNCLOSED.search(said):
        return f"'{found[1]}' is never closed"
    sentence = said.partition(". ")[0].rstrip(".")
    return f"template syntax error: {sentence[:1].lower()}{sentence[1:]}"


def _unknown(name: str, owner: object, message: str | None) -> _UnknownNameError:
    known: Iterable[str] = GLOBALS
    if owner is not missing:
        known = map(str, owner) if isinstance(owner, Mapping) else dir(owner)
        message = message or _lacking(owner, name)
    message = message or f"'{name}' is not defined"
    return _UnknownNameError(message, name, owner, did_you_mean(name, known))


def _lacking(owner: object, name: str) -> str:
    """What to say of a value without this attribute, where only the value is known."""
    if isinstance(owner, Mapping):
        return f"no key '{name}' in this mapping"
    return f"'{'None' if owner is None else type(owner).__name__}' has no attribute '{name}'"


def readable_date(when: date) -> str:
    """`7 March 2024`, the same in every locale."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def machine_date(when: date) -> str:
    """`2024-03-07T10:00:00+01:00`, as the `datetime` of a `<time>` wants it."""
    return when.isoformat("T", "seconds") if isinstance(when, datetime) else when.isoformat()


def safe_html(html: str) -> Markup:
    """HTML that sitegen has rendered, exempt from escaping."""
    return Markup(html)
