"""The diagnostics of templates that fail."""

from __future__ import annotations

import pytest

from tests.outputs.templates.rendered import html, problem


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\n{{ nothing }}", "'nothing' is not defined"),
        ("a\n{{ page.titel }}", "has no 'titel'"),
        ("a\n{{ site.titel }}", "has no 'titel'"),
        ("a\n{% if page.titel %}{% endif %}", "has no 'titel'"),
        ("a\n{% for x in nothing %}{% endfor %}", "'nothing' is not defined"),
        ("a\n{% include nothing %}", "'nothing' is not defined"),
    ],
)
def test_undefined_name_is_reported_with_template_and_line(text: str, name: str) -> None:
    found = problem(a=text)
    assert (found.code, found.path, found.line) == ("SG502", "templates/a.html", 2)
    assert name in found.message


@pytest.mark.parametrize("text", ["\n\n{% if %}", "\n\n{{ x | nosuch }}", "\n\n{{ ("])
def test_template_that_jinja_cannot_read(text: str) -> None:
    found = problem(theme_a=text)
    assert (found.code, found.path, found.line) == ("SG501", "theme:templates/a.html", 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% if page %}", "'if' is never closed"),
        ("{% for a in b %}{% if a %}{% endif %}", "'for' is never closed"),
        ("{{ page | upcase }}", "unknown filter 'upcase'"),
        (
            "{% if page %}{% endfor %}",
            "'endfor' does not belong to 'if', which is open since line 1",
        ),
    ],
)
def test_jinja_is_quoted_no_longer_than_it_helps(text: str, message: str) -> None:
    assert problem(a=text).message == message


def test_unreadable_template_is_found_through_the_one_that_includes_it() -> None:
    found = problem(a="x\n{% include 'part.html' %}", part="\n{% endif %}")
    assert (found.code, found.path, found.line) == ("SG501", "templates/part.html", 2)


def test_missing_include_is_told_where_it_is_asked_for() -> None:
    found = problem(a="\n\n{% include '_crad.html' %}", theme__card="")
    assert (found.code, found.path, found.line) == ("SG503", "templates/a.html", 3)
    assert found.message == "no such template '_crad.html'"
    assert found.hint == "did you mean '_card.html'?"


def test_missing_template_of_a_document() -> None:
    found = problem("pots", theme_post="")
    assert (found.code, found.path) == ("SG503", None)
    assert found.hint == "did you mean 'post.html'?"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("\n{{ 1 / 0 }}", "ZeroDivisionError"),
        ("\n{{ page.title | iso }}", "the value before 'iso' is no date: 'T'"),
        ("\n{{ page.image | date }}", "the value before 'date' is not set"),
    ],
)
def test_template_that_fails_is_told_with_its_line(text: str, error: str) -> None:
    found = problem(a=text)
    assert (found.code, found.path, found.line) == ("SG504", "templates/a.html", 2)
    assert found.message.startswith(error)


@pytest.mark.parametrize(
    "text", ["{% include 'm.html' %}", "{% import 'm.html' as m %}{{ m.card(1) }}"]
)
def test_error_in_another_file_is_located_there(text: str) -> None:
    part = "{% macro card(x) %}\n\n{{ x.y.z }}{% endmacro %}{{ card(1) if page is defined }}"
    found = problem(a=text, m=part)
    assert (found.code, found.path, found.line) == ("SG502", "templates/m.html", 3)


def test_error_in_a_block_of_the_child_is_located_in_the_child() -> None:
    base = "\n\n\n{% block main %}{% endblock %}"
    child = "{% extends 'base.html' %}\n{% block main %}\n{{ nothing }}{% endblock %}"
    found = problem(theme_base=base, a=child)
    assert (found.path, found.line) == ("templates/a.html", 3)


@pytest.mark.parametrize("text", ["{% extends 'a.html' %}", "{% include 'a.html' %}"])
def test_template_that_needs_itself_is_told(text: str) -> None:
    found = problem(a=text, theme_a="")
    assert (found.code, found.path) == ("SG504", "templates/a.html")
    assert found.message == "this template includes or extends itself"


def test_templates_that_need_each_other_are_told() -> None:
    found = problem(a="{% include 'b.html' %}", b="{% include 'a.html' %}")
    assert found.message == "this template includes or extends itself"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ pgae.title }}", "'pgae' is not defined", "did you mean 'page'?"),
        ("{{ page.titel }}", "page has no 'titel'", "did you mean 'title'?"),
        ("{{ site.tittle }}", "site has no 'tittle'", "did you mean 'title'?"),
        ("{{ page.title.nope.more }}", "page.title has no 'nope'", None),
        ("{{ page.image.alt }}", "page.image is not set", "test it first: {% if page.image %}"),
        (
            "{% set p = page %}{{ p.image.alt }}",
            "p.image is not set",
            "test it first: {% if p.image %}",
        ),
        ("{{ {'a': 1}.b }}", "no key 'b' in this mapping", None),
        ("{{ page['titel'] }}", "'page' has no attribute 'titel'", "did you mean 'title'?"),
        ("{{ (page.image).alt }}", "'None' has no attribute 'alt'", None),
    ],
)
def test_undefined_name_is_reported_in_the_words_of_the_template(
    text: str, message: str, hint: str | None
) -> None:
    found = problem(a=text)
    assert (found.code, found.message, found.hint) == ("SG502", message, hint)
    assert text[(found.column or 0) - 1 :][: found.length].isidentifier()


@pytest.mark.parametrize(
    ("text", "place", "word", "message", "hint"),
    [
        (
            "<p>\n  {% if a %}{% if page %}\n{% endif %}\n</p>\n",
            (2, 6),
            "if",
            "'if' is never closed",
            "close it with {% endif %}",
        ),
        (
            "{% block content %}\n{% set x = 1 %}\n{% set y %}2\n",
            (3, 4),
            "set",
            "'set' is never closed",
            "close it with {% endset %}",
        ),
        (
            "{% for x in [] %}\n{% if x %}\n{% endfor %}",
            (3, 4),
            "endfor",
            "'endfor' does not belong to 'if', which is open since line 2",
            "close that first, with {% endif %}",
        ),
        (
            "a {% endif %}",
            (1, 6),
            "endif",
            "'endif' has no tag before it that it belongs to",
            None,
        ),
        (
            "{% inlcude 'b.html' %}",
            (1, 4),
            "inlcude",
            "unknown tag 'inlcude'",
            "did you mean 'include'?",
        ),
        (
            "{% assign x = 1 %}",
            (1, 4),
            "assign",
            "unknown tag 'assign'",
            "did you mean 'set'?",
        ),
        (
            "x\n{{ page.title | uper }}",
            (2, 17),
            "uper",
            "unknown filter 'uper'",
            "did you mean 'upper'?",
        ),
        (
            "{% if page.title is strnig %}{% endif %}",
            (1, 21),
            "strnig",
            "unknown test 'strnig'",
            "did you mean 'string'?",
        ),
        (
            "{{ page.title | truncate: 50 }}",
            (1, 25),
            ":",
            "template syntax error: expected token 'end of print statement', got ':'",
            "arguments are in parentheses: truncate(50)",
        ),
        (
            "{{ page.date | date: '%Y' }}",
            (1, 20),
            ":",
            "template syntax error: expected token 'end of print statement', got ':'",
            "write page.date.strftime('%Y')",
        ),
        (
            "{{ page.title page.url }}",
            (1, 15),
            "page",
            "template syntax error: expected token 'end of print statement', got 'page'",
            None,
        ),
    ],
)
def test_unreadable_template_is_located_at_the_word_and_told_how_to_mend_it(
    text: str, place: tuple[int, int], word: str, message: str, hint: str | None
) -> None:
    """Jinja gives no columns, and for a tag that is never closed the last line of the file."""
    found = problem(a=text)
    assert (found.code, found.message, found.hint) == ("SG501", message, hint)
    if word != "page":
        assert ((found.line, found.column), found.length) == (place, len(word))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ title }}", "did you mean 'page.title'?"),
        ("{{ posts }}", "did you mean 'site.posts'?"),
        ("{{ post.url }}", "did you mean 'page'?"),
        ("{{ abslute('/') }}", "did you mean 'absolute'?"),
        ("{% set author = 1 %}{{ autor }}", "did you mean 'author'?"),
        ("{% for entry in [1] %}{{ etry }}{% endfor %}", "did you mean 'entry'?"),
        ("{{ site.autor }}", "did you mean 'author'?"),
        ("{{ site.extra.nope }}", "test it first: {% if site.extra.nope is defined %}"),
        ("{{ site.extra.moto }}", "did you mean 'motto'?"),
        ("{{ page.permalink }}", "did you mean 'absolute_url'?"),
        ("{{ site.base_url }}", "did you mean 'absolute_url'?"),
    ],
)
def test_undefined_name_brings_the_one_that_is_meant(text: str, hint: str) -> None:
    """Also where another generator has another name for it."""
    found = problem(a=text)
    assert (found.code, found.hint) == ("SG502", hint)


@pytest.mark.parametrize(
    ("text", "word", "message", "hint"),
    [
        (
            '{{ page.date | date("%Y") }}',
            "date",
            "'date' has no form '%Y'",
            'write page.date.strftime("%Y")',
        ),
        (
            '{{ page.date|date(format="%Y") }}',
            "date",
            "'date' does not take these arguments",
            'write page.date.strftime("%Y")',
        ),
        (
            '{{ page.date | date("shrt") }}',
            "date",
            "'date' has no form 'shrt'",
            "did you mean 'short'?",
        ),
        (
            "{{ page.title | number }}",
            "number",
            "the value before 'number' is no number: 'T'",
            None,
        ),
        (
            "{{ t('posts_count') }}",
            "posts_count",
            "'posts_count' needs a count",
            'write t("posts_count", count)',
        ),
        (
            "{{ t('page_of', number=1) }}",
            "page_of",
            "'page_of' needs 'total'",
            'write t("page_of", total=…)',
        ),
        (
            "{{ url() }}",
            "url",
            "'url' does not take these arguments",
            "it is called as url(path)",
        ),
        (
            "{{ page.title | iso(1) }}",
            "iso",
            "'iso' does not take these arguments",
            "it is called as value | iso",
        ),
        (
            "{{ page.title | replace('a') }}",
            "replace",
            "'replace' does not take these arguments",
            "it is called as value | replace(old, new, count)",
        ),
    ],
)
def test_wrong_arguments_are_explained_by_how_it_is_called(
    text: str, word: str, message: str, hint: str | None
) -> None:
    """Once: "TypeError: readable_date() takes 1 positional argument but 2 were given"."""
    found = problem(a=f"<p>\n{text}")
    assert (found.code, found.path, found.line) == ("SG504", "templates/a.html", 2)
    assert (found.message, found.hint) == (message, hint)
    assert text[(found.column or 0) - 1 :][: found.length] == word


def test_a_word_that_the_theme_does_not_have_brings_the_one_that_is_meant() -> None:
    found = problem(a="{% if 1 %}\n{{ t('oldr') }}{% endif %}")
    assert (found.code, found.line, found.column, found.length) == ("SG507", 2, 7, 4)
    assert found.message == "the theme has no word 'oldr'"
    assert found.hint == "did you mean 'older'?"


def test_template_that_means_to_extend_the_theme_is_told_how() -> None:
    found = problem("post", post="{% extends 'post.html' %}", theme_post="")
    assert (found.line, found.column, found.length) == (1, 13, len("post.html"))
    assert found.message == "this template includes or extends itself"
    assert found.hint == "did you mean 'theme/post.html'?"


def test_misspelled_parent_is_never_the_template_itself() -> None:
    """To extend itself is the next error, so the hint names the theme's."""
    found = problem("post", post="{% extends 'psot.html' %}", theme_post="")
    assert (found.code, found.hint) == ("SG503", "did you mean 'theme/post.html'?")
    assert html("post", post="{% extends 'theme/post.html' %}", theme_post="x") == "x"
