"""What is wrong with a file that should be an image."""

from __future__ import annotations


class ImageError(Exception):
    """The file is no image that a browser could show; the text says why."""
