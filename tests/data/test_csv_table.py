"""Tables of comma-separated values, which people write and export."""

from __future__ import annotations

import pytest

from sitegen.data.csv_table import locate_csv
from sitegen.data.tree import Part, plain
from sitegen.model.source import Span


def test_a_row_is_a_mapping_by_the_names_of_the_header() -> None:
    text = 'name, site\nAda,https://ada.example/\n\n"Bob, jr","says ""hi""\nand more"\nEve,\n'
    found, problems = locate_csv(Part(text))
    assert problems == ()
    assert found
    assert plain(found.value) == (
        {"name": "Ada", "site": "https://ada.example/"},
        {"name": "Bob, jr", "site": 'says "hi"\nand more'},
        {"name": "Eve", "site": ""},
    )
    assert found.places[(1,)] == found.places[(1, "site")] == Span(4, 1, 22)
    assert found.places[(2,)] == Span(6, 1, 4)


@pytest.mark.parametrize("text", ["", "\n", "name,site\n"])
def test_a_table_without_rows_is_an_empty_list(text: str) -> None:
    found, problems = locate_csv(Part(text))
    assert found
    assert (found.value, problems) == ((), ())


@pytest.mark.parametrize(
    ("text", "code", "line", "message", "hint"),
    [
        ("a,b\n1,2\n1,2,3\n", "SG101", 3, "a row has 3 values, and the header 2 names", "comma"),
        ("a;b\n1;2\n", "SG101", 1, "columns are separated by ';'", "by commas"),
        ("a\tb\n1\t2\n", "SG101", 1, "columns are separated by '\\t'", "by commas"),
        ("a,b,a\n", "SG101", 1, "two columns have the name 'a'", "rename"),
        ('a,b\n1,"2\n3,4\n', "SG101", 2, "unexpected end of data", "close the text"),
        ('a,b\n1,"2"3\n', "SG101", 2, "expected after", "twice"),
    ],
)
def test_what_is_no_table_says_where_and_what_to_do(
    text: str, code: str, line: int, message: str, hint: str
) -> None:
    found, (problem,) = locate_csv(Part(text))
    assert found is None
    assert (problem.code, problem.line) == (code, line)
    assert message in problem.message
    assert hint in (problem.hint or "")
