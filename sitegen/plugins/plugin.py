"""What a plug-in is: a value with functions that sitegen calls, in the order of the pipeline.

    documents → facets → outputs → templates → check

A plug-in gives functions of what they are called with, and no events and no access to the build:
so what came of them can be remembered, and done in any process. Its version and its source are a
part of what the cache is made with, as sitegen's own code is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from sitegen.content.markdown.syntax import Syntax
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.outputs.kind import OutputKind
from sitegen.site.facets import FacetKind
from sitegen.site.index import SiteIndex

if TYPE_CHECKING:
    from sitegen.model.front_matter import CheckKeys, DataType


@dataclass(frozen=True, slots=True)
class TemplateNames:
    """What templates can call beside what sitegen gives them: pure functions, by name."""

    filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    functions: Mapping[str, Callable[..., Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plug-in. Every part is optional."""

    name: str
    version: str
    markdown: tuple[Syntax, ...] = ()
    """Rules of Markdown, added behind sitegen's own."""
    document: Callable[[Document], Document] | None = None
    """The document to publish in place of one that was read, before anything is known of others.
    Its `rendered.html` has placeholders for links (`Rendered`)."""
    front_matter: CheckKeys | None = None
    """What the keys of front matter are that are not sitegen's, and what is wrong with them."""
    front_matter_schema: Callable[[], Mapping[str, object]] | None = None
    """These keys as JSON Schema, for editors: `properties`, and `$defs` that they refer to."""
    data: Mapping[str, DataType] = field(default_factory=dict)
    """What data files have to be, by name: `talks` is `data/talks.toml`, or another format. Stars
    stand for what they match: `people/*`."""
    facets: tuple[FacetKind[SiteIndex], ...] = ()
    """Values that outputs can read, computed from all documents."""
    outputs: tuple[OutputKind, ...] = ()
    """Kinds of files."""
    templates: TemplateNames = TemplateNames()
    check: Callable[[SiteIndex], Iterable[Diagnostic]] | None = None
    """What is wrong with the site: diagnostics with the code SG803 (an error) or SG804 (a warning).
    """
