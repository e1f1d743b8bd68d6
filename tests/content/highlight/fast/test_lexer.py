"""The quick lexers give token for token what Pygments gives, for every language it has."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import cast

import pytest
from pygments import format as pygments_format
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer, RegexLexerMeta
from pygments.lexers import find_lexer_class, find_lexer_class_by_name, get_all_lexers
from pygments.lexers.rust import RustLexer
from pygments.util import ClassNotFound

from sitegen.content.highlight.fast.formatter import spans
from sitegen.content.highlight.fast.lexer import quick

NAMES = sorted(name for name, *_ in get_all_lexers(plugins=False))

SNIPPETS = [
    '@cache\nasync def f(x: int = 0x1F, *, y=1_0.5e-3j) -> str:\n    """Doc \\n."""\n'
    "    return rf'{x!r:>{y}}' + b\"\\x00\" if x is not None else f'{{}}'  # why\n",
    "export default class A<T> extends B { #p = /[/]\\/x/gi; static async *f(a, ...b) {\n"
    "  // c\n  return `t${a ? `${1}` : 0b11n}` ?? <div key={a}>x</div>; } }\n/* open\n",
    '<!DOCTYPE html>\n<p class="a" id=b>&amp; &#x41; <!-- c --><script>let a = 1 < 2;</script>\n'
    "<style>a:hover { color: #fff !important }</style>{{ x|f }}{% if y %}<?php echo $z ?>\n",
    "SELECT a.b, 'it''s' AS \"c\" FROM t -- c\nWHERE x >= :id AND NOT y IN (1, 2.5e3) /* d */;\n"
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN $1; END $$;\n",
    "#!/bin/sh\nfor f in \"$@\"; do echo ${f%.*} $((1 + 2)) `ls -l` <<EOF | grep -v 'x' && exit 1\n"
    "text $f\nEOF\ndone # end\n$ sudo apt install x\nroot@host:~# rm -rf /\n>>> 1 / 0\n> go\n",
    "#include <stdio.h>\n#define M(x) \\\n  ((x)+1)\nint main(int argc, char **argv) {\n"
    "  printf(\"%d\\n\", 0xFFul << 2); goto end; // c\nend: return 'a' == L'\\0'; }\n",
    "#[derive(Debug)]\npub fn f<'a, T: ?Sized>(x: &'a mut T) -> Result<(), E> { let r = r#\"a\"#;\n"
    "  match x { Some(1..=9) => vec![1u8], _ => unsafe { todo!() } } }\n",
    '(defun f (x &optional y) "d" `(a ,@b #\'c :k) ; c\n  (let ((x 1.0) (y #\\a)) (* x y)))\n'
    "module M where\nf :: Int -> [a]\nf x | x > 0 = let y = 1 in \\z -> z {- c -}\n",
    "\\documentclass[a4]{x} % c\n\\begin{eq} $a^{2}_i$ \\[ x \\] \\end{eq}\n# Title\n\n* **b**\n\n"
    '```python\nx = 1\n```\n\n.. code:: c\n\n   int x;\n\n[a](b "c")\n====\n',
    '[section]\nkey = value ; c\n- a: &x !t \'b\'\n  c: *x\nd: |\n  text\n{"a": [1, null, "\\n"]}\n'
    "--- a/f\n+++ b/f\n@@ -1,2 +1 @@\n-old\n+new\nGET /a?b=c HTTP/1.1\nHost: x\n\n{}\n",
    "section .text\nglobal _start\n_start: mov eax, [ebx+4*ecx] ; c\n  .word 0x1f, 10h\n  jmp $-2\n"
    'define i32 @f(i32 %x) { ret i32 %x }\n10 PRINT "HI": GOTO 10\nIF X THEN END IF\nREM c\n',
    'sub f { my ($a, @b) = @_; $a =~ s{x}{y}gex; print <<~"E" unless %h; }\nE\n=pod\n\nx\n\n=cut\n'
    'def g(a) = :sym => %w[a b] do |x| puts "#{x}" end\nproc p {} { set x [expr {1}] }\n',
    "naïve = 'é日本' → λ ſ K « ☃ »\tx\x0b\x0c\x00\x1b[1m\u2028\xa0end\n\n\n   \n\\",
    "((([[[{{{<<<>>>}}}]]])))\n\"unclosed 'string\n''' \"\"\" /* (* {- <!-- #| --[[ %{ ${ #{\n\n",
    "",
]


def noise(seed: str) -> str:
    """The words of all snippets in any order: what no author writes and no grammar foresees."""
    words = re.findall(r"\w+|\s+|[^\w\s]{1,3}", "".join(SNIPPETS))
    return "".join(random.Random(seed).choices(words, k=400))


def lexer_class(name: str) -> type[Lexer]:
    found = find_lexer_class(name)
    assert found is not None
    return found


def fresh(lexer: type[Lexer]) -> type[Lexer]:
    """A quick lexer of which no test has used an expression, since flags are part of one."""
    flags = getattr(lexer, "flags", 0) | re.ASCII
    return quick(cast(type[Lexer], RegexLexerMeta("Fresh", (lexer,), {"flags": flags})))  # type: ignore[no-untyped-call]


def is_as_in_pygments(lexer: type[Lexer], code: str) -> bool:
    theirs = list(lexer(stripnl=False).get_tokens(code))
    ours = list(quick(lexer)(stripnl=False).get_tokens(code))
    return ours == theirs and spans((0, *token) for token in ours) == pygments_format(
        iter(theirs), HtmlFormatter(nowrap=True)
    )


@pytest.mark.parametrize("name", NAMES)
def test_tokens_and_html_of_every_language_are_those_of_pygments(name: str) -> None:
    lexer = lexer_class(name)
    is_ours = quick(lexer) is not lexer
    for code in (noise(name), *(SNIPPETS if is_ours else ())):
        assert is_as_in_pygments(lexer, code), code


def test_code_of_real_posts_is_highlighted_as_by_pygments(shared: Path) -> None:
    posts = [path for path in (shared / "corpus").rglob("*.m*d*") if path.is_file()]
    assert len(posts) > 500
    blocks = {block for post in sorted(posts) for block in fences(post)}
    known = [(lexer, code) for name, code in blocks if (lexer := by_alias(name))]
    assert len(known) > 1000
    assert [code for lexer, code in known if not is_as_in_pygments(lexer, code)] == []


def by_alias(name: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(name)
    except ClassNotFound:
        return None


def fences(post: Path) -> list[tuple[str, str]]:
    text = post.read_text(encoding="utf-8", errors="replace")
    return re.findall(r"^```(\w+).*\n([^`]*)", text, re.MULTILINE)


@pytest.mark.parametrize("name", ["Ruby", "YAML", "JSON", "Python console session", "HTML+PHP"])
def test_lexer_with_a_loop_of_its_own_is_left_as_it_is(name: str) -> None:
    lexer = lexer_class(name)
    assert quick(lexer) is lexer


@pytest.mark.parametrize("name", ["C", "C++", "PHP"])
def test_lexer_that_changes_the_tokens_of_the_common_loop_is_quick(name: str) -> None:
    """They call `RegexLexer.get_tokens_unprocessed` by name; C took four times as long as Go."""
    lexer = fresh(lexer_class(name))
    list(lexer(stripnl=False).get_tokens("\n"))
    asked = ["match" in vars_of(rule[0]) for rule in vars(lexer)["_tokens"]["root"]]
    assert any(asked)
    assert not all(asked)


def test_rules_compile_as_they_are_asked() -> None:
    """Compiling all rules of a language takes longer than highlighting most posts."""

    lexer = fresh(RustLexer)
    list(lexer().get_tokens("1\n"))
    expressions = [rule[0] for rules in vars(lexer)["_tokens"].values() for rule in rules]
    compiled = [expression for expression in expressions if "match" in vars_of(expression)]
    assert 0 < len(compiled) < len(expressions) / 4


def test_languages_share_the_expressions_that_they_have_in_common() -> None:
    """Half of the time to read a first post with code is spent on expressions."""

    def expressions(name: str) -> set[object]:
        lexer = quick(lexer_class(name))
        lexer()
        return {rule[0] for rules in vars(lexer)["_tokens"].values() for rule in rules}

    assert len(expressions("C") & expressions("C++")) > 50


def vars_of(expression: object) -> dict[str, object]:
    return getattr(expression, "__dict__", {})
