"""What a site offers to programs: llms.txt, and each post as Markdown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.data.yaml_tree import read_yaml
from tests.command import sitegen

CONFIG = """\
title = "Blog"
description = "On code"
base_url = "https://me.example/sub/"
[export]
llms = true
markdown = true
"""
POST = """\
---
title: 'A: [b] "c"'
date: 2026-01-02
tags: [x, 'y: "z"']
excerpt: Short.
---
[Other](b.md#part) and ![](pic.svg "p"), by [id](id:other), see [it](#main:2).

```py #main
a
b
```
"""


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    for path, text in {
        "sitegen.toml": CONFIG,
        "content/posts/a.md": POST,
        "content/posts/b.md": "---\nid: other\npermalink: /b(1).html\n---\n# B\n\n## Part\n",
        "content/posts/pic.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "content/pages/about.md": "# About\n\nText.",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    done = sitegen("build", site)
    assert done.returncode == 0, done.stderr
    return site / "public"


def test_post_is_beside_its_page_with_its_metadata_and_absolute_links(public: Path) -> None:
    _, front, text = (public / "posts/a/index.md").read_text("utf-8").split("---\n", 2)
    tree, problems = read_yaml(front)
    assert (tree is not None, problems) == (True, ())
    assert 'title: "A: [b] “c”"\n' in front
    assert 'tags: ["x", "y: \\"z\\""]\n' in front
    assert 'url: "https://me.example/sub/posts/a/"\n' in front
    root = "https://me.example/sub"
    assert text == (
        "\n# A: [b] “c”\n\n"
        f"[Other]({root}/b%281%29.html#part) and "
        f'![]({root}/posts/a/pic.svg "p"), by [id]({root}/b%281%29.html), '
        f"see [it]({root}/posts/a/#main-2).\n\n```py\na\nb\n```\n"
    )
    assert (public / "b(1).md").read_text("utf-8").endswith("\n# B\n\n## Part\n")


def test_page_links_to_its_markdown(public: Path) -> None:
    html = (public / "posts/a/index.html").read_text("utf-8")
    links = '<link rel="alternate" type="text/markdown" href="/sub/posts/a/index.md">'
    assert links in html
    assert re.search(r'<a href="/sub/posts/a/index.md" type="text/markdown"', html)
    assert "text/markdown" not in (public / "about/index.html").read_text("utf-8")


def test_list_for_programs_names_posts_and_pages(public: Path) -> None:
    assert (public / "llms.txt").read_text("utf-8").splitlines() == [
        *("# Blog", "", "> On code", "", "## Posts", ""),
        "- [A: \\[b\\] “c”](https://me.example/sub/posts/a/index.md): Short.",
        "- [B](https://me.example/sub/b%281%29.md)",
        *("", "## Pages", ""),
        "- [About](https://me.example/sub/about/): Text.",
    ]
