"""Syntax that sitegen does not know is read as markdown-it alone reads it, declared or not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt, rules_inline
from markdown_it.parser_inline import ParserInline
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.content.markdown.commonmark import COMMONMARK
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import parser_of, rendered_by
from sitegen.content.markdown.reading import Reading, environment
from sitegen.content.markdown.syntax import NOWHERE, Syntax, library_parser
from tests.content.markdown.test_commonmark import EXAMPLE
from tests.content.markdown.test_parser import posts
from tests.markup import BLOCK, INLINE

DIALECT = dialect()

# Block rules


def line_block(mark: str) -> Callable[[StateBlock, int, int, bool], bool]:
    """A rule that makes an aside of one line that starts with the mark."""

    def rule(state: StateBlock, start: int, _: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        if not state.src.startswith(mark, begin) or state.is_code_block(start):
            return False
        if not silent:
            state.push("aside_open", "aside", 1)
            inline = state.push("inline", "", 0)
            inline.content = state.src[begin + len(mark) : state.eMarks[start]].strip()
            inline.map, inline.children = [start, start + 1], []
            state.push("aside_close", "aside", -1)
            state.line = start + 1
        return True

    return rule


def admonitions(parser: MarkdownIt) -> None:
    parser.block.ruler.before("fence", "admonition", line_block("!!! "))


def notes(parser: MarkdownIt) -> None:
    """They start with a letter, and end a paragraph."""
    rule = line_block("Note: ")
    parser.block.ruler.before("fence", "note", rule, {"alt": ["paragraph", "reference"]})


def other_fences(parser: MarkdownIt) -> None:
    """A rule of a known name that starts with another character than the one it replaces."""
    parser.block.ruler.at("fence", line_block("!!! "))


# Inline rules


def mark_delimiters(state: StateInline, silent: bool) -> bool:
    if silent or not state.src.startswith("==", state.pos):
        return False
    scanned = state.scanDelims(state.pos, True)
    state.push("text", "", 0).content = "=="
    state.delimiters.append(
        Delimiter(61, 0, len(state.tokens) - 1, -1, scanned.can_open, scanned.can_close)
    )
    state.pos += 2
    return True


def mark_pairs(state: StateInline) -> None:
    for found in (state.delimiters, *(m["delimiters"] for m in state.tokens_meta if m)):
        for delimiter in found:
            if delimiter.marker == 61 and delimiter.end >= 0:
                end = found[delimiter.end].token
                state.tokens[delimiter.token] = Token("mark_open", "mark", 1)
                state.tokens[end] = Token("mark_close", "mark", -1)


def marks(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", "mark", mark_delimiters)
    parser.inline.ruler2.before("emphasis", "mark", mark_pairs)


def shouts(parser: MarkdownIt) -> None:
    """A rule of the second ruler alone."""

    def shout(state: StateInline) -> None:
        for token in state.tokens:
            if token.type == "text" and token.content.endswith("a!"):
                token.content = token.content.upper()

    parser.inline.ruler2.push("shout", shout)


def anywhere(pattern: str) -> Callable[[StateInline, bool], bool]:
    """A rule that puts what the pattern matches between braces."""
    match = re.compile(pattern).match

    def rule(state: StateInline, silent: bool) -> bool:
        if not (found := match(state.src, state.pos)):
            return False
        if not silent:
            state.push("html_inline", "", 0).content = f"{{{found[0]}}}"
        state.pos = found.end()
        return True

    return rule


def mentions(parser: MarkdownIt) -> None:
    parser.inline.ruler.after("text", "mention", anywhere("@[a-z]+"))


def bare_links(parser: MarkdownIt) -> None:
    """markdown-it asks this rule at the places alone where its own rule of text stops."""
    parser.inline.ruler.after("text", "www", anywhere(r"www\.[a-z.]+"))


def eager_letters(parser: MarkdownIt) -> None:
    """This one stands before the rule of text."""
    parser.inline.ruler.before("text", "letter", anywhere("[b-e]"))


def double_brackets(parser: MarkdownIt) -> None:
    wiki = anywhere(r"\[\[[^\]]*\]\]")

    def link(state: StateInline, silent: bool) -> bool:
        return wiki(state, silent) or rules_inline.link(state, silent)

    parser.inline.ruler.at("link", link)


# Core rules


def corrections(parser: MarkdownIt) -> None:
    def correct(state: StateCore) -> None:
        for token in state.tokens:
            for child in token.children or ():
                if child.type == "text":
                    child.content = child.content.replace("teh", "the")

    parser.core.ruler.push("correct", correct)


def prefilled(parser: MarkdownIt) -> None:
    """A rule that gives some contents a first child before they are read."""

    def prefill(state: StateCore) -> None:
        for token in state.tokens:
            if token.content.startswith("a "):
                token.children = [Token("html_inline", "", 0, content="first")]

    parser.core.ruler.after("block", "prefill", prefill)


# What is no rule


def without_emphasis(parser: MarkdownIt) -> None:
    parser.disable("emphasis")


def loud_text(parser: MarkdownIt) -> None:
    def text(_: RendererHTML, tokens: list[Token], index: int, *__: object) -> str:
        return tokens[index].content.upper()

    parser.add_render_rule("text", text)


def italics(parser: MarkdownIt) -> None:
    parser.add_render_rule("em_open", lambda *_: "<i>")


def hard_breaks(parser: MarkdownIt) -> None:
    parser.options["breaks"] = True


def html_of_old(parser: MarkdownIt) -> None:
    parser.options["xhtmlOut"] = False


class QuietText(RendererHTML):
    def text(self, tokens: list[Token], idx: int, *_: object) -> str:  # type: ignore[override]
        return tokens[idx].content.lower()


def own_renderer(parser: MarkdownIt) -> None:
    parser.renderer = QuietText(parser)


class Doubled(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        return super().parse(src + src, md, env, tokens)


def own_inline_parser(parser: MarkdownIt) -> None:
    own = Doubled()
    own.ruler, own.ruler2 = parser.inline.ruler, parser.inline.ruler2
    parser.inline = own


def typography(parser: MarkdownIt) -> None:
    parser.options["typographer"] = True
    parser.enable(["replacements", "smartquotes"])


BLOCKS = (
    Syntax("admonitions", admonitions),
    Syntax("notes", notes),
    Syntax("declared admonitions", admonitions, block={"admonition": "!"}),
    Syntax("declared notes", notes, block={"note": "N"}),
    Syntax("other fences", other_fences),
    Syntax("declared other fences", other_fences, block={"fence": "!"}),
)
DECLARED = (
    Syntax("marks", marks, inline={"mark": "=="}),
    Syntax("shouts", shouts, inline={"shout": "a!"}),
    Syntax("mentions", mentions, inline={"mention": "@"}),
    Syntax("bare links", bare_links, inline={"www": r"www\."}),
    Syntax("letters", eager_letters, inline={"letter": "[b-e]"}),
    Syntax("double brackets", double_brackets, inline={"link": r"\["}),
    Syntax("corrections", corrections, inline={"correct": "teh"}),
    Syntax("prefilled", prefilled, inline={"prefill": NOWHERE}),
)
UNDECLARED = (
    *(replace(syntax, inline={}) for syntax in DECLARED),
    Syntax("without emphasis", without_emphasis, inline={"emphasis": NOWHERE}),
    Syntax("loud text", loud_text),
    Syntax("italics", italics),
    Syntax("hard breaks", hard_breaks),
    Syntax("html of old", html_of_old),
    Syntax("own renderer", own_renderer),
    Syntax("own inline parser", own_inline_parser),
    Syntax("typography", typography),
)
BODIES = (
    *("!!! note *a*", "a\n!!! b", "```\n!!! a\n```", "Note: a", "a *b*\nNote: c", "> Note: a"),
    *("==a== b", "*a ==b== c*", "a ==*b*==", "[==a==](b)", "==a", "hi @ann", "a@bob", "*@ann*"),
    *("www.a.b", "a www.a.b", "*www.a.b*", "(www.a.b)", "a\nwww.a.b", "[www.a.b](c)", "wow"),
    *(
        "[[a]] b",
        "[[a](b)](c)",
        "b a!",
        "teh a",
        "*teh*",
        "`teh`",
        "a *b* c",
        "a\nb",
        "a  \nb",
        '"a" (c)',
    ),
)
FOREIGN = (*BODIES, "==", "@ann", "www.a.b", "teh", "[[", "]]", "\n!!! ", "\nNote: ", "b", "c")
bodies = st.lists(st.sampled_from((*FOREIGN, *INLINE, *BLOCK)), max_size=25).map("".join)


def has_short_cut(syntaxes: tuple[Syntax, ...]) -> bool:
    _, inline, _ = parser_of(syntaxes).parse("a", environment(Reading()))
    return [child.type for child in inline.children or ()] == ["run"]


def assert_same(syntaxes: tuple[Syntax, ...], body: str) -> None:
    """The body has the same HTML, and all else the same, as from the library alone."""
    library, _ = library_parser(syntaxes)
    expected = rendered_by(library, body, Reading())
    assert rendered_by(parser_of(syntaxes), body, Reading()) == expected


named = pytest.mark.parametrize(
    "syntax", [*BLOCKS, *DECLARED, *UNDECLARED], ids=lambda syntax: f"{syntax.name}"
)


@named
@pytest.mark.parametrize("body", BODIES)
def test_foreign_syntax_is_read_as_the_library_reads_it(syntax: Syntax, body: str) -> None:
    assert_same((*DIALECT, syntax), body)
    assert_same((COMMONMARK, syntax), body)


@named
@pytest.mark.npm("commonmark-spec")
def test_foreign_syntax_changes_the_specification_alike(syntax: Syntax, npm_package: Path) -> None:
    spec = (npm_package / "spec.txt").read_text("utf-8").replace("→", "\t")
    for body, _ in EXAMPLE.findall(spec):
        assert_same((COMMONMARK, syntax), body)


def test_foreign_syntax_changes_real_posts_alike(shared: Path) -> None:
    """All declared syntax in every post, and undeclared syntax in turn."""
    found = posts(shared / "corpus")
    assert len(found) > 600
    for (_, _, body), syntax in zip(found, cycle(UNDECLARED), strict=False):
        assert_same((*DIALECT, *BLOCKS, *DECLARED), body)
        assert_same((*DIALECT, syntax), body)


@given(bodies, st.sampled_from((*BLOCKS, *DECLARED)))
@settings(max_examples=400)
def test_foreign_syntax_reads_any_text_alike(body: str, syntax: Syntax) -> None:
    assert_same((*DIALECT, syntax), body)


@pytest.mark.parametrize("syntax", [*BLOCKS, *DECLARED], ids=lambda syntax: f"{syntax.name}")
def test_declared_syntax_keeps_the_short_cut(syntax: Syntax) -> None:
    assert has_short_cut((*DIALECT, syntax))


@pytest.mark.parametrize("syntax", UNDECLARED, ids=lambda syntax: f"{syntax.name}")
def test_undeclared_syntax_turns_the_short_cut_off(syntax: Syntax) -> None:
    assert not has_short_cut((*DIALECT, syntax))


def test_rule_of_the_library_that_nobody_declares_turns_the_short_cut_off() -> None:
    """As one would that a later version of markdown-it brings along."""
    inline = {name: pattern for name, pattern in COMMONMARK.inline.items() if name != "entity"}
    assert not has_short_cut((replace(COMMONMARK, inline=inline),))
    assert has_short_cut((COMMONMARK,))
