"""What a template finds on `site` and `page`."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Any

import pytest

from sitegen.config.schema import (
    AuthorConfig,
    Config,
    FeedsConfig,
    MenuItem,
    Permalinks,
    ReplyConfig,
    ThemeConfig,
)
from sitegen.engine.trace import Facets, View
from sitegen.model.document import (
    OWN_CONTENTS,
    Anchors,
    Document,
    Heading,
    PublicMeta,
    Rendered,
)
from sitegen.model.fields import Field, FieldType, declared
from sitegen.model.source import Kind, Source
from sitegen.outputs.context import (
    ArchivePage,
    DocumentPage,
    FeedsPage,
    ListPage,
    NotFoundPage,
    Page,
    Site,
    TermsPage,
)
from sitegen.outputs.facets import PLAN_FACETS, PlannedSite
from sitegen.outputs.feeds.entries import Entries
from sitegen.outputs.kind import RenderContext, SitePlan, Stored
from sitegen.outputs.pages.page import description_of
from sitegen.outputs.plan import plan
from sitegen.outputs.templates.environment import Templates
from sitegen.plugins.load import load_plugins
from sitegen.plugins.use import kinds_of
from sitegen.site.facets import facets_of as facets_of_plan
from tests.documents import day, document, facets_of, placed

BASE = "https://example.org/repo/"
BY_NAME = kinds_of(load_plugins(()))


def pages(
    *documents: Document,
    files: tuple[Source, ...] = (),
    **config: Any,  # noqa: ANN401
) -> dict[str, Page]:
    """The `page` of every output that a template makes, by its path."""
    settings = Config(**{"base_url": BASE, "title": "Blog"} | config)
    facets = facets_of(*documents, config=settings)
    outputs = plan(BY_NAME.values(), SitePlan(facets, placed(documents, settings), files, settings))
    kinds, templates = BY_NAME, Templates({})
    planned = PlannedSite(
        *(outputs, kinds, facets, templates, {source.path: b"" for source in files}),
        *(None, (), ()),
    )
    found = Facets({**facets, **facets_of_plan(PLAN_FACETS, planned)})
    entries = Entries(found, lambda _: "<p>", templates)
    context = RenderContext(View(found), templates, Stored(lambda _: "<p>"), entries)
    return {o.path: page(o, context) for o in outputs if (page := kinds[o.kind].page)}


def site_of(*documents: Document, **config: Any) -> Site:  # noqa: ANN401
    """What templates have as `site` on a site of these documents."""
    settings = Config(**{"base_url": BASE, "title": "Blog"} | config)
    return Site(View(Facets(facets_of(*documents, config=settings))))


def posts(count: int, **meta: Any) -> list[Document]:  # noqa: ANN401
    return [document(f"content/posts/{n}.md", date=day(n), **meta) for n in range(1, count + 1)]


def listed(found: Page) -> list[str]:
    assert isinstance(found, ListPage)
    return [card.title for card in found.items]


def test_lists_without_feeds_of_their_own_name_those_of_the_site() -> None:
    made = pages(*posts(1, tags=("t",)), feeds=FeedsConfig(terms=False))
    own = [feed.url for feed in made["tags/t/index.html"].feeds]
    assert own == ["/repo/feed.xml", "/repo/atom.xml", "/repo/feed.json"]
    assert "tags/t/feed.xml" not in made


def test_site_reads_facets_by_name() -> None:
    site = Site(View(Facets({"site:title": "Blog", "site:absent": None})))
    assert site.title == "Blog"
    assert site.absent is None
    with pytest.raises(AttributeError, match="titel"):
        _ = site.titel


def test_theme_is_read_key_by_key() -> None:
    """A page that shows one key does not depend on the others, such as the colours."""
    view = View(Facets(facets_of(config=Config(theme=ThemeConfig(toggle=False)))))
    site = Site(view)
    assert site.theme.toggle is False
    assert view.reads == ("config:theme.toggle",)
    with pytest.raises(AttributeError, match="togle"):
        _ = site.theme.togle


def test_paper_is_that_of_the_theme_where_the_site_gives_none() -> None:
    sheet = "--paper: light-dark(white, black); /* the background */"
    theme = ThemeConfig(dark={"paper": "#101214"})
    facets = facets_of(config=Config(theme=theme))
    planned = PlannedSite(
        (), BY_NAME, facets, Templates({}), {}, None, (("tokens.css", sheet),), ()
    )
    found = Facets(facets_of_plan(PLAN_FACETS, planned))
    assert Site(View(found)).theme.paper == {"light": "white", "dark": "#101214"}


def test_slice_of_a_facet() -> None:
    view = View(Facets({"posts": (1, 2, 3)}))
    assert view.read("posts[1:5]") == (2, 3)
    assert view.get("nothing") is None
    with pytest.raises(KeyError):
        view.read("nothing[0:1]")


def test_post_has_its_own_facts_and_neighbours() -> None:
    middle = document(
        "content/posts/2.md",
        date=day(2),
        title="Two",
        excerpt="Short",
        image="/i.png",
        tags=("t",),
        series="s",
        lang="ta",
        extra={"x": 1},
    )
    one, _, three = posts(3)
    found = pages(one, middle, three)["posts/2/index.html"]
    assert isinstance(found, DocumentPage)
    assert (found.kind, found.title, found.lang, found.description) == (
        "post",
        "Two",
        "ta",
        "Short",
    )
    assert (found.url, found.absolute_url) == ("/repo/posts/2/", f"{BASE}posts/2/")
    assert found.image == f"{BASE}i.png"
    assert found.previous is not None
    assert found.next is not None
    assert (found.previous.title, found.next.title) == ("1", "3")
    assert (found.content, found.math, found.extra["x"]) == ("<p>", False, 1)


SAMPLES: dict[FieldType, Any] = {
    FieldType.TEXT: "x",
    FieldType.FLAG: True,
    FieldType.NUMBER: 2.5,
    FieldType.MOMENT: day(3),
    FieldType.NAMES: ("x", "y"),
    FieldType.PATHS: ("/x/",),
}


@pytest.mark.parametrize("field", declared(PublicMeta).values(), ids=lambda field: field.name)
def test_public_front_matter_is_on_the_page_and_on_its_card(field: Field) -> None:
    sample = SAMPLES[field.type]
    post = document(**{field.name: sample})
    card = facets_of(post)[f"card:{post.source.path}"]
    found = pages(post)["posts/a/index.html"]
    assert getattr(card, field.name) == getattr(found, field.name) == sample


def test_a_part_of_a_series_knows_all_of_them_and_its_number() -> None:
    made = pages(*posts(3, series="S"), document("content/posts/alone.md"))
    part, alone = made["posts/2/index.html"], made["posts/alone/index.html"]
    assert isinstance(part, DocumentPage)
    assert isinstance(alone, DocumentPage)
    assert (part.part, [card.title for card in part.parts]) == (2, ["1", "2", "3"])
    assert (alone.part, alone.parts) == (None, ())


def test_an_unlisted_post_is_no_part_of_its_series() -> None:
    hidden = document("content/posts/hidden.md", series="S", unlisted=True)
    found = pages(*posts(2, series="S"), hidden)["posts/hidden/index.html"]
    assert isinstance(found, DocumentPage)
    assert (found.part, len(found.parts)) == (None, 2)


def test_a_post_has_related_posts_and_the_profiles_of_its_authors() -> None:
    authors = {"ada": AuthorConfig(bio="Writes.")}
    site = posts(3, tags=("t",), authors=("Bob", "Ada"))
    found = pages(*site, authors=authors)["posts/1/index.html"]
    assert isinstance(found, DocumentPage)
    assert [card.title for card in found.related] == ["2", "3"]
    assert [(author.name, author.bio) for author in found.profiles] == [("Ada", "Writes.")]


@pytest.mark.parametrize(
    ("ways", "reply"),
    [
        ({}, None),
        (
            {"email": "me@x.example"},
            ("mailto:me@x.example?subject=Re%3A%20A%20%26%20B", None, None),
        ),
        ({"mastodon": "@me@social.example"}, (None, "https://social.example/@me", None)),
        ({"mastodon": "me@social.example"}, (None, "https://social.example/@me", None)),
        (
            {"edit": "https://code.example/edit/{path}"},
            (None, None, "https://code.example/edit/content/posts/a%20b.md"),
        ),
    ],
)
def test_ways_to_reply_are_urls(
    ways: dict[str, str], reply: tuple[str | None, str | None, str | None] | None
) -> None:
    post = document("content/posts/a b.md", title="A & B")
    found = pages(post, theme=ThemeConfig(reply=ReplyConfig(**ways)))["posts/a-b/index.html"]
    assert isinstance(found, DocumentPage)
    assert (found.reply and astuple(found.reply)) == reply


def test_a_page_of_a_section_has_its_siblings_and_those_beside_it() -> None:
    section = document("content/pages/manual/_index.md", slug="manual", title="Manual")
    site = [document(f"content/pages/manual/{name}.md", title=name) for name in "abc"]
    found = pages(section, *site)["b/index.html"]
    assert isinstance(found, DocumentPage)
    assert found.section == MenuItem("Manual", "/repo/manual/")
    assert [item.title for item in found.siblings] == ["a", "b", "c"]
    assert found.previous is not None
    assert found.next is not None
    assert (found.previous.title, found.next.title) == ("a", "c")


def test_what_is_pinned_is_before_the_list_of_all_posts_and_not_in_it() -> None:
    start = document("content/pages/start.md", title="Start", pin=True)
    best = document("content/posts/best.md", title="Best", date=day(9), pin=True)
    found = pages(*posts(3), best, start, paginate=2)
    first, second = found["index.html"], found["page/2/index.html"]
    assert isinstance(first, ListPage)
    assert isinstance(second, ListPage)
    assert [card.title for card in first.pinned] == ["Best", "Start"]
    assert (listed(first), listed(second), second.pinned) == (["3", "2"], ["1"], ())
    assert "page/3/index.html" not in found


def test_a_pinned_post_is_in_the_other_lists_at_its_place() -> None:
    found = pages(*posts(2, tags=("t",), pin=True))
    assert listed(found["tags/t/index.html"]) == ["2", "1"]
    assert listed(found["index.html"]) == []


def test_the_first_page_of_a_term_says_how_it_is_used() -> None:
    about = document("content/tags/t.md", excerpt="All about t", extra={"x": 1})
    site = posts(3, tags=("t", "u"))
    made = pages(*site, about, paginate=2)
    first, second = made["tags/t/index.html"], made["tags/t/page/2/index.html"]
    assert isinstance(first, ListPage)
    assert isinstance(second, ListPage)
    assert (first.years, [tag.name for tag in first.tags]) == ((("2024", 3),), ["u"])
    assert (first.content, first.description, first.extra["x"]) == ("<p>", "All about t", 1)
    assert (second.years, second.tags, second.content) == ((), (), "")
    assert second.extra["x"] == 1


def test_series_and_authors_have_templates_of_their_own() -> None:
    settings = Config()
    facets = facets_of(document(series="s", authors=("a",), tags=("t",)), config=settings)
    planned = plan(BY_NAME.values(), SitePlan(facets, placed(()), (), settings))
    templates = {output.path: output.template for output in planned}
    assert templates["series/s/index.html"] == "series.html"
    assert templates["authors/a/index.html"] == "author.html"
    assert templates["tags/t/index.html"] == "list.html"


def test_author_page_has_the_profile() -> None:
    authors = {"ada": AuthorConfig(bio="Writes.")}
    made = pages(document(authors=("Ada",), tags=("ada",)), authors=authors)
    author, tag = made["authors/ada/index.html"], made["tags/ada/index.html"]
    assert isinstance(author, ListPage)
    assert isinstance(tag, ListPage)
    assert author.profile is not None
    assert (author.profile.bio, tag.profile) == ("Writes.", None)


def test_an_address_without_a_page_offers_the_newest_posts() -> None:
    found = pages(*posts(7))["404.html"]
    assert isinstance(found, NotFoundPage)
    assert [card.title for card in found.recent] == ["7", "6", "5", "4", "3"]


def test_page_has_no_neighbours_and_the_language_of_the_site() -> None:
    found = pages(document("content/pages/p.md"), *posts(2), language="de")["p/index.html"]
    assert isinstance(found, DocumentPage)
    assert (found.kind, found.lang, found.previous, found.next) == ("page", "de", None, None)


def test_only_unlisted_documents_and_the_search_are_kept_from_crawlers() -> None:
    """The page for what is not found is kept from them by the status it is sent with."""
    found = pages(document(), document("content/posts/u.md", unlisted=True))
    assert {path for path, each in found.items() if each.noindex} == {
        *("posts/u/index.html", "search/index.html"),
    }


def test_every_page_says_what_it_is_about_and_no_two_say_the_same() -> None:
    """Tags of the same posts once had the same description, and so had all pages of a home page."""
    described: Any = {"title": "Post", "tags": ("a", "b"), "series": "s", "categories": ("a",)}
    found = pages(*posts(2, **described), paginate=1, description="About it")
    said = [each.description for path, each in found.items() if not path.startswith("posts/")]
    assert all(said)
    assert len({*said}) == len(said)
    assert {found[f"posts/{n}/index.html"].description for n in (1, 2)} == {"Post · Blog"}


@pytest.mark.parametrize(
    ("image", "kind"),
    [("/a/i.PNG", "image/png"), ("https://x.example/i.jpg?w=2", "image/jpeg"), ("/i", None)],
)
def test_a_preview_shows_the_image_of_front_matter(image: str, kind: str | None) -> None:
    found = pages(document(image=image, title="Title"))["posts/a/index.html"]
    assert found.preview is not None
    assert (found.preview.url, found.preview.alt, found.preview.type) == (
        found.image,
        "Title",
        kind,
    )


def test_a_post_names_the_accounts_of_its_authors_else_that_of_the_site() -> None:
    ada, reply = AuthorConfig(mastodon="ada@x.example"), ReplyConfig(mastodon="@me@x.example")
    config: Any = {"authors": {"ada": ada}, "theme": ThemeConfig(reply=reply)}
    for authors, account in ((("ada",), "@ada@x.example"), (("bob",), "@me@x.example")):
        found = pages(document(authors=authors), **config)["posts/a/index.html"]
        assert isinstance(found, DocumentPage)
        assert found.accounts == (account,)


@pytest.mark.parametrize(
    ("headings", "toc", "uses", "shown"),
    [
        (2, True, "", False),
        (3, True, "", True),
        (3, False, "", False),
        (3, True, OWN_CONTENTS, False),
    ],
)
def test_contents_show_from_three_headings_unless_switched_off_or_in_the_text(
    headings: int, toc: bool, uses: str, shown: bool
) -> None:
    source = document(toc=toc)
    toc_of = tuple(Heading(2, str(n), str(n)) for n in range(headings))
    rendered = Rendered("", None, toc_of, (), Anchors(), "", 0, uses=frozenset({uses}))
    found = pages(Document(source.source, source.meta, rendered))["posts/a/index.html"]
    assert isinstance(found, DocumentPage)
    assert found.show_toc is shown


def test_page_links_the_parts_of_the_theme_that_it_uses_and_no_others() -> None:
    plain = document()
    rendered = replace(plain.rendered, uses=frozenset({"zoom", "lines", "unheard"}))
    names = ("parts/zoom.js", "parts/zoom.css", "parts/lines.css", "parts/other.css")
    files = tuple(Source(f"static/{name}", Kind.STATIC, name) for name in names)
    found = pages(replace(plain, rendered=rendered), files=files)
    uses = ("/parts/lines.css", "/parts/zoom.css", "/parts/zoom.js")
    assert {path: each.uses for path, each in found.items() if each.uses} == {
        "posts/a/index.html": uses
    }


def test_pages_of_the_home_lead_to_each_other() -> None:
    found = pages(*posts(5), paginate=2)
    home = [found[path] for path in ("index.html", "page/2/index.html", "page/3/index.html")]
    assert [listed(each) for each in home] == [["5", "4"], ["3", "2"], ["1"]]
    links = [(each.newer_url, each.older_url) for each in home if isinstance(each, ListPage)]
    assert links == [
        (None, "/repo/page/2/"),
        ("/repo/", "/repo/page/3/"),
        ("/repo/page/2/", None),
    ]


@pytest.mark.parametrize("pattern", ["/tags/{slug}/", "/tags/{slug}", "/tags/{slug}.html"])
def test_pages_of_a_term_lead_to_files_that_are_planned(pattern: str) -> None:
    # `/tags/t.html` once led to `/tags/t.htmlpage/2/`.
    found = pages(*posts(3, tags=("t",)), paginate=1, permalinks=Permalinks(tags=pattern))
    urls = {each.url for each in found.values()}
    terms = [each for each in found.values() if isinstance(each, ListPage) and each.term]
    assert len(terms) == 3
    for each in terms:
        assert {url for url in (each.newer_url, each.older_url) if url} <= urls
        assert each.feeds[0].url == "/repo/tags/t/feed.xml"


def test_list_of_a_term_knows_it() -> None:
    found = pages(document(tags=("C++",)))["tags/c-plus-plus/index.html"]
    assert isinstance(found, ListPage)
    assert found.term is not None
    assert (found.kind, found.title, found.taxonomy) == ("list", "C++", "tags")
    assert (found.term.count, found.feeds[0].title) == (1, "Blog: C++")


def test_home_is_described_by_the_site_and_may_be_empty() -> None:
    found = pages(description="About it")["index.html"]
    assert (found.kind, found.title, found.description) == ("home", "Blog", "About it")
    assert listed(found) == []


def test_list_without_a_description_is_described_by_what_is_on_it() -> None:
    """Home pages of sites without a description had none, which search engines count as a fault."""
    found = pages(*posts(12, tags=("t", "u"), title="Title"), paginate=2)
    for path, expected in (
        ("index.html", "Blog · Title · Title"),
        ("page/2/index.html", "Blog · Page 2 of 6 · Title · Title"),
        ("tags/t/index.html", "Tags · t · Title · Title"),
        ("tags/t/page/2/index.html", "Tags · t · Page 2 of 6 · Title · Title"),
    ):
        assert found[path].description == expected
    assert found["tags/index.html"].description == "Tags · t · u"
    assert found["archive/index.html"].description == " · ".join(["Archive", *["Title"] * 12])
    assert found["search/index.html"].description == "Search · Blog"
    assert pages()["index.html"].description == "Blog"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ((), ""),
        (("a" * 200, "b"), "a" * 200),
        (("a" * 80, "b" * 77, "c"), f"{'a' * 80} · {'b' * 77}"),
        (("a" * 80, "b" * 78, "c"), "a" * 80),
    ],
)
def test_description_of_a_list_holds_as_many_names_as_fit(
    names: tuple[str, ...], text: str
) -> None:
    assert description_of(names) == text


def test_overview_archive_and_not_found_page() -> None:
    found = pages(document(date=day(1), series="s"))
    terms, archive = found["series/index.html"], found["archive/index.html"]
    assert isinstance(terms, TermsPage)
    assert isinstance(archive, ArchivePage)
    assert (terms.title, terms.taxonomy, terms.terms[0].name) == ("Series", "series", "s")
    assert (archive.title, archive.years[0].year) == ("Archive", 2024)
    assert (found["404.html"].kind, found["404.html"].url) == ("404", "/repo/404.html")


def test_page_of_feeds_has_the_absolute_address_of_each() -> None:
    found = pages(document(date=day(1), tags=("t",)))["feeds/index.html"]
    assert isinstance(found, FeedsPage)
    assert [(feed.name, feed.url) for feed in found.addresses] == [
        ("RSS", "https://example.org/repo/feed.xml"),
        ("Atom", "https://example.org/repo/atom.xml"),
        ("JSON Feed", "https://example.org/repo/feed.json"),
    ]
    (tags,) = found.groups
    (term,) = tags.lists
    assert (tags.title, term.name, term.url) == ("Tags", "t", "/repo/tags/t/")
    assert len(term.feeds) == 3
    assert term.feeds[0].url == "https://example.org/repo/tags/t/feed.xml"


def test_page_of_feeds_names_no_terms_that_have_none_and_may_be_a_page_of_the_site() -> None:
    found = pages(document(tags=("t",)), feeds=FeedsConfig(terms=False))["feeds/index.html"]
    assert isinstance(found, FeedsPage)
    assert found.groups == ()
    own = pages(document("content/pages/feeds.md"))["feeds/index.html"]
    assert own.kind == "page"


def test_every_page_announces_the_three_feeds_below_the_base_path() -> None:
    for each in pages(document(tags=("t",))).values():
        assert [feed.url for feed in each.feeds[-3:]] == [
            *("/repo/feed.xml", "/repo/atom.xml", "/repo/feed.json")
        ]


def test_image_that_is_no_url_ends_no_build() -> None:
    found = pages(document(image="http://[x"))["posts/a/index.html"]
    assert found.image == "http://[x"
