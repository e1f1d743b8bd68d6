"""The smaller copies of images: made in the process pool, once for each content and setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sitegen.build.extras import can_make_copies
from sitegen.build.session import Session
from sitegen.config.schema import ImagesConfig
from sitegen.engine.distributions import installed
from sitegen.execution.executor import executor
from sitegen.images import variants as maker
from sitegen.images.errors import ImageError
from sitegen.images.variants import Copy, Wanted, copies_of
from sitegen.model.dataclass import dataclass
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.model.picture import Picture, Variant
from sitegen.sources.discover import file_of
from sitegen.storage.variants import Made, VariantStore, put_copies

COPIED_FORMATS = {"avif": "AVIF", "webp": "WebP"}
"""The names that formats have in the configuration."""


class Unmade(NamedTuple):
    """An image whose copies are to be made."""

    file: str
    format: str
    key: str


@dataclass(frozen=True, slots=True)
class MakeVariants:
    """Makes the copies of an image, and keeps them in a folder."""

    folder: Path
    wanted: Wanted

    def __call__(self, image: Unmade) -> Made:
        try:
            copies, blur = copies_of(image.file, image.format, self.wanted)
        except ImageError as error:
            return put_copies(self.folder, image.key, (), "", str(error))
        found = [(_variant(copy), copy.data) for copy in copies]
        return put_copies(self.folder, image.key, found, blur, "")


def _variant(copy: Copy) -> Variant:
    ending = "jpg" if copy.format == "JPEG" else copy.format.lower()
    name = f".{copy.width}.{ending}"
    return Variant(name, copy.format, copy.width, len(copy.data), digest_of_bytes(copy.data))


def wanted_by(config: ImagesConfig) -> Wanted | None:
    """The copies that a site wants; None for none, and where none can be made."""
    formats = tuple(COPIED_FORMATS[name] for name in config.formats)
    is_wanted = formats and config.widths and can_make_copies()
    return Wanted(tuple(sorted(set(config.widths))), config.quality, formats) if is_wanted else None


def with_variants(
    pictures: Mapping[str, tuple[Picture, bytes]],
    wanted: Wanted,
    store: VariantStore,
    session: Session,
) -> dict[str, tuple[Picture, str]]:
    """These pictures with their copies, by their files; and why there are none, or nothing.

    Each comes with the digest of its file. Copies that are not known are made, and
    those of other images go, unless the build makes none.
    """
    keys = {
        file: digest((seen, tuple(wanted), _made_with())).hex()
        for file, (_, seen) in pictures.items()
    }
    found = {key: made for key in set(keys.values()) if (made := store.known(key))}
    if session.options.makes_copies:
        unmade = {
            key: Unmade(file_of(session.folder, file), pictures[file][0].format, key)
            for file, key in keys.items()
            if key not in found
        }
        results = _make(tuple(unmade.values()), wanted, store, session)
        found |= zip(unmade, results, strict=True)
        store.keep(found.keys())
    return {
        file: (replace(pictures[file][0], variants=it.variants, blur=it.blur, key=key), it.problem)
        for file, key in keys.items()
        if (it := found.get(key))
    }


def _make(
    unmade: Sequence[Unmade], wanted: Wanted, store: VariantStore, session: Session
) -> Iterator[Made]:
    if not unmade:
        return
    jobs = session.options.jobs
    size = sum(Path(image.file).stat().st_size for image in unmade)
    with executor(None if isinstance(jobs, str) else jobs, size, len(unmade)) as workers:
        job = MakeVariants(store.folder, wanted)
        for count, made in enumerate(workers.map(job, unmade), 1):
            session.progress("scaling images", count, len(unmade))
            yield made


@cache
def _made_with() -> bytes:
    """The digest of what makes copies: the version of Pillow, and sitegen's own code for it."""
    code = Path(maker.__file__).read_bytes()
    return digest((installed()["pillow"].rpartition("/")[2], digest_of_bytes(code)))
