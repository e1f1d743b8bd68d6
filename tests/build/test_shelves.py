"""The digests of shelves in the store: they follow what is put, replaced and removed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sitegen.storage.cache import FILE
from sitegen.storage.file_lock import FOLDER
from tests.oracle import Twins


def test_digests_of_other_documents_give_the_same_site(tmp_path: Path) -> None:
    """A power cut can leave those of an older build. An edit that is taken back would then seem to
    change nothing.
    """
    site, database = Twins(tmp_path), tmp_path / "site" / FOLDER / FILE
    one, two = (f"---\ndate: 2024-01-01\n---\n{word}\n" for word in ("Alpha.", "Zebra."))
    site.write("content/posts/a.md", one)
    site.build()
    older = _row(database)
    site.write("content/posts/a.md", two)
    site.build()
    assert _row(database) != older
    _row(database, older)
    site.write("content/posts/a.md", one)
    site.build()
    assert "alpha0" in (site.site / "public/search/00.txt").read_text("utf-8")


def _row(database: Path, data: bytes | None = None) -> bytes:
    """What is kept of all shelves, once it is replaced by these bytes."""
    connection = sqlite3.connect(database, isolation_level=None)
    if data:
        connection.execute("UPDATE shelves SET data = ? WHERE name = ''", [data])
    [(found,)] = connection.execute("SELECT data FROM shelves WHERE name = ''")
    connection.close()
    assert isinstance(found, bytes)
    return found
