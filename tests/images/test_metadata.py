"""Images without metadata: nothing of it is left, and what is seen is the same."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from sitegen.images.exif import ORIENTATION
from sitegen.images.metadata import without_metadata

PLACE, SECRET = 0x8825, "Rue de la Paix"
"""The table of Exif data with the place, and what nobody is to read."""


def exif(turned: int) -> Image.Exif:
    found = Image.Exif()
    found[ORIENTATION], found[0x010E] = turned, SECRET
    found.get_ifd(PLACE).update({1: "N", 2: (48.0, 8.0, 1.0)})
    return found


def texts() -> PngImagePlugin.PngInfo:
    found = PngImagePlugin.PngInfo()
    found.add_text("Comment", SECRET)
    found.add_itxt("XML:com.adobe.xmp", SECRET, zip=True)
    return found


XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{SECRET}</x:xmpmeta>".encode()
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"comment": SECRET, "xmp": XMP},
    "PNG": {"pnginfo": texts()},
    "WebP": {"xmp": XMP, "lossless": True},
    "AVIF": {"xmp": XMP, "speed": 10},
}


def image(form: str, turned: int, **options: Any) -> bytes:  # noqa: ANN401 (Pillow's)
    file = BytesIO()
    picture = Image.linear_gradient("L").resize((48, 32)).convert("RGB")
    picture.save(file, form, exif=exif(turned), **OPTIONS[form], **options)
    return file.getvalue()


@pytest.mark.parametrize("turned", [1, 6])
@pytest.mark.parametrize("form", OPTIONS)
def test_nothing_is_left_but_what_is_seen(form: str, turned: int) -> None:
    before = image(form, turned)
    after = without_metadata(before)
    assert SECRET.encode() in before
    assert SECRET.encode() not in after
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert new.tobytes() == old.tobytes()
        kept = {} if turned == 1 or form == "WebP" else {ORIENTATION: turned}
        assert dict(new.getexif()) == kept
        assert not {"comment", "xmp", "Comment"} & new.info.keys()
    assert without_metadata(after) is after


def test_several_scans_are_one_image_and_what_is_behind_it_goes() -> None:
    """As of a telephone, which puts a film behind its photographs."""
    before = image("JPEG", 1, progressive=True)
    after = without_metadata(before + SECRET.encode())
    assert SECRET.encode() not in after
    with Image.open(BytesIO(before)) as old, Image.open(BytesIO(after)) as new:
        assert new.tobytes() == old.tobytes()


def test_profile_of_colours_stays() -> None:
    with Image.open(BytesIO(without_metadata(image("JPEG", 1, icc_profile=b"profile")))) as new:
        assert new.info["icc_profile"] == b"profile"


@given(st.sampled_from(sorted(OPTIONS)), st.data())
def test_damaged_image_is_left_as_it_is_or_read_to_its_end(form: str, data: st.DataObject) -> None:
    whole = bytearray(image(form, 6))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(whole)))
    assert isinstance(without_metadata(bytes(whole[:end])), bytes)


@pytest.mark.parametrize("data", [b"", b"text", b"GIF89a\x01\0\x01\0\0\0\0;", b"<svg/>"])
def test_other_files_are_left_as_they_are(data: bytes) -> None:
    assert without_metadata(data) is data


def test_metadata_in_the_bytes_of_a_picture_stays_with_them() -> None:
    """A file in which both are at one place would lose its picture."""
    whole = image("AVIF", 1)
    first = whole.index(b"mdat") + 4
    place = first.to_bytes(4, "big")
    assert whole.count(place) == 1
    shared = whole.replace(place, (first + 100).to_bytes(4, "big"))
    assert without_metadata(shared) is shared
