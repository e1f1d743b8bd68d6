"""A small site whose documents and files are there to be linked to."""

from __future__ import annotations

from sitegen.config.schema import Config
from sitegen.model.site import Route
from tests.documents import document

CONFIG = Config(base_url="https://example.org/repo/")
HERE = "content/posts/web/here.md"
SITE = (
    document(HERE, anchors=("part",)),
    document("content/posts/other.md", id="the-other", anchors=("part", "größe")),
    document("content/posts/my post.md"),
    document("content/posts/tour/index.md"),
    document("content/pages/about.md"),
)
ASSETS = {
    "content/posts/tour/a b.png": Route("posts/tour/a b.png", "/repo/posts/tour/a%20b.png"),
    "content/posts/tour/img/c.png": Route("posts/tour/img/c.png", "/repo/posts/tour/img/c.png"),
}
