"""Icons as they are decoded; what is on them is for eyes."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest

from sitegen.drawing.icon import as_ico, draw_icon
from sitegen.drawing.library import DrawingError
from tests.conftest import ROOT

pyvips = pytest.importorskip("pyvips")

MARK = (ROOT / "sitegen/theme/static/favicon.svg").read_bytes()
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'
WIDE = SQUARE.replace(b'viewBox="0 0 9 9"', b'viewBox="0 0 18 9"')


def decoded(data: bytes) -> Any:  # noqa: ANN401 (Pyvips has no types)
    return pyvips.Image.new_from_buffer(data, "")


def png(width: int, height: int, bands: int = 3) -> bytes:
    data: bytes = (
        (pyvips.Image.black(width, height, bands=bands) + 200).cast("uchar").pngsave_buffer()
    )
    return data


@pytest.mark.parametrize("picture", [MARK, SQUARE, WIDE, png(7, 900), png(600, 600, 1)])
@pytest.mark.parametrize(("size", "ground"), [(32, ""), (180, "#fbfaf7")])
def test_an_icon_is_a_square_of_its_size(picture: bytes, size: int, ground: str) -> None:
    found = decoded(draw_icon(picture, size, 0.8, ground))
    assert (found.width, found.height) == (size, size)
    assert found.hasalpha() is not bool(ground)
    assert draw_icon(picture, size, 0.8, ground) == draw_icon(picture, size, 0.8, ground)


@pytest.mark.parametrize(("picture", "corner"), [(MARK, 255), (SQUARE, 0), (WIDE, 255)])
def test_the_ground_is_seen_unless_the_picture_fills_the_square(
    picture: bytes, corner: int
) -> None:
    assert decoded(draw_icon(picture, 100, 0.5, "white")).getpoint(2, 2)[0] == corner


def test_an_ico_file_holds_the_png_behind_a_directory() -> None:
    data = draw_icon(MARK, 32)
    ico = as_ico(data, 32)
    count, width, height, length, offset = struct.unpack("<4xH2B6xLL", ico[:22])
    assert (count, width, height) == (1, 32, 32)
    assert ico[offset : offset + length] == data


BOMB = (
    io.BytesIO(png(1, 1))
    .getvalue()
    .replace(struct.pack(">LL", 1, 1), struct.pack(">LL", 90_000, 90_000), 1)
)


@pytest.mark.parametrize(
    "picture",
    [b"", b"no picture", MARK[:40], png(9, 9)[:60], BOMB],
    ids=["empty", "text", "svg", "png", "bomb"],
)
def test_what_is_no_picture_is_an_error(picture: bytes) -> None:
    with pytest.raises(DrawingError, match=r"\w+"):
        draw_icon(picture, 32)


def test_a_picture_reads_no_other_file() -> None:
    """An SVG can name others, which could be those of the machine that builds the site."""
    own = f'<image href="file://{ROOT}/sitegen/theme/static/favicon.svg" width="9" height="9"/>'
    found = decoded(draw_icon(SQUARE.replace(b'<path d="M0 0h9v9H0z"/>', own.encode()), 32))
    assert found[3].max() == 0
