"""What the numbers depend on: the machine, and the version of everything that ran on it."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from bench.peers import NODE_PEERS, PYTHON_PEERS, SITEGEN, Contestant, clean_environment, node

ROOT = Path(__file__).parent.parent
SITEGEN_USES = ("markdown-it-py", "Pygments", "Jinja2")
PELICAN_USES = ("Markdown", "Pygments", "Jinja2")
ELEVENTY_USES = ("@11ty/eleventy-plugin-rss", "@11ty/eleventy-plugin-syntaxhighlight", "prismjs")
ASTRO_USES = ("satteri", "@astrojs/prism", "@astrojs/rss", "vite")


def kind() -> str:
    """The class of machine, for a file name: `linux-x86_64-2cpu-24gb`."""
    gigabytes = round(_memory() / 2**30)
    system = f"{platform.system()}-{platform.machine()}".lower()
    return f"{system}-{os.cpu_count()}cpu-{gigabytes}gb"


def describe() -> Mapping[str, str]:
    return {
        "processor": _processor(),
        "processors": str(os.cpu_count()),
        "memory": f"{_memory() / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "load before": f"{os.getloadavg()[2]:.1f}",
    }


def versions(contestants: Iterable[Contestant]) -> Mapping[str, str]:
    """What everyone says of itself, and the libraries that decide its speed."""
    programs: dict[tuple[str, ...], str] = {}
    for contestant in contestants:
        programs.setdefault(contestant.version, contestant.name)
    said = {name: _first_line(command) for command, name in programs.items()}
    libraries = {
        "sitegen's commit": _first_line(("git", "-C", str(ROOT), "describe", "--always")),
        "sitegen uses": _listed(_installed(SITEGEN, SITEGEN_USES)),
        "pelican uses": _listed(_installed(PYTHON_PEERS, PELICAN_USES)),
        "eleventy uses": _listed({name: _npm_version(name) for name in ELEVENTY_USES}),
        "astro uses": _listed({name: _npm_version(name) for name in ASTRO_USES}),
        "python": platform.python_version(),
        "node": _first_line((node(), "--version")),
    }
    return said | libraries


def _processor() -> str:
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = (line.partition(":")[2].strip() for line in info if line.startswith("model name"))
    return next(models, platform.machine())


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _first_line(command: tuple[str, ...]) -> str:
    said = subprocess.run(
        command, env=clean_environment(), capture_output=True, text=True, check=True
    )
    return " ".join(said.stdout.strip().partition("\n")[0].split())


def _listed(found: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in found.items())


def _installed(environment: Path, names: Iterable[str]) -> Mapping[str, str]:
    folder = next(environment.glob("lib/python*/site-packages"))
    found = metadata.distributions(path=[str(folder)])
    installed = {one.metadata["Name"].lower(): one.version for one in found}
    return {name: installed[name.lower()] for name in names}


def _npm_version(name: str) -> str:
    package = json.loads((NODE_PEERS / name / "package.json").read_text(encoding="utf-8"))
    return str(package["version"])
