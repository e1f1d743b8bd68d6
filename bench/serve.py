"""`python -m bench.serve`: from saving a post to its new text in a browser, for every dev server.

All servers run and all pages are open all the time; they are asked in turn, and who starts moves on
by one each round, so that a slow minute of the machine is everybody's. The clock runs from before
the file is written until the page's own script has seen the new text and has told us so. All start
in a clean environment, and work on a site on the disk.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from bench import corpus, machine
from bench.__main__ import RESULTS
from bench.install import install_all
from bench.peers import Contestant, clean_environment, contestants
from bench.places import PLACES, end_in_order, ground
from bench.report import to_json
from bench.sites import Site, with_body_edited

WARM_UP = 2
"""Rounds that are not counted: compiled code, caches of the disk and of the browser."""
PAUSE = 1.0
"""Seconds before each save, for whatever a server still does after the last."""
PATIENCE = 600
"""Seconds for a server to start, and for a text to appear."""
SLOW = 5.0
FEW = 3
"""Who takes more than these seconds in the last round of warming up is asked in so few rounds."""

WATCH = """
const tell = () => {
  const found = document.body?.textContent.match(/Then edition \\d+ was added/g);
  if (found) console.log(found.at(-1));
};
new MutationObserver(tell).observe(document, {childList: true, subtree: true, characterData: true});
"""
"""Runs in every page before its own scripts, and says what edition is there."""


@dataclass(frozen=True, slots=True)
class DevServer:
    """A contestant that keeps running."""

    name: str
    site: Contestant
    command: tuple[str, ...]
    """`{port}` stands for the port."""
    most: int = sys.maxsize
    """Posts, at most, of which it was seen to show any."""


@dataclass(frozen=True, slots=True)
class Delay:
    """One save."""

    server: str
    posts: int
    round: int
    seconds: float


def dev_servers() -> tuple[DevServer, ...]:
    """All of them, with the options that a person would leave alone left alone."""
    known = {contestant.name: contestant for contestant in contestants()}
    sitegen, hugo, eleventy, astro = (
        known[name] for name in ("sitegen", "hugo", "eleventy", "astro")
    )
    build = ("--serve", "--quiet", "--port={port}")
    return (
        DevServer("sitegen", sitegen, (sitegen.command[0], "serve", ".", "--port", "{port}")),
        DevServer("hugo", hugo, (hugo.command[0], "server", "--port", "{port}")),
        DevServer("eleventy", eleventy, (*eleventy.command[:2], *build)),
        DevServer(
            "eleventy --incremental", eleventy, (*eleventy.command[:2], *build, "--incremental")
        ),
        DevServer("astro", astro, (*astro.command[:2], "dev", "--port", "{port}"), most=1_000),
    )


def race(
    servers: tuple[DevServer, ...], posts: int, rounds: int, browser: Browser
) -> Iterator[Delay]:
    """The delays of all at one size, round by round."""
    disk = next(place for place in PLACES if place.keeps_old)
    with ground(disk) as free, ExitStack() as running:
        runners = [
            running.enter_context(_running(server, posts, browser, free.folder))
            for server in servers
        ]
        slow: set[str] = set()
        for number in range(1 - WARM_UP, rounds + 1):
            first = number % len(runners)
            asked = (*runners[first:], *runners[:first])
            for runner in (one for one in asked if number <= FEW or one.server.name not in slow):
                seconds = runner.save(number)
                name = runner.server.name
                sys.stderr.write(f"{posts} posts, round {number}, {name}: {seconds:.3f} s\n")
                if number > 0:
                    yield Delay(name, posts, number, seconds)
                elif number == 0 and seconds > SLOW:
                    slow.add(name)


@dataclass(frozen=True, slots=True)
class Runner:
    """A server that runs, and a page of it."""

    server: DevServer
    site: Site
    page: Page
    posts: int

    def save(self, number: int) -> float:
        """Seconds from saving a new edition of the post in the middle until it is in the page."""
        time.sleep(PAUSE)
        mark = f"edition {number + WARM_UP}"
        post = with_body_edited(corpus.post(self.posts // 2), mark)
        with self.page.expect_console_message(
            lambda message: f"Then {mark} was added" in message.text, timeout=PATIENCE * 1000
        ):
            started = time.perf_counter()
            self.site.write_post(post)
        return time.perf_counter() - started


@contextmanager
def _running(server: DevServer, posts: int, browser: Browser, free: Path) -> Iterator[Runner]:
    """A server of a new site in a free folder."""
    folder = free / server.name.replace(" ", "")
    site = Site(server.site, folder)
    site.write(corpus.posts(posts))
    port = _free_port()
    command = [part.format(port=port) for part in server.command]
    with (
        folder.with_suffix(".log").open("wb") as log,  # the servers watch their sites
        subprocess.Popen(
            command, cwd=folder, env=clean_environment(), stdout=log, stderr=log
        ) as process,
    ):
        try:
            url = f"http://localhost:{port}/posts/{corpus.post(posts // 2).slug}/"
            _wait_for(url, process)
            page = browser.new_page()
            page.add_init_script(WATCH)
            page.goto(url, timeout=PATIENCE * 1000)
            yield Runner(server, site, page, posts)
        finally:
            process.terminate()


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(url, timeout=PATIENCE):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise SystemExit(f"bench: {process.args!r} does not serve {url}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def table(delays: tuple[Delay, ...], rounds: int) -> str:
    """The medians as Markdown; in brackets, by how much of the fastest peer's."""
    sizes = sorted({delay.posts for delay in delays})
    taking_part = {delay.server for delay in delays}
    names = tuple(one.name for one in dev_servers() if one.name in taking_part)
    seconds = {
        (name, size): [d.seconds for d in delays if (d.server, d.posts) == (name, size)]
        for name in names
        for size in sizes
    }
    peers = [name for name in names if name != "sitegen"]
    fastest = {
        size: min((median(own) for peer in peers if (own := seconds[peer, size])), default=None)
        for size in sizes
    }
    rows = [
        ("", *(f"{size:,} posts" for size in sizes)),
        ("---", *("---:" for _ in sizes)),
        *(
            (name, *(_cell(seconds[name, size], fastest[size], rounds) for size in sizes))
            for name in names
        ),
    ]
    head = f"Medians of {rounds} saves, in brackets as a part of the fastest peer's."
    return head + "\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def _cell(seconds: list[float], fastest: float | None, rounds: int) -> str:
    if not seconds:
        return "shows no post"
    ratio = f" ({median(seconds) / fastest:.2f})" if fastest else ""
    few = f", {len(seconds)} saves" if len(seconds) < rounds else ""
    return f"{median(seconds):.3f} s{ratio}{few}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000], metavar="POSTS")
    parser.add_argument("--runs", type=int, default=20, help="saves that are timed")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="who takes part; default: all")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR")
    wanted = parser.parse_args()
    end_in_order()
    install_all()
    servers = tuple(one for one in dev_servers() if one.name in (wanted.only or [one.name]))
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        delays = tuple(
            delay
            for size in wanted.sizes
            for delay in race(
                tuple(server for server in servers if size <= server.most),
                *(size, wanted.runs, browser),
            )
        )
    _write(
        delays, wanted.results, table(delays, wanted.runs), tuple(server.site for server in servers)
    )


def _write(
    delays: tuple[Delay, ...], folder: Path, text: str, sites: tuple[Contestant, ...]
) -> None:
    today = datetime.now(UTC).date().isoformat()
    versions = machine.versions(dict.fromkeys(sites))
    samples = tuple(asdict(delay) for delay in delays)
    about = {"date": today, "machine": machine.describe(), "versions": versions}
    name = f"{today}-{machine.kind()}-serve"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(to_json({**about, "samples": samples}), "utf-8")
    made_on = ", ".join(f"{what} {value}" for what, value in machine.describe().items())
    (folder / f"{name}.md").write_text(
        f"# Dev servers, {today}\n\n{text}\nOn: {made_on}.\n", "utf-8"
    )
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
