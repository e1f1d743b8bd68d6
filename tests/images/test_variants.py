"""Smaller copies of images, opened again with Pillow: what is in them, and what is not."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PIL import Image, ImageCms

from sitegen.images.errors import ImageError
from sitegen.images.variants import LIGHTEST, Copy, Wanted, copies_of

WANTED = Wanted((60, 120), 75, ("AVIF", "WebP"))
PLACE = 0x8825
"""The table of Exif data that says where a photograph was taken."""


def photo(width: int = 240, height: int = 160) -> Image.Image:
    """An image with as many colours as a photograph."""
    colours = Random(1).randbytes(3 * 12 * 8)
    small = Image.frombytes("RGB", (12, 8), colours)
    noise = Image.effect_noise((width, height), 60).convert("RGB")
    return Image.blend(small.resize((width, height), Image.Resampling.BICUBIC), noise, 0.3)


def drawing() -> Image.Image:
    image = Image.new("RGB", (240, 160), "white")
    image.paste("navy", (20, 20, 100, 140))
    return image


def made(path: Path, image: Image.Image, form: str, **options: Any) -> tuple[Copy, ...]:  # noqa: ANN401
    image.save(path, form, **options)
    return copies_of(str(path), form, WANTED)[0]


def kinds(copies: tuple[Copy, ...]) -> list[tuple[str, int]]:
    return [(copy.format, copy.width) for copy in copies]


def opened(copy: Copy) -> Image.Image:
    return Image.open(BytesIO(copy.data))


def test_photo_has_lighter_copies_and_a_jpeg_in_place_of_itself(tmp_path: Path) -> None:
    copies = made(tmp_path / "a", photo(), "JPEG", quality=95)
    both = [(form, width) for form in ("WebP", "AVIF") for width in (60, 120)]
    assert kinds(copies) == [*both, ("JPEG", 120)]
    assert [opened(copy).size for copy in copies] == [(w, w * 2 // 3) for _, w in kinds(copies)]
    assert max(len(copy.data) for copy in copies) < (tmp_path / "a").stat().st_size


def test_copies_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    copies = made(tmp_path / "a", photo(), "JPEG")
    assert copies == copies_of(str(tmp_path / "a"), "JPEG", WANTED)[0]


def test_drawing_keeps_every_pixel(tmp_path: Path) -> None:
    wanted = Wanted((60, 240), 75, ("AVIF", "WebP"))
    drawing().save(tmp_path / "a", "PNG", compress_level=0)
    copies, blur = copies_of(str(tmp_path / "a"), "PNG", wanted)
    assert (kinds(copies)[-1], blur) == (("WebP", 240), "")
    assert opened(copies[-1]).convert("RGB").tobytes() == drawing().tobytes()


def test_nothing_weighs_more_than_the_file(tmp_path: Path) -> None:
    photo(1_200, 800).save(tmp_path / "a", "WebP", quality=1)
    assert (tmp_path / "a").stat().st_size > LIGHTEST
    assert copies_of(str(tmp_path / "a"), "WebP", Wanted((2_000,), 75, ("WebP",)))[0] == ()


def test_file_that_weighs_next_to_nothing_is_left_alone(tmp_path: Path) -> None:
    assert made(tmp_path / "a", drawing(), "PNG") == ()


def test_small_image_is_not_made_larger(tmp_path: Path) -> None:
    copies = made(tmp_path / "a", photo(90, 60), "JPEG", quality=100)
    assert {width for _, width in kinds(copies)} == {60, 90}


def test_place_and_camera_are_gone_and_the_image_is_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = 6, "Camera"
    exif.get_ifd(PLACE).update({1: "N", 2: (48.0, 8.0, 1.0)})
    copies = made(tmp_path / "a", photo(), "JPEG", exif=exif, quality=95, comment="home")
    for copy in copies:
        image = opened(copy)
        assert image.height > image.width
        assert not dict(image.getexif())
        assert not {"exif", "xmp", "comment"} & image.info.keys()


def test_blur_is_small_and_only_behind_what_is_opaque(tmp_path: Path) -> None:
    photo().save(tmp_path / "a", "PNG")
    assert 50 < len(copies_of(str(tmp_path / "a"), "PNG", WANTED)[1]) < 500
    clear = photo().convert("RGBA")
    clear.putpixel((0, 0), (0, 0, 0, 0))
    clear.save(tmp_path / "a", "PNG")
    copies, blur = copies_of(str(tmp_path / "a"), "PNG", WANTED)
    assert blur == ""
    assert {opened(copy).mode for copy in copies} == {"RGBA"}


def test_profile_stays_only_where_it_says_more_than_browsers_know(tmp_path: Path) -> None:
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    copies = made(tmp_path / "a", photo(), "JPEG", icc_profile=plain)
    assert not any("icc_profile" in opened(copy).info for copy in copies)
    other = plain.replace("sRGB".encode("utf-16-be"), "Wide".encode("utf-16-be"))
    copies = made(tmp_path / "a", photo(), "JPEG", icc_profile=other)
    assert all(opened(copy).info["icc_profile"] == other for copy in copies)


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "I;16", "1", "LA"])
def test_every_kind_of_pixel_is_understood(mode: str, tmp_path: Path) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = photo().convert("L").convert("I").convert("I;16") if mode == "I;16" else photo()
    image.convert(mode).save(tmp_path / "a", form)
    copies, _ = copies_of(str(tmp_path / "a"), form, WANTED)
    assert all(opened(copy).mode in ("RGB", "RGBA") for copy in copies)


@pytest.mark.parametrize("form", ["WebP", "PNG", "AVIF"])
def test_what_moves_is_left_alone(form: str, tmp_path: Path) -> None:
    frames = [photo(), photo().rotate(180)]
    assert made(tmp_path / "a", frames[0], form, save_all=True, append_images=frames[1:]) == ()


def bomb(path: Path) -> None:
    """A PNG of 100 million pixels in some kilobytes; its head is changed to say it has few."""
    Image.new("1", (10_000, 10_000)).save(path, "PNG")


def cut_off(path: Path) -> None:
    photo().save(path, "PNG")
    path.write_bytes(path.read_bytes()[:-20_000])


def wrong_sum(path: Path) -> None:
    photo().save(path, "PNG")
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)


def endless_text(path: Path) -> None:
    """A PNG with a text of 100 MB in 100 kB, which Pillow refuses."""
    photo().save(path, "PNG")
    data = path.read_bytes()
    body = b"zTXtComment\0\0" + zlib.compress(bytes(100_000_000))
    chunk = (len(body) - 4).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")
    path.write_bytes(data[:33] + chunk + data[33:])


def another_format(path: Path) -> None:
    photo().save(path, "TIFF")


@pytest.mark.parametrize("hostile", [bomb, cut_off, wrong_sum, endless_text, another_format])
def test_hostile_file_is_refused(hostile: Callable[[Path], None], tmp_path: Path) -> None:
    hostile(tmp_path / "a")
    with pytest.raises(ImageError):
        copies_of(str(tmp_path / "a"), "PNG", WANTED)


@pytest.mark.parametrize("form", ["JPEG", "WebP", "AVIF"])
def test_file_that_is_cut_off_is_refused(form: str, tmp_path: Path) -> None:
    photo().save(tmp_path / "a", form)
    data = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(data[: len(data) // 2])
    with pytest.raises(ImageError):
        copies_of(str(tmp_path / "a"), form, WANTED)
