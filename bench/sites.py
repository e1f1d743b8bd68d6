"""The sites on disk: written whole, edited one post at a time, and wiped for a cold build."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpus import Post
from bench.peers import Contestant

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
        """Makes the site anew."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(BENCH / "sites" / self.contestant.site, self.folder)
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

    def wipe(self) -> None:
        """Removes all that builds have left, so that the next one is cold."""
        for name in ("public", *self.contestant.caches):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)

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
