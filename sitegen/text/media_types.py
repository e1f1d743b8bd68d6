"""Media types of images, by how their files are called (IANA, "Media Types")."""

from __future__ import annotations

import re

IMAGE_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}


def image_type(url: str) -> str | None:
    """The media type of the image at a URL, as far as its path tells; else None."""
    path = re.split("[?#]", url, maxsplit=1)[0]
    return IMAGE_TYPES.get(path.rpartition(".")[2].lower())
