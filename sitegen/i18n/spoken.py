"""The languages of a site, from the words of the theme and those of the site itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from sitegen.i18n.words import Words, site_words, theme_words
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.formats import ENGLISH, Formats
from sitegen.model.language import ENGLISH_TAG, Language, Word
from sitegen.text.languages import A_LANGUAGE, fallbacks, is_language_tag, language_meant

_ENDING = ".toml"


@dataclass(slots=True)
class WordFiles:
    """What there are words for: by language tag in lower case."""

    theme: dict[str, str] = field(default_factory=dict)
    """The texts of the theme's files."""
    own: dict[str, Words] = field(default_factory=dict)
    """Those of the site, which count more."""
    problems: list[Diagnostic] = field(default_factory=list)

    def language(self, tag: str) -> Language:
        """Each word in the first of a language's fallbacks that has it; else in English, or in the
        first language, by its tag, that the site says it in.
        """
        own, words, borrowed = fallbacks(tag), dict[str, Word](), dict[str, str]()
        for each in dict.fromkeys((*own, ENGLISH_TAG, *sorted(self.own))):
            said = {**theme_words(self.theme.get(each, "")), **self.own.get(each, {})}
            new = {key: word for key, word in said.items() if key not in words}
            words |= new
            borrowed |= {} if each in own else dict.fromkeys(new, each)
        return Language(tag, words, formats_in(tag), borrowed)

    def has(self, tag: str) -> bool:
        """Whether a language has any words."""
        return any(each in self.theme or each in self.own for each in fallbacks(tag))


def spoken(
    tags: Iterable[str], texts: Mapping[str, str]
) -> tuple[dict[str, Language], tuple[Diagnostic, ...]]:
    """The languages with these tags; and SG508 to SG510 for the files of the site.

    `texts` are all files of words, by path.
    """
    files = word_files(texts)
    return {tag: files.language(tag) for tag in tags}, tuple(files.problems)


def word_files(texts: Mapping[str, str]) -> WordFiles:
    """The files of words, and what is wrong with those of the site."""
    files = WordFiles()
    own = {}
    for path, text in texts.items():
        tag = path.rpartition("/")[2].removesuffix(_ENDING)
        if path.startswith("theme:"):
            files.theme[tag.lower()] = text
        elif is_language_tag(tag):
            own[path, tag] = text
        else:
            meant = language_meant(tag)
            message = f"a file of words is called after its language: {A_LANGUAGE}"
            hint = f"did you mean '{meant}{_ENDING}'?" if meant else None
            files.problems.append(Diagnostic("SG508", message, path, hint=hint))
    reference = theme_words(files.theme[ENGLISH_TAG])
    for (path, tag), text in sorted(
        own.items(), key=lambda file: file[0][1].lower() != ENGLISH_TAG
    ):
        words, problems = site_words(text, path, reference, formats_in(tag))
        files.own[tag.lower()] = words
        files.problems += problems
        reference = {**words, **reference}
    return files


def formats_in(tag: str) -> Formats:
    """How a language writes dates and numbers. Only English needs no data of CLDR for it."""
    if tag.lower() == ENGLISH_TAG:
        return ENGLISH
    from sitegen.i18n import cldr

    return cldr.formats_of(fallbacks(tag))
