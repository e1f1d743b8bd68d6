"""One source file to one document: read, front matter, Markdown, highlighting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen import frontmatter, markdown
from sitegen.deadline import within
from sitegen.diagnostics import Diagnostic
from sitegen.discover import read
from sitegen.highlight import highlight, suggestion
from sitegen.model import Document, Source
from sitegen.text import decode

PATIENCE = 1.5
"""Seconds of the processor that a code block may take; nearly all take a thousandth of one."""

Read = tuple[Document | None, tuple[Diagnostic, ...]]
"""A document, or None where its file or its front matter cannot be taken, and what is wrong."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The job that turns a source into a document, in this process or another."""

    site: Path
    timezone: str

    def __call__(self, source: Source) -> Read:
        data, unreadable = read(self.site, source.path)
        if data is None:
            return None, unreadable
        text, unclean = decode(data, source.path)
        if text is None:
            return None, unclean
        parsed = frontmatter.parse(text, source, ZoneInfo(self.timezone))
        if parsed.meta is None:
            return None, (*unclean, *parsed.diagnostics)
        rendered, problems = markdown.render(
            parsed.body,
            line=parsed.line,
            title=parsed.meta.title,
            math=parsed.meta.math,
            highlight=_highlight,
            suggest=suggestion,
        )
        located = (replace(problem, path=source.path) for problem in problems)
        document = Document(source, parsed.meta, rendered)
        return document, (*unclean, *parsed.diagnostics, *located)


def _highlight(code: str, language: str) -> str | None:
    return within(PATIENCE, partial(highlight, code, language))
