"""Each recipe of the manual, built as a reader would, does what it says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from tests.examples import FENCED, build, text_of, write

ADDRESS = "https://me.example/"
POSTS = {
    "content/posts/first.md": "---\ndate: 2026-01-01\ntags: [python, web, css]\n---\nOne.\n",
    "content/posts/second.md": "---\ndate: 2026-01-02\ntags: [web, css]\n---\nTwo.\n",
    "content/posts/third.md": "---\ndate: 2026-01-03\ntags: [css]\n---\nThree.\n",
    "content/posts/fourth.md": "---\ndate: 2026-01-04\ntags: [music]\n---\nFour.\n",
    "content/posts/maths/_index.md": "All of it.\n",
    "content/posts/compilers.md": "A post.\n",
}
"""What the blog of a reader holds already."""
PICTURES = {"content/posts/crane.png": ""}


def recipes() -> dict[str, dict[str, str]]:
    """The files of each recipe, by its name and by their paths."""
    _, *parts = re.split(r"^#{2,3} (.+)$", text_of("recipes.md"), flags=re.MULTILINE)
    named = zip(parts[::2], parts[1::2], strict=True)
    return {
        name: files
        for name, text in named
        if (files := {match[3]: match[4] for match in FENCED.finditer(text) if match[3]})
    }


class Blog:
    """A blog that was built with the files of a recipe."""

    def __init__(self, folder: Path, recipe: str, address: str = ADDRESS) -> None:
        files = POSTS | PICTURES | recipes()[recipe]
        files["sitegen.toml"] = f'base_url = "{address}"\n{files.get("sitegen.toml", "")}'
        write(folder, files)
        Image.new("RGB", (8, 6)).save(folder / "content/posts/crane.png")
        self.public = folder / "public"
        self.diagnostics = build(folder, self.public)["diagnostics"]

    def file(self, address: str) -> Path:
        """The file that a host serves at an address."""
        path = self.public / address.removeprefix(ADDRESS)
        return path / "index.html" if path.is_dir() else path

    def page(self, url: str) -> str:
        return (self.public / url.strip("/") / "index.html").read_text("utf-8")

    def links(self, url: str, within: str = "//main") -> list[str]:
        """Where the links of a part of a page lead, in order."""
        found = lxml.html.fromstring(self.page(url)).xpath(f"{within}//a/@href")
        return [str(link) for link in found]

    def with_text(self, text: str) -> set[str]:
        """The pages that have this text in their HTML, by their paths."""
        pages = (path for path in self.public.rglob("*.html") if text in path.read_text("utf-8"))
        return {
            path.relative_to(self.public).as_posix().removesuffix("/index.html") for path in pages
        }


def comments(blog: Blog) -> None:
    posts = {path.removeprefix("content/").removesuffix(".md") for path in POSTS}
    assert blog.with_text("giscus.app") == posts - {"posts/maths/_index"}
    assert 'data-lang="en"' in blog.page("posts/first")


def analytics(blog: Blog) -> None:
    assert len(blog.with_text("goatcounter")) == len([*blog.public.rglob("*.html")])


def related(blog: Blog) -> None:
    """Most shared tags first, and newest first where as many are shared."""
    aside = "//aside"
    assert blog.links("posts/first", aside) == ["/posts/second/", "/posts/third/"]
    assert blog.links("posts/third", aside) == ["/posts/second/", "/posts/first/"]
    assert blog.links("posts/fourth", aside) == []


def landing(blog: Blog) -> None:
    assert "I build small compilers" in blog.page("")
    links = [link for link in blog.links("") if link.startswith("/posts/")]
    assert links == ["/posts/fourth/", "/posts/third/", "/posts/second/"]
    assert blog.links("")[-1] == "/blog/"
    assert "/posts/first/" in blog.links("blog")


def section(blog: Blog) -> None:
    assert blog.links("", "//header//nav") == ["/talks/", "/archive/"]
    assert "What I said" in blog.page("talks")
    assert "/talks/2026/parsers/" in blog.links("talks")
    assert "/talks/2026/parsers/" in blog.links("")
    assert "/posts/first/" not in blog.links("talks")


def images(blog: Blog) -> None:
    assert (blog.public / "posts/harbour/crane.png").is_file()
    page = blog.page("posts/harbour")
    assert page.count('src="/posts/harbour/crane.png"') == 2
    assert 'content="https://me.example/posts/harbour/crane.png"' in page


def component(blog: Blog) -> None:
    page = blog.page("posts/reading")
    assert '<cite><a href="https://books.example/1">A Pattern Language</a></cite>' in page
    assert "Christopher Alexander: read it, 5 of 5</p>\n<p>About <em>houses</em>" in page
    assert '"/parts/book.css"' in page
    assert "book.css" not in blog.page("posts/first")


def old_urls(blog: Blog) -> None:
    old = (blog.public / "2019/05/parsers.html").read_text("utf-8")
    assert all("/posts/parsers/" in page for page in (old, blog.page("blog/parsers")))
    assert (blog.public / "_redirects").read_text("utf-8").startswith("/tag/*")


def not_found(blog: Blog) -> None:
    page = (blog.public / "404.html").read_text("utf-8")
    assert "Nothing here" in page
    assert '<a href="/posts/fourth/">' in page


def profiles(blog: Blog) -> None:
    links = ["https://code.example/ada", "https://social.example/@ada"]
    assert [link for link in blog.links("", "//body") if ".example/" in link] == links


CLAIMS: dict[str, Callable[[Blog], None]] = {
    "Comments": comments,
    "Analytics": analytics,
    "Related posts": related,
    "A landing page": landing,
    "A section of its own": section,
    "Images beside a post": images,
    "A component of your own": component,
    "Old URLs": old_urls,
    "A 404 page of your own": not_found,
    "Links to your profiles": profiles,
}
"""What each recipe says comes of it."""


def test_every_recipe_has_its_test() -> None:
    assert recipes().keys() == CLAIMS.keys()


@pytest.mark.parametrize("recipe", CLAIMS)
def test_recipe_does_what_it_says(recipe: str, tmp_path: Path) -> None:
    blog = Blog(tmp_path, recipe)
    assert blog.diagnostics == []
    CLAIMS[recipe](blog)


def test_visits_on_your_own_computer_are_not_counted(tmp_path: Path) -> None:
    assert Blog(tmp_path, "Analytics", "http://127.0.0.1:8000/").with_text("goatcounter") == set()
