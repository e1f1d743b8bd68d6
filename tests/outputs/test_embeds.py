"""Documents that others show: quoted, without what a page can have only once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journal import Journal

POST = "content/posts/three.md"
OTHER = (
    "Intro[^1] [down](#food).\n\n## Food\n\nEat ![Pic](bundle/pic.svg) and [one](one.md).\n\n"
    "### Pizza {#pie}\n\n```python #main\nx\n```\n\n## Sights\n\nSee.\n\n"
    "[^1]: Note.\n\n    ```sh\n    ls\n    ```\n\n    More."
)


def page(journal: Journal, name: str = "three") -> str:
    return (journal.site / f"public/posts/{name}/index.html").read_text("utf-8")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path)
    journal.post("content/posts/four.md", OTHER, title="Four & more")
    return journal


def test_part_is_quoted_from_its_heading_to_the_next(journal: Journal) -> None:
    journal.post(POST, "![[four#food]]")
    assert journal.quick().is_published
    html = page(journal)
    quote = html[html.index("<blockquote") : html.index("</blockquote>")]
    assert quote.startswith('<blockquote cite="/posts/four/">\n<p><strong>Food</strong></p>')
    assert 'src="/posts/bundle/pic.svg"' in quote
    assert "Intro" not in quote
    assert "See." not in quote
    caption = '<figcaption><a href="/posts/four/#food">Four &amp; more › food</a></figcaption>'
    assert caption in html


def test_block_is_quoted_alone(journal: Journal) -> None:
    other = (
        "One ^one\n\n- two ^two\n  - in it\n- more\n\n| a |\n|---|\n\n^three\n\n> four\n\n{#five}"
    )
    journal.post("content/posts/four.md", other.replace("\n\n{", "\n{"))
    journal.post(POST, "".join(f"![[four#^{it}]]\n\n" for it in ("one", "two", "three", "five")))
    assert journal.quick().is_published
    quotes = re.findall(
        r"<blockquote cite[^>]*>\n(.*?)</blockquote>\n<fig", page(journal), re.DOTALL
    )
    assert quotes[0] == "<p>One</p>\n"
    assert quotes[1] == "<ul>\n<li>two\n<ul>\n<li>in it</li>\n</ul>\n</li>\n</ul>\n"
    assert quotes[2].startswith('<div class="table"')
    assert quotes[3] == "<blockquote>\n<p>four</p>\n</blockquote>\n"


def test_no_id_comes_with_what_is_quoted(journal: Journal) -> None:
    journal.post(POST, "Own[^1].\n\n## Food\n\n![[four]]\n\n![[Four & more]]\n\n[^1]: Own note.")
    assert journal.quick().is_published
    html = page(journal)
    ids = re.findall(r'\sid="([^"]*)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert 'href="/posts/four/#fn1">1</a>' in html
    assert 'href="/posts/four/#food">down</a>' in html
    assert html.count("footnotes-list") == 1
    assert "More." not in html
    assert html.count("<h2") == 1
    assert html.count(' style="--note: --note-1"') == 2, "the reference and the note of the page"


def test_heading_of_the_same_page_is_found_by_its_text_in_a_site_without_other_names(
    journal: Journal,
) -> None:
    journal.post(POST, "[[#My part]]\n\n## My part {#own}")
    assert journal.quick().is_published
    assert '<a href="#own">My part</a>' in page(journal)


def test_what_is_shown_in_itself_is_a_link_there(journal: Journal) -> None:
    journal.post(POST, "Three.\n\n![[four]]", title="Three")
    journal.post("content/posts/four.md", "Four.\n\n![[three]]")
    report = journal.quick()
    assert [found.code for found in report.diagnostics if found.code == "SG425"] == ["SG425"]
    journal.configure(**{"diagnostics.SG425": '"info"'})
    assert journal.quick().is_published
    assert '<figure class="embed"><p><a href="/posts/three/">Three</a></p></figure>' in page(
        journal
    )


def test_feeds_and_markdown_say_what_is_quoted_and_where_it_is_from(journal: Journal) -> None:
    journal.configure(**{"export.markdown": "true"})
    journal.post(POST, "See [[four|it]], [[#Own]] and:\n\n![[four#Pizza]]\n\n## Own")
    assert journal.quick().is_published
    feed = (journal.site / "public/feed.json").read_text("utf-8")
    assert '<blockquote cite=\\"https://me.example/posts/four/\\">' in feed
    assert '<a href=\\"https://me.example/posts/four/#pie\\">Four &amp; more › Pizza</a>' in feed
    twin = (journal.site / "public/posts/three/index.md").read_text("utf-8")
    assert "See [it](https://me.example/posts/four/), [Own](" in twin
    assert "\n\n[Four & more › Pizza](https://me.example/posts/four/#pie)\n" in twin
