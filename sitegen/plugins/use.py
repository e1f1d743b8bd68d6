"""What the plug-ins of a site add to each stage, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sitegen.content.markdown.syntax import Syntax
from sitegen.model.codes import CODES
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.outputs.kind import OutputKind
from sitegen.outputs.kinds import KINDS
from sitegen.plugins.load import LoadedPlugin
from sitegen.plugins.plugin import TemplateNames
from sitegen.site.facets import FACETS, FacetKind
from sitegen.site.index import SiteIndex

if TYPE_CHECKING:
    from sitegen.model.front_matter import CheckKeys, DataType

Plugins = Iterable[LoadedPlugin]


def markdown_of(plugins: Plugins) -> tuple[Syntax, ...]:
    """The Markdown syntax that they add."""
    return tuple(syntax for found in plugins for syntax in found.plugin.markdown)


def checks_of_keys(plugins: Plugins) -> tuple[CheckKeys, ...]:
    """What they have to say about front matter."""
    return tuple(found.plugin.front_matter for found in plugins if found.plugin.front_matter)


def types_of_data(plugins: Plugins) -> Mapping[str, DataType]:
    """What they say of data files, by the names of those."""
    return {name: of for found in plugins for name, of in found.plugin.data.items()}


def finished(document: Document, plugins: Plugins) -> Document:
    """The document as the plug-ins have changed it."""
    for found in plugins:
        if found.plugin.document:
            document = found.plugin.document(document)
    return document


def facet_kinds_of(plugins: Plugins) -> tuple[FacetKind[SiteIndex], ...]:
    """The kinds of facets that follow from documents and configuration."""
    return (*FACETS, *(kind for found in plugins for kind in found.plugin.facets))


def kinds_of(plugins: Plugins) -> Mapping[str, OutputKind]:
    """All kinds of outputs by name, in the order in which they are planned."""
    added = (kind for found in plugins for kind in found.plugin.outputs)
    return {kind.name: kind for kind in (*KINDS, *added)}


def template_names_of(plugins: Plugins) -> TemplateNames:
    """What plug-ins give to templates; of two with one name, that of the later one."""
    names = [found.plugin.templates for found in plugins]
    return TemplateNames(
        {name: of for each in names for name, of in each.filters.items()},
        {name: of for each in names for name, of in each.functions.items()},
    )


def checked_by(plugins: Plugins, site: SiteIndex) -> Iterator[Diagnostic]:
    """What plug-ins find wrong with the site."""
    for found in plugins:
        for problem in found.plugin.check(site) if found.plugin.check else ():
            yield problem if problem.code in CODES else replace(problem, code="SG803")
