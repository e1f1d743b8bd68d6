"""A post or page as it was read: front matter, HTML, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import field, fields
from datetime import datetime
from typing import Any, NamedTuple

from sitegen.model.code import CodeBlock, CodeFile
from sitegen.model.components import Call
from sitegen.model.dataclass import dataclass
from sitegen.model.fields import FieldType, front_matter
from sitegen.model.source import Source, Span


@dataclass(frozen=True)
class PublicMeta:
    """The front matter that cards and pages show as it is.

    `Meta` is one, and so are both of them: a field that is declared here is read from front
    matter, copied by `public`, found by every template, and described in the manual.
    """

    __slots__ = ()  # so that classes of several bases can have slots

    date: datetime | None = front_matter(FieldType.MOMENT, "when it was published", default=None)
    updated: datetime | None = front_matter(
        FieldType.MOMENT,
        "when it was last updated in a way that matters to readers",
        default=None,
    )
    order: float = front_matter(
        FieldType.NUMBER,
        "sorts documents with the same date, or without one: the highest comes first",
        default=0,
    )
    group: str = front_matter(
        FieldType.TEXT, "the heading below which its section lists a page", default=""
    )
    unlisted: bool = front_matter(
        FieldType.FLAG,
        "whether it is published but not listed: in no list, feed or sitemap",
        default=False,
    )
    pin: bool = front_matter(
        FieldType.FLAG,
        "whether the home page shows it before all other posts",
        default=False,
    )


def public(meta: PublicMeta) -> dict[str, Any]:
    """The values of the fields of `PublicMeta`, by name."""
    return {name: getattr(meta, name) for name in _PUBLIC}


_PUBLIC = tuple(field.name for field in fields(PublicMeta))


@dataclass(frozen=True, slots=True)
class Meta(PublicMeta):
    """The front matter of a document, checked and in one form."""

    id: str = front_matter(
        FieldType.TEXT,
        "the stable identity of the document, for feeds and `id:` links",
        default="",
    )
    """Derived from the file name where none is written, and so is the slug."""
    slug: str = front_matter(FieldType.TEXT, "the part of the URL that identifies it", default="")
    title: str | None = front_matter(
        FieldType.TEXT,
        "its title; default: a heading at the top, or the file name",
        default=None,
    )
    permalink: str | None = front_matter(
        FieldType.TEXT, "its full path on the site; overrides the permalink pattern", default=None
    )
    authors: tuple[str, ...] = front_matter(
        FieldType.AUTHORS, "its authors", default=(), aliases=("author",)
    )
    tags: tuple[str, ...] = front_matter(FieldType.NAMES, "its tags", default=())
    categories: tuple[str, ...] = front_matter(
        FieldType.NAMES, "its categories", default=(), aliases=("category",)
    )
    excerpt: str | None = front_matter(
        FieldType.TEXT,
        "its summary in lists and feeds; default: the first paragraph",
        default=None,
        aliases=("description", "summary"),
    )
    draft: bool = front_matter(
        FieldType.FLAG,
        "whether it is published only with `--drafts`",
        default=False,
        opposite="published",
    )
    series: str | None = front_matter(FieldType.TEXT, "the series that it is part of", default=None)
    image: str | None = front_matter(
        FieldType.TEXT, "the image for link previews and JSON Feed", default=None
    )
    lang: str | None = front_matter(
        FieldType.TEXT, "its language, if it differs from that of the site", default=None
    )
    template: str | None = front_matter(
        FieldType.TEXT, "its template; default: `post.html` or `page.html`", default=None
    )
    aliases: tuple[str, ...] = front_matter(
        FieldType.PATHS, "old URLs that redirect to it", default=(), aliases=("redirect_from",)
    )
    expires: datetime | None = front_matter(
        FieldType.MOMENT, "when it stops being published", default=None
    )
    math: bool | None = front_matter(
        FieldType.FLAG,
        "whether `$…$` is math; default: what `math` of `[markdown]` says",
        default=None,
    )
    toc: bool = front_matter(
        FieldType.FLAG,
        "whether to show a table of contents, if it has enough headings",
        default=True,
    )
    extra: Mapping[str, object] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    """The keys of `extra` that the site declares. A file or a post among their values, or in them,
    is a `Link`."""
    places: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """Line, column and length of each value that was written, by its field; of entries as
    `tags: x`. No `Span`, because all are read with a document, and few are ever asked for."""

    def place(self, name: str, entry: str = "") -> Span:
        """Where a field, or an entry of its list, was written; else the start of the file."""
        entire = self.places.get(name, (1, 1, 1))
        return Span(*self.places.get(f"{name}: {entry}", entire))


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of a body that is not an absolute URL, as its author wrote it."""

    href: str
    line: int
    """0: it is the default of a field that the configuration declares."""
    column: int
    length: int = 1
    """Characters to underline in a code frame."""
    recorded: str = ""
    """Of a link to lines of code: what these said when it was written, where that is known."""


IMAGE_TAG = re.compile(
    r"""<img(?=[\s/])(?:[^<>"']|"[^"]*"|'[^']*')*?\ssrc="\0(?P<link>[0-9]+)\0\""""
    r"""(?:[^<>"']|"[^"]*"|'[^']*')*>"""
)
"""The tag of an image, in the HTML of a body, whose URL is a placeholder."""


class Image(NamedTuple):
    """An image of a body whose file may be part of the site."""

    link: int
    """The index of its link."""
    can_zoom: bool
    """Whether it is alone in its paragraph and leads nowhere."""


def placeholder(what: int | str, count: int | None = None, **values: int) -> str:
    """What stands in HTML for the URL of a link, by its index, or for a word, by its key.

    With a count, or with values by name, as the word needs them.
    """
    given = [] if count is None else [str(count)]
    given += [f"{name}={value}" for name, value in values.items()]
    return f"\0{' '.join((str(what), *given))}\0"


FIGURE = "cell:"
"""How the address of a picture of a notebook starts, in the Markdown of that."""


def label_of_link(number: int) -> str:
    """What stands in HTML for a text that depends on where a link leads, by its index: the lines of
    another document, or the title of what a wikilink names."""
    return f"\0{OF_LINK}{number}\0"


def embed_of_link(number: int) -> str:
    """What stands in HTML for the document that a link embeds, by its index."""
    return f"\0{OF_EMBED}{number}\0"


OF_LINK, OF_EMBED = "@", "="
"""How such placeholders start."""


MARK_OF_CALL = re.compile(
    r'<(?P<end>/?)component(?P<mark> data-r="[0-9]+")? \0:(?P<call>[0-9]+)(?P<title>\.?)\0>'
)
"""What stands in HTML around the text of a call; revisions of a post are marked on it as on any
element (`text.blocks`)."""


def placeholder_of_call(number: int) -> str:
    """What stands in Markdown for a call that is a line, by its index."""
    return f"\0{OF_CALL}{number}\0"


def mark_of_call(number: int, *, is_end: bool = False, is_title: bool = False) -> str:
    """What stands in HTML at an end of what a component is called with, by the call's index."""
    return f"<{'/' if is_end else ''}component \0{OF_CALL}{number}{'.' if is_title else ''}\0>"


OF_CALL = ":"
"""How the placeholder in such a mark starts."""


class Stretch(NamedTuple):
    """Lines of a document that are from one file, up to those of the next."""

    first: int
    """The line of the document."""
    path: str
    """Of an included file; empty for the document's own."""
    line: int
    """The line of the file."""
    margin: int
    """Characters that are in front of each line here, and not there."""


OWN_CONTENTS = "contents"
"""In `Rendered.uses` where a body shows its contents itself."""


class NumberedLines(NamedTuple):
    """The lines of a code block, each with an id: this prefix, and a number from first to last."""

    prefix: str
    first: int
    last: int

    def ids(self) -> Iterator[str]:
        return (f"{self.prefix}{number}" for number in range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True, eq=False)
class Anchors(Set[str]):
    """Every id that a fragment can point to, as a set.

    The lines of code, which most of them are, are kept as numbers: all documents of a site are
    loaded for each of its builds.
    """

    names: frozenset[str] = frozenset()
    lines: tuple[NumberedLines, ...] = ()

    def __contains__(self, name: object) -> bool:
        return name in self.names or any(
            name == line for block in self.lines for line in block.ids()
        )

    def __iter__(self) -> Iterator[str]:
        yield from self.names
        for block in self.lines:
            yield from block.ids()

    def __len__(self) -> int:
        return len(self.names) + sum(block.last - block.first + 1 for block in self.lines)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A body as HTML.

    In `html`, and in nothing else, every URL in `links` is a placeholder: the link's index between
    two NUL characters, which no body can contain (CommonMark 0.31 §2.3). They are filled in
    when the page is rendered, so that renaming one document never makes another's HTML stale. So
    is every word of the theme, by its key, with a space and a count if it has one, or values by
    name: a document has no language to be read in.
    """

    html: str
    title: str | None
    """The text of a `# H1` at the top where it became the title, and was removed from `html`."""
    toc: tuple[Heading, ...]
    links: tuple[Link, ...]
    anchors: Anchors
    excerpt: str
    """Plain text."""
    words: int
    """Each character of a script without spaces between words counts as one."""
    characters: int = 0
    """How many of the words are such characters."""
    images: tuple[Image, ...] = ()
    """In the order in which they are shown."""
    uses: frozenset[str] = frozenset()
    """The parts of the theme that its page needs and others do without, such as `zoom`: the files
    of that name in `theme/static/parts/`."""
    blocks: tuple[CodeBlock, ...] = ()
    """Those of code that have an id of their own."""
    files: tuple[CodeFile, ...] = ()
    """Those that its blocks of code are, by their titles, each as it is after its last step."""

    @property
    def has_formulas(self) -> bool:
        """Whether it has any formula, shown as MathML or as TeX."""
        return "math" in self.uses

    names: tuple[str, ...] = ()
    """What its wikilinks name, as `text.wikilinks` looks for it; empty: the document itself."""
    embeds: tuple[int, ...] = ()
    """The indices of the links that show a document in place of themselves."""
    calls: tuple[Call, ...] = ()
    """Of components. What each holds is between marks in `html`, which its page replaces."""
    figures: tuple[tuple[str, bytes], ...] = ()
    """The pictures of a notebook, by name, each with its digest."""
    included: tuple[str, ...] = ()
    """The names of the files that it asks for, to be part of its text."""
    passages: tuple[Stretch, ...] = ()
    """Where its lines are from, if it includes any: every line in here is one of the whole text."""
    fences: tuple[tuple[int, int], ...] = ()
    """The rows of the body, from 0, where fenced code starts, and behind its end. Only while it is
    read."""


@dataclass(frozen=True, slots=True)
class Document:
    """A post or page: a pure function of one source file."""

    source: Source
    meta: Meta
    rendered: Rendered
    digest: bytes = b""
    """Of all of it, once its HTML is in the store and no longer in `rendered`."""
    in_doubt: bool = False
    """Whether its front matter has errors that hide where it is, or what it is called."""


class Body(NamedTuple):
    """The HTML of a document, as the cache has it."""

    key: bytes
    """The digest of the document."""
    html: str
    blocks: Mapping[bytes, tuple[int, int]]
    """Where each highlighted code block starts and ends, by what it shows."""
    markdown: str = ""
    """The same as Markdown (`content.twin`), where that is published."""
    figures: Mapping[str, bytes] = {}
    """The pictures of a notebook, by name."""
    undrawn: Mapping[bytes, str] = {}
    """What became of each diagram that could not be drawn, by what it shows."""

    def coloured(self) -> dict[bytes, str]:
        """The code blocks as HTML, by what they show, and diagrams that could not be drawn."""
        blocks = {key: self.html[start:end] for key, (start, end) in self.blocks.items()}
        return {**blocks, **self.undrawn}
