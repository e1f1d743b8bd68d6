"""What the name of a file promises of it."""

from __future__ import annotations

ENDINGS_OF = {
    "PNG": ("png", "apng"),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp"),
    "GIF": ("gif",),
    "WebP": ("webp",),
    "AVIF": ("avif",),
    "SVG": ("svg",),
}
"""The formats that all browsers show (`images.head`), and how the names of their files end."""

BY_ENDING = {ending: form for form, endings in ENDINGS_OF.items() for ending in endings}


def format_of_name(path: str) -> str | None:
    """The format that the name of a file promises; None for that of no image."""
    return BY_ENDING.get(path.rpartition(".")[2].lower())
