"""A build depends on the site, on the installation and on nothing else: the system is asked what
each build opens, writes and starts.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from sitegen.build.session import BuildOptions, open_session
from tests.command import COMMAND, sitegen
from tests.conftest import ROOT, tool
from tests.journal import Journal
from tests.oracle import files
from tests.test_laws import STRANGER

INSTALLATION = (
    ROOT / "sitegen",
    COMMAND,
    Path(sys.prefix) / "pyvenv.cfg",
    *{Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")},
)
"""sitegen, Python, and what is installed for it."""
SYSTEM = re.compile(
    r"/etc/(ld\.so\.|localtime|locale|ssl/openssl\.cnf)"  # how programs are loaded
    r"|/usr/(share|lib)/(zoneinfo|locale|ssl)/|.*/gconv/"  # time zones, names of languages
    r"|/dev/(null|urandom|shm/)|/proc/"
    r"|.*/lib[^/]+\.so[.\d]*$"
)
"""What Python and the C library read of the machine."""
LISTED = frozenset(os.path.realpath(folder) for folder in (*sys.path, str(COMMAND.parent)))
"""The folders in which Python looks for modules."""

OPENED = re.compile(r"\bopen(?:at2?)?\(.*?\b(O_[A-Z_|]+).* = \d+<(.+)>$", re.MULTILINE)
CHANGED = re.compile(
    r"\b(?:rename|unlink|mkdir|rmdir|symlink|link|chmod|truncate)\w*\((.*)\) = 0$", re.M
)
STARTED = re.compile(r'\bexecve\("(.*?)"', re.MULTILINE)
SOCKET = re.compile(r"\bsocket\((AF_\w+)", re.MULTILINE)


class Trace(NamedTuple):
    """What a process and its children did."""

    read: frozenset[str]
    """Files that were opened, and folders that were listed."""
    written: frozenset[str]
    programs: tuple[str, ...]
    sockets: frozenset[str]


def traced(site: Path, *options: str) -> Trace:
    """A build of a site under strace."""
    log = site.parent / "strace.log"
    calls = "trace=%file,socket"
    strace = (tool("strace"), "-f", "-qq", "-y", "-z", "-s4096", "-e", calls, "-o", str(log))
    command = (*strace, sys.executable, "-B", str(COMMAND), "build", *options)
    done = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    text = log.read_text("utf-8", "replace")
    opened = [(set(flags.split("|")), path) for flags, path in OPENED.findall(text)]
    changed = [re.findall(r'"(.*?)"', arguments) for arguments in CHANGED.findall(text)]
    return Trace(
        frozenset(path for flags, path in opened if "O_RDONLY" in flags),
        frozenset(path for flags, path in opened if flags & {"O_WRONLY", "O_RDWR"})
        | frozenset(str(site / path) for paths in changed for path in paths),
        tuple(STARTED.findall(text)),
        frozenset(SOCKET.findall(text)),
    )


def is_foreign(path: str) -> bool:
    """Whether a file or folder is neither installed nor the system's."""
    inside = any(Path(path).is_relative_to(folder.resolve()) for folder in INSTALLATION)
    return not (inside or path in LISTED or SYSTEM.match(path))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with all kinds of sources, and a file beside a post that nobody names."""
    journal = Journal(tmp_path)
    journal.write("plugins/stranger.py", STRANGER)
    journal.write("content/posts/film.mp4", "frames")
    return journal.site


def recorded(site: Path) -> set[str]:
    """The sources whose digests the last build has kept to compare with."""
    options = BuildOptions(datetime.now(UTC))
    with open_session(site, options, lambda _: None, lambda *_: None) as session:
        return {str(site / path) for path in session.store.get("notes", "files")}


MANY = ("--jobs", "2")


@pytest.mark.parametrize("options", [(), MANY], ids=["one process", "many processes"])
def test_a_build_reads_the_site_and_the_installation_and_nothing_else(
    site: Path, options: tuple[str, ...]
) -> None:
    if options:
        for number in range(101):
            (site / f"content/posts/long-{number}.md").write_text("word " * 2000)
    for _ in ("cold", "warm"):
        build = traced(site, *options)
        foreign = {path for path in build.read if is_foreign(path)}
        assert {path for path in foreign if not Path(path).is_relative_to(site)} == set()


def test_what_a_build_reads_of_a_site_is_recorded(site: Path) -> None:
    build = traced(site)
    own = tuple(str(site / name) for name in (".sitegen", "public", "plugins", "sitegen.toml"))
    files = {path for path in build.read if Path(path).is_file()}
    read = {path for path in files if path.startswith(str(site)) and not path.startswith(own)}
    assert str(site / "content/posts/bundle/pic.svg") in read
    assert str(site / "content/posts/film.mp4") not in read
    assert read <= recorded(site)


def test_a_build_with_nothing_to_do_opens_no_post(site: Path) -> None:
    traced(site)
    build = traced(site)
    assert not {path for path in build.read if path.endswith(".md")}


def test_a_build_writes_to_its_output_and_its_cache_and_nowhere_else(site: Path) -> None:
    own = (str(site / "public"), str(site / ".sitegen"), "/dev/null")
    build = traced(site)
    assert str(site / "public/index.html") in build.written
    assert {path for path in build.written if not path.startswith(own)} == set()


def test_a_build_starts_no_program_and_asks_nobody_on_the_network(site: Path) -> None:
    build = traced(site)
    assert build.programs == (sys.executable,)
    assert build.sockets == frozenset()


def test_a_build_does_not_depend_on_the_day(site: Path) -> None:
    """Where nothing is scheduled and nothing expires."""
    sites = []
    for seconds in (1_800_000_000, 1_900_000_001, 4_000_000_000):
        folder = site.parent / str(seconds)
        assert not sitegen("build", site, "-o", folder, SOURCE_DATE_EPOCH=str(seconds)).returncode
        sites.append(files(folder))
    assert sites[0] == sites[1] == sites[2]
