"""What readers get of a call: on its page, in feeds, and as Markdown."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.oracle import Twins

FILES = {
    "sitegen.toml": 'base_url = "https://me.example/sub/"\n[export]\nmarkdown = true\n'
    "[history]\ngit = false\n",
    "content/posts/a.md": """\
---
title: A
date: 2024-01-02
lang: de
---
Press :key[`a` [b](b.md)].

::youtube[Two *cats*]{id=https://youtu.be/abc?si=x start=3}

:::box[A *title*]{image=pic.svg post=b size=large}
Text, [b](b.md) and ::box.

::::box
Inner <&>.
::::
:::

::button[Go]{link=b.md#part}
""",
    "content/posts/b.md": "---\ntitle: B <1>\ndate: 2024-01-01\n---\n## Part\n",
    "content/posts/pic.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="6"/>',
    "templates/components/key.html": "{% macro key() %}<kbd>{{ caller() }}</kbd>{% endmacro %}",
    "templates/components/box.html": """\
{# image: image
   post: post
   size: "small" | "large" #}
{% macro box(title="-", image="", post="", size="small") %}
<div class="{{ size }}">
{{ title }}: {{ picture(image, "<p>") if image }}{{ post.title if post }} {{ t("posts") }}
{{ caller() }}
</div>
{% endmacro %}
""",
    "static/parts/box.css": "b { color: red }",
}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Twins(tmp_path_factory.mktemp("site"))
    for path, text in FILES.items():
        site.write(path, text)
    report = site.build()
    assert report
    assert report.diagnostics == ()
    return site.site / "public"


BOX = """\
<div class="large">
A <em>title</em>: <img width="9" height="6" decoding="async" src="/sub/posts/a/pic.svg" \
alt="&lt;p&gt;">B &lt;1&gt; Beiträge
<p>Text, <a href="/sub/posts/b/">b</a> and ::box.</p>
<div class="small">
-:  Beiträge
<p>Inner &lt;&amp;&gt;.</p>
</div>
</div>
"""


def test_page_shows_what_components_make_of_calls_with_the_parts_that_they_need(
    public: Path,
) -> None:
    page = (public / "posts/a/index.html").read_text("utf-8")
    assert BOX in page
    assert '<p>Press <kbd><code>a</code> <a href="/sub/posts/b/">b</a></kbd>.</p>' in page
    assert '<p><a class="button" href="/sub/posts/b/#part">Go</a></p>' in page
    assert "\0" not in page
    for part in ("box.css", "embed.css", "embed.js", "button.css"):
        assert f'/sub/parts/{part}"' in page
        assert f'/sub/parts/{part}"' not in (public / "posts/b/index.html").read_text("utf-8")


VIDEO = (
    '<p><a href="https://www.youtube.com/watch?v=abc&amp;t=3s">'
    "<span>Two <em>cats</em></span> <small>YouTube</small></a></p>"
)


def test_feed_has_absolute_links_and_nothing_that_needs_the_page(public: Path) -> None:
    items = json.loads((public / "feed.json").read_text("utf-8"))["items"]
    html = next(item["content_html"] for item in items if item["title"] == "A")
    assert VIDEO in html
    assert '<img width="9" height="6" src="https://me.example/sub/posts/a/pic.svg"' in html
    assert 'href="https://me.example/sub/posts/b/#part"' in html
    assert "class=" not in html


def test_markdown_has_the_text_of_calls_and_html_of_those_without(public: Path) -> None:
    text = (public / "posts/a/index.md").read_text("utf-8").split("# A\n\n")[1]
    assert (
        text
        == f"""\
Press `a` [b](https://me.example/sub/posts/b/).

{VIDEO}


**A *title***

Text, [b](https://me.example/sub/posts/b/) and ::box.

Inner <&>.

<p><a href="https://me.example/sub/posts/b/#part">Go</a></p>
"""
    )


def test_search_finds_the_text_of_calls(public: Path) -> None:
    words = "\n".join(file.read_text("utf-8") for file in (public / "search").glob("*.txt"))
    assert all(word in words for word in ("cats", "title", "inner"))


def test_error_in_a_component_is_reported_in_its_template(tmp_path: Path) -> None:
    site = Twins(tmp_path)
    for path, text in FILES.items():
        site.write(path, text)
    site.write(
        "templates/components/key.html",
        "{% macro key() %}\n{{ caller() }}{{ pag.e }}{% endmacro %}",
    )
    report = site.build()
    assert report
    [problem] = report.diagnostics
    assert (problem.code, problem.path) == ("SG502", "templates/components/key.html")
    assert (problem.line, problem.column, problem.length) == (2, 18, 3)
    assert "while rendering content/posts/a.md" in problem.message


def site_with(folder: Path, body: str) -> Twins:
    site = Twins(folder)
    site.write("sitegen.toml", 'base_url = "https://me.example/"\n')
    site.write("content/posts/a.md", f"---\ntitle: A\ndate: 2024-01-01\n---\n{body}\n")
    return site


def test_call_in_a_text_makes_no_paragraph_in_a_paragraph(tmp_path: Path) -> None:
    """Browsers end a paragraph where another starts, so the rest of the text was outside of it."""
    site = site_with(tmp_path, "A :button[b]{link=/} c.\n\n- :vimeo[d]{id=1}\n")
    assert site.quick().diagnostics == ()
    page = (site.site / "public/posts/a/index.html").read_text("utf-8")
    assert '<p>A <a class="button" href="/">b</a> c.</p>' in page
    assert '<li><p class="remote">' in page
    site = site_with(tmp_path, "A\n:vimeo[b]{id=1}.\n")
    [problem] = site.quick().diagnostics
    assert (problem.code, problem.path) == ("SG322", "content/posts/a.md")
    assert (problem.line, problem.column, problem.length) == (6, 1, 15)


ADDRESSES = {
    "::youtube{id=a-1_B}": "https://www.youtube.com/watch?v=a-1_B",
    "::youtube{id=https://www.youtube.com/watch?v=b&t=9s}": "https://www.youtube.com/watch?v=b",
    "::youtube{id=https://youtu.be/c?t=9}": "https://www.youtube.com/watch?v=c",
    "::youtube{id=https://youtube.com/shorts/d}": "https://www.youtube.com/watch?v=d",
    "::vimeo{id=https://vimeo.com/12}": "https://vimeo.com/12",
    "::vimeo{id=https://player.vimeo.com/video/13?h=a}": "https://vimeo.com/13",
    "::gist{id=https://gist.github.com/me/14}": "https://gist.github.com/me/14",
}


def test_address_of_what_is_shown_is_taken_for_its_id(tmp_path: Path) -> None:
    site = site_with(tmp_path, "\n\n".join(ADDRESSES))
    assert site.quick().diagnostics == ()
    page = (site.site / "public/posts/a/index.html").read_text("utf-8")
    prose = page[page.index('class="prose"') : page.index("</article>")]
    assert re.findall(r'<a href="(.+?)"', prose) == list(ADDRESSES.values())
