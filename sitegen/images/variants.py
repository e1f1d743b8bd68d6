"""Smaller copies of an image in formats that weigh less, made with Pillow.

Pillow reads a file only as the format that its head has shown, and at most so many pixels, since a
file of some kilobytes can hold gigabytes of them. What is made has no metadata: no place,
no camera; the orientation is applied, and a profile of colours stays if it is small and not sRGB,
which is what browsers take for granted (CSS Color 4, §10.2). The same file gives the same bytes:
every encoder runs in one thread.

A photo becomes WebP and, where that is lighter, AVIF; and a JPEG stands in for one that is larger
than the largest copy. A drawing, such as a screenshot, has few colours, whose edges those formats
would blur: it becomes lossless WebP. No copy weighs more than the file, and none is made of what
moves or weighs next to nothing.
"""

from __future__ import annotations

import warnings
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.images.errors import ImageError

if TYPE_CHECKING:
    from PIL import Image

PIXELS = 64_000_000
"""The most that an image may have to be made smaller: what cameras take, and a bound of memory."""
MADE_OF = ("PNG", "JPEG", "WebP", "AVIF")
"""The formats that copies are made of; the others move or are drawings that fit any size."""
LIGHTEST = 4_096
"""Bytes of a file that is worth copies: to name them takes some 300 of each page."""
MOST_COLOURS = 4_096
"""The most that a drawing has, in a sample of it."""
SAMPLE = 512
"""Width and height of that, in pixels."""
BLUR = 16
"""Width and height of the image that is seen until the image is loaded, at most."""
LARGEST_BLUR = 400
"""Bytes of that, at most."""
LARGEST_PROFILE = 4_096
"""Bytes of a profile of colours that copies keep."""
ENCODERS: dict[str, dict[str, Any]] = {
    "AVIF": {"speed": 8, "max_threads": 1, "codec": "aom"},
    "WebP": {"method": 2},
    "JPEG": {"progressive": True, "optimize": True},
}
"""How each format is written: as fast as costs no more than a tenth in size."""


class Copy(NamedTuple):
    """A smaller copy of an image."""

    format: str
    width: int
    data: bytes


class Wanted(NamedTuple):
    """What copies to make."""

    widths: tuple[int, ...]
    """In pixels, from the smallest."""
    quality: int
    """1 to 100, as WebP has it."""
    formats: tuple[str, ...]


def copies_of(file: str, form: str, wanted: Wanted) -> tuple[tuple[Copy, ...], str]:
    """Copies of an image, and what is seen until it is loaded, as a `data:` URL or empty.

    Raises ImageError for a file that cannot be decoded, or holds too much.
    """
    if Path(file).stat().st_size < LIGHTEST:
        return (), ""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(file, formats=(form,)) as opened:
                if getattr(opened, "is_animated", False):
                    return (), ""
                return _copies(opened, wanted, Path(file).stat().st_size)
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise ImageError(str(error) or type(error).__name__) from error


def _copies(opened: Image.Image, wanted: Wanted, weight: int) -> tuple[tuple[Copy, ...], str]:
    """The copies of an image whose file has so many bytes, and its blur."""
    largest = max(wanted.widths)
    opened.draft("RGB", (largest, largest))
    image, profile = _seen(opened)
    is_photo = opened.format == "JPEG" or not _is_drawing(image)
    widths = _widths(image.width, wanted.widths)
    scaled = [_scaled(image, width) for width in widths]
    found: list[Copy] = []
    for form, options in _encoders(wanted, is_photo=is_photo):
        copies = [_copy(each, form, profile, options) for each in scaled]
        if len(copies[-1].data) < weight:
            weight = len(copies[-1].data)
            found += _lighter(copies)
    is_opaque = image.mode == "RGB"
    if is_photo and is_opaque and image.width > largest:
        options = ENCODERS["JPEG"] | {"quality": min(95, wanted.quality + 5)}
        found.append(_copy(scaled[-1], "JPEG", profile, options))
    return tuple(found), _blur(image) if is_photo and is_opaque else ""


def _seen(opened: Image.Image) -> tuple[Image.Image, bytes]:
    """The image as it is seen, in RGB or RGBA, and the profile of its colours if it needs one."""
    from PIL import ImageOps

    opened.load()
    image = opened
    if opened.format != "WEBP":  # which browsers do not turn
        image = ImageOps.exif_transpose(opened)
    profile = image.info.get("icc_profile") or b""
    is_plain = image.mode in ("RGB", "RGBA")
    if profile and not (is_plain and len(profile) <= LARGEST_PROFILE):
        image, profile = _in_srgb(image, profile), b""
    has_alpha = image.has_transparency_data
    image = image.convert("RGBA" if has_alpha else "RGB")
    image.info.clear()  # of which an encoder would write the comment
    return image, b"" if b"sRGB" in profile or _has_wide("sRGB", profile) else profile


def _has_wide(name: str, profile: bytes) -> bool:
    """Whether a profile has a name in UTF-16, as those of version 4 do (ICC.1:2022, §10.15)."""
    return name.encode("utf-16-be") in profile


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The image with colours as browsers take them for granted, as far as its profile is one."""
    from PIL import ImageCms

    mode = "RGB" if image.mode in ("CMYK", "RGB", "L") else None
    if mode is None:
        return image
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except ImageCms.PyCMSError:
        return image
    return converted or image


def _is_drawing(image: Image.Image) -> bool:
    """Whether a sample of its pixels has few colours."""
    from PIL import Image

    size = min(image.width, SAMPLE), min(image.height, SAMPLE)
    sample = image.resize(size, Image.Resampling.NEAREST)
    return sample.getcolors(MOST_COLOURS) is not None


def _widths(width: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """The widths that are smaller than the image, and its own if it is none of the larger ones."""
    smaller = tuple(each for each in sorted(set(wanted)) if each < width)
    return smaller if len(smaller) == len(set(wanted)) else (*smaller, width)


def _scaled(image: Image.Image, width: int) -> Image.Image:
    from PIL import Image

    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _encoders(wanted: Wanted, *, is_photo: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """The formats of copies, each with its options: last the one that has to be the lightest."""
    for form in sorted(wanted.formats, reverse=True):
        options = ENCODERS[form]
        if is_photo:
            quality = wanted.quality if form == "WebP" else max(1, round(wanted.quality * 0.7))
            yield form, options | {"quality": quality}
        elif form == "WebP":
            yield form, {"lossless": True, "method": 4, "quality": 80}


def _copy(image: Image.Image, form: str, profile: bytes, options: dict[str, Any]) -> Copy:
    file = BytesIO()
    image.save(file, form, icc_profile=profile or None, exif=b"", **options)
    return Copy(form, image.width, file.getvalue())


def _lighter(copies: list[Copy]) -> Iterator[Copy]:
    """The copies of one format, but those that weigh no less than a larger one."""
    for number, copy in enumerate(copies):
        if all(len(copy.data) < len(larger.data) for larger in copies[number + 1 :]):
            yield copy


def _blur(image: Image.Image) -> str:
    small = image.copy()
    small.thumbnail((BLUR, BLUR))
    data = _copy(small, "WebP", b"", {"quality": 20, "method": 4}).data
    return f"data:image/webp;base64,{b64encode(data).decode()}" if len(data) < LARGEST_BLUR else ""
