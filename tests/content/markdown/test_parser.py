"""From a body to HTML, links, headings, excerpt: what authors write, and what is done about it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it.common.normalize_url import normalizeLink

from sitegen.config.schema import MarkdownConfig
from sitegen.content.highlight.highlighter import highlight, meant
from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.dialect import dialect, syntaxes_of
from sitegen.content.markdown.extensions.headings import without_anchors
from sitegen.content.markdown.extensions.links import NORMAL
from sitegen.content.markdown.parser import render, rendered_by
from sitegen.content.markdown.reading import Highlighter, Reading
from sitegen.content.markdown.syntax import library_parser
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Heading, Link, Meta, Rendered
from tests.markup import bodies

NEWLINE = re.compile(r"\r\n?|\n")
SYNTAXES = syntaxes_of(Meta(id="a", slug="a"), dialect())
WITH_MATH = dialect(MarkdownConfig(math=True))
PLACEHOLDER = re.compile("\0([0-9]+)\0")


def rendered(body: str, *, title: str | None = "T", math: bool = False) -> Rendered:
    return render(body, WITH_MATH if math else SYNTAXES, title=title)[0]


def html(body: str, *, title: str | None = "T", math: bool = False) -> str:
    """The HTML with every link as its author wrote it, in braces."""
    found = rendered(body, title=title, math=math)
    filled = PLACEHOLDER.sub(lambda match: f"{{{found.links[int(match[1])].href}}}", found.html)
    assert "\0" not in filled
    return filled


COLOURED = Highlighter(highlight, meant)


def underlined(text: str, link: Link) -> str:
    """What a code frame underlines for the link."""
    return NEWLINE.split(text)[link.line - 1][link.column - 1 :][: link.length]


# Links


def test_link_is_a_placeholder_between_nul_characters() -> None:
    found = rendered('[a](b.md "t") ![i](c.png)')
    assert found.html == '<p><a href="\0000\0" title="t">a</a> <img src="\0001\0" alt="i" /></p>\n'
    assert found.links == (Link("b.md", 1, 1, 13), Link("c.png", 1, 15, 11))


@pytest.mark.parametrize(
    "href",
    ["b.md", "../b.md#part", "#part", "/about/", "id:abc", "a%20b.md", "a&b", "?q=1", "你好.md"],
)
def test_local_link_keeps_what_its_author_wrote(href: str) -> None:
    assert [link.href for link in rendered(f"[a]({href})\n\n[r]\n\n[r]: {href}").links] == [
        href
    ] * 2


@pytest.mark.parametrize(
    "url", ["https://e.com/%C3%A4", "//e.com/a", "mailto:a@e.com", "tel:1", "data:image/png;a"]
)
def test_absolute_link_is_left_alone(url: str) -> None:
    assert rendered(f"[a]({url}) <a href='{url}'>").links == ()
    assert html(f"[a]({url})") == f'<p><a href="{url}">a</a></p>\n'


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "< javascript:alert(1)>",
        "vbscript:x",
        "data:text/html,x",
        "java&#115;cript:x",
    ],
)
def test_dangerous_link_is_no_link(url: str) -> None:
    assert "<a" not in html(f"[a]({url})")


def test_tab_that_browsers_drop_does_not_smuggle_a_scheme() -> None:
    (link,) = rendered("[a](java&Tab;script:alert)").links
    assert link.href == "java%09script:alert"


@pytest.mark.parametrize(
    ("body", "line", "expected"),
    [
        ("a [b](c)", 1, "[b](c)"),
        ("a\n  b [b](c)", 2, "[b](c)"),
        ("a [b\nb](c)", 1, "[b"),
        ("> - a\n>   [b](c)", 2, "[b](c)"),
        ("> a\nlazy [b](c)", 2, "[b](c)"),
        ("1. x\n\n   1. y [b](c)", 3, "[b](c)"),
        ("-\t[b](c)", 1, "[b](c)"),
        ("- [ ] [b](c)", 1, "[b](c)"),
        ("## a [b](c) ##", 1, "[b](c)"),
        ("a\nb [b](c)\n===", 2, "[b](c)"),
        ("| a | b |\n|-|-|\n| x | x [b](c) |", 3, "[b](c)"),
        (r"| a \| b | [b](c) |" + "\n|-|-|", 1, "[b](c)"),
        (r"| a \| [b](c) |" + "\n|-|", 1, "[b](c)"),
        ("x[^1]\n\n[^1]: a\n\n    [b](c)", 5, "[b](c)"),
        ("a\n: [b](c)", 2, "[b](c)"),
        ("[r]: c\n\na [b][r]", 3, "[b][r]"),
        ("a [r]\n\n[r]: c", 1, "[r]"),
        ("[*e* `c` ![i](https://e.com)](c)", 1, "[*e* `c` ![i](https://e.com)](c)"),
        ("a ![b](c)", 1, "![b](c)"),
        ("a <id:c>", 1, "<id:c>"),
        ("**a** <b title='x' href='c'>", 1, "c"),
        ("> <p>\n> <img\n> src=c>", 3, "c"),
        ("- <p\n  title=a><i href=' c '>", 2, "c"),
        ("\u00a0\na [b](c)", 2, "[b](c)"),
        ("a\u2028\x0c [b](c)", 1, "[b](c)"),
        ("\0 [b](c)", 1, "[b](c)"),
        ("a\r\n\r\nb\r[b](c)", 4, "[b](c)"),
    ],
)
def test_link_knows_its_place_in_the_file(body: str, line: int, expected: str) -> None:
    (link,) = render(body, SYNTAXES, line=1, title="T")[0].links
    assert (link.line, underlined(body, link)) == (line, expected)


def test_lines_count_from_where_the_body_starts_in_the_file() -> None:
    found, diagnostics = render("[b](c)\n\n```qq\n```", SYNTAXES, line=8, highlighter=COLOURED)
    assert [link.line for link in found.links] == [8]
    assert [(d.line, d.column) for d in diagnostics] == [(10, 4)]


def test_equal_cells_of_a_row_have_places_of_their_own() -> None:
    links = rendered("|a|b|c|\n|-|-|-|\n| [b](c) | x | [b](c) |").links
    assert [link.column for link in links] == [3, 16]


def test_text_of_an_image_holds_no_link() -> None:
    found = rendered("![a <i href=b> [c](d)](e)")
    assert [link.href for link in found.links] == ["e"]
    assert 'alt="a &lt;i href=b&gt; c"' in found.html


# Raw HTML


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<img src=\"a.png\" alt='>'>", "<img src=\"{a.png}\" alt='>'>"),
        ("<div><a href='b'>", '<div><a href="{b}">'),
        ("<div><a\nhref=b>", '<div><a\nhref="{b}">'),
        ("<div><A HREF = b>", '<div><A HREF = "{b}">'),
        ("<div><img data-src=a src=b/>", '<div><img data-src=a src="{b/}">'),
        ("<video poster=a.png>", '<video poster="{a.png}">'),
        ("<div title='href=\"a\"'>", "<div title='href=\"a\"'>"),
        ("<div><a href='a&amp;b&#46;md'>", '<div><a href="{a&b.md}">'),
        ("<div><img srcset='a 1x, b,c 2x,d'>", '<div><img srcset="{a} 1x, {b,c} 2x,{d}">'),
        (
            "<div><img srcset='https://e.com/a 1x, b'>",
            '<div><img srcset="https://e.com/a 1x, {b}">',
        ),
        ("<div><img srcset='a, //e.com/\"'>", '<div><img srcset="{a}, //e.com/&quot;">'),
        ("<div><!-- <a href=b> -->", "<div><!-- <a href=b> -->"),
        ("<!--> <a href=b>", '<!--> <a href="{b}">'),
        ("<style>a[href='b'] > i{}</style>", "<style>a[href='b'] > i{}</style>"),
        (
            '<script src=a>"<a href=b>"</script><i href=c>',
            '<script src="{a}">"<a href=b>"</script><i href="{c}">',
        ),
        ("<pre id=x><a href=b></pre>", "<pre id=x><a href=b></pre>"),
        ("<div><prelude href=b><i href=c>", '<div><prelude href="{b}"><i href="{c}">'),
        ("<div><a href=b", "<div><a href=b"),
        ("<div><a href='https://e.com'>", "<div><a href='https://e.com'>"),
    ],
)
def test_urls_in_raw_html(body: str, expected: str) -> None:
    assert html(body + "\n").removeprefix("<p>").removesuffix("\n").removesuffix("</p>") == expected


def test_code_in_backticks_and_fences_holds_no_links() -> None:
    assert rendered("`<a href=b>` `[a](b)`\n\n```html\n<a href=b>\n```\n\n    [a](b)").links == ()


@pytest.mark.parametrize(
    "body",
    [
        "\0",
        "&#0; &#x0;",
        "`\0`",
        "```\0\n\0\n```",
        "# \0",
        "<b \0 title='\0'>",
        "<div>\0</div>",
        "![\0](https://e.com/\0 '\0')",
        "\0<!-- more -->",
    ],
)
def test_nul_never_reaches_the_html(body: str) -> None:
    """Placeholders are safe, since CommonMark replaces NUL (0.31 §2.3)."""
    found = rendered(body, title=None)
    text = (found.html, found.title or "", found.excerpt, *found.anchors)
    assert "\0" not in "".join(text)


def test_nul_in_the_url_of_raw_html_is_replaced() -> None:
    assert [link.href for link in rendered("<b href='a&#0;b'> <i href='\0'>").links] == [
        "a\ufffdb",
        "\ufffd",
    ]


# Headings and titles


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Hello, World!", "hello-world"),
        ("`code` and *more*", "code-and-more"),
        ("C++ & D", "c--d"),
        ("snake_case-x", "snake_case-x"),
        ("Über Straße", "über-straße"),
        ("e\u0301te\u0301", "été"),
        ("नमस्ते", "नमस्ते"),
        ("日本語 3", "日本語-3"),
        ("!!!", "section"),
        ("![i](https://e.com)", "section"),
        ("A {b}", "a-b"),
    ],
)
def test_heading_has_the_id_that_github_gives_it(text: str, anchor: str) -> None:
    found = rendered(f"## {text}")
    assert f'<h2 id="{anchor}">' in found.html
    assert set(found.anchors) == {anchor}


def test_ids_are_unique_among_headings_raw_html_and_footnotes() -> None:
    headings = "# a\n# a\n# a-1\n# b\n# b\n# fn1\n# fnref1\n"
    body = f"{headings}x[^n]\n\n<p id=b>\n<p id=b-1>\n<a name='c'>\n\n[^n]: n\n"
    ids = re.findall(r' (?:id|name)=["\']?([\w-]+)', html(body))
    assert sorted(ids) == sorted(set(ids))
    assert set(rendered(body).anchors) == set(ids)
    assert {"a", "a-1", "a-1-1", "b", "b-1", "b-2", "b-3", "c", "fn1", "fn1-1"} < set(ids)


def test_name_is_an_anchor_of_links_only() -> None:
    assert set(rendered("<a name=x></a> <input name=y>").anchors) == {"x"}


def test_heading_links_to_itself_and_feeds_can_drop_that() -> None:
    found = html("## A *b*")
    assert found == '<h2 id="a-b"><a class="anchor" href="#a-b">A <em>b</em></a></h2>\n'
    assert without_anchors(found) == '<h2 id="a-b">A <em>b</em></h2>\n'


@pytest.mark.parametrize("text", ["A [b](c)", "A <a name=b></a>", "A[^b]\n\n[^b]: c", ""])
def test_heading_that_holds_a_link_or_nothing_does_not_link_to_itself(text: str) -> None:
    assert "anchor" not in html(f"## {text}")


def test_contents_are_the_outer_headings_of_levels_two_to_four() -> None:
    body = "# One\n## T *w* & `o`\n### Three\n#### Four\n##### Five\n> ## Quoted\n\n## ![i](j)\n"
    assert rendered(body).toc == (
        Heading(2, "t-w--o", "T w & o"),
        Heading(3, "three", "Three"),
        Heading(4, "four", "Four"),
    )


COMMENTS = "<!-- a -->\n<!--\nb\n--><!-- c -->\n"


@pytest.mark.parametrize(
    ("body", "given", "title", "left"),
    [
        ("# A *b*\n\nx", None, "A b", "<p>x</p>\n"),
        ("A\nb\n===\nx", None, "A b", "<p>x</p>\n"),
        ("<!-- a -->\n\n<!--\nb\n--><!-- c -->\n\n# A\nx", None, "A", COMMENTS + "<p>x</p>\n"),
        ("x\n\n# A", None, None, '<p>x</p>\n<h1 id="a">A</h1>\n'),
        ("<br>\n\n# A", None, None, '<br>\n<h1 id="a">A</h1>\n'),
        ("x", None, None, "<p>x</p>\n"),
        ("", None, None, ""),
        ("#\n# A", None, None, '<h1 id="section"></h1>\n<h1 id="a">A</h1>\n'),
        ("> # A", None, None, '<blockquote>\n<h1 id="a">A</h1>\n</blockquote>\n'),
        ("# a  B\nx", "A b", None, "<p>x</p>\n"),
        ("# C\nx", "A", None, '<h1 id="c">C</h1>\n<p>x</p>\n'),
        ("x\n# A", "A", None, '<p>x</p>\n<h1 id="a">A</h1>\n'),
    ],
)
def test_heading_that_is_the_title_is_taken_out(
    body: str, given: str | None, title: str | None, left: str
) -> None:
    """A heading below the first paragraph was once taken for the title, and cut out of the text."""
    found = rendered(body, title=given)
    assert found.title == title
    assert without_anchors(found.html) == left
    assert found.toc == ()


# Code


def diagnosed(body: str) -> tuple[str, tuple[Diagnostic, ...]]:
    found, diagnostics = render(body, SYNTAXES, highlighter=COLOURED)
    return found.html, diagnostics


def test_code_block_is_highlighted() -> None:
    assert diagnosed("```python\nx\n```") == (
        '<div class="highlight" data-lang="Python"><pre>'
        '<code class="language-python"><span class="n">x</span>\n</code></pre></div>\n',
        (),
    )


@pytest.mark.parametrize(
    "body", ["    <x>\n", "```\n<x>\n```", "~~~ {}\n<x>\n~~~", "```{lines=true}\n<x>\n```"]
)
def test_code_without_a_language_is_plain(body: str) -> None:
    plain = '<div class="highlight"><pre><code>&lt;x&gt;\n</code></pre></div>\n'
    assert diagnosed(body)[0] == plain


@pytest.mark.parametrize(
    ("info", "language"),
    [
        ("python", "python"),
        ("  python  title=x", "python"),
        ("python{1,3}", "python"),
        ("{.python}", "python"),
        ("{ .python .numberLines }", "python"),
        ("{python, echo=FALSE}", "python"),
        ("rust,ignore", "rust"),
        ("js:title=a.js", "js"),
        ("shell=", "shell"),
        ("c++", "c++"),
        ("html+jinja", "html+jinja"),
    ],
)
def test_language_is_the_first_word_of_an_info_string(info: str, language: str) -> None:
    assert f'class="language-{language}"' in diagnosed(f"```{info}\nx\n```")[0]


@pytest.mark.parametrize(
    ("language", "code", "hint"),
    [
        ("pyhton", "SG403", "did you mean 'python'?"),
        ("brainfudge", "SG401", "write 'text' for code without colours"),
    ],
)
def test_unknown_language_is_plain_text_and_a_located_remark(
    language: str, code: str, hint: str
) -> None:
    """A slip is a warning; that a language is new to Pygments is only worth knowing."""
    html, diagnostics = diagnosed(f"> x\n>\n> ```{language}\n> <b>\n> ```\n")
    assert f'<code class="language-{language}">&lt;b&gt;\n' in html
    message = f"Pygments does not know the language '{language}'"
    [found] = diagnostics
    assert replace(found, fix=None) == Diagnostic(code, message, None, 3, 6, hint, len(language))


@pytest.mark.parametrize(
    ("info", "code", "part"),
    [
        ("python file=a.py", "SG404", "file=a.py"),
        ("python title='file=x {1}' include=a.py", "SG404", "include=a.py"),
        ('js {1} mark="word"', "SG404", 'mark="word"'),
        ("js linenoz", "SG406", "linenoz"),
        ("js start=one", "SG406", "start=one"),
    ],
)
def test_option_without_its_effect_is_a_warning_at_its_place(
    info: str, code: str, part: str
) -> None:
    _, (first, *_) = diagnosed(f"a\n\n```{info}\nx\n```")
    assert (first.code, first.line, first.length) == (code, 3, len(part))
    assert f"```{info}".find(part) + 1 == first.column
    assert f"'{part}'" in first.message


@pytest.mark.parametrize(
    "info", ["rust,ignore", "python title='file=x linenos'", "js copy", "{.python #highlight}"]
)
def test_option_that_changes_nothing_is_no_warning(info: str) -> None:
    assert diagnosed(f"```{info}\nx\n```")[1] == ()


def test_options_of_one_kind_are_reported_once_for_a_file() -> None:
    block = "```js file=a.js sparkle\nx\n```\n"
    assert [d.code for d in diagnosed(block * 3)[1]] == ["SG404", "SG406"]


def test_code_that_takes_too_long_is_plain_text_with_a_warning() -> None:
    def slow(code: str, language: str) -> str:
        raise TimeoutError(message)

    message = "as 'scala', this code takes too long to highlight"
    body, highlighter = "a\n\n```scala\n<b>\n```", Highlighter(slow)
    rendered, diagnostics = render(body, SYNTAXES, line=4, highlighter=highlighter)
    assert '<code class="language-scala">&lt;b&gt;\n' in rendered.html
    hint = "it is shown as plain text, as with the language 'text'"
    assert diagnostics == (Diagnostic("SG402", message, None, 6, 4, hint, 5),)


def test_hostile_info_string_stays_text() -> None:
    """Hugo wrote it raw: GHSA-q76j-gcg9-vxc6."""
    html, _ = diagnosed('```x"><script> title="<script>"\n</code><script>\n```')
    assert "<script" not in html
    assert 'data-lang="x&quot;&gt;&lt;script&gt;"' in html


@pytest.mark.parametrize("info", ['js title="a & b.js"', "js {filename='a & b.js'}"])
def test_title_of_a_code_block_is_its_caption(info: str) -> None:
    html, _ = diagnosed(f"```{info}\n```")
    caption = "<figcaption><strong>a &amp; b.js</strong> <span>JavaScript</span></figcaption>"
    assert html.startswith(f'<figure class="code">{caption}\n<div')
    assert html.endswith("</div>\n</figure>\n")


# More than CommonMark


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("~~a~~, ~b c~ and ~*d*~", "<p><s>a</s>, <s>b c</s> and <s><em>d</em></s></p>\n"),
        ("~/a/~ b~, ~5 or x~6, ~題~", "<p>~/a/~ b~, ~5 or x~6, ~題~</p>\n"),
        ("a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n"),
        ("$5 and $6", "<p>$5 and $6</p>\n"),
    ],
)
def test_small_extras(body: str, expected: str) -> None:
    assert html(body) == expected
    assert html(body, math=True) == expected


def test_table_stands_in_a_box_that_scrolls() -> None:
    table = html("|a|\n|-|\n|b|")
    assert table.startswith('<div class="table" role="group" tabindex="0">\n<table>\n<thead>')
    assert table.endswith("</table>\n</div>\n")


def test_box_of_a_task_is_named_by_its_text() -> None:
    tasks = html('- [x] say *"hi"*\n- [ ] b\n\n  c\n- d')
    boxes = re.findall("<input[^>]*>", tasks)
    assert boxes == [
        '<input type="checkbox" disabled checked aria-label="say “hi”">',
        '<input type="checkbox" disabled aria-label="b">',
    ]


def test_footnote_of_the_title_has_no_link_back() -> None:
    """It led to an id that no page had, as `check` said of every such post."""
    found = render("# T[^1]\n\n![x ^[y]](//e.org/i.png) z[^1]\n\n[^1]: n", SYNTAXES)[0]
    assert re.findall('href="#(.*?)"', found.html) == ["fn1", "fnref1:1"]
    assert re.findall('id="(fn.*?)"', found.html) == ["fnref1:1", "fn1", "fn2"]


def test_footnote_has_one_number_wherever_it_is_named() -> None:
    found = html("a[^x] b[^x]\n\n[^x]: note\n")
    assert re.findall(r'href="#fn1" id="([^"]*)">([^<]*)<', found) == [
        ("fnref1", "1"),
        ("fnref1:1", "1"),
    ]
    assert '<li id="fn1" class="footnote-item" style="--note: --note-1"><p>note' in found


# Excerpt and words


@pytest.mark.parametrize(
    ("body", "excerpt"),
    [
        ("# T\n\na *b*\n`c` [d](e)<br>\n\nf", "a b c d"),
        ("![i](j)\n\n<p>x</p>\n\na &amp; b[^1]\n\n[^1]: n", "a & b"),
        ("> - a\n\nb", "a"),
        ("Ada wrote:\n\n> No.\n>\n> b\n\nc", "Ada wrote: No."),
        ("She says：\n\nb\n\nc", "She says： b"),
        ("> [!WARNING]\n> a\n>\n> > [!NOTE]\n> > b\n\n> c", "c"),
        ("::: note a\nb\n:::", "b"),
        ("Type this:\n\n```\na\n```\n\nb", "Type this:"),
        ("Three things:\n\n- a\n- b", "Three things:"),
        ("a\n\n## h\n\nb\n\n<!-- more -->\n\nc", "a b"),
        ("a\n<!--truncate-->\nb", "a"),
        ("a <!--more--> b", "a"),
        ("<!-- more -->\n\na", "a"),
        ("```\n<!-- more -->\n```\n\na", "a"),
        ("", ""),
        ("a " * 200 + "\n\n<!-- more -->", ("a " * 200).strip()),
        ("four " * 60, ("four " * 60).strip()),
        ("four, " * 60, ("four, " * 50).strip(", ") + "…"),
        ("語" * 301, "語" * 300 + "…"),
    ],
)
def test_excerpt(body: str, excerpt: str) -> None:
    assert rendered(body).excerpt == excerpt


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("one two-three don't *fo*ur", 4),
        ("– a … b", 2),
        ("日本語 and カナ", 6),
        ("a日本", 3),
        ("한국어 말", 2),
        ("नमस्ते दुनिया", 2),
        ("# a\n\n| b |\n|-|\n| c |\n\n```\nand code\n```\n\n<p>but no HTML</p>", 5),
        ("", 0),
    ],
)
def test_words_are_counted_for_a_reader(body: str, words: int) -> None:
    assert rendered(body).words == words


# Laws

PIECES = st.sampled_from(
    [
        "# ",
        "> ",
        "- ",
        "1. ",
        "[",
        "](",
        ")",
        "<a href=",
        "<img src='",
        "'>",
        '"',
        "\n",
        "\n\n",
        "```",
        "`",
        "$",
        "$$",
        "[^1]",
        "[^1]: ",
        ": ",
        "~~",
        "~",
        "*",
        "\\",
        "<!--",
        "-->",
        "<!-- more -->",
        "a",
        "b.md",
        "id:x",
        "\x00",
        "&#0;",
        "\t",
        "    ",
        "\r\n",
        "\xa0",
        "\x0b",
        "\x1c",
        "\x85",
        "\u2028",
        "<div>",
        "- [ ] ",
        "[a]: b\n",
        "é",
        "http://",
        ":",
        "{.x}",
        "title=",
        "<pre>",
        "srcset='a, b 2x'",
        "|",
        "|-|-|\n",
    ]
)
URL_PARTS = [*"aZ9-./?#:@%&=+;~'()_é", "..", "//", "%41", "xn--a", "[::1]", ":80", "a@b"]
BODIES = st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join)


@given(BODIES, st.booleans(), st.sampled_from([None, "a"]))
def test_any_text_renders_with_sound_placeholders_and_places(
    body: str, math: bool, title: str | None
) -> None:
    found = rendered(body, math=math, title=title)
    numbers = [int(number) for number in PLACEHOLDER.findall(found.html)]
    assert sorted(numbers) == list(range(len(found.links)))
    assert "\0" not in PLACEHOLDER.sub("", found.html)
    lines = NEWLINE.split(body)
    assert all(link.column <= len(lines[link.line - 1]) for link in found.links)


LIBRARY = {math: library_parser(s)[0] for math, s in ((False, SYNTAXES), (True, WITH_MATH))}


def by_the_library(body: str, math: bool) -> Rendered:
    """What the parser and renderer of markdown-it make of a body, without our short cut."""
    return rendered_by(LIBRARY[math], body, Reading())


@given(bodies, st.booleans())
@settings(max_examples=400)
def test_short_cut_changes_nothing(body: str, math: bool) -> None:
    assert rendered(body, math=math, title=None) == by_the_library(body, math)


@pytest.mark.npm("commonmark-spec")
def test_short_cut_changes_nothing_in_the_specification(npm_package: Path) -> None:
    spec = (npm_package / "spec.txt").read_text("utf-8").replace("→", "\t")
    for body in re.split(r"^(?:`{32}.*|\.)$", spec, flags=re.MULTILINE):
        assert rendered(body, title=None) == by_the_library(body, math=False), body


@given(st.lists(st.sampled_from(URL_PARTS) | st.text(max_size=2), max_size=9).map("".join))
@settings(max_examples=400)
def test_normal_url_is_one_that_normalizing_leaves_alone(rest: str) -> None:
    for url in (f"https://{rest}", f"http://e.org{rest}", rest):
        assert not NORMAL.fullmatch(url) or normalizeLink(url) == url


@given(BODIES)
def test_any_text_is_commonmark_too(body: str) -> None:
    assert "\0" not in render(body, (COMMONMARK,))[0].html


@pytest.mark.parametrize(
    "piece",
    [
        "<a '\"",
        "<a b='",
        "<!--",
        "<pre>",
        "<b href=x>",
        "<b srcset=,,,a>",
        "[a](b) ",
        "# a\n",
        "- [ ] x\n",
        "|a|\n|-|\n",
        "|a|\n|-|\n: b\n",
        "^[a-",
        "$a\\$ ",
        "http://a_b",
        "www.a_b.c_",
        "http://a.b)) ",
        "http://a.b&c;&d",
        "a.b+c@d_",
        "a@b.c ",
        "a_@",
        "[a](b){.c ",
        "[a](b){.c}",
        "`a`{x='{",
        "- a\n{.b}\n",
        "a\n{.b}\n{.c}\n",
        "# a {#b}\n",
    ],
)
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    """About a second each at most; where the time were quadratic, minutes."""
    found = rendered(piece * (50_000 // len(piece)), math=True)
    assert len(PLACEHOLDER.findall(found.html)) == len(found.links)


def posts(folder: Path) -> list[tuple[Path, str, str]]:
    """Every readable post: its path, its text, and its body below a crude cut of front matter."""
    found = []
    for path in sorted(p for p in folder.rglob("*.*") if p.suffix in {".md", ".markdown"}):
        try:
            text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
        except UnicodeDecodeError:
            continue
        found.append((path, text, re.sub(r"\A---\r?\n.*?\n---\r?\n", "", text, flags=re.DOTALL)))
    return found


def points_at(link: Link, text: str) -> bool:
    """Whether the place of a link is where it, its reference or its attribute is written."""
    mark = underlined(text, link)
    return (
        mark.startswith(("[", "![", "<"))
        or mark.replace("&amp;", "&") == link.href
        or not link.href
    )


def test_links_of_real_posts_point_at_what_their_authors_wrote(shared: Path) -> None:
    found = posts(shared / "corpus")
    assert len(found) > 600
    for path, text, body in found:
        first = text[: len(text) - len(body)].count("\n") + 1
        page, _ = render(body, SYNTAXES, line=first)
        numbers = [int(number) for number in PLACEHOLDER.findall(page.html)]
        assert sorted(numbers) == list(range(len(page.links))), path
        assert [link for link in page.links if not points_at(link, text)] == [], path


def test_short_cut_changes_nothing_in_real_posts(shared: Path) -> None:
    for path, _, body in posts(shared / "corpus"):
        assert rendered(body, title=None) == by_the_library(body, math=False), path


def test_anchors_of_real_posts_are_the_ids_in_their_html(shared: Path) -> None:
    for path, _, body in posts(shared / "corpus"):
        page = rendered(body)
        tree = lxml_html.fragment_fromstring(page.html.replace("\0", ""), create_parent="div")
        ids = set(tree.xpath("//@id")) | set(tree.xpath("//a/@name"))
        assert ids <= page.anchors, path
