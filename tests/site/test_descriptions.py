"""Documents that describe a term, and those that only seem to."""

from __future__ import annotations

import pytest

from sitegen.config.schema import AuthorConfig, Config, Permalinks
from sitegen.model.document import Document
from sitegen.site.index import index
from tests.documents import day, document, facets_of, languages, placed

POST = document(
    "content/posts/a.md",
    title="A",
    tags=("Python", "C++"),
    categories=("Dev",),
    authors=("Ada",),
    series="Saga",
)


@pytest.mark.parametrize(
    ("path", "term", "url", "title"),
    [
        ("tags/python", "tags:python", "/tags/python/", "Python"),
        ("tags/Python", "tags:python", "/tags/python/", "Python"),
        ("tags/c++", "tags:c-plus-plus", "/tags/c-plus-plus/", "C++"),
        ("categories/dev", "categories:dev", "/categories/dev/", "Dev"),
        ("series/saga", "series:saga", "/series/saga/", "Saga"),
        ("authors/ada", "authors:ada", "/authors/ada/", "Ada"),
    ],
)
def test_a_document_describes_the_term_that_its_file_is_called(
    path: str, term: str, url: str, title: str
) -> None:
    about = document(f"content/{path}.md", slug="elsewhere", permalink="/away/")
    facets = facets_of(POST, about)
    assert facets[f"about:{term}"] == about.source.path
    assert facets[f"url:{about.source.path}"] == url
    assert facets[f"card:{about.source.path}"].title == title
    assert [card.title for card in (*facets["posts"], *facets["pages"])] == ["A"]


def test_a_title_of_its_own_is_that_of_the_list() -> None:
    about = document("content/tags/python.md", title="All about Python")
    assert facets_of(POST, about)["card:content/tags/python.md"].title == "All about Python"


def test_an_author_is_described_by_the_key_as_well() -> None:
    config = Config(authors={"countess": AuthorConfig(name="Ada")})
    facets = facets_of(POST, document("content/authors/countess.md"), config=config)
    assert facets["about:authors:ada"] == "content/authors/countess.md"


def test_a_description_is_where_the_pattern_puts_the_term() -> None:
    config = Config(permalinks=Permalinks(tags="/topics/{slug}.html"))
    facets = facets_of(POST, document("content/tags/python.md"), config=config)
    assert facets["url:content/tags/python.md"] == "/topics/python.html"


def test_a_document_with_a_date_is_a_post() -> None:
    """As it was before terms could be described: a blog may have a folder `tags`."""
    old = document("content/tags/python.md", date=day(1))
    facets = facets_of(POST, old)
    assert "about:tags:python" not in facets
    assert [card.url for card in facets["posts"]] == ["/posts/python/", "/posts/a/"]


def problems(*site: Document) -> list[tuple[str, str | None, str | None]]:
    found = index(placed((POST, *site)), Config(), "content", languages("en"))[1]
    return [(d.code, d.path, d.hint) for d in found]


def test_a_description_of_a_term_that_no_post_has_is_reported() -> None:
    assert problems(document("content/tags/pyhton.md"), document("content/series/x.md")) == [
        ("SG212", "content/tags/pyhton.md", "did you mean 'Python'?"),
        ("SG212", "content/series/x.md", "to publish it as a post, give it a date"),
    ]


def test_a_second_description_of_a_term_is_reported() -> None:
    site = (document("content/tags/c++.md"), document("content/tags/c-plus-plus.md", id="x"))
    assert problems(*site) == [("SG212", "content/tags/c-plus-plus.md", "remove one of them")]
