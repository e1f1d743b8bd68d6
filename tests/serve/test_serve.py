"""The server without a browser: what it answers, what it refuses, and how it lives and ends."""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.command import COMMAND, sitegen
from tests.repository import git
from tests.server import PATIENCE, Server, free_port, serving, until, write

CONFIG = 'base_url = "https://me.example/blog/"\n'
POST = "content/posts/first.md"
SECRET = "SECRET"  # noqa: S105 (what must not be seen)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, "sitegen.toml", f"{CONFIG}# {SECRET}\n")
    write(tmp_path, POST, f"---\ntitle: First\nsecret: {SECRET}\n---\nOne.\n")
    write(tmp_path, "content/posts/second.md", "---\ntitle: Second\n---\nSee [it](first.md).\n")
    write(tmp_path, "static/numbers.txt", "0123456789")
    write(tmp_path, "static/.well-known/who.txt", "me")
    write(tmp_path, "static/.env", SECRET)
    return tmp_path


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that change nothing."""
    with serving(site.__wrapped__(tmp_path_factory.mktemp("site"))) as server:  # type: ignore[attr-defined]
        yield server


def test_site_is_served_below_its_base_path(shared_server: Server) -> None:
    page = shared_server.get("posts/second/")
    assert shared_server.url.endswith("/blog/")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/blog/posts/first/"' in page.text
    assert "127.0.0.1" in shared_server.get("feed.xml").text


def test_root_leads_to_the_base_path(shared_server: Server) -> None:
    answer = httpx.get(f"http://127.0.0.1:{shared_server.port}/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/blog/")


def test_folder_without_its_slash_leads_to_it(shared_server: Server) -> None:
    answer = shared_server.get("posts/first?a=b")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"{shared_server.url}posts/first/?a=b"


@pytest.mark.parametrize("path", ["nothing", "style.css/", "posts/first/index.html/", ".env"])
def test_dead_address_shows_the_page_of_the_site(shared_server: Server, path: str) -> None:
    answer = shared_server.get(path)
    assert answer.status_code == 404
    assert answer.text.split("<script")[0] in shared_server.get("404.html").text


def test_outside_of_the_base_path_is_nothing(shared_server: Server) -> None:
    assert httpx.get(f"http://127.0.0.1:{shared_server.port}/style.css").status_code == 404


@pytest.mark.parametrize("path", ["posts/first/", "style.css"])
def test_unchanged_file_is_not_sent_again(shared_server: Server, path: str) -> None:
    first = shared_server.get(path)
    second = shared_server.get(path, **{"if-none-match": first.headers["etag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["posts/first/", "style.css"])
def test_head_is_get_without_a_body(shared_server: Server, path: str) -> None:
    head, get = httpx.head(f"{shared_server.url}{path}"), shared_server.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.content))


def test_part_of_a_file_is_sent_when_asked_for(shared_server: Server) -> None:
    answer = shared_server.get("numbers.txt", range="bytes=2-4")
    assert (answer.status_code, answer.text) == (206, "234")
    assert answer.headers["content-range"] == "bytes 2-4/10"


def test_script_is_in_pages_that_are_served_and_never_on_disk(shared_server: Server) -> None:
    for path in ("posts/first/", "nothing"):
        assert shared_server.get(path).text.count("/_sitegen/reload.js") == 1
    pages = list(shared_server.site.glob(".sitegen/serve/*/**/*.html"))
    assert len(pages) > 4
    assert not any("_sitegen" in page.read_text("utf-8") for page in pages)


def test_well_known_files_are_served(shared_server: Server) -> None:
    assert shared_server.get(".well-known/who.txt").text == "me"


OWN = "127.0.0.1:{port}"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        *[(OWN, 200), ("localhost:{port}", 200), ("LOCALHOST:{port}", 200), ("[::1]:{port}", 200)],
        *[("evil.example", 421), ("evil.example:{port}", 421), ("127.0.0.1", 421), ("", 421)],
        *[("127.0.0.1:1", 421), ("127.0.0.1.evil.example:{port}", 421), ("10.0.0.1:{port}", 421)],
    ],
)
def test_only_own_names_are_answered(shared_server: Server, host: str, status: int) -> None:
    answer = shared_server.get(host=host.format(port=shared_server.port))
    assert answer.status_code == status


@pytest.mark.parametrize("path", ["events", "news", "reload.js"])
@pytest.mark.parametrize(
    "headers",
    [
        *({"origin": origin} for origin in ("http://evil.example", "null", "http://127.0.0.1", "")),
        {"origin": "https://127.0.0.1:{port}"},
        *({"sec-fetch-site": site} for site in ("cross-site", "same-site")),
    ],
    ids=str,
)
def test_foreign_pages_learn_nothing(
    shared_server: Server, path: str, headers: dict[str, str]
) -> None:
    sent = {name: value.format(port=shared_server.port) for name, value in headers.items()}
    answer = httpx.get(f"http://127.0.0.1:{shared_server.port}/_sitegen/{path}", headers=sent)
    assert answer.status_code == 403


def test_answers_are_for_own_pages_only(shared_server: Server) -> None:
    for path in ("", "style.css", "../_sitegen/news", "../_sitegen/reload.js"):
        headers = shared_server.get(path, origin=shared_server.url.removesuffix("/blog/")).headers
        assert "access-control-allow-origin" not in headers
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"


PIECES = (
    *("..", "%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", "..\\", "%00", "%252e%252e", "%c0%ae", "%ff"),
    *("//evil.example", "/.git/config", "/.env", "/.sitegen-manifest", "sitegen.toml", "content"),
    *("/posts/first.md", "/etc/passwd", "%0d%0aset-cookie:a=b", "@evil.example", "~", "a" * 3000),
    *("*", ";", "{}", "$(id)", "http://evil.example/", "C:", "con", "é".encode().hex("%")),
)
HOSTILE = ("/..", "/%2e%2e", "/..%2f", "/%5c", "/%00", "//evil.example", "/.git", "/.env", "/%ff")
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "FOO")


def hostile(port: int, seed: int) -> Iterator[bytes]:
    """Requests without end, each of which is well-formed and asks for what it must not get."""
    chance = Random(seed)
    while True:
        start = chance.choice(("", "/blog", "/_sitegen", "/blog/posts"))
        target = start + chance.choice(HOSTILE) + "".join(chance.choices(PIECES, k=3))
        method = chance.choice(METHODS)
        yield f"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def answers(port: int, requests: list[bytes]) -> bytes:
    """All that is answered to requests that are sent at once."""
    with socket.create_connection(("127.0.0.1", port), 60) as connection:
        threading.Thread(target=connection.sendall, args=(b"".join(requests),)).start()
        got = b""
        while len(re.findall(rb"HTTP/1.1 ", got)) < len(requests):
            if not (part := connection.recv(1 << 20)):
                break
            got += part
        return got


def test_ten_thousand_hostile_requests_get_nothing(shared_server: Server) -> None:
    port = shared_server.port

    def ask(seed: int) -> tuple[list[bytes], bytes]:
        got = answers(port, list(islice(hostile(port, seed), 100)))
        return re.findall(rb"HTTP/1.1 (\d)", got), got

    with ThreadPoolExecutor(4) as pool:
        for statuses, got in pool.map(ask, range(100)):
            assert statuses == [b"4"] * 100
            assert SECRET.encode() not in got
    assert shared_server.get().status_code == 200


@pytest.mark.parametrize(
    "request_",
    [
        *(b"\0" * 100, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\xff HTTP/1.1\r\n\r\n"),
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n\xff\xff",
    ],
    ids=lambda request: repr(request[:20]),
)
def test_malformed_request_is_refused(shared_server: Server, request_: bytes) -> None:
    assert answers(shared_server.port, [request_]).startswith(b"HTTP/1.1 4")
    assert shared_server.get().status_code == 200


@pytest.mark.parametrize("since", ["", "x", "-1", "1e9", "٣", "²", "9" * 5000])
def test_any_number_is_answered(shared_server: Server, since: str) -> None:
    answer = shared_server.get(f"../_sitegen/news?since={since}")
    assert answer.status_code == 200


def test_slow_download_holds_no_build_up_and_stays_whole(site: Path) -> None:
    big = site / "static/big.bin"
    big.write_bytes(b"old" * 10_000_000)
    with serving(site) as server, httpx.stream("GET", f"{server.url}big.bin", timeout=60) as slow:
        big.write_bytes(b"new" * 10_000_000)
        until(lambda: server.get("big.bin", range="bytes=0-2").text == "new", "the new file")
        assert slow.read() == b"old" * 10_000_000


def test_requests_that_never_end_keep_nobody_waiting(shared_server: Server) -> None:
    address = ("127.0.0.1", shared_server.port)
    slow = [socket.create_connection(address) for _ in range(100)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHo")
    assert shared_server.get().status_code == 200
    for connection in slow:
        connection.close()


def test_connections_whose_request_never_ends_are_closed(shared_server: Server) -> None:
    """They were kept for ever, and so were all of their kind."""
    with ExitStack() as stack:
        connections = []
        for sent in (b"", b"GET / HTTP/1.1\r\nHost: loc"):
            place = ("127.0.0.1", shared_server.port)
            connections.append(stack.enter_context(socket.create_connection(place, PATIENCE)))
            connections[-1].sendall(sent)
        assert [connection.recv(1) for connection in connections] == [b"", b""]


def test_more_connections_than_there_can_be_are_one_line(site: Path) -> None:
    """asyncio wrote a traceback every second."""
    with serving(site) as server, ExitStack() as stack:
        resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE, (40, 40))
        for _ in range(60):
            place = ("127.0.0.1", server.port)
            stack.enter_context(socket.create_connection(place, PATIENCE))
        server.says("too many connections or open files")
        stack.close()
        assert server.get().status_code == 200
        assert server.output.count("too many connections") == 1
        assert "Traceback" not in server.output


def test_commit_is_noticed_where_pages_show_what_git_knows(site: Path) -> None:
    """Only the next save of a file showed it. A commit changes no file of the site."""
    with (site / "sitegen.toml").open("a", encoding="utf-8") as file:
        file.write("\n[history]\ngit = true\n")
    git(site, "init", "--quiet", "--template=")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "First", "--date", "2024-01-01T10:00Z")
    (site / POST).write_text("---\ntitle: First\n---\nAnother.\n", "utf-8")
    with serving(site) as server:
        assert server.get("posts/first/changes/").status_code == 404
        git(site, "commit", "--quiet", "--all", "--message", "Second")
        until(lambda: server.get("posts/first/changes/").status_code == 200, "the changes")
        assert "polling" not in server.output


def test_saved_post_is_served_and_announced(site: Path) -> None:
    with serving(site) as server:
        server.write(POST, "---\ntitle: First\n---\nAnother.\n")
        news = until(lambda: server.news(1)["changed"] and server.news(1), "news")
        assert "Another." in server.get("posts/first/").text
        assert "/blog/posts/first/" in news["changed"]
        assert "/blog/posts/second/" not in news["changed"]
        assert news["saved"] == [{"url": "/blog/posts/first/", "title": "First"}]
        assert (site / "public").exists() is False


def test_every_build_is_one_event(site: Path) -> None:
    with (
        serving(site) as server,
        httpx.stream("GET", f"{server.url}../_sitegen/events", timeout=60) as stream,
    ):
        lines = (line for line in stream.iter_lines() if line.startswith("data"))
        assert next(lines) == "data: 1"
        server.write(POST, "Another.\n")
        assert next(lines) == "data: 2"
        server.write(POST, "[dead](nothing.md)\n")
        assert next(lines) == "data: 3"


def test_post_build_command_runs_again_after_a_save(site: Path) -> None:
    """And a failing one is an error like any other, that the next save may mend."""
    command = "[build]\ncommand = 'cp {output}/feed.json {output}/%s'\n"
    write(site, "sitegen.toml", CONFIG + command % "copy.txt")
    with serving(site) as server:
        assert "Two." not in server.get("copy.txt").text
        server.write(POST, "Two.")
        server.says("first.md: ")
        assert server.get("copy.txt").text == server.get("feed.json").text
        assert "Two." in server.get("copy.txt").text
        server.write("sitegen.toml", CONFIG + command % "no/such/copy.txt")
        server.says("SG604")
        [problem] = until(lambda: server.news()["problems"], "the problem is announced")
        assert "no/such/copy.txt" in problem["said"][0]


def test_first_change_finds_all_loaded(site: Path) -> None:
    """The first build of a site that is built already had loaded nothing: the change waited."""
    with serving(site) as first:
        port = first.port
    with serving(site, port=port, PYTHONPROFILEIMPORTTIME="1") as server:
        server.says(" sitegen.build.update\n")
        server.says(" sitegen.build.read\n")
        server.write(POST, "Another.\n")
        server.says(f"{POST}: ")
        before, after = server.output.split("serving http")
        assert " sitegen.build.survey\n" not in before
        assert " sitegen.build.survey\n" in after


def test_save_of_the_same_bytes_changes_nothing(site: Path) -> None:
    with serving(site) as server:
        server.write(POST, (site / POST).read_text("utf-8"))
        server.says(f"{POST}: 0 pages")
        assert server.news(1)["changed"] == []


def test_server_that_is_kept_a_log_of_in_its_site_comes_to_rest(site: Path) -> None:
    """Each build said a word, which changed the log, which was built for: three times a second."""
    log, port = site / "nohup.out", str(free_port())
    command = (COMMAND, "serve", site, "--port", port)
    with log.open("wb") as kept, subprocess.Popen(command, stdout=kept, stderr=kept) as process:
        try:
            until(lambda: "nohup.out: 0 pages" in log.read_text(), "the first words")
            write(site, POST, (site / POST).read_text("utf-8"))
            until(lambda: POST in log.read_text(), "the change of a post")
            for _ in range(4):  # in which it said much
                sitegen("check", site)
            assert log.read_text().count("0 pages") <= 3
        finally:
            process.kill()


def test_no_page_is_taken_from_the_cache_of_another_site(site: Path) -> None:
    """The page of an older site knows an older number: it would reload for ever."""
    with serving(site) as server:
        etag = server.get("posts/second/").headers["etag"]
        server.write("static/numbers.txt", "another")
        until(lambda: server.get("numbers.txt").text == "another", "the other site")
        assert server.get("posts/second/", **{"if-none-match": etag}).status_code == 200


def test_removed_page_is_announced_and_gone(site: Path) -> None:
    with serving(site) as server:
        (site / "content/posts/second.md").unlink()
        server.says("1 page removed")
        assert "/blog/posts/second/" in server.news(1)["changed"]
        assert server.get("posts/second/").status_code == 404


def test_mistake_keeps_the_last_good_site_until_it_is_mended(site: Path) -> None:
    good = (site / POST).read_text("utf-8")
    with serving(site) as server:
        page = server.get("posts/first/").text
        server.write(POST, f"{good}\n[dead](nothing.md)\n")
        server.says("1 error, 0 warnings: nothing is published")
        [problem] = server.news(1)["problems"]
        assert (problem["code"], problem["path"], problem["line"]) == ("SG301", POST, 7)
        assert server.get("posts/first/").text == page
        server.write(POST, good)
        server.says("0 pages in")
        assert server.news(1)["problems"] == []


@pytest.mark.parametrize(
    ("path", "broken", "code"),
    [
        ("templates/post.html", "{% block %}", "SG501"),
        ("templates/post.html", "{{ nothing }}", "SG502"),
        ("sitegen.toml", "title = ", "SG001"),
        ("sitegen.toml", "[content]\npath = 'nowhere'", ""),
    ],
)
def test_broken_template_or_configuration_is_a_mistake_like_others(
    site: Path, path: str, broken: str, code: str
) -> None:
    with serving(site) as server:
        server.write(path, broken)
        problems = until(lambda: server.news(1)["problems"], "a problem")
        assert problems[0]["code"] == code
        assert server.get("posts/first/").status_code == 200
        server.write(path, CONFIG if path == "sitegen.toml" else "{{ page.title }}, mended")
        until(lambda: not server.news(1)["problems"], "no problem")


def test_first_build_may_fail_too(site: Path) -> None:
    server = Server(site, port=free_port())
    write(site, POST, "[dead](nothing.md)\n")
    try:
        server.start()
        failed = httpx.get(server.url)
        assert (failed.status_code, "No site yet" in failed.text) == (503, True)
        server.write(POST, "Mended.\n")
        until(lambda: server.get("blog/posts/first/").status_code == 200, "a site")
    finally:
        server.stop()


def test_configuration_is_read_again(site: Path) -> None:
    with serving(site) as server:
        server.write("sitegen.toml", 'title = "Renamed"\nbase_url = "https://me.example/other/"')
        until(lambda: "Renamed" in server.get("../other/").text, "the new title and path")
        assert server.get().status_code == 404


def test_drafts_and_future_posts_are_shown_on_request(site: Path) -> None:
    write(site, POST, "---\ndraft: true\n---\n")
    write(site, "content/posts/second.md", "---\ndate: 2999-01-01\n---\n")
    with serving(site) as server:
        assert "left out 1 draft, 1 scheduled" in server.output
    with serving(site, "--drafts", "--future") as server:
        assert server.get("posts/first/").status_code == 200
        assert server.get("posts/second/").status_code == 200


WHICH = re.compile(r"· (Edition \d)</title>.*&quot;since&quot;: (\d+)}", re.DOTALL)


def test_page_is_never_of_half_a_build(site: Path) -> None:
    """Every page says which site it is of; all pages of one site have the same title."""
    for number in range(30):
        write(site, f"content/posts/{number}.md", f"Post {number}.\n")
    write(site, "sitegen.toml", f'{CONFIG}title = "Edition 0"')
    seen: set[tuple[str, ...]] = set()
    addresses = ("posts/0/", "posts/29/", "about/", "archive/", "nothing")
    with serving(site) as server, httpx.Client(timeout=60) as client:
        for edition in range(1, 5):
            server.write("sitegen.toml", f'{CONFIG}title = "Edition {edition}"')
            while not any(title == f"Edition {edition}" for title, _ in seen):
                pages = [client.get(f"{server.url}{address}").text for address in addresses]
                seen |= {which.groups() for page in pages if (which := WHICH.search(page))}
                assert all(page.endswith("</html>\n") for page in pages)
    assert len(seen) == len({number for _, number in seen}) == len({title for title, _ in seen})


def test_change_during_a_build_leads_to_another(site: Path) -> None:
    for number in range(99):  # too few for worker processes, and enough to take a moment
        write(site, f"content/posts/{number}.md", "```python\nprint('x')\n```\n" * 40)
    with serving(site) as server:
        staging = next(site.glob(".sitegen/serve/*")) / ".sitegen-staging"
        server.write("sitegen.toml", f'{CONFIG}title = "During"')
        until(staging.exists, "a build")
        server.write(POST, "Changed meanwhile.\n")
        until(lambda: "Changed meanwhile." in server.get("posts/first/").text, "the change")


def test_five_hundred_files_at_once_are_few_builds(site: Path) -> None:
    with serving(site) as server:
        for number in range(500):
            server.write(f"content/posts/{number}.md", f"Post {number}.\n")
        until(lambda: server.get("posts/499/").status_code == 200, "the last of them")
        assert server.builds <= 3  # the first, and one or two


def test_builds_of_others_trigger_nothing(site: Path) -> None:
    with serving(site) as server:
        for output in ("public", "other"):
            sitegen("build", site, "-o", site / output)
        server.write(POST, "The next change.\n")
        server.says(f"{POST}: ")
        assert server.builds == 2


def test_polling_sees_changes_too(site: Path) -> None:
    with serving(site, "--poll") as server:
        server.write(POST, "Polled.\n")
        until(lambda: "Polled." in server.get("posts/first/").text, "the change")


def test_folder_that_is_moved_away_and_back_ends_nothing(site: Path) -> None:
    """The cache, which is open, could be read but not written any more: a traceback."""
    away = site.with_name("away")
    with serving(site) as server:
        site.rename(away)
        server.says("no Markdown files")
        away.rename(site)
        server.write("sitegen.toml", 'title = "Renamed"\n')
        until(lambda: "Renamed" in server.get().text, "the new title")
        assert "Traceback" not in server.output


def test_two_servers_of_one_site_do_not_meet(site: Path) -> None:
    with serving(site) as one, serving(site) as other:
        assert str(one.port) in one.get("feed.xml").text
        assert str(other.port) in other.get("feed.xml").text
        folders = {path.name for path in (site / ".sitegen/serve").iterdir()}
        assert folders == {str(one.port), str(other.port)}


def test_what_was_built_for_a_server_that_has_ended_does_not_stay(site: Path) -> None:
    """Each port that was ever used left a whole site behind."""
    with serving(site) as one:
        pass
    with serving(site) as other:
        assert one.port != other.port
        assert [path.name for path in (site / ".sitegen/serve").iterdir()] == [str(other.port)]


def test_folder_without_a_site_is_a_usage_error_and_stays_as_it_is(tmp_path: Path) -> None:
    done = sitegen("serve", tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "no Markdown files" in done.stderr


def test_first_post_of_an_empty_site_appears(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    with serving(tmp_path) as server:
        server.write("content/posts/first.md", "The first.")
        until(lambda: server.get("posts/first/").status_code == 200, "the post")


def test_busy_port_names_the_next_free_one(site: Path) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        done = sitegen("serve", site, "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} is in use" in done.stderr
    assert re.search(rf"sitegen serve --port {port + 1}\d?$|--port \d+$", done.stderr.strip())


def test_host_that_cannot_be_served_is_a_usage_error(site: Path) -> None:
    done = sitegen("serve", site, "--host", "192.0.2.1")
    assert done.returncode == 2
    assert "cannot listen on 192.0.2.1" in done.stderr


def test_public_server_warns_and_answers_to_addresses(site: Path) -> None:
    with serving(site, "--host", "0.0.0.0") as server:  # noqa: S104 (what is tested)
        assert "anyone who can reach this computer" in server.output
        assert server.url == f"http://localhost:{server.port}/blog/"
        assert server.get(host=f"192.168.1.2:{server.port}").status_code == 200
        assert server.get(host=f"evil.example:{server.port}").status_code == 421


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signal_ends_it_also_with_open_tabs(site: Path, sent: signal.Signals, status: int) -> None:
    server = Server(site).start()
    with httpx.stream("GET", f"{server.url}../_sitegen/events", timeout=60) as stream:
        assert "data: 1" in (line for line in stream.iter_lines())
        assert server.stop(sent) == status
    assert "Traceback" not in server.output
    assert "Cancel" not in server.output
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", server.port))


def test_signal_ends_it_in_the_middle_of_a_build(site: Path) -> None:
    for number in range(300):
        write(site, f"content/posts/{number}.md", "```python\nprint('x')\n```\n" * 40)
    with serving(site) as server:
        staging = next(site.glob(".sitegen/serve/*")) / ".sitegen-staging"
        server.write("sitegen.toml", f'{CONFIG}title = "During"')
        until(staging.exists, "a build")
        assert server.stop() == 130
        assert "Traceback" not in server.output
        assert not staging.exists()


def test_its_folder_is_ignored_by_git(site: Path) -> None:
    with serving(site):
        assert (site / ".sitegen/.gitignore").read_text("utf-8") == "*\n"


def test_help_has_examples() -> None:
    shown = sitegen("serve", "--help").stdout
    for option in ("--host", "--port", "--open", "--drafts", "--future", "--poll", "Examples:"):
        assert option in shown


def test_browser_is_opened_on_request(site: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\necho $1 > {tmp_path}/opened\n")
    browser.chmod(0o755)
    with serving(site, "--open", BROWSER=os.fspath(browser)) as server:
        opened = until(
            lambda: (tmp_path / "opened").exists() and (tmp_path / "opened").read_text(), ""
        )
        assert opened.strip() == server.url


def test_visits_of_the_author_are_not_counted(site: Path) -> None:
    counter = '[analytics]\nprovider = "plausible"\nsite = "me.example"\n'
    write(site, "sitegen.toml", CONFIG + counter)
    with serving(site) as server:
        assert "plausible.io" not in server.get("").text
