"""Files of the content folder: which are published, and where.

in a bundle         all of them, beside the page of its `index.md`
named by a post     from its own folder: beside its page; from elsewhere, or by a path that
                    starts with `/`: at the file's path in the content folder; by a wikilink it
                    is named wherever it is
others              nowhere
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sitegen.config.schema import Config
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Document
from sitegen.model.site import Placed, Placement, Route
from sitegen.model.source import Kind, Source
from sitegen.site.links import candidates, is_rooted, links_of, split_href
from sitegen.site.names import Bearers, named_by, names_wanted, paths_meant
from sitegen.text.urls import file_route
from sitegen.text.wikilinks import is_wikilink, parse_wikilink

FORMATS: Mapping[str, str] = {
    "mdx": "MDX",
    **dict.fromkeys(("rst", "rest"), "reStructuredText"),
    **dict.fromkeys(("adoc", "asciidoc", "asc"), "AsciiDoc"),
    **dict.fromkeys(("qmd", "rmd"), "Quarto or R Markdown"),
    **dict.fromkeys(("mkd", "mkdn", "mdown", "mdwn"), "Markdown, but not called .md"),
    **dict.fromkeys(("njk", "liquid", "astro", "vue", "svelte"), "a template"),
    **dict.fromkeys(("html", "htm"), "HTML"),
    **dict.fromkeys(("docx", "odt"), "a word processor's"),
    "ipynb": "a Jupyter notebook",
    "org": "Org mode",
    "textile": "Textile",
    "typ": "Typst",
    "tex": "LaTeX",
}
"""The endings of files that other generators make pages of, and what such a file is."""

FILES_TOO = frozenset({"html", "htm", "ipynb", "docx", "odt", "tex"})
"""Those that are as often meant to be published as they are."""


def attached(
    placed: Iterable[Placed], sources: Iterable[Source], config: Config
) -> tuple[tuple[Placed, ...], dict[str, Route]]:
    """The documents with the files beside each; and where the files are that belong to none."""
    entries, known = tuple(placed), tuple(sources)
    assets = {source.path: source for source in known if source.kind is Kind.ASSET}
    if not assets:
        return entries, {}
    bundles = {_folder(source.path) for source in known if source.is_index}
    homes = {path: _home(path, bundles) for path in assets}
    files = dict(_bundled(entries, homes, config))
    loose = {path: source for path, source in assets.items() if homes[path] is None}
    if not loose:
        return entries, files
    known_as = named_by((), loose, names_wanted(entry.document for entry in entries))
    return tuple(_with_files(it, loose, known_as, files, config) for it in entries), files


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _home(path: str, bundles: set[str]) -> str | None:
    """The folder of the bundle that a file is in, the nearest, if it is in one."""
    folder = path
    while folder:
        folder = _folder(folder)
        if folder in bundles:
            return folder
    return None


def _bundled(
    placed: Iterable[Placed], homes: Mapping[str, str | None], config: Config
) -> Iterator[tuple[str, Route]]:
    """The files of bundles, each beside the page of the nearest `index.md`."""
    published = {
        _folder(entry.document.source.path): entry
        for entry in placed
        if entry.document.source.is_index
    }
    for path, home in homes.items():
        if home in published:
            yield path, _beside(published[home], path, config)


def _beside(entry: Placed, path: str, config: Config) -> Route:
    """Where a file from the folder of a document is beside its page."""
    below = path[len(_folder(entry.document.source.path)) :].lstrip("/")
    return file_route(f"{_folder(entry.route.path)}/{below}".lstrip("/"), config.base_url)


def _with_files(
    entry: Placed,
    loose: Mapping[str, Source],
    known_as: Mapping[str, Bearers],
    files: dict[str, Route],
    config: Config,
) -> Placed:
    """The document with the files of its folder that it names; other files go to those of all."""
    folder = _folder(entry.document.source.path)
    own = {}
    for path, from_root in _named(entry.document, loose, known_as):
        if not from_root and (not folder or path.startswith(f"{folder}/")):
            own[path] = _beside(entry, path, config)
        else:
            files[path] = file_route(loose[path].name, config.base_url)
    return replace(entry, files=own) if own else entry


def _named(
    document: Document, files: Mapping[str, Source], known_as: Mapping[str, Bearers]
) -> Iterator[tuple[str, bool]]:
    """The paths of the files that a document names; and whether from the root of the content."""
    source = document.source
    content = source.path.removesuffix(source.name).rstrip("/")
    for link in links_of(document):
        if is_wikilink(link.href):
            name = parse_wikilink(link.href).name
            yield from ((path, False) for path in paths_meant(name, source.path, known_as.get)[:1])
            continue
        address, _ = split_href(link.href)
        for path in candidates(address, source.path, content):
            if path in files:
                yield path, is_rooted(address)
                break


def unread(placement: Placement, sources: Iterable[Source]) -> Iterator[Diagnostic]:
    """SG010 for each file that another generator would make a page of, and that no post names."""
    named = {path for entry in placement.documents for path in entry.files}
    for source in sources:
        ending = source.name.rpartition(".")[2].lower()
        if source.kind is not Kind.ASSET or ending not in FORMATS or source.path in named:
            continue
        is_published = source.path in placement.files
        if not (is_published and ending in FILES_TOO):
            yield _unread(source, ending, is_published=is_published)


def _unread(source: Source, ending: str, *, is_published: bool) -> Diagnostic:
    result = "it is published as a file, not as a page" if is_published else "not published"
    message = f"'{source.path}' is {FORMATS[ending]}, which sitegen does not read: {result}"
    convert = (
        "for a post, write [content] notebooks = true; to publish it as it is, move it into static/"
        if ending == "ipynb"
        else "move it into static/ to publish it as it is"
        if ending in FILES_TOO
        else "convert it to Markdown (.md)"
    )
    hint = f'{convert}, or leave it out: [content] exclude = ["{source.name}"]'
    return Diagnostic("SG010", message, source.path, hint=hint)
