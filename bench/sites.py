"""The sites: written whole, edited one post at a time, and cleared for a cold build."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpus import Post
from bench.peers import Contestant
from bench.places import Ground

BENCH = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Site:
    """The site of one contestant."""

    contestant: Contestant
    folder: Path

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def page(self, post: Post) -> Path:
        return self.public / "posts" / post.slug / "index.html"

    def write(self, posts: Iterable[Post]) -> None:
        """Makes the site, where there is none yet."""
        for site in self.contestant.sites:
            shutil.copytree(BENCH / "sites" / site, self.folder, dirs_exist_ok=True)
        if self.contestant.style:
            style = self.folder / self.contestant.style
            style.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BENCH / "style.css", style)
        (self.folder / self.contestant.posts).mkdir(parents=True, exist_ok=True)
        for post in posts:
            self.write_post(post)

    def write_post(self, post: Post) -> None:
        path = self.folder / self.contestant.posts / f"{post.slug}.md"
        path.write_text(self.contestant.front_matter(post) + post.body, encoding="utf-8")

    def clear(self, ground: Ground) -> None:
        """Takes away all that builds have left, so that the next one is cold."""
        for name in ("public", *self.contestant.caches):
            ground.clear(self.folder / name)

    def sources(self) -> tuple[Path, ...]:
        return _files(self.folder / self.contestant.posts)

    def outputs(self) -> tuple[Path, ...]:
        return _files(self.public)


def with_body_edited(post: Post, mark: str) -> Post:
    """The post with one more sentence, at its end: no list or excerpt shows it."""
    return replace(post, body=f"{post.body.rstrip()} Then {mark} was added.\n")


def with_title_edited(post: Post, mark: str) -> Post:
    return replace(post, title=f"{post.title} {mark}")


def _files(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
