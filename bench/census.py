"""Proof that a contestant did the work: what its site has, counted from the files it wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.corpus import Post
from bench.sites import Site

PAGE_SIZE = 10
FEED_SIZE = 20

PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
POST_LINK = re.compile(r'href="(?:https://bench\.example)?/posts/([^/"]+)/"')
TAG_LINK = re.compile(r'href="(?:https://bench\.example)?/tags/([^/"]+)/"')
SITEMAP_POST = re.compile(r"<loc>https://bench\.example/posts/([^/<]+)/</loc>")
FEED_ENTRY = re.compile(r"<(?:item|entry)>")


@dataclass(frozen=True, slots=True)
class Census:
    post_pages: int
    """Those that have the title and link to all tags of their post."""
    highlighted_blocks: int
    """`<pre>` on post pages with at least one `<span class=`."""
    home_pages: int
    posts_on_home_pages: int
    tag_pages: int
    """One for each ten posts of a tag, or one for each tag."""
    posts_on_tag_pages: int
    """Counted once for each tag."""
    posts_in_archive: int
    tags_in_overview: int
    has_404: bool
    feed_entries: int
    sitemap_posts: int


def expected(posts: Sequence[Post], splits_tags: bool = True) -> Census:
    """What everyone has to make of these posts."""
    tags = Counter(tag for post in posts for tag in post.tags)
    return Census(
        post_pages=len(posts),
        highlighted_blocks=sum(post.blocks for post in posts),
        home_pages=-(-len(posts) // PAGE_SIZE),
        posts_on_home_pages=len(posts),
        tag_pages=sum(-(-own // PAGE_SIZE) if splits_tags else 1 for own in tags.values()),
        posts_on_tag_pages=tags.total(),
        posts_in_archive=len(posts),
        tags_in_overview=len(tags),
        has_404=True,
        feed_entries=min(FEED_SIZE, len(posts)),
        sitemap_posts=len(posts),
    )


def count(site: Site, posts: Sequence[Post]) -> Census:
    """What a contestant has made of them."""
    pages = {post: _read(site.page(post)) for post in posts}
    home = _home_pages(site.public)
    tags = {tag: _tag_pages(site.public / "tags" / tag) for tag in _tags(posts)}
    return Census(
        post_pages=sum(_is_page_of(post, page) for post, page in pages.items()),
        highlighted_blocks=sum(_highlighted(page) for page in pages.values()),
        home_pages=sum(1 for page in home if page),
        posts_on_home_pages=len(_linked_posts(home)),
        tag_pages=sum(map(len, tags.values())),
        posts_on_tag_pages=sum(len(_linked_posts(texts)) for texts in tags.values()),
        posts_in_archive=len(_linked_posts([_read(site.public / "archive/index.html")])),
        tags_in_overview=len(set(TAG_LINK.findall(_read(site.public / "tags/index.html")))),
        has_404=(site.public / "404.html").is_file(),
        feed_entries=len(FEED_ENTRY.findall(_read(site.public / site.contestant.feed))),
        sitemap_posts=len(set(SITEMAP_POST.findall(_read(site.public / "sitemap.xml")))),
    )


def differences(made: Census, wanted: Census) -> tuple[str, ...]:
    """In words, such as `home_pages: 9, not 10`."""
    pairs = zip(asdict(made).items(), asdict(wanted).values(), strict=True)
    return tuple(f"{name}: {got}, not {want}" for (name, got), want in pairs if got != want)


def shows(site: Site, post: Post, home_page: int) -> bool:
    """Whether the page of an edited post has its title and its last sentence, and a home page the
    title."""
    page = _read(site.page(post))
    last_sentence = post.body.rstrip().rpartition(". ")[2]
    number = f"page/{home_page}/" if home_page > 1 else ""
    home = _read(site.public / f"{number}index.html")
    return post.title in page and last_sentence in page and post.title in home


def _tags(posts: Iterable[Post]) -> frozenset[str]:
    return frozenset(tag for post in posts for tag in post.tags)


def _is_page_of(post: Post, page: str) -> bool:
    return post.title in page and set(post.tags) <= set(TAG_LINK.findall(page))


def _highlighted(page: str) -> int:
    return sum('<span class="' in block for block in PRE.findall(page))


def _home_pages(public: Path) -> tuple[str, ...]:
    """Page 1 is `/`; a redirect that stands at `/page/1/` is not counted."""
    later = (path for path in public.glob("page/*/index.html") if path.parent.name != "1")
    return tuple(_read(path) for path in (public / "index.html", *later))


def _tag_pages(folder: Path) -> tuple[str, ...]:
    """The list of a tag: one page, or as many as the contestant splits it into."""
    return tuple(_read(path) for path in sorted(folder.rglob("index.html")))


def _linked_posts(pages: Iterable[str]) -> frozenset[str]:
    return frozenset(slug for page in pages for slug in POST_LINK.findall(page))


def _read(path: Path) -> str:
    """The text of a file; a missing one is empty, and so makes the counts differ."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""
