"""Excerpts say what readers of a text see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from tests.documents import document, facets_of

HERE = "content/posts/here.md"
ROME = document("content/posts/2024-02-01-rome.md", title="Three days in Rome")


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        (
            "See [[rome]], *[[Rome]]* and\n[[rome|it]].",
            "See Three days in Rome, Three days in Rome",
        ),
        ("[[rome#Food]] [[rome#^a1]]", "Three days in Rome › Food Three days in Rome"),
        ("No [[such post#Part]] and [[#Part]]\n\n## Part", "No such post and Part"),
        (
            "[[rome]]\n\n## Part\n\nIn [[rome]].\n\n<!-- more -->\n\nX",
            "Three days in Rome In Three",
        ),
        ("漢" * 298 + "[[rome]]", "漢" * 298 + "…"),
    ],
)
def test_wikilink_shows_a_title_in_an_excerpt(body: str, excerpt: str) -> None:
    rendered = render(body, dialect(), title="T")[0]
    card = facets_of(ROME, replace(document(HERE), rendered=rendered))[f"card:{HERE}"]
    assert card.excerpt.startswith(excerpt)
    assert "\0" not in card.excerpt
