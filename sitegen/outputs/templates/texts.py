"""The texts of all templates, as one is looked up: in the site's own folder, then in the theme."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.model.dataclass import dataclass

THEME_FOLDER = "theme/"


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template as it was read."""

    path: str
    """Of the source, for error messages."""
    text: str


class TemplateTexts:
    """Templates by name; those of the theme are `theme/…`, and go without that where they can."""

    def __init__(self, texts: Mapping[str, TemplateText]) -> None:
        self._texts = texts
        self.names = {name.removeprefix(THEME_FOLDER) for name in texts} | texts.keys()
        """Every name that a template can be asked for by."""
        self.themes = {n.removeprefix(THEME_FOLDER) for n in texts if n.startswith(THEME_FOLDER)}
        """The names of those that the theme has, without `theme/`."""
        self.own = {name: text for name, text in texts.items() if not name.startswith(THEME_FOLDER)}
        """Those of the site."""
        self.lines = {found.path: found.text.split("\n") for found in texts.values()}
        """By the path of the source."""

    def find(self, name: str) -> TemplateText | None:
        """The template of that name, or None."""
        return self._texts.get(name) or self._texts.get(f"{THEME_FOLDER}{name}")

    def every_name(self) -> tuple[str, ...]:
        """The name of each template, once."""
        return tuple(self._texts)
