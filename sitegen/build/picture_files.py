"""What the files of images tell, from the store for those that are as they were.

It is a module of its own since sites without images need none of what it loads.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sitegen.build.session import Session
from sitegen.build.variants import wanted_by, with_variants
from sitegen.images.errors import ImageError
from sitegen.images.head import HEAD_SIZE, image_head
from sitegen.images.names import format_of_name
from sitegen.images.variants import MADE_OF, PIXELS, Wanted
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.picture import Picture
from sitegen.model.site import Card
from sitegen.outputs.kind import SitePlan
from sitegen.site.images import image_urls
from sitegen.site.links import split_href
from sitegen.sources.discover import file_of
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.file_state import digest_of_file, state_of
from sitegen.storage.variants import VariantStore

_Found = tuple[Picture | None, tuple[Diagnostic, ...]]
"""A picture, None where it is none; and what is wrong with it, without a place."""


def read_pictures(
    session: Session,
    snapshot: Snapshot,
    site: SitePlan,
    files: Mapping[str, str],
    store: VariantStore,
) -> tuple[Mapping[str, Picture], tuple[Diagnostic, ...]]:
    """What these files tell, by their URLs, and what is wrong with those that documents show.

    Smaller copies are made of these and of those that front matter names.
    """
    documents = [entry.document for entry in site.placement.documents]
    found = {path: _picture(path, session, snapshot) for path in dict.fromkeys(files.values())}
    for path in session.store.all("pictures").keys() - found.keys():
        session.store.remove("pictures", path)
    if wanted := wanted_by(session.config.images):
        shown = {files[url] for url in _shown(site, documents) if url in files}
        _add_variants(found, shown, wanted, (store, session, snapshot))
    pictures = {url: picture for url, path in files.items() if (picture := found[path][0])}
    flawed = {url: problems for url, path in files.items() if (problems := found[path][1])}
    return pictures, tuple(_located(flawed, site, documents))


def _shown(site: SitePlan, documents: Iterable[Document]) -> Iterator[str]:
    """The URLs of the images of documents, and of the one that each names in its front matter."""
    for document in documents:
        yield from (url for _, url in image_urls(document, site.facets.get))
        if document.meta.image:
            card: Card | None = site.facets.get(f"card:{document.source.path}")
            yield split_href(card.image)[0] if card and card.image else ""


def _add_variants(
    found: dict[str, _Found],
    shown: Iterable[str],
    wanted: Wanted,
    place: tuple[VariantStore, Session, Snapshot],
) -> None:
    """Put the smaller copies of these images into what was found of them."""
    store, session, snapshot = place
    pictures = {
        path: (picture, seen)
        for path in sorted(shown)
        if (picture := found[path][0])
        and (seen := snapshot.digests[path])
        and picture.format in MADE_OF
        and not _is_too_large(picture)
    }
    for path, (picture, problem) in with_variants(pictures, wanted, store, session).items():
        message = f"'{path}' cannot be made smaller: {problem}"
        hint = "save it again; until then it is shown as it is"
        more = (Diagnostic("SG409", message, hint=hint),) if problem else ()
        found[path] = picture, (*found[path][1], *more)


def _is_too_large(picture: Picture) -> bool:
    width, height = picture.size or (0, 0)
    return picture.format != "SVG" and width * height > PIXELS


def _picture(path: str, session: Session, snapshot: Snapshot) -> _Found:
    snapshot.use(session.folder, path)
    seen, store = snapshot.digests[path], session.store
    digest, *known = store.all("pictures").get(path) or (None,)
    if seen is not None and digest == seen:
        return known[0], known[1]
    file = file_of(session.folder, path)
    found = _read(file, path)
    if state_of(file) == snapshot.states[path]:
        store.put("pictures", path, (seen, *found))
    else:
        snapshot.saw(path, digest_of_file(file))
    return found


def _read(file: str, path: str) -> _Found:
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 (as everywhere where there may be many)
            head = image_head(opened.read(HEAD_SIZE))
    except OSError:
        return None, ()  # which is reported where it is copied
    except ImageError as error:
        message = f"'{path}' is not an image that browsers show: {error}"
        hint = "save it again, as PNG, JPEG, GIF, WebP, AVIF or SVG"
        return None, (Diagnostic("SG407", message, hint=hint),)
    picture = Picture(*head)
    return picture, (*_misnamed(path, head.format), *_oversized(path, picture))


def _misnamed(path: str, found: str) -> Iterator[Diagnostic]:
    """SG408 for a name that promises another format, as which a host would send it."""
    if (promised := format_of_name(path)) != found:
        article = "an" if found in ("AVIF", "SVG") else "a"
        message = f"'{path}' is called like a {promised} image, and is {article} {found} image"
        name = posixpath.splitext(posixpath.basename(path))[0]
        ending = "jpg" if found == "JPEG" else found.lower()
        yield Diagnostic("SG408", message, hint=f"rename it to {name}.{ending}, here too")


def _oversized(path: str, picture: Picture) -> Iterator[Diagnostic]:
    """SG409 for one with more pixels than any screen has, which costs readers their memory."""
    if _is_too_large(picture) and picture.size:
        millions = round(picture.size[0] * picture.size[1] / 1_000_000)
        message = f"'{path}' has {millions:,} million pixels"
        hint = f"save it smaller: {PIXELS // 1_000_000} million are the most"
        yield Diagnostic("SG409", message, hint=hint)


def _located(
    flawed: Mapping[str, tuple[Diagnostic, ...]], site: SitePlan, documents: Iterable[Document]
) -> Iterator[Diagnostic]:
    """The problems of images where documents show them; each once, where it is shown first."""
    left = dict(flawed)
    for document in documents if left else ():
        for link, url in image_urls(document, site.facets.get):
            for problem in left.pop(url, ()):
                yield replace(
                    problem,
                    path=document.source.path,
                    line=link.line,
                    column=link.column,
                    length=link.length,
                )
