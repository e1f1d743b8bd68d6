"""One source file to one document: front matter, Markdown, highlighting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from zoneinfo import ZoneInfo

from sitegen.content import frontmatter
from sitegen.content.highlight.highlighter import highlight, suggestion
from sitegen.content.markdown import parser as markdown
from sitegen.content.markdown.dialect import syntaxes_of
from sitegen.content.markdown.reading import Highlighter
from sitegen.execution.time_limit import within
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest_of_bytes
from sitegen.model.document import Document
from sitegen.model.source import Source
from sitegen.sources.snapshot import document_key
from sitegen.text.encoding import decode

CODE_BLOCK_SECONDS = 1.5
"""Seconds of the processor that a code block may take; nearly all take a thousandth of one."""


@dataclass(frozen=True, slots=True)
class ReadFile:
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

    def __call__(self, unread: tuple[Source, bytes]) -> ReadFile:
        source, data = unread
        digest = digest_of_bytes(data)
        text, unclean = decode(data, source.path)
        if text is None:
            return ReadFile(source, None, "", unclean, digest)
        parsed = frontmatter.parse(text, source, ZoneInfo(self.timezone))
        if parsed.meta is None:
            return ReadFile(source, None, "", (*unclean, *parsed.diagnostics), digest)
        rendered, problems = markdown.render(
            parsed.body,
            syntaxes_of(parsed.meta),
            line=parsed.line,
            title=parsed.meta.title,
            highlighter=HIGHLIGHTER,
        )
        located = (replace(problem, path=source.path) for problem in problems)
        key = document_key(source, digest, self.timezone)
        document = Document(source, parsed.meta, replace(rendered, html=""), key)
        found = (*unclean, *parsed.diagnostics, *located)
        return ReadFile(source, document, rendered.html, found, digest)


def _highlight(code: str, language: str) -> str | None:
    return within(CODE_BLOCK_SECONDS, partial(highlight, code, language))


HIGHLIGHTER = Highlighter(_highlight, suggestion)
