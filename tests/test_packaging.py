"""What a stranger gets: the wheel and the source distribution, and a site from nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import threading
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

from sitegen import __version__
from tests.conftest import ROOT, tool, unavailable

OFFLINE = ("No matching distribution", "ConnectionError", "NewConnectionError", "Temporary failure")
VENVS = {".venv", ".venv-oldest", ".venv-newest"}
LEFT_OUT = VENVS | {".git", ".sitegen", "node_modules", "public", "dist"}
STRAYS = ("venv/lib/sitegen/stray.py", "old/docs/stray.md", ".venv/sitegen/stray.py")
RECORD = f"sitegen_blog-{__version__}.dist-info/RECORD"


def run(*command: str | Path, cwd: Path, **variables: str) -> str:
    """What a command says, run without a way to this repository; skips without a package index."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"} | variables,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = done.stdout + done.stderr
    if done.returncode and any(sign in told for sign in OFFLINE):
        unavailable("there is no package index to install from")
    assert done.returncode == 0, told
    return told


def made_here(folder: str, names: list[str]) -> set[str]:
    """The entries of a folder of this repository that a clone does not have."""
    caches = {name for name in names if name.endswith(("cache", "cache__")) and name[0] in "._"}
    return caches | {name for name in names if Path(folder) == ROOT and name in LEFT_OUT}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository, with an environment and an old folder left lying in it."""
    folder = tmp_path_factory.mktemp("checkout") / "sitegen"
    shutil.copytree(ROOT, folder, ignore=made_here)
    for stray in STRAYS:
        (folder / stray).parent.mkdir(parents=True)
        (folder / stray).touch()
    return folder


@pytest.fixture(scope="module")
def packages(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that was built from it.

    With the build backend of this environment: an isolated build would fetch the newest one.
    """
    folder = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, checkout, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(packages: Path) -> Path:
    [wheel] = packages.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The versions of everything here, whether locked, lowest or newest, as a file for pip."""
    file = tmp_path_factory.mktemp("versions") / "versions.txt"
    lines = (f"{one.name}=={one.version}\n" for one in distributions())
    file.write_text("".join(lines), "utf-8")
    return file


@pytest.fixture(scope="module")
def programs(wheel: Path, versions: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment with the wheel, what it needs, and what builds it."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--constraint", versions)
    run(*pip, f"{wheel}[build-backend]", cwd=folder)
    return programs


@pytest.fixture(scope="module")
def repository(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The address of a git repository with this project, on a server, and its newest commit."""
    folder = tmp_path_factory.mktemp("served")
    git = (tool("git"), "-c", "user.name=x", "-c", "user.email=x@example.org")
    run(*git, "init", "--quiet", cwd=checkout)
    run(*git, "add", "sitegen", "pyproject.toml", "README.md", "LICENSE", cwd=checkout)
    run(*git, "commit", "--quiet", "--message", "x", cwd=checkout)
    run(*git, "clone", "--quiet", "--bare", checkout, "sitegen.git", cwd=folder)
    run(*git, "update-server-info", cwd=folder / "sitegen.git")
    commit = run(*git, "rev-parse", "HEAD", cwd=checkout).strip()
    with served(folder) as url:
        yield f"{url}sitegen.git", commit


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the files of a folder are served, for as long as it takes."""
    handler = partial(Quiet, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class's)
        pass


def tracked(folder: str) -> set[str]:
    """The files of a folder of this repository that are not made by running it."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}


def test_wheel_is_the_package_and_nothing_else(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == tracked("sitegen")


@pytest.mark.parametrize(
    "part",
    [
        "scaffold/files/demo/content/posts/code.md",
        "scaffold/files/site/.gitignore",
        "theme/i18n/en.toml",
        "theme/scripts/code.js",
        "theme/static/fonts/",
        "theme/styles/tokens.css",
        "theme/templates/base.html",
    ],
)
def test_wheel_has_what_is_no_python(wheel: Path, part: str) -> None:
    assert any(name.startswith(f"sitegen/{part}") for name in ZipFile(wheel).namelist())


def test_source_distribution_has_package_tests_and_manual_and_nothing_stray(packages: Path) -> None:
    [archive] = packages.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    folders = ("sitegen", "tests", "content", "docs", "templates", "static", ".github")
    for folder in folders:
        assert tracked(folder) <= names
    assert not any(name.endswith(("/stray.py", "/stray.md")) for name in names)


def test_package_index_would_take_both(packages: Path) -> None:
    files = sorted(packages.iterdir())
    run(sys.executable, "-m", "twine", "check", "--strict", *files, cwd=packages)


def test_package_index_shows_pictures_and_links_of_the_readme(wheel: Path) -> None:
    archive = ZipFile(wheel)
    [name] = (name for name in archive.namelist() if name.endswith("/METADATA"))
    readme = archive.read(name).decode()
    pictures = re.findall(r"(?:src|srcset)=\"([^\"]+)\"", readme)
    targets = [*re.findall(r"\]\(([^)]+)\)", readme), *pictures]
    assert [target for target in targets if not target.startswith("https://")] == []
    for path in re.findall(r"sitegen/sitegen/(?:blob/)?main/([^)\s\"]+)", readme):
        assert (ROOT / path).exists(), path


def test_wheel_alone_makes_a_site(programs: Path, tmp_path: Path) -> None:
    """In an empty environment, in a folder that knows nothing of this repository."""
    where = run(programs / "python", "-c", "import sitegen; print(sitegen.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(programs.parent)
    run(programs / "sitegen", "init", "blog", "--url", "https://a.example", cwd=tmp_path)
    run(programs / "sitegen", "build", "--strict", cwd=tmp_path / "blog")
    assert (tmp_path / "blog/public/posts/by-halves/looks.svg").is_file()


def install(programs: Path, *what: str | Path, cwd: Path) -> None:
    """Put another copy of sitegen into the environment; what it needs is there."""
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps")
    run(*pip, "--no-build-isolation", *what, cwd=cwd)


def hosted(programs: Path, tmp_path: Path) -> tuple[Path, str]:
    """A new site, and what its host is asked to install; a host that does so can build it."""
    run(programs / "sitegen", "init", "blog", "--github", "--url", "https://a.b", cwd=tmp_path)
    blog = tmp_path / "blog"
    run(programs / "sitegen", "doctor", cwd=blog)
    line = (blog / "requirements.txt").read_text("utf-8").splitlines()[-1]
    return blog, line


def test_host_installs_the_release_where_a_package_index_had_it(
    programs: Path, packages: Path, tmp_path: Path
) -> None:
    index = ("--no-index", "--find-links", packages)
    install(programs, *index, "sitegen-blog", cwd=tmp_path)
    blog, line = hosted(programs, tmp_path)
    assert line == f"sitegen-blog=={__version__}"
    install(programs, *index, "--requirement", "requirements.txt", cwd=blog)
    run(programs / "sitegen", "build", "--strict", cwd=blog)


def test_host_installs_the_commit_of_a_public_repository(
    programs: Path, repository: tuple[str, str], tmp_path: Path
) -> None:
    url, commit = repository
    install(programs, f"git+{url}", cwd=tmp_path)
    blog, line = hosted(programs, tmp_path)
    assert line == f"sitegen-blog @ git+{url}@{commit}"
    install(programs, "--requirement", "requirements.txt", cwd=blog)
    run(programs / "sitegen", "build", "--strict", cwd=blog)


@pytest.mark.parametrize("kind", ["wheel", "folder", "editable", "private repository"])
def test_host_installs_a_wheel_of_a_copy_that_it_could_not_get(
    kind: str, programs: Path, wheel: Path, checkout: Path, repository: object, tmp_path: Path
) -> None:
    what = {
        "wheel": (wheel,),
        "folder": (checkout,),
        "editable": ("--editable", checkout),
        "private repository": (f"git+{checkout.as_uri()}",),
    }
    install(programs, *what[kind], cwd=tmp_path)
    blog, line = hosted(programs, tmp_path)
    assert line == f"./vendor/sitegen_blog-{__version__}-py3-none-any.whl"
    before = {name: ZipFile(wheel).read(name) for name in ZipFile(wheel).namelist()}
    after = {name: ZipFile(blog / line).read(name) for name in ZipFile(blog / line).namelist()}
    assert {n for n in before.keys() | after.keys() if before.get(n) != after.get(n)} <= {RECORD}
    install(programs, "--requirement", "requirements.txt", cwd=blog)
    run(programs / "sitegen", "build", "--strict", cwd=blog)


def test_first_commands_of_readme_and_manual_work_word_for_word(
    checkout: Path, versions: Path, tmp_path: Path
) -> None:
    """In a clone, in a home folder that is empty. The server at the end would run for ever."""
    [commands] = re.findall(r"^python3 -m venv .*?(?=^```)", text("README.md"), re.M | re.S)
    assert "".join(f"$ {line}\n" for line in commands.splitlines()) in text(
        "content/pages/start.md"
    )
    script = commands.replace("sitegen serve", "sitegen build")
    shell = (tool("bash"), "-euc", f"cd '{checkout}'; {script}")
    constraints = {"PIP_CONSTRAINT": str(versions), "PIP_BUILD_CONSTRAINT": str(versions)}
    run(*shell, cwd=tmp_path, HOME=str(tmp_path), **constraints)
    assert (tmp_path / "blog/public/index.html").is_file()


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")
