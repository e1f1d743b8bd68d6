"""Posts as ten generators have them, none changed: all they say arrives, and nothing is told."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command import sitegen

POSTS = {
    "astro": """\
---
title: 'Astro'
description: 'A post of Astro'
pubDate: 'Jul 08 2022'
updatedDate: 2022-07-09
heroImage: '/img/a.gif'
layout: ../../layouts/BlogPost.astro
---
From Astro.
""",
    "dev": """\
---
title: dev.to
published: true
published_at: 2019-02-03
tags: javascript, webdev
cover_image: /img/a.gif
---
From dev.to.
""",
    "eleventy": """\
---
title: Eleventy
date: 2020-05-05
layout: layouts/post.njk
eleventyExcludeFromCollections: true
---
From Eleventy, and in no list.
""",
    "fuwari": """\
---
title: A theme of Astro
published: 2018-04-05
lang: en
---
Its `published` is a date.
""",
    "gatsby": """\
---
path: "/my-gatsby-post"
date: "2017-11-07T23:46:37.121Z"
title: "Gatsby"
templateKey: blog-post
---
From Gatsby.
""",
    "hugo-draft": """\
---
title: A headless bundle of Hugo
headless: true
---
Not published.
""",
    "hugo": """\
{
	"title": "Hugo, in JSON",
	"date": "2024-03-01T10:00:00+01:00",
	"lastmod": "2024-03-05",
	"url": "/2024/hugo/",
	"series": ["Moving"],
	"cover": {"image": "/img/a.gif", "alt": "An image"},
	"params": {"author": "Ada"},
	"layout": "single"
}

From Hugo.
""",
    "jekyll": """\
---
layout: post
title:  "Jekyll"
date:   2024-01-03 10:00:00 +0000
last_modified_at: 2024-01-04T10:00:00Z
tag: moving
image:
  path: /img/a.gif
toc_sticky: true
redirect_from:
  - /old-jekyll/
---

<!-- markdownlint-disable -->

# Jekyll

From Jekyll.

# A heading that stays

Its text.
""",
    "nikola": """\
---
title: Nikola
date: 2012-03-30 23:00:00 UTC-03:00
status: private
type: text
---
From Nikola, and in no list.
""",
    "obsidian": """\
---
created: 2021-01-01T10:00
updated: 2021-01-02
cssclasses: [wide]
publish: true
---
A note without a title.

# A heading further down

It stays where it is.
""",
    "pelican": """\
---
Title: Pelican
Date: 2010-12-03 10:20
Modified: 2010-12-05 19:30
Category: Moving
Authors: Ada, Grace
Status: published
---
From Pelican.
""",
    "zola": """\
+++
title = "Zola"
date = 2024-02-01
updated = 2024-02-03
path = "notes/zola"
in_search_index = true

[taxonomies]
tags = ["rust", "moving"]

[extra]
toc = false
mood = "glad"
+++

From Zola.
""",
}
"""By the name of the file; `fuwari` is a theme of Astro."""

FEED = {
    "hugo": ("/2024/hugo/", "Hugo, in JSON", "2024-03-01T10:00:00+01:00", "2024-03-05T00:00:00Z"),
    "zola": ("/notes/zola/", "Zola", "2024-02-01T00:00:00Z", "2024-02-03T00:00:00Z"),
    "jekyll": (
        "/posts/jekyll/",
        "Jekyll",
        "2024-01-03T10:00:00Z",
        "2024-01-04T10:00:00Z",
    ),
    "astro": ("/posts/astro/", "Astro", "2022-07-08T00:00:00Z", "2022-07-09T00:00:00Z"),
    "obsidian": ("/posts/obsidian/", "Obsidian", "2021-01-01T10:00:00Z", "2021-01-02T00:00:00Z"),
    "dev": ("/posts/dev/", "dev.to", "2019-02-03T00:00:00Z", None),
    "fuwari": ("/posts/fuwari/", "A theme of Astro", "2018-04-05T00:00:00Z", None),
    "gatsby": ("/my-gatsby-post/", "Gatsby", "2017-11-07T23:46:37Z", None),
    "pelican": ("/posts/pelican/", "Pelican", "2010-12-03T10:20:00Z", "2010-12-05T19:30:00Z"),
}
"""URL, title and dates, newest first; the others are published unlisted, or not at all."""
TAGS = {
    "zola": ["rust", "moving"],
    "jekyll": ["moving"],
    "dev": ["javascript", "webdev"],
    "pelican": ["Moving"],
}
WITH_AN_IMAGE = {"hugo", "jekyll", "astro", "dev"}


def test_posts_of_ten_generators_are_published_as_they_are(tmp_path: Path) -> None:
    files = {f"content/posts/{name}.md": text for name, text in POSTS.items()}
    files["sitegen.toml"] = 'base_url = "https://moved.example/"'
    files["static/img/a.gif"] = "GIF89a"
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    done = sitegen("build", tmp_path, "--format", "json")
    told = json.loads(done.stdout)["diagnostics"]
    assert [problem for problem in told if problem["severity"] != "info"] == []
    public = tmp_path / "public"
    items = {
        item["id"].partition("id=")[2]: item
        for item in json.loads((public / "feed.json").read_text("utf-8"))["items"]
    }
    assert [*items] == [*FEED]
    for name, item in items.items():
        url, title, published, updated = FEED[name]
        assert item["url"] == f"https://moved.example{url}"
        assert (item["title"], item["date_published"]) == (title, published)
        assert item.get("date_modified") == updated
        assert item.get("tags", []) == TAGS.get(name, [])
        assert ("image" in item) == (name in WITH_AN_IMAGE)
    assert items["hugo"]["authors"][0]["name"] == "Ada"
    assert "<h1>A heading that stays</h1>" in items["jekyll"]["content_html"]
    assert "Jekyll</h1>" not in items["jekyll"]["content_html"]
    assert "A heading further down</h" in items["obsidian"]["content_html"]
    assert {page.parent.name for page in (public / "posts").rglob("index.html")} >= {
        "eleventy",
        "nikola",
    }
    assert not (public / "posts" / "hugo-draft").exists()
    assert (public / "old-jekyll" / "index.html").exists()
