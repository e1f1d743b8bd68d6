"""GIF (Graphics Interchange Format 89a, §18: the logical screen)."""

from __future__ import annotations

from sitegen.images.data import little

GIF_SIGNATURES = (b"GIF87a", b"GIF89a")


def gif_size(data: bytes) -> tuple[int, int]:
    """Width and height of the screen that all frames are drawn on. Raises ImageError."""
    return little(data, 6, 2), little(data, 8, 2)
