"""Published images have no metadata, unless the site says so; the files of the site keep it."""

from __future__ import annotations

from pathlib import Path

from tests.images.test_metadata import SECRET, image
from tests.oracle import Twins


def test_published_image_says_nothing_of_who_took_it(tmp_path: Path) -> None:
    twins = Twins(tmp_path)
    photograph, published = image("JPEG", 6), twins.site / "public/cat.jpg"
    twins.write("content/posts/a.md", "Text.\n")
    twins.write("static/cat.jpg", photograph)
    twins.build()
    assert SECRET.encode() not in published.read_bytes()
    report = twins.build()
    assert report
    assert report.written == ()
    twins.write("sitegen.toml", "images.metadata = true\n")
    twins.build()
    assert published.read_bytes() == photograph
    assert (twins.site / "static/cat.jpg").read_bytes() == photograph
