"""Copies of images are kept whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.model.digest import digest_of_bytes
from sitegen.model.picture import Variant
from sitegen.storage.variants import VariantStore, put_copies


def variant(name: str) -> Variant:
    return Variant(name, "WebP", 8, 3, digest_of_bytes(b"abc"))


def test_copies_come_back_as_they_were_kept(tmp_path: Path) -> None:
    store = VariantStore(tmp_path)
    made = put_copies(store.folder, "key", [(variant(".8.webp"), b"abc")], "", "")
    assert store.known("key") == made
    assert store.read("key", made.variants[0]) == b"abc"


def test_copies_that_cannot_all_be_kept_leave_nothing(tmp_path: Path) -> None:
    """They were put in place one after the other, so that a killed build left some of them."""
    store = VariantStore(tmp_path)
    copies = [(variant(".8.webp"), b"abc"), (variant("no/folder.webp"), b"abc")]
    with pytest.raises(OSError, match="no"):
        put_copies(store.folder, "key", copies, "", "")
    assert store.known("key") is None
    assert [*store.folder.iterdir()] == []
