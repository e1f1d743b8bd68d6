"""What pages need to know of an image file to show it."""

from __future__ import annotations

from sitegen.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Variant:
    """A smaller copy of an image file."""

    name: str
    """What is put behind the name of the file, for its own: `.800.avif`."""
    format: str
    width: int
    weight: int
    """In bytes."""
    digest: bytes
    """Of its bytes."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file of the site."""

    format: str
    size: tuple[int, int] | None
    """Width and height in pixels, as they are seen; None where it fits any, as some SVG do."""
    variants: tuple[Variant, ...] = ()
    """Of each format from the smallest."""
    blur: str = ""
    """A `data:` URL of what is seen until the image is loaded; empty for nothing."""
    key: str = ""
    """The name of the folder of its variants in the store."""
