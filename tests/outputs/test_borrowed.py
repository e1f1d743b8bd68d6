"""Words that a language lacks: which of them a page marks, and where it cannot."""

from __future__ import annotations

import pytest

from sitegen.i18n.spoken import spoken
from sitegen.outputs.borrowed import with_languages, word_in

THEME = {"theme:i18n/en.toml": 'older = "Older"\nby = "by {name}"\ncomma = ", "\n'}
WORD = word_in(spoken(("sv",), THEME)[0]["sv"], "older").__html__()


@pytest.mark.parametrize(
    ("html", "lang", "expected"),
    [
        (f"<p>{WORD}</p>", "sv", '<p><span lang="en">Older</span></p>'),
        (f"<p>{WORD}</p>", "ur", '<p><span lang="en" dir="ltr">Older</span></p>'),
        (
            f'<a title="{WORD}">{WORD}</a>',
            "sv",
            '<a title="Older"><span lang="en">Older</span></a>',
        ),
        (f"<a title='>{WORD}'>x</a>", "sv", "<a title='>Older'>x</a>"),
        (f"<title>{WORD} · X</title>", "sv", "<title>Older · X</title>"),
        (f"<script>if (1<2) '{WORD}'</script>", "sv", "<script>if (1<2) 'Older'</script>"),
        (f"<!-- {WORD} -->", "sv", "<!-- Older -->"),
        (f"1 < 2 {WORD}", "sv", '1 < 2 <span lang="en">Older</span>'),
    ],
)
def test_a_word_is_marked_where_an_element_can_be(html: str, lang: str, expected: str) -> None:
    assert with_languages(html, lang) == expected


def test_a_borrowed_word_in_another_is_marked_in_it() -> None:
    sv = spoken(("sv",), THEME)[0]["sv"]
    outer = word_in(sv, "by", values={"name": word_in(sv, "older")}).__html__()
    assert with_languages(outer, "sv") == ('<span lang="en">by <span lang="en">Older</span></span>')


def test_a_sign_has_no_language() -> None:
    assert word_in(spoken(("sv",), THEME)[0]["sv"], "comma").__html__() == ", "
