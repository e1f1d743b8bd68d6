"""Files that a site is built from."""

from __future__ import annotations

from enum import Enum

from sitegen.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line of a file. Line and column count from 1."""

    line: int
    column: int
    length: int = 1


NOT_FOUND_PAGE = "404.html"
"""The page of a site that hosts send for an address which the site does not have."""

OF_REPOSITORIES = frozenset(
    (
        *("README", "LICENSE", "LICENCE", "CHANGELOG", "CONTRIBUTING", "CODE_OF_CONDUCT"),
        *("SECURITY", "SUPPORT", "GOVERNANCE", "AGENTS", "CLAUDE"),
    )
)
"""What files are called that say something about a repository, not in it."""

MARKDOWN = (".md", ".markdown")
"""The endings of a file of Markdown, in lower case."""

NOTEBOOK = ".ipynb"
"""The ending of a Jupyter notebook, in lower case."""

DATA_ENDINGS = (".toml", ".yaml", ".yml", ".json", ".csv")
"""The endings of a file of data, in lower case."""


class Kind(Enum):
    """What a file of the site folder is for."""

    POST = "post"
    PAGE = "page"
    SECTION = "section"
    """An `_index.md`: what stands above the list of the posts of its folder."""
    TERM = "term"
    """What describes a tag, category, author or series, on the page with its posts."""
    ASSET = "asset"
    """A file beside a bundle's `index.md`, published beside its page."""
    INCLUDE = "include"
    """A text that documents can include."""
    STATIC = "static"
    TEMPLATE = "template"
    DATA = "data"
    """Values for templates: `data/talks.toml`."""
    WORDS = "words"
    """The words of the theme in one language: `i18n/de.toml`."""
    STYLE = "style"
    """A part of the theme's style sheet."""
    MENTIONS = "mentions"
    """What others say about the posts: `webmentions.json`."""
    SCRIPT = "script"
    """A part of the theme's script."""


DOCUMENT_KINDS = (Kind.POST, Kind.PAGE, Kind.SECTION, Kind.TERM)
"""Those of Markdown."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the site is built from."""

    path: str
    """Relative to the site folder; files of the built-in theme start with `theme:`."""
    kind: Kind
    name: str
    """The path below the folder that gave the file its kind (`content/`, `static/`, …)."""

    @property
    def stem(self) -> str:
        """The name without folders and ending; that of a bundle or section is its folder's.

        And so is that of a `README.md`, as on GitHub.
        """
        *folders, file = self.name.split("/")
        if self.is_index or self.kind is Kind.SECTION:
            return folders[-1] if folders else ""
        stem = file.rpartition(".")[0]
        return folders[-1] if folders and stem.lower() == "readme" else stem

    @property
    def section(self) -> str:
        """The folder below `posts/` or `pages/`, a bundle's own apart; else an empty string."""
        *folders, _ = self.name.split("/")
        start = 1 if folders and folders[0] in ("posts", "pages") else 0
        return "/".join(folders[start:-1] if self.is_index else folders[start:])

    def is_below(self, section: str) -> bool:
        """Whether it lies in the folder of a section, or in one below."""
        return f"{self.section}/".startswith(f"{section.strip('/')}/")

    @property
    def is_front(self) -> bool:
        """Whether it is what stands above the list of all posts: the content folder's section."""
        return self.kind is Kind.SECTION and "/" not in self.name

    @property
    def is_not_found(self) -> bool:
        """Whether it is the page for an address that the site does not have, as its name says."""
        return self.name.removeprefix("pages/") in ("404.md", "404.markdown")

    @property
    def is_about_repository(self) -> bool:
        """Whether it is for visitors of the repository, at the top of a site without `content/`."""
        if self.path != self.name:
            return False
        name, _, ending = self.name.rpartition(".")
        return name in OF_REPOSITORIES and f".{ending}" in MARKDOWN

    @property
    def is_index(self) -> bool:
        """Whether it is the document of its folder, whose other files belong to it."""
        folder, _, file = self.name.rpartition("/")
        is_root = folder in ("", "posts", "pages")
        is_document = self.kind is not Kind.ASSET
        return file in ("index.md", "index.markdown", "index.ipynb") and is_document and not is_root

    @property
    def data_name(self) -> str:
        """What templates call a data file: `people/ada` is `data/people/ada.toml`."""
        return self.name.rpartition(".")[0]

    @property
    def is_notebook(self) -> bool:
        """Whether it is a Jupyter notebook that is read as a document."""
        return self.kind is not Kind.ASSET and self.name.lower().endswith(NOTEBOOK)
