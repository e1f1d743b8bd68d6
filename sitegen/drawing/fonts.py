"""The fonts of social cards: those that sitegen brings, and those of the machine for other scripts.

All of them are named in `fonts/fonts.conf`. How a machine is configured decides about nothing, so a
card whose letters are all in the fonts of sitegen is the same on every machine.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sitegen.model.digest import digest, digest_of_bytes

SERIF = (
    "Sitegen Serif,Noto Serif,Noto Naskh Arabic,Noto Serif Hebrew,Noto Serif Devanagari,"
    "Noto Serif Bengali,Noto Serif Tamil,Noto Serif Thai"
)
MONO = "Sitegen Mono,Noto Sans Mono,DejaVu Sans Mono,Noto Sans"
"""First Literata at weight 700, and Atkinson Hyperlegible Mono: renamed, or another version of them
could be taken, which the machine has. Then what suits them of other fonts, where there are any."""
CONFIGURATION = Path(__file__).parent / "fonts/fonts.conf"
_ENVIRONMENT: Mapping[str, str] = {
    "FONTCONFIG_FILE": str(CONFIGURATION),
    # The language of the user has no say in which font a letter is taken from.
    "FC_LANG": "en",
    "PANGO_LANGUAGE": "en",
    "VIPS_CONCURRENCY": "1",  # cards are drawn in as many processes as there is work for
}
"""What the libraries read when they begin, and never again."""
OTHER_FOLDER = re.compile(r"<dir>(.+)</dir>")
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".otc", ".pfb", ".woff", ".woff2")

_IN_SERIF = re.compile(
    "[\u0020-\u007e\u00a0-\u017e\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u0401-\u044f\u0451-\u045f\u0490\u0491\u1ea0-\u1ef9\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2022\u2026\u2039\u203a\u20ac\u2122\u2191\u2193\u2212]*"
)
_IN_MONO = re.compile(
    "[\u0020-\u007e\u00a0-\u00ac\u00ae-\u00b4\u00b6-\u0107\u010c-\u0113\u0116-\u011b\u011e-\u0123"
    "\u012a\u012b\u012e-\u0131\u0139-\u013e\u0141-\u0148\u0150-\u0155\u0158-\u015b\u015e-\u0165"
    "\u016a\u016b\u016e-\u017e\u0218-\u021b\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026"
    "\u2039\u203a\u20ac\u2122\u2212]*"
)
"""Texts of letters that the two fonts have."""


def is_covered(title: str, others: Iterable[str]) -> bool:
    """Whether a title and the other texts of a card need no fonts but those of sitegen."""
    return bool(_IN_SERIF.fullmatch(title)) and all(map(_IN_MONO.fullmatch, others))


def fonts_of_sitegen() -> bytes:
    """The digest of the fonts that sitegen brings, and of how they are configured."""
    files = (CONFIGURATION, *sorted(CONFIGURATION.parent.glob("*.ttf")))
    return digest_of_bytes(*(file.read_bytes() for file in files))


def fonts_of_machine() -> bytes:
    """The digest of all font files of the machine: their names and sizes. 2 ms for 300 of them."""
    return digest(tuple(sorted(_font_files())))


def _font_files() -> Iterator[tuple[str, int]]:
    for named in OTHER_FOLDER.findall(CONFIGURATION.read_text("utf-8")):
        for folder, _, names in os.walk(os.path.expanduser(named)):  # noqa: PTH111 (a text)
            for name in names:
                if name.lower().endswith(FONT_ENDINGS):
                    path = f"{folder}/{name}"
                    yield path, _size(path)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116 (there may be thousands)
    except OSError:
        return 0


@contextmanager
def own_environment() -> Iterator[None]:
    """The environment in which the libraries have to begin."""
    before = {name: os.environ.get(name) for name in _ENVIRONMENT}
    os.environ.update(_ENVIRONMENT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
