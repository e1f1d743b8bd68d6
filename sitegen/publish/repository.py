"""The two repositories of a publish: the user's, which is only read, and one of our own.

All that git writes goes into our own, so that nothing in the user's can change: no object, no ref,
no index. Ours is given the configuration of the user's, and so knows their remotes and credentials;
hooks are about their work, and do not run. It holds nothing that the remote and the site do not
hold, and may be removed at any time.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import UsageError
from sitegen.sources.git import Git
from sitegen.text.spelling import did_you_mean

ORIGIN = "origin"
"""The remote that is meant where none is named."""
PLACES = ("pushurl", "url")
"""The settings of a remote that say where it is, the first that is set."""

OWN_SETTINGS = {
    "core.hooksPath": os.devnull,
    "fetch.recurseSubmodules": "false",
    "gc.autoDetach": "false",
    "i18n.commitEncoding": "UTF-8",
    "log.showSignature": "false",
    "maintenance.auto": "false",
    "push.recurseSubmodules": "no",
}
"""What sitegen's own repository needs, whatever the user's settings."""

IGNORED = re.compile(
    r"(include|includeif|extensions)\..*|core\.(bare|worktree|repositoryformatversion)"
    r"|remote\..*\.(fetch|mirror|partialclonefilter|promisor|pushurl|tagopt|url)"
    r"|url\..*\.(insteadof|pushinsteadof)"
)
"""Settings that describe the user's repository itself, or have been followed already."""

KEPT = ("objects", "packed-refs", "refs", "shallow")
"""What sitegen's own repository keeps from one publish to the next."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a remote is: one or more addresses that are all pushed to."""

    written: tuple[str, ...]
    """As the configuration or the command has them."""
    pushed: tuple[str, ...]
    """As git rewrites these (`url.BASE.insteadOf`, `pushInsteadOf`)."""


def addresses(source: Git, named: str | None) -> Addresses:
    """The addresses of a remote by its name, or of one that is named by its address.

    None: the remote `origin` of the repository that the site is the root of. Raises UsageError
    where there is no such repository or no such remote.
    """
    remote = named or ORIGIN
    rewritten = source.asked("remote", "get-url", "--push", "--all", remote)
    if rewritten is None and re.search("[:/]", remote):
        return Addresses((remote,), (source("ls-remote", "--get-url", "--", remote).strip(),))
    if (below := source.asked("rev-parse", "--show-prefix")) is None:
        hint = "run git init, and git remote add origin ADDRESS"
        raise UsageError(f"{source.folder} is not in a git repository", hint=hint)
    if below and named is None:
        raise _is_of_another(source)
    if rewritten is None:
        known = (source.asked("remote") or "").split()
        add = f"add it: git remote add {remote} git@github.com:OWNER/REPOSITORY.git"
        hint = did_you_mean(remote, known) or (f"remotes: {', '.join(known)}" if known else add)
        raise UsageError(f"there is no remote '{remote}'", hint=hint)
    every = (source.asked("config", "--get-all", f"remote.{remote}.{key}") for key in PLACES)
    written = next(filter(None, every), rewritten)
    return Addresses(tuple(written.splitlines()), tuple(rewritten.splitlines()))


def _is_of_another(source: Git) -> UsageError:
    """The error for a site in a clone of sitegen, say, whose `origin` is not the site's."""
    top = source.asked("rev-parse", "--show-toplevel")
    return UsageError(
        f"the site is a folder of the repository {top}, whose remotes may be for something else",
        hint="make the site a repository of its own (git init, git remote add origin ADDRESS),"
        f" or name the place: --remote ADDRESS, or --remote {ORIGIN} to use that of {top}",
    )


def commit_of(source: Git) -> str | None:
    """The commit that is checked out; None before the first."""
    return source.asked("rev-parse", "--verify", "--quiet", "HEAD")


def is_dirty(source: Git, apart: str) -> bool:
    """Whether the folder has changes that are not committed, in other folders than `apart`."""
    places = (".", f":(exclude,literal){apart}")
    return bool(source("status", "--porcelain", "-z", "--no-renames", "--", *places))


def own_repository(source: Git, home: Path, remote: str, address: str) -> Git:
    """Git in our own repository, with the configuration that it has in the user's.

    There the remote has this one address. The caller sees to it that there is one at a time.
    """
    _clear(home)
    kind = (source.asked("rev-parse", "--show-object-format") or "sha1").strip()
    source("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(home))
    # An address such as `../site.git` starts at the top of the user's files.
    top = Path(source.asked("rev-parse", "--show-toplevel") or source.folder)
    settings = {**OWN_SETTINGS, f"remote.{remote}.url": address}
    return Git(top, {"GIT_DIR": str(home), **_configuration(source, settings)})


def _clear(home: Path) -> None:
    """Leave nothing of our own repository but commits and files, and no link.

    A site that somebody else has made could bring a configuration that runs commands, or a link to
    files of other people; and a git that was killed left locks.
    """
    if not home.is_dir():
        return
    for entry in home.iterdir():
        if entry.name not in KEPT:
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    inside = [Path(folder, name) for folder, *names in os.walk(home) for name in chain(*names)]
    if any(entry.is_symlink() for entry in inside):
        shutil.rmtree(home)
        return
    for entry in inside:
        if entry.suffix == ".lock":
            entry.unlink()


def _configuration(source: Git, own: Mapping[str, str]) -> dict[str, str]:
    """The configuration of the user's repository and then our own, as git's environment.

    Not by including the file: its conditions, such as those by which a workflow of GitHub gives
    credentials to one repository, would apply to sitegen's. Not as arguments: every user of the
    machine can read those.
    """
    listed = (entry.partition("\n") for entry in source("config", "--list", "-z").split("\0")[:-1])
    plain = ((key, value if separator else "true") for key, separator, value in listed)
    users = (entry for entry in plain if not IGNORED.fullmatch(entry[0]))
    numbered = dict(enumerate((*users, *own.items())))
    return {
        **{f"GIT_CONFIG_KEY_{number}": key for number, (key, _) in numbered.items()},
        **{f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in numbered.items()},
        "GIT_CONFIG_COUNT": str(len(numbered)),
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
