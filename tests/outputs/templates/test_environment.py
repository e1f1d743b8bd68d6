"""Pages from templates."""

from __future__ import annotations

import locale
from contextlib import suppress

import pytest

from sitegen.outputs.context import Page
from sitegen.outputs.templates.environment import safe_html
from tests.outputs.templates.rendered import BASE, html, rendered, templates


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


def test_one_fault_on_two_pages_is_one_diagnostic() -> None:
    broken = templates(a="{{ nothing }}")
    page = Page(kind="post", title="1", url="/1/", absolute_url=BASE, lang="en")
    assert rendered(broken, "a.html", page) == rendered(broken, "a.html", page)


def test_dates_are_readable_and_the_same_in_every_locale() -> None:
    before = locale.setlocale(locale.LC_TIME)
    try:
        for name in ("C", "", "de_DE.UTF-8", "ar_EG.UTF-8"):
            with suppress(locale.Error):  # this machine has no such locale
                locale.setlocale(locale.LC_TIME, name)
            assert html(a="{{ page.date | date }}") == "7 March 2024"
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_what_a_template_reaches_is_the_same_whenever_it_is_asked() -> None:
    """Once the second answer lacked what the first had: every page was made again."""
    known = templates(a="{% extends 'b.html' %}", b="{% include 'c.html' %}", c="")
    first = known.reach("a.html")
    assert [name for name, _ in first] == ["a.html", "b.html", "c.html"]
    assert known.reach("a.html") == first


def test_what_is_known_of_a_text_is_not_looked_for_again() -> None:
    """To parse every template for the names in it took 15 ms of each build."""
    before, after = (templates(a="{% include name %}", b="{% include 'a.html' %}") for _ in "12")
    before.reach("b.html")
    after.know(dict.fromkeys(before.references, ()))  # which is wrong, and so can be seen
    assert len(before.reach("b.html")) == len(before.references) == 2
    assert [name for name, _ in after.reach("b.html")] == ["b.html"]


def test_a_text_that_has_changed_is_looked_at() -> None:
    before, after = templates(a="{% include 'b.html' %}", b=""), templates(a="", b="")
    before.reach("a.html")
    after.know(before.references)
    assert [name for name, _ in after.reach("a.html")] == ["a.html"]
    assert after.references.keys() != before.references.keys()
