"""The files of words that the theme has."""

from __future__ import annotations

from sitegen.sources.discover import I18N, THEME

FILES = {file.stem: file for file in sorted((THEME / I18N).iterdir())}
TAGS = tuple(FILES)
