"""A language as pages speak it: the words of the theme, and how dates and numbers are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from types import MappingProxyType

from sitegen.model.dataclass import dataclass
from sitegen.model.formats import ENGLISH, Formats

Word = str | Mapping[str, str]
"""A text with placeholders such as `{name}`; or its forms by plural category, where it depends on
a count, which is `{n}` in them."""
PLACEHOLDER = re.compile(r"\{(\w+)\}")
COUNT = "n"
ENGLISH_TAG = "en"
NOTHING: Mapping[str, object] = MappingProxyType({})


class UnknownWordError(LookupError):
    """There is no such word in any language."""


class IncompleteWordError(LookupError):
    """A word was asked for without its count, or without a value that it has a place for."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words and formats of a language."""

    tag: str
    words: Mapping[str, Word]
    """By key; of another language where this one lacks a word, so that none is ever missing."""
    formats: Formats
    borrowed: Mapping[str, str] = field(default_factory=dict)
    """By the key of a word that it lacks: the tag of the language that the word is taken from."""

    def say(
        self,
        key: str,
        count: int | None = None,
        values: Mapping[str, object] = NOTHING,
        shown: Callable[[object], str] = str,
    ) -> str:
        """The text of a word, with the count and the values in their places, numbers as written.

        `shown` turns the text, and each value, into what the result is made of: to HTML, say.
        Raises UnknownWordError and IncompleteWordError.
        """
        formats = ENGLISH if self.borrowed.get(key) == ENGLISH_TAG else self.formats
        text = shown(self._text(key, count, formats))
        if "{" not in text:
            return text
        given = {COUNT: count, **values}

        def value(found: re.Match[str]) -> str:
            if (each := given.get(found[1])) is None:
                raise IncompleteWordError(found[1])
            return shown(formats.number(each) if type(each) is int else each)

        return PLACEHOLDER.sub(value, text)

    def _text(self, key: str, count: int | None, formats: Formats) -> str:
        try:
            word = self.words[key]
        except KeyError:
            raise UnknownWordError(key) from None
        if isinstance(word, str):
            return word
        if count is None:
            raise IncompleteWordError(COUNT)
        return word.get(formats.category(count), word["other"])
