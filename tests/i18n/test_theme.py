"""The words of the theme, language by language."""

from __future__ import annotations

import re
import tomllib

import pytest

from sitegen.i18n.spoken import formats_in
from sitegen.i18n.words import Words, site_words, theme_words
from tests.conftest import ROOT
from tests.i18n.files import FILES, TAGS

ENGLISH = theme_words(FILES["en"].read_text("utf-8"))
PROMISED = {
    *("en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk"),
    *("tr", "ar", "fa", "he", "hi", "ja", "ko", "zh"),
}


def words(tag: str) -> Words:
    return theme_words(FILES[tag].read_text("utf-8"))


def texts(tag: str) -> list[str]:
    forms = ([word] if isinstance(word, str) else [*word.values()] for word in words(tag).values())
    return [text for each in forms for text in each]


def test_the_theme_speaks_what_it_promises() -> None:
    assert set(TAGS) >= PROMISED


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_has_every_word_every_form_and_every_place_for_a_value(tag: str) -> None:
    text = FILES[tag].read_text("utf-8")
    found, problems = site_words(text, f"i18n/{tag}.toml", ENGLISH, formats_in(tag))
    assert problems == ()
    assert list(found) == list(ENGLISH), "the keys are those of English, in its order"
    assert found == tomllib.loads(text)


@pytest.mark.parametrize("tag", sorted({*TAGS} - {"en"}))
def test_nothing_is_left_in_english(tag: str) -> None:
    """But for what a language says in the same word, such as `Tags`."""
    phrase = re.compile(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+")
    same = [text for text in texts(tag) if text in texts("en") and phrase.search(text)]
    assert same == []


def test_every_word_is_said_somewhere() -> None:
    files = [*(ROOT / "sitegen").rglob("*.html"), *(ROOT / "sitegen").rglob("*.py")]
    text = "".join(file.read_text("utf-8") for file in files)
    keys = [*ENGLISH]
    assert [key for key in keys if not re.search(rf"[\"'0]{key}[\\\"']", text)] == []


def test_french_has_its_spaces_before_high_signs() -> None:
    assert not [
        text for text in texts("fr") if re.search(r"(?<![\u00a0\u202f])[:;!?»](?!\w)", text)
    ]
    assert not [text for text in texts("fr") if "'" in text]
