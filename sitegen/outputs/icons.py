"""Icons of every size, made from one picture, and the web app manifest that names them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sitegen.config.schema import Config
from sitegen.drawing.icon import as_ico, draw_icon
from sitegen.drawing.library import DrawingError, can_draw
from sitegen.engine.trace import View
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.output import Output
from sitegen.model.source import Source
from sitegen.outputs.context import IconLink
from sitegen.outputs.errors import RenderError
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.colours import colour
from sitegen.text.media_types import image_type

_ICON, _MANIFEST = "icon", "manifest"
FAVICON, TOUCH_ICON, MANIFEST_FILE = "favicon.ico", "apple-touch-icon.png", "manifest.webmanifest"


@dataclass(frozen=True, slots=True)
class Size:
    """One of the files that are made from a picture."""

    pixels: int
    share: float = 1
    """How much of the square the picture takes, if it does not fill it with colour."""
    has_ground: bool = False
    """Whether it is on the colour of the page, where a system would put it on black."""


SIZES = {
    FAVICON: Size(32),
    TOUCH_ICON: Size(180, share=0.8, has_ground=True),
    "icon-192.png": Size(192),
    "icon-512.png": Size(512),
    # A system may cut all but a circle of 80 % of the width (Web App Manifest, "Icon masks").
    "icon-maskable.png": Size(512, share=0.56, has_ground=True),
}


def icon_of(config: Config, files: Iterable[Source]) -> Source | None:
    """The file that the icons of a site are made from; None where it wants none, or has no such."""
    name = config.icon.lstrip("/")
    return next((source for source in files if name and source.name == name), None)


def _plan(site: SitePlan) -> Iterator[Output]:
    """Those that the site has none of its own of."""
    picture = icon_of(site.config, site.files)
    if picture and can_draw():
        for name in SIZES:
            if all(source.name != name for source in site.files):
                yield site.file(name, _ICON, "the icons", source=picture.path)


def _plan_manifest(site: SitePlan) -> Iterator[Output]:
    if all(source.name != MANIFEST_FILE for source in site.files):
        yield site.file(MANIFEST_FILE, _MANIFEST, "the web app manifest")


def icon_links(outputs: Iterable[Output], icon_url: str) -> tuple[IconLink, ...]:
    """What pages link: only what there is, the site's own files included."""
    names = (FAVICON, TOUCH_ICON, MANIFEST_FILE)
    urls = {output.path: output.url for output in outputs if output.path in names}
    links = {
        FAVICON: IconLink(rel="icon", url=urls.get(FAVICON, ""), sizes="32x32"),
        # A browser that can show it takes this one: it has no size, and comes behind.
        "": IconLink(rel="icon", url=icon_url, type=image_type(icon_url)),
        TOUCH_ICON: IconLink(rel="apple-touch-icon", url=urls.get(TOUCH_ICON, "")),
        MANIFEST_FILE: IconLink(rel="manifest", url=urls.get(MANIFEST_FILE, "")),
    }
    return tuple(link for link in links.values() if link.url)


def icons_of_manifest(
    outputs: Iterable[Output], icon_url: str
) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Those that were made, and the picture where it fits any size: each as keys and values."""
    return tuple(tuple(each.items()) for each in _entries(outputs, icon_url))


def _entries(outputs: Iterable[Output], icon_url: str) -> Iterator[dict[str, str]]:
    for output in outputs:
        if output.kind == _ICON and output.path not in (FAVICON, TOUCH_ICON):
            size = SIZES[output.path]
            purpose = {"purpose": "maskable"} if size.has_ground else {}
            sizes = f"{size.pixels}x{size.pixels}"
            yield {"src": output.url, "sizes": sizes, "type": "image/png", **purpose}
    if (kind := image_type(icon_url)) == "image/svg+xml":
        yield {"src": icon_url, "sizes": "any", "type": kind}


def _render(output: Output, context: RenderContext) -> bytes:
    size = SIZES[output.path]
    ground = str(colour(_paper(context.view)) or "white") if size.has_ground else ""
    try:
        drawn = draw_icon(context.view.read("icon"), size.pixels, size.share, ground)
    except DrawingError as error:
        message = f"no icons can be made from '{output.source}': {error}"
        hint = "save it as an SVG or a PNG, or choose another picture for 'icon'"
        raise RenderError(Diagnostic("SG414", message, output.source, hint=hint)) from error
    return as_ico(drawn, size.pixels) if output.path == FAVICON else drawn


def _paper(view: View) -> str:
    """The colour of light pages, unless all are dark."""
    light, dark = view.read("theme:paper")
    return str(dark if view.read("config:theme.scheme") == "dark" else light)


def _manifest(_: Output, context: RenderContext) -> bytes:
    """The manifest (W3C, Web Application Manifest)."""
    view = context.view
    title, paper = view.read("site:title"), _paper(view)
    manifest = {
        "name": title,
        "short_name": title,
        "lang": view.read("site:language"),
        "start_url": view.read("site:url"),
        "scope": view.read("site:url"),
        "display": "minimal-ui",
        "background_color": paper,
        "theme_color": paper,
        "icons": list(map(dict, view.read("icons:named"))),
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2).encode() + b"\n"


ICONS = OutputKind(_ICON, _plan, render=_render)
WEB_MANIFEST = OutputKind(_MANIFEST, _plan_manifest, render=_manifest)
