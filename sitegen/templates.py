"""Pages from templates. A template is code that the site's owner writes; a body is data, and
never comes through here as anything but finished HTML.

A name is looked up in the site's `templates/`, then in the theme; `theme/base.html` is always the
theme's own, so that a site can extend the template it replaces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType

from jinja2 import (
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.loaders import BaseLoader
from markupsafe import Markup

from sitegen.context import Page, Site
from sitegen.diagnostics import Diagnostic, did_you_mean
from sitegen.model import MONTHS
from sitegen.urls import joined, with_base

THEME = "theme/"


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template as it was read."""

    path: str
    """Of the source, for error messages."""
    text: str


class _Texts(BaseLoader):
    def __init__(self, texts: Mapping[str, TemplateText]) -> None:
        self.texts = texts

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        found = self.texts.get(template) or self.texts.get(f"{THEME}{template}")
        if found is None:
            raise TemplateNotFound(template)
        return found.text, found.path, lambda: True


class Templates:
    """The templates of a site, by name; those of the theme are also there as `theme/…`."""

    def __init__(self, texts: Mapping[str, TemplateText], base_url: str) -> None:
        self._names = {name.removeprefix(THEME) for name in texts} | texts.keys()
        self._paths = {found.path for found in texts.values()}
        self._environment = Environment(
            loader=_Texts(texts),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters.update(date=readable_date, iso=datetime.isoformat)
        self._environment.globals.update(
            url=lambda path: with_base(path, base_url),
            absolute=lambda url: joined(base_url, url),
        )

    def render(self, template: str, site: Site, page: Page) -> tuple[str, Diagnostic | None]:
        """The finished page, or the diagnostic that says why there is none (SG501 to SG504)."""
        try:
            return self._environment.get_template(template).render(site=site, page=page), None
        except TemplateNotFound as error:
            return "", self._missing(template, error)
        except TemplateSyntaxError as error:
            message = f"this template cannot be read: {error.message}"
            return "", Diagnostic("SG501", message, error.filename, error.lineno)
        except UndefinedError as error:
            return "", self._failure("SG502", error.message or "undefined name", error)
        except RecursionError as error:
            return "", self._failure("SG504", "this template includes or extends itself", error)
        except Exception as error:  # a template is code, and can raise anything
            return "", self._failure("SG504", f"{type(error).__name__}: {error}", error)

    def _missing(self, template: str, error: TemplateNotFound) -> Diagnostic:
        name = str(error.name or template)
        path, line = self._place(error.__traceback__)
        hint = did_you_mean(name, self._names)
        return Diagnostic("SG503", f"there is no template '{name}'", path, line, None, hint)

    def _failure(self, code: str, message: str, error: Exception) -> Diagnostic:
        path, line = self._place(error.__traceback__)
        return Diagnostic(code, message, path, line)

    def _place(self, traceback: TracebackType | None) -> tuple[str | None, int | None]:
        """The innermost template line of a traceback, as source path and line from 1."""
        path, line = None, None
        while traceback:
            if (name := traceback.tb_frame.f_code.co_filename) in self._paths:
                path, line = name, traceback.tb_lineno
            traceback = traceback.tb_next
        return path, line


def readable_date(when: datetime) -> str:
    """`7 March 2024`, the same in every locale."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def safe_html(html: str) -> Markup:
    """HTML that sitegen made, exempt from escaping."""
    return Markup(html)
