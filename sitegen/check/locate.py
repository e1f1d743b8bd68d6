"""Where in the sources something of a finished page was written.

The finished page does not say, so its text is looked for: in the Markdown or the file the page was
made from, in the configuration, in the templates. No source is read before something is broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen.config.schema import Config
from sitegen.content import frontmatter
from sitegen.content.notebook import markdown_of_source
from sitegen.model.document import Anchors, Document, Rendered
from sitegen.model.source import DOCUMENT_KINDS, Kind, Source
from sitegen.site.routes import place
from sitegen.sources.discover import CONFIG_FILE, THEME_PREFIX, discover, read
from sitegen.text.encoding import decode, line_and_column
from sitegen.text.fenced import Fenced

UNREAD = Rendered("", None, (), (), Anchors(), "", 0)
BEFORE = r"""(?:(?<=["'=(<])|(?<=[:,]\s)|(?<=\s)(?=id=))"""
AFTER = r"""(?![^\s)"'<>,])"""
"""What comes before and after a URL in Markdown, HTML, TOML and templates, and rarely elsewhere."""

SourceSpot = tuple[str, int, int, str]
"""Path of the source, line, column, and what is written there."""


class Locator:
    """The sources of a site, to look for what was written in them."""

    def __init__(self, site: Path, config: Config, output: Path) -> None:
        self._site, self._config, self._output = site, config, output
        self._text = cache(self._read)
        self._everywhere = cache(self._in_shared)

    def source_of(self, page: str) -> str | None:
        """The source that a file of the output folder was rendered from, if there is one."""
        return self._pages.get(page)

    def static_of(self, page: str) -> str | None:
        """The file of the site that a file of the output folder is a copy of."""
        source = self._pages.get(page)
        return None if source in self._document_paths else source

    def find(
        self, page: str, forms: tuple[str, ...], number: int, *, is_literal: bool = False
    ) -> SourceSpot | None:
        """Where a text of a finished page was written.

        `forms` are the ways to write it; of many places in the page's own source, it is the one
        with this number, from 0, or the last. What is literal is on the page as it was written, as
        in templates and static files: to a path in Markdown or in the configuration, sitegen adds
        that of the site.
        """
        own = self._pages.get(page)
        is_asked = own and not (is_literal and own in self._document_paths)
        spots = list(self._spots(own, forms)) if own and is_asked else []
        return spots[min(number, len(spots) - 1)] if spots else self._everywhere(forms, is_literal)

    def _in_shared(self, forms: tuple[str, ...], is_literal: bool) -> SourceSpot | None:
        """The first place among the sources of many pages that are the site's own."""
        templates = (s.path for s in self._sources if s.kind is Kind.TEMPLATE)
        own = [path for path in templates if not path.startswith(THEME_PREFIX)]
        paths = own if is_literal else [CONFIG_FILE, *own]
        return next((spot for path in paths for spot in self._spots(path, forms)), None)

    @cached_property
    def _document_paths(self) -> frozenset[str]:
        return frozenset(source.path for source in self._of(*DOCUMENT_KINDS))

    def _spots(self, path: str, forms: tuple[str, ...]) -> Iterator[SourceSpot]:
        if not forms:
            return
        text = self._text(path)
        either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        for match in re.finditer(f"{BEFORE}(?:{either}){AFTER}", text):
            yield (path, *line_and_column(text, match.start()), match[0])

    def _read(self, path: str) -> str:
        """The text of a source, of Markdown without its code."""
        data, _ = read(self._site, path)
        text = (decode(data, path)[0] if data is not None else None) or ""
        is_markdown = path.lower().endswith((".md", ".markdown"))
        return _without_code(text) if is_markdown else text

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        return discover(self._site, self._config, self._output)[0]

    @cached_property
    def _pages(self) -> dict[str, str]:
        """Path of every output that has one source → that source."""
        placement, _ = place(self._documents(), self._sources, self._config)
        pages = {path.name: path.path for path in reversed(self._of(Kind.STATIC))}
        pages |= {route.path: path for path, route in placement.files.items()}
        for entry in placement.documents:
            pages |= {route.path: path for path, route in entry.files.items()}
            for route in (*entry.aliases, entry.route):
                pages[route.path] = entry.document.source.path
        return pages

    def _documents(self) -> Iterator[Document]:
        """Every document whose front matter can be read; what it says is not needed."""
        zone = ZoneInfo(self._config.timezone)
        for source in self._of(*DOCUMENT_KINDS):
            data, _ = read(self._site, source.path)
            text = decode(data, source.path)[0] if data is not None else None
            text = markdown_of_source(source, text) if text is not None else None
            meta = frontmatter.parse(text, source, zone).meta if text is not None else None
            if meta:
                yield Document(source, meta, UNREAD)

    def _of(self, *kinds: Kind) -> tuple[Source, ...]:
        return tuple(source for source in self._sources if source.kind in kinds)


def _without_code(text: str) -> str:
    """A text of Markdown with blanks in place of its fenced code."""
    fenced = Fenced()
    lines = text.split("\n")
    return "\n".join(" " * len(line) if fenced.takes(line) else line for line in lines)
