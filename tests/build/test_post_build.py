"""The post-build command: real programs that add files to a site, or do what they must not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.report import Report
from sitegen.storage.output_folder import STAGING
from tests.command import COMMAND, sitegen
from tests.journal import Journal
from tests.oracle import files
from tests.server import until

INDEX = """
import os, sys
from pathlib import Path

folder = Path(sys.argv[1])
assert folder.samefile(os.environ["SITEGEN_OUTPUT"])
pages = sorted(folder.rglob("*.html"))
for page in pages:
    entry = folder / "search" / "pages" / f"{len(page.read_text())}.txt"
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text(page.relative_to(folder).as_posix())
(folder / "search" / "count.txt").write_text(f"{len(pages)} pages")
with open("runs.log", "a") as log:
    log.write("x")
print("indexed", len(pages), "pages of", folder)
"""
"""An index of nested files, whose names depend on what is on the pages, as hashed ones do."""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A site with a script that makes an index of it."""
    journal = Journal(tmp_path)
    command(journal, INDEX)
    return journal


def command(journal: Journal, script: str, *more: str) -> None:
    """Have the site run a script of its own after each build."""
    words = (sys.executable, "tools/index.py", "{output}", *more)
    journal.write("tools/index.py", script)
    journal.configure(**{"build.command": f"'{' '.join(words)}'"})


def runs(journal: Journal) -> int:
    """How often the script has run for the output folder, and not for its twin."""
    log = journal.site / "runs.log"
    return len(log.read_text()) if log.exists() else 0


def ran(journal: Journal) -> bool:
    """Whether a build with the cache runs the script."""
    before = runs(journal)
    journal.quick()
    return runs(journal) > before


def told(report: Report | None) -> list[Diagnostic]:
    """What is said of the command; the site has faults of its own."""
    assert report
    return [found for found in report.diagnostics if found.path == "sitegen.toml"]


def test_added_files_are_outputs_like_all_others(journal: Journal) -> None:
    """`Journal.build` compares with a clean build: all bytes, what was written, what removed."""
    report = journal.build()
    assert report
    assert "search/count.txt" in report.written
    assert report.said == (f"indexed {len(pages(journal))} pages of {{output}}",)
    journal.build_again()


def pages(journal: Journal) -> list[Path]:
    return list((journal.site / "public").rglob("*.html"))


def test_a_changed_page_has_the_files_replaced_and_stale_ones_removed(journal: Journal) -> None:
    journal.build()
    before = files(journal.site / "public").keys()
    journal.post("content/posts/one.md", "Another text, which is longer.")
    report = journal.build()
    assert report
    assert any(path.startswith("search/pages/") for path in report.removed)
    assert files(journal.site / "public").keys() - before
    journal.build_again()


def test_command_runs_only_when_its_words_its_script_or_the_site_changed(journal: Journal) -> None:
    assert ran(journal)
    assert not ran(journal)
    journal.write("content/posts/draft.md", "---\ndraft: true\n---\nNot published.")
    assert not ran(journal)
    journal.post("content/posts/one.md", "Edited.")
    assert ran(journal)
    command(journal, INDEX + "\n# edited")
    assert ran(journal)
    command(journal, INDEX + "\n# edited", "--more")
    assert ran(journal)


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_text("touched")])
def test_touched_file_of_the_command_is_made_again(
    journal: Journal, change: Callable[[Path], object]
) -> None:
    journal.build()
    change(journal.site / "public/search/count.txt")
    report = journal.build()
    assert report
    assert report.written == ("search/count.txt",)
    journal.build_again()


def test_files_go_with_the_command(journal: Journal) -> None:
    journal.build()
    journal.configure(**{"build.command": None})
    report = journal.build()
    assert report
    assert "search/count.txt" in report.removed
    assert not (journal.site / "public/search/pages").exists()


def test_command_that_does_not_repeat_itself_leaves_no_file_of_the_last_time(
    journal: Journal,
) -> None:
    """A file that the record had as current, but that the next run did not add, stayed in the
    list of what was built; no later build was idle.
    """
    command(
        journal,
        "import sys, time; from pathlib import Path\n"
        "for name in 'a', str(time.time_ns()): Path(sys.argv[1], name + '.txt').write_text('x')",
    )
    journal.quick()
    (journal.site / "public/a.txt").write_text("touched")
    journal.quick()
    assert len(list((journal.site / "public").glob("[0-9]*.txt"))) == 1
    journal.build_again()


@pytest.mark.parametrize(
    ("script", "message", "said"),
    [
        ("print('no index'); raise SystemExit(3)", "failed with exit status 3", ("no index",)),
        ("import os; os.kill(os.getpid(), 9)", "was ended by the signal SIGKILL", ()),
    ],
)
def test_failing_command_is_told_at_its_key_and_changes_nothing(
    journal: Journal, script: str, message: str, said: tuple[str, ...]
) -> None:
    journal.build()
    before = files(journal.site / "public")
    journal.post("content/posts/one.md", "Edited.")
    command(journal, script)
    [found] = told(journal.build())
    assert (found.code, found.message) == ("SG604", f"the post-build command {message}")
    assert found.frame
    assert found.frame.startswith("build.command = ")
    assert found.said == said
    assert files(journal.site / "public") == before


def test_missing_program_is_named(journal: Journal) -> None:
    journal.configure(**{"build.command": '"pagefnd {output}"'})
    [found] = told(journal.quick())
    assert found.code == "SG604"
    assert found.message.endswith("cannot be started: there is no program 'pagefnd'")


def test_only_the_last_lines_of_a_failed_command_are_shown(journal: Journal) -> None:
    command(journal, "for n in range(10_000): print(n)\nraise SystemExit(1)")
    [found] = told(journal.quick())
    assert found.said[-1] == "9999"
    assert len(found.said) == 20


@pytest.mark.parametrize(
    ("deed", "message"),
    [
        ("Path('index.html').write_text('mine')", "changed 'index.html'"),
        ("Path('index.html').unlink()", "removed 'index.html'"),
        ("Path('index.html').rename('start.html')", "removed 'index.html'"),
        ("os.symlink('/etc/passwd', 'users')", "added 'users', which is a symbolic link"),
        ("os.symlink('/etc', 'all')", "added 'all', which is a symbolic link"),
        ("os.mkfifo('pipe')", "added 'pipe', which is not a regular file"),
        ("open(b'\\xff.txt', 'w')", "added '\\udcff.txt', which has a name that is not UTF-8"),
    ],
)
def test_command_can_do_nothing_but_add_files(journal: Journal, deed: str, message: str) -> None:
    script = f"import os, sys; from pathlib import Path; os.chdir(sys.argv[1])\n{deed}\n"
    command(journal, script)
    [found] = told(journal.quick())
    assert (found.code, found.message) == ("SG605", f"the post-build command {message}")
    assert files(journal.site / "public") == {}


def test_a_hard_link_would_have_been_written_through(journal: Journal) -> None:
    """What a command does to the copy does not reach the site that is published."""
    journal.quick()
    before = files(journal.site / "public")
    command(journal, "import sys; open(sys.argv[1] + '/index.html', 'a').write('mine')")
    assert [found.code for found in told(journal.quick())] == ["SG605"]
    assert files(journal.site / "public") == before


@pytest.mark.parametrize(
    ("name", "code", "is_published"),
    [
        ("Index.html", "SG201", False),
        (".git/config", "SG211", False),
        ("con.txt", "SG210", True),
    ],
)
def test_names_are_checked_as_those_of_static_files(
    journal: Journal, name: str, code: str, is_published: bool
) -> None:
    command(
        journal,
        "import sys; from pathlib import Path\n"
        f"file = Path(sys.argv[1], {name!r}); file.parent.mkdir(exist_ok=True)\n"
        "file.write_text('x')",
    )
    report = journal.build()
    assert [found.code for found in told(report)] == [code]
    assert report
    assert report.is_published is is_published
    journal.post("content/posts/draft.md", "Not published.", draft="true")
    journal.build()  # warns again, though the command does not run


def test_static_file_in_the_place_of_an_added_one_is_not_overwritten(journal: Journal) -> None:
    journal.build()
    journal.write("static/search/count.txt", "mine")
    [found] = told(journal.quick())
    assert found.code == "SG605"
    journal.remove("static/search/count.txt")
    journal.build()


BOTH = "<a href='/search/count.txt'>{0}</a> <a href='/search/nothing.txt'>{0}</a>"


@pytest.mark.parametrize("place", ["content/posts/one.md", "templates/footer.html"])
def test_links_lead_to_added_files_as_to_all_others(journal: Journal, place: str) -> None:
    if place.endswith(".md"):
        journal.post(place, BOTH)
    else:
        journal.write(place, BOTH)
    for _ in range(2):  # the second time, the command does not run
        report = journal.build()
        assert report
        journal.post("content/posts/draft.md", "Not published.", draft="true")
        links = [found.target for found in report.diagnostics if found.code == "SG303"]
        assert links == ["/search/nothing.txt"]
    assert "broken link: '/search/count.txt'" not in sitegen("check", journal.site).stderr


def test_link_is_not_called_broken_while_the_command_has_not_run(journal: Journal) -> None:
    """Another mistake kept it from running, and the links to its files were errors as well."""
    journal.post("content/posts/one.md", "[](/search/count.txt) [](nowhere.md)", date="soon")
    journal.post("content/posts/two.md", "[](/search/count.txt) [](nowhere.md)")
    report = journal.build()
    assert report
    assert not report.is_published
    targets = {found.target for found in report.diagnostics}
    assert "nowhere.md" in targets
    assert "/search/count.txt" not in targets


def test_verify_finds_the_same_files(journal: Journal) -> None:
    done = sitegen("build", journal.site, "--verify")
    assert done.returncode == 0, done.stderr
    assert "byte for byte" in done.stdout


def test_output_of_the_command_is_shown_where_more_is_asked_for(journal: Journal) -> None:
    quiet = sitegen("build", journal.site, "--clean")
    verbose = sitegen("build", journal.site, "--clean", "--verbose")
    assert "indexed" not in quiet.stderr
    assert "indexed" in verbose.stderr
    command(journal, "raise SystemExit('no index')")
    failed = sitegen("build", journal.site, "--format", "github")
    assert "SG604" in failed.stdout
    assert "%0Ano index" in failed.stdout


def test_why_knows_where_an_added_file_comes_from(journal: Journal) -> None:
    sitegen("build", journal.site)
    answer = sitegen("why", "search/count.txt", journal.site).stdout
    assert "the command of [build] in sitegen.toml" in answer
    assert "up to date" in answer
    journal.post("content/posts/one.md", "Edited.")
    answer = " ".join(sitegen("why", "/search/count.txt", journal.site).stdout.split())
    assert "to be rebuilt: these have changed: the other files of the site" in answer


WAIT = """
import os, subprocess, sys, time
from pathlib import Path

Path(sys.argv[1], "half.txt").write_text("half")
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
Path("started").write_text(f"{os.getpid()} {child.pid}")
child.wait()
"""
"""A command that is at work, with a program of its own, until somebody ends it."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_ended_build_leaves_nothing(journal: Journal, number: signal.Signals) -> None:
    """Ctrl-C ended sitegen, and the command went on writing beside the next build."""
    journal.quick()
    before = files(journal.site / "public")
    command(journal, WAIT)
    building = subprocess.Popen([COMMAND, "build", journal.site], stderr=subprocess.DEVNULL)
    processes = started(journal.site / "started")
    building.send_signal(number)
    building.wait()
    assert files(journal.site / "public") == before
    if number is signal.SIGKILL:  # nobody is left to end the others
        for process in processes:
            os.kill(process, number)
    else:
        assert not (journal.site / "public" / STAGING).exists()
        assert not any(map(is_alive, processes))
    command(journal, INDEX)
    journal.build()


def started(file: Path) -> list[int]:
    """The processes of the command, once it is at work."""
    written = until(lambda: file.exists() and file.read_text(), "the command starts")
    return [int(number) for number in written.split()]


def is_alive(process: int) -> bool:
    """Whether there is such a process, and not only what is left of one."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
