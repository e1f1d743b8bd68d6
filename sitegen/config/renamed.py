"""What other generators call the settings of sitegen, for those who bring a configuration along.

Hugo: gohugo.io/configuration/all. Zola: getzola.org/documentation/getting-started/configuration.
Jekyll: jekyllrb.com/docs/configuration/options. Pelican: docs.getpelican.com/en/stable/settings.
MkDocs: mkdocs.org/user-guide/configuration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

RENAMED: Mapping[str, str] = {
    "blogauthor": "author",
    "blogdescription": "description",
    "blogtitle": "title",
    "contentdir": "content.path",
    "copyright": "extra.copyright",
    "defaultcontentlanguage": "language",
    "defaultlang": "language",
    "defaultlanguage": "language",
    "defaultpagination": "paginate",
    "destination": "output",
    "docsdir": "content.path",
    "ignorefiles": "content.exclude",
    "ignoredcontent": "content.exclude",
    "highlighttheme": "highlight.light",
    "lang": "language",
    "languagecode": "language",
    "locale": "language",
    "menuitems": "menu",
    "menus": "menu",
    "name": "title",
    "nav": "menu",
    "link": "url",
    "outputdir": "output",
    "outputpath": "output",
    "pageref": "url",
    "pagersize": "paginate",
    "paginateby": "paginate",
    "params": "extra",
    "path": "content.path",
    "permalink": "permalinks.posts",
    "publishdir": "output",
    "site": "base_url",
    "siteauthor": "author",
    "sitedescription": "description",
    "sitedir": "output",
    "sitename": "title",
    "sitesubtitle": "description",
    "siteurl": "base_url",
    "subtitle": "description",
    "tagline": "description",
    "url": "base_url",
}
"""By the name elsewhere, in lower case without `_` and `-`: the key here, with its table."""

NAMES: Mapping[str, str] = {
    "theme": "remove it: sitegen has one theme, which is not chosen by name. Its look is set below"
    " a line [theme]",
}
"""What to say of a key that has a name as its value elsewhere, and a table here."""


def renamed(key: str, known: Iterable[str]) -> str | None:
    """What this key is called here: the same but for case and hyphens, or one of `RENAMED`.

    `known` are the keys, or tables, that can be at its place.
    """
    names = {_plain(name): name for name in known}
    meant = RENAMED.get(_plain(key), "")
    return names.get(_plain(key)) or (meant if meant.partition(".")[0] in names.values() else None)


def _plain(key: str) -> str:
    return key.lower().replace("_", "").replace("-", "")
