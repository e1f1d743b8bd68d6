"""Starting a site, or adding what hosts need: what is asked, what is written, and what stays.

`write_new` alone writes, and never over anything.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen.build.session import configuration
from sitegen.config.schema import Config
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import SitegenError, UsageError
from sitegen.model.source import MARKDOWN
from sitegen.scaffold.json_schema import schema_files, schemas
from sitegen.scaffold.kit import (
    Answers,
    Host,
    Setting,
    SiteContents,
    demonstration,
    hosting,
    new_site,
)
from sitegen.scaffold.requirement import (
    RELEASED,
    Requirement,
    requirement,
    requirements_of,
    vendored,
)
from sitegen.sources.discover import CONFIG_FILE, CONTENT
from sitegen.text.quoting import one_line, titled
from sitegen.text.urls import checked_base_url

ABOUT_THE_FOLDER = {"readme", "license", "changelog", "contributing", "security"}
"""Names of Markdown files that are no posts, in lower case and without their ending."""


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
    requirement: Requirement
    """The sitegen that its hosts should install."""
    is_required: bool
    """Whether its requirements.txt says so."""


Usable = Callable[[str], str]
"""An answer as it will be written; raises UsageError for one that will not do."""
Ask = Callable[[str, str, Usable], str]
"""Called with a question, its default answer and what a usable one is; returns such a one."""


def start(
    folder: Path,
    given: Mapping[str, str | None],
    hosts: tuple[Host, ...],
    now: datetime,
    ask: Ask,
    *,
    is_demo: bool = False,
) -> Started:
    """Start a site in the folder, or add to the one that is there what the hosts need.

    `given` has the answers that nobody needs to be asked for, by their names in `Answers`.
    """
    is_new = not is_site(folder)
    if not is_new and (not hosts or is_demo or any(given.values())):
        hint = f"its title and address are in {CONFIG_FILE}; sitegen new TITLE adds a post"
        raise UsageError(f"there is already a site in '{folder}'", hint=hint)
    if is_demo and has_notes(folder):
        hint = "name a new folder: sitegen init --demo FOLDER"
        raise UsageError(f"there are Markdown files in '{folder}'", hint=hint)
    branch = _branch(folder, hosts)
    zone = machine_zone()
    needed = requirement() if hosts else RELEASED
    setting = Setting(now.astimezone(ZoneInfo(zone)), zone, branch, needed)
    if is_new:
        answers = _asked(folder, given, ask)
        files = _site(folder, answers, setting, is_demo=is_demo)
    else:
        config, _ = configuration(folder)
        answers, files = Answers(config.title), {}
    written, kept = write_new(folder, {**files, **hosting(hosts, answers, setting)})
    written += write_new(folder, vendored(folder, needed))[0]
    is_required = needed.line in requirements_of(folder)
    return Started(folder, written, kept, hosts, is_new, needed, is_required)


def is_site(folder: Path) -> bool:
    """Whether there is a site already, in the sense in which every command finds one."""
    return (folder / CONFIG_FILE).is_file() or (folder / CONTENT).is_dir()


def has_notes(folder: Path) -> bool:
    """Whether the folder itself holds Markdown, which a new `content/` would hide."""
    files = folder.iterdir() if folder.is_dir() else ()
    notes = (file for file in files if file.suffix.lower() in MARKDOWN)
    return any(note.stem.lower() not in ABOUT_THE_FOLDER for note in notes)


def write_new(
    folder: Path, files: Mapping[str, str | bytes]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths of the files that were written, and of those that were there and are as before.

    Raises SitegenError for what the operating system refuses.
    """
    written: list[str] = []
    kept: list[str] = []
    for path, text in files.items():
        data = text.encode() if isinstance(text, str) else text
        (written if _create(folder / path, data) else kept).append(path)
    return tuple(written), tuple(kept)


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
        description=answer("description", "Description, in a sentence (optional)", "", one_line),
        author=answer("author", "Author (optional)", "", one_line),
        base_url=answer("base_url", "Address, such as https://me.dev/ (optional)", "", _address),
    )


def _site(folder: Path, answers: Answers, setting: Setting, *, is_demo: bool) -> SiteContents:
    for_editors = schema_files(schemas(Config()))
    if is_demo:
        return {**demonstration(answers, setting), **for_editors}
    return {**new_site(answers, setting, has_content=has_notes(folder)), **for_editors}


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
            hint="give the site its own repository: run git init in its folder",
        )
    return branch_of(repository)


def _create(path: Path, data: bytes) -> bool:
    """Whether the file is new; one that exists stays as it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        if not path.parent.is_dir():
            raise SitegenError(f"cannot write '{path}': '{path.parent}' is a file") from None
        return False
    except OSError as error:
        raise SitegenError(f"cannot write '{path}': {error.strerror or error}") from error
    return True
