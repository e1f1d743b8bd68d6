"""Blogs that were made for another generator: the hint of a broken link names the setting that
mends them all, and obeying it does.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command import sitegen

SETTING = re.compile(r'\[(\w+)\] (\w+ = ".*")$')


def write(site: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")


def told(site: Path, *codes: str) -> list[dict[str, str]]:
    """The problems with these codes."""
    done = sitegen("build", site, "--format", "json")
    assert done.stderr == ""
    return [found for found in json.loads(done.stdout)["diagnostics"] if found["code"] in codes]


@pytest.mark.parametrize(
    ("files", "setting"),
    [
        ({"content/a.md": "[b](/b/)\n", "content/b.md": "b\n"}, 'posts = "/{slug}/"'),
        (
            {
                "content/2024-01-02-a.md": "[b](/2023/05/06/b.html#x)\n",
                "content/2023-05-06-b.md": "## X\n",
            },
            'posts = "/{year}/{month}/{day}/{slug}.html"',
        ),
        (
            {"content/talks/a.md": "[b](/notes/b)\n", "content/notes/b.md": "b\n"},
            'posts = "/{section}/{slug}/"',
        ),
        ({"content/a.md": "[b](/log/b/)\n", "content/b.md": "b\n"}, 'posts = "/log/{slug}/"'),
        (
            {"content/a.md": "[w](#what-s-new)\n\n## What's new?\n"},
            'anchors = "zola"',
        ),
        (
            {"content/en/blog/a.md": "![x](/blog/x.png)\n", "content/en/blog/x.png": "x"},
            'path = "content/en"',
        ),
    ],
)
def test_setting_that_a_hint_names_mends_the_links_of_a_blog_that_moved(
    tmp_path: Path, files: dict[str, str], setting: str
) -> None:
    write(tmp_path, files)
    (problem,) = told(tmp_path, "SG301", "SG302", "SG303", "SG705")
    named = SETTING.search(problem["hint"])
    assert named, problem
    assert named[2] == setting
    write(tmp_path, {"sitegen.toml": f"[{named[1]}]\n{named[2]}\n"})
    found = told(tmp_path, "SG301", "SG302", "SG303")
    assert found == []


def test_file_of_the_content_folder_that_has_another_url_is_to_be_moved(tmp_path: Path) -> None:
    write(tmp_path, {"_posts/2024-01-02-a.md": "![x](/x.png)\n", "files/x.png": "x"})
    (problem,) = told(tmp_path, "SG303")
    assert problem["hint"] == "move files/x.png to static/x.png"


def test_file_that_is_named_without_its_folder_is_found(tmp_path: Path) -> None:
    """As Obsidian has it: the name of a picture is enough, wherever in the vault it is."""
    write(tmp_path, {"Notes/a.md": "![x](x.png)\n", "Files/x.png": "x"})
    (problem,) = told(tmp_path, "SG303")
    assert problem["hint"] == "did you mean '../Files/x.png'?"


def test_post_without_a_date_gets_no_pattern_that_needs_one(tmp_path: Path) -> None:
    write(tmp_path, {"content/a.md": "[b](/2023/05/b/)\n", "content/b.md": "b\n"})
    (problem,) = told(tmp_path, "SG301")
    assert "{year}" not in problem["hint"]


@pytest.mark.parametrize(
    "path", ["content/404.md", "content/pages/404.md", "content/pages/lost.md"]
)
def test_page_of_the_site_takes_the_place_of_the_not_found_page(tmp_path: Path, path: str) -> None:
    """It was an error where it had that permalink, and else at /404/, where no host looks."""
    permalink = "permalink: /404.html\n" if path.endswith("lost.md") else ""
    write(
        tmp_path,
        {
            path: f"---\ntitle: Lost\n{permalink}---\n[Home](/)\n",
            "content/posts/a.md": "# A\n",
        },
    )
    assert sitegen("build", tmp_path).returncode == 0
    page = (tmp_path / "public/404.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page
    assert "Lost" in page
    assert 'rel="canonical"' not in page
    for listing in ("index.html", "sitemap.xml", "feed.xml"):
        assert not re.search("lost|404", (tmp_path / "public" / listing).read_text("utf-8"), re.I)


def test_links_of_other_generators_lead_to_the_same_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "content/posts/a.md": "[b](@/posts/b.md#c) [b]({filename}b.md) ![x]({static}/x.png)"
            " ![y]({attach}y.png)\n\n<img src='{{ site.baseurl }}/z.png' alt='z'>\n",
            "content/posts/b.md": "## C\n",
            "content/x.png": "x",
            "content/posts/y.png": "y",
            "static/z.png": "z",
        },
    )
    assert told(tmp_path, "SG301", "SG302", "SG303", "SG901") == []
    page = (tmp_path / "public/posts/a/index.html").read_text("utf-8")
    found = re.findall(r"""(?:href|src)=["']([^"']*[bxyz](?:\.png|/(?:#c)?))["']""", page)
    assert {*found} == {"/posts/b/#c", "/posts/b/", "/x.png", "/posts/a/y.png", "/z.png"}


def test_file_about_the_repository_is_in_no_list(tmp_path: Path) -> None:
    """The newest post of a blog kept beside code was its README."""
    write(
        tmp_path,
        {"README.md": "# Lorem\n", "blog/a.md": "[r](../README.md)\n", "lib/README.md": "# Lib\n"},
    )
    (problem,) = told(tmp_path, "SG013", "SG201", "SG301")
    assert (problem["code"], problem["path"]) == ("SG013", "README.md")
    assert "Lorem" in (tmp_path / "public/readme/index.html").read_text("utf-8")
    for listing in ("index.html", "feed.xml", "sitemap.xml"):
        assert "Lorem" not in (tmp_path / "public" / listing).read_text("utf-8")
    assert (tmp_path / "public/posts/lib/index.html").exists()
    write(tmp_path, {"README.md": "---\nunlisted: false\n---\n# Lorem\n"})
    assert told(tmp_path, "SG013") == []
    assert "Lorem" in (tmp_path / "public/index.html").read_text("utf-8")


def test_readme_in_the_content_folder_is_a_post(tmp_path: Path) -> None:
    write(tmp_path, {"content/README.md": "# Lorem\n"})
    assert told(tmp_path, "SG013") == []
    assert "Lorem" in (tmp_path / "public/feed.xml").read_text("utf-8")


def test_templates_of_another_generator_are_not_read(tmp_path: Path) -> None:
    """They were errors, one for each, of names and tags that only Zola has."""
    write(
        tmp_path,
        {
            "config.toml": "title = 'x'\n",
            "content/posts/a.md": "a\n",
            "templates/post.html": "{{ config.title }}",
        },
    )
    (problem,) = told(tmp_path, "SG011", "SG502")
    assert problem["hint"].endswith("; move templates/ away: it is not read either")
    write(tmp_path, {"sitegen.toml": ""})
    (problem,) = told(tmp_path, "SG502")
    assert problem["hint"].startswith("this is a template of Zola: move it out of templates/")
