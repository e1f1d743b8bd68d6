"""The files of a new site, and those by which hosts build and publish one.

They are real files in `files/`, laid out as they will be, with `@name@` where an answer belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sitegen.model.dataclass import dataclass
from sitegen.scaffold.requirement import RELEASED, Requirement
from sitegen.sources.discover import CONTENT
from sitegen.text.quoting import quoted, written
from sitegen.text.urls import slugify

KIT = Path(__file__).parent / "files"
SITE, DEMO, PACKAGES = "site", "demo", "packages"
"""Folders of the kit: the site itself, a demonstration of the theme, what every host installs."""


PICTURES = (".jpg", ".png")
"""The endings of the files of the kit that are no text."""

SiteContents = Mapping[str, str | bytes]
"""The content of files, by their paths in a site."""


@dataclass(frozen=True, slots=True)
class Host:
    """Who can build and publish a site."""

    name: str
    """Its option of `sitegen init`, and its folder of the kit."""
    to_do: str
    """What it needs from a person, once."""


HOSTS = (
    Host("github", "push, and set Settings → Pages → Source to 'GitHub Actions' once"),
    Host("gitlab", "push; the address is under Deploy → Pages"),
    Host("netlify", "push, and import the repository on Netlify"),
    Host("cloudflare", "push, and import the repository under Workers & Pages"),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What only a person knows of a new site."""

    title: str
    description: str = ""
    author: str = ""
    base_url: str = ""
    """Empty where the address of the site is not known yet."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the machine knows."""

    now: datetime
    """In the zone of the site."""
    timezone: str = "UTC"
    branch: str = "main"
    """The one that hosts publish from."""
    requirement: Requirement = RELEASED
    """The sitegen that hosts install."""


def new_site(answers: Answers, setting: Setting, *, has_content: bool = False) -> dict[str, str]:
    """The text of each file of a new site, by its path there; of one with content, the others."""
    files = _filled(SITE, answers, setting)
    return {
        path: text
        for path, text in files.items()
        if not (has_content and path.startswith(f"{CONTENT}/"))
    }


def demonstration(answers: Answers, setting: Setting) -> SiteContents:
    """The content of each file of a site that shows everything the theme has, by its path there."""
    around = new_site(answers, setting, has_content=True)
    pictures = {path: file.read_bytes() for path, file in _parts(DEMO) if file.suffix in PICTURES}
    return {**around, **_filled(DEMO, answers, setting), **pictures}


def hosting(hosts: Iterable[Host], answers: Answers, setting: Setting) -> dict[str, str]:
    """The text of each file by which these hosts publish a site, by its path there."""
    parts = tuple(host.name for host in hosts)
    return {
        path: text
        for folder in ((*parts, PACKAGES) if parts else ())
        for path, text in _filled(folder, answers, setting).items()
    }


def host_files(host: Host) -> tuple[str, ...]:
    """The paths in a site of the files by which this host builds it."""
    return tuple(path for path, _ in _parts(host.name))


def _filled(part: str, answers: Answers, setting: Setting) -> dict[str, str]:
    """The texts of a part of the kit, with the answers in their places."""
    texts = ((path, file) for path, file in _parts(part) if file.suffix not in PICTURES)
    return {path: _fill(file.read_text("utf-8"), answers, setting) for path, file in texts}


def _parts(part: str) -> tuple[tuple[str, Path], ...]:
    """Each file of a part of the kit, after its path in a site."""
    root = KIT / part
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return tuple((path.relative_to(root).as_posix(), path) for path in files)


def _fill(text: str, answers: Answers, setting: Setting) -> str:
    values = {
        "title": quoted(answers.title),
        "description": _option("description", answers.description, "Notes on code, and coffee."),
        "author": _option("author", answers.author, "Ada Lovelace"),
        "base_url": _option("base_url", answers.base_url, "https://me.github.io/blog/"),
        "timezone": quoted(setting.timezone),
        "today": written(setting.now),
        "yesterday": written(setting.now - timedelta(days=1)),
        "day": f"{setting.now:%Y-%m-%d}",
        "branch": quoted(setting.branch),
        "name": quoted(_label(answers.title)),
        "requirement": setting.requirement.line,
        "source": setting.requirement.source,
    }
    return re.sub(r"@(\w+)@", lambda found: values[found[1]], text)


def _option(key: str, value: str, example: str) -> str:
    """A line of the configuration; one that is not in use where there is no value."""
    return f"{key} = {quoted(value)}" if value else f"#{key} = {quoted(example)}"


def _label(title: str) -> str:
    """A part of a domain name (RFC 1123 §2.1) after the title."""
    plain = re.sub(r"[^a-z0-9]+", "-", slugify(title))[:40]
    return plain.strip("-") or "blog"
