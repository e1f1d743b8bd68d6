"""The copies of images that were made before: `.sitegen/images/KEY/`, or a temporary folder.

A key is the digest of all that decides about the copies: the bytes of the image, the settings, and
what makes them. So a folder is right for ever, whatever other code wrote the cache beside it; what
no image has any more is removed. Like the cache, all of it can be made again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sitegen.model.digest import digest_of_bytes
from sitegen.model.picture import Variant
from sitegen.storage.cache import DamagedError, own_folder

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

FACTS = "facts.json"


class Made(NamedTuple):
    """What came of making copies of an image."""

    variants: tuple[Variant, ...]
    blur: str = ""
    """As in `Picture`."""
    problem: str = ""
    """Why there are none; empty where none are of use."""


class VariantStore:
    """Copies of images in a folder, which is made when it is needed."""

    def __init__(self, own: Path | None) -> None:
        """`own` is sitegen's own folder in the site; None for a store that is gone afterwards."""
        self._own = own
        self._place: Path | None = None
        self._temporary: TemporaryDirectory[str] | None = None

    @property
    def folder(self) -> Path:
        """Where the copies are."""
        if self._place is None and self._own:
            with suppress(OSError):
                self._place = own_folder(self._own, "images")
        if self._place is None:
            from tempfile import TemporaryDirectory

            self._temporary = TemporaryDirectory(prefix="sitegen-")
            self._place = Path(self._temporary.name)
        return self._place

    def known(self, key: str) -> Made | None:
        """What came of an image before; None where that is not known."""
        import json

        try:
            facts = json.loads((self.folder / key / FACTS).read_text("utf-8"))
            variants = (
                Variant(str(name), str(form), int(width), int(weight), bytes.fromhex(seen))
                for name, form, width, weight, seen in facts["variants"]
            )
            return Made(tuple(variants), str(facts["blur"]), str(facts["problem"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def read(self, key: str, variant: Variant) -> bytes:
        """The bytes of a copy. Where it is not what was made, nothing is known of the image any
        more, and it raises DamagedError."""
        data = b""
        with suppress(OSError):
            data = (self.folder / key / variant.name).read_bytes()
        if digest_of_bytes(data) != variant.digest:
            shutil.rmtree(self.folder / key, ignore_errors=True)
            raise DamagedError("the copy of an image is damaged")
        return data

    def keep(self, keys: Collection[str]) -> None:
        """Remove the copies of all other images."""
        if self._own and (self._own / "images").is_dir():
            for entry in os.scandir(self.folder):
                if entry.name not in keys:
                    shutil.rmtree(entry.path, ignore_errors=True)


def put_copies(
    folder: Path, key: str, copies: Collection[tuple[Variant, bytes]], blur: str, problem: str
) -> Made:
    """Keep what came of an image, all of it or, after a crash, nothing. Raises OSError."""
    import json
    from tempfile import mkdtemp

    made = Made(tuple(variant for variant, _ in copies), blur, problem)
    facts = {
        "variants": [(*row[:-1], row[-1].hex()) for row in map(_row, made.variants)],
        "blur": blur,
        "problem": problem,
    }
    new = Path(mkdtemp(dir=folder))
    try:
        for variant, data in copies:
            (new / variant.name).write_bytes(data)
        (new / FACTS).write_text(json.dumps(facts), "utf-8")
        shutil.rmtree(folder / key, ignore_errors=True)
        new.rename(folder / key)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return made


def _row(variant: Variant) -> tuple[str, str, int, int, bytes]:
    return variant.name, variant.format, variant.width, variant.weight, variant.digest
