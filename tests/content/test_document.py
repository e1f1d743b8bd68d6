"""What becomes of a file, wherever it is shown."""

from __future__ import annotations

from html import unescape
from pathlib import Path

from tests.oracle import OUTPUT, Twins

TITLE = "It's \"so\" -- `don't`"
POST = f"""---
title: {TITLE}
excerpt: "'Why', isn't it?"
---
# {TITLE}

[[{TITLE}]] and [[A 'heading']]

![A fox](https://me.example/a.png "It's mine")
"""


def shown(twins: Twins, path: str) -> str:
    return unescape(unescape((twins.site / OUTPUT / path).read_text("utf-8")))


def test_title_and_excerpt_are_set_like_the_text_wherever_they_are_shown(tmp_path: Path) -> None:
    """They were as typed, beside a text with quotation marks as printers have them."""
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", 'base_url = "https://me.example/"\n')
    twins.write("content/posts/a.md", POST)
    twins.write("content/posts/b.md", "# A 'heading'\n\nSee [[it's \"so\" -- `don't`|it]].\n")
    twins.build()
    for path in ("posts/a/index.html", "index.html", "feed.xml", "posts/b/index.html"):
        assert "It’s “so” – `don't`" in shown(twins, path)
        assert 'It\'s "so"' not in shown(twins, path)
    post = shown(twins, "posts/a/index.html")
    assert post.count("</h1>") == 1
    assert '"headline":"It’s “so” – `don\'t`"' in post
    assert '<p class="standfirst" dir="auto">‘Why’, isn’t it?</p>' in post
    assert "<figcaption>It’s mine</figcaption>" in post
    assert '<a href="/posts/b/">A ‘heading’</a>' in post
    assert '<a href="/posts/a/">it</a>' in shown(twins, "posts/b/index.html")
    twins.write(
        "sitegen.toml", 'base_url = "https://me.example/"\n[markdown]\ntypography = false\n'
    )
    twins.build()
    assert f"<title>{TITLE}</title>" in shown(twins, "feed.xml")
