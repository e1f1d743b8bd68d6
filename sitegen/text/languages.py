"""Language tags, as `lang` in HTML takes them (BCP 47; RFC 5646 §2.1)."""

from __future__ import annotations

import re

A_LANGUAGE = "a language tag such as en or pt-BR"

_TAG = re.compile(
    # RFC 5646 has room for languages of four to eight letters, of which none was ever registered.
    r"[a-z]{2,3}(?:-[a-z]{3}){0,3}"
    r"(?:-[a-z]{4})?"  # the script
    r"(?:-(?:[a-z]{2}|\d{3}))?"  # the region
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*"  # variants
    r"(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*"  # extensions
    r"(?:-x(?:-[a-z\d]{1,8})+)?"
    r"|[ix](?:-[a-z\d]{1,8})+",  # registered before there was this grammar, or private
    re.IGNORECASE | re.ASCII,
)
_LOCALE = re.compile(r"([a-z]{2,3}(?:_[a-z\d]+)*)(?:\.[\w-]+)?(?:@\w+)?", re.IGNORECASE | re.ASCII)

_NAMES = {
    "ar": "arabic العربية",
    "bg": "bulgarian български",
    "ca": "catalan català",
    "cs": "czech čeština",
    "da": "danish dansk",
    "de": "german deutsch",
    "el": "greek ελληνικά",
    "en": "english american british",
    "es": "spanish español espanol castellano",
    "et": "estonian eesti",
    "fa": "persian farsi فارسی",
    "fi": "finnish suomi",
    "fr": "french français francais",
    "he": "hebrew עברית",
    "hi": "hindi हिन्दी",
    "hr": "croatian hrvatski",
    "hu": "hungarian magyar",
    "id": "indonesian indonesia",
    "it": "italian italiano",
    "ja": "japanese 日本語",
    "ko": "korean 한국어",
    "lt": "lithuanian lietuvių",
    "lv": "latvian latviešu",
    "nb": "norwegian norsk bokmål",
    "nl": "dutch nederlands flemish",
    "pl": "polish polski",
    "pt": "portuguese português portugues",
    "pt-BR": "brazilian",
    "ro": "romanian română",
    "ru": "russian русский",
    "sk": "slovak slovenčina",
    "sl": "slovenian slovenščina",
    "sr": "serbian српски",
    "sv": "swedish svenska",
    "ta": "tamil தமிழ்",
    "th": "thai ไทย",
    "tr": "turkish türkçe turkce",
    "uk": "ukrainian українська",
    "vi": "vietnamese việt",
    "zh": "chinese 中文 mandarin",
}
_LOCALES = (
    "ar_AR bg_BG ca_ES cs_CZ da_DK de_DE el_GR en_US es_ES et_EE fa_IR fi_FI fr_FR he_IL hi_IN "
    "hr_HR hu_HU id_ID it_IT ja_JP ko_KR lt_LT lv_LV nb_NO nl_NL pl_PL pt_BR ro_RO ru_RU sk_SK "
    "sl_SI sr_RS sv_SE ta_IN th_TH tr_TR uk_UA vi_VN zh_CN"
)
_COUNTRIES = dict(locale.split("_") for locale in _LOCALES.split())
"""The country of each language that networks expect with it, where a tag names none."""
_RIGHT_TO_LEFT = frozenset(
    (
        *("aeb", "apc", "ar", "arc", "ary", "arz", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa"),
        *("glk", "hac", "he", "hnd", "ks", "lrc", "lut", "mzn", "nqo", "ps", "rhg", "sd", "sdh"),
        *("skr", "syr", "trw", "ug", "ur", "yi"),
    )
)
"""Languages that are written from right to left, unless their tag names another script."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    ("adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa")
)
_TRADITIONAL = frozenset(("hk", "mo", "tw"))
"""Where Chinese is written in traditional characters."""
_TAGS = {name: tag for tag, names in _NAMES.items() for name in names.split()}
"""By the name of a language in English, and in itself: its tag."""


def is_language_tag(text: str) -> bool:
    """Whether a text has the form of a language tag: `de`, `pt-BR`, `zh-Hans`."""
    return _TAG.fullmatch(text) is not None


def text_direction(tag: str) -> str:
    """`rtl` or `ltr`: how a language is written, which its script decides (`az-Arab`)."""
    language, *others = tag.lower().split("-")
    script = next((part for part in others[:4] if len(part) == 4 and part.isalpha()), None)
    is_rtl = script in _RIGHT_TO_LEFT_SCRIPTS if script else language in _RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"


def locale(tag: str) -> str | None:
    """The language with its country, as Open Graph names it: `pt_BR`, `de_DE`; None: unknown."""
    language, *others = tag.lower().split("-")
    named = next((part.upper() for part in others if re.fullmatch("[a-z]{2}", part)), None)
    if language == "zh" and "hant" in others:
        named = named or "TW"
    country = named or _COUNTRIES.get(language)
    return f"{language}_{country}" if country else None


def fallbacks(tag: str) -> tuple[str, ...]:
    """The tag in lower case, and wider ones: `de-at`, `de`. A lookup as in RFC 4647 §3.4.

    Chinese of a country where that is usual is in traditional characters, `zh-hant`, first.
    """
    parts = tag.lower().split("-")
    found = ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]
    if parts[0] == "zh" and _TRADITIONAL.intersection(parts) and not {"hans", "hant"} & {*parts}:
        found.insert(-1, "zh-hant")
    return tuple(found)


def language_hint(text: str) -> str | None:
    """What to write in place of a text that is no language tag, where that is plain.

    `english` is `en`, and the locale `en_US.UTF-8` is `en-US`.
    """
    tag = language_meant(text)
    return f"write '{tag}'" if tag else None


def names_a_language(text: str) -> bool:
    """Whether a text surely means a language: as a tag, a name or a locale of a well-known one.

    `php` and `go` have the form of tags as well.
    """
    tag = language_meant(text)
    return tag is not None and tag.partition("-")[0].lower() in _NAMES


def language_meant(text: str) -> str | None:
    """The tag that a text is, or surely means: `german` and `de_DE.UTF-8` are `de`, `de-DE`."""
    found = _LOCALE.fullmatch(text)
    tag = found[1].replace("_", "-") if found else text
    if is_language_tag(tag):
        return tag
    names = re.findall(r"\w+", text.casefold())
    return next((_TAGS[name] for name in names if name in _TAGS), None)
