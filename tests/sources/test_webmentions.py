"""Webmentions: from a service into a file of the site, and from there to the pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sitegen.sources.webmentions import mentions_in
from tests.command import sitegen
from tests.oracle import Twins

TARGET = "https://me.example/blog/posts/a/"
CONFIG = """\
base_url = "https://me.example/blog/"
[comments]
provider = "webmention"
[comments.webmention]
endpoint = "https://hooks.example/me/webmention"
source = "{}"
"""


def entry(kind: str, number: int = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "type": "entry",
        "author": {"type": "card", "name": f"Ann {number}", "url": "https://ann.example/"},
        "url": f"https://ann.example/{number}",
        "published": f"2026-01-{number:02}T12:00:00+02:00",
        "wm-target": TARGET,
        "wm-property": kind,
        **more,
    }


MANY = [entry("like-of", 1 + n % 28, url=f"https://fan.example/{n}") for n in range(104)]
ENTRIES = [
    entry(
        "in-reply-to", 3, content={"html": "<b>x</b>", "text": 'A <script>alert("x")</script>\n b'}
    ),
    entry("mention-of", 2, author={"name": ""}, content={"text": "\x1b[0mred"}),
    entry("repost-of", 4, **{"wm-target": f"{TARGET}?utm=1#part"}),
    entry("in-reply-to", 5, url="javascript:alert(1)", **{"wm-source": "https://safe.example/"}),
    entry("in-reply-to", 6, **{"wm-private": True}),
    entry("in-reply-to", 7, url="data:x"),
    *MANY,
]


@contextmanager
def service(entries: object) -> Iterator[tuple[str, list[str]]]:
    """The address of a list, and the queries that it was asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(urlsplit(self.path).query)
            page = int(parse_qs(asked[-1])["page"][0])
            shown = entries[page * 100 : page * 100 + 100] if isinstance(entries, list) else entries
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"type": "feed", "children": shown}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/list.jf2?domain=me.example", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content/posts").mkdir(parents=True)
    (tmp_path / "content/posts/a.md").write_text("Text.", "utf-8")
    return tmp_path


def test_mentions_are_fetched_kept_and_shown(site: Path) -> None:
    with service(ENTRIES) as (source, asked):
        (site / "sitegen.toml").write_text(CONFIG.format(source), "utf-8")
        done = sitegen("webmentions", site, SITEGEN_WEBMENTION_TOKEN="key")  # noqa: S106 (not a secret)
        assert (done.returncode, done.stderr) == (0, "wrote webmentions.json, 108 mentions\n")
        assert asked == [f"domain=me.example&per-page=100&page={n}&token=key" for n in (0, 1)]
        kept = (site / "webmentions.json").read_bytes()
        again = sitegen("webmentions", site)
        assert again.stderr == "unchanged: webmentions.json, 108 mentions\n"
        assert (site / "webmentions.json").read_bytes() == kept
    done = sitegen("build", site)
    assert done.returncode == 0, done.stderr
    html = (site / "public/posts/a/index.html").read_text("utf-8")
    shown = html[html.index('<section class="webmentions"') :]
    assert "104 likes" in shown
    assert "1 repost<" in shown
    assert "A &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; b" in shown
    assert shown.count("<blockquote") == 3
    assert shown.index("[0mred") < shown.index("alert(") < shown.index("https://safe.example/")
    assert "javascript:" not in shown
    assert '<link rel="webmention" href="https://hooks.example/me/webmention">' in html
    assert "/blog/parts/webmentions.css" in html


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("http://127.0.0.1:1/x", "cannot fetch http://127.0.0.1:1/x: "),
        (None, "has no list of mentions"),
    ],
)
def test_failure_leaves_the_file_as_it_was(site: Path, source: str | None, message: str) -> None:
    with service({"no": "list"}) as (address, _):
        (site / "sitegen.toml").write_text(CONFIG.format(source or address), "utf-8")
        (site / "webmentions.json").write_text('{"mentions": []}', "utf-8")
        done = sitegen("webmentions", site, SITEGEN_WEBMENTION_TOKEN="secret")  # noqa: S106 (nor this)
    assert done.returncode == 1
    assert message in done.stderr
    assert "secret" not in done.stderr
    assert (site / "webmentions.json").read_text("utf-8") == '{"mentions": []}'


def test_site_without_webmentions_is_told_how_to_have_them(site: Path) -> None:
    done = sitegen("webmentions", site)
    assert done.returncode == 2
    assert 'set provider = "webmention"' in done.stderr


def test_only_the_page_that_is_mentioned_is_made_again(tmp_path: Path) -> None:
    """Law 1, and law 3: the file is a source as all others."""
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", CONFIG.format("https://hooks.example/list"))
    for name in "ab":
        twins.write(f"content/posts/{name}.md", "Text.")
    twins.build()
    row = {"target": TARGET, "kind": "reply", "url": "https://ann.example/", "author": "Ann"}
    row |= {"published": "", "text": "Yes"}
    twins.write("webmentions.json", json.dumps({"mentions": [row]}))
    report = twins.build()
    assert report
    assert [stale.path for stale in report.stale] == ["posts/a/index.html"]
    twins.build_again()
    twins.remove("webmentions.json")
    twins.build()


@pytest.mark.parametrize(
    "text", ["", "[]", '{"mentions": 1}', '{"mentions": [{}]}', '{"mentions": [{"target": 1}]}']
)
def test_file_that_is_none_is_reported_and_not_used(text: str) -> None:
    found, (problem,) = mentions_in(text)
    assert (found, problem.code) == ({}, "SG416")
