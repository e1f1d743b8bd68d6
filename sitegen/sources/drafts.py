"""Sources with other bytes than they have, so that a site can be built as it would be with these.

While there are drafts, whatever reads a source of the site reads its draft instead. It is the place
of a source that changes (`discover.file_of`), so that all that is known by place, such as the state
of a file, is that of the draft. Drafts are files, and hold for this process.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

DRAFTS: dict[str, str] = {}
"""The place of a source → that of the draft which is read instead."""


@contextmanager
def drafts(site: Path, folder: Path) -> Iterator[Callable[[str], None]]:
    """What starts the draft of a source with some path, as a copy of it, if it has none yet.

    Drafts are in the folder, which is removed in the end.
    """

    def start(path: str) -> None:
        source, draft = site / path, folder / path
        if str(source) not in DRAFTS:
            draft.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, draft)
            DRAFTS[str(source)] = str(draft)

    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield start
    finally:
        DRAFTS.clear()
        shutil.rmtree(folder, ignore_errors=True)
