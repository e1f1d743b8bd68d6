"""Which lines are fenced code can be told from lines alone as the reader of Markdown finds it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.text.fenced import Fenced

LINES = ("```", "````", "```py", "``` `", "~~~", "~~~ ```", "text", "", "   ```", "```  ")
SYNTAXES = dialect()


@given(st.lists(st.sampled_from(LINES), max_size=8))
def test_lines_are_code_where_markdown_says_so(lines: list[str]) -> None:
    lines = [*lines, "last"]
    rendered, _ = render("\n".join(lines), SYNTAXES)
    code = {row for start, end in rendered.fences for row in range(start, end)}
    fenced = Fenced()
    assert {row for row, line in enumerate(lines) if fenced.takes(line)} == code


def test_quotes_and_items_of_lists_may_be_in_front_of_it() -> None:
    fenced = Fenced()
    lines = "- ```py", "  code", "  ```", "> 1. ~~~", "> :::", "> ~~~", "text"
    assert [fenced.takes(line) for line in lines] == [True] * 6 + [False]
