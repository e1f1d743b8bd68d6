"""What readers would see raw, or not at all: what is found, where, and what is never reported."""

from __future__ import annotations

import pytest

from sitegen.content.markdown.dialect import dialect, syntaxes_of
from sitegen.content.markdown.extensions.math import mathematics
from sitegen.content.markdown.parser import render
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.document import Meta

SYNTAXES = syntaxes_of(Meta(id="a", slug="a"), dialect())


def problems(body: str, *others: Syntax) -> tuple[Diagnostic, ...]:
    return render(body, (*SYNTAXES, *others), title="T")[1]


def places(body: str) -> list[tuple[str, str]]:
    """By code, what a code frame underlines."""
    lines = body.split("\n")
    found = [(d.line or 0, (d.column or 0) - 1, d) for d in problems(body)]
    return [(d.code, lines[row - 1][column : column + d.length]) for row, column, d in found]


@pytest.mark.parametrize(
    "body",
    [
        "`{{ x }}` and ``{% y `z` %}`` and <code>{{ x }}</code> and <kbd>[[a]]</kbd>",
        "```jinja\n{{ x }}\n\n:::tip\n```\n\n    {% indented %}\n    ## {{ x }}",
        "<pre>\n{{ x }}\n\n{% y %}\n</pre>\n\n<div><pre>\n\n{{ z }}\n\n</pre></div>",
        "<script>\nlet a = {{}}; // <div>\n\nb(`{{ x }}`);\n</script>",
        "<style>\na { b: url({{ x }}) }\n</style>\n\n<!-- {{ x }} <div> [[y]] -->",
        r"\{{ x }} and \[[y]] and \:tada: and \==z== and [^1\]",
        "It costs $5 or $6, and $HOME is not $PATH.",
        "if a == b or c==d: x = a[i][j]; y = [[1, 2], [3]]; f(x)[0][1]; 2^8^2",
        "From 10:30:20 to std::vector::end, or C:x:y, or 1::2.",
        "The set [^a-z]+ and [^0-9]* are [a][def] no footnotes.",
        "Text ::: text, wow!!! Really??? and note !!! note",
        "A # in C#, issue #123 and #hashtags in a sentence.",
        "100% of %s, 50%% more, %%time",
        "me@fig-x.example, a:material-b:c, {-- x, 8<-- and --8<-- cut here",
        "I import 'a' from 'b' and export const ideas.",
        "[text](b.md 'title') [text](<a b.md>) [text] (not a link)",
        "- [ ] task\n- [x] done\n\n| a | b |\n|---|---|\n| `{{ x }}` | c |",
        "No formula is ~~this~~ or a~b~c; ~/x and ~/y",
    ],
)
def test_code_escapes_and_prose_are_left_alone(body: str) -> None:
    assert problems(body) == ()


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>a<li>b</ul> <p>c <table><tr><td>d<td>e<tr><td>f</table>",
        "<dl><dt>a<dd>b</dl>\n\n<select><option>a<option>b</select>",
        "a<br>b<br/>c<hr /><wbr><input><img src='x' alt=''>",
        "<svg viewBox='0 0 1 1'><path d='M0'/><g><circle/></g></svg>",
        "<details>\n<summary>a</summary>\n\n- b <kbd>c</kbd>\n\n</details>",
        "<my-element>a</my-element> <DIV>b</div> <p/> <a href='x>y'>c</a>",
        "A <!-- <div> --> <?php <b> ?> <https://e.example/> <me@e.example>",
        "<textarea>a <b> c</textarea>\n\n<iframe src='x'><p></iframe>",
    ],
)
def test_html_that_the_standard_allows_is_left_alone(html: str) -> None:
    assert problems(html) == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- a\n\n  > **b {{ c }}**", ["{{ c }}"]),
        ("| a | b |\n|---|---|\n| {{ x }} | {% y %} |", ["{% y %}", "{{ x }}"]),
        ("`{{ x }}` \\{{ x }} {{ x }}", ["{{ x }}"]),
        ("## {{ x }}", ["{{ x }}"]),
        ("a {% include b\n   c=1 %} d", ["{% include b"]),
        ("a {{<b c>}} d", ["{{<b c>}}"]),
        ("[a]: {{ x }}/b", ["{{ x }}"]),
        ("a[^1]\n\n[^1]: {{ x }}", ["{{ x }}"]),
        ("%%**a** b%%", ["%%**a** b%%"]),
        ("<div>\n\n{{ x }}\n\n</div>", ["{{ x }}"]),
        ("<div>{{ x }}</div>", ["{{ x }}"]),
        ("<Foo a={b} />", ["<Foo a={b} />"]),
        ("<Foo a={() => 1}>", ["<Foo a={() =>"]),
        (
            "a :material-home: :simple-x:, {--b--} {~~c~>d~~} @fig-e",
            ["{--b--}", ":material-home:", "@fig-e"],
        ),
        ("## A {#b .c key=d}\n\nIn {#b} text", ["{#b .c key=d}"]),
        ('--8<-- "a.md"\n\n> ;--8<-- "b.md"', ['--8<-- "a.md"']),
        ("text\n#### {{ x }}\n{:toc}", ["{:toc}", "{{ x }}"]),
    ],
)
def test_place_is_that_of_the_syntax(body: str, expected: list[str]) -> None:
    found = places(body)
    assert sorted(text for code, text in found if code == "SG901") == sorted(expected)


def test_a_kind_is_reported_once_with_the_number_of_others() -> None:
    (found,) = problems("{{ a }} {{ b }}\n\n- {{ c }}")
    assert (found.line, found.column) == (1, 1)
    assert found.message.endswith("'{{ a }}' (and 2 more in this file)")


def test_syntax_that_is_on_is_not_reported() -> None:
    formula = "$$\na^2\n$$\n\nand $\\alpha$ and $$\\beta$$."
    assert [problem.hint for problem in problems(formula)] == [
        "add to the front matter: math: true"
    ]
    assert problems(formula, mathematics()) == ()


def test_tag_that_another_one_ends_is_reported_once() -> None:
    assert places("<b><i>a</b></i>") == [("SG903", "<i>")]
    assert places("<div><b>a</div>\n\n<p></b>") == [("SG903", "<b>")]


def test_tags_are_matched_over_the_whole_document() -> None:
    assert places("<div>\n\n- a\n\n</div>\n\n<section>\n\n> b </section> c </section>") == [
        ("SG903", "</section>")
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("```\na", "```"),
        ("```", "```"),
        ("a\n\n~~~~ py\n~~~\n\nb\n", "~~~~"),
        ("- ```\n  a\n\nb", "```"),
        ("> ```\n> a\n\nb", "```"),
    ],
)
def test_unclosed_fence_is_reported_where_it_opens(body: str, expected: str) -> None:
    assert places(body) == [("SG405", expected)]


@pytest.mark.parametrize(
    "body", ["```\n```", "~~~\na\n~~~~  ", "- ```\n  a\n  ```", "> ```\n> ```"]
)
def test_closed_fence_is_fine(body: str) -> None:
    assert problems(body) == ()


def test_headings_of_a_list_or_quote_are_of_another_outline() -> None:
    assert problems("## a\n\n> #### b\n\n### c\n\n## d\n\n- ##### e") == ()


def test_html_headings_may_be_what_seems_to_be_skipped() -> None:
    assert problems("<h2>a</h2>\n\n### b") == ()


def test_definition_in_a_fence_is_no_unused_footnote() -> None:
    body = "```\n[^1]: a\n```\n\n[^1]: b"
    assert [(problem.code, problem.line) for problem in problems(body)] == [("SG902", 5)]


def test_hostile_text_takes_linear_time() -> None:
    """Each of these once took minutes at this length, or could have."""
    for piece in (
        "{{",
        "{%",
        "{{<",
        "`",
        "<a",
        "</b>",
        "<b><i>",
        "[a][b",
        "$$a",
        "%%a",
        "{--a",
        "![[",
        "==",
    ):
        problems(piece * 20_000)
