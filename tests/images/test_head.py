"""The sizes of images, against Pillow, which reads all of each; and of what is damaged."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sitegen.images.errors import ImageError
from sitegen.images.head import HEAD_SIZE, ImageHead, image_head


def saved(form: str, *, orientation: int = 1, **options: Any) -> bytes:  # noqa: ANN401
    """An image of 40 × 20 pixels in this format."""
    exif, file = Image.Exif(), BytesIO()
    exif[0x0112] = orientation
    if orientation > 1:
        options["exif"] = exif.tobytes()
    mode = "RGBA" if options.pop("alpha", False) else "RGB"
    Image.new(mode, (40, 20), "teal").save(file, form, **options)
    return file.getvalue()


SAVED = {
    "PNG": saved("PNG"),
    "JPEG": saved("JPEG"),
    "progressive": saved("JPEG", progressive=True),
    "GIF": saved("GIF"),
    "lossy": saved("WebP"),
    "lossless": saved("WebP", lossless=True),
    "extended": saved("WebP", alpha=True),
    "AVIF": saved("AVIF"),
    "SVG": b'<?xml version="1.0"?><!-- a --><svg width="40" height="20">',
}


@pytest.mark.parametrize("name", SAVED)
def test_size_is_that_of_the_image(name: str) -> None:
    assert image_head(SAVED[name]).size == (40, 20)


@pytest.mark.parametrize(("form", "turned"), [*product(("JPEG", "PNG", "AVIF"), range(1, 9))])
def test_size_is_as_browsers_turn_the_image(form: str, turned: int) -> None:
    size = (20, 40) if turned > 4 else (40, 20)
    assert image_head(saved(form, orientation=turned)).size == size


def test_size_is_found_behind_a_large_profile() -> None:
    file = BytesIO()
    Image.new("RGB", (40, 20)).save(file, "JPEG", icc_profile=bytes(700_000))
    assert image_head(file.getvalue()[:HEAD_SIZE]).size == (40, 20)


@pytest.mark.parametrize(
    ("written", "size"),
    [
        ('width="40" height="20px"', (40, 20)),
        ("width='1in' height='2.5cm'", (96, 94)),
        ('viewBox="0 0 40 20"', (40, 20)),
        ('viewBox="0,0,40,20" width="80"', (80, 40)),
        ('viewBox="0 0 40 20" width="100%" height="10"', (20, 10)),
        ('width="50%" height="20"', None),
        ('width="1e99" height="1e99"', None),
        ('viewBox="0 0 0 0"', None),
        ("", None),
    ],
)
def test_size_of_a_drawing_is_what_it_says(written: str, size: tuple[int, int] | None) -> None:
    text = f'<!DOCTYPE svg [ <!ENTITY a "b>"> ]>\n<svg {written}\n xmlns="x"/>'
    assert image_head(text.encode("utf-16")) == ImageHead("SVG", size)


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"<html>", b"<svg", b"\xff\xd8\xff\xe0\0\1", b"GIF89a", b"\0\0\0\x0cftypavif"],
)
def test_other_bytes_are_no_image(data: bytes) -> None:
    with pytest.raises(ImageError):
        image_head(data)


@given(st.sampled_from(list(SAVED.values())), st.integers(0, 600), st.binary(max_size=9))
@settings(max_examples=300, deadline=None)
def test_damaged_image_is_read_or_refused(data: bytes, at: int, bytes_there: bytes) -> None:
    for damaged in (data[:at], data[:at] + bytes_there + data[at + len(bytes_there) :]):
        try:
            size = image_head(damaged).size
        except ImageError:
            continue
        assert size is None or all(length > 0 for length in size)
