"""The images of a site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.build.session import Session
from sitegen.images.names import format_of_name
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.output import FileSubject
from sitegen.model.picture import Picture
from sitegen.outputs.files import FILES
from sitegen.outputs.kind import SitePlan
from sitegen.sources.discover import THEME_PREFIX
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.file_lock import FOLDER
from sitegen.storage.variants import VariantStore


@dataclass(frozen=True, slots=True)
class Pictures:
    """The images of a site."""

    by_url: Mapping[str, Picture]
    """Those that are published."""
    problems: tuple[Diagnostic, ...]
    """What is wrong with those that are shown."""
    store: VariantStore
    """Where the smaller copies of them are."""


def load_pictures(session: Session, snapshot: Snapshot, site: SitePlan) -> Pictures:
    """Every image that is published; those that are shown, with their smaller copies."""
    store = VariantStore(None if session.options.clean else session.folder / FOLDER)
    files = dict(_published(site))
    if not files:
        return Pictures({}, (), store)
    from sitegen.build.picture_files import read_pictures

    return Pictures(*read_pictures(session, snapshot, site, files, store), store)


def _published(site: SitePlan) -> Iterator[tuple[str, str]]:
    """The URL of each file of the site that is called like an image, and its path."""
    for output in FILES.plan(site):
        assert isinstance(output.subject, FileSubject)
        path = output.subject.path
        if format_of_name(path) and not path.startswith(THEME_PREFIX):
            yield output.url, path
