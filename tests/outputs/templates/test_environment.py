"""Pages from templates, and the diagnostics of templates that fail."""

from __future__ import annotations

import locale
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from sitegen.engine.trace import Facets, View
from sitegen.model.diagnostics import Diagnostic
from sitegen.outputs.context import Page
from sitegen.outputs.errors import RenderError
from sitegen.outputs.templates.environment import Templates, TemplateText, readable_date, safe_html

BASE = "https://example.org/repo/"


def templates(**texts: str) -> Templates:
    """Templates by name: `a` is the site's `a.html`, `theme_a` the theme's."""
    found = {}
    for key, text in texts.items():
        name = f"{key.removeprefix('theme_')}.html"
        if key.startswith("theme_"):
            found[f"theme/{name}"] = TemplateText(f"theme:templates/{name}", text)
        else:
            found[name] = TemplateText(f"templates/{name}", text)
    return Templates(found)


def shown(template: str = "a", title: str = "T", **texts: str) -> tuple[str, Diagnostic | None]:
    page = Page(kind="post", title=title, url="/repo/", absolute_url=BASE, lang="en")
    return rendered(templates(**texts), f"{template}.html", page)


def rendered(found: Templates, name: str, page: Page) -> tuple[str, Diagnostic | None]:
    """The page, or why there is none."""
    site = {"site:title": "Blog", "site:author": "", "site:absolute_url": BASE}
    try:
        return found.render(name, View(Facets(site | {f"template:{name}": ()})), page), None
    except RenderError as error:
        return "", error.problem


def html(template: str = "a", title: str = "T", **texts: str) -> str:
    text, problem = shown(template, title, **texts)
    assert problem is None
    return text


def problem(template: str = "a", **texts: str) -> Diagnostic:
    text, found = shown(template, **texts)
    assert text == ""
    assert found is not None
    return found


def test_template_of_the_site_hides_that_of_the_theme() -> None:
    assert html(theme_a="theme", a="site") == "site"
    assert html(theme_a="theme") == "theme"


def test_site_extends_the_template_it_replaces() -> None:
    theme = "<{% block title %}theme{% endblock %}>"
    own = "{% extends 'theme/base.html' %}{% block title %}my {{ super() }}{% endblock %}"
    post = "{% extends 'base.html' %}"
    assert html(theme_base=theme, base=own, theme_a=post) == "<my theme>"


def test_titles_are_escaped_and_finished_html_is_not() -> None:
    assert html(a="{{ page.title }}", title="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    assert html(a="{{ page.title }}", title=safe_html("<b>")) == "<b>"


def test_template_may_use_what_the_site_does_not_say() -> None:
    assert html(a="{% if site.author %}by{% endif %}{{ page.image or 'none' }}") == "none"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ url('/x') }}", "/repo/x"),
        ("{{ url('https://example.net/') }}", "https://example.net/"),
        ("{{ absolute('/repo/x') }}", "https://example.org/repo/x"),
        ("{{ absolute('//cdn.example/x') }}", "https://cdn.example/x"),
        ("{{ absolute('https://example.net/') }}", "https://example.net/"),
    ],
)
def test_urls_in_templates(text: str, expected: str) -> None:
    assert html(a=text) == expected


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
def test_undefined_name_is_told_with_template_and_line(text: str, name: str) -> None:
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
        ("{{ page | upcase }}", "this template cannot be read: no filter named 'upcase'"),
        (
            "{% if page %}{% endfor %}",
            "this template cannot be read: encountered unknown tag 'endfor'",
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
    assert found.message == "there is no template '_crad.html'"
    assert found.hint == "did you mean '_card.html'?"


def test_missing_template_of_a_document() -> None:
    found = problem("pots", theme_post="")
    assert (found.code, found.path) == ("SG503", None)
    assert found.hint == "did you mean 'post.html'?"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("\n{{ 1 / 0 }}", "ZeroDivisionError"),
        ("\n{{ page.title | iso }}", "AttributeError"),
        ("\n{{ page.image | date }}", "AttributeError"),
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


def test_one_fault_on_two_pages_is_one_diagnostic() -> None:
    broken = templates(a="{{ nothing }}")
    page = Page(kind="post", title="1", url="/1/", absolute_url=BASE, lang="en")
    assert rendered(broken, "a.html", page) == rendered(broken, "a.html", page)


def test_dates_are_readable_and_the_same_in_every_locale() -> None:
    when = datetime(2024, 3, 7, 23, 5, tzinfo=UTC)
    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("C", "", "de_DE.UTF-8", "ar_EG.UTF-8"):
            with suppress(locale.Error):  # this machine has no such locale
                locale.setlocale(locale.LC_TIME, name)
            assert readable_date(when) == "7 March 2024"
    finally:
        locale.setlocale(locale.LC_TIME, before)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ pgae.title }}", "'pgae' is not defined", "did you mean 'page'?"),
        ("{{ page.titel }}", "page has no 'titel'", "did you mean 'title'?"),
        ("{{ site.tittle }}", "site has no 'tittle'", None),
        ("{{ {'a': 1}.b }}", "this table has no 'b'", None),
        ("{{ page.title.nope.more }}", "this str has no 'nope'", None),
    ],
)
def test_undefined_name_is_told_in_the_words_of_the_template(
    text: str, message: str, hint: str | None
) -> None:
    found = problem(a=text)
    assert (found.code, found.message, found.hint) == ("SG502", message, hint)
    assert text[found.column - 1 if found.column else 0 :].startswith(message.split("'")[1])


def test_what_a_template_reaches_is_the_same_whenever_it_is_asked() -> None:
    """Once the second answer lacked what the first had: every page was made again."""
    known = templates(a="{% extends 'b.html' %}", b="{% include 'c.html' %}", c="")
    first = known.reach("a.html")
    assert [name for name, _ in first] == ["a.html", "b.html", "c.html"]
    assert known.reach("a.html") == first
