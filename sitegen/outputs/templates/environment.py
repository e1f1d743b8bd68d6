"""Pages from templates. A template is code that the site's owner writes; a body is data, and
never comes through here as anything but finished HTML.

A name is looked up in the site's `templates/`, then in the theme; `theme/base.html` is always the
theme's own, so that a site can extend the template it replaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from jinja2 import Environment, Template, TemplateNotFound, TemplateSyntaxError
from jinja2.environment import TemplateModule
from jinja2.loaders import BaseLoader
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.engine.trace import View
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest
from sitegen.model.language import Language
from sitegen.outputs.borrowed import with_languages
from sitegen.outputs.context import Page, Site
from sitegen.outputs.errors import RenderError
from sitegen.outputs.language import language_in
from sitegen.outputs.structured_data import structured_data
from sitegen.outputs.templates.compiled import CompiledTheme, KeptCode
from sitegen.outputs.templates.extra_keys import keys_of_extra
from sitegen.outputs.templates.guard import (
    GuardedEnvironment,
    RefusedError,
    foreign_addresses,
    pure,
    without_text,
)
from sitegen.outputs.templates.lint import unknown_blocks, unused_templates
from sitegen.outputs.templates.speech import Speech
from sitegen.outputs.templates.texts import TemplateText, TemplateTexts
from sitegen.outputs.templates.undefined import Undefined
from sitegen.site.image_tags import WIDE, picture_html
from sitegen.text.languages import locale, text_direction
from sitegen.text.urls import joined, with_base

if TYPE_CHECKING:
    from sitegen.model.parameters import Component

_FILE_OF_PART = re.compile(r"\bparts/([\w/-]+)\.(?:css|js)\b")

TemplateReferences: TypeAlias = tuple[str | None, ...]
"""The names that a template extends, includes or imports; None stands for one that it computes."""


class _Loader(BaseLoader):
    def __init__(self, texts: TemplateTexts) -> None:
        self._texts = texts

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        found = self._texts.find(template)
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


class _Environment(GuardedEnvironment):
    template_class = _Template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A copy in place of Jinja's chain, all of which every include looks through."""
        return {**self.globals, **(d or {})}


class Templates:
    """The templates of a site, by name; those of the theme are also there as `theme/…`."""

    def __init__(
        self,
        texts: Mapping[str, TemplateText],
        filters: Mapping[str, Callable[..., object]] = MappingProxyType({}),
        functions: Mapping[str, Callable[..., object]] = MappingProxyType({}),
        code: KeptCode | None = None,
    ) -> None:
        """`filters` and `functions` are those of plug-ins; sitegen's own cannot be replaced.

        `code` knows that of the theme's templates, as they were compiled by earlier builds.
        """
        self._view: View | None = None
        self._lang = ""
        """That of what is rendered."""
        self._texts = TemplateTexts(texts)
        self.references: dict[bytes, TemplateReferences] = {}
        """Of each text that was asked for, by its digest."""
        self._known: Mapping[bytes, TemplateReferences] = {}
        self._names_in = cache(self._find_names)
        self._environment = _Environment(
            loader=_Loader(self._texts),
            autoescape=True,
            undefined=Undefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            # A filter of a plug-in may have the name of one that the theme's code has in it.
            bytecode_cache=None if filters or not code else CompiledTheme(code),
        )
        self._environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": _as_json}
        # They throw dice, and the same site is to be the same each time.
        del self._environment.filters["random"], self._environment.globals["lipsum"]
        self._environment.filters.update({name: pure(of) for name, of in filters.items()})
        self._environment.globals.update({name: pure(of) for name, of in functions.items()})
        speech = Speech(self._language)
        self._environment.filters.update(speech.filters, direction=text_direction, locale=locale)
        self._environment.globals.update(self._urls(), **speech.functions)
        self._environment.globals["structured_data"] = structured_data

    def _urls(self) -> Mapping[str, Callable[..., str]]:
        """The functions that read the address of the site, as a part of the page they are in."""

        def url(path: str) -> str:
            assert self._view, "a template calls this while it is rendered"
            is_nested = bool(self._view.get("nested"))
            return with_base(path, self._base_url(), is_nested=is_nested)

        def absolute(url: str) -> str:
            return joined(self._base_url(), url)

        return {"url": url, "absolute": absolute, "picture": self._picture}

    def _picture(self, url: str, alt: str = "", width: int = WIDE) -> Markup:
        """An image with its size and its smaller copies, seen so many CSS pixels wide at most."""
        assert self._view, "a template calls this while it is rendered"
        found = self._view.get(f"image:{url.partition('?')[0].partition('#')[0]}")
        return safe_html(picture_html(url, alt, found, room=width))

    def _language(self) -> Language:
        """That of what is rendered."""
        assert self._view, "a template calls this while it is rendered"
        return language_in(self._view, self._lang)

    def _base_url(self) -> str:
        assert self._view, "a template calls this while it is rendered"
        return str(self._view.read("site:absolute_url"))

    def know(self, references: Mapping[bytes, TemplateReferences]) -> None:
        """Take what was found out before: to parse all templates for it takes 15 ms."""
        self._known = references

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
                text = self._texts.find(name)
                found[name] = text.text if text else None
                names += self._names_in(text.text) if text else ()
        return tuple(sorted(found.items()))

    def unused(self, used: Iterable[str | None]) -> tuple[Diagnostic, ...]:
        """What the site's templates hold that no page shows: SG505 and SG506.

        `used` are the templates of all outputs and documents; those of the theme always are.
        """
        if not self._texts.own:
            return ()
        reached = {
            name
            for use in (*filter(None, used), *self._texts.themes)
            for name, _ in self.reach(use)
        }
        return (
            *unused_templates(self._texts, reached),
            *unknown_blocks(self._texts, self._environment),
        )

    def components(
        self, names: Iterable[str]
    ) -> tuple[Mapping[str, Component | None], tuple[Diagnostic, ...]]:
        """What each of these components can be called with, and what is wrong with their templates.

        Those that there are not are left out, and None stands for one that cannot be read.
        """
        from sitegen.outputs.templates.signatures import Signature, signature_in, template_of

        found: dict[str, Component | None] = {}
        problems: list[Diagnostic] = []
        for name in sorted(names):
            if text := self._texts.find(template_of(name)):
                try:
                    signature = signature_in(text, name, self._environment)
                except TemplateSyntaxError as error:
                    signature = Signature(None, (self._explained(template_of(name), error),))
                found[name] = signature.component
                problems += signature.problems
        return found, tuple(problems)

    @property
    def component_names(self) -> tuple[str, ...]:
        """The names of all components, in order."""
        from sitegen.outputs.templates.signatures import components_in

        return components_in(self._texts)

    def show(self, problem: Diagnostic) -> bool:
        """Whether it is SG111 for a key that a template of the site shows after all."""
        key = (problem.target or "").removeprefix("params.")  # as `page.extra` has it
        return problem.code == "SG111" and key in self._keys_of_extra

    @cached_property
    def named_parts(self) -> frozenset[str]:
        """The parts of the theme whose files templates of the site name."""
        texts = (template.text for template in self._texts.own.values())
        return frozenset(found[1] for text in texts for found in _FILE_OF_PART.finditer(text))

    @cached_property
    def _keys_of_extra(self) -> frozenset[str]:
        return keys_of_extra(text.text for text in self._texts.own.values())

    def _find_names(self, text: str) -> tuple[str, ...]:
        """The names of templates that a text can come to use."""
        key = digest(text)
        names = self._known.get(key)
        if names is None:
            names = self._read_references(text)
        self.references[key] = names
        return self._texts.every_name() if None in names else tuple(filter(None, names))

    def _read_references(self, text: str) -> TemplateReferences:
        try:
            return tuple(dict.fromkeys(find_referenced_templates(self._environment.parse(text))))
        except TemplateSyntaxError:
            return ()

    def render(self, template: str, view: View, page: Page) -> str:
        """The rendered page. Everything is read through the view, the template too.

        Raises RenderError with SG501 to SG504.
        """

        def rendered(found: Template) -> str:
            return found.render(site=Site(view), page=page)

        with self._seen(template, view, page.lang, page):
            text = self._rendered(template, rendered, view, page)
            return with_languages(text, page.lang)

    def call(
        self, name: str, values: Mapping[str, object], view: View, lang: str, text: str | None
    ) -> str:
        """What a component makes of these values and a text, which is HTML, in a language.

        Everything is read through the view, the template too. Raises RenderError as `render` does.
        """
        from sitegen.outputs.templates.signatures import TEXT_OF_CALL, macro_of, template_of

        template = template_of(name)
        given = dict(values) if text is None else {**values, TEXT_OF_CALL: lambda: safe_html(text)}

        def rendered(found: Template) -> str:
            try:
                macro = getattr(found.make_module({"site": Site(view)}), macro_of(name))
                return str(macro(**given))
            except Exception:
                self._environment.handle_exception()  # raises it with lines of the template

        with self._seen(template, view, lang):
            return with_languages(self._rendered(template, rendered, view, (values, text)), lang)

    @contextmanager
    def _seen(
        self, template: str, view: View, lang: str, page: Page | None = None
    ) -> Iterator[None]:
        """While a template is rendered, with a view; what it raises is explained."""
        self._view, self._lang = view, lang
        view.read(f"template:{template}")
        try:
            yield
        except Exception as error:  # a template is code, and can raise anything
            raise RenderError(self._explained(template, error, page)) from error
        finally:
            self._view = None

    def _explained(self, template: str, error: Exception, page: Page | None = None) -> Diagnostic:
        from sitegen.outputs.templates.explain import Explainer

        return Explainer(self._texts, self._environment).explain(template, error, page)

    def _rendered(
        self, template: str, rendered: Callable[[Template], str], view: View, made_of: object
    ) -> str:
        """The text of a template. Raises RefusedError for an address in memory, at the expression
        that has shown it.

        It is rendered once more to find that, with a look at every value that is shown.
        """
        text = rendered(self._environment.get_template(template))

        def known() -> str:
            return repr((made_of, [view.get(name) for name in view.reads]))

        def shown(value: object) -> object:
            if foreign_addresses(str(value), known):
                raise without_text(str(value))
            return value

        if found := foreign_addresses(text, known):
            strict = self._environment.overlay(finalize=shown, bytecode_cache=None)
            rendered(strict.get_template(template))
            raise RefusedError(f"this page shows the address of a value in memory: {min(found)}")
        return text


def _as_json(value: object) -> object:
    """What `tojson` makes of a date and of a folder of data. Raises TypeError for all else."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a {type(value).__name__} has no form in JSON")


def safe_html(html: str) -> Markup:
    """HTML that sitegen has rendered, exempt from escaping."""
    return Markup(html)
