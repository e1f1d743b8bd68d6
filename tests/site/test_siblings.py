"""What a page of a section knows of the others."""

from __future__ import annotations

from sitegen.config.schema import MenuItem
from sitegen.model.document import Document
from tests.documents import document, facets_of


def page(name: str, order: int = 0, group: str = "") -> Document:
    *_, folder, stem = f"pages/{name}".split("/")
    slug = folder if stem == "_index" else stem
    return document(f"content/pages/{name}.md", order=order, slug=slug, group=group)


SITE = (
    page("about"),
    page("manual/_index"),
    page("manual/b", order=1),
    page("manual/a"),
    page("manual/first", order=9),
    page("manual/deep/c"),
    page("manual/ref/_index"),
    page("manual/ref/d"),
    document("content/posts/a-post.md"),
    document("content/_index.md"),
)


def test_pages_of_a_section_know_each_other_in_its_order() -> None:
    found = facets_of(*SITE)["siblings:content/pages/manual/a.md"]
    assert found.parent == MenuItem("Manual", "/manual/")
    assert [item.title for item in found.pages] == ["First", "B", "A", "C"]


def test_pages_of_a_group_are_together_where_the_first_of_them_is() -> None:
    facets = facets_of(
        page("manual/_index"),
        page("manual/install", order=3, group="First steps"),
        page("manual/ref/_index"),
        page("manual/ref/commands", order=2, group="Reference"),
        page("manual/write", order=1, group="First steps"),
        page("manual/words", group="Reference"),
    )
    beside = facets["siblings:content/pages/manual/words.md"].pages
    assert [(it.group, it.title) for it in beside] == [
        ("First steps", "Install"),
        ("First steps", "Write"),
        ("Reference", "Words"),
    ]
    assert facets["newer:content/pages/manual/install.md"].title == "Write"
    listed = facets["contents:content/pages/manual"]
    assert [card.title for card in listed] == ["Install", "Write", "Commands", "Words"]


def test_a_page_belongs_to_the_nearest_section() -> None:
    found = facets_of(*SITE)["siblings:content/pages/manual/ref/d.md"]
    assert (found.parent.title, [item.title for item in found.pages]) == ("Ref", ["D"])


def test_pages_of_no_section_and_sections_have_no_siblings() -> None:
    facets = facets_of(*SITE)
    for path in ("content/pages/about.md", "content/pages/manual/_index.md"):
        assert f"siblings:{path}" not in facets


def test_a_reader_goes_from_page_to_page_in_the_order_of_the_section() -> None:
    facets = facets_of(*SITE)
    for one, other in (("first", "b"), ("b", "a"), ("a", "deep/c")):
        paths = (f"content/pages/manual/{name}.md" for name in (one, other))
        before, after = paths
        assert facets[f"newer:{before}"].path == after
        assert facets[f"older:{after}"].path == before
    assert "newer:content/pages/manual/deep/c.md" not in facets
    assert "older:content/pages/manual/first.md" not in facets


def test_the_menu_has_a_section_in_place_of_its_pages() -> None:
    """A manual of thirty pages filled the head of every page with thirty links."""
    titles = [item.title for item in facets_of(*SITE)["site:menu"]]
    assert titles == ["About", "Manual", "Archive"]
