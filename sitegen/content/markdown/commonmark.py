"""CommonMark 0.31: the rules that markdown-it itself brings, and what they look for in text."""

from __future__ import annotations

from markdown_it import MarkdownIt

from sitegen.content.markdown.syntax import LATER_LINE, NOWHERE, Syntax


def _install(_: MarkdownIt) -> None:
    """Nothing is left to do: every parser has these rules."""


COMMONMARK = Syntax(
    "commonmark",
    _install,
    block={
        "blockquote": ">",
        "fence": "`~",
        "heading": "#",
        "hr": "*-_",
        "html_block": "<",
        "list": "*+-0123456789",
        "reference": "[",
        **dict.fromkeys(("code", "lheading", "paragraph"), LATER_LINE),
    },
    inline={
        "autolink": "<",
        "backticks": "`",
        "emphasis": "[*_]",
        "entity": "&[#A-Za-z]",
        "escape": r"\\",
        "html_inline": "<",
        "image": r"!\[",
        "link": r"\[",
        "newline": r"\n",
        # These put together what others find, or pass a text on to the inline rules.
        **dict.fromkeys(("balance_pairs", "fragments_join", "text", "text_join"), NOWHERE),
        **dict.fromkeys(("normalize", "block", "inline"), NOWHERE),
    },
)
