"""What a kind of output is: how its files are planned and rendered.

All kinds are in one list (`outputs.kinds`), to which plug-ins add their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from sitegen.config.schema import Config
from sitegen.engine.trace import View
from sitegen.model.dataclass import dataclass
from sitegen.model.output import Output, SiteSubject, Subject
from sitegen.model.picture import Picture, Variant
from sitegen.model.site import Placement
from sitegen.model.source import Source
from sitegen.text.urls import file_route

if TYPE_CHECKING:
    from sitegen.outputs.context import Page
    from sitegen.outputs.feeds.entries import Entries
    from sitegen.outputs.templates.environment import Templates


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What there is to plan the outputs of a site from."""

    facets: Mapping[str, Any]
    placement: Placement
    files: tuple[Source, ...]
    """Those of `static/`, and behind them those of the theme's static folder."""
    config: Config
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The images that are published, by URL."""
    named_parts: frozenset[str] = frozenset()
    """The parts of the theme that the components of its documents need, or its own templates."""

    def file(
        self,
        path: str,
        kind: str,
        owner: str,
        subject: Subject = SiteSubject(),  # noqa: B008 (it is frozen)
        source: str | None = None,
    ) -> Output:
        """The output for a file at this path below the output folder."""
        url = file_route(path, self.config.base_url).url
        return Output(path, url, kind, owner, subject, source)


@dataclass(frozen=True, slots=True)
class Stored:
    """What outputs show that is too large to be a facet. Facets have the digests of all of it."""

    body: Callable[[str], str]
    """The HTML of a document by its path, its links still symbolic."""
    changes: Callable[[str], tuple[str, ...]] = lambda _: ()
    """What changed in a post from each revision to the next, by its path, as HTML whose words are
    placeholders."""
    markdown: Callable[[str], str] = str
    """A post as Markdown, by its path, its links still symbolic, where that is published."""
    words: Mapping[str, bytearray] = field(default_factory=dict)
    """What the files of words of the search index hold, by their paths (`outputs.search`)."""
    variant: Callable[[str, Variant], bytes] = lambda _, __: b""
    """The bytes of a smaller copy of an image, by the key of its picture."""
    figure: Callable[[str, str], bytes] = lambda _, __: b""
    """A picture of a notebook, by the path of its source and its name."""


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What one output can be rendered from."""

    view: View
    """The facets of the site; what is read of them is recorded."""
    templates: Templates
    stored: Stored
    entries: Entries
    """Posts as feeds carry them."""

    @property
    def body(self) -> Callable[[str], str]:
        """The HTML of a document by its path, its links still symbolic."""
        return self.stored.body


@dataclass(frozen=True, slots=True)
class OutputKind:
    """A kind of file that a finished site has."""

    name: str
    plan: Callable[[SitePlan], Iterable[Output]]
    page: Callable[[Output, RenderContext], Page] | None = None
    """What the template of the output finds on `page`; None: it has no template."""
    render: Callable[[Output, RenderContext], bytes] | None = None
    """The bytes of one without a template. None too: the file that is its subject is copied.

    Like `page`, a function of what it reads through the context, and of nothing else. Both may
    raise RenderError."""
    in_sitemap: bool = False
    """Whether the first page of each list, and each listed document, is in the sitemap."""
    weight: int = 1
    """How many pages could be rendered in the time that one takes."""
    feed_type: str = ""
    """The media type by which pages announce a feed; empty for what is none."""
