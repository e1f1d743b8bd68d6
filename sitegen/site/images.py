"""Images of documents as their pages show them: with what only the file of each can tell.

A document is a function of its own file, so the size of an image is no part of it, and is added
when its page is made: from the facet `image:URL`, so that the page is made again if that changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from sitegen.model.document import IMAGE_TAG, Document, Link, placeholder
from sitegen.model.picture import Picture
from sitegen.site.image_tags import COLUMN, WIDE, image_html, is_reduced, size_html, stand_in
from sitegen.site.links import ReadFacet, split_href, url_of_link

ZOOM = "zoom"
"""The part of the theme that shows an image in a dialog."""
LINK_TO_FILE = '<a class="zoom" href="{}" data-close="{}">{}</a>'
_IN_FIGURE = re.compile(r"<figure\b[^>]*>(?:<a [^>]*>)?\Z")


class ShownImages(NamedTuple):
    """The HTML of a body with its images as its page shows them."""

    html: str
    """With URLs that are still symbolic."""
    uses: frozenset[str]
    """The parts of the theme that it needs for them."""


def with_images(html: str, document: Document, read: ReadFacet) -> ShownImages:
    """The HTML of the body of a document, with the attributes, copies and links of its images.

    All but the first are loaded when a reader comes near.
    """
    images = {image.link: image for image in document.rendered.images}
    if not images:
        return ShownImages(html, frozenset())
    pictures = dict(_pictures(document, read))
    first, uses = next(iter(images)), set()

    def shown(found: re.Match[str]) -> str:
        link = int(found["link"])
        if link not in pictures:
            return found[0]
        url, picture = pictures[link]
        above = html[: found.start()]
        room = WIDE if _IN_FIGURE.search(above[-500:]) else COLUMN
        tag = _light(found[0], link, url, picture)
        if above.rfind("<picture") > above.rfind("</picture"):
            return size_html(tag, picture)
        tag = image_html(tag, url, picture, room=room, is_lazy=link != first)
        if not (images[link].can_zoom and is_reduced(picture, found[0])):
            return tag
        uses.add(ZOOM)
        return LINK_TO_FILE.format(placeholder(link), placeholder("close"), tag)

    return ShownImages(IMAGE_TAG.sub(shown, html), frozenset(uses))


def with_sizes(html: str, document: Document, read: ReadFacet) -> str:
    """The HTML of the body of a document as feeds have it: each image with its size, as a file that
    every reader can show."""
    if not document.rendered.images:
        return html
    pictures = dict(_pictures(document, read))

    def sized(found: re.Match[str]) -> str:
        link = int(found["link"])
        if link not in pictures:
            return found[0]
        url, picture = pictures[link]
        return size_html(_light(found[0], link, f"{read('site:origin')}{url}", picture), picture)

    return IMAGE_TAG.sub(sized, html)


def image_urls(document: Document, read: ReadFacet) -> Iterator[tuple[Link, str]]:
    """The links of the images of a document, each with the URL of its file."""
    for image in document.rendered.images:
        link = document.rendered.links[image.link]
        yield link, split_href(url_of_link(link.href, document.source.path, read))[0]


def _pictures(document: Document, read: ReadFacet) -> Iterator[tuple[int, tuple[str, Picture]]]:
    """Each image of a document that is a file of the site, by the index of its link."""
    urls = (url for _, url in image_urls(document, read))
    for image, url in zip(document.rendered.images, urls, strict=True):
        picture: Picture | None = read(f"image:{url}")
        if picture:
            yield image.link, (url, picture)


def _light(tag: str, link: int, url: str, picture: Picture) -> str:
    """The tag with the copy in place of the file that is lighter, where there is one."""
    copy = stand_in(picture)
    new = f'"{escape(url + copy.name)}"' if copy else ""
    return tag.replace(f'"{placeholder(link)}"', new, 1) if copy else tag
