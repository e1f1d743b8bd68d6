"""A real Dask scheduler and its workers: the same bytes, no work for strangers, clear endings."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from sitegen.build.update import MANY_PAGES
from sitegen.execution.dask import Cluster, scheduler
from sitegen.execution.process_pool import CHUNK
from sitegen.model.diagnostics import Diagnostic, OutputError, SitegenError, UsageError
from tests.command import COMMAND, sitegen
from tests.conftest import ROOT
from tests.execution.test_time_limit import RUNAWAY
from tests.server import until

SITES = ROOT / "tests" / "sites"
HEAD = r"Scheduler at: +tcp://(\S+)"
READY = r"Start worker at: +(tcp://\S+)[^$]*Registered to"
"""What the logs say when a part of a cluster is ready, with its address."""
WORKER = ("--no-nanny", "--nthreads", "1")
NOBODY = "dask://127.0.0.1:9"
"""The discard port (RFC 863), where nothing listens."""


@dataclass(frozen=True)
class Process:
    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def dask(log: Path, pattern: str, *arguments: str, code: Path = ROOT) -> Iterator[Process]:
    """A part of a cluster, once its log tells its address."""
    command = [str(COMMAND.with_name("dask")), *arguments, "--host", "127.0.0.1", "--no-dashboard"]
    environment = {**os.environ, "PYTHONPATH": str(code)}
    with (
        log.open("wb") as said,
        subprocess.Popen(command, stdout=said, stderr=said, env=environment) as process,
    ):
        try:

            def ready() -> re.Match[str] | None:
                assert process.poll() is None, log.read_text("utf-8")
                return re.search(pattern, log.read_text("utf-8"))

            yield Process(until(ready, f"{arguments[0]} is ready")[1], process)
        finally:
            process.kill()


@contextmanager
def cluster(folder: Path, *workers: Path, head: Path = ROOT) -> Iterator[tuple[str, list[Process]]]:
    """The address of a scheduler; it and its workers, each with its own code of sitegen."""
    with ExitStack() as stack:
        log = folder / "scheduler"
        boss = stack.enter_context(dask(log, HEAD, "scheduler", "--port", "0", code=head))
        found = [boss]
        for number, code in enumerate(workers):
            options = ("worker", boss.address, *WORKER, "--local-directory", str(folder / "dask"))
            log = folder / f"worker-{number}"
            found.append(stack.enter_context(dask(log, READY, *options, code=code)))
        yield f"dask://{boss.address}", found


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a cluster of two workers."""
    with cluster(tmp_path_factory.mktemp("cluster"), ROOT, ROOT) as (address, _):
        yield address


@dataclass(frozen=True)
class Where:
    """Takes the longer, the earlier an item is."""

    def __call__(self, number: int) -> tuple[int, int]:
        time.sleep(0.05 if number % CHUNK == 0 else 0)
        return number, os.getpid()


@dataclass(frozen=True)
class Raise:
    error: Exception

    def __call__(self, _: int) -> None:
        raise self.error


@dataclass(frozen=True)
class Die:
    def __call__(self, number: int) -> None:
        os._exit(number)


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_results_come_in_the_order_of_items_from_all_workers(two: str) -> None:
    with Cluster(scheduler(two)) as execute:
        results = list(execute.map(Where(), range(10 * CHUNK + 3)))
    assert [number for number, _ in results] == list(range(10 * CHUNK + 3))
    processes = {process for _, process in results}
    assert len(processes) == 2
    assert os.getpid() not in processes


@pytest.mark.parametrize(
    "error",
    [OutputError("no", Diagnostic("SG601", "x"), hint="go"), TimeoutError("own"), OSError("disk")],
)
def test_an_error_of_a_job_arrives_whole(two: str, error: Exception) -> None:
    """Also one of a kind that connections raise."""
    with pytest.raises(type(error)) as caught, Cluster(scheduler(two)) as execute:
        list(execute.map(Raise(error), [1]))
    assert str(caught.value) == str(error)
    assert vars(caught.value) == vars(error)


def assert_same(site: Path, folder: Path, two: str) -> list[Any]:
    """The status, errors, diagnostics and files, the same with every executor."""
    told = []
    for option in (("--jobs", "1"), ("--jobs", "2"), ("--executor", two)):
        output = folder / option[0] / option[1].replace("/", "")
        done = sitegen("build", site, "--clean", "-o", output, "--format", "json", *option)
        report = json.loads(done.stdout)
        told.append((done.returncode, done.stderr, report["diagnostics"], files(output)))
    assert told[0] == told[1] == told[2]
    return list(told[0])


@pytest.mark.parametrize("name", ["front-matter", "markdown"])
def test_every_executor_makes_the_same_of_a_site(two: str, name: str, tmp_path: Path) -> None:
    assert len(assert_same(SITES / name / "site", tmp_path, two)[-1]) > 9


def test_every_executor_makes_the_same_of_a_real_blog(
    two: str, shared: Path, tmp_path: Path
) -> None:
    """With so many posts that a pool is worth its start."""
    site = shutil.copytree(shared / "corpus" / "simonw-til", tmp_path / "site")
    (site / "sitegen.toml").write_text('diagnostics.SG301 = "warning"\n')  # it has three
    assert len(assert_same(site, tmp_path, two)[-1]) > 99


PLUGIN = """
import os
from dataclasses import dataclass
from sitegen.outputs.context import Page
from sitegen.outputs.pages.page import common, page_kind, page_output
from sitegen.plugins.plugin import Plugin, TemplateNames
from sitegen.site.facets import FacetKind

{mark}

def plan(site):
    return [page_output(site, f"/{{n}}/", "of-plugin.html", "mark", "mark") for n in range({many})]

def page(output, context):
    mark = context.view.read("mark")
    try:
        text = context.body("content/posts/3.md")
    except Exception:
        text = "one that is not here"
    return Page(**common("mark", f"{{text}}{{isinstance(mark, Mark)}}", output, context.view))

def ten(page):
    assert page.title != "Post 7", "no such post"
    return 10

plugin = Plugin(
    "mark",
    "1",
    facets=(FacetKind("mark", "the mark", lambda site: [("", Mark("good"))]),),
    outputs=(page_kind("mark", plan, {page}),),
    templates=TemplateNames(functions={{"ten": ten, "process": os.getpid}}),
)
"""
"""A plug-in with a facet of its own type, and many pages."""

MARK = """
@dataclass(frozen=True)
class Mark:
    text: str
"""
LOCAL_MARK = """
def marked():
    @dataclass(frozen=True)
    class Mark:
        text: str
    return Mark

Mark = marked()
"""
"""A type that cannot be sent to another process."""
PLAIN = 'lambda output, context: Page(**common("mark", "Plain", output, context.view))'


def many(folder: Path, template: str, mark: str = MARK, page: str = "page") -> Path:
    """A site with so many pages that they are sent to a cluster."""
    site = folder / "site"
    texts = {
        f"content/posts/{n}.md": f"---\ntitle: Post {n}\ntags: [a]\n---\n[b]({n // 2}.md)\n"
        for n in range(30)
    }
    texts["plugins/mark.py"] = PLUGIN.format(mark=mark, page=page, many=MANY_PAGES)
    texts["templates/of-plugin.html"] = "{{ page.title }} {{ page.url }}"
    texts["templates/post.html"] = template
    for path, text in texts.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    return site


@pytest.mark.parametrize(("mark", "page"), [(MARK, PLAIN), (MARK, "page"), (LOCAL_MARK, "page")])
def test_every_executor_renders_many_pages_alike(
    two: str, tmp_path: Path, mark: str, page: str
) -> None:
    """Also those that show a document which was not sent with them, and what cannot be sent."""
    site = many(tmp_path, "{{ page.title }} {{ page.content }} {{ site.title }}", mark, page)
    status, _, _, made = assert_same(site, tmp_path, two)
    assert status == 0
    assert len(made) > MANY_PAGES
    assert (b"True" in made["7/index.html"]) == (page == "page")


def test_pages_are_rendered_by_all_workers(two: str, tmp_path: Path) -> None:
    site = many(tmp_path, "", page=PLAIN)
    (site / "templates" / "of-plugin.html").write_text("{{ process() }}", "utf-8")
    with subprocess.Popen([COMMAND, "build", site, "--executor", two]) as building:
        assert building.wait(60) == 0
    made = (site / "public" / str(number) / "index.html" for number in range(MANY_PAGES))
    processes = {int(page.read_text("utf-8")) for page in made}
    assert len(processes) == 2
    assert building.pid not in processes


@pytest.mark.parametrize(
    ("template", "code"), [("{{ page.titel }}", "SG502"), ("{{ ten(page) }}", "SG802")]
)
def test_mistakes_on_many_pages_are_told_alike(
    two: str, tmp_path: Path, template: str, code: str
) -> None:
    status, _, told, made = assert_same(many(tmp_path, template, page=PLAIN), tmp_path, two)
    assert (status, made) == (1, {})
    assert {problem["code"] for problem in told if problem["severity"] == "error"} == {code}


def test_code_that_hangs_pygments_is_plain_text_on_a_worker_too(two: str, tmp_path: Path) -> None:
    """Dask runs tasks in threads, where nothing can stop them."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text(f"# A\n\n{RUNAWAY}", encoding="utf-8")
    done = sitegen("build", "--executor", two, cwd=tmp_path)
    assert done.returncode == 0
    assert "content/a.md:3:4: warning SG402" in done.stderr


def test_worker_with_other_code_gets_no_work(tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(ROOT / "sitegen", other / "sitegen")
    (other / "sitegen" / "text.py").write_text("", "utf-8")
    with cluster(tmp_path, ROOT, other) as (address, parts):
        done = build(tmp_path, address)
    assert done.returncode == 1
    assert f"error: the worker {parts[2].address} cannot be used: its sitegen is" in done.stderr
    assert "   hint: install the same sitegen-blog[dask]" in done.stderr
    assert_clear(done)


@pytest.mark.parametrize("bare", ["the worker", "the scheduler"])
def test_cluster_without_sitegen_gets_no_work(bare: str, tmp_path: Path) -> None:
    """Dask loads a job in the scheduler too."""
    empty = tmp_path / "none" / "sitegen"
    empty.mkdir(parents=True)
    (empty / "__init__.py").touch()
    head, *workers = (empty.parent, ROOT) if bare == "the scheduler" else (ROOT, empty.parent)
    with cluster(tmp_path, *workers, head=head) as (address, _):
        done = build(tmp_path, address)
    assert done.stderr.startswith(f"error: {bare} ")
    assert "No module named 'sitegen" in done.stderr
    assert_clear(done)


@pytest.mark.parametrize("workers", [0, 1])
def test_scheduler_without_workers_or_none_at_all_is_told(tmp_path: Path, workers: int) -> None:
    with ExitStack() as stack:
        address = NOBODY if workers else stack.enter_context(cluster(tmp_path))[0]
        done = build(tmp_path, address)
    expected = ("the Dask scheduler has no workers", "no Dask scheduler answers at tcp://127.0.0.1")
    assert f"error: {expected[workers]}" in done.stderr
    assert done.returncode == 1
    assert_clear(done)


def build(folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    """A build of a new site with one post."""
    (folder / "site" / "content").mkdir(parents=True)
    (folder / "site" / "content" / "a.md").write_text("# A\n", "utf-8")
    options = ("--base-url", "https://me.example/", "--executor", address)
    return sitegen("build", folder / "site", *options)


def assert_clear(done: subprocess.CompletedProcess[str]) -> None:
    """One line that says what is wrong, and a hint; nothing that Dask has to say of it."""
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2, done.stderr
    assert "hint: " in done.stderr


@pytest.mark.parametrize("workers", [1, 5])
def test_death_of_workers_is_told(tmp_path: Path, workers: int) -> None:
    """Dask gives a task to another worker, as often as three times."""
    with cluster(tmp_path, *[ROOT] * workers) as (address, _):
        pattern = "all workers of the cluster are gone" if workers == 1 else "one after another"
        with pytest.raises(SitegenError, match=pattern), Cluster(scheduler(address)) as execute:
            list(execute.map(Die(), [1]))


def test_death_of_one_worker_changes_nothing(tmp_path: Path) -> None:
    with ExitStack() as stack:
        address, parts = stack.enter_context(cluster(tmp_path, ROOT, ROOT))
        execute = stack.enter_context(Cluster(scheduler(address)))
        results = execute.map(Where(), range(9 * CHUNK))
        first = next(results)
        parts[1].process.kill()
        numbers = [number for number, _ in (first, *results)]
    assert numbers == list(range(9 * CHUNK))


def test_death_of_the_scheduler_is_told(tmp_path: Path) -> None:
    with ExitStack() as stack:
        address, parts = stack.enter_context(cluster(tmp_path, ROOT))
        execute = stack.enter_context(Cluster(scheduler(address)))
        results = execute.map(Where(), range(99 * CHUNK))
        next(results)
        parts[0].process.kill()
        with pytest.raises(SitegenError, match="scheduler of the cluster is gone"):
            list(results)


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_build_on_a_cluster_can_be_interrupted(
    two: str, tmp_path: Path, sent: signal.Signals, status: int
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text(f"# A\n\n{RUNAWAY * 6}", encoding="utf-8")
    command = [str(COMMAND), "build", "--executor", two]
    with (
        Client(scheduler(two)) as client,
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as running,
    ):
        until(lambda: any(client.processing().values()), "a worker is at work")
        running.send_signal(sent)
        _, told = running.communicate(timeout=60)
    assert running.returncode == status
    word = "interrupted" if sent is signal.SIGINT else "terminated"
    assert told == f"{word}: the output folder is unchanged\n"


@pytest.mark.parametrize(
    "wrong",
    ["", "serial", "host:8786", "dask://", "dask://h", "dask://h:x", "dask://h:99999", "tcp://h:1"],
)
def test_malformed_address_is_a_usage_error(wrong: str) -> None:
    with pytest.raises(UsageError, match="is not dask://HOST:PORT"):
        scheduler(wrong)


def test_address_may_be_of_version_6() -> None:
    assert scheduler("dask://[::1]:8786") == "tcp://[::1]:8786"


def test_jobs_and_executor_exclude_each_other(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    done = sitegen("build", "--jobs", "2", "--executor", NOBODY, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "exclude each other" in done.stderr
