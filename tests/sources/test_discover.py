"""What is in the site folder, and what in it is passed over."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sitegen.config.schema import Config, ContentConfig
from sitegen.model.diagnostics import Diagnostic, UsageError
from sitegen.model.source import Kind, Source
from sitegen.sources.discover import (
    THEME_PREFIX,
    content_folder,
    discover,
    file_of,
    read,
    site_folder,
)
from sitegen.sources.git_dates import git_dates
from tests.conftest import tool, unavailable


def make(site: Path, *names: str) -> None:
    for name in names:
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")


def found(
    site: Path, config: Config | None = None, output: str = "public"
) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """What is discovered, but for the files of the theme."""
    sources, problems, _ = discover(site, config or Config(), site / output)
    return tuple(s for s in sources if not s.path.startswith(THEME_PREFIX)), problems


def paths(site: Path) -> dict[str, Kind]:
    sources, problems = found(site)
    assert problems == ()
    return {source.path: source.kind for source in sources}


def test_folders_say_what_files_are_for(tmp_path: Path) -> None:
    make(tmp_path, "content/posts/web/a.md", "content/pages/about.markdown", "content/note.MD")
    make(tmp_path, "templates/parts/x.html", "static/img/a.png", "sitegen.toml", "README.md")
    assert paths(tmp_path) == {
        "content/note.MD": Kind.PAGE,
        "content/pages/about.markdown": Kind.PAGE,
        "content/posts/web/a.md": Kind.POST,
        "templates/parts/x.html": Kind.TEMPLATE,
        "static/img/a.png": Kind.STATIC,
    }
    assert found(tmp_path)[0][0] == Source("content/note.MD", Kind.PAGE, "note.MD")


def test_archetypes_are_no_posts_of_a_site_without_a_content_folder(tmp_path: Path) -> None:
    make(tmp_path, "archetypes/talk.md", "notes/archetypes/a.md")
    assert [*paths(tmp_path)] == ["notes/archetypes/a.md"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("about.md", Kind.PAGE),
        ("about/index.md", Kind.PAGE),
        ("index.md", Kind.SECTION),
        ("_index.md", Kind.SECTION),
        ("notes/_index.md", Kind.SECTION),
        ("2024-01-01-news.md", Kind.POST),
        ("notes/a.md", Kind.POST),
        ("post/index.md", Kind.POST),
        ("tags/python.md", Kind.TERM),
        ("series/saga.markdown", Kind.TERM),
        ("tags/2024-01-01-news.md", Kind.POST),
        ("tags/deep/python.md", Kind.POST),
        ("tags/index.md", Kind.PAGE),
    ],
)
@pytest.mark.parametrize("folder", ["posts", "post", "blog", "_posts"])
def test_beside_a_folder_of_posts_lone_files_are_pages(
    tmp_path: Path, folder: str, name: str, kind: Kind
) -> None:
    """So Hugo, Zola and Jekyll have them: `about.md` was once the last post of a moved blog."""
    make(tmp_path, f"content/{folder}/a.md", f"content/{name}")
    assert paths(tmp_path)[f"content/{name}"] is kind


def test_no_terms_are_described_where_there_is_no_folder_of_posts(tmp_path: Path) -> None:
    """All folders are of posts there, and one may well be about tags."""
    make(tmp_path, "content/a.md", "content/tags/python.md")
    assert paths(tmp_path)["content/tags/python.md"] is Kind.POST


@pytest.mark.parametrize("other", ["content/notes/a.md", "content/pages/a.md", "content/b.md"])
def test_lone_files_are_posts_where_there_is_no_folder_of_posts(tmp_path: Path, other: str) -> None:
    make(tmp_path, "content/about.md", other)
    assert paths(tmp_path)["content/about.md"] is Kind.POST


@pytest.mark.parametrize(("folder", "kind"), [("blog", Kind.POST), ("_posts", Kind.PAGE)])
def test_folder_of_notes_may_have_one_that_is_called_blog(
    tmp_path: Path, folder: str, kind: Kind
) -> None:
    make(tmp_path, "note.md", f"{folder}/a.md")
    assert paths(tmp_path)["note.md"] is kind


def test_bundle_brings_the_files_beside_and_below_its_index(tmp_path: Path) -> None:
    make(tmp_path, "content/posts/a/index.md", "content/posts/a/x.png", "content/posts/a/d/y.csv")
    make(tmp_path, "content/posts/b/INDEX.txt", "content/posts/loose.png")
    make(tmp_path, "content/pages/c/index.markdown", "content/pages/c/z.pdf")
    assets = {path for path, kind in paths(tmp_path).items() if kind is Kind.ASSET}
    assert assets == {
        *("content/posts/a/x.png", "content/posts/a/d/y.csv", "content/posts/b/INDEX.txt"),
        *("content/pages/c/z.pdf", "content/posts/loose.png"),
    }


@pytest.mark.parametrize(
    "mark", ["venv/pyvenv.cfg", "venv/conda-meta/history", "venv/.sitegen-manifest"]
)
def test_virtual_environment_is_no_content(tmp_path: Path, mark: str) -> None:
    """The licences of the packages in it once became posts, with six errors."""
    make(tmp_path, "a.md", mark, "venv/lib/LICENSE.md", "vendor/bundle/ruby/gems/README.md")
    assert list(paths(tmp_path)) == ["a.md"]


@pytest.mark.parametrize(
    ("pattern", "excluded"),
    [
        ("drafts/**", {"drafts/a.md", "drafts/deep/notes.md"}),
        ("drafts", {"drafts/a.md", "drafts/deep/notes.md"}),
        ("**/notes.md", {"notes.md", "drafts/deep/notes.md"}),
        ("/notes.md", {"notes.md"}),
        ("d?afts/*.md", {"drafts/a.md"}),
        ("*", {"notes.md", "Notes.md", "drafts/a.md", "drafts/deep/notes.md"}),
        ("nothing", set()),
    ],
)
def test_what_the_configuration_excludes_is_no_source(
    tmp_path: Path, pattern: str, excluded: set[str]
) -> None:
    names = {"notes.md", "Notes.md", "drafts/a.md", "drafts/deep/notes.md"}
    make(tmp_path, *(f"content/{name}" for name in names), "static/notes.md")
    config = Config(content=ContentConfig(exclude=(pattern,)))
    sources, _ = found(tmp_path, config)
    assert names - {s.name for s in sources if s.kind is Kind.POST} == excluded
    assert "static/notes.md" in {source.path for source in sources}


def test_what_is_excluded_is_not_complained_about(tmp_path: Path, outside: Path) -> None:
    make(tmp_path, "content/a.md")
    (tmp_path / "content/link").symlink_to(outside)
    config = Config(content=ContentConfig(exclude=("link",)))
    assert found(tmp_path, config)[1] == ()


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("draft", "did you mean 'drafts'?"),
        ("Drafts/*.md", "did you mean 'drafts/*.md'?"),
        ("content/drafts", "did you mean 'drafts'?"),
        ("a.md", "did you mean '**/a.md'?"),
        ("drafts/*.mb", "did you mean 'drafts/*.md'?"),
        ("*.txt", "remove it, or write it as it is below content/"),
    ],
)
def test_pattern_that_excludes_nothing_is_reported(tmp_path: Path, pattern: str, hint: str) -> None:
    """A slip in a pattern published what it should keep back, without a word."""
    text = f'[content]\nexclude = ["*.png", "{pattern}"]\n'
    make(tmp_path, "content/drafts/a.md", "content/photo.png")
    (tmp_path / "sitegen.toml").write_text(text, "utf-8")
    _, [problem] = found(tmp_path, Config(content=ContentConfig(exclude=("*.png", pattern))))
    assert (problem.code, problem.line, problem.column) == ("SG012", 2, 21)
    assert text.split("\n")[1][20:][: problem.length] == f'"{pattern}"'
    assert problem.hint == hint


@pytest.mark.parametrize("pattern", [".obsidian", "node_modules/**", "public", "*"])
def test_pattern_for_what_is_passed_over_anyway_is_fine(tmp_path: Path, pattern: str) -> None:
    make(tmp_path, "a.md", ".obsidian/app.json", "node_modules/b/README.md", "public/index.html")
    config = Config(content=ContentConfig(exclude=(pattern,)))
    assert [d for d in found(tmp_path, config)[1] if d.code == "SG012"] == []


def test_hidden_files_are_passed_over_except_in_static(tmp_path: Path) -> None:
    make(tmp_path, "content/.draft.md", "content/.obsidian/a.md", "templates/.x.html.swp")
    make(tmp_path, "static/.well-known/security.txt", "static/.nojekyll")
    make(tmp_path, "static/.git/config", "static/.DS_Store", "content/node_modules/a.md")
    sources, problems = found(tmp_path)
    assert [source.path for source in sources] == [
        "static/.nojekyll",
        "static/.well-known/security.txt",
    ]
    assert [(d.code, d.path) for d in problems] == [("SG008", "static/.git")]


def test_site_folder_may_itself_hold_the_posts(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "posts/b.md", "templates/x.md", "static/y.md", "public/z.md")
    assert paths(tmp_path) == {
        "a.md": Kind.POST,
        "posts/b.md": Kind.POST,
        "templates/x.md": Kind.TEMPLATE,
        "static/y.md": Kind.STATIC,
    }


@pytest.mark.parametrize("path", ["notes", "./notes", "notes/", "./notes//"])
def test_content_folder_is_named_in_one_way(tmp_path: Path, path: str) -> None:
    make(tmp_path, "notes/a.md")
    config = Config(content=ContentConfig(path))
    assert content_folder(tmp_path, config) == "notes"
    assert [source.path for source in found(tmp_path, config)[0]] == ["notes/a.md"]


def test_output_folders_are_not_read(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "site/public/b.md", "old/c.md", "old/.sitegen-manifest")
    sources, _ = found(tmp_path, output="site/public")
    assert [source.path for source in sources] == ["a.md"]


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    make(folder, "secret.md")
    return folder


@pytest.mark.parametrize("place", ["content", "static", "templates"])
def test_symbolic_links_are_not_followed(tmp_path: Path, outside: Path, place: str) -> None:
    make(tmp_path, "content/a.md", f"{place}/b.md")
    (tmp_path / place / "file.md").symlink_to(outside / "secret.md")
    (tmp_path / place / "folder").symlink_to(outside)
    (tmp_path / place / "loop").symlink_to(tmp_path)
    (tmp_path / place / "dangling.md").symlink_to(tmp_path / "nowhere")
    sources, problems = found(tmp_path)
    assert {Path(source.path).name for source in sources} == {"a.md", "b.md"}
    assert {(p.code, p.path) for p in problems} == {
        ("SG008", f"{place}/{name}") for name in ("file.md", "folder", "loop", "dangling.md")
    }


@pytest.mark.parametrize("place", ["content", "static", "templates"])
def test_folder_that_is_itself_a_link_is_not_followed(
    tmp_path: Path, outside: Path, place: str
) -> None:
    (tmp_path / "sitegen.toml").touch()
    (tmp_path / place).symlink_to(outside)
    sources, problems = found(tmp_path)
    assert sources == ()
    assert {(p.code, p.path) for p in problems} == {("SG008", place)}


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md")
    os.mkfifo(tmp_path / "content/pipe.md")
    sources, (problem,) = found(tmp_path)
    assert [source.path for source in sources] == ["content/a.md"]
    assert problem.message == "'content/pipe.md' is not a regular file: not published"


@contextmanager
def unprivileged() -> Iterator[None]:
    """Without the right of root to read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def opened(folder: Path) -> None:
    """Let everyone through to a folder that pytest keeps to its owner."""
    for parent in (folder, *folder.parents[:3]):
        if parent.stat().st_uid == os.geteuid() and parent.parts[1:2] == ("tmp",):
            parent.chmod(0o755)


def test_unreadable_folder_and_file_are_problems_not_crashes(tmp_path: Path) -> None:
    # `(folder / MANIFEST).exists()` once raised PermissionError here.
    make(tmp_path, "content/a.md", "content/closed/b.md", "content/c.md")
    opened(tmp_path)
    (tmp_path / "content/closed").chmod(0)
    (tmp_path / "content/c.md").chmod(0)
    with unprivileged():
        if not os.access(tmp_path / "content", os.R_OK, effective_ids=True):
            unavailable("another user cannot reach the folder of this test")
        sources, (problem,) = found(tmp_path)
        data, (unreadable,) = read(tmp_path, "content/c.md")
    assert [source.name for source in sources] == ["a.md", "c.md"]
    assert (problem.code, problem.path) == ("SG005", "content/closed")
    assert (data, unreadable.code, unreadable.path) == (None, "SG005", "content/c.md")
    assert "Permission denied" in unreadable.message


def test_file_that_is_gone_is_a_problem(tmp_path: Path) -> None:
    data, (problem,) = read(tmp_path, "content/gone.md")
    assert (data, problem.code) == (None, "SG005")


def test_name_that_is_not_utf8_is_a_problem(tmp_path: Path) -> None:
    make(tmp_path, "content/a.md")
    try:
        (tmp_path / "content" / os.fsdecode(b"caf\xe9.md")).touch()
    except OSError:
        unavailable("this file system holds only names in UTF-8")
    sources, (problem,) = found(tmp_path)
    assert [source.name for source in sources] == ["a.md"]
    assert (problem.code, problem.path) == ("SG006", "content/caf\ufffd.md")


def test_order_does_not_depend_on_the_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, *(f"content/{name}.md" for name in ("b", "a-b", "a/c", "ä", "B")))
    make(tmp_path, "static/y", "static/x")
    before, scandir = found(tmp_path), os.scandir

    class Reversed(list[os.DirEntry[str]]):
        def __enter__(self) -> Reversed:
            return self

        def __exit__(self, *_: object) -> None:
            pass

    def reversed_scandir(folder: Path) -> Reversed:
        with scandir(folder) as entries:
            return Reversed(sorted(entries, key=lambda entry: entry.name, reverse=True))

    monkeypatch.setattr(os, "scandir", reversed_scandir)
    assert found(tmp_path) == before


def test_nearest_folder_with_a_site_is_found_from_below(tmp_path: Path) -> None:
    make(tmp_path, "sitegen.toml", "deep/content/posts/a.md")
    assert site_folder(tmp_path / "deep/content/posts") == tmp_path / "deep"
    assert site_folder(tmp_path / "deep").name == "deep"
    (tmp_path / "other").mkdir()
    assert site_folder(tmp_path / "other") == tmp_path


def test_folder_without_a_site_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"neither .* has a sitegen.toml") as error:
        site_folder(tmp_path)
    assert error.value.hint == "name the folder of your posts: sitegen build FOLDER"


def test_sources_of_the_theme_lie_in_the_package(tmp_path: Path) -> None:
    assert file_of(tmp_path, "theme:static/style.css").endswith("/theme/static/style.css")
    assert Path(file_of(tmp_path, "static/style.css")) == tmp_path / "static/style.css"


class Repository:
    """A real git repository, with commits at given days of January 2024."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.git("init", "-q")

    def git(self, *arguments: str, **environment: str) -> None:
        people = [f"GIT_{who}" for who in ("AUTHOR", "COMMITTER")]
        names = {f"{who}_{what}": "a@b" for who in people for what in ("NAME", "EMAIL")}
        command = [tool("git"), "-C", str(self.folder), *arguments]
        subprocess.run(command, check=True, env=os.environ | names | environment)

    def commit(self, date: int, *names: str, offset: str = "+0200") -> None:
        for name in names:
            make(self.folder, name)
            with (self.folder / name).open("a") as file:
                file.write(f"{date}")
        self.git("add", "-A")
        when = f"2024-01-{date:02}T10:00:00{offset}"
        self.git(
            *("commit", "-q", "--allow-empty", "-m", "one\n\ntwo"),
            GIT_AUTHOR_DATE=when,
            GIT_COMMITTER_DATE=when,
        )


def at(date: int) -> datetime:
    return datetime(2024, 1, date, 10, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


NAMES = ("content/a b.md", "content/தமிழ்.md", "content/\nnew\nline\n.md", 'content/"q"\t.md')


def test_git_knows_the_first_and_last_commit_of_every_name(repository: Repository) -> None:
    repository.commit(1, "content/a.md", *NAMES)
    repository.commit(2, "content/b.md")
    repository.commit(3)
    repository.commit(4, "content/a.md")
    dates, problems = git_dates(repository.folder)
    assert problems == ()
    assert dates["content/a.md"] == (at(1), at(4))
    assert dates["content/b.md"] == (at(2), at(2))
    assert {name: dates[name] for name in NAMES} == dict.fromkeys(NAMES, (at(1), at(1)))


@pytest.mark.parametrize("setting", ["log.showRoot=false", "diff.renames=copies", "log.date=raw"])
def test_settings_of_git_change_no_date(repository: Repository, setting: str) -> None:
    """The first commit of a repository had no files where a person had set log.showRoot."""
    repository.commit(1, "content/a.md")
    repository.commit(2, "content/b.md")
    expected = git_dates(repository.folder)
    repository.git("config", *setting.split("="))
    assert git_dates(repository.folder) == expected
    assert expected[0]["content/a.md"] == (at(1), at(1))


@pytest.mark.parametrize(
    "name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"]
)
def test_the_environment_of_a_hook_changes_no_date(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    repository.commit(1, "content/a.md")
    other = Repository(tmp_path / "other")
    other.commit(2, "content/a.md")
    monkeypatch.setenv(name, str(other.folder / ".git"))
    assert git_dates(repository.folder)[0] == {"content/a.md": (at(1), at(1))}


def test_first_is_never_after_last(repository: Repository) -> None:
    # A rebase or a cherry-pick keeps the date of its author, which may be older than its parent's.
    repository.commit(9, "a.md")
    repository.commit(5, "a.md")
    assert git_dates(repository.folder)[0]["a.md"] == (at(5), at(9))


def test_dates_are_of_the_site_where_it_is_a_part_of_the_repository(
    repository: Repository,
) -> None:
    repository.commit(1, "blog/content/a.md", "code/b.py")
    assert set(git_dates(repository.folder / "blog")[0]) == {"content/a.md"}


def test_rename_starts_anew(repository: Repository) -> None:
    repository.commit(1, "a.md")
    (repository.folder / "a.md").rename(repository.folder / "b.md")
    repository.commit(2)
    assert git_dates(repository.folder)[0]["b.md"] == (at(2), at(2))


def test_shallow_clone_is_warned_of(repository: Repository, tmp_path: Path) -> None:
    repository.commit(1, "a.md")
    repository.commit(2, "b.md")
    clone = tmp_path / "clone"
    repository.git("clone", "-q", "--depth=1", repository.folder.as_uri(), str(clone))
    dates, (problem,) = git_dates(clone)
    assert (problem.code, problem.hint) == (
        "SG009",
        "fetch the full history: git fetch --unshallow",
    )
    assert dates["a.md"] == (at(2), at(2))


def test_no_repository_no_commit_and_no_git_give_no_dates(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for folder in (tmp_path, repository.folder):
        dates, (problem,) = git_dates(folder)
        assert (dates, problem.code, problem.path) == ({}, "SG009", "sitegen.toml")
        assert problem.hint
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_dates(repository.folder)[1][0].code == "SG009"
