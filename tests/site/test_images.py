"""Images of documents, as their pages show them and as feeds have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.model.document import Document, Image
from sitegen.model.picture import Picture
from sitegen.site.images import with_images, with_sizes
from sitegen.site.links import ReadFacet
from tests.documents import document, facets_of

PHOTO = Picture("JPEG", (1200, 800))


def shown(tag: str, picture: Picture | None = PHOTO, *, can_zoom: bool = False) -> str:
    """A tag as the only image of a page."""
    images = (Image(0, can_zoom),)
    return with_images(tag, showing(images), reading(picture)).html


def showing(images: tuple[Image, ...]) -> Document:
    plain = document(links=tuple(f"/{number}.jpg" for number in range(len(images))))
    return replace(plain, rendered=replace(plain.rendered, images=images))


def reading(picture: Picture | None) -> ReadFacet:
    facets = dict(facets_of(document()))
    return lambda name: picture if name.startswith("image:") else facets.get(name)


@pytest.mark.parametrize(
    ("written", "added"),
    [
        ("", 'width="1200" height="800" decoding="async"'),
        (' width="300"', 'height="200" decoding="async"'),
        (" height='200'", 'width="300" decoding="async"'),
        (' width="50%" decoding=sync', ""),
        (' width="10" height="10" LOADING="lazy"', 'decoding="async"'),
    ],
)
def test_what_an_author_has_written_of_an_image_stays(written: str, added: str) -> None:
    tag = f'src="\0000\0" alt="a"{written}>'
    assert shown(f"<img {tag}") == f"<img {added} {tag}".replace("  ", " ")


def test_all_images_but_the_first_are_loaded_late() -> None:
    html = "".join(f'<img src="\0{number}\0">' for number in range(3))
    images = tuple(Image(number, can_zoom=False) for number in range(3))
    found = with_images(html, showing(images), reading(PHOTO)).html
    assert [part.count('loading="lazy"') for part in found.split("<img")[1:]] == [0, 1, 1]


def test_image_of_unknown_size_or_of_another_site_has_none() -> None:
    tag = '<img src="\0000\0">'
    assert shown(tag, Picture("SVG", None)) == '<img decoding="async" src="\0000\0">'
    assert shown(tag, None) == tag


@pytest.mark.parametrize(
    ("width", "written", "leads"),
    [(1200, "", True), (608, "", False), (608, ' width="300"', True), (200, ' width="300"', False)],
)
def test_image_leads_to_its_file_where_it_is_seen_reduced(
    width: int, written: str, leads: bool
) -> None:
    picture, images = Picture("PNG", (width, 100)), (Image(0, can_zoom=True),)
    html = f'<img src="\0000\0"{written}>'
    found = with_images(html, showing(images), reading(picture))
    start = '<a class="zoom" href="\0000\0" data-close="\0close\0"><img '
    assert found.html.startswith(start) is leads
    assert found.uses == ({"zoom"} if leads else set())


def test_feed_has_the_sizes_of_images_and_nothing_else() -> None:
    images = (Image(0, can_zoom=True),)
    found = with_sizes('<p><img src="\0000\0">', showing(images), reading(PHOTO))
    assert found == '<p><img width="1200" height="800" src="\0000\0">'
