"""The declarations of a site's own fields: every way to get one wrong."""

from __future__ import annotations

import pytest

from sitegen.config.load import load
from sitegen.config.own_fields import EXAMPLE_OF_TYPE, FIELD_TYPES


def test_every_type_has_an_example() -> None:
    assert EXAMPLE_OF_TYPE.keys() == set(FIELD_TYPES)


@pytest.mark.parametrize(
    ("declared", "line", "message", "hint"),
    [
        ('[fields.a]\ntype = "strng"', 2, "'fields.a.type' must be one of", "mean 'string'"),
        ('[fields.a]\ntype = "bool"', 2, "'fields.a.type' must be one of", "mean 'boolean'"),
        ('[fields.a]\ntype = "list"\nitems = "list"', 3, "'fields.a.items' must be", ""),
        ('[fields.a]\nitems = "url"', 2, "'fields.a.items' is for a list", "remove"),
        ("[fields.a]\nchoises = []", 2, "unknown key 'fields.a.choises'", "'choices'"),
        ("[fields.a]\nchoices = ['x', 2]", 2, "'fields.a.choices[1]' must be text", '"2"'),
        ('[fields.a]\ntype = "date"\nchoices = [1]', 3, "is for texts and numbers", "remove"),
        ('[fields.a]\nchoices = ["x", "y"]\ndefault = "z"', 3, "must be one of 'x', 'y'", "'x'"),
        ('[fields.a]\ntype = "integer"\ndefault = "3"', 3, "must be a whole number", "quotes: 3"),
        ('[fields.a]\ntype = "url"\ndefault = "a.example"', 3, "must be an address", "https"),
        ('[fields.a]\ntype = "file"\ndefault = "a.png"', 3, "from the root", "'/a.png'"),
        ('[fields.a]\ntype = "post"\ndefault = "a"', 3, "is not for a post", "remove"),
        ('[fields.a]\nrequired = true\ndefault = "x"', 2, "no effect beside a default", "remove"),
        ("[fields.a]\n[fields.a.fields.b]", 2, "'fields.a.fields' is for an object", "remove"),
        (
            '[fields.a]\ntype = "object"\n[fields.a.fields.b]\nfor = "posts"',
            4,
            "is for a field of the document",
            "remove",
        ),
        ("[fields.tags]", 1, "'fields.tags' means 'tags'", "another name"),
        ("[fields.Redirect_From]", 1, "means 'redirect_from'", "another name"),
        ("[fields.params]", 1, "means 'params'", "another name"),
        ("[fields.a_b]\n[fields.ab]", 2, "'fields.ab' means 'a_b'", "another name"),
        ("[fields.reading-level]", 1, "page.extra.reading-level", "'reading_level'"),
        ("[fields.items]", 1, "page.extra.items", "another name"),
    ],
)
def test_declaration_that_cannot_be_meant_is_refused(
    declared: str, line: int, message: str, hint: str
) -> None:
    _, problems = load(declared)
    (problem,) = problems
    assert problem.line == line
    assert message in problem.message
    assert hint in (problem.hint or "")


def test_forbidding_unknown_keys_is_an_error_unless_the_site_says_otherwise() -> None:
    forbidding = '[content]\nunknown = "forbid"\n'
    assert load(forbidding)[0].diagnostics == {"SG119": "error"}
    both = f'{forbidding}[diagnostics]\nSG119 = "info"\n'
    assert load(both)[0].diagnostics == {"SG119": "info"}
