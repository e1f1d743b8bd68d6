"""The job that renders pages on another machine."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sitegen.build.session import Session
from sitegen.build.survey import Survey, TemplateSource, compiled_templates, template_sources
from sitegen.engine.trace import Facets
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import DocumentSubject, Output
from sitegen.outputs.kind import Stored
from sitegen.outputs.render import Renderer, Rendering
from sitegen.plugins.find import PluginSource
from sitegen.plugins.load import blame, load_plugins
from sitegen.plugins.use import kinds_of

_DOCUMENT = "body:"
"""How the names of the facets start that only few pages read: half of all that a site is."""


class Unrendered(NamedTuple):
    """A page that is to be rendered, with what no other page needs."""

    path: str
    shown: Document | None
    """The document whose page it is."""
    html: str
    """Of that document."""


@dataclass(frozen=True, slots=True)
class RenderPage:
    """Turns a page into its bytes. It can be sent to any machine, which makes it ready once.

    It takes all facets along but documents, since these come with their pages.
    """

    plugins: tuple[PluginSource, ...]
    templates: tuple[TemplateSource, ...]
    facets: bytes
    """Pickled, to be read once the plug-ins are there, whose types can be in them."""

    def __call__(self, page: Unrendered) -> Rendering | None:
        """The page; None where it needs a document that has not come with it."""
        return _workplace(self).render(page)


@lru_cache(1)
def _workplace(job: RenderPage) -> _Workplace:
    """That of the last job, of which a worker can have equal ones."""
    return _Workplace(job)


class _Workplace:
    """Where pages are rendered, one after the other."""

    def __init__(self, job: RenderPage) -> None:
        plugins = load_plugins(job.plugins)
        self._values = _Values(pickle.loads(job.facets))
        self._page = Unrendered("", None, "")

        def explain(error: BaseException, path: str) -> Diagnostic | None:
            return blame(error, plugins, path)

        templates = compiled_templates(job.templates, job.plugins)
        facets = Facets(self._values)
        stored = Stored(self._body, self._changes)
        self._renderer = Renderer(kinds_of(plugins), facets, templates, stored, explain)

    def render(self, page: Unrendered) -> Rendering | None:
        self._page, self._values.is_lacking = page, False
        shown = {f"{_DOCUMENT}{page.shown.source.path}": page.shown} if page.shown else {}
        self._values.update(shown)
        try:
            made = self._renderer.render(page.path)
        except Exception:
            if not self._values.is_lacking:
                raise
            return None
        finally:
            for name in shown:
                del self._values[name]
        return None if self._values.is_lacking else made

    def _body(self, path: str) -> str:
        if self._page.shown and self._page.shown.source.path == path:
            return self._page.html
        return str(self._values[f"{_DOCUMENT}{path}"])

    def _changes(self, path: str) -> tuple[str, ...]:
        self._values.is_lacking = True
        raise KeyError(path)


class _Values(dict[str, object]):
    """Facets by name, that know whether they were asked for a document which is not here."""

    is_lacking = False

    def __missing__(self, name: str) -> object:
        self.is_lacking |= name.startswith(_DOCUMENT)
        raise KeyError(name)


def render_job(session: Session, survey: Survey) -> RenderPage | None:
    """The job; None where a plug-in has facets that cannot be sent, such as of a local class."""
    values = {name: value for name, value in survey.facets.items() if not _is_document(name)}
    try:
        facets = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None
    return RenderPage(session.plugins, template_sources(survey.snapshot), facets)


def _is_document(facet: str) -> bool:
    return facet.startswith(_DOCUMENT)


def unrendered(
    pages: Iterable[Output], facets: Facets, body: Callable[[str], str]
) -> Iterator[Unrendered]:
    """The pages with what they show; `body` gives the HTML of a document by its path."""
    for page in pages:
        if isinstance(page.subject, DocumentSubject):
            path = page.subject.path
            yield Unrendered(page.path, facets[f"{_DOCUMENT}{path}"], body(path))
        else:
            yield Unrendered(page.path, None, "")
