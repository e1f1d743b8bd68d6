"""A site's own words, and what can be wrong with them."""

from __future__ import annotations

import pytest

from sitegen.i18n.spoken import formats_in, spoken
from sitegen.i18n.words import site_words, theme_words
from sitegen.model.diagnostics import Diagnostic

EN = 'older = "Older"\nby = "by {name}"\n[posts]\none = "{n} post"\nother = "{n} posts"\n'
DE = 'older = "Älter"\n'
THEME = {"theme:i18n/en.toml": EN, "theme:i18n/de.toml": DE}
REFERENCE = theme_words(EN)


def problems(text: str, tag: str = "ru") -> tuple[Diagnostic, ...]:
    return site_words(text, f"i18n/{tag}.toml", REFERENCE, formats_in(tag))[1]


@pytest.mark.parametrize(
    ("text", "code", "line", "message", "hint"),
    [
        ("older = ", "SG508", 1, "not valid TOML: invalid value", None),
        ('\noldr = "x"', "SG509", 2, "the theme has no word 'oldr'", "did you mean 'older'?"),
        ("older = 1", "SG510", 1, "'older' must be a text, not '1'", "write one text, in quotes"),
        (
            'posts = "{n}"',
            "SG510",
            1,
            "'posts' must be a table with a form for each count, not '{n}'",
            "write a line [posts], and below it: one, few, many, other",
        ),
        ('by = "von {nam}"', "SG510", 1, "'by' has no value '{nam}'", "did you mean '{name}'?"),
        ('by = "von"', "SG510", 1, "'by' lacks {name}", "write {name} where it goes"),
        (
            '[posts]\none = "{n}"\nfew = "{n}"\nmany = "{n}"',
            "SG510",
            1,
            "'posts' lacks the plural form 'other'",
            'add a line below: other = "…"',
        ),
        (
            '[posts]\none = "один"\nfew = "{n}"\nmany = "{n}"\nother = "{n}"',
            "SG510",
            2,
            "'posts.one' lacks {n}",
            "write {n} where it goes",
        ),
        (
            '[posts]\none = "{n}"\ntwo = "{n}"\nfew = "{n}"\nmany = "{n}"\nother = "{n}"',
            "SG509",
            3,
            "this language has no plural form 'two'",
            "remove it; its forms are one, few, many, other",
        ),
    ],
)
def test_a_mistake_is_told_at_its_place(
    text: str, code: str, line: int, message: str, hint: str | None
) -> None:
    found = problems(text)[0]
    assert (found.code, found.path, found.line) == (code, "i18n/ru.toml", line)
    assert (found.message, found.hint) == (message, hint)


def test_a_form_of_one_count_alone_may_spell_it_out() -> None:
    arabic = "\n".join(f'{form} = "{{n}}"' for form in ("few", "many", "other"))
    assert problems(f'[posts]\nzero = "-"\none = "x"\ntwo = "xx"\n{arabic}', "ar") == ()


def test_a_word_comes_from_the_nearest_language_that_has_it_and_from_the_site_first() -> None:
    own = {
        "i18n/de-AT.toml": 'by = "aus der Feder von {name}"',
        "i18n/de.toml": 'by = "von {name}"\nolder = "Früher"',
        "i18n/en.toml": 'older = "Before"',
    }
    found, told = spoken(("de-AT", "de", "en", "sv"), THEME | own)
    assert told == ()
    said = {tag: [found[tag].words[key] for key in ("by", "older")] for tag in found}
    assert said == {
        "de-AT": ["aus der Feder von {name}", "Früher"],
        "de": ["von {name}", "Früher"],
        "en": ["by {name}", "Before"],
        "sv": ["by {name}", "Before"],
    }
    assert found["de"].say("posts", 2) == "2 posts"
    lacking = {tag: [*found[tag].borrowed] for tag in found}
    assert lacking == {
        "de-AT": ["posts"],
        "de": ["posts"],
        "en": [],
        "sv": ["older", "by", "posts"],
    }


def test_an_english_word_has_english_forms_and_digits_in_any_language() -> None:
    """In Belarusian 21 takes the form of 1, and it was "21 post"."""
    found, _ = spoken(("be", "fa"), THEME)
    assert found["be"].say("posts", 21) == "21 posts"
    assert found["fa"].say("posts", 2) == "2 posts"


OWN = {
    "i18n/de.toml": '[site]\ntalk = "Vortrag"\nby = "von {name}"',
    "i18n/en.toml": '[site]\ntalk = "Talk"\n[site.talks]\none = "{n} talk"\nother = "{n} talks"',
}


def test_a_site_has_words_of_its_own_in_any_of_its_languages() -> None:
    found, told = spoken(("de-AT", "en", "fr"), THEME | OWN)
    assert told == ()
    assert {tag: found[tag].say("site.talk") for tag in found} == {
        "de-AT": "Vortrag",
        "en": "Talk",
        "fr": "Talk",
    }
    assert found["fr"].say("site.by", values={"name": "me"}) == "von me"
    assert found["en"].say("site.talks", 1) == "1 talk"
    assert found["en"].borrowed == {"site.by": "de"}
    assert found["fr"].borrowed["site.talk"] == "en"


@pytest.mark.parametrize(
    ("text", "code", "line", "message"),
    [
        ('site = "x"', "SG510", 1, "'site' must be a table of words, not 'x'"),
        ("[site]\ntalk = 1", "SG510", 2, "'site.talk' must be a text, not '1'"),
        ('[site]\ntalk = "{n}"', "SG510", 2, "'site.talk' has no value '{n}'"),
        ("[site.new]\none = 'x'", "SG510", 1, "'site.new' lacks the plural form 'other'"),
        ("[site.new]\nfew = 'x'", "SG509", 2, "this language has no plural form 'few'"),
    ],
)
def test_a_mistake_in_words_of_the_site(text: str, code: str, line: int, message: str) -> None:
    _, told = spoken(("fr",), THEME | OWN | {"i18n/nl.toml": text})
    assert (told[0].code, told[0].path, told[0].line) == (code, "i18n/nl.toml", line)
    assert told[0].message == message


def test_a_word_that_cannot_be_used_leaves_that_of_the_theme() -> None:
    found, told = spoken(("de",), THEME | {"i18n/de.toml": 'older = 1\nby = "von {name}"'})
    assert len(told) == 1
    assert found["de"].words["older"] == "Älter"
    assert found["de"].words["by"] == "von {name}"


@pytest.mark.parametrize(
    ("name", "hint"), [("german", "did you mean 'de.toml'?"), ("main menu", None)]
)
def test_a_file_of_no_language_is_told(name: str, hint: str | None) -> None:
    _, (told,) = spoken(("en",), THEME | {f"i18n/{name}.toml": ""})
    assert (told.code, told.path, told.hint) == ("SG508", f"i18n/{name}.toml", hint)
