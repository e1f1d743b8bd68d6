"""Git as a function: arguments in, its answer out, and what it refuses as one line."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import SitegenError, UsageError

ELSEWHERE = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE"),
    *("GIT_GRAFT_FILE", "GIT_REPLACE_REF_BASE", "GIT_NAMESPACE", "GIT_IMPLICIT_WORK_TREE"),
    *("GIT_NO_REPLACE_OBJECTS", "GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_ATTR_SOURCE"),
    *(f"GIT_{which}_PATHSPECS" for which in ("LITERAL", "GLOB", "NOGLOB", "ICASE")),
)
"""What git sets for its hooks, or a person for a shell. It would lead a call away from its folder,
or give its arguments another meaning."""

CREDENTIALS = re.compile(r"//[^/@\s]+@")
"""The name and password of a URL. GitHub takes a token there, and no message may show it."""

LEVEL = re.compile("^((fatal|error|remote): )+", re.IGNORECASE)
"""What git puts before a sentence that says why it failed."""


class GitError(SitegenError):
    """Git did not do it. `said` is all that it wrote, `remote` what the other side wrote."""

    def __init__(self, output: str, said: str) -> None:
        lines = [printable(line) for line in said.splitlines() if line.strip()]
        reasons = [line for line in lines if not line.lower().startswith(("warning:", "hint:"))]
        first = (reasons or lines or ["it gave no reason"])[0]
        super().__init__(f"git: {LEVEL.sub('', first)}")
        self.output = output
        self.remote = tuple(line[8:] for line in lines if line.startswith("remote: "))


@dataclass(frozen=True, slots=True)
class Git:
    """Git in a folder. A call returns what it wrote to its standard output.

    It asks for a password only where there is a person at a terminal, and takes no lock in a
    repository that it only reads. Where an answer decides what is built, ask git's plumbing, whose
    output is not for the user to configure.
    """

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, feed: str = "") -> str:
        """Raises GitError where git fails, and UsageError where there is no git."""
        return self.bytes(*arguments, feed=feed).decode(errors="surrogateescape")

    def bytes(self, *arguments: str, feed: str = "") -> bytes:
        """The answer as it is, for what is no text. Raises as `__call__` does."""
        try:
            done = subprocess.run(
                ["git", *arguments],
                cwd=self.folder,
                env={**_environment(), **self.environment},
                input=feed.encode(errors="surrogateescape"),
                capture_output=True,
                check=False,
            )
        except FileNotFoundError:
            hint = "install it from https://git-scm.com/"
            raise UsageError("git is not installed", hint=hint) from None
        if done.returncode:
            output, said = (
                text.decode(errors="surrogateescape") for text in (done.stdout, done.stderr)
            )
            raise GitError(output, said)
        return done.stdout

    def asked(self, *arguments: str) -> str | None:
        """The one line of the answer, or None where git says no."""
        try:
            return self(*arguments).removesuffix("\n")
        except GitError:
            return None


def quoted_paths(paths: Iterable[Path]) -> str:
    """The paths as the lines that git reads, safe with any character in them."""
    return "".join(f'"{_escaped(os.fsencode(path))}"\n' for path in paths)


def shown(url: str) -> str:
    """The address of a remote without the secrets in it."""
    return CREDENTIALS.sub("//", url)


def _escaped(name: bytes) -> str:
    return "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\{b:03o}" for b in name)


def printable(line: str) -> str:
    """The line without secrets, and without what a terminal would obey."""
    return "".join(c for c in shown(line.rstrip()) if c.isprintable())


def _environment() -> dict[str, str]:
    prompt = {} if os.isatty(0) else {"GIT_TERMINAL_PROMPT": "0"}
    kept = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    return kept | prompt | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "LANGUAGE": ""}
