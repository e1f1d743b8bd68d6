"""The two repositories of a publish: the user's, which is only read, and one of our own.

All that git writes goes into our own, so that nothing in the user's can change: no object, no ref,
no index. Ours is given the configuration of the user's, and so knows their remotes and credentials;
hooks are about their work, and do not run. It holds nothing that the remote and the site do not
hold, and may be removed at any time.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from sitegen.model.diagnostics import UsageError
from sitegen.sources.git import Git
from sitegen.text.spelling import did_you_mean

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
    r"|remote\..*\.(fetch|mirror|partialclonefilter|promisor|tagopt)"
)
"""Settings that describe the user's repository itself."""


def addresses(source: Git, remote: str) -> tuple[str, ...]:
    """The addresses of the remote: as the configuration has it, and as git rewrites that.

    Raises UsageError where there is no repository or no such remote.
    """
    if source.asked("rev-parse", "--git-dir") is None:
        hint = "run git init, and git remote add origin ADDRESS"
        raise UsageError(f"{source.folder} is not in a git repository", hint=hint)
    rewritten = source.asked("remote", "get-url", "--push", remote)
    if rewritten is None:
        known = (source.asked("remote") or "").split()
        add = f"add it: git remote add {remote} git@github.com:OWNER/REPOSITORY.git"
        hint = did_you_mean(remote, known) or (f"remotes: {', '.join(known)}" if known else add)
        raise UsageError(f"there is no remote '{remote}'", hint=hint)
    raw = source.asked("config", f"remote.{remote}.pushurl") or source.asked(
        "config", f"remote.{remote}.url"
    )
    return tuple(filter(None, (raw, rewritten)))


def commit_of(source: Git) -> str | None:
    """The commit that is checked out; None before the first."""
    return source.asked("rev-parse", "--verify", "--quiet", "HEAD")


def is_dirty(source: Git, apart: str) -> bool:
    """Whether the folder has changes that are not committed, in other folders than `apart`."""
    places = (".", f":(exclude,literal){apart}")
    return bool(source("status", "--porcelain", "-z", "--no-renames", "--", *places))


def own_repository(source: Git, home: Path) -> Git:
    """Git in our own repository, with the configuration that it has in the user's.

    What a killed git left locked is unlocked: the caller sees to it that there is one at a time.
    """
    for lock in home.rglob("*.lock"):
        lock.unlink()
    kind = (source.asked("rev-parse", "--show-object-format") or "sha1").strip()
    source("init", "--quiet", "--bare", "--template=", f"--object-format={kind}", str(home))
    # An address such as `../site.git` starts at the top of the user's files.
    top = Path(source.asked("rev-parse", "--show-toplevel") or source.folder)
    return Git(top, {"GIT_DIR": str(home), **_configuration(source)})


def _configuration(source: Git) -> dict[str, str]:
    """The configuration of the user's repository and sitegen's own, as git's environment.

    Not by including the file: its conditions, such as those by which a workflow of GitHub gives
    credentials to one repository, would apply to sitegen's. Not as arguments: every user of the
    machine can read those.
    """
    listed = (entry.partition("\n") for entry in source("config", "--list", "-z").split("\0")[:-1])
    plain = ((key, value if separator else "true") for key, separator, value in listed)
    users = (entry for entry in plain if not IGNORED.fullmatch(entry[0]))
    numbered = dict(enumerate((*users, *OWN_SETTINGS.items())))
    return {
        **{f"GIT_CONFIG_KEY_{number}": key for number, (key, _) in numbered.items()},
        **{f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in numbered.items()},
        "GIT_CONFIG_COUNT": str(len(numbered)),
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
