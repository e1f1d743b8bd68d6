"""Links that a build checks against what it is going to publish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import sitegen
from tests.journal import Journal

BASE = "https://me.example/blog/"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>'


def write(site: Path, path: str, text: str) -> None:
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site below `/blog/` in which the base path is written everywhere, once too often."""
    menu = '[[menu]]\ntitle = "A"\nurl = "about/"\n[[menu]]\ntitle = "B"\nurl = "/blog/about/"\n'
    write(tmp_path, "sitegen.toml", f'base_url = "{BASE}"\n{menu}')
    write(tmp_path, "content/pages/about.md", "# About\n")
    write(tmp_path, "content/posts/hello.md", "[a](/blog/about/) [b](/about/) ![c](/blog/c.svg)\n")
    write(tmp_path, "content/posts/other.md", "---\nimage: /blog/c.svg\n---\n[a](/blog/?q#x)\n")
    write(tmp_path, "static/c.svg", SVG)
    write(
        tmp_path,
        "templates/base.html",
        "{% for item in site.menu %}<a href='{{ item.url }}'></a>{% endfor %}"
        "<i id='x'></i>{{ page.image }}"
        "<a href=\"{{ url('/blog/about/') }}\"></a>{{ page.content if page.kind == 'post' }}\n",
    )
    return tmp_path


def told(site: Path, *command: str) -> list[tuple[str, str, str]]:
    """Code, message and hint of each problem."""
    done = sitegen(*command, site, "--format", "json")
    assert done.stderr == ""
    return [(d["code"], d["message"], d["hint"]) for d in json.loads(done.stdout)["diagnostics"]]


def test_url_that_has_the_base_path_is_meant_as_it_is(site: Path) -> None:
    """It became `/blog/blog/about/`, and the hint suggested what was written."""
    assert told(site, "build") == []
    assert told(site, "check") == []
    assert "/blog/blog/" not in "".join(p.read_text() for p in (site / "public").rglob("*.html"))


@pytest.mark.parametrize(
    "file", ["static/blog/c.svg", "content/posts/deep.md", "content/posts/old.md"]
)
def test_site_with_a_folder_called_like_its_base_path_says_what_it_means(
    site: Path, file: str
) -> None:
    texts = {
        "content/posts/deep.md": "---\npermalink: /blog/blog/deep/\n---\n",
        "content/posts/old.md": "---\naliases: [/blog/blog/old/]\n---\n",
    }
    write(site, file, texts.get(file, "x"))
    write(site, "content/posts/hello.md", "[a](/blog/c.svg)\n")
    sitegen("build", site)
    problems = told(site, "build")
    assert ("SG301", "broken link: '/blog/about/'", "did you mean '/about/'?") in problems


HINTED = ["/abuot/", "/blog/abuot/", "../abuot/", "/blog/C.svg", "/blog/about"]


@pytest.mark.parametrize("href", HINTED)
def test_hint_that_is_obeyed_mends_the_link(site: Path, href: str) -> None:
    write(site, "content/posts/hello.md", f"[a]({href})\n")
    [(_, _, hint)] = told(site, "build")
    meant = hint.split("'")[1]
    assert meant != href
    write(site, "content/posts/hello.md", f"[a]({meant})\n")
    assert told(site, "build") == []
    assert told(site, "check") == []


def test_file_that_a_hint_asks_for_mends_the_link(site: Path) -> None:
    write(site, "content/posts/hello.md", "![a](/blog/maps/my%20city.svg?v=2)\n")
    [(code, _, hint)] = told(site, "build")
    assert (code, hint) == ("SG303", "put the file at static/maps/my city.svg")
    write(site, hint.removeprefix("put the file at "), SVG)
    assert told(site, "build") == []


def test_link_of_a_template_is_told_of_in_every_build(tmp_path: Path) -> None:
    """Of pages that are kept as of those that are rendered, and of none that do not show it."""
    journal = Journal(tmp_path)
    journal.write(
        "templates/footer.html",
        "<a href='/gone/'>x</a>{% if site.tags|length > 2 %}<a href='/nowhere/'>y</a>{% endif %}",
    )
    for text in ("One.", "Two."):
        journal.post("content/posts/three.md", text)
        report = journal.build()
        assert report
        [problem] = [d for d in report.diagnostics if d.path == "templates/footer.html"]
        assert (problem.line, problem.column) == (1, 10)
        assert problem.message.startswith("broken link: '/gone/' (on 404.html and ")


def test_link_to_the_page_of_a_document_with_a_mistake_is_not_broken(site: Path) -> None:
    write(site, "content/pages/about.md", "---\ntitle: [\n---\n")
    assert [code for code, _, _ in told(site, "build")] == ["SG101"]
