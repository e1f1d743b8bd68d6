"""`sitegen doctor`: what is in effect, where it comes from, and what is likely to be a mistake."""

from __future__ import annotations

import json
import subprocess
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from sitegen import __version__
from sitegen.diagnosis.doctor import checkup
from sitegen.scaffold.kit import HOSTS
from tests.command import sitegen
from tests.conftest import tool


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with nothing to find fault with."""
    text = 'title = "T"\nbase_url = "https://a.example/"\ntimezone = "UTC"\n[feeds]\nitems = 5\n'
    (tmp_path / "sitegen.toml").write_text(text, "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("---\ndate: 2026-11-20\n---\nA.\n", "utf-8")
    return tmp_path


def findings(site: Path) -> list[tuple[str, str]]:
    return [(str(finding.severity), finding.message) for finding in checkup(site).findings]


def doctor(site: Path, **environment: str) -> Any:  # noqa: ANN401 (JSON)
    done = sitegen("doctor", "--format", "json", cwd=site, **environment)
    found = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0 if found["ok"] else 1, "")
    return found


def test_site_without_fault_is_well(site: Path) -> None:
    done = sitegen("doctor", cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("\n\nno problems found\n")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_text_fits_the_terminal_and_breaks_no_word(site: Path, width: int) -> None:
    shown = sitegen("doctor", cwd=site, COLUMNS=str(width)).stdout
    lines = (line for line in shown.splitlines() if line != f"site {site}")
    assert all(len(line) <= width or len(line.split()) == 1 for line in lines)
    assert shown.split() == sitegen("doctor", cwd=site, COLUMNS="100").stdout.split()


def test_lists_of_texts_and_numbers_are_shown(site: Path) -> None:
    """`exclude = […]` ended the command with a traceback, and so did the widths of images."""
    with (site / "sitegen.toml").open("a", encoding="utf-8") as file:
        file.write('[content]\nexclude = ["a.txt", "b"]\n[images]\nwidths = [600, 1200]\n')
    shown = {value["key"]: value["value"] for value in doctor(site)["configuration"]}
    assert (shown["content.exclude"], shown["images.widths"]) == ("a.txt, b", "600, 1200")


def test_new_site_has_only_its_address_missing(tmp_path: Path) -> None:
    sitegen("init", cwd=tmp_path, TZ="Europe/Berlin")
    [(severity, message)] = findings(tmp_path)
    assert (severity, message.partition(":")[0]) == ("warning", "base_url is not set")


def test_versions_are_those_that_are_installed(site: Path) -> None:
    found = doctor(site)
    assert found["sitegen"] == __version__
    versions = {library["name"]: library["version"] for library in found["libraries"]}
    for name in ("jinja2", "pygments", "typer"):
        assert versions[name] == metadata.version(name)
    assert "pytest" not in versions


def test_every_value_says_where_it_comes_from(site: Path) -> None:
    found = {value["key"]: value for value in doctor(site)["configuration"]}
    assert (found["title"]["value"], found["title"]["origin"]) == ("T", "sitegen.toml:1")
    assert (found["feeds.items"]["value"], found["feeds.items"]["origin"]) == (5, "sitegen.toml:5")
    assert (found["paginate"]["value"], found["paginate"]["origin"]) == (10, "default")
    assert (found["content.path"]["value"], found["content.path"]["origin"]) == (
        "content",
        "derived",
    )


def test_values_of_any_kind_are_json(site: Path) -> None:
    with (site / "sitegen.toml").open("a", encoding="utf-8") as file:
        file.write("[extra]\nsince = 2019-01-31\n")
    found = {value["key"]: value["value"] for value in doctor(site)["configuration"]}
    assert found["extra.since"] == "2019-01-31"


def change(site: Path, path: str, text: str) -> None:
    (site / path).write_text(text, "utf-8")


MISTAKES = {
    "no address": ("sitegen.toml", 'timezone = "UTC"\n', "warning", "base_url is not set"),
    "no zone": ("sitegen.toml", 'base_url = "https://a.b/"\n', "info", "are taken for UTC"),
    "no such zone": ("sitegen.toml", 'timezone = "Berlin"\n', "error", "sitegen.toml:1:12: "),
    "output inside content": ("sitegen.toml", 'output = "content/out"\n', "error", "is inside"),
    "no such content": (
        "sitegen.toml",
        '[content]\npath = "x"\n',
        "error",
        "folder 'x' of [content]",
    ),
    "post without a date": ("content/b.md", "B.\n", "warning", "1 post has no date: content/b.md"),
    "another version": ("requirements.txt", "sitegen-blog==0.0.1\n", "warning", "sitegen 0.0.1"),
    "a stranger": ("requirements.txt", "sitegen==0.1.0\n", "error", "another project"),
    "no such wheel": (
        "requirements.txt",
        "./vendor/sitegen_blog-0.0.1-py3-none-any.whl\n",
        "error",
        "there is no './vendor/sitegen_blog",
    ),
    "no sitegen": ("netlify.toml", "# installs requirements.txt\n", "error", "does not name"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_found(site: Path, mistake: str) -> None:
    path, text, severity, part = MISTAKES[mistake]
    change(site, path, text)
    assert [s for s, message in findings(site) if part in message] == [severity]


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        (None, "the theme does not speak 'sv': what it says there is in English"),
        ('older = "Äldre"', "'sv' lacks "),
    ],
)
def test_words_that_a_language_of_the_site_lacks_are_named(
    site: Path, words: str | None, finding: str
) -> None:
    (site / "content/a.md").write_text("---\ndate: 2026-11-20\nlang: sv\n---\nHej.\n", "utf-8")
    if words:
        (site / "i18n").mkdir()
        (site / "i18n/sv.toml").write_text(words, "utf-8")
    (found,) = checkup(site).findings
    assert found.message.startswith(finding)
    assert "i18n/sv.toml" in str(found.hint)


def test_words_of_the_site_itself_are_named_with_the_language_they_are_said_in(site: Path) -> None:
    (site / "content/a.md").write_text("---\ndate: 2026-11-20\nlang: fr\n---\nX\n", "utf-8")
    (site / "i18n").mkdir()
    (site / "i18n/en.toml").write_text('[site]\ntalk = "Talk"\n', "utf-8")
    (site / "i18n/de.toml").write_text('[site]\ntalk = "Vortrag"\nby = "von"\n', "utf-8")
    assert [found.message for found in checkup(site).findings] == [
        "'en' lacks 1 word, said in 'de': site.by",
        "'fr' lacks 2 words, said in English or 'de': site.talk, site.by",
    ]


@pytest.mark.parametrize("tag", ["de-AT", "zh-TW", "en-GB", "ar"])
def test_languages_of_the_theme_lack_nothing(site: Path, tag: str) -> None:
    (site / "content/a.md").write_text(f"---\ndate: 2026-11-20\nlang: {tag}\n---\nX\n", "utf-8")
    assert findings(site) == []


REQUIREMENTS = (
    f"sitegen-blog=={__version__}",
    f"Sitegen_Blog[dask] == {__version__}  # pinned",
    "sitegen-blog @ git+https://a.example/sitegen.git@0123abc",
    f"vendor/sitegen_blog-{__version__}-py3-none-any.whl",
)


@pytest.mark.parametrize("line", REQUIREMENTS)
def test_requirement_that_hosts_can_install_is_no_mistake(site: Path, line: str) -> None:
    (site / "vendor").mkdir()
    change(site, f"vendor/sitegen_blog-{__version__}-py3-none-any.whl", "")
    change(site, "netlify.toml", "# installs requirements.txt\n")
    change(site, "requirements.txt", f"flask==3.0\n{line}\n")
    assert findings(site) == []


@pytest.mark.parametrize("host", [host.name for host in HOSTS])
def test_what_init_writes_for_a_host_is_no_mistake(tmp_path: Path, host: str) -> None:
    sitegen("init", "--url", "https://a.example", f"--{host}", cwd=tmp_path, TZ="Europe/Berlin")
    assert findings(tmp_path) == []


def test_dates_from_git_are_no_missing_dates(site: Path) -> None:
    change(site, "content/b.md", "B.\n")
    with (site / "sitegen.toml").open("a", encoding="utf-8") as file:
        file.write('[content]\ndates = "git"\n')
    assert findings(site) == []


def test_site_without_posts_is_not_well(site: Path) -> None:
    (site / "content/a.md").unlink()
    assert findings(site) == [("error", "no Markdown files in content")]


def test_built_site_that_git_does_not_ignore_is_mentioned(site: Path) -> None:
    subprocess.run([tool("git"), "init", "--quiet", str(site)], check=True)
    assert findings(site) == [("info", "git does not ignore the built site")]
    change(site, ".gitignore", "/public/\n")
    assert findings(site) == []


def test_machine_without_git_and_unicode_is_told(site: Path) -> None:
    found = doctor(site, PATH="", PYTHONIOENCODING="latin-1")["findings"]
    assert {finding["severity"] for finding in found} == {"info", "warning"}
    assert {"not UTF-8" in f["message"] or "git is not" in f["message"] for f in found} == {True}


def test_without_a_site_the_machine_is_told_all_the_same(tmp_path: Path) -> None:
    found = doctor(tmp_path)
    assert (found["ok"], found["site"], found["configuration"]) == (False, None, [])
    assert found["libraries"]
    assert "no site here" in found["findings"][0]["message"]
