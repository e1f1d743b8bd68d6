"""`{#id .class key=value}`: where it belongs to something, and where it stays text."""

from __future__ import annotations

import re

import pytest

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.extensions.headings import without_anchors
from sitegen.content.markdown.parser import render
from sitegen.model.document import Heading, Rendered


def rendered(body: str) -> Rendered:
    return render(body, dialect(), title="T")[0]


def html(body: str) -> str:
    return without_anchors(rendered(body).html).rstrip("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## T {#own}", '<h2 id="own">T</h2>'),
        ("## T{#own}", '<h2 id="own">T</h2>'),
        ("## T {#own} ##", '<h2 id="own">T</h2>'),
        ("T {#own .a lang=de}\n---", '<h2 id="own" class="a" lang="de">T</h2>'),
        ("## T {.a}", '<h2 class="a" id="t">T</h2>'),
        ("## T {: #own .a}", '<h2 id="own" class="a">T</h2>'),
        ("## T\n{: #own}", '<h2 id="own">T</h2>'),
        ("## `c`{.a}", '<h2 id="c"><code class="a">c</code></h2>'),
        ("[l](//a.b){rel=me}", '<p><a href="//a.b" rel="me">l</a></p>'),
        ("[l *m*](//a.b){.a .b}", '<p><a href="//a.b" class="a b">l <em>m</em></a></p>'),
        ("<http://a.b>{.a}", '<p><a href="http://a.b" class="a">http://a.b</a></p>'),
        (
            "![i](//a.b){width=300 loading=lazy}",
            '<p><img src="//a.b" alt="i" width="300" loading="lazy" /></p>',
        ),
        ("`x`{title=\"a 'b'\"}", "<p><code title=\"a 'b'\">x</code></p>"),
        ("a\nb\n{.a}", '<p class="a">a\nb</p>'),
        ("{.a}\nb", "<p>{.a}\nb</p>"),
        ("a\n\n{.b}", "<p>a</p>\n<p>{.b}</p>"),
        ("a\n{.b}\nc", '<p class="b">a</p>\n<p>c</p>'),
        ("> a\n{.b}", '<blockquote class="b">\n<p>a</p>\n</blockquote>'),
        ("> a\n> {.b}", '<blockquote>\n<p class="b">a</p>\n</blockquote>'),
        ("- a\n- b\n{.c}", '<ul class="c">\n<li>a</li>\n<li>b</li>\n</ul>'),
        ("- a\n  {.c}\n- b", '<ul>\n<li class="c">a</li>\n<li>b</li>\n</ul>'),
        ("***\n{.a}", '<hr class="a" />'),
        ("a\n: b\n{.c}", '<dl class="c">\n<dt>a</dt>\n<dd>b</dd>\n</dl>'),
        (
            "```python {#own .a}\n```",
            '<div id="own" class="highlight a numbers" data-lang="Python"><pre>'
            '<code class="language-python"></code></pre></div>',
        ),
        (
            "```{.python #own}\n```\n{lang=en}",
            '<div id="own" lang="en" class="highlight numbers" data-lang="Python"><pre>'
            '<code class="language-python"></code></pre></div>',
        ),
        (
            "    a\n{.b}",
            '<div class="highlight b"><pre><code>a\n</code></pre></div>',
        ),
    ],
)
def test_attributes_belong_to_what_is_before_them(body: str, expected: str) -> None:
    assert html(body) == expected


def test_attributes_below_a_table_are_those_of_the_table() -> None:
    assert '<table class="b">' in html("|a|\n|-|\n|b|\n{.b}")


@pytest.mark.parametrize(
    "braces",
    [
        "{onclick=alert(1)}",
        "{href=x}",
        "{src=x}",
        "{#a onclick=x}",
        "{a}",
        "{{a}}",
        "{}",
        "{=html}",
        "{:toc}",
        "{% a %}",
        "{#a",
        "{.a{.b}}",
        '{title="a}',
        "{#}",
    ],
)
def test_braces_with_anything_else_stay_text(braces: str) -> None:
    shown = braces.replace('"', "&quot;")
    assert html(f"## T {braces}").endswith(f">T {shown}</h2>")
    assert html(f"`x`{braces} a").endswith(f"</code>{shown} a</p>")
    assert html(f"a\n{braces}") == f"<p>a\n{shown}</p>"


def test_braces_behind_nothing_that_has_attributes_stay_text() -> None:
    for text in ("a{.b}", "*a*{.b}", "`x` {.b}", "`x`\\{.b}", "`x`{.b}{.c}", "[a]: b\n{.c}"):
        assert re.search(r"\{\.[bc]\}</p>$", html(text)), text


def test_own_id_is_that_of_contents_and_anchors_and_no_text() -> None:
    found = rendered("## One {#two}\n\n## Two\n\n![i](//a.b){#pic}")
    assert found.toc == (Heading(2, "two", "One"), Heading(2, "two-1", "Two"))
    assert set(found.anchors) == {"two", "two-1", "pic"}
    assert "{" not in found.html + found.excerpt


def test_value_is_escaped() -> None:
    assert html("`x`{title='\"&amp;'}") == '<p><code title="&quot;&amp;amp;">x</code></p>'
