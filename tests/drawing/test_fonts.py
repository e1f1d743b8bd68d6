"""The fonts that cards are drawn with."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.drawing.fonts import CONFIGURATION, fonts_of_machine, is_covered, own_environment


def characters(font: Path) -> Iterator[int]:
    """The code points of a TrueType font, by its `cmap` of format 4 (OpenType 1.9, cmap)."""
    data = font.read_bytes()
    tables = (struct.unpack(">4s4xL4x", data[at : at + 16]) for at in range(12, 12 + 16 * 40, 16))
    start = next(offset for tag, offset in tables if tag == b"cmap")
    count = struct.unpack(">H", data[start + 2 : start + 4])[0]
    records = (
        struct.unpack(">HHL", data[at : at + 8])
        for at in range(start + 4, start + 4 + 8 * count, 8)
    )
    at = start + next(
        offset for platform, encoding, offset in records if (platform, encoding) == (3, 1)
    )
    assert data[at : at + 2] == b"\0\4"
    segments = struct.unpack(">H", data[at + 6 : at + 8])[0] // 2
    ends = struct.unpack(f">{segments}H", data[at + 14 : at + 14 + 2 * segments])
    starts = struct.unpack(f">{segments}H", data[at + 16 + 2 * segments : at + 16 + 4 * segments])
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, last + 1)


def covered(family: str) -> set[int]:
    return {c for file in CONFIGURATION.parent.glob(f"{family}-*.ttf") for c in characters(file)}


def test_what_is_said_to_be_covered_is_in_the_fonts_of_sitegen() -> None:
    """Else a card would depend on fonts of the machine without that being known."""
    serif, mono = covered("serif"), covered("mono")
    every = range(0x2400)
    assert {c for c in every if is_covered(chr(c), ())} <= serif
    assert {c for c in every if is_covered("", (chr(c),))} <= mono


@pytest.mark.parametrize("text", ["Größe – „so“ · 2 €", "Маленький парсер", "Một tiêu đề"])
def test_titles_of_latin_and_cyrillic_need_no_other_fonts(text: str) -> None:
    assert is_covered(text, ("20 June 2026 · 2 min read",))
    assert not is_covered("字", ())


def test_the_environment_is_as_it_was_once_the_libraries_have_begun(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What sitegen starts, such as git or a post-build command, has its fonts as ever."""
    monkeypatch.setenv("FC_LANG", "ja")
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    with own_environment():
        assert os.environ["FONTCONFIG_FILE"] == str(CONFIGURATION)
    assert os.environ["FC_LANG"] == "ja"
    assert "FONTCONFIG_FILE" not in os.environ


def test_a_new_font_of_the_machine_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    before = fonts_of_machine()
    (tmp_path / ".fonts").mkdir()
    (tmp_path / ".fonts/new.ttf").write_bytes(b"font")
    assert fonts_of_machine() != before
