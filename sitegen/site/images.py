"""Images of documents as their pages show them: what only the file of one can tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sitegen.model.document import IMAGE_TAG, Image, Rendered, placeholder

LINK_TO_FILE = '<a class="zoom" href="{}" data-close="{}">{}</a>'


def with_images(html: str, rendered: Rendered) -> str:
    """The HTML of a body, its URLs still symbolic, with its images as pages show them."""
    if not rendered.images:
        return html
    images: Mapping[int, Image] = {image.link: image for image in rendered.images}

    def shown(tag: re.Match[str]) -> str:
        image = images.get(int(tag["link"]))
        if image is None or not image.can_zoom:
            return tag[0]
        return LINK_TO_FILE.format(placeholder(image.link), placeholder("close"), tag[0])

    return IMAGE_TAG.sub(shown, html)
