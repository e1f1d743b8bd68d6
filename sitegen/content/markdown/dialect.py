"""sitegen's Markdown: CommonMark, and what is added to it, in this order."""

from __future__ import annotations

from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.extensions.code_blocks import CODE_BLOCKS
from sitegen.content.markdown.extensions.definition_lists import DEFINITION_LISTS
from sitegen.content.markdown.extensions.footnotes import FOOTNOTES
from sitegen.content.markdown.extensions.headings import HEADINGS
from sitegen.content.markdown.extensions.links import LOCAL_LINKS
from sitegen.content.markdown.extensions.strikethrough import STRIKETHROUGH
from sitegen.content.markdown.extensions.tables import GITHUB_TABLES
from sitegen.content.markdown.extensions.task_lists import TASK_LISTS
from sitegen.content.markdown.extensions.titles import TITLES
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.document import Meta

DIALECT = (
    COMMONMARK,
    STRIKETHROUGH,
    GITHUB_TABLES,
    FOOTNOTES,
    DEFINITION_LISTS,
    CODE_BLOCKS,
    TITLES,
    LOCAL_LINKS,
    HEADINGS,
    TASK_LISTS,
)


def syntaxes_of(meta: Meta, dialect: tuple[Syntax, ...] = DIALECT) -> tuple[Syntax, ...]:
    """The syntaxes of the dialect that a document with this front matter has."""
    return tuple(syntax for syntax in dialect if syntax.when is None or syntax.when(meta))
