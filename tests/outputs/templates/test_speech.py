"""Words, dates and numbers in templates: in the language of the page they are on."""

from __future__ import annotations

import pytest

from tests.outputs.templates.rendered import post, rendered, templates


def shown(text: str, lang: str = "en", **fields: str) -> str:
    html, problem = rendered(templates(a=text), "a.html", post(lang=lang, **fields))
    assert problem is None
    return html


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("{{ t('older') }}", "en", "Older"),
        ("{{ t('older') }}", "de-CH", "Älter"),
        ("{{ t('posts_count', 1) }}", "de", "1 Beitrag"),
        ("{{ t('posts_count', 1234) }}", "de", "1.234 Beiträge"),
        ("{{ t('posts_count', 2) }}", "he", "שני פוסטים"),
        ("{{ page.date | date }}", "ja", "2024年3月7日"),
        ("{{ page.date | date('month') }}", "ru", "март 2024\u202fг."),
        ("{{ 1234.5 | number }}", "fr", "1\u202f234,5"),
        ("{{ page.lang | direction }}", "fa", "rtl"),
        ("{{ page.date | date }}", "xx", "7 March 2024"),
    ],
)
def test_a_page_speaks_its_language(text: str, lang: str, expected: str) -> None:
    assert shown(text, lang) == expected


def test_values_are_escaped_and_html_is_not() -> None:
    text = "{{ t('updated_on', date=page.title) }}"
    assert shown(text, title="<b>") == "Edited &lt;b&gt;"
    link = "{% set link %}<i>{{ page.title }}</i>{% endset %}"
    linked = link + "{{ t('updated_on', date=link) }}"
    assert shown(linked, title="<b>") == "Edited <i>&lt;b&gt;</i>"


def test_a_macro_speaks_the_language_of_the_page_that_calls_it() -> None:
    macro = "{% macro m() %}{{ t('older') }}{% endmacro %}"
    found = templates(a="{% import 'm.html' as m %}{{ m.m() }}", m=macro)
    said = [rendered(found, "a.html", post(lang=lang))[0] for lang in ("de", "en", "de")]
    assert said == ["Älter", "Older", "Älter"]
