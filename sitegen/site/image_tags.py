"""The HTML of an image whose file is known: its size, its smaller copies, when it is loaded.

HTML §4.8.1 to §4.8.4. What the author of a tag has written stays as it is.
"""

from __future__ import annotations

import re
from html import escape

from sitegen.model.picture import Picture, Variant

COLUMN, WIDE = 608, 800
"""The widths of the text and of a figure in the theme, in CSS pixels."""
MEDIA_TYPES = {"AVIF": "image/avif", "WebP": "image/webp"}

_GIVEN = re.compile(
    r"""\s(width|height|loading|decoding|srcset|style)\s*=\s*"""
    r"""(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""",
    re.IGNORECASE,
)

TagAttributes = dict[str, str]
"""What an author has written in a tag, of the attributes that are added here."""


def written_in(tag: str) -> TagAttributes:
    return {name.lower(): "".join(values) for name, *values in _GIVEN.findall(tag)}


def image_html(tag: str, url: str, picture: Picture, *, room: int, is_lazy: bool) -> str:
    """A tag as a page shows it, where there is room for so many CSS pixels.

    `url` is that of the file. Where the tag has images of its own to choose from, it gets none.
    """
    given = written_in(tag)
    added = size_of(picture, given) | ({"loading": "lazy"} if is_lazy else {})
    added["decoding"] = "async"
    if picture.blur and "srcset" not in given:
        added["style"] = f"background: url({picture.blur}) center / cover"
    html = _with(tag, added, given)
    return (
        html
        if "srcset" in given
        else _with_sources(html, url, picture, _width(picture, given, room))
    )


def picture_html(url: str, alt: str, picture: Picture | None, *, room: int) -> str:
    """An image of a page that is no part of its text, where there is room for so many CSS pixels.

    It is one of the first things to be seen, so it is loaded at once.
    """
    copy = stand_in(picture) if picture else None
    tag = f'<img src="{escape(url + copy.name if copy else url)}" alt="{escape(alt)}">'
    return image_html(tag, url, picture, room=room, is_lazy=False) if picture else tag


def size_html(tag: str, picture: Picture) -> str:
    """A tag with the size of its image, and nothing else."""
    given = written_in(tag)
    return _with(tag, size_of(picture, given), given)


def size_of(picture: Picture, given: TagAttributes) -> dict[str, str]:
    """Width and height; where one of them is given, the other in proportion to it."""
    if picture.size is None:
        return {}
    width, height = picture.size
    written = {name: given.get(name, "") for name in ("width", "height")}
    if "height" not in given and written["width"].isdecimal():
        return {"height": str(round(int(written["width"]) * height / width))}
    if "width" not in given and written["height"].isdecimal():
        return {"width": str(round(int(written["height"]) * width / height))}
    return {} if any(written.values()) else {"width": str(width), "height": str(height)}


def stand_in(picture: Picture) -> Variant | None:
    """The copy that every browser and feed reader can show, and that weighs less than the file."""
    return next((it for it in picture.variants if it.format not in MEDIA_TYPES), None)


def is_reduced(picture: Picture, tag: str) -> bool:
    """Whether an image is seen smaller than it is."""
    return picture.size is not None and picture.size[0] > _width(picture, written_in(tag), COLUMN)


def _with(tag: str, added: dict[str, str], given: TagAttributes) -> str:
    new = "".join(f' {name}="{value}"' for name, value in added.items() if name not in given)
    return f"<img{new}{tag[len('<img') :]}"


def _width(picture: Picture, given: TagAttributes, room: int) -> int:
    """How wide an image is seen at most, in CSS pixels."""
    width = given.get("width", "")
    natural = picture.size[0] if picture.size else room
    return min(room, int(width) if width.isdecimal() else natural)


def _with_sources(tag: str, url: str, picture: Picture, width: int) -> str:
    """The tag among its smaller copies, those first that weigh least."""
    formats = {it.format: it for it in picture.variants if it.format in MEDIA_TYPES}
    if not formats:
        return tag
    sizes = f'sizes="(min-width: {width + 40}px) {width}px, 100vw"'
    sources = (
        f'<source type="{MEDIA_TYPES[form]}" srcset="{_srcset(form, url, picture)}" {sizes}>'
        for form in sorted(formats, key=lambda form: (formats[form].weight, form))
    )
    return f"<picture>{''.join(sources)}{tag}</picture>"


def _srcset(form: str, url: str, picture: Picture) -> str:
    copies = (it for it in picture.variants if it.format == form)
    return ", ".join(f"{escape(url + it.name)} {it.width}w" for it in copies)
