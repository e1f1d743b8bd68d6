"""Images of documents, as their pages show them."""

from __future__ import annotations

from sitegen.model.document import Anchors, Image, Rendered
from sitegen.site.images import with_images

TAG = '<img src="\0000\0" alt="a" />'


def test_image_that_is_alone_leads_to_its_file() -> None:
    rendered = Rendered("", None, (), (), Anchors(), "", 0, images=(Image(0, can_zoom=True),))
    link = '<a class="zoom" href="\0000\0" data-close="\0close\0">'
    assert with_images(f"<p>{TAG}</p>", rendered) == f"<p>{link}{TAG}</a></p>"
