"""A new post or page: a file that satisfies the contract of front matter, where it belongs."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen.config.schema import Config
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import SitegenError, UsageError
from sitegen.model.source import MARKDOWN, Kind, Source
from sitegen.scaffold.archetypes import archetype, made_from
from sitegen.scaffold.init import write_new
from sitegen.sources.discover import POST_FOLDERS, content_folder
from sitegen.text.quoting import quoted, written
from sitegen.text.urls import slugify


@dataclass(frozen=True, slots=True)
class NewPost:
    """What a new post or page will be about."""

    title: str
    tags: tuple[str, ...] = ()
    is_page: bool = False
    is_bundle: bool = False
    """Whether it is to be a folder, for files beside its text."""
    is_draft: bool = False
    archetype: str | None = None
    """The one that it is made from; None: the default one, if the site has that."""

    @property
    def slug(self) -> str:
        return slugify(self.title)

    @property
    def id(self) -> str:
        return f"pages/{self.slug}" if self.is_page else self.slug


def new(post: NewPost, site: Path, config: Config, now: datetime) -> Path:
    """Write the file of a new post or page, and return its path.

    Raises UsageError where there is such a document already, or no such archetype.
    """
    content = site / content_folder(site, config)
    file, found = path_for(post, content), archetype(site, post.archetype)
    now = now.astimezone(ZoneInfo(config.timezone))
    name = file.relative_to(content).as_posix()
    required = required_fields(config, Source(name, Kind.PAGE if post.is_page else Kind.POST, name))
    if found:
        values = {"title": post.title, "slug": post.slug, "id": post.id, "date": written(now)}
        text = made_from(*found, values, _keys(post, now), required)
    else:
        text = new_document(post, now, required)
    if file.name in write_new(file.parent, {file.name: text})[1]:
        raise _taken(file)
    return file


def new_document(post: NewPost, now: datetime, required: Mapping[str, str]) -> str:
    """The text of a new post or page: front matter, with these fields to complete, and room to
    write."""
    lines = (f"{key}: {value}" for key, value in _keys(post, now).items())
    waiting = (f"{key}: # {what}" for key, what in required.items())
    return "\n".join(("---", *lines, *waiting, "---", "", ""))


def _keys(post: NewPost, now: datetime) -> Mapping[str, str]:
    """What its front matter says, in a form that YAML and TOML share."""
    tags = ", ".join(map(quoted, post.tags))
    fields = {
        "id": quoted(post.id),
        "title": quoted(post.title),
        "date": "" if post.is_page else written(now),
        "tags": f"[{tags}]" if tags else "",
        "draft": "true" if post.is_draft else "",
    }
    return {key: value for key, value in fields.items() if value}


def required_fields(config: Config, source: Source) -> Mapping[str, str]:
    """What the document must have, by name, for its author to complete: what each can be."""
    if not config.fields:
        return {}
    from sitegen.config.own_fields import is_for

    return {
        name: ", ".join(map(str, field.choices)) or field.type
        for name, field in config.fields.items()
        if field.required and is_for(field, source)
    }


def path_for(post: NewPost, content: Path) -> Path:
    """The file for a new post or page of a content folder.

    Posts are in `posts/`, unless the folder has another for them, or holds them itself.
    Raises UsageError where there is such a document already.
    """
    folder = content / "pages" if post.is_page else _posts(content)
    for ending in (".md", ".markdown", "/index.md"):
        if os.path.lexists(file := folder / f"{post.slug}{ending}"):
            raise _taken(file)
    return folder / f"{post.slug}{'/index.md' if post.is_bundle else '.md'}"


def edit(file: Path, editor: str) -> None:
    """Open a file in an editor, named with its options as in VISUAL, until that is closed."""
    try:
        subprocess.run([*shlex.split(editor), str(file)], check=True)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        raise SitegenError(f"the editor '{editor}' failed: {error}") from error


def _posts(content: Path) -> Path:
    folders = [content / name for name in POST_FOLDERS]
    entries = content.iterdir() if content.is_dir() else ()
    is_flat = any(entry.suffix.lower() in MARKDOWN for entry in entries)
    there = (folder for folder in folders if folder.is_dir())
    return next(there, content if is_flat else folders[0])


def _taken(file: Path) -> UsageError:
    hint = "choose another title, or edit that file"
    return UsageError(f"there is '{os.path.relpath(file)}' already", hint=hint)
