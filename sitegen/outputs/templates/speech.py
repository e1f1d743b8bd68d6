"""What templates say by themselves: words, dates and numbers, in the language of their page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from jinja2 import TemplateRuntimeError
from markupsafe import Markup

from sitegen.model.dataclass import dataclass
from sitegen.model.formats import DATE_STYLES
from sitegen.model.language import COUNT, IncompleteWordError, Language, UnknownWordError
from sitegen.outputs.borrowed import word_in
from sitegen.outputs.templates.guard import RefusedError
from sitegen.text.spelling import did_you_mean


class NoSuchWordError(TemplateRuntimeError):
    """A template says a word that no file has."""

    def __init__(self, key: str, hint: str | None) -> None:
        where = "i18n/" if key.startswith("site.") else "the theme"
        super().__init__(f"{where} has no word '{key}'")
        self.key, self.hint = key, hint


@dataclass(frozen=True, slots=True)
class Speech:
    """The filters and functions that read the language of the page they are in."""

    language: Callable[[], Language]

    @property
    def filters(self) -> Mapping[str, Callable[..., object]]:
        """Those for values."""
        language = self.language

        def readable_date(when: date, style: str = "long") -> str:
            _check_date(when, "date")
            if style not in DATE_STYLES:
                is_form = "%" not in style  # else it is one of strftime
                hint = did_you_mean(style, DATE_STYLES) or f"its forms are {', '.join(DATE_STYLES)}"
                raise RefusedError(
                    f"'date' has no form '{style}'", "date", hint if is_form else None
                )
            return language().formats.date(when, style)

        def number(value: float) -> str:
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise RefusedError(f"the value before 'number' is no number: {value!r}", "number")
            return language().formats.number(value)

        return {"date": readable_date, "iso": machine_date, "number": number}

    @property
    def functions(self) -> Mapping[str, Callable[..., object]]:
        """Those that are called by name."""
        language = self.language

        def t(key: str, count: int | None = None, **values: object) -> Markup:
            try:
                return word_in(language(), key, count, values)
            except UnknownWordError:
                raise _unknown(key, language()) from None
            except IncompleteWordError as error:
                raise _incomplete(key, str(error)) from None

        return {"t": t}


def _unknown(key: str, language: Language) -> NoSuchWordError:
    hint = did_you_mean(key, language.words)
    if hint is None and key.startswith("site."):
        hint = f"add it to i18n/{language.tag}.toml, below a line [site]"
    return NoSuchWordError(key, hint)


def _incomplete(key: str, name: str) -> RefusedError:
    if name == COUNT:
        return RefusedError(f"'{key}' needs a count", key, f'write t("{key}", count)')
    return RefusedError(f"'{key}' needs '{name}'", key, f'write t("{key}", {name}=…)')


def machine_date(when: date) -> str:
    """`2024-03-07T10:00:00+01:00`, as the `datetime` of a `<time>` wants it."""
    _check_date(when, "iso")
    return when.isoformat("T", "seconds") if isinstance(when, datetime) else when.isoformat()


def _check_date(when: object, name: str) -> None:
    if not isinstance(when, date):
        shown = "not set" if when is None else f"no date: {when!r}"
        hint = "test it first, as in {% if page.date %}" if when is None else None
        raise RefusedError(f"the value before '{name}' is {shown}", name, hint)
