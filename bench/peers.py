"""Who takes part: how each is called, and how it wants its posts written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Post

CACHE = Path(__file__).parent / ".cache"
PYTHON_PEERS = CACHE / "python"
NODE_PEERS = CACHE / "node_modules"


@dataclass(frozen=True, slots=True)
class Contestant:
    name: str
    site: str
    """The folder of its site below `bench/sites/`: configuration and templates."""
    posts: str
    """Where its posts go, in the site."""
    front_matter: Callable[[Post], str]
    command: tuple[str, ...]
    """What builds the site, run in its folder, into `public`."""
    version: tuple[str, ...]
    feed: str
    """The feed of the whole site, in `public`."""
    style: str = ""
    """Where its style sheet goes, in the site. Empty: it brings its own."""
    caches: tuple[str, ...] = ()
    """What else a build leaves in the site, and a cold build must not find."""

    @property
    def is_peer(self) -> bool:
        return not self.name.startswith("sitegen")


def yaml(post: Post) -> str:
    tags = ", ".join(post.tags)
    return f"---\ntitle: {post.title}\ndate: {post.date.isoformat()}\ntags: [{tags}]\n---\n"


def pelican_metadata(post: Post) -> str:
    tags = ", ".join(post.tags)
    return (
        f"Title: {post.title}\nDate: {post.date.isoformat()}\nSlug: {post.slug}\nTags: {tags}\n\n"
    )


def hugo_binary() -> str:
    """Hugo itself: its Python launcher would add the start of an interpreter to every build."""
    found = PYTHON_PEERS.glob("lib/python*/site-packages/hugo/binaries/hugo*")
    return str(next(found, "hugo"))


def contestants() -> tuple[Contestant, ...]:
    """All of them, in the order of the first round."""
    return (_sitegen("sitegen"), _hugo(), _pelican(), _eleventy(), _sitegen("sitegen-theme"))


def _sitegen(name: str) -> Contestant:
    sitegen = (sys.executable, "-m", "sitegen")
    return Contestant(
        name=name,
        site=name,
        posts="content/posts",
        front_matter=yaml,
        command=(*sitegen, "build", "."),
        version=(*sitegen, "--version"),
        feed="feed.xml",
        caches=(".sitegen",),
    )


def _hugo() -> Contestant:
    return Contestant(
        name="hugo",
        site="hugo",
        posts="content/posts",
        front_matter=yaml,
        command=(hugo_binary(), "--quiet"),
        version=(hugo_binary(), "version"),
        feed="index.xml",
        style="static/style.css",
        caches=("resources", ".hugo_build.lock"),
    )


def _pelican() -> Contestant:
    pelican = str(PYTHON_PEERS / "bin" / "pelican")
    return Contestant(
        name="pelican",
        site="pelican",
        posts="content",
        front_matter=pelican_metadata,
        command=(pelican, "--quiet", "--settings", "pelicanconf.py"),
        version=(pelican, "--version"),
        feed="atom.xml",
        style="content/style.css",
        caches=("cache", "__pycache__"),
    )


def _eleventy() -> Contestant:
    eleventy = ("node", str(NODE_PEERS / "@11ty" / "eleventy" / "cmd.cjs"))
    return Contestant(
        name="eleventy",
        site="eleventy",
        posts="posts",
        front_matter=yaml,
        command=(*eleventy, "--quiet"),
        version=(*eleventy, "--version"),
        feed="feed.xml",
        style="style.css",
        caches=(".cache",),
    )
