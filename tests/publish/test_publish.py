"""Publishing, from real repositories to real bare repositories."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from sitegen.console.console import Console
from sitegen.model.diagnostics import SitegenError
from sitegen.publish.publish import PublishOptions, publish, site_files
from tests.command import COMMAND, sitegen
from tests.conftest import tool

URL = "https://ada.github.io/blog/"
ON_GITHUB = "git@github.com:Ada/blog.git"
POST = "---\ntitle: {0}\ndate: 2026-01-01\n---\nThis is {0}.\n"


@dataclass(frozen=True, slots=True)
class Blog:
    """A site in a repository, with a bare repository as its remote."""

    folder: Path
    remote: Path
    environment: Mapping[str, str]

    def publish(self, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {**self.environment, **environment}
        return sitegen("publish", *options, cwd=self.folder, **variables)

    def git(self, *arguments: str, at: Path | None = None) -> str:
        return subprocess.run(
            [tool("git"), *arguments],
            cwd=at or self.folder,
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
        ).stdout.decode(errors="surrogateescape")

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def post(self, name: str) -> None:
        self.write(f"content/posts/{name}.md", POST.format(name))

    def published(self, branch: str = "gh-pages") -> dict[str, bytes]:
        """The files on the branch of the remote."""
        listed = self.git("ls-tree", "-r", "-z", "--name-only", branch, at=self.remote)
        return {
            path: self.git("show", f"{branch}:{path}", at=self.remote).encode(
                errors="surrogateescape"
            )
            for path in listed.split("\0")[:-1]
        }

    def commits(self, branch: str = "gh-pages") -> list[str]:
        """The branch of the remote, its newest commit first."""
        branches = self.git("branch", "--format=%(refname:short)", at=self.remote).split()
        if branch not in branches:
            return []
        return self.git("log", "--format=%H", branch, at=self.remote).split()

    def clone(self, name: str, *options: str) -> Blog:
        """Another checkout of the site's source, with the same remote."""
        folder = self.folder.parent / name
        self.git("clone", "--quiet", *options, self.remote.as_uri(), str(folder))
        return Blog(folder, self.remote, self.environment)

    def commit_by_somebody(self, path: str, text: str) -> None:
        """What another person, or GitHub, puts on the branch."""
        index = {"GIT_INDEX_FILE": str(self.remote / "somebody")}
        other = Blog(self.remote, self.remote, {**self.environment, **index})
        (self.remote / "text").write_text(text, "utf-8")
        blob = other.git("hash-object", "-w", "text").strip()
        other.git("read-tree", "gh-pages" if self.commits() else "--empty")
        other.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        parents = [part for commit in self.commits()[:1] for part in ("-p", commit)]
        tree = other.git("write-tree").strip()
        commit = other.git("commit-tree", *parents, "-m", "Create it", tree).strip()
        other.git("update-ref", "refs/heads/gh-pages", commit)


@pytest.fixture
def blog(tmp_path: Path) -> Blog:
    """A site with one post, committed and pushed, whose remote seems to be on GitHub."""
    remote = tmp_path / "remote.git"
    config = tmp_path / "gitconfig"
    config.write_text(
        "[user]\nname = Ada\nemail = ada@example.org\n[init]\ndefaultBranch = main\n"
        f'[url "{remote.as_uri()}"]\ninsteadOf = {ON_GITHUB}\n'
    )
    environment = {
        "GIT_CONFIG_GLOBAL": str(config),
        "GIT_CONFIG_NOSYSTEM": "1",
        "HOME": str(tmp_path),
    }
    blog = Blog(tmp_path / "blog", remote, environment)
    blog.post("first")
    blog.git("init", "--quiet", "--bare", str(remote))
    blog.git("init", "--quiet")
    blog.git("add", ".")
    blog.git("commit", "--quiet", "-m", "First")
    blog.git("remote", "add", "origin", ON_GITHUB)
    blog.git("push", "--quiet", "origin", "main")
    return blog


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of a folder but those of sitegen, with its bytes and when it was written."""
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file() and ".sitegen" not in file.relative_to(folder).parts
    }


def interposed(blog: Blog, script: str) -> dict[str, str]:
    """An environment in which each call of git runs the script first."""
    folder = blog.folder.parent / "bin"
    folder.mkdir(exist_ok=True)
    wrapper = folder / "git"
    wrapper.write_text(f'#!/bin/sh\n{script}\nexec "{tool("git")}" "$@"\n')
    wrapper.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_first_publish_makes_the_branch(blog: Blog) -> None:
    done = blog.publish()
    assert done.returncode == 0
    assert done.stdout == f"{URL}\n"
    assert "looking at gh-pages of git@github.com:Ada/blog.git\n" in done.stderr
    assert f"building for {URL} (from the remote 'origin')\n" in done.stderr
    assert "https://github.com/Ada/blog/settings/pages: 'Deploy from a branch'" in done.stderr
    files = blog.published()
    assert files[".nojekyll"] == b""
    assert b'href="/blog/posts/first/"' in files["index.html"]
    assert "CNAME" not in files
    assert not any("sitegen" in path for path in files)


def test_what_the_post_build_command_adds_is_published(blog: Blog) -> None:
    """A search index that was put into `public/` never shipped: the site is built elsewhere."""
    blog.write("sitegen.toml", "[build]\ncommand = 'cp {output}/index.html {output}/index.txt'\n")
    assert blog.publish().returncode == 0
    files = blog.published()
    assert files["index.txt"] == files["index.html"]


def test_commit_names_its_maker_and_its_source(blog: Blog) -> None:
    blog.publish("--message", "New post")
    source = blog.git("rev-parse", "HEAD").strip()
    message = blog.git("log", "-1", "--format=%B", "gh-pages", at=blog.remote)
    assert message.startswith(f"New post\n\nSource: {source}\nGenerator: sitegen ")
    assert blog.git("log", "-1", "--format=%an %ce", "gh-pages", at=blog.remote) == (
        "Ada ada@example.org\n"
    )


def test_second_publish_is_one_more_commit(blog: Blog) -> None:
    blog.publish()
    first = blog.commits()
    blog.post("second")
    done = blog.publish()
    assert done.returncode == 0
    assert "settings" not in done.stderr
    assert blog.commits()[1:] == first
    assert "posts/second/index.html" in blog.published()


def test_deleted_post_is_gone(blog: Blog) -> None:
    blog.post("second")
    blog.publish()
    (blog.folder / "content/posts/second.md").unlink()
    assert "removed" in blog.publish().stderr
    assert "posts/second/index.html" not in blog.published()
    assert "posts/first/index.html" in blog.published()


def test_nothing_changed_pushes_nothing(blog: Blog) -> None:
    blog.publish()
    before = blog.commits()
    done = blog.publish()
    assert (done.returncode, done.stdout) == (0, f"{URL}\n")
    assert "no changes to push" in done.stderr
    assert blog.commits() == before


def test_dry_run_shows_the_changes_and_pushes_nothing(blog: Blog) -> None:
    blog.publish()
    before = blog.commits()
    blog.post("second")
    (blog.folder / "content/posts/first.md").unlink()
    done = blog.publish("--dry-run")
    assert done.returncode == 0
    assert "added posts/second/index.html\n" in done.stdout
    assert "removed posts/first/index.html\n" in done.stdout
    assert "changed index.html\n" in done.stdout
    assert blog.commits() == before


def test_drafts_and_posts_of_the_future_are_not_published(blog: Blog) -> None:
    blog.write("content/posts/draft.md", "---\ndraft: true\n---\nNot yet.\n")
    blog.write("content/posts/later.md", "---\ndate: 2999-01-01\n---\nLater.\n")
    done = blog.publish()
    assert "left out 1 draft, 1 scheduled" in done.stderr
    assert {"posts/draft/index.html", "posts/later/index.html"}.isdisjoint(blog.published())


def test_site_with_an_error_is_not_published(blog: Blog) -> None:
    blog.write("content/posts/bad.md", "---\ndate: 2026-02-30\n---\n")
    done = blog.publish()
    assert done.returncode == 1
    assert "SG107" in done.stderr
    assert done.stdout == ""
    assert blog.commits() == []


def test_uncommitted_changes_are_published_and_said(blog: Blog) -> None:
    assert "uncommitted changes are published" not in blog.publish().stderr
    blog.post("second")
    assert "uncommitted changes are published" in blog.publish().stderr
    assert "with uncommitted changes" in blog.git("log", "-1", "gh-pages", at=blog.remote)


def test_local_branch_of_the_same_name_has_no_say(blog: Blog) -> None:
    blog.git("branch", "gh-pages")
    assert blog.publish().returncode == 0
    assert blog.git("rev-parse", "gh-pages") == blog.git("rev-parse", "main")


# What belongs to the user


@pytest.mark.parametrize("state", ["clean", "dirty", "detached", "staged"])
def test_nothing_of_the_user_is_touched(blog: Blog, state: str) -> None:
    blog.git("config", "core.hooksPath", "hooks")
    blog.write("hooks/pre-push", "#!/bin/sh\nexit 1\n")
    (blog.folder / "hooks/pre-push").chmod(0o755)
    if state == "detached":
        blog.git("checkout", "--quiet", "--detach")
    if state in ("dirty", "staged"):
        blog.post("first")
        blog.post("second")
    if state == "staged":
        blog.git("add", "--all")
    before = everything(blog.folder)
    assert blog.publish().returncode == 0
    assert blog.publish("--no-history", "--domain", "ada.example").returncode == 0
    assert everything(blog.folder) == before
    assert ".sitegen" not in blog.git("status", "--porcelain")


def test_shallow_clone_publishes(blog: Blog) -> None:
    blog.post("second")
    blog.git("commit", "--quiet", "--all", "--allow-empty", "-m", "Second")
    blog.git("push", "--quiet", "origin", "main")
    clone = blog.clone("shallow", "--depth=1", "--branch=main")
    clone.git("remote", "set-url", "origin", ON_GITHUB)
    before = everything(clone.folder / ".git")
    assert blog.publish().returncode == 0
    clone.post("third")
    assert clone.publish().returncode == 0
    assert everything(clone.folder / ".git") == before
    assert len(blog.commits()) == 2


def test_worktree_publishes(blog: Blog) -> None:
    worktree = blog.folder.parent / "worktree"
    blog.git("worktree", "add", "--quiet", "-b", "other", str(worktree))
    before = everything(blog.folder)
    assert Blog(worktree, blog.remote, blog.environment).publish().returncode == 0
    assert everything(blog.folder) == before
    assert "index.html" in blog.published()


def test_settings_of_the_user_change_no_byte(blog: Blog) -> None:
    ignored = blog.folder.parent / "ignored"
    ignored.write_text("*.html\nstatic\n")
    for key, value in {
        "core.autocrlf": "true",
        "core.excludesFile": str(ignored),
        "core.attributesFile": str(blog.folder / "static/.gitattributes"),
        "filter.loud.clean": "tr a-z A-Z",
        "core.ignoreCase": "true",
        "commit.gpgSign": "true",
        "push.followTags": "true",
        "color.ui": "always",
        "log.showSignature": "true",
        "remote.origin.mirror": "true",
        "remote.origin.promisor": "true",
        "remote.origin.partialCloneFilter": "blob:none",
    }.items():
        blog.git("config", key, value)
    blog.git("-c", "tag.gpgSign=false", "tag", "-a", "-m", "A tag", "v1")
    blog.write(".gitattributes", "* text eol=crlf filter=loud\n")
    blog.write("static/.gitattributes", "* text eol=crlf filter=loud ident\n")
    blog.write("static/windows.txt", "$Id$ one\r\ntwo\n")
    assert blog.publish().returncode == 0
    built = blog.folder / ".sitegen/publish"
    files = blog.published()
    assert all((built / path).read_bytes() == data for path, data in files.items() if data)
    assert files["static/windows.txt".removeprefix("static/")] == b"$Id$ one\r\ntwo\n"
    assert blog.git("tag", at=blog.remote) == ""


def test_any_file_name_and_no_mode_is_published(blog: Blog) -> None:
    names = ["a b.txt", "ü 日本.txt", "new\nline.txt", 'quo"te.txt', "-x.txt", ".well-known/a"]
    for name in names:
        blog.write(f"static/{name}", name)
        (blog.folder / "static" / name).chmod(0o755)
    assert blog.publish().returncode == 0
    files = blog.published()
    assert {name: files[name].decode() for name in names} == {name: name for name in names}
    modes = blog.git("ls-tree", "-r", "--format=%(objectmode)", "gh-pages", at=blog.remote)
    assert set(modes.split()) == {"100644"}


# The branch


def test_commits_of_another_publisher_stay_below(blog: Blog) -> None:
    blog.publish()
    other = blog.clone("other", "--branch=main")
    other.git("remote", "set-url", "origin", ON_GITHUB)
    other.post("second")
    assert other.publish().returncode == 0
    between = blog.commits()
    assert len(between) == 2
    blog.post("third")
    assert blog.publish().returncode == 0
    assert blog.commits()[1:] == between


@pytest.mark.parametrize("option", [(), ("--no-history",)])
def test_branch_of_somebody_else_is_left_alone(blog: Blog, option: tuple[str, ...]) -> None:
    blog.commit_by_somebody("index.html", "Made by another tool")
    before = blog.commits()
    done = blog.publish(*option)
    assert done.returncode == 2
    assert "holds what sitegen did not publish: 'Create it' by Ada\n" in done.stderr
    assert blog.commits() == before


def test_commit_of_somebody_else_on_top_is_left_alone(blog: Blog) -> None:
    blog.publish()
    blog.commit_by_somebody("extra.html", "By hand")
    before = blog.commits()
    assert blog.publish().returncode == 2
    assert blog.commits() == before


def test_hint_of_the_refusal_hands_the_branch_over(blog: Blog) -> None:
    blog.commit_by_somebody("index.html", "Made by another tool")
    before = blog.commits()
    steps = [line for line in blog.publish().stderr.splitlines() if line.startswith("   git ")]
    for step in steps:
        environment = {**os.environ, **blog.environment}
        subprocess.run(["sh", "-c", step], cwd=blog.folder, env=environment, check=True)
    assert blog.publish().returncode == 0
    assert blog.commits()[2:] == before


def test_domain_that_is_set_on_github_is_kept(blog: Blog) -> None:
    """GitHub commits CNAME itself, and that is no reason to stop."""
    blog.publish()
    blog.commit_by_somebody("CNAME", "blog.example.org")
    done = blog.publish()
    assert (done.returncode, done.stdout) == (0, "https://blog.example.org/\n")
    files = blog.published()
    assert files["CNAME"] == b"blog.example.org"
    assert b'href="/posts/first/"' in files["index.html"]


def test_empty_commit_on_top_is_no_reason_to_stop(blog: Blog) -> None:
    blog.publish()
    blog.commit_by_somebody(".nojekyll", "")
    blog.post("second")
    assert blog.publish().returncode == 0
    assert len(blog.commits()) == 3


def test_domain_is_set_once_and_kept(blog: Blog) -> None:
    assert blog.publish("--domain", "Blog.Example.org").stdout == "https://blog.example.org/\n"
    blog.post("second")
    assert blog.publish().stdout == "https://blog.example.org/\n"
    assert blog.published()["CNAME"] == b"blog.example.org"


def test_static_cname_is_published_as_it_is(blog: Blog) -> None:
    blog.write("static/CNAME", "own.example\n")
    assert blog.publish().stdout == "https://own.example/\n"
    assert blog.published()["CNAME"] == b"own.example\n"


def test_address_of_the_configuration_counts(blog: Blog) -> None:
    blog.write("sitegen.toml", 'base_url = "https://ada.dev/"\n')
    done = blog.publish()
    assert done.stdout == "https://ada.dev/\n"
    assert "from base_url in sitegen.toml" in done.stderr
    assert "hint: GitHub does not know of ada.dev yet" in done.stderr


def test_no_history_leaves_one_commit(blog: Blog) -> None:
    blog.publish()
    blog.post("second")
    blog.publish()
    assert blog.publish("--no-history").returncode == 0
    (only,) = blog.commits()
    assert "no changes to push" in blog.publish("--no-history").stderr
    assert blog.commits() == [only]


@pytest.mark.parametrize("option", [(), ("--no-history",)])
def test_overtaken_publisher_changes_nothing(blog: Blog, option: tuple[str, ...]) -> None:
    blog.publish()
    other = blog.clone("other", "--branch=main")
    other.git("remote", "set-url", "origin", ON_GITHUB)
    other.post("second")
    overtake = (
        'for word in "$@"; do if [ "$word" = push ] && [ ! -e overtaken ]; then touch overtaken;'
        f" (cd '{other.folder}' && PATH={os.environ['PATH']} GIT_CONFIG_COUNT=0"
        f" GIT_CONFIG_GLOBAL='{blog.environment['GIT_CONFIG_GLOBAL']}' '{COMMAND}' publish) >&2;"
        " fi; done"
    )
    blog.post("third")
    done = blog.publish(*option, **interposed(blog, overtake))
    assert done.returncode == 1
    assert "was changed at 'origin' meanwhile: nothing is published" in done.stderr
    assert "posts/second/index.html" in blog.published()
    assert blog.publish(*option).returncode == 0
    assert "posts/third/index.html" in blog.published()


# Several addresses


def mirror(blog: Blog, name: str) -> Blog:
    """The blog with another bare repository to look at, which it does not know yet."""
    remote = blog.folder.parent / name
    blog.git("init", "--quiet", "--bare", str(remote))
    return Blog(blog.folder, remote, blog.environment)


def test_the_place_that_is_pushed_to_is_looked_at(blog: Blog) -> None:
    """The branch was looked up at `url` and expected to be the same at `pushurl`: from the second
    time on, publishing failed with "changed meanwhile", for ever.
    """
    mirrored = mirror(blog, "mirror.git")
    blog.write("sitegen.toml", 'base_url = "https://ada.dev/"\n')
    blog.git("config", "remote.origin.pushurl", str(mirrored.remote))
    assert blog.publish().returncode == 0
    blog.post("second")
    assert blog.publish().returncode == 0
    assert "posts/second/index.html" in mirrored.published()
    assert len(mirrored.commits()) == 2
    assert blog.commits() == []
    assert "no changes to push" in blog.publish().stderr


def test_a_second_address_that_refused_once_is_caught_up(blog: Blog) -> None:
    """The first had all, so the next publish found nothing to do."""
    mirrored = mirror(blog, "mirror.git")
    blog.git("config", "--add", "remote.origin.pushurl", ON_GITHUB)
    blog.git("config", "--add", "remote.origin.pushurl", str(mirrored.remote))
    hook = mirrored.remote / "hooks/update"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    done = blog.publish()
    assert done.returncode == 1
    assert f"'{mirrored.remote}' refuses the push" in done.stderr
    assert (len(blog.commits()), mirrored.commits()) == (1, [])
    hook.unlink()
    assert blog.publish().returncode == 0
    assert mirrored.published() == blog.published()
    assert len(blog.commits()) == 1


def test_an_address_may_be_named_in_place_of_a_remote(blog: Blog) -> None:
    mirrored = mirror(blog, "mirror.git")
    shutil.rmtree(blog.folder / ".git")
    assert blog.publish("--remote", ON_GITHUB).stdout == f"{URL}\n"
    assert blog.publish("--remote", str(mirrored.remote)).returncode == 2  # where will it be?
    blog.write("sitegen.toml", 'base_url = "https://ada.dev/"\n')
    assert blog.publish("--remote", str(mirrored.remote)).returncode == 0
    assert "index.html" in blog.published()
    assert "index.html" in mirrored.published()


def test_the_remote_of_a_repository_around_the_site_is_not_taken_for_its_own(blog: Blog) -> None:
    """A blog that is begun inside a clone of sitegen was published to the `origin` of sitegen."""
    inner = Blog(blog.folder / "inner", blog.remote, blog.environment)
    inner.post("first")
    done = inner.publish()
    assert done.returncode == 2
    assert f"the site is a folder of the repository {blog.folder}" in done.stderr
    assert blog.commits() == []
    assert inner.publish("--remote", "origin").returncode == 0
    assert "index.html" in blog.published()


# A folder that somebody else has filled


def test_configuration_in_the_own_repository_runs_nothing(blog: Blog) -> None:
    """A site may come with a `.sitegen` in which a setting names a command of somebody else."""
    blog.publish()
    blog.post("second")
    own, ran = blog.folder / ".sitegen/publish.git", blog.folder.parent / "ran"
    elsewhere = blog.folder.parent / "elsewhere"
    shutil.copytree(own, elsewhere)
    for config in (own / "config", elsewhere / "config"):
        with config.open("a") as file:
            for key in ("uploadpack", "receivepack"):
                file.write(f'[remote "origin"]\n{key} = "touch {ran}; git-{key}"\n')
            file.write(f'[core]\nfsmonitor = "touch {ran}"\nsshCommand = "touch {ran}"\n')
    (own / "commondir").write_text(str(elsewhere))
    assert blog.publish().returncode == 0
    assert not ran.exists()
    assert "posts/second/index.html" in blog.published()


@pytest.mark.parametrize("place", ["", "objects", "refs", "config"])
def test_no_link_in_the_own_repository_is_followed(blog: Blog, place: str) -> None:
    blog.publish()
    mine = blog.folder.parent / "mine"
    link = (blog.folder / ".sitegen/publish.git" / place).absolute()
    shutil.move(link, mine)
    link.symlink_to(mine)
    before = everything(mine) or mine.read_bytes()
    blog.post("second")
    assert blog.publish().returncode == 0
    assert (everything(mine) or mine.read_bytes()) == before
    assert "posts/second/index.html" in blog.published()


def test_two_publishers_at_once_in_one_folder(blog: Blog) -> None:
    slow = interposed(blog, 'case "$*" in *ls-remote*) touch waiting; sleep 2;; esac')
    environment = {**os.environ, **blog.environment, **slow}
    with subprocess.Popen(
        [COMMAND, "publish"], cwd=blog.folder, env=environment, stderr=subprocess.PIPE
    ) as first:
        while not (blog.folder / "waiting").exists():
            assert first.poll() is None
        second = blog.publish()
        first.communicate()
    assert (first.returncode, second.returncode) == (0, 1)
    assert "another sitegen is publishing this site" in second.stderr


def test_killed_at_any_call_of_git_that_writes_it_converges(blog: Blog) -> None:
    """The branch has the old site or the new one, and the next publish ends as an unkilled one."""
    writing = "init fetch hash-object read-tree update-index write-tree commit-tree push update-ref"
    other = blog.clone("other", "--branch=main")
    other.git("remote", "set-url", "origin", ON_GITHUB)
    other.publish()
    (old,), before = blog.commits(), blog.published()
    blog.post("second")
    blog.publish()
    after = blog.published()
    counter = blog.folder.parent / "calls"
    killed = 0
    for call in count(1):
        blog.git("update-ref", "refs/heads/gh-pages", old, at=blog.remote)
        shutil.rmtree(blog.folder / ".sitegen")
        counter.write_text("0")
        script = (
            f'for word in {writing}; do case " $* " in *" $word "*)\n'
            f'n=$(($(cat "{counter}") + 1)); echo $n > "{counter}"\n'
            f"[ $n = {call} ] && kill -9 $PPID $$;; esac; done"
        )
        done = blog.publish(**interposed(blog, script))
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        killed += 1
        assert blog.published() in (before, after)
        assert blog.publish().returncode == 0
        assert blog.published() == after
        assert blog.commits()[1:] == [old]
    assert killed == len(writing.split()) + 2  # three of hash-object: one looks for moved posts


def test_lock_of_a_killed_git_is_no_obstacle(blog: Blog) -> None:
    blog.publish()
    own = blog.folder / ".sitegen/publish.git"
    for name in ("index.lock", "shallow.lock", "config.lock", "HEAD.lock"):
        (own / name).touch()
    blog.post("second")
    assert blog.publish().returncode == 0


# What can go wrong


def refused(blog: Blog, status: int, *options: str, **environment: str) -> str:
    """What publish says when it refuses: never a traceback, and the branch does not change."""
    done = blog.publish(*options, **environment)
    assert (done.returncode, done.stdout) == (status, "")
    assert "Traceback" not in done.stderr
    assert blog.commits() == []
    return done.stderr


def test_no_git(blog: Blog) -> None:
    assert "git is not installed" in refused(blog, 2, PATH="/nowhere")


def test_no_repository(blog: Blog) -> None:
    shutil.rmtree(blog.folder / ".git")
    assert "is not in a git repository\n   hint: run git init" in refused(blog, 2)


def test_no_remote(blog: Blog) -> None:
    said = refused(blog, 2, "--remote", "orign")
    assert "there is no remote 'orign'\n   hint: did you mean 'origin'?" in said
    blog.git("remote", "remove", "origin")
    assert "git remote add origin git@github.com:" in refused(blog, 2)


def test_no_address(blog: Blog) -> None:
    blog.git("remote", "set-url", "origin", f"file://somebody:secret@{blog.remote}")
    blog.git("remote", "set-url", "origin", str(blog.remote))
    said = refused(blog, 2)
    assert "nothing says where the site will be" in said
    assert 'hint: put base_url = "https://…" into sitegen.toml' in said


def test_no_person(blog: Blog) -> None:
    Path(blog.environment["GIT_CONFIG_GLOBAL"]).write_text("")
    blog.git("remote", "set-url", "origin", str(blog.remote))
    assert blog.publish("--domain", "ada.example").returncode == 0
    author = blog.git("log", "-1", "--format=%an <%ae>", "gh-pages", at=blog.remote)
    assert author == "sitegen <sitegen@localhost>\n"


def test_remote_that_is_not_there(blog: Blog) -> None:
    blog.git("remote", "set-url", "origin", "https://ada:secret@localhost:1/blog.git")
    said = refused(blog, 1, "--domain", "ada.example")
    assert "error: git: unable to access 'https://localhost:1/blog.git/'" in said
    assert "secret" not in said


def test_hook_that_refuses(blog: Blog) -> None:
    hook = blog.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nprintf 'protected\\033[2J branch\\n' >&2\nexit 1\n")
    hook.chmod(0o755)
    said = refused(blog, 1)
    assert "'origin' refuses the push to 'gh-pages': pre-receive hook declined" in said
    assert "hint: it says: protected" in said
    assert "\x1b" not in said


def test_branch_that_is_checked_out(blog: Blog) -> None:
    assert "'main' is the branch you work on" in refused(blog, 2, "--branch", "main")


@pytest.mark.parametrize(
    "option",
    [("--branch", "a..b"), ("--branch", ""), ("--domain", "https://a.dev"), ("--remote", "-x")],
    ids=" ".join,
)
def test_value_that_cannot_be(blog: Blog, option: tuple[str, str]) -> None:
    refused(blog, 2, *option)


def test_configuration_for_this_repository_alone_is_used(blog: Blog) -> None:
    """A workflow of GitHub gives its credentials under such a condition."""
    config = Path(blog.environment["GIT_CONFIG_GLOBAL"])
    included = config.with_name("included")
    included.write_text(f"{config.read_text()}[push]\nfollowTags\n")
    config.with_name("always").write_text("")
    config.write_text(
        f'[includeIf "gitdir:{blog.folder}/.git"]\npath = included\n[include]\npath = always\n'
    )
    assert blog.publish().returncode == 0
    assert blog.git("log", "-1", "--format=%an", "gh-pages", at=blog.remote) == "Ada\n"


def test_interrupted_publish_says_how_things_stand(blog: Blog) -> None:
    script = 'case " $* " in *" push "*) kill -INT $PPID; exec sleep 60;; esac'
    done = blog.publish(**interposed(blog, script))
    assert (done.returncode, done.stdout) == (130, "")
    assert "interrupted: the branch has either the old site or the new one" in done.stderr
    assert blog.publish().returncode == 0


def test_publish_inside_a_hook_of_git_stays_in_its_folder(blog: Blog) -> None:
    assert blog.publish(GIT_DIR="/nowhere", GIT_INDEX_FILE="index").returncode == 0


# Files that no host takes


def test_symbolic_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hosts").symlink_to("/etc/hosts")
    with pytest.raises(SitegenError, match="is not a regular file: nothing is published"):
        site_files(tmp_path, ["hosts"], None)


def test_file_that_github_does_not_take_is_refused(blog: Blog) -> None:
    film = blog.folder / "static/film.mp4"
    film.parent.mkdir()
    with film.open("wb") as file:
        file.truncate((100 << 20) + 1)
    assert "files of up to 100 MB: 'film.mp4' has 100 MB" in refused(blog, 1)


def test_site_near_the_limit_is_published_with_a_word(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in blog.environment.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.setattr("sitegen.publish.publish.LARGEST_SITE", 1000)
    published = publish(blog.folder, PublishOptions(), datetime.now(UTC), Console())
    assert "GitHub Pages takes" in published.advice[0]
    assert "index.html" in blog.published()
