"""Language tags, and what people write in their place."""

from __future__ import annotations

import pytest

from sitegen.text.languages import is_language_tag, language_hint


@pytest.mark.parametrize(
    "tag",
    [
        "de",
        "pt-BR",
        "zh-Hans",
        "zh-cmn-Hans-CN",
        "de-CH-1901",
        "es-419",
        "EN-us",
        "sl-rozaj-biske",
        "en-US-u-ca-gregory",
        "de-x-me",
        "x-mine",
        "i-klingon",
        "gsw",
        "hy-Latn-IT-arevela",
    ],
)
def test_tags_of_rfc_5646_are_well_formed(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("english", "write 'en'"),
        ("English (US)", "write 'en'"),
        ("Deutsch", "write 'de'"),
        ("日本語", "write 'ja'"),
        ("en_US", "write 'en-US'"),
        ("de_DE.UTF-8", "write 'de-DE'"),
        ("zh_Hant_TW", "write 'zh-Hant-TW'"),
        ("sr_RS@latin", "write 'sr-RS'"),
        ("klingonese", None),
        ("e", None),
        ("", None),
        ("en us", None),
        ("de-", None),
        ("true", None),
    ],
)
def test_what_is_no_tag_gets_the_one_that_is_meant(text: str, hint: str | None) -> None:
    assert not is_language_tag(text)
    assert language_hint(text) == hint
