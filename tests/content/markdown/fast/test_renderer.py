"""HTML is written byte for byte as markdown-it's renderer writes it."""

from __future__ import annotations

from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sitegen.content.markdown.fast.renderer import Writer
from tests.markup import bodies

REFERENCE = MarkdownIt("commonmark").enable(["table", "strikethrough"])
WRITER = Writer()


@given(bodies)
@settings(max_examples=400)
def test_html_of_any_text_is_that_of_markdown_it(body: str) -> None:
    expected = REFERENCE.render(body)
    assert WRITER.render(REFERENCE.parse(body), REFERENCE.options, {}) == expected


def test_run_brings_its_html_along() -> None:
    run = Token("run", "", 0, content="a", info="<em>a</em>")
    assert WRITER.renderInline([run], REFERENCE.options, {}) == "<em>a</em>"
