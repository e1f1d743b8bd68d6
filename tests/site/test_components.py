"""Calls are checked like front matter: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.model.components import LinkValue, ParameterType
from sitegen.model.diagnostics import Fix
from sitegen.model.parameters import Component, Need, Parameter
from sitegen.site.components import Bound, bound
from tests.documents import document

VIDEO = Component(
    "video",
    (
        Parameter("id"),
        Parameter("start", ParameterType.INTEGER, is_required=False),
        Parameter("speed", ParameterType.NUMBER, is_required=False),
        Parameter("loud", ParameterType.BOOLEAN, is_required=False),
        Parameter("size", is_required=False, choices=("small", "large")),
        Parameter("cover", ParameterType.IMAGE, is_required=False),
        Parameter("more", ParameterType.LINK, is_required=False),
        Parameter("post", ParameterType.POST, is_required=False),
    ),
    Need.MAYBE,
)
BOX = Component("box", (Parameter("title"),), Need.ALWAYS)
RULE = Component("rule", (), Need.NEVER)
COMPONENTS = {"video": VIDEO, "box": BOX, "rule": RULE, "broken": None}


def checked(body: str, components: dict[str, Component | None] = COMPONENTS) -> Bound:
    rendered = render(body, dialect(), title="T")[0]
    return bound(replace(document(), rendered=rendered), components, ("box", "rule", "video"))


@pytest.mark.parametrize(
    ("body", "code", "place", "message", "hint"),
    [
        ("::vidoe{}", "SG320", (1, 9), "there is no component 'vidoe'", "did you mean 'video'?"),
        (":vdeo[x]", "SG320", (1, 8), "there is no component 'vdeo'", "did you mean 'video'?"),
        (
            "- ::include{file=a.md}",
            "SG320",
            (3, 20),
            "'include' is no component, but a line of its own",
            "start a line with ::include{file=NAME.md}, at most three spaces in front of it",
        ),
        (
            "::map{}",
            "SG320",
            (1, 7),
            "there is no component 'map'",
            "it would be the macro 'map' in templates/components/map.html",
        ),
        ("::: Viddeo\n:::", "SG310", (5, 6), "unknown container 'Viddeo'", "did you mean 'video'?"),
        (
            "::: cod-group\n:::",
            "SG310",
            (5, 9),
            "unknown container 'cod-group'",
            "did you mean 'code-group'?",
        ),
        ("::video{}", "SG321", (1, 9), "'video' needs 'id'", "write {id=…}"),
        ("::video{id}", "SG321", (9, 2), "'id' is a text, not nothing", 'write id="two words"'),
        (
            "::video{#a strat=1}",
            "SG321",
            (12, 7),
            "'video' has no argument 'strat'",
            "did you mean 'start'?",
        ),
        ("::rule{a=1}", "SG321", (8, 3), "'rule' has no argument 'a'", "it takes none"),
        (
            "::video{#a start=1m}",
            "SG321",
            (12, 8),
            "'start' is a whole number, not '1m'",
            "write start=90",
        ),
        (
            "::video{#a speed=fast}",
            "SG321",
            (12, 10),
            "'speed' is a number, not 'fast'",
            "write speed=0.5",
        ),
        (
            "::video{#a loud=yes}",
            "SG321",
            (12, 8),
            "'loud' is true or false, not 'yes'",
            "write loud=true, or the name alone",
        ),
        (
            "::video{#a size=lage}",
            "SG321",
            (12, 9),
            "'size' is none of small, large: 'lage'",
            "did you mean 'large'?",
        ),
        ("::video{#a id=b}", "SG321", (12, 4), "'id' is given twice", None),
        (":::box\nx\n:::", "SG321", (4, 3), "'box' needs 'title'", "write :::box[…]"),
        (
            "::box[x]{titel=y}",
            "SG321",
            (10, 7),
            "'box' has no argument 'titel'",
            "did you mean 'title'?",
        ),
        (":::box[x]{title=y}\nx\n:::", "SG321", (11, 7), "'title' is given twice", None),
        ("::rule[x]", "SG322", (1, 9), "'rule' takes no text", "remove the brackets"),
        (
            ":::rule\nx\n:::",
            "SG322",
            (4, 4),
            "'rule' takes no text",
            "write it as a line: ::rule{}",
        ),
        (":::rule[x]\n:::", "SG322", (4, 4), "'rule' takes no title", "remove what is in brackets"),
        (
            ":::box[x]\n:::",
            "SG322",
            (4, 3),
            "'box' needs a text",
            "write it between two lines, ':::box' and ':::', or in brackets: ::box[…]",
        ),
    ],
)
def test_mistake_is_reported_where_it_is(
    body: str, code: str, place: tuple[int, int], message: str, hint: str | None
) -> None:
    [found] = checked(body).problems
    assert (found.code, found.message, found.hint) == (code, message, hint)
    assert (found.path, found.line, found.column, found.length) == ("content/posts/a.md", 1, *place)


@pytest.mark.parametrize("body", ["::rule[]", ":rule[]", ":rule[]{}"])
def test_brackets_without_a_text_give_none(body: str) -> None:
    """A call in a text has brackets always, also of a component that takes no text."""
    found = checked(body)
    assert found.problems == ()
    assert [call.values for call in found.document.rendered.calls] == [()]


@pytest.mark.parametrize("body", [":map[x] of a town", "::broken{a=b}", "See: :a[1]."])
def test_what_may_be_a_text_or_cannot_be_known_is_no_mistake(body: str) -> None:
    found = checked(body)
    assert found.problems == ()
    assert [call.values for call in found.document.rendered.calls] == [None]


def test_values_are_of_the_types_of_the_parameters() -> None:
    body = (
        "::video{#a start=-1 speed=1.5 loud size=small more=https://b.example cover=c.png post=d}"
    )
    [call] = checked(body).document.rendered.calls
    assert dict(call.values or ()) == {
        "id": "a",
        "start": -1,
        "speed": 1.5,
        "loud": True,
        "size": "small",
        "more": "https://b.example",
        "cover": LinkValue(0, ParameterType.IMAGE),
        "post": LinkValue(1, ParameterType.POST),
    }


def test_values_that_lead_somewhere_are_links_behind_those_of_the_text() -> None:
    calls = ("::video{#a cover=c.png more=e.md}\n", "::video{#a post=d}", "::video{#a post=d.md}")
    body = "\n".join(("[x](x.md)\n", *calls))
    rendered = checked(body).document.rendered
    assert [(link.href, link.line, link.column) for link in rendered.links] == [
        ("x.md", 1, 1),
        ("c.png", 3, 12),
        ("e.md", 3, 24),
        ("id:d", 5, 12),
        ("d.md", 6, 12),
    ]
    assert [image.link for image in rendered.images] == [1]


def test_document_is_another_if_what_it_calls_can_be_called_otherwise() -> None:
    body = "::video{#a}"
    other = {**COMPONENTS, "video": replace(VIDEO, text=Need.NEVER)}
    unrelated = {**COMPONENTS, "rule": BOX}
    digests = [checked(body, each).document.digest for each in (COMPONENTS, unrelated, other)]
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize(
    ("body", "fix"),
    [
        ("::vidoe{#a}", Fix(":vidoe", ":video")),
        ("::video{#a strat=1}", Fix("strat", "start")),
        ("::film{}", None),
        ("::video{#a begin=1}", None),
    ],
)
def test_slip_can_be_mended_by_a_program(body: str, fix: Fix | None) -> None:
    [found] = checked(body).problems
    assert found.fix == fix
