"""Code in a text, in the colours of its language."""

from __future__ import annotations

import pytest

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
    assert shown("`#!python if x:`") == f"<p>{coloured}</p>\n"
    given = coloured.replace('-python"', '-python python"', 1)
    assert shown("`if x:`{.python}") == f"<p>{given}</p>\n"


def test_class_that_is_no_well_known_language_stays_all_there_is() -> None:
    """Pygments knows `path` as the ending of a file and `red` as a language: both were coloured,
    and the rules that a site had for these classes applied no more.
    """
    assert shown("`x`{.path}, `x`{.red}, `#!pyhton x`") == (
        '<p><code class="path">x</code>, <code class="red">x</code>, <code>#!pyhton x</code></p>\n'
    )


@pytest.mark.parametrize(
    "written", ["`#!html <b>`", "`<b>`{.html}", '`<b>`{aria-label="l" .html #b}']
)
def test_feed_has_the_code_alone(written: str) -> None:
    assert for_readers(shown(written)) == "<p><code>&lt;b&gt;</code></p>\n"


def test_code_is_the_same_beside_a_block_that_was_kept() -> None:
    """The line of a block ends in a line break, and that of code in a text does not."""
    block = "```python\nif x:\n```\n"
    both = f"`#!python if x:`\n\n{block}"
    assert shown(both, block) == shown(both)
    assert shown(both, "`#!python if x:`") == shown(both, both) == shown(both)
