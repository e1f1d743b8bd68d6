"""What the theme cannot say in the languages of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen import MANUAL
from sitegen.diagnosis.checkup import Finding
from sitegen.i18n.spoken import word_files
from sitegen.model.codes import Severity
from sitegen.model.language import ENGLISH_TAG

WORDS_SHOWN = 5
"""Words named in a finding, at most."""
HOW = f"{MANUAL}languages/#add-a-language"


def findings_of_languages(tags: Iterable[str], texts: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each of these languages that lacks words.

    `texts` are all files of words, by path.
    """
    files = word_files(texts)
    for tag in tags:
        if borrowed := files.language(tag).borrowed:
            yield _lacking(tag, borrowed, is_new=not files.has(tag))


def _lacking(tag: str, borrowed: Mapping[str, str], *, is_new: bool) -> Finding:
    if is_new:
        message = f"the theme does not speak '{tag}': what it says there is in English"
        return Finding(Severity.WARNING, message, f"write i18n/{tag}.toml: {HOW}")
    missing, others = [*borrowed], dict.fromkeys(borrowed.values())
    count = "1 word" if len(missing) == 1 else f"{len(missing)} words"
    named = ", ".join(missing[:WORDS_SHOWN]) + (", …" if len(missing) > WORDS_SHOWN else "")
    said = " or ".join("English" if other == ENGLISH_TAG else f"'{other}'" for other in others)
    message = f"'{tag}' lacks {count}, said in {said}: {named}"
    return Finding(Severity.WARNING, message, f"add them to i18n/{tag}.toml: {HOW}")
