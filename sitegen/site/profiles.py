"""What the configuration says of the authors of posts."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.config.schema import Config, MenuItem
from sitegen.model.dataclass import dataclass
from sitegen.model.site import TermCount
from sitegen.site.facts import configured_links, configured_url
from sitegen.text.urls import slugify


@dataclass(frozen=True, slots=True)
class Profile:
    """An author, as posts and the author's page show one."""

    name: str
    url: str
    """Of the page with the author's posts."""
    bio: str
    portrait: str | None
    """The URL of a picture."""
    links: tuple[MenuItem, ...]
    mastodon: str
    """An account in the fediverse, as the configuration has it, or empty."""


def profiles(
    authors: tuple[TermCount, ...], config: Config, *, is_nested: bool
) -> Iterator[tuple[str, Profile]]:
    """By slug: those of the authors of whom the configuration says anything."""
    entries = {slugify(entry.name or key): entry for key, entry in config.authors.items()}
    for author in authors if entries else ():
        if entry := entries.get(author.slug):
            at = entry.portrait
            portrait = configured_url(at, config, is_nested=is_nested) if at else None
            links = configured_links(entry.links, config, is_nested=is_nested)
            yield (
                author.slug,
                Profile(author.name, author.url, entry.bio, portrait, links, entry.mastodon),
            )
