"""The ids of headings in other generators, so that links to parts of moved pages stay alive."""

from __future__ import annotations

import re

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.config.values import CHOICES
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.text.heading_ids import HEADING_IDS

CASES = [
    # text, GitHub, Hugo, Zola
    ("Hello, World!", "hello-world", "hello-world", "hello-world"),
    ("C++ & D", "c--d", "c--d", "c-d"),
    ("a - b -- c", "a---b----c", "a---b----c", "a-b-c"),
    ("snake_case x", "snake_case-x", "snake_case-x", "snake-case-x"),
    ("`code` and *more*", "code-and-more", "code-and-more", "code-and-more"),
    ("_so_ __bold__", "so-bold", "_so_-__bold__", "so-bold"),
    ("See [it](https://e.org/a)", "see-it", "see-ithttpseorga", "see-it"),
    ("v1.2.3", "v123", "v123", "v1-2-3"),
    ("What's new?", "whats-new", "whats-new", "what-s-new"),
    ("Über Straße", "über-straße", "über-straße", "uber-strasse"),
    ("e\u0301te\u0301 Øl", "été-øl", "ete-øl", "ete-ol"),
    ("नमस्ते", "नमस्ते", "नमसत", "नमस्ते"),
    ("日本語 3", "日本語-3", "日本語-3", "日本語-3"),
    ("!!!", "section", "heading", "section"),
    ("(a)", "a", "a", "a"),
]


@pytest.mark.parametrize(("text", "github", "hugo", "zola"), CASES)
def test_heading_has_the_id_of_each_generator(text: str, github: str, hugo: str, zola: str) -> None:
    found = {
        anchors: re.findall(
            'id="(.*?)"', render(f"## {text}", dialect(MarkdownConfig(anchors=anchors)))[0].html
        )
        for anchors in HEADING_IDS
    }
    assert found == {"github": [github], "hugo": [hugo], "zola": [zola]}


@pytest.mark.parametrize("anchors", HEADING_IDS)
def test_second_heading_of_a_name_gets_a_number(anchors: str) -> None:
    found = render("## a\n## a\n## a\n", dialect(MarkdownConfig(anchors=anchors)))[0]
    assert [heading.id for heading in found.toc] == ["a", "a-1", "a-2"]


def test_configuration_takes_the_names_that_there_are() -> None:
    assert CHOICES["markdown", "anchors"] == tuple(HEADING_IDS)
