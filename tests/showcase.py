"""What the theme is judged by: the demonstration, the manual and three real blogs, in a browser.

Each site is built once for all test processes. The browser gets its files straight from the folder,
under an address that no machine has: this needs no port, and shows what asks for another host.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, Route

from tests.command import sitegen
from tests.conftest import ROOT
from tests.repository import git

URL = "https://showcase.example/sub/"
DEMO, MANUAL = "demo", "manual"

PAGES: dict[str, tuple[str, ...]] = {
    DEMO: (
        "",
        "page/2/",
        "posts/writing/",
        "posts/code/",
        "posts/tea/",
        "posts/code/changes/",
        "posts/habits/",
        "posts/parser-errors/",
        "posts/edits/",
        "posts/lange-woerter/",
        "posts/arabic/",
        "posts/arabic/changes/",
        "posts/hebrew/",
        "posts/japanese/",
        "posts/chinese/",
        "posts/words/",
        "about/",
        "guide/",
        "order-of-things/",
        "formulas-and-diagrams/",
        "tags/",
        "tags/python/",
        "categories/languages/",
        "series/",
        "series/a-small-parser/",
        "authors/",
        "authors/ben-okoye/",
        "archive/",
        "feeds/",
        "search/",
        "404.html",
    ),
    MANUAL: ("", "posts/writing-a-post/", "front-matter/", "manual/", "code/"),
    "babel-blog": (
        "",
        "categories/announcements/page/2/",
        "authors/team/",
        "posts/website/blog/7.29.0/",
        "posts/website/blog/decorators/",
        "archive/",
    ),
    "opensource-guide": (
        "",
        "posts/ar/best-practices/",
        "posts/de/metrics/",
        "posts/ja/finding-users/",
        "posts/ta/metrics/",
        "posts/zh-hans/finding-users/",
    ),
    "simonw-til": (
        "",
        "posts/sqlite/list-all-columns-in-a-database/",
        "posts/sqlite/cr-sqlite-macos/",
        "posts/python/annotated-dataklasses/",
        "archive/",
    ),
}
"""Each kind of page at least once, below the address of its site."""

WITH_HTML = {"posts/writing/", *(page for page in PAGES["opensource-guide"] if page)}
"""Pages with HTML of their authors, which the theme does not answer for."""

LENIENT = """\
[permalinks]
posts = "/posts/{section}/{slug}/"
[diagnostics]
SG301 = "warning"
SG302 = "warning"
SG303 = "warning"
"""
MISTAKES = {"SG901", "SG902", "SG903", "SG904", "SG905"}
"""Of authors, in Markdown: a browser would show them, and a judge blame the theme."""


@dataclass(frozen=True, slots=True)
class Showcase:
    """A built site."""

    name: str
    folder: Path

    @property
    def pages(self) -> tuple[str, ...]:
        return PAGES[self.name]

    @contextmanager
    def tab(self, browser: Browser, **options: Any) -> Iterator[Page]:  # noqa: ANN401 (Playwright's)
        """A tab that gets every file from this site, and nothing from elsewhere."""
        with browser.new_context(base_url=URL, **options) as context:
            context.route("**/*", partial(answer, self))
            yield context.new_page()

    def file(self, address: str) -> Path:
        """The file behind an address of the site; there may be none."""
        path = unquote(re.split(r"[?#]", address.removeprefix(URL))[0])
        file = self.folder / path
        return file / "index.html" if path.endswith("/") or not path else file


def answer(showcase: Showcase, route: Route) -> None:
    """Give the browser a file of the site, as a host does; nothing from elsewhere."""
    address = route.request.url
    if not address.startswith(URL):
        route.abort()
    elif (file := showcase.file(address)).is_file():
        route.fulfill(path=file)
    else:
        route.fulfill(status=404, path=showcase.folder / "404.html")


def showcase(name: str, session: Path) -> Showcase:
    """The site of this name, built below the folder of the session."""
    return once(name, session, lambda folder: _source(name, folder))


def once(name: str, session: Path, source: Callable[[Path], Path]) -> Showcase:
    """The site that has its source in a folder, built unless another process of the session did."""
    folder = session / "showcase" / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        output = folder / "public"
        if not output.is_dir():
            _build(source(folder), output)
    return Showcase(name, output)


def _source(name: str, folder: Path) -> Path:
    """The folder of the site; of one that others wrote, without the files that have mistakes."""
    site = folder / "site"
    if name == MANUAL:
        return ROOT
    if name == DEMO:
        title, line = (
            "Two people write code",
            "Essays on small programs, and a site that shows all.",
        )
        sitegen("init", "--demo", site, "--title", title, "--description", line, "--url", URL)
        switch_all_on(site)
        give_history(site)
        return site
    shutil.copytree(ROOT.parent / "shared/corpus" / name, site)
    (site / "sitegen.toml").write_text(LENIENT, "utf-8")
    remove_posts(site, MISTAKES)
    if name != "opensource-guide":
        for file in [*site.rglob("*.md"), *site.rglob("*.markdown")]:
            if has_html(file.read_text("utf-8")):
                file.unlink()
    return site


def remove_posts(site: Path, mistakes: Collection[str] = ()) -> None:
    """Remove the posts that cannot be built, and those in which there is one of these mistakes."""
    told = json.loads(sitegen("build", site, "--base-url", URL, "--format", "json").stdout)
    for problem in told["diagnostics"]:
        if problem["code"] in mistakes or problem["severity"] == "error":
            (site / problem["path"]).unlink(missing_ok=True)


OLDER: Mapping[str, tuple[tuple[str, str], ...]] = {
    "code": (
        ("and long blocks count their lines", "and a block counts its lines"),
        ("    if limit < 3:\n        return []\n", ""),
    ),
    "arabic": (("سطرًا واحدًا", "سطرين"), ("- الأسهم", "- الصور، والأسهم")),
}
"""What some posts of the demonstration said before: the words of today, and those of then."""


ALL_ON = f"""
[markdown]
math = true
diagrams = ["mermaid"]

[theme]
cards = true

[history]
git = true

[comments]
provider = "giscus"
[comments.giscus]
repo = "noor-and-ben/code"
repo_id = "R_0"
category = "Posts"
category_id = "D_0"

[analytics]
provider = "plausible"
site = "showcase.example"
script = "{URL}count.js"
"""
"""What a site gets only if it asks for it. Its visits are counted by a script of its own."""


def switch_all_on(site: Path) -> None:
    """Let the demonstration have all that the theme can show."""
    file = site / "sitegen.toml"
    file.write_text(f'icon = "/two.svg"\n{file.read_text("utf-8")}{ALL_ON}', "utf-8")
    (site / "static/count.js").write_text("window.counted = true;\n", "utf-8")
    drawn = (ROOT / "tests/formulas-and-diagrams.md").read_text("utf-8")
    (site / "content/pages/formulas-and-diagrams.md").write_text(drawn, "utf-8")


def give_history(site: Path) -> None:
    """Make a repository of the demonstration, in which some of its posts were edited once."""
    posts = {site / f"content/posts/{name}.md": words for name, words in OLDER.items()}
    texts = {post: post.read_text("utf-8") for post in posts}
    for post, words in posts.items():
        text = texts[post]
        for now, then in words:
            assert now in text, post
            text = text.replace(now, then, 1)
        post.write_text(text, "utf-8")
    git(site, "init", "--quiet", "--template=")
    edit = "Say less about lines, and more about limits"
    for subject, date in (("First", "2026-07-01T10:00Z"), (edit, "2026-10-03T10:00Z")):
        git(site, "add", "--all")
        git(site, "commit", "--quiet", "--message", subject, "--date", date)
        for post, text in texts.items():
            post.write_text(text, "utf-8")


def _build(site: Path, output: Path) -> None:
    done = sitegen("build", site, "-o", output, "--base-url", URL, SOURCE_DATE_EPOCH="1796000000")
    assert done.returncode == 0, done.stderr


def has_html(text: str) -> bool:
    """Whether a text in Markdown has HTML in it, other than comments."""
    body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    blocks = MarkdownIt("commonmark").enable("table").parse(body)
    parts = (part for block in blocks for part in (block, *(block.children or ())))
    kinds = ("html_block", "html_inline")
    return any(part.type in kinds and not part.content.startswith("<!--") for part in parts)


def session_folder(base: Path) -> Path:
    """The temporary folder that all processes of one test run share."""
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
