"""What is in the site folder. The only reader of sources; nothing of the output is read here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from posixpath import splitext
from stat import S_ISREG
from typing import TYPE_CHECKING

from sitegen.config.schema import Config
from sitegen.model.diagnostics import Diagnostic, UsageError
from sitegen.model.mentions import MENTIONS_FILE
from sitegen.model.site import TAXONOMIES
from sitegen.model.source import DATA_ENDINGS, MARKDOWN, NOTEBOOK, Kind, Source
from sitegen.sources.drafts import DRAFTS
from sitegen.sources.exclude import Exclusion, intended
from sitegen.sources.passed_over import holds_no_source, is_passed_over
from sitegen.text.dates import date_in_name
from sitegen.text.encoding import decode

if TYPE_CHECKING:
    from sitegen.text.tokens import ThemeToken

THEME = Path(__file__).parent.parent / "theme"
THEME_PREFIX = "theme:"
"""Starts the path of a source that comes with sitegen."""

CONTENT, TEMPLATES, STATIC, I18N = "content", "templates", "static", "i18n"
INCLUDES, DATA = "includes", "data"
STYLES, SCRIPTS = "styles", "scripts"
OWN_FOLDERS = (TEMPLATES, STATIC, I18N, INCLUDES, DATA)
"""The folders of a site that sources are in, beside that of its content."""
ARCHETYPES = "archetypes"
"""What `sitegen new` makes posts from; no documents, even where the site folder holds those."""
CONFIG_FILE = "sitegen.toml"
LARGEST_CONFIG = 1024 * 1024
"""Bytes of a configuration, at most."""

POST_FOLDERS = ("posts", "post", "blog", "_posts")
"""Folders of a content folder that are for posts alone, here and in other generators."""

Found = tuple[tuple[Source, ...], tuple[Diagnostic, ...], tuple[str, ...]]
"""The sources, what is wrong with them, and the folders of the site that were listed."""


def site_folder(start: Path) -> Path:
    """The nearest folder from `start` upwards with a `sitegen.toml` or a `content/` folder.

    Raises UsageError where there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG_FILE).is_file() or (folder / CONTENT).is_dir():
            return folder
    raise UsageError(
        f"no site here: neither {start} nor a folder above it has a {CONFIG_FILE} or a {CONTENT}/",
        hint="name the folder of your posts: sitegen build FOLDER",
    )


def content_folder(site: Path, config: Config) -> str:
    """Where the Markdown is, relative to the site; empty when the site folder itself holds it.

    Raises UsageError where the configuration names a folder that does not exist.
    """
    if (path := config.content.path) is not None:
        if not (site / path).is_dir():
            raise UsageError(f"{CONFIG_FILE}: the folder '{path}' of [content] does not exist")
        return str(PurePosixPath(path))
    return CONTENT if (site / CONTENT).is_dir() else ""


def discover(site: Path, config: Config, output: Path) -> Found:
    """Every source: the site's, folder by folder in order of their names, then the theme's.

    Hidden files are passed over, but for those in `static/`, and in the content folder what the
    configuration excludes; a pattern that excludes nothing: SG012. Symbolic links and special files
    are not followed: SG008. Folders that cannot be read: SG005; names that are not UTF-8: SG006.
    Beside a configuration of another generator alone, SG011, templates are not for sitegen.
    """
    content = content_folder(site, config)
    others = () if content else (TEMPLATES, STATIC, ARCHETYPES)
    skipped = {output, *(site / folder for folder in others)}
    patterns = config.content.exclude
    walk, exclude = _Walk(skipped), Exclusion(patterns)
    documents = tuple(_content(walk, site, content, exclude, document_endings(config)))
    foreign = _foreign_configurations(site)
    sources = [
        *documents,
        *(() if foreign else _of_kind(walk, site, TEMPLATES, Kind.TEMPLATE)),
        *(_includes(walk, site) if content else ()),
        *(_data(walk, site) if content and not foreign else ()),
        *_of_kind(walk, site, STATIC, Kind.STATIC),
        *(() if foreign else _words(walk, site)),
        *_mentions(site, config),
        *_of_theme(TEMPLATES, Kind.TEMPLATE),
        *_of_theme(STATIC, Kind.STATIC),
        *_of_theme(I18N, Kind.WORDS),
        *_of_theme(STYLES, Kind.STYLE),
        *_of_theme(SCRIPTS, Kind.SCRIPT),
    ]
    unused = {patterns.index(pattern): pattern for pattern in exclude.unused}
    names = (source.name for source in documents)
    unused_patterns = _unused(site, content, unused, names)
    problems = (*walk.diagnostics, *unused_patterns, *foreign)
    return tuple(sources), problems, tuple(walk.listed)


def _foreign_configurations(site: Path) -> tuple[Diagnostic, ...]:
    if (site / CONFIG_FILE).exists():
        return ()
    from sitegen.sources.foreign import foreign_configurations

    return foreign_configurations(site)


def file_of(site: Path, path: str) -> str:
    """Where the source with this path is on disk. A text, because many are asked for at a time."""
    if path.startswith(THEME_PREFIX):
        return f"{THEME}/{path.removeprefix(THEME_PREFIX)}"
    place = f"{site}/{path}"
    return DRAFTS.get(place, place) if DRAFTS else place


def read(site: Path, path: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of a source, or None and SG005."""
    try:
        return Path(file_of(site, path)).read_bytes(), ()
    except OSError as error:
        return None, (_unreadable(path, error),)


def tokens_of_theme() -> Mapping[str, ThemeToken]:
    """The tokens of the theme's style sheet, by name."""
    from sitegen.text.tokens import TOKENS, tokens_in

    return tokens_in((THEME / STYLES / TOKENS).read_text("utf-8"))


def read_configuration(site: Path) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of the configuration, if there is one; SG005 where it is no file to read.

    It is opened before anything is known of it, so a pipe is not waited for, and of what has no
    end (`/dev/zero`) nothing is read.
    """
    try:
        with open(file_of(site, CONFIG_FILE), "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not S_ISREG(status.st_mode):
                raise OSError(None, "not a regular file")
            if status.st_size > LARGEST_CONFIG:
                raise OSError(None, f"larger than {LARGEST_CONFIG // 1024} KB")
            return file.read(LARGEST_CONFIG), ()
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (_unreadable(CONFIG_FILE, error),)


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _unused(
    site: Path, content: str, patterns: Mapping[int, str], names: Iterable[str]
) -> Iterator[Diagnostic]:
    """SG012 for each of these patterns of [content] exclude, by their places in the list."""
    if not patterns:
        return
    from sitegen.config.load import at_key_of

    data, _ = read_configuration(site)
    text, _ = decode(data or b"", CONFIG_FILE)
    where, known = f"{content}/" if content else "the site folder", tuple(names)
    for at, pattern in patterns.items():
        message = f"'{pattern}' matches nothing in {where}, so nothing is left out"
        right = intended(pattern, content, known)
        hint = (
            f"did you mean '{right}'?"
            if right
            else f"remove it, or write it as it is below {where}"
        )
        problem = Diagnostic("SG012", message, hint=hint)
        yield at_key_of(text or "", ("content", "exclude", at), problem, CONFIG_FILE)


def _content(
    walk: _Walk, site: Path, content: str, exclude: Exclusion, endings: tuple[str, ...]
) -> Iterator[Source]:
    """The documents, and all other files; what those are for is known when documents are read."""
    names = walk.files(site / content, content, exclude=exclude)
    yield from sources_named(names, content, endings)


def document_endings(config: Config) -> tuple[str, ...]:
    """The endings of files that are documents, in lower case."""
    return (*MARKDOWN, NOTEBOOK) if config.content.notebooks else MARKDOWN


def sources_named(found: Iterable[str], content: str, endings: tuple[str, ...]) -> Iterator[Source]:
    """What a content folder with files of these names consists of; documents have these endings."""
    names = tuple(found)
    folders = {name.partition("/")[0] for name in names if "/" in name}
    has_posts = not folders.isdisjoint(POST_FOLDERS if content else {"_posts"})
    for name in names:
        if content or not (name == CONFIG_FILE or _holds_words(name)):
            path = f"{content}/{name}" if content else name
            source = Source(path, _kind(name, endings, has_posts=has_posts), name)
            yield replace(source, kind=Kind.PAGE) if source.is_about_repository else source


def _kind(name: str, endings: tuple[str, ...], *, has_posts: bool) -> Kind:
    """What a file of the content folder is; beside a folder of posts, those of no folder are pages.

    And those in a folder that is called like a taxonomy describe its terms. Unless their names have
    a date.
    """
    path, ending = splitext(name)
    if ending.lower() not in endings:
        return Kind.ASSET
    folder, _, stem = path.rpartition("/")
    if stem == "_index":
        return Kind.SECTION
    if name.startswith("pages/") or path == "404":
        return Kind.PAGE
    if not has_posts:
        return Kind.POST
    if name == f"index{ending}":
        return Kind.SECTION
    is_bundle = stem == "index" and folder.partition("/")[0] not in POST_FOLDERS
    if folder in TAXONOMIES and stem != "index" and date_in_name(stem)[0] is None:
        return Kind.TERM
    place = folder if is_bundle else name
    is_alone = "/" not in place and date_in_name(PurePosixPath(place).stem)[0] is None
    return Kind.PAGE if is_alone else Kind.POST


def _of_kind(walk: _Walk, site: Path, folder: str, kind: Kind) -> Iterator[Source]:
    for name in walk.files(site / folder, folder, hidden=kind is Kind.STATIC):
        yield Source(f"{folder}/{name}", kind, name)


def _includes(walk: _Walk, site: Path) -> Iterator[Source]:
    """What documents can include; a site without a content folder has documents there."""
    sources = _of_kind(walk, site, INCLUDES, Kind.INCLUDE)
    return (source for source in sources if source.name.lower().endswith(MARKDOWN))


def _data(walk: _Walk, site: Path) -> Iterator[Source]:
    """What templates find in `site.data`; a site without a content folder has documents there."""
    sources = _of_kind(walk, site, DATA, Kind.DATA)
    return (source for source in sources if source.name.lower().endswith(DATA_ENDINGS))


def _mentions(site: Path, config: Config) -> Iterator[Source]:
    if config.comments.provider == "webmention" and (site / MENTIONS_FILE).is_file():
        yield Source(MENTIONS_FILE, Kind.MENTIONS, MENTIONS_FILE)


def _words(walk: _Walk, site: Path) -> Iterator[Source]:
    sources = _of_kind(walk, site, I18N, Kind.WORDS)
    return (source for source in sources if _holds_words(source.path))


def _holds_words(path: str) -> bool:
    """Whether a file of the site has words of the theme: `i18n/de.toml`."""
    folder, _, name = path.rpartition("/")
    return folder == I18N and name.endswith(".toml")


def _of_theme(folder: str, kind: Kind) -> Iterator[Source]:
    """The theme's own files, which an installer may have put there as symbolic links."""
    root = THEME / folder
    for file in sorted(file for file in root.rglob("*") if file.is_file()):
        name = file.relative_to(root).as_posix()
        yield Source(f"{THEME_PREFIX}{folder}/{name}", kind, name)


class _Walk:
    """A walk that never leaves its root, and remembers what it could not take."""

    def __init__(self, skipped: set[Path]) -> None:
        self.skipped = {str(folder.resolve()) for folder in skipped}
        self.diagnostics: list[Diagnostic] = []
        self.listed: list[str] = []

    def files(
        self,
        root: Path,
        shown: str,
        *,
        hidden: bool = False,
        exclude: Exclusion | None = None,
    ) -> Iterator[str]:
        """The names below `root` of its regular files, folder by folder, in order."""
        if root.is_symlink():
            self.diagnostics.append(_special(shown, is_link=True))
        elif root.is_dir():
            self._hidden, self._exclude = hidden, exclude or Exclusion()
            yield from self._below(str(root.resolve()), "", shown)

    def _below(self, folder: str, prefix: str, shown: str) -> Iterator[str]:
        self.listed.append(folder)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.diagnostics.append(_unreadable(f"{shown}/{prefix}".strip("/"), error))
            return
        if prefix and holds_no_source(entry.name for entry in entries):
            return
        for entry in entries:
            if self._is_wanted(name := f"{prefix}{entry.name}"):
                if name.isascii() and entry.is_file(follow_symlinks=False):
                    yield name
                else:
                    yield from self._entry(entry, name, shown)
            elif self._hidden and entry.name == ".git" and entry.is_dir(follow_symlinks=False):
                self.diagnostics.append(_repository(f"{shown}/{name}"))

    def _is_wanted(self, name: str) -> bool:
        is_hidden = name.rpartition("/")[2].startswith(".") and not self._hidden
        return not (self._exclude.takes(name) or is_hidden or is_passed_over(name))

    def _entry(self, entry: os.DirEntry[str], name: str, shown: str) -> Iterator[str]:
        path = f"{shown}/{name}".lstrip("/")
        if not is_utf8(name):
            self.diagnostics.append(_misnamed(path))
        elif entry.is_dir(follow_symlinks=False):
            if entry.path not in self.skipped:  # no link leads there
                yield from self._below(entry.path, f"{name}/", shown)
        elif entry.is_file(follow_symlinks=False):
            yield name
        else:
            self.diagnostics.append(_special(path, is_link=entry.is_symlink()))


def is_utf8(name: str) -> bool:
    """Whether the name or path was read from bytes that are UTF-8 (PEP 383)."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _misnamed(path: str) -> Diagnostic:
    shown = os.fsencode(path).decode(errors="replace")
    return Diagnostic(
        "SG006", f"the file name '{shown}' is not UTF-8", shown, hint="rename the file"
    )


def _special(path: str, *, is_link: bool) -> Diagnostic:
    return Diagnostic(
        "SG008",
        f"'{path}' is {'a symbolic link' if is_link else 'not a regular file'}: not published",
        path,
        hint="replace it with a copy of its target" if is_link else None,
    )


def _repository(path: str) -> Diagnostic:
    hint = "move it out of the site; no branch or host could take it"
    return Diagnostic("SG008", f"'{path}' is a git repository: not published", path, hint=hint)


def _unreadable(path: str, error: OSError) -> Diagnostic:
    return Diagnostic("SG005", f"cannot read '{path}': {error.strerror}", path)
