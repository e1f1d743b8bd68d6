"""One source file to one document: front matter, Markdown, highlighting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from zoneinfo import ZoneInfo

from sitegen import frontmatter, markdown
from sitegen.deadline import within
from sitegen.diagnostics import Diagnostic
from sitegen.digest import digest_of_bytes
from sitegen.highlight import highlight, suggestion
from sitegen.inputs import document_key
from sitegen.model import Document, Source
from sitegen.text import decode

PATIENCE = 1.5
"""Seconds of the processor that a code block may take; nearly all take a thousandth of one."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of one source."""

    source: Source
    document: Document | None
    """Without its HTML; None where its text or its front matter cannot be taken."""
    html: str
    problems: tuple[Diagnostic, ...]
    digest: bytes
    """Of the bytes of the file."""


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The job that turns a source and its bytes into a document, in any process on any machine."""

    timezone: str

    def __call__(self, unread: tuple[Source, bytes]) -> Read:
        source, data = unread
        digest = digest_of_bytes(data)
        text, unclean = decode(data, source.path)
        if text is None:
            return Read(source, None, "", unclean, digest)
        parsed = frontmatter.parse(text, source, ZoneInfo(self.timezone))
        if parsed.meta is None:
            return Read(source, None, "", (*unclean, *parsed.diagnostics), digest)
        rendered, problems = markdown.render(
            parsed.body,
            line=parsed.line,
            title=parsed.meta.title,
            math=parsed.meta.math,
            highlight=_highlight,
            suggest=suggestion,
        )
        located = (replace(problem, path=source.path) for problem in problems)
        key = document_key(source, digest, self.timezone)
        document = Document(source, parsed.meta, replace(rendered, html=""), key)
        found = (*unclean, *parsed.diagnostics, *located)
        return Read(source, document, rendered.html, found, digest)


def _highlight(code: str, language: str) -> str | None:
    return within(PATIENCE, partial(highlight, code, language))
