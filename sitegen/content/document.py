"""One source file to one document: front matter, Markdown, highlighting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.content import frontmatter
from sitegen.content.coloured import Coloured
from sitegen.content.contract import Contract
from sitegen.content.markdown import parser as markdown
from sitegen.content.markdown.dialect import dialect, syntaxes_of
from sitegen.content.markdown.syntax import Syntax
from sitegen.content.settings import DocumentSettings, document_key
from sitegen.content.twin import twin
from sitegen.content.words import shelved
from sitegen.model.codes import CODES, Severity
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest_of_bytes
from sitegen.model.document import Document, Meta
from sitegen.model.source import Kind, Source
from sitegen.text.encoding import decode
from sitegen.text.patterns import holds
from sitegen.text.typography import typeset_line

if TYPE_CHECKING:
    from sitegen.content.notebook import Notebook
    from sitegen.model.front_matter import CheckKeys

OF_OWN_FIELDS = frozenset(("SG117", "SG118"))
"""The errors of fields that a site declares itself, which decide nothing here."""
NO_TEXTS: Mapping[str, str] = MappingProxyType({})
INCLUDE = "::include{"
"""What a text holds that includes another."""


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
    words: Mapping[int, str] = field(default_factory=dict)
    """Its words, by the shelf (`content.words`); empty where the site has no search."""
    shelves: bytes = b""
    """The digests of its shelves, one after the other; empty where the site has no search."""
    blocks: Mapping[bytes, tuple[int, int]] = field(default_factory=dict)
    """Where in the HTML each highlighted code block starts and ends, by what it shows."""
    undrawn: Mapping[bytes, str] = field(default_factory=dict)
    """What became of each diagram that could not be drawn, by what it shows."""
    figures: Mapping[str, bytes] = field(default_factory=dict)
    """The pictures of a notebook, by name."""
    markdown: str = ""
    """What is published beside the page of a post (`content.twin`), where the site wants that."""


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How documents are read: the same for all of a site."""

    settings: DocumentSettings
    added: tuple[Syntax, ...] = ()
    """Markdown syntax besides that of the dialect."""
    finish: Callable[[Document], Document] = lambda document: document
    """Gives the document to publish in place of one that was read."""
    checks: tuple[CheckKeys, ...] = ()
    """Of front matter, by code of the site."""

    @property
    def contract(self) -> Contract:
        """What front matter has to be."""
        settings = self.settings
        return Contract(dict(settings.fields), settings.unknown, self.checks)

    def syntaxes(self, kind: Kind) -> tuple[Syntax, ...]:
        """The Markdown that a document of this kind can have. Only posts have files."""
        settings = self.settings
        found = dialect(
            settings.markdown,
            numbers=settings.numbers,
            has_files=settings.files and kind is Kind.POST,
            macros=settings.macros,
        )
        return (*found, *self.added)


def read_document(
    source: Source,
    data: bytes,
    how: HowToRead,
    known: Mapping[bytes, str],
    texts: Mapping[str, str] = NO_TEXTS,
) -> ReadFile:
    """What becomes of a source that holds these bytes.

    `known` are code blocks that it had before, as HTML, by what they show: to load what highlights
    a language takes longer than to read all the rest. `texts` are those that it can include.
    """
    digest = digest_of_bytes(data)
    text, unclean = decode(data, source.path)
    if text is None:
        return ReadFile(source, None, "", unclean, digest)
    if source.is_notebook:
        from sitegen.content.notebook import read_notebook

        notebook, problems = read_notebook(text, source.path)
        if notebook is None:
            return ReadFile(source, None, "", (*unclean, *problems), digest)
        file = _in_notebook(_read(source, notebook.text, digest, how, known), notebook)
        unclean = (*unclean, *problems)
    else:
        file = _read(source, text, digest, how, known, texts)
    return replace(file, problems=(*unclean, *file.problems))


def _read(
    source: Source,
    text: str,
    digest: bytes,
    how: HowToRead,
    known: Mapping[bytes, str],
    texts: Mapping[str, str] | None = None,
) -> ReadFile:
    zone, contract = ZoneInfo(how.settings.timezone), how.contract
    parsed = frontmatter.parse(text, source, zone, contract)
    meta = parsed.meta or parsed.readable
    if meta is None:
        return ReadFile(source, None, "", parsed.diagnostics, digest)
    if source.is_notebook and meta.math is None:
        meta = replace(meta, math=True)  # as Jupyter shows it
    coloured = Coloured(known)
    body, included = parsed.body, None
    if texts is not None and holds(body, INCLUDE) and how.settings.markdown.components:
        from sitegen.content.includes import with_includes

        included = with_includes(body, parsed.line, texts)
        body = included.body
    rendered, problems = markdown.render(
        body,
        syntaxes_of(meta, how.syntaxes(source.kind)),
        line=parsed.line,
        title=meta.title,
        highlighter=coloured.highlighter,
        language=meta.lang or how.settings.language,
    )
    meta = _typeset(meta, how.settings)
    key = document_key(source, digest, how.settings)
    if included:
        rendered = replace(rendered, included=included.names, passages=included.passages)
        problems, key = (*included.problems, *problems), included.key(key)
    located = tuple(replace(problem, path=source.path) for problem in problems)
    whole = how.finish(Document(source, meta, rendered, key, _is_in_doubt(parsed)))
    html = whole.rendered.html
    words, shelves = _words(whole) if how.settings.search else ({}, b"")
    document = replace(whole, rendered=replace(whole.rendered, html="", fences=()))
    found = (*parsed.diagnostics, *_empty(whole), *located)
    blocks = coloured.places(html)
    file = ReadFile(
        *(source, document, html, found, digest),
        words=words,
        shelves=shelves,
        blocks=blocks,
        undrawn=coloured.undrawn,
    )
    if how.settings.twins and source.kind is Kind.POST:
        return replace(file, markdown=twin(body, parsed.line, rendered))
    return file


def _typeset(meta: Meta, settings: DocumentSettings) -> Meta:
    """The front matter with what readers see of it set as the text is."""
    if not settings.markdown.typography:
        return meta
    language = meta.lang or settings.language
    title = meta.title and typeset_line(meta.title, language)
    excerpt = meta.excerpt and typeset_line(meta.excerpt, language)
    if (title, excerpt) == (meta.title, meta.excerpt):
        return meta
    return replace(meta, title=title, excerpt=excerpt)


def _is_in_doubt(parsed: frontmatter.Parsed) -> bool:
    """Whether an error hides what a document is called, or where it is: all do but those of the
    site's own fields."""
    errors = (it.code for it in parsed.diagnostics if CODES[it.code].severity is Severity.ERROR)
    return not OF_OWN_FIELDS.issuperset(errors)


def _in_notebook(file: ReadFile, notebook: Notebook) -> ReadFile:
    """What was read as the Markdown of a notebook, with the places in the notebook."""
    problems = tuple(map(notebook.located, file.problems))
    if file.document is None:
        return replace(file, problems=problems)
    meta, rendered = file.document.meta, file.document.rendered
    calls = (
        replace(call, arguments=tuple(map(notebook.moved, call.arguments)))
        for call in map(notebook.moved, rendered.calls)
    )
    places = {
        name: (*notebook.place(line, column)[0], length)
        for name, (line, column, length) in meta.places.items()
    }
    figures = tuple((name, digest_of_bytes(it)) for name, it in notebook.figures.items())
    document = replace(
        file.document,
        meta=replace(meta, places=places),
        rendered=replace(
            rendered,
            links=tuple(map(notebook.moved, rendered.links)),
            calls=tuple(calls),
            figures=figures,
        ),
    )
    return replace(file, document=document, problems=problems, figures=notebook.figures)


def read_old_text(source: Source, data: bytes, how: HowToRead) -> Document | None:
    """A text that a source had, without colours; None where it cannot be taken.

    That it was wrong is of no interest any more.
    """
    text, _ = decode(data, source.path)
    parsed = frontmatter.parse(text, source, ZoneInfo(how.settings.timezone)) if text else None
    meta = (parsed.meta or parsed.readable) if parsed else None
    if parsed is None or meta is None:
        return None
    rendered, _ = markdown.render(
        parsed.body,
        syntaxes_of(meta, how.syntaxes(source.kind)),
        title=meta.title,
        language=meta.lang or how.settings.language,
    )
    return how.finish(Document(source, _typeset(meta, how.settings), rendered))


def _words(document: Document) -> tuple[dict[int, str], bytes]:
    """Its words by the shelf, and the digests of its shelves."""
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
