"""The facets that follow from the plan of outputs, and those of templates and files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from sitegen.config.schema import SCHEMES
from sitegen.drawing.fonts import fonts_of_machine, fonts_of_sitegen
from sitegen.model.dataclass import dataclass
from sitegen.model.mentions import Mention
from sitegen.model.output import FileSubject, ListSubject, Output
from sitegen.model.picture import Picture
from sitegen.outputs.bundle import Parts
from sitegen.outputs.icons import icon_links, icons_of_manifest
from sitegen.outputs.kind import OutputKind
from sitegen.outputs.parts import PARTS_FOLDER, part_of
from sitegen.outputs.sitemap import urls_by_file
from sitegen.outputs.social_cards import SOCIAL_CARDS, card_colours, card_of_site, social_cards
from sitegen.site.facets import FacetKind, Named
from sitegen.text.tokens import TOKENS, tokens_in

if TYPE_CHECKING:
    from sitegen.outputs.templates.environment import Templates


_OF_STYLE_SHEET = ("catalogue.css", "siblings.css", "tabs.css")
_OF_SCRIPT = ("tabs.js",)
"""What is cut out of `style.css` and of `script.js`, because most pages do without."""


@dataclass(frozen=True, slots=True)
class PlannedSite:
    """What is planned, and what it will be rendered with."""

    outputs: tuple[Output, ...]
    kinds: Mapping[str, OutputKind]
    facets: Mapping[str, Any]
    """Those of the documents and the configuration."""
    templates: Templates
    digests: Mapping[str, bytes | None]
    """Of the sources, by path."""
    style: str | None
    """The text of the site's own style sheet, if it has one."""
    styles: Parts
    scripts: Parts
    """Of the theme."""
    icon: bytes | None = None
    """What icons are made from."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The images that are published, by URL."""
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    """What others say about pages, by their URLs."""
    data: Mapping[str, object] = field(default_factory=dict)
    """The values of data files, by name."""
    components: tuple[str, ...] = ()
    """The templates of those that documents call."""


def _feeds(site: PlannedSite) -> Named:
    """By the list that they are of: the URL and the media type of each feed."""
    feeds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for output in site.outputs:
        if (kind := site.kinds[output.kind]).feed_type:
            assert isinstance(output.subject, ListSubject)
            feeds[output.subject.facet].append((output.url, kind.feed_type))
    return ((name, tuple(found)) for name, found in feeds.items())


def _parts(site: PlannedSite) -> Named:
    """The files of each part of the theme, those of the site's own `static/parts/` included."""
    replaced = _replaced(site)
    files: dict[str, list[str]] = defaultdict(list)
    for path in sorted(output.path for output in site.outputs):
        if path.startswith(PARTS_FOLDER) and path.removeprefix(PARTS_FOLDER) not in replaced:
            files[part_of(path)].append(f"/{path}")
    return ((name, tuple(found)) for name, found in files.items())


def _replaced(site: PlannedSite) -> set[str]:
    """The files of parts that a site replaces together with the style sheet, or with the script."""
    own = {output.path for output in site.outputs if isinstance(output.subject, FileSubject)}
    styles = _OF_STYLE_SHEET if site.style is not None else ()
    return {*styles, *(_OF_SCRIPT if "script.js" in own else ())}


def _templates(site: PlannedSite) -> Iterator[tuple[str, object]]:
    used = {output.template for output in site.outputs if output.template}
    for name in used.union(site.components):
        yield name, site.templates.reach(name)


def _files(site: PlannedSite) -> Iterator[tuple[str, object]]:
    for output in site.outputs:
        if isinstance(output.subject, FileSubject):
            yield output.subject.path, site.digests[output.subject.path]


def _paper(site: PlannedSite) -> tuple[str, ...]:
    """The colour of light pages, and of dark ones."""
    token = tokens_in(dict(site.styles).get(TOKENS, "")).get("paper")
    own = (site.facets[f"config:theme.{scheme}"].get("paper") for scheme in SCHEMES)
    default = (token.light, token.dark) if token else ("", "")
    return tuple(value or theirs for value, theirs in zip(own, default, strict=True))


def _icons(site: PlannedSite) -> Named:
    """What pages link, and what the manifest names."""
    yield "links", icon_links(site.outputs, site.facets["site:favicon_url"])
    yield "named", icons_of_manifest(site.outputs, site.facets["site:favicon_url"])


def _social_cards(site: PlannedSite) -> Named:
    cards = (value for name, value in site.facets.items() if name.startswith("card:"))
    yield "", card_of_site(site.outputs)
    yield from social_cards(site.outputs, cards)


def _has_cards(site: PlannedSite) -> bool:
    return any(output.kind == SOCIAL_CARDS.name for output in site.outputs)


def _fonts(site: PlannedSite) -> Named:
    """What cards are drawn with; those of the machine only in some scripts."""
    if _has_cards(site):
        yield "of sitegen", fonts_of_sitegen()
        yield "of the machine", fonts_of_machine()


def _card_colours(site: PlannedSite) -> Named:
    if _has_cards(site):
        tokens = tokens_in(dict(site.styles)[TOKENS])
        yield "card", card_colours(tokens, site.facets["config:theme"])


def _data(site: PlannedSite) -> Named:
    """The values of data files; and of each folder of them, that it is there, and its names."""
    names: dict[str, dict[str, None]] = {}
    for path in site.data:
        folder = ""
        for part in path.split("/"):
            names.setdefault(folder, {})[part] = None
            folder += f"{part}/"
    yield from site.data.items()
    for folder, found in names.items():
        yield f"{folder}*", tuple(found)
        if folder:
            yield folder, True


def _bundles(name: str, parts: Parts) -> Iterator[tuple[str, Parts]]:
    """The parts of what all pages load, and those of what a search loads."""
    yield name, tuple(part for part in parts if "/" not in part[0])
    yield f"search {name}", tuple(part for part in parts if part[0].startswith("search/"))


PLAN_FACETS: tuple[FacetKind[PlannedSite], ...] = (
    FacetKind(
        "output",
        "where {name} is published, and what it shows",
        lambda site: ((output.path, output) for output in site.outputs),
    ),
    FacetKind("template", "the template {name} or one it uses", _templates),
    FacetKind("file", "the file {name}", _files),
    FacetKind("image", "the size of the image {name}", lambda site: site.pictures.items()),
    FacetKind("feeds", "the feeds of {name}", _feeds),
    FacetKind("part", "the files of the theme's {name}", _parts),
    FacetKind("mentions", "what others say about {name}", lambda site: site.mentions.items()),
    FacetKind("data", "data/{name}", _data),
    FacetKind("style", "style.css", lambda site: [("", site.style)]),
    FacetKind(
        "theme",
        "the theme's {name}",
        lambda site: [
            ("paper", _paper(site)),
            ("is replaced", site.style is not None),
            *_bundles("styles", site.styles),
            *_bundles("scripts", site.scripts),
            *_card_colours(site),
        ],
    ),
    FacetKind("icon", "the picture that icons are made from", lambda site: [("", site.icon)]),
    FacetKind("icons", "the icons of the site", _icons),
    FacetKind("social", "the social card of the site, or what that of {name} shows", _social_cards),
    FacetKind("fonts", "the fonts {name}", _fonts),
    FacetKind(
        "sitemap",
        "the addresses of all pages",
        lambda site: urls_by_file(site.outputs, site.kinds, site.facets),
    ),
)
