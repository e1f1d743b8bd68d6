"""One source file to one document: front matter, Markdown, highlighting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from zoneinfo import ZoneInfo

from sitegen.content import frontmatter
from sitegen.content.highlight.highlighter import highlight, meant
from sitegen.content.markdown import parser as markdown
from sitegen.content.markdown.dialect import dialect, syntaxes_of
from sitegen.content.markdown.reading import Highlighter
from sitegen.content.markdown.syntax import Syntax
from sitegen.content.settings import DocumentSettings, document_key
from sitegen.content.words import shelved
from sitegen.execution.time_limit import TimeBudget
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest_of_bytes
from sitegen.model.document import Document, Rendered
from sitegen.model.source import Kind, Source
from sitegen.text.encoding import decode

NO_TEXT = Rendered("", None, (), (), frozenset(), "", 0)
CODE_BLOCK_SECONDS = 1.5
"""Seconds of the processor that a code block may take; nearly all take a thousandth of one."""
CODE_SECONDS = 5.0
"""Seconds that all code blocks of a document may take together."""


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
    rejected: Document | None = None
    """What can be read of one whose front matter has errors; without its text."""
    words: str = ""
    """Its words, shelf by shelf (`content.words`); empty where the site has no search."""
    blocks: Mapping[bytes, tuple[int, int]] = field(default_factory=dict)
    """Where in the HTML each highlighted code block starts and ends, by what it shows."""


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How documents are read: the same for all of a site."""

    settings: DocumentSettings
    added: tuple[Syntax, ...] = ()
    """Markdown syntax besides that of the dialect."""
    finish: Callable[[Document], Document] = lambda document: document
    """Gives the document to publish in place of one that was read."""

    @property
    def syntaxes(self) -> tuple[Syntax, ...]:
        """The Markdown that a document of the site can have."""
        markdown = self.settings.markdown
        found = dialect(autolinks=markdown.autolinks, anchors=markdown.anchors)
        return (*found, *self.added)


def read_document(
    source: Source, data: bytes, how: HowToRead, known: Mapping[bytes, str]
) -> ReadFile:
    """What becomes of a source that holds these bytes.

    `known` are code blocks that it had before, as HTML, by what they show: to load what highlights
    a language takes longer than to read all the rest.
    """
    digest = digest_of_bytes(data)
    text, unclean = decode(data, source.path)
    if text is None:
        return ReadFile(source, None, "", unclean, digest)
    parsed = frontmatter.parse(text, source, ZoneInfo(how.settings.timezone))
    meta = parsed.meta or parsed.readable
    if meta is None:
        return ReadFile(source, None, "", (*unclean, *parsed.diagnostics), digest)
    coloured: dict[bytes, str] = {}
    rendered, problems = markdown.render(
        parsed.body,
        syntaxes_of(meta, how.syntaxes),
        line=parsed.line,
        title=meta.title,
        highlighter=_highlighter(known, coloured),
    )
    located = tuple(replace(problem, path=source.path) for problem in problems)
    if parsed.meta is None:
        found = (*unclean, *parsed.diagnostics, *located)
        return ReadFile(source, None, "", found, digest, Document(source, meta, NO_TEXT))
    key = document_key(source, digest, how.settings)
    whole = how.finish(Document(source, parsed.meta, rendered, key))
    html = whole.rendered.html
    words, shelves = _words(whole) if how.settings.search else ("", b"")
    document = replace(whole, rendered=replace(whole.rendered, html=""), shelves=shelves)
    found = (*unclean, *parsed.diagnostics, *_empty(whole), *located)
    blocks = _places(coloured, html)
    return ReadFile(source, document, html, found, digest, words=words, blocks=blocks)


def _words(document: Document) -> tuple[str, bytes]:
    """Its words, and the digests of their shelves."""
    return shelved(document.rendered.html, document.meta.tags, document.source.path)


def _empty(document: Document) -> Iterator[Diagnostic]:
    """SG116 for a file that says nothing; of some posts, a title is all there is."""
    meta, rendered, kind = document.meta, document.rendered, document.source.kind
    has_words = rendered.html.strip() or rendered.title or meta.title
    # A draft is not finished, a section has its list, and a template may have a text of its own.
    if has_words or meta.draft or meta.template or kind is Kind.SECTION:
        return
    message = f"this {kind.value} has neither a title nor a text"
    hint = "write a text, or add to the front matter: draft: true"
    yield Diagnostic("SG116", message, document.source.path, 1, 1, hint)


def _places(coloured: Mapping[bytes, str], html: str) -> dict[bytes, tuple[int, int]]:
    """Where each code block is in the HTML, but for those that a plug-in has changed."""
    starts = ((key, html.find(block), len(block)) for key, block in coloured.items())
    return {key: (start, start + length) for key, start, length in starts if start >= 0}


def _highlighter(known: Mapping[bytes, str], done: dict[bytes, str]) -> Highlighter:
    """What colours the code blocks of one document: their languages, and the time they share.

    All that are coloured are added to `done`. A block that would take too much of the time raises
    TimeoutError, with the reason.
    """
    budget = TimeBudget(CODE_SECONDS)

    def coloured(code: str, language: str) -> str | None:
        key = digest_of_bytes(language.encode(), b"\0", code.encode())
        html = known.get(key)
        if html is None:
            html = colour(code, language)
        if html is not None:
            done[key] = html
        return html

    def colour(code: str, language: str) -> str | None:
        if budget.left <= 0:
            message = "the code blocks above take all the time that highlighting has for a page"
            raise TimeoutError(message)
        try:
            return budget.within(CODE_BLOCK_SECONDS, partial(highlight, code, language))
        except TimeoutError:
            message = f"as '{language}', this code takes too long to highlight"
            raise TimeoutError(message) from None

    return Highlighter(coloured, meant)
