"""Every kind of file that a site has, but for those of plug-ins: a module and a line here."""

from __future__ import annotations

from sitegen.outputs.code import CODE_ARCHIVES, CODE_FILES
from sitegen.outputs.feeds.atom import ATOM
from sitegen.outputs.feeds.rss import RSS
from sitegen.outputs.files import FILES
from sitegen.outputs.icons import ICONS, WEB_MANIFEST
from sitegen.outputs.kind import OutputKind
from sitegen.outputs.markdown import LLMS, TWINS
from sitegen.outputs.notebooks import NOTEBOOK_PICTURES
from sitegen.outputs.pages.archive import ARCHIVE
from sitegen.outputs.pages.changes import CHANGES
from sitegen.outputs.pages.document import DOCUMENTS
from sitegen.outputs.pages.feeds import FEEDS_PAGE
from sitegen.outputs.pages.lists import TAXONOMIES_KIND
from sitegen.outputs.pages.not_found import NOT_FOUND
from sitegen.outputs.pages.search import SEARCH_PAGE
from sitegen.outputs.pages.sections import HOME, SECTIONS
from sitegen.outputs.redirect import REDIRECTS
from sitegen.outputs.robots import ROBOTS
from sitegen.outputs.script import SEARCH_SCRIPT, THEME_SCRIPT
from sitegen.outputs.search import SEARCH_TITLES, SEARCH_WORDS
from sitegen.outputs.sitemap import SITEMAP, SITEMAP_INDEX
from sitegen.outputs.social_cards import SOCIAL_CARDS
from sitegen.outputs.style_sheet import SEARCH_STYLE_SHEET, STYLE_SHEET
from sitegen.outputs.variants import VARIANTS

KINDS: tuple[OutputKind, ...] = (
    DOCUMENTS,
    CHANGES,
    HOME,
    SECTIONS,
    RSS,
    ATOM,
    TAXONOMIES_KIND,
    ARCHIVE,
    FEEDS_PAGE,
    REDIRECTS,
    NOT_FOUND,
    STYLE_SHEET,
    THEME_SCRIPT,
    SITEMAP,
    SITEMAP_INDEX,
    ROBOTS,
    TWINS,
    LLMS,
    SEARCH_PAGE,
    SEARCH_SCRIPT,
    SEARCH_STYLE_SHEET,
    SEARCH_TITLES,
    SEARCH_WORDS,
    SOCIAL_CARDS,
    ICONS,
    WEB_MANIFEST,
    CODE_FILES,
    CODE_ARCHIVES,
    NOTEBOOK_PICTURES,
    FILES,
    VARIANTS,
)
"""In the order in which outputs are planned, which is also that of the sitemap."""
