"""The text of a post as feed readers show it."""

from __future__ import annotations

import re

import pytest

from sitegen.config.schema import MarkdownConfig
from sitegen.content.diagrams.draw import draw_diagrams
from sitegen.content.highlight.highlighter import highlight, meant
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.content.markdown.reading import Highlighter
from sitegen.outputs.feeds.content import for_readers, with_own_notes

SYNTAXES = dialect(MarkdownConfig(math=True, diagrams=("mermaid",)))


def html_of(body: str) -> str:
    return render(
        body, SYNTAXES, title="T", highlighter=Highlighter(highlight, meant, draw=draw_diagrams)
    )[0].html


def shown(body: str) -> str:
    return for_readers(html_of(body)).replace("\0code_output\0", "out")


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("## B *c*", "<h2>B <em>c</em></h2>\n"),
        ("[TOC]\n\n## B", "<h2>B</h2>\n"),
        ("++ctrl+c++ H~2~O :tada:", "<p><kbd>Ctrl</kbd>+<kbd>C</kbd> H<sub>2</sub>O 🎉</p>\n"),
        ("`` `a` ``{.x}", "<p><code>`a`</code></p>\n"),
        ("```py\nx = 1\n```", '<pre><code class="language-py">x = 1\n</code></pre>\n'),
        (
            "```py {2}\nx\ny\n```",
            '<pre><code class="language-py">x\n<mark>y\n</mark></code></pre>\n',
        ),
        (
            "```py\na\nb  # [!code --]\nc  # [!code ++]\n\nd\n```",
            '<pre><code class="language-py">  a\n<del>- b\n</del><ins>+ c\n</ins>  \n  d\n'
            "</code></pre>\n",
        ),
        (
            "```py\na  # [!code ++]\n```",
            '<pre><code class="language-py"><ins>+ a\n</ins></code></pre>\n',
        ),
        (
            "```diff\n-a\n+b\n```",
            '<pre><code class="language-diff"><del>-a\n</del><ins>+b\n</ins></code></pre>\n',
        ),
        (
            "```py #a {1}\nx  # (1)!\ny\n```\n\n1. one",
            '<pre><code class="language-py"><mark>x (1)\n</mark>y\n</code></pre>\n'
            "<ol>\n<li>one</li>\n</ol>\n",
        ),
        (
            "```sh\nls\n```\n```output\na\n```",
            '<figure>\n<pre><code class="language-sh">ls\n</code></pre>\n'
            "<p><em>out</em></p>\n<pre><samp>a\n</samp></pre>\n</figure>\n",
        ),
        (
            "> [!tip] *a*\n> b",
            "<blockquote>\n<p><strong><span>\0alert_tip\0: </span><em>a</em></strong></p>\n"
            "<p>b</p>\n</blockquote>\n",
        ),
        ("::: details a\nb\n:::", "<details>\n<summary>a</summary>\n<p>b</p>\n</details>\n"),
        ("- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n"),
        (
            '```mermaid title="How"\nflowchart LR\n a --> b\n```',
            '<figure>\n<pre><code class="language-mermaid">flowchart LR\n a --&gt; b\n</code></pre>'
            "\n<figcaption>How</figcaption>\n\n</figure>\n",
        ),
        ("$x<y$", "<p><code>x&lt;y</code></p>\n"),
        ("$$\nx\n$$", "<div><code>x</code></div>\n"),
        ('<p class="x" onclick="y()" title="class of">a</p>', '<p title="class of">a</p>'),
        ('<script>\nlet a = "<b>"\n</script>\n\na', "\n<p>a</p>\n"),
        ("<noscript>a</noscript>", "<p>a</p>\n"),
        (
            '<svg class="x"><path id="y"/></svg>',
            '<p><svg class="x"><path id="y"/></svg></p>\n',
        ),
    ],
)
def test_readers_need_no_style_sheet_and_no_script(body: str, html: str) -> None:
    assert shown(body) == html


def test_table_needs_no_box_that_scrolls() -> None:
    assert shown("|a|\n|:-|\n|b|").startswith(
        '<table>\n<thead>\n<tr>\n<th style="text-align:left">'
    )
    assert "div" not in shown("|a|\n|-|\n|b|")


@pytest.mark.parametrize("lines", ["1", "2", "3", "1-3"])
def test_folded_lines_are_shown_with_the_others(lines: str) -> None:
    code = f"```py collapse={lines}\na\nb\nc\n```"
    assert "<details>" in html_of(code)
    assert shown(code) == '<pre><code class="language-py">a\nb\nc\n</code></pre>\n'


def test_footnotes_have_ids_of_their_own_in_each_entry() -> None:
    html = for_readers(html_of("a[^1] b[^1]\n\n[^1]: text")).replace(
        "#fn", "https://me.example/a/#fn"
    )
    one, other = (with_own_notes(html, name, "https://me.example/a/") for name in ("a", "b"))
    ids = [set(re.findall(r' id="(.*?)"', each)) for each in (one, other)]
    assert ids[0].isdisjoint(ids[1])
    for each, names in zip((one, other), ids, strict=True):
        assert set(re.findall(r'href="#(.*?)"', each)) == names
        assert len(names) == 3
        assert "style" not in each


def test_link_to_a_footnote_of_another_post_stays() -> None:
    html = '<p><a href="https://me.example/b/#fn1">a</a></p>'
    assert with_own_notes(html, "a", "https://me.example/a/") == html
