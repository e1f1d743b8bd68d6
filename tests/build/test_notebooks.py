"""Notebooks as posts: after every edit, the site is that of a clean build."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.content.notebook import can_read_notebooks
from tests.content.test_notebook import PICTURE, code, markdown, place_of, shown, written
from tests.oracle import OUTPUT, Twins
from tests.prefork import sitegen

pytestmark = pytest.mark.skipif(not can_read_notebooks(), reason="nbformat is not installed")

CONFIG = 'base_url = "https://a.example/"\n[content]\nnotebooks = true\n[export]\nmarkdown = true\n'
FRONT_MATTER = {"date": "2024-01-01", "title": "Note"}


@pytest.fixture
def twins(tmp_path: Path) -> Twins:
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", CONFIG)
    twins.write("content/posts/b.md", "---\ndate: 2024-01-02\n---\n[A](a.ipynb#part)\n")
    return twins


def picture(content: str = PICTURE) -> str:
    cells = markdown("## Part\n\n[b](b.md)"), code("x", shown({"image/png": content}))
    return written(*cells, sitegen=FRONT_MATTER)


def test_notebook_is_a_post_with_its_pictures_beside_it(twins: Twins) -> None:
    twins.write("content/posts/a.ipynb", picture())
    report = twins.build()
    assert report
    assert report.is_published
    assert {each.code for each in report.diagnostics} == {"SG905"}
    folder = twins.site / OUTPUT / "posts/a"
    page = (folder / "index.html").read_text("utf-8")
    assert '<a href="/posts/b/">b</a>' in page
    assert '<img src="/posts/a/cell-2-1.png"' in page
    assert (folder / "cell-2-1.png").read_bytes() == b"picture"
    assert "(https://a.example/posts/a/cell-2-1.png)" in (folder / "index.md").read_text("utf-8")
    assert "https://a.example/posts/a/cell-2-1.png" in (folder / "../../feed.xml").read_text(
        "utf-8"
    )


def test_dollars_are_formulas_unless_the_front_matter_says_no(twins: Twins) -> None:
    """As in Jupyter, whatever the configuration says of Markdown."""
    twins.remove("content/posts/b.md")
    for math, name in ((None, "on"), (False, "off")):
        meta = FRONT_MATTER | ({} if math is None else {"math": math})
        twins.write(f"content/posts/{name}.ipynb", written(markdown("As $x$."), sitegen=meta))
    assert twins.build()
    pages = [
        (twins.site / OUTPUT / f"posts/{name}/index.html").read_text("utf-8")
        for name in ("on", "off")
    ]
    assert ["<p>As $x$." in page for page in pages] == [False, True]


def test_other_picture_is_all_that_is_written_again(twins: Twins) -> None:
    twins.write("content/posts/a.ipynb", picture())
    twins.build()
    twins.write("content/posts/a.ipynb", picture("b3RoZXI="))
    report = twins.build()
    assert report
    assert "posts/a/cell-2-1.png" in report.written
    twins.write("content/posts/a.ipynb", written(markdown("## Part"), sitegen=FRONT_MATTER))
    assert (report := twins.build())
    assert report.removed == ("parts/zoom.css", "parts/zoom.js", "posts/a/cell-2-1.png")
    twins.write("sitegen.toml", CONFIG.replace("true", "false", 1))
    twins.write("content/posts/b.md", "---\ndate: 2024-01-02\n---\n[A](a.ipynb)\n")
    assert (report := twins.build())
    assert (twins.site / OUTPUT / "posts/b/a.ipynb").exists()


def test_broken_link_is_reported_where_it_is_in_the_file(twins: Twins) -> None:
    text = written(markdown('A "quote",\n\n\t[x](bb.md)'.replace("\t", "")), sitegen=FRONT_MATTER)
    twins.write("content/posts/a.ipynb", text)
    report = twins.build()
    assert report
    (problem,) = (each for each in report.diagnostics if each.path == "content/posts/a.ipynb")
    assert (problem.code, problem.line, problem.column) == ("SG301", *place_of("[x]", text))


def test_doctor_reads_the_front_matter_of_notebooks(twins: Twins) -> None:
    twins.write("content/posts/a.ipynb", picture())
    said = sitegen("doctor", twins.site)
    assert "no date" not in said.stdout + said.stderr


def test_notebook_of_a_site_that_reads_none_is_a_file_that_nobody_names(twins: Twins) -> None:
    twins.write("sitegen.toml", CONFIG.replace("true", "false", 1))
    twins.remove("content/posts/b.md")
    twins.write("content/posts/a.ipynb", picture())
    report = twins.build()
    assert report
    (problem,) = report.diagnostics
    assert (problem.code, problem.path) == ("SG010", "content/posts/a.ipynb")
    assert problem.hint
    assert problem.hint.startswith("for a post, write [content] notebooks = true")
