"""Wikilinks find what they name wherever it is, and say where it cannot be known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.config.schema import Config
from sitegen.model.document import Document, Heading, Link
from sitegen.model.site import Route
from sitegen.site.links import resolve
from sitegen.site.name_check import NameTargets, problem_of_wikilink
from sitegen.site.names import named_by, paths_meant
from sitegen.text.wikilinks import keys_of_name, parse_wikilink
from tests.documents import document, facets_of

CONFIG = Config(base_url="https://me.example/repo/")
HERE = "content/posts/web/here.md"
SITE = (
    document("content/posts/2024-02-01-rome.md", slug="rome", title="Three days in Rome"),
    document("content/posts/web/tea.md", slug="web-tea"),
    document("content/posts/food/tea.md", slug="food-tea"),
    document("content/posts/food/rice/index.md", title="Rice: all of it?"),
    document("content/pages/manual/_index.md", slug="manual"),
    document("content/pages/about.md", id="who-i-am", title="Tea"),
)
ASSETS = {"content/maps/Map of Rome.pdf": Route("maps/map.pdf", "/repo/maps/map.pdf")}


def with_links(*names: str, path: str = HERE) -> Document:
    """A document with these wikilinks."""
    found = document(path, links=tuple(f"[[{name}]]" for name in names))
    keys = (key for name in names for key in keys_of_name(parse_wikilink(name).name))
    contents = (Heading(2, "own-part", "Own part!"),)
    return replace(found, rendered=replace(found.rendered, names=tuple(keys), toc=contents))


def shown(name: str, path: str = HERE) -> str:
    """What a wikilink of a document becomes that has no text of its own."""
    here = with_links(name, path=path)
    read = facets_of(*SITE, here, config=CONFIG, assets=ASSETS).get
    return resolve('<a href="\x000\x00">\x00@0\x00</a>', here.rendered.links, path, read)


@pytest.mark.parametrize(
    ("name", "url", "text"),
    [
        ("2024-02-01-rome", "/repo/posts/rome/", "Three days in Rome"),
        ("Rome", "/repo/posts/rome/", "Three days in Rome"),
        ("rome.md", "/repo/posts/rome/", "Three days in Rome"),
        ("posts/rome", "/repo/posts/rome/", "Three days in Rome"),
        ("/content/posts/rome", "/repo/posts/rome/", "Three days in Rome"),
        ("three days in rome", "/repo/posts/rome/", "Three days in Rome"),
        ("rice", "/repo/posts/rice/", "Rice: all of it?"),
        ("Rice: all of it?#Cooking", "/repo/posts/rice/#cooking", "Rice: all of it? › Cooking"),
        ("tea", "/repo/posts/web-tea/", "Tea"),
        ("food/tea", "/repo/posts/food-tea/", "Tea"),
        ("../food/tea", "/repo/posts/food-tea/", "Tea"),
        ("./tea", "/repo/posts/web-tea/", "Tea"),
        ("who-i-am", "/repo/about/", "Tea"),
        ("manual", "/repo/manual/", "Manual"),
        ("map of rome.pdf", "/repo/maps/map.pdf", "map of rome.pdf"),
        ("here#own part!", "/repo/posts/here/#own-part", "Here › own part!"),
        ("#Own part!", "#own-part", "Own part!"),
        ("rome#^a1b2c3", "/repo/posts/rome/#a1b2c3", "Three days in Rome"),
        ("rome#Food#^a1b2c3", "/repo/posts/rome/#a1b2c3", "Three days in Rome"),
    ],
)
def test_name_leads_to_a_page_and_shows_its_title(name: str, url: str, text: str) -> None:
    assert shown(name) == f'<a href="{url}">{text}</a>'


def test_link_to_nothing_is_no_link_and_reads_as_it_was_written() -> None:
    assert shown("nodiscard") == "<a>[[nodiscard]]</a>"


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("../posts/tea", "SG301", None),
        ("rone", "SG301", "did you mean 'rome'?"),
        ("nodiscard", "SG301", "write the name of a file or a title; or put it in backticks"),
        ("Map of Rom.pdf", "SG303", "did you mean 'Map of Rome.pdf'?"),
        ("here#Own parts", "SG302", "did you mean 'Own part!'?"),
        ("#^block", "SG302", "write ' ^block' at the end of that block"),
        ("#^own-pat", "SG302", "did you mean '^own-part'?"),
        ("#^own-part", None, None),
        ("#Own part!", None, None),
        ("#own-part", None, None),
        ("rome", None, None),
    ],
)
def test_what_leads_nowhere_is_reported(name: str, code: str | None, hint: str | None) -> None:
    here = with_links(name)
    anchors = replace(here.rendered.anchors, names=frozenset({"own-part"}))
    here = replace(here, rendered=replace(here.rendered, anchors=anchors))
    known = {each.source.path: each for each in (*SITE, here)}
    targets = NameTargets(known, (), tuple(ASSETS), tuple(ASSETS))
    problem = problem_of_wikilink(Link(f"[[{name}]]", 1, 1), HERE, targets)
    assert (problem.code if problem else None) == code
    assert problem is None or hint is None or (problem.hint or "").startswith(hint)


def test_name_of_several_is_reported_where_none_is_beside_the_link() -> None:
    targets = NameTargets({each.source.path: each for each in SITE}, (), ())
    link = Link("[[tea]]", 1, 1)
    assert problem_of_wikilink(link, "content/posts/web/here.md", targets) is None
    problem = problem_of_wikilink(link, "content/posts/here.md", targets)
    assert problem
    assert problem.code == "SG424"
    assert problem.hint == "write the path: [[food/tea]] or [[web/tea]]"
    assert "posts/food-tea" in shown("tea", "content/posts/other/x.md")


def test_draft_is_named_where_nothing_else_is_called_so() -> None:
    draft = document("content/posts/draft.md")
    known = {each.source.path: each for each in SITE}
    assert NameTargets(known, (draft,), ()).hidden_target("[[draft]]", HERE) == draft.source.path
    assert NameTargets(known, (draft,), ()).hidden_target("[[rome]]", HERE) is None


def test_alias_that_is_no_path_is_a_name() -> None:
    about = document("content/pages/about.md", aliases=("Who I am", "/me"))
    named = named_by((about,), ())
    assert paths_meant("who i am", HERE, named.get) == (about.source.path,)
    assert paths_meant("/me", HERE, named.get) == ()
