"""Code in a text, in the colours of its language."""

from __future__ import annotations

from sitegen.content.coloured import Coloured
from sitegen.content.highlight.highlighter import highlight
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.outputs.feeds.content import for_readers


def shown(body: str, *known: str) -> str:
    """The HTML of a text, read after one whose blocks of code are kept."""
    before = Coloured({})
    html = [
        render(text, dialect(), title="T", highlighter=before.highlighter)[0].html for text in known
    ]
    kept = {key: html[0][start:end] for key, (start, end) in before.places("".join(html)).items()}
    return render(body, dialect(), title="T", highlighter=Coloured(kept).highlighter)[0].html


def test_code_has_the_colours_of_a_block() -> None:
    spans = (highlight("if x:", "python") or "").removesuffix("\n")
    assert "<span" in spans
    coloured = f'<code class="highlight language-python">{spans}</code>'
    assert shown("`#!python if x:`, `if x:`{.python}") == f"<p>{coloured}, {coloured}</p>\n"


def test_class_that_is_no_language_and_unknown_language_stay_as_written() -> None:
    assert shown("`x`{.wide-one}, `#!pyhton x`") == (
        '<p><code class="wide-one">x</code>, <code>#!pyhton x</code></p>\n'
    )


def test_feed_has_the_code_alone() -> None:
    assert for_readers(shown("`#!html <b>`")) == "<p><code>&lt;b&gt;</code></p>\n"


def test_code_is_the_same_beside_a_block_that_was_kept() -> None:
    """The line of a block ends in a line break, and that of code in a text does not."""
    block = "```python\nif x:\n```\n"
    both = f"`#!python if x:`\n\n{block}"
    assert shown(both, block) == shown(both)
