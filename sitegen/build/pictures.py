"""The images of a site: what their files tell, from the store for those that are as they were."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sitegen.build.session import Session
from sitegen.images.errors import ImageError
from sitegen.images.head import HEAD_SIZE, format_of_name, image_head
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.output import FileSubject
from sitegen.model.picture import Picture
from sitegen.outputs.files import FILES
from sitegen.outputs.kind import SitePlan
from sitegen.site.images import image_urls
from sitegen.sources.discover import THEME_PREFIX, file_of
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.file_state import digest_of_file, state_of

_Found = tuple[Picture | None, tuple[Diagnostic, ...]]
"""A picture, None where it is none; and what is wrong with it, without a place."""


def load_pictures(
    session: Session, snapshot: Snapshot, site: SitePlan, documents: Iterable[Document]
) -> tuple[Mapping[str, Picture], tuple[Diagnostic, ...]]:
    """Every image that is published, by its URL; and what is wrong with those that are shown."""
    files = dict(_published(site))
    found = {path: _picture(path, session, snapshot) for path in dict.fromkeys(files.values())}
    known = session.store.all("pictures") if found else {}
    for path in known.keys() - found.keys():
        session.store.remove("pictures", path)
    pictures = {url: picture for url, path in files.items() if (picture := found[path][0])}
    flawed = {url: problems for url, path in files.items() if (problems := found[path][1])}
    return pictures, tuple(_located(flawed, site, documents))


def _published(site: SitePlan) -> Iterator[tuple[str, str]]:
    """The URL of each file of the site that is called like an image, and its path."""
    for output in FILES.plan(site):
        assert isinstance(output.subject, FileSubject)
        path = output.subject.path
        if format_of_name(path) and not path.startswith(THEME_PREFIX):
            yield output.url, path


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
    return Picture(*head), tuple(_misnamed(path, head.format))


def _misnamed(path: str, found: str) -> Iterator[Diagnostic]:
    """SG408 for a name that promises another format, as which a host would send it."""
    if (promised := format_of_name(path)) != found:
        article = "an" if found in ("AVIF", "SVG") else "a"
        message = f"'{path}' is called like a {promised} image, and is {article} {found} image"
        name = posixpath.splitext(posixpath.basename(path))[0]
        ending = "jpg" if found == "JPEG" else found.lower()
        yield Diagnostic("SG408", message, hint=f"rename it to {name}.{ending}, here too")


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
