"""sitegen's Markdown: CommonMark, and what is added to it, in this order."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sitegen.config.schema import MarkdownConfig
from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.extensions.abbreviations import ABBREVIATIONS
from sitegen.content.markdown.extensions.admonitions import ADMONITIONS
from sitegen.content.markdown.extensions.alerts import ALERT_CONTAINERS, ALERTS
from sitegen.content.markdown.extensions.attributes import ATTRIBUTE_LISTS
from sitegen.content.markdown.extensions.autolinks import AUTOLINKS
from sitegen.content.markdown.extensions.block_ids import BLOCK_IDS
from sitegen.content.markdown.extensions.code_blocks import code_blocks
from sitegen.content.markdown.extensions.components import COMPONENT_CONTAINERS, COMPONENTS
from sitegen.content.markdown.extensions.containers import ANY_CONTAINER, CONTAINERS
from sitegen.content.markdown.extensions.contents import CONTENTS_LIST
from sitegen.content.markdown.extensions.definition_lists import DEFINITION_LISTS
from sitegen.content.markdown.extensions.diagrams import diagrams
from sitegen.content.markdown.extensions.emoji import EMOJI_CODES
from sitegen.content.markdown.extensions.files import files
from sitegen.content.markdown.extensions.footnotes import FOOTNOTES, INLINE_NOTES, LINKS_BACK
from sitegen.content.markdown.extensions.headings import HEADINGS
from sitegen.content.markdown.extensions.image_sizes import IMAGE_SIZES
from sitegen.content.markdown.extensions.images import IMAGES
from sitegen.content.markdown.extensions.inline_code import INLINE_CODE
from sitegen.content.markdown.extensions.keys import KEYBOARD
from sitegen.content.markdown.extensions.links import LOCAL_LINKS
from sitegen.content.markdown.extensions.marks import INSERTED, MARKED
from sitegen.content.markdown.extensions.math import mathematics
from sitegen.content.markdown.extensions.raw_blocks import RAW_BLOCKS
from sitegen.content.markdown.extensions.references import REFERENCES
from sitegen.content.markdown.extensions.scripts import SUBSCRIPTS, SUPERSCRIPTS
from sitegen.content.markdown.extensions.spans import SPANS
from sitegen.content.markdown.extensions.strikethrough import STRIKETHROUGH
from sitegen.content.markdown.extensions.tables import GITHUB_TABLES, TABLE_CAPTIONS
from sitegen.content.markdown.extensions.tabs import TABS
from sitegen.content.markdown.extensions.task_lists import TASK_LISTS
from sitegen.content.markdown.extensions.titles import TITLES
from sitegen.content.markdown.extensions.typography import TYPOGRAPHY
from sitegen.content.markdown.extensions.walks import WALKS
from sitegen.content.markdown.extensions.wikilinks import WIKILINKS
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.document import Meta

if TYPE_CHECKING:
    from sitegen.content.markdown.tex import Macros

DEFAULTS = MarkdownConfig()


@cache
def dialect(
    config: MarkdownConfig = DEFAULTS,
    *,
    numbers: str = "auto",
    has_files: bool = True,
    macros: Macros = (),
) -> tuple[Syntax, ...]:
    """The syntaxes that `[markdown]` and `[theme]` of the configuration leave on."""
    found = (
        (True, COMMONMARK),
        (config.autolinks, AUTOLINKS),
        (True, STRIKETHROUGH),
        (config.superscript, SUPERSCRIPTS),
        (config.subscript, SUBSCRIPTS),
        (config.mark, MARKED),
        (config.keys, KEYBOARD),
        (config.insert, INSERTED),
        (config.emoji, EMOJI_CODES),
        (True, GITHUB_TABLES),
        (config.table_captions, TABLE_CAPTIONS),
        (True, FOOTNOTES),
        (config.inline_notes, INLINE_NOTES),
        (True, DEFINITION_LISTS),
        (config.typography, TYPOGRAPHY),
        (True, CONTAINERS),
        (config.containers, ANY_CONTAINER),
        (config.containers and config.components, COMPONENT_CONTAINERS),
        (config.containers, ALERT_CONTAINERS),
        (config.alerts, ALERTS),
        (config.admonitions, ADMONITIONS),
        (config.tabs and config.components, TABS),
        (True, mathematics(macros, everywhere=config.math)),
        (bool(config.diagrams), diagrams(config.diagrams)),
        (config.raw_blocks, RAW_BLOCKS),
        (True, code_blocks(numbers)),
        (True, ATTRIBUTE_LISTS),
        (config.spans, SPANS),
        (config.inline_code, INLINE_CODE),
        (True, TITLES),
        (True, LOCAL_LINKS),
        (config.wikilinks, WIKILINKS),
        (config.wikilinks, BLOCK_IDS),
        (config.components, COMPONENTS),
        (config.image_sizes, IMAGE_SIZES),
        (True, IMAGES),
        (config.abbreviations, ABBREVIATIONS),
        (config.toc, CONTENTS_LIST),
        (True, LINKS_BACK),
        (True, HEADINGS[config.anchors]),
        (True, TASK_LISTS),
        (True, files(are_published=has_files)),
        (True, REFERENCES),
        (True, WALKS),
    )
    return tuple(syntax for is_on, syntax in found if is_on)


def syntaxes_of(meta: Meta, syntaxes: tuple[Syntax, ...]) -> tuple[Syntax, ...]:
    """Those of the syntaxes that a document with this front matter has."""
    return tuple(syntax for syntax in syntaxes if syntax.when is None or syntax.when(meta))
