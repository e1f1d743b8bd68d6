"""What the configuration says of authors."""

from __future__ import annotations

from sitegen.config.schema import AuthorConfig, Config, MenuItem
from sitegen.site.index import index
from sitegen.site.profiles import Profile
from tests.documents import document, facets_of, languages, placed

ADA = AuthorConfig(
    name="Ada Lovelace",
    bio="Writes programs.",
    portrait="/ada.jpg",
    links=(MenuItem("Home", "/about/"), MenuItem("Code", "https://x.example/ada")),
    mastodon="@ada@social.example",
)
CONFIG = Config(base_url="https://me.example/blog/", authors={"ada": ADA})


def test_an_author_is_described_with_urls_as_pages_have_them() -> None:
    facets = facets_of(document(authors=("Ada Lovelace",)), config=CONFIG)
    assert facets["profile:ada-lovelace"] == Profile(
        name="Ada Lovelace",
        url="/blog/authors/ada-lovelace/",
        bio="Writes programs.",
        portrait="/blog/ada.jpg",
        links=(MenuItem("Home", "/blog/about/"), MenuItem("Code", "https://x.example/ada")),
        mastodon="@ada@social.example",
    )


def test_front_matter_may_call_an_author_by_the_key() -> None:
    """Those who write `ada` and those who write the name are one author, without a remark."""
    site = [document(f"content/posts/{n}.md", authors=(n,)) for n in ("ada", "Ada", "Ada Lovelace")]
    [author] = facets_of(*site, config=CONFIG)["authors"]
    assert (author.name, author.slug, author.count) == ("Ada Lovelace", "ada-lovelace", 3)
    assert index(placed(site, CONFIG), CONFIG, "content", languages("en"))[1] == ()


def test_an_author_may_be_described_by_the_name_alone() -> None:
    config = Config(author="Ada Lovelace", authors={"Ada Lovelace": AuthorConfig(bio="Writes.")})
    found = facets_of(document(), config=config)["profile:ada-lovelace"]
    assert (found.name, found.bio, found.portrait) == ("Ada Lovelace", "Writes.", None)


def test_an_author_of_no_post_has_no_profile() -> None:
    facets = facets_of(document(authors=("Bob",)), config=CONFIG)
    assert not [name for name in facets if name.startswith("profile:")]
