"""Libraries that only some sites need, where they are missing or broken. Real processes: once a
library is loaded, it cannot be taken away.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

CONFIG = '[theme]\ncards = true\n[diagnostics]\nSG004 = "off"\n'
WITHOUT = """
import sys
sys.modules["pyvips"] = None
from sitegen.__main__ import begin
begin()
"""
BROKEN = "raise OSError(\"cannot load library 'libvips.so.42'\")\n"


def built(
    site: Path, code: str, *folders: Path, config: str = CONFIG, text: str = "Text."
) -> tuple[int, list[dict[str, Any]]]:
    """The exit status of a build of a site with a post, and what it reports."""
    (site / "content").mkdir(parents=True, exist_ok=True)
    (site / "sitegen.toml").write_text(config)
    (site / "content/a.md").write_text(text)
    command = [sys.executable, "-c", code, "build", str(site), "--format", "json"]
    path = ":".join(map(str, (*folders, ROOT)))
    done = subprocess.run(command, capture_output=True, env={"PYTHONPATH": path}, check=False)
    return done.returncode, json.loads(done.stdout)["diagnostics"]


def test_cards_without_the_extra_are_a_warning_at_the_key(tmp_path: Path) -> None:
    status, [told] = built(tmp_path / "site", WITHOUT)
    assert (status, told["code"], told["path"], told["line"]) == (0, "SG016", "sitegen.toml", 2)
    assert told["hint"] == "pip install 'sitegen-blog[cards]'"
    assert not (tmp_path / "site/public/cards").exists()
    page = (tmp_path / "site/public/posts/a/index.html").read_text("utf-8")
    assert "og:image" not in page


def test_icons_without_the_extra_are_a_warning_at_the_key(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "static").mkdir(parents=True)
    (site / "static/me.png").write_bytes(b"a picture")
    status, [told] = built(
        site, WITHOUT, config=CONFIG.replace("[theme]\ncards = true", 'icon = "me.png"')
    )
    assert (status, told["code"], told["line"]) == (0, "SG016", 1)
    page = (site / "public/index.html").read_text("utf-8")
    assert '<link rel="icon" href="/me.png" type="image/png">' in page
    assert "apple-touch-icon" not in page


def test_a_broken_library_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/pyvips.py").write_text(BROKEN)
    code = WITHOUT.replace('sys.modules["pyvips"] = None', "")
    status, [told] = built(tmp_path / "site", code, tmp_path / "lib")
    assert (status, told["code"]) == (1, "SG413")
    assert "libvips.so.42" in told["message"]
    assert "sitegen-blog[cards]" in told["hint"]


def test_copies_of_images_without_the_extra_are_a_warning_at_the_table(tmp_path: Path) -> None:
    config = CONFIG.replace("[theme]\ncards = true", "[images]\nquality = 60")
    code = WITHOUT.replace("pyvips", "PIL")
    status, [told] = built(tmp_path / "asks", code, config=config)
    assert (status, told["code"], told["path"], told["line"]) == (0, "SG015", "sitegen.toml", 1)
    assert told["hint"] == "pip install 'sitegen-blog[images]'"
    config = config.replace("quality = 60", "formats = []")
    assert built(tmp_path / "does not", code, config=config) == (0, [])


def test_formulas_without_the_extra_are_one_warning(tmp_path: Path) -> None:
    config = "[markdown]\nmath = true\n[diagnostics]\nSG004 = 'off'\n"
    code = WITHOUT.replace("pyvips", "math_core")
    status, [told] = built(tmp_path / "site", code, config=config, text="As $a<b$ shows.")
    assert (status, told["code"], told["path"]) == (0, "SG331", "content/a.md")
    assert told["hint"] == "pip install 'sitegen-blog[math]'"
    page = (tmp_path / "site/public/posts/a/index.html").read_text("utf-8")
    assert "As <code>a&lt;b</code> shows." in page
    assert built(tmp_path / "none", code, config=config) == (0, [])


def test_diagrams_without_the_extra_are_code_and_a_warning_at_the_key(tmp_path: Path) -> None:
    config = "[markdown]\ndiagrams = ['mermaid', 'graphviz']\n[diagnostics]\nSG004 = 'off'\n"
    code = WITHOUT.replace("pyvips", "mmdr").replace("begin()", "os.environ['PATH'] = ''\nbegin()")
    text = "```mermaid\nflowchart LR\n a --> b\n```\n"
    status, told = built(tmp_path / "site", f"import os{code}", config=config, text=text)
    assert (status, [(each["code"], each["line"]) for each in told]) == (0, [("SG333", 2)] * 2)
    assert "pip install 'sitegen-blog[diagrams]'" in {each["hint"] for each in told}
    page = (tmp_path / "site/public/posts/a/index.html").read_text("utf-8")
    assert '<div class="highlight" data-lang="mermaid">' in page


def test_notebooks_without_the_extra_are_errors(tmp_path: Path) -> None:
    config = "[content]\nnotebooks = true\n[diagnostics]\nSG004 = 'off'\n"
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/content/b.ipynb").write_text("{}")
    status, [told] = built(tmp_path / "site", WITHOUT.replace("pyvips", "nbformat"), config=config)
    assert (status, told["code"], told["path"]) == (1, "SG313", "content/b.ipynb")
    assert told["hint"] == "pip install 'sitegen-blog[notebooks]'"
