"""Which blocks of code are files, by their titles, and which blocks of one title are its steps.

A title is a path where it has no spaces, and ends like the name of a file: `src/app.py`, `.env`,
`Makefile`. Of the blocks of one title, the first is the file, and each other one is its next step:
it has a line in common with the step before, and is at least half as long. One that holds only
lines of the step before, or is a difference and no step, shows a part of the file. Any other means
that the title is no file, but the name of something that several blocks show parts of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from sitegen.content.markdown.code.figure import Block
from sitegen.content.markdown.code.languages import PATCHES, SESSIONS
from sitegen.text.urls import is_of_git, unportable

LIKE_A_PATH = re.compile(r"(?!\w+://)[^\s<>\"|?*]+")
_ENDING = re.compile(r"\.(?=\w*[A-Za-z])\w{1,12}")
BARE_NAMES = frozenset(
    {
        *("brewfile", "caddyfile", "containerfile", "dockerfile", "gemfile", "jenkinsfile"),
        *("justfile", "license", "makefile", "pipfile", "procfile", "rakefile", "readme"),
        "vagrantfile",
    }
)
"""Names of files that have no ending."""
SAYING = 3
"""Letters and digits of a line that two files do not have in common by chance."""
LONGEST_FILE_PATH = 200
"""Characters: what a folder can be put in on any system."""


def is_path(title: str) -> bool:
    """Whether a title is the path of a file, and no other name: `app.py`, not `Output`."""
    if not LIKE_A_PATH.fullmatch(title):
        return False
    last = re.split(r"[/\\]", title)[-1]
    has_name = last.lower() in BARE_NAMES or last.startswith(".") or _ENDING.search(last)
    return bool(has_name or (last and "/" in title))


def why_unsafe(path: str) -> str | None:
    """Why a path is none for a file beside a post; None: it is."""
    parts = path.split("/")
    if path.startswith(("/", "~", "\\")) or re.match("[A-Za-z]:", path):
        return "it is not below a folder"
    if ".." in parts:
        return "it leads out of its folder"
    if len(path) > LONGEST_FILE_PATH:
        return f"it is longer than {LONGEST_FILE_PATH} characters"
    if any(map(is_of_git, parts)):
        return "it would be part of a git repository"
    return next(filter(None, map(unportable, parts)), None)


def is_whole(block: Block) -> bool:
    """Whether a block can be all of a file: code from its first line on, and no session."""
    info = block.info
    language = info.language.lower()
    is_code = language not in PATCHES | SESSIONS and not info.is_output
    return is_code and info.start == 1 and bool(text_of_file(block).strip())


def text_of_file(block: Block) -> str:
    """The code as a file: without lines that are deleted in it, its last line ended."""
    return "".join(f"{line}\n" for _, line in lines_of_file(block))


def lines_of_file(block: Block) -> list[tuple[int, str]]:
    """The lines that a file has, each with its number in the block, from 1."""
    lines = enumerate(block.listing.text.split("\n")[: block.listing.count], 1)
    roles = block.listing.roles
    return [(number, line) for number, line in lines if roles.get(number) != "deleted"]


def steps_of(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The steps of a file among the blocks of one title, in order; none if the title is no file."""
    steps: list[Block] = []
    for block in filter(is_whole, blocks):
        lines = _lines(block)
        if not steps:
            if not block.info.is_diff:
                steps.append(block)
            continue
        before = _lines(steps[-1])
        if not lines - before:
            continue
        if _words(lines & before) and 2 * lines.total() >= before.total():
            steps.append(block)
        elif not block.info.is_diff:
            return ()
    return tuple(steps)


def _lines(block: Block) -> Counter[str]:
    """The lines with something on them, however they are indented."""
    return Counter(line.strip() for _, line in lines_of_file(block) if line.strip())


def _words(lines: Iterable[str]) -> bool:
    """Whether any of the lines says something: a bracket alone is in every file."""
    return any(len(re.sub(r"\W", "", line)) >= SAYING for line in lines)
