"""The files of a post: what its blocks of code show, each at its path, and all in one archive.

They are in the folder `code/` beside the page, and in `code.tar.gz`, which unpacks into a folder
that is called like the post. The archive has the same bytes whenever it is made from the same
files.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from sitegen.model.code import CodeFile
from sitegen.model.output import CodeSubject, Output
from sitegen.model.site import Placed
from sitegen.outputs.kind import OutputKind, RenderContext, SitePlan
from sitegen.text.urls import file_key

CODE_FOLDER, CODE_ARCHIVE = "code/", "code.tar.gz"
_FILE, _ALL = "code file", "code archive"
LONG_AGO = 315532800
"""The time that all files in an archive have, in seconds: 1980-01-01, as in zip files. Of a time
before that, `tar` complains."""
_BLOCK = 512
"""Bytes that an archive is made of at a time."""
SYSTEM = 9
"""Where the head of gzip says which system has made it; 255 is any (RFC 1952 §2.3.1)."""
SCRIPT_MODE, FILE_MODE = 0o755, 0o644


def folder_of_page(path: str) -> str:
    """The folder of a page, with a slash behind it, where its files are."""
    folder = posixpath.dirname(path)
    if posixpath.basename(path) != "index.html":
        folder = posixpath.join(folder, posixpath.splitext(posixpath.basename(path))[0])
    return f"{folder}/" if folder else ""


def _plan_files(site: SitePlan) -> Iterator[Output]:
    for entry, folder, found in _with_files(site):
        source = entry.document.source.path
        for file in found:
            subject = CodeSubject(source, file.path)
            path = f"{folder}{CODE_FOLDER}{file.path}"
            yield site.file(path, _FILE, f"a block of code in {source}", subject, source)


def _plan_archives(site: SitePlan) -> Iterator[Output]:
    for entry, folder, _ in _with_files(site):
        source = entry.document.source.path
        path, owner = f"{folder}{CODE_ARCHIVE}", f"the code in {source}"
        yield site.file(path, _ALL, owner, CodeSubject(source), source)


def _with_files(site: SitePlan) -> Iterator[tuple[Placed, str, tuple[CodeFile, ...]]]:
    """The posts with blocks that are files: their folders, and the files that are not there yet.

    What lies beside a post is its author's, and is published as it is.
    """
    placed = site.placement
    entries = [e for e in placed.documents if f"files:{e.document.source.path}" in site.facets]
    if not entries:
        return
    beside = (placed.files, *(entry.files for entry in placed.documents))
    taken = {file_key(route.path) for routes in beside for route in routes.values()}
    for entry in entries:
        folder = folder_of_page(entry.route.path)
        found = entry.document.rendered.files
        free = [f for f in found if file_key(f"{folder}{CODE_FOLDER}{f.path}") not in taken]
        yield entry, folder, tuple(free)


def _file(output: Output, context: RenderContext) -> bytes:
    assert isinstance(output.subject, CodeSubject)
    return _text(output.subject, output.subject.name, context).encode()


def _archive(output: Output, context: RenderContext) -> bytes:
    assert isinstance(output.subject, CodeSubject)
    names: tuple[str, ...] = context.view.read(f"files:{output.subject.path}")
    top = posixpath.basename(posixpath.dirname(output.path)) or "code"
    texts = ((name, _text(output.subject, name, context)) for name in names)
    return archive_of((f"{top}/{name}", text) for name, text in texts)


def _text(subject: CodeSubject, name: str, context: RenderContext) -> str:
    return str(context.view.read(f"code:{subject.path}/{name}"))


def archive_of(files: Iterable[tuple[str, str]]) -> bytes:
    """The files, each by its path, as a gzipped tar archive, in order of their paths."""
    import gzip

    entries = b"".join(_entry(path, text) for path, text in sorted(files))
    packed = gzip.compress(entries + bytes(2 * _BLOCK), mtime=0)
    return packed[:SYSTEM] + b"\xff" + packed[SYSTEM + 1 :]


def _entry(path: str, text: str) -> bytes:
    """A file in an archive: its head, and its bytes in whole blocks (POSIX.1-2017, pax)."""
    import tarfile

    content = text.encode()
    head = tarfile.TarInfo(path)
    head.size, head.mtime = len(content), LONG_AGO
    head.mode = SCRIPT_MODE if text.startswith("#!") else FILE_MODE
    return head.tobuf(tarfile.PAX_FORMAT) + content + bytes(-len(content) % _BLOCK)


CODE_FILES = OutputKind(_FILE, _plan_files, render=_file)
CODE_ARCHIVES = OutputKind(_ALL, _plan_archives, render=_archive)
