"""Language tags, and what people write in their place."""

from __future__ import annotations

import pytest

from sitegen.text.languages import (
    fallbacks,
    is_language_tag,
    language_hint,
    locale,
    text_direction,
)


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


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", ("de",)),
        ("de-AT", ("de-at", "de")),
        ("zh-TW", ("zh-tw", "zh-hant", "zh")),
        ("zh-Hant-HK", ("zh-hant-hk", "zh-hant", "zh")),
        ("zh-Hans-HK", ("zh-hans-hk", "zh-hans", "zh")),
        ("zh-CN", ("zh-cn", "zh")),
        ("x-mine", ("x-mine", "x")),
    ],
)
def test_a_tag_falls_back_to_wider_ones(tag: str, expected: tuple[str, ...]) -> None:
    assert fallbacks(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", "rtl"),
        ("FA-IR", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("en", "ltr"),
        ("sl-1994", "ltr"),
    ],
)
def test_the_script_decides_the_direction(tag: str, expected: str) -> None:
    assert text_direction(tag) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        *[("en", "en_US"), ("en-GB", "en_GB"), ("pt", "pt_BR"), ("pt-pt", "pt_PT")],
        *[("zh", "zh_CN"), ("zh-Hant", "zh_TW"), ("zh-Hant-HK", "zh_HK"), ("sr-Latn", "sr_RS")],
        ("eo", None),
    ],
)
def test_open_graph_wants_a_country_with_each_language(tag: str, expected: str | None) -> None:
    assert locale(tag) == expected
