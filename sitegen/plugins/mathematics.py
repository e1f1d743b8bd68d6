"""`$x$` and `$$x$$`, for KaTeX or MathJax to set, in documents whose front matter asks for it."""

from __future__ import annotations

from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from sitegen.content.markdown.reading import Reading, render_rule
from sitegen.content.markdown.syntax import Syntax
from sitegen.model.document import Meta


def _install(parser: MarkdownIt) -> None:
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        double_inline=True,
    )
    parser.add_render_rule("math_inline_double", render_rule(_inline))


def _inline(token: Token, _: Reading) -> str:
    """kramdown's `$$` inside a paragraph is inline, and a paragraph holds no `div`."""
    return f'<span class="math inline">{escape(token.content.strip(), quote=False)}</span>'


def _is_asked_for(meta: Meta) -> bool:
    return meta.math


MATHEMATICS = Syntax(
    "math",
    _install,
    block={"math_block": "$"},
    inline={"math_inline": r"\$"},
    when=_is_asked_for,
)
