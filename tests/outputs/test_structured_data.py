"""What pages say of themselves in JSON-LD, held against the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

from sitegen.config.schema import AuthorConfig, MenuItem
from sitegen.outputs.context import Page, Site
from sitegen.outputs.structured_data import structured_data
from tests.documents import day, document
from tests.outputs.test_context import pages, site_of
from tests.showcase import DEMO, Showcase

THING = {"@id", "name", "description", "url", "image", "sameAs", "potentialAction"}
WORK = THING | {
    *("headline", "author", "datePublished", "dateModified", "inLanguage", "isPartOf", "keywords"),
    *("mainEntityOfPage", "mainEntity", "position", "timeRequired"),
}
TYPES: dict[str, set[str]] = {
    "WebSite": WORK,
    "WebPage": WORK,
    "CollectionPage": WORK,
    "ProfilePage": WORK,
    "Blog": WORK | {"blogPost"},
    "BlogPosting": WORK | {"articleSection", "wordCount"},
    "CreativeWorkSeries": WORK,
    "Person": THING,
    "BreadcrumbList": THING | {"itemListElement"},
    "ItemList": THING | {"itemListElement"},
    "ListItem": THING | {"position", "item"},
    "SearchAction": THING | {"target", "query-input"},
    "EntryPoint": THING | {"urlTemplate"},
}
"""Types of schema.org 29 that are used here, and those of their properties that may be."""
RANGES: dict[str, set[str]] = {
    "author": {"Person"},
    "blogPost": {"BlogPosting"},
    "isPartOf": {"Blog", "CreativeWorkSeries", "WebSite"},
    "itemListElement": {"ListItem"},
    "mainEntity": {"ItemList", "Person"},
    "potentialAction": {"SearchAction"},
    "target": {"EntryPoint"},
}
"""What a property may have as its value; the others have a text, a number or a list of texts."""
REQUIRED: dict[str, set[str]] = {
    "WebSite": {"@id", "name", "url"},
    "BlogPosting": {"@id", "headline"},
    "Person": {"name", "url"},
    "ListItem": {"position", "name"},
    "BreadcrumbList": {"itemListElement"},
}


class Scripts(HTMLParser):
    """The texts of the scripts with JSON-LD of a page, as a browser delimits them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.found.append(data)


def graph_of(html: str) -> list[dict[str, Any]]:
    [script] = Scripts(html).found
    data = json.loads(script)
    assert data.keys() == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def faults(graph: list[dict[str, Any]]) -> list[str]:
    """What in a graph schema.org does not have."""
    known = {node["@id"]: node["@type"] for node in graph if "@id" in node}
    return [fault for node in graph for fault in _faults(node, known)]


def _faults(node: dict[str, Any], known: dict[str, str]) -> Iterator[str]:
    kind = node["@type"]
    if kind not in TYPES:
        yield f"no type {kind}"
        return
    given = node.keys() - {"@type"}
    yield from (f"{kind} has no {name}" for name in sorted(given - TYPES[kind]))
    yield from (f"{kind} lacks {name}" for name in sorted(REQUIRED.get(kind, set()) - given))
    for name in given:
        values = node[name] if isinstance(node[name], list) else [node[name]]
        yield from (f"{kind}.{name} is empty" for value in values if value in ("", None))
        for value in values:
            if not isinstance(value, dict):
                if name in RANGES or (name == "url" and "://" not in value):
                    yield f"{kind}.{name} is {value!r}"
            elif value.keys() == {"@id"}:
                if known.get(value["@id"]) not in RANGES[name]:
                    yield f"{kind}.{name} leads to no thing of its kind: {value['@id']}"
            elif value.get("@type") not in RANGES.get(name, set()):
                yield f"{kind}.{name} is a {value.get('@type')}"
            else:
                yield from _faults(value, known)


def graph(page: Page, site: Site) -> list[dict[str, Any]]:
    return graph_of(f'<script type="application/ld+json">{structured_data(page, site)}</script>')


def thing(kind: str, graph: list[dict[str, Any]]) -> dict[str, Any]:
    [found] = (node for node in graph if node["@type"] == kind)
    return found


def test_a_post_says_who_wrote_it_when_and_where_it_belongs() -> None:
    ada = AuthorConfig(bio="Writes.", links=(MenuItem("Code", "https://code.example/ada"),))
    post = document(
        "content/posts/a.md", date=day(3), authors=("ada",), tags=("t",), categories=("c",),
        series="s", image="/i.png",
    )  # fmt: skip
    config: Any = {"authors": {"ada": ada}}
    found = graph(pages(post, **config)["posts/a/index.html"], site_of(post, **config))
    posting, person = thing("BlogPosting", found), thing("Person", found)
    assert faults(found) == []
    assert posting["datePublished"] == posting["dateModified"] == "2024-01-03T00:00:00+00:00"
    assert posting["author"] == [{"@id": person["@id"]}]
    assert posting["image"] == "https://example.org/repo/i.png"
    assert (posting["keywords"], posting["articleSection"]) == (["t"], ["c"])
    assert posting["position"] == 1
    assert [part["@type"] for part in posting["isPartOf"]] == ["Blog", "CreativeWorkSeries"]
    assert (person["description"], person["sameAs"]) == ("Writes.", ["https://code.example/ada"])
    way = thing("BreadcrumbList", found)["itemListElement"]
    assert [step["name"] for step in way] == ["Blog", "c", "A"]


def test_an_undated_post_has_no_date() -> None:
    found = graph(pages(document())["posts/a/index.html"], site_of(document()))
    assert not {"datePublished", "dateModified"} & thing("BlogPosting", found).keys()


def test_no_title_can_end_the_script() -> None:
    """`</script` would end it, and `<!--<script` let it go on behind its end tag."""
    post = document(title="</script><!--<script>")
    found = graph(pages(post)["posts/a/index.html"], site_of(post))
    assert thing("BlogPosting", found)["headline"] == "</script><!--<script>"


def test_a_search_is_announced_by_the_home_page_of_a_site_that_has_one() -> None:
    found = thing("WebSite", graph(pages()["index.html"], site_of()))
    assert found["potentialAction"]["target"]["urlTemplate"].endswith("/repo/search/?q={query}")


def test_each_page_of_the_demonstration_keeps_to_the_vocabulary(
    showcases: Callable[[str], Showcase],
) -> None:
    found = {
        file: faults(graph_of(text))
        for file in sorted(showcases(DEMO).folder.rglob("*.html"))
        if 'http-equiv="refresh"' not in (text := file.read_text("utf-8"))
    }
    assert len(found) > 40
    assert not {file: some for file, some in found.items() if some}
