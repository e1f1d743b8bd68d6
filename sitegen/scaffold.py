"""A new site, and what a host needs to publish one.

The files are those of `starter/`, with `@name@` where an answer belongs. `write_new` alone writes,
and never over anything.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen import __version__
from sitegen.config import checked_base_url
from sitegen.diagnostics import SitegenError, UsageError
from sitegen.discover import CONFIG_FILE, CONTENT
from sitegen.site import configuration
from sitegen.urls import slugify

STARTER = Path(__file__).parent / "starter"
SITE, PACKAGES = "site", "packages"
"""Folders of the starter: the site itself, and what every host installs."""

UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no page can show, and YAML 1.1 §5.1 does not allow in a file."""


class Host(Enum):
    """Who can build and publish a site, by its folder of the starter."""

    GITHUB = "github"
    GITLAB = "gitlab"
    NETLIFY = "netlify"
    CLOUDFLARE = "cloudflare"


@dataclass(frozen=True, slots=True)
class Answers:
    """What only a person knows of a new site."""

    title: str
    description: str = ""
    author: str = ""
    base_url: str = ""
    """Empty: nobody knows yet where the site will live."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the machine knows."""

    now: datetime
    """In the zone of the site."""
    timezone: str = "UTC"
    branch: str = "main"
    """The one that hosts publish from."""


@dataclass(frozen=True, slots=True)
class Started:
    """What `start` did, paths relative to the folder."""

    folder: Path
    written: tuple[str, ...]
    kept: tuple[str, ...]
    """Those that existed."""
    hosts: tuple[Host, ...]
    is_new: bool
    """Whether the site itself is new."""


Usable = Callable[[str], str]
"""An answer as it will be written; raises UsageError for one that will not do."""
Ask = Callable[[str, str, Usable], str]
"""Called with a question, its default answer and what a usable one is; returns such a one."""


def start(
    folder: Path, given: Mapping[str, str | None], hosts: tuple[Host, ...], now: datetime, ask: Ask
) -> Started:
    """Start a site in the folder, or add to the one that is there what the hosts need.

    `given` has the answers that nobody needs to be asked for, by their names in `Answers`.
    """
    is_new = not is_site(folder)
    if not (is_new or hosts):
        hint = "to add a post: sitegen new TITLE; for what else init can do: sitegen init --help"
        raise UsageError(f"there is a site in '{folder}' already", hint=hint)
    branch = _branch(folder, hosts)
    zone = machine_zone()
    setting = Setting(now.astimezone(ZoneInfo(zone)), zone, branch)
    if is_new:
        answers = _asked(folder, given, ask)
        files = new_site(answers, setting) | hosting(hosts, answers, setting)
    else:
        config, _ = configuration(folder, None)
        files = hosting(hosts, Answers(config.title), setting)
    return Started(folder, *write_new(folder, files), hosts, is_new)


def is_site(folder: Path) -> bool:
    """Whether there is a site already, in the sense in which every command finds one."""
    return (folder / CONFIG_FILE).is_file() or (folder / CONTENT).is_dir()


def new_site(answers: Answers, setting: Setting) -> dict[str, str]:
    """The text of each file of a new site, by its path there."""
    return _filled(SITE, answers, setting)


def hosting(hosts: Iterable[Host], answers: Answers, setting: Setting) -> dict[str, str]:
    """The text of each file by which these hosts publish a site, by its path there."""
    parts = tuple(host.value for host in hosts)
    return {
        path: text
        for folder in ((*parts, PACKAGES) if parts else ())
        for path, text in _filled(folder, answers, setting).items()
    }


def write_new(folder: Path, files: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths of the files that were written, and of those that were there and are as before.

    Raises SitegenError for what the operating system refuses.
    """
    written: list[str] = []
    kept: list[str] = []
    for path, text in files.items():
        (written if _create(folder / path, text) else kept).append(path)
    return tuple(written), tuple(kept)


def one_line(text: str) -> str:
    """The text with single spaces. Raises UsageError for what no page can show."""
    line = " ".join(text.split())
    if unshown := UNSHOWN.search(line):
        raise UsageError(f"{text!r} has a character that no page can show: {unshown[0]!r}")
    return line


def titled(text: str) -> str:
    """A line of text that says something. Raises UsageError for one that does not."""
    if line := one_line(text):
        return line
    raise UsageError("a title is needed")


def quoted(text: str) -> str:
    """A line of text as a string of JSON, YAML and TOML alike."""
    return json.dumps(text, ensure_ascii=False)


def written(moment: datetime) -> str:
    """A moment as front matter has it: to the second, with its offset, for YAML and for us."""
    return moment.isoformat(sep=" ", timespec="seconds")


def title_of(folder: Path) -> str:
    """The title that the name of a folder suggests: `my-blog` is `My blog`."""
    words = " ".join(re.split(r"[\W_]+", folder.resolve().name)).strip()
    return words[:1].upper() + words[1:] or "Blog"


def repository_of(folder: Path) -> Path | None:
    """The root of the git repository that a folder is in, or None."""
    places = (folder, *folder.parents)
    return next((place for place in places if (place / ".git").exists()), None)


def branch_of(repository: Path) -> str:
    """The branch that the repository was cloned from, else the one that is checked out, or main.

    Read from the files of git, where the two are symbolic (gitrepository-layout(5)).
    """
    for name in ("refs/remotes/origin/HEAD", "HEAD"):
        try:
            pointer = (repository / ".git" / name).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if found := re.fullmatch(r"ref: refs/(?:heads|remotes/origin)/(\S+)\n?", pointer):
            return found[1]
    return "main"


def machine_zone() -> str:
    """The name of this machine's time zone, or UTC where it tells none."""
    link = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    name = os.environ.get("TZ", link).removeprefix(":")
    try:
        is_known = ZoneInfo(name).key not in ("Etc/UTC", "localtime", "posixrules")
    except (KeyError, ValueError, OSError):
        return "UTC"
    return name if is_known else "UTC"


def _asked(folder: Path, given: Mapping[str, str | None], ask: Ask) -> Answers:
    def answer(name: str, question: str, default: str, usable: Usable) -> str:
        known = given[name]
        return ask(question, default, usable) if known is None else usable(known)

    return Answers(
        title=answer("title", "Title", title_of(folder), titled),
        description=answer("description", "What it is about, in a sentence", "", one_line),
        author=answer("author", "Author", "", one_line),
        base_url=answer("base_url", "Address, if you know it already", "", _address),
    )


def _address(text: str) -> str:
    """The address of a site, also of one that is typed without its scheme."""
    text = text.strip()
    address = checked_base_url(text if "://" in text else f"https://{text}")
    if text and address is None:
        raise UsageError(f"{text!r} is not an address such as https://me.github.io/blog/")
    return address or ""


def _branch(folder: Path, hosts: tuple[Host, ...]) -> str:
    """The branch to publish from. Raises UsageError where a host would not see its file."""
    repository = repository_of(folder.resolve())
    if repository is None:
        return "main"
    if hosts and repository != folder.resolve():
        raise UsageError(
            f"'{folder}' is inside the repository '{repository}', and hosts read only its root",
            hint="give the site a repository of its own: git init, in its folder",
        )
    return branch_of(repository)


def _filled(part: str, answers: Answers, setting: Setting) -> dict[str, str]:
    """The files of a part of the starter, with the answers in their places."""
    root = STARTER / part
    files = sorted(path for path in root.rglob("*") if path.is_file())
    return {
        path.relative_to(root).as_posix(): _fill(path.read_text("utf-8"), answers, setting)
        for path in files
    }


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
        "version": __version__,
    }
    return re.sub(r"@(\w+)@", lambda found: values[found[1]], text)


def _option(key: str, value: str, example: str) -> str:
    """A line of the configuration; one that is not in use where there is no value."""
    return f"{key} = {quoted(value)}" if value else f"#{key} = {quoted(example)}"


def _label(title: str) -> str:
    """A part of a domain name (RFC 1123 §2.1) after the title."""
    plain = re.sub(r"[^a-z0-9]+", "-", slugify(title))[:40]
    return plain.strip("-") or "blog"


def _create(path: Path, text: str) -> bool:
    """Whether the file is new; one that exists stays as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        if not path.parent.is_dir():
            raise SitegenError(f"cannot write '{path}': '{path.parent}' is a file") from None
        return False
    except OSError as error:
        raise SitegenError(f"cannot write '{path}': {error.strerror or error}") from error
    return True
