"""Images of documents as their pages show them: with what only the file of each can tell.

A document is a function of its own file, so the size of an image is no part of it, and is added
when its page is made: from the facet `image:URL`, so that the page is made again if that changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sitegen.model.document import IMAGE_TAG, Document, Link, placeholder
from sitegen.model.picture import Picture
from sitegen.site.links import ReadFacet, split_href, url_of_link

ZOOM = "zoom"
"""The part of the theme that shows an image in a dialog."""
LINK_TO_FILE = '<a class="zoom" href="{}" data-close="{}">{}</a>'
COLUMN = 608
"""The width of the text in CSS pixels. Wider images are seen smaller than they are."""

_GIVEN = re.compile(
    r"""\s(width|height|loading|decoding)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)


class ShownImages(NamedTuple):
    """The HTML of a body with its images as its page shows them."""

    html: str
    """With URLs that are still symbolic."""
    uses: frozenset[str]
    """The parts of the theme that it needs for them."""


def with_images(html: str, document: Document, read: ReadFacet) -> ShownImages:
    """The HTML of the body of a document, with the attributes and links of its images.

    All but the first are loaded when a reader comes near. What an author has written stays.
    """
    images = document.rendered.images
    if not images:
        return ShownImages(html, frozenset())
    known = {image.link: image for image in images}
    pictures = dict(_pictures(document, read))
    uses: set[str] = set()

    def shown(tag: re.Match[str]) -> str:
        link = int(tag["link"])
        if (picture := pictures.get(link)) is None:
            return tag[0]
        given = _given(tag[0])
        lazy = {} if link == images[0].link else {"loading": "lazy"}
        html = _with(tag[0], _size(picture, given) | lazy | {"decoding": "async"}, given)
        if not (known[link].can_zoom and _is_reduced(picture, given)):
            return html
        uses.add(ZOOM)
        return LINK_TO_FILE.format(placeholder(link), placeholder("close"), html)

    return ShownImages(IMAGE_TAG.sub(shown, html), frozenset(uses))


def with_sizes(html: str, document: Document, read: ReadFacet) -> str:
    """The HTML of the body of a document with the sizes of its images alone, as feeds have it."""
    if not document.rendered.images:
        return html
    pictures = dict(_pictures(document, read))

    def sized(tag: re.Match[str]) -> str:
        picture, given = pictures.get(int(tag["link"])), _given(tag[0])
        return _with(tag[0], _size(picture, given), given) if picture else tag[0]

    return IMAGE_TAG.sub(sized, html)


def image_urls(document: Document, read: ReadFacet) -> Iterator[tuple[Link, str]]:
    """The links of the images of a document, each with the URL of its file."""
    for image in document.rendered.images:
        link = document.rendered.links[image.link]
        yield link, split_href(url_of_link(link.href, document.source.path, read))[0]


def _pictures(document: Document, read: ReadFacet) -> Iterator[tuple[int, Picture]]:
    """Each image of a document that is a file of the site, by the index of its link."""
    urls = (url for _, url in image_urls(document, read))
    for image, url in zip(document.rendered.images, urls, strict=True):
        picture: Picture | None = read(f"image:{url}")
        if picture:
            yield image.link, picture


def _given(tag: str) -> dict[str, str]:
    """What its author has written in a tag, of the attributes that are added here."""
    return {name.lower(): "".join(values) for name, *values in _GIVEN.findall(tag)}


def _with(tag: str, added: dict[str, str], given: dict[str, str]) -> str:
    """The tag of an image with these attributes, but for those that are given."""
    new = "".join(f' {name}="{value}"' for name, value in added.items() if name not in given)
    return f"<img{new}{tag[len('<img') :]}"


def _size(picture: Picture, given: dict[str, str]) -> dict[str, str]:
    """Width and height; where one of them is given, the other in proportion to it."""
    if picture.size is None:
        return {}
    width, height = picture.size
    wanted = {
        name: int(given[name]) for name in ("width", "height") if given.get(name, "").isdecimal()
    }
    if "height" not in given and "width" in wanted:
        return {"height": str(round(wanted["width"] * height / width))}
    if "width" not in given and "height" in wanted:
        return {"width": str(round(wanted["height"] * width / height))}
    return (
        {} if given.keys() & {"width", "height"} else {"width": str(width), "height": str(height)}
    )


def _is_reduced(picture: Picture, given: dict[str, str]) -> bool:
    """Whether an image is seen smaller than it is."""
    if picture.size is None:
        return False
    width = given.get("width", "")
    return picture.size[0] > min(COLUMN, int(width) if width.isdecimal() else COLUMN)
