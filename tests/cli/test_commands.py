"""The contract of the command line: what goes where, which status, and what is never touched."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.command import COMMAND, sitegen
from tests.conftest import ROOT


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one good post."""
    write(tmp_path, "sitegen.toml", 'base_url = "https://blog.example/"\n')
    write(tmp_path, "content/posts/good.md", "---\ntitle: Good\ntags: a, b\n---\nBody.\n")
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_build_says_one_line_on_standard_output(site: Path) -> None:
    done = sitegen("build", cwd=site)
    assert done.returncode == 0
    written = files(site / "public")
    pages = sum(path.endswith(".html") for path in written)
    others = len(written) - pages - len(["the manifest"])
    counts = f"{pages} pages and {others} other files, 0 unchanged, 0 removed"
    assert done.stdout.startswith(f"built {counts} in ")
    assert done.stdout.count("\n") == 1
    assert done.stderr == ""


def test_second_build_writes_nothing(site: Path) -> None:
    sitegen("build", cwd=site)
    before = {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")}
    done = sitegen("build", cwd=site)
    pages = len([*(site / "public").rglob("*.html")])
    assert done.stdout.startswith(f"built 0 pages, {pages} unchanged, 0 removed in ")
    assert {path: path.stat().st_mtime_ns for path in (site / "public").rglob("*")} == before


def test_site_is_found_from_a_folder_inside_it(site: Path) -> None:
    done = sitegen("build", cwd=site / "content" / "posts")
    assert done.returncode == 0
    assert (site / "public" / "index.html").is_file()


def test_folder_without_a_site_is_a_usage_error(tmp_path: Path) -> None:
    done = sitegen("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "no site here" in done.stderr
    assert "hint:" in done.stderr


def test_plain_folder_of_markdown_is_a_site_when_named(tmp_path: Path) -> None:
    write(tmp_path, "notes/hello.md", "# Hello\n\nWorld.\n")
    done = sitegen("build", "notes", cwd=tmp_path)
    assert done.returncode == 0
    assert "Hello" in (tmp_path / "notes/public/posts/hello/index.html").read_text("utf-8")


def test_folder_without_markdown_is_a_usage_error(tmp_path: Path) -> None:
    done = sitegen("build", tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert "no Markdown" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_folder_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    done = sitegen("build", "nowhere", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no folder 'nowhere'" in done.stderr


def test_errors_of_all_files_are_told_and_nothing_is_published(site: Path) -> None:
    sitegen("build", cwd=site)
    before = files(site / "public")
    write(site, "content/posts/bad.md", "---\ntitle: [\n---\n")
    write(site, "content/posts/worse.md", "[dead](missing.md)\n")
    write(site, "content/posts/good.md", "---\ntitle: Better\n---\nBody.\n")
    done = sitegen("build", cwd=site)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "content/posts/bad.md:2:8: error SG101" in done.stderr
    assert "content/posts/worse.md:1:1: error SG301" in done.stderr
    assert "2 errors, 0 warnings: nothing is published" in done.stderr
    assert files(site / "public") == before


def test_json_is_one_object_and_nothing_else(site: Path) -> None:
    write(site, "content/posts/worse.md", "[dead](missing.md)\n")
    done = sitegen("build", "--format", "json", cwd=site)
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr, report["ok"]) == (1, "", False)
    [problem] = report["diagnostics"]
    assert problem["code"] == "SG301"
    assert (problem["path"], problem["line"], problem["column"]) == (
        "content/posts/worse.md",
        1,
        1,
    )


def test_json_of_a_usage_error_is_json_too(tmp_path: Path) -> None:
    done = sitegen("build", "--format", "json", cwd=tmp_path)
    assert done.returncode == 2
    assert "no site here" in json.loads(done.stdout)["error"]


def test_github_format_annotates_the_line(site: Path) -> None:
    write(site, "content/posts/worse.md", "[dead](missing.md)\n")
    done = sitegen("build", "--format", "github", cwd=site)
    assert "::error file=content/posts/worse.md,line=1,col=1,title=SG301::" in done.stdout


def test_wrong_configuration_is_told_with_every_mistake(site: Path) -> None:
    write(site, "sitegen.toml", 'tilte = "x"\npaginate = 0\nbase_url = "blog"\n')
    done = sitegen("build", cwd=site)
    assert done.returncode == 2
    for place in ("sitegen.toml:1:1", "sitegen.toml:2:", "sitegen.toml:3:"):
        assert place in done.stderr
    assert "did you mean 'title'?" in done.stderr


def test_strict_takes_warnings_for_errors(site: Path) -> None:
    write(site, "content/posts/good.md", "---\ntitel: Good\n---\nBody.\n")
    assert sitegen("build", cwd=site).returncode == 0
    assert sitegen("build", "--strict", cwd=site).returncode == 1


def test_severities_of_the_configuration_hold(site: Path) -> None:
    write(site, "content/posts/good.md", "[dead](missing.md)\n")
    write(site, "sitegen.toml", 'base_url = "https://a.example"\n[diagnostics]\nSG301 = "off"\n')
    done = sitegen("build", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")


def test_drafts_and_future_posts_are_left_out_and_counted(site: Path) -> None:
    write(site, "content/posts/draft.md", "---\ndraft: true\n---\nDraft.\n")
    write(site, "content/posts/later.md", "---\ndate: 2999-01-01\n---\nLater.\n")
    write(site, "content/posts/past.md", "---\nexpires: 2001-01-01\n---\nPast.\n")
    done = sitegen("build", "-v", cwd=site)
    assert (
        "left out 1 draft, 1 expired, 1 scheduled (include with --drafts, --future)" in done.stderr
    )
    assert "content/posts/later.md: a build after 2999-01-01 00:00 UTC publishes it" in done.stderr
    assert not (site / "public/posts/draft").exists()
    sitegen("build", "--drafts", "--future", cwd=site)
    assert (site / "public/posts/draft/index.html").is_file()
    assert (site / "public/posts/later/index.html").is_file()
    assert not (site / "public/posts/past").exists()


def test_json_says_why_a_document_is_left_out_also_when_nothing_has_changed(site: Path) -> None:
    """The second report comes from the cache, which takes out nothing but values it knows."""
    write(site, "content/posts/draft.md", "---\ndraft: true\n---\nDraft.\n")
    first, second = (
        json.loads(sitegen("build", "--format", "json", cwd=site).stdout) for _ in range(2)
    )
    draft = {"path": "content/posts/draft.md", "reason": "draft", "date": None}
    assert first["left_out"] == second["left_out"] == [draft]
    assert second["written"] == 0


def test_source_date_epoch_is_the_clock(site: Path) -> None:
    write(site, "content/posts/later.md", "---\ndate: 2999-01-01\n---\nLater.\n")
    sitegen("build", cwd=site, SOURCE_DATE_EPOCH="32503680001")
    assert (site / "public/posts/later/index.html").is_file()
    done = sitegen("build", cwd=site, SOURCE_DATE_EPOCH="soon")
    assert done.returncode == 2
    assert "'soon'" in done.stderr


def test_unset_base_url_is_a_warning(tmp_path: Path) -> None:
    write(tmp_path, "content/a.md", "A.\n")
    assert "SG004" in sitegen("build", cwd=tmp_path).stderr
    done = sitegen("build", "--base-url", "https://me.dev/blog", cwd=tmp_path)
    assert "SG004" not in done.stderr
    assert "https://me.dev/blog/feed.xml" in (tmp_path / "public/feed.xml").read_text("utf-8")


@pytest.mark.parametrize("url", ["me.dev", "ftp://me.dev/", "https://", "https://me.dev/?q"])
def test_unusable_base_url_is_a_usage_error(site: Path, url: str) -> None:
    done = sitegen("build", "--base-url", url, cwd=site)
    assert done.returncode == 2
    assert repr(url) in done.stderr


@pytest.mark.parametrize("output", [".", "..", "content", "content/out", "/", "~"])
def test_dangerous_output_folder_is_refused(site: Path, output: str) -> None:
    before = files(site)
    folder = Path(output).expanduser()
    done = sitegen("build", "--output", folder, cwd=site)
    assert done.returncode == 2
    assert "output folder" in done.stderr
    assert files(site) == before


def test_foreign_files_of_the_output_folder_survive(site: Path) -> None:
    write(site, "public/index.html", "by hand")
    done = sitegen("build", cwd=site)
    assert done.returncode == 2
    assert "has files that sitegen did not write: 'index.html'" in done.stderr
    assert files(site / "public") == {"index.html": b"by hand"}
    (site / "public/index.html").unlink()
    assert sitegen("build", cwd=site).returncode == 0
    write(site, "public/CNAME", "blog.example\n")
    write(site, "public/posts/new/index.html", "by hand")
    write(site, "content/posts/new.md", "New.\n")
    done = sitegen("build", cwd=site)
    assert done.returncode == 1
    assert "SG601" in done.stderr
    (site / "public/posts/new/index.html").unlink()
    assert sitegen("build", cwd=site).returncode == 0
    assert (site / "public/CNAME").read_text("utf-8") == "blog.example\n"


def test_removed_post_takes_its_pages_with_it(site: Path) -> None:
    write(site, "content/posts/other.md", "---\ntags: c\n---\nOther.\n")
    sitegen("build", cwd=site)
    (site / "content/posts/other.md").unlink()
    done = sitegen("build", cwd=site)
    assert "2 removed" in done.stdout
    assert not (site / "public/posts/other").exists()
    assert not (site / "public/tags/c").exists()


def test_template_error_names_template_line_page_and_name(site: Path) -> None:
    write(site, "templates/post.html", "<h1>{{ page.title }}</h1>\n{{ page.titel }}\n")
    done = sitegen("build", cwd=site)
    assert done.returncode == 1
    assert "templates/post.html:2" in done.stderr
    assert "SG502" in done.stderr
    assert "titel" in done.stderr
    assert "while rendering content/posts/good.md" in done.stderr


def test_no_terminal_means_no_colour(site: Path) -> None:
    write(site, "content/posts/good.md", "[dead](missing.md)\n")
    done = sitegen("build", cwd=site)
    assert "\x1b[" not in done.stdout + done.stderr


def test_colour_can_be_forced_into_a_pipe(site: Path) -> None:
    write(site, "content/posts/good.md", "[dead](missing.md)\n")
    assert "\x1b[1;31merror SG301\x1b[0m" in sitegen("build", cwd=site, FORCE_COLOR="1").stderr
    both = sitegen("build", cwd=site, FORCE_COLOR="1", NO_COLOR="1")
    assert "\x1b[" not in both.stderr


@pytest.mark.parametrize(("plain", "is_coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_terminal_gets_colour_unless_asked_not_to(
    site: Path, plain: dict[str, str], is_coloured: bool
) -> None:
    write(site, "content/posts/good.md", "[dead](missing.md)\n")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **plain}
    subprocess.run([str(COMMAND), "build"], cwd=site, stderr=theirs, env=environment, check=False)
    os.close(theirs)
    # The bar of a slow build clears its line, which is no colour.
    assert bool(re.search(r"\x1b\[[0-9;]*m", os.read(ours, 65536).decode())) is is_coloured
    os.close(ours)


def test_same_input_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Another folder, time zone, locale, hash seed and order of the files on disk."""
    here, there = tmp_path / "here", tmp_path / "there" / "deeper"
    names = ("sitegen.toml", *(str(p.relative_to(ROOT)) for p in ROOT.glob("content/**/*.md")))
    for folder, order in ((here, names), (there, tuple(reversed(names)))):
        for name in order:
            write(folder, name, (ROOT / name).read_text("utf-8"))
    fixed = {"SOURCE_DATE_EPOCH": "1800000000"}
    one = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", **fixed}
    other = {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", **fixed}
    assert sitegen("build", cwd=here, **one).returncode == 0
    assert sitegen("build", "--jobs", "2", cwd=there, **other).returncode == 0
    assert files(here / "public") == files(there / "public")


def test_git_gives_dates_only_when_asked(site: Path) -> None:
    def git(*arguments: str, date: str) -> None:
        names = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME",)}
        mails = {"GIT_AUTHOR_EMAIL": "x@example.org", "GIT_COMMITTER_EMAIL": "x@example.org"}
        when = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        environment = {**os.environ, **names, **mails, **when}
        subprocess.run(["git", *arguments], cwd=site, env=environment, check=True)

    for date, text in (("2020-02-03T04:05:06+00:00", "Body."), ("2021-01-01T00:00:00Z", "New.")):
        write(site, "content/posts/good.md", f"---\ntitle: Good\n---\n{text}\n")
        git("init", "--quiet", date=date)
        git("add", "content", date=date)
        git("commit", "--quiet", "--message", "x", date=date)
    page = site / "public/posts/good/index.html"
    sitegen("build", cwd=site)
    assert "<time" not in page.read_text("utf-8")
    write(site, "sitegen.toml", 'base_url = "https://a.example"\n[content]\ndates = "git"\n')
    sitegen("build", cwd=site)
    assert "3 February 2020" in page.read_text("utf-8")
    assert "1 January 2021" in page.read_text("utf-8")


def test_jobs_do_not_change_a_byte(site: Path) -> None:
    words = "word " * 4000
    for number in range(60):
        write(site, f"content/posts/{number}.md", f"---\ntags: t{number % 7}\n---\n{words}\n")
    sitegen("build", "--jobs", "1", "-o", "one", cwd=site)
    sitegen("build", "--jobs", "3", "-o", "three", cwd=site)
    assert files(site / "one") == files(site / "three")


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_build_leaves_the_output_as_it_was(
    site: Path, sent: signal.Signals, status: int
) -> None:
    sitegen("build", cwd=site)
    before = files(site / "public")
    for number in range(300):
        write(site, f"content/posts/{number}.md", "```python\nprint('x')\n```\n" * 20)
    running = subprocess.Popen(
        [str(COMMAND), "build"], cwd=site, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    while not (site / "public/.sitegen-staging").exists():
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(sent)
    _, told = running.communicate(timeout=60)
    assert running.returncode == status
    assert "Traceback" not in told
    assert files(site / "public") == before


def test_version_and_help() -> None:
    assert sitegen("--version").stdout.startswith("sitegen ")
    shown = sitegen("build", "--help").stdout
    for option in ("--output", "--base-url", "--drafts", "--future", "--strict", "--format"):
        assert option in shown
    assert "Examples:" in shown


def test_module_runs_like_the_command(site: Path) -> None:
    python = COMMAND.with_name("python")
    done = subprocess.run(
        [str(python), "-m", "sitegen", "build"], cwd=site, capture_output=True, check=False
    )
    assert done.returncode == 0


HEAVY = "pydantic|jinja2|markdown_it|mdit_py_plugins|pygments|yaml|frontmatter|multiprocessing|rich"


def loaded(*arguments: str, cwd: Path) -> set[str]:
    """Which of the heavy packages a command loads."""
    done = sitegen(*arguments, cwd=cwd, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    return set(re.findall(rf"\| +({HEAVY})$", done.stderr, re.MULTILINE))


def test_help_loads_nothing_that_a_build_needs(site: Path) -> None:
    assert loaded("build", "--help", cwd=site) == set()


def test_build_with_nothing_to_do_loads_nothing_that_makes_pages(site: Path) -> None:
    assert loaded("build", cwd=site) >= {"jinja2", "markdown_it"}
    assert loaded("build", cwd=site) == set()


def test_title_without_quotes_is_explained(site: Path) -> None:
    """`sitegen new Hello world` took the second word for a folder, and named no cure."""
    for words in (("Hello", "world"), ("My", "first", "post")):
        done = sitegen("new", *words, cwd=site)
        assert done.returncode == 2
        assert done.stderr.startswith(f"error: there is no folder '{words[1]}'\n")
        assert f'needs quotes: sitegen new "{" ".join(words)}"' in done.stderr


def test_post_in_the_place_of_a_site_is_called_a_file(site: Path) -> None:
    """It said `there is no folder` of a file that exists."""
    done = sitegen("build", "content/posts/good.md", cwd=site)
    assert done.returncode == 2
    assert "'content/posts/good.md' is a file, not the folder of a site" in done.stderr


def test_local_address_that_is_written_is_not_called_unset(site: Path) -> None:
    write(site, "sitegen.toml", 'title = "A"\nbase_url = "http://localhost:8000/"\n')
    said = sitegen("build", cwd=site).stderr
    assert said.startswith("sitegen.toml:2:1: warning SG004: base_url is this computer: ")
    assert "not set" not in said
    assert sitegen("build", cwd=site).stderr == said
