"""Words with their counts and values."""

from __future__ import annotations

import pytest

from sitegen.model.formats import ENGLISH
from sitegen.model.language import IncompleteWordError, Language, UnknownWordError, Word

WORDS: dict[str, Word] = {
    "older": "Older",
    "by": "by {name}",
    "posts": {"one": "{n} post", "other": "{n} posts"},
}
SPOKEN = Language("en", WORDS, ENGLISH)


def test_a_word_with_its_count_and_its_values() -> None:
    assert SPOKEN.say("older") == "Older"
    assert SPOKEN.say("posts", 1) == "1 post"
    assert SPOKEN.say("posts", 1234) == "1,234 posts"
    assert SPOKEN.say("by", values={"name": "{name}"}) == "by {name}", "a value has no places"


def test_both_the_text_and_the_values_are_shown_as_asked() -> None:
    assert SPOKEN.say("by", values={"name": "me"}, shown=lambda it: str(it).upper()[:3]) == "BY "


@pytest.mark.parametrize(
    ("key", "error"), [("oldre", UnknownWordError), ("posts", IncompleteWordError)]
)
def test_a_word_that_cannot_be_said(key: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        SPOKEN.say(key)


def test_a_place_without_a_value_is_never_shown() -> None:
    with pytest.raises(IncompleteWordError, match="name"):
        SPOKEN.say("by")
