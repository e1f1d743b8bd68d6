"""Markdown that Hypothesis makes: pieces that mean something together, and any text."""

from __future__ import annotations

from hypothesis import strategies as st

INLINE = (
    *(
        "a",
        "b c",
        "é",
        "—",
        "中",
        " ",
        "  ",
        "\n",
        "  \n",
        "\xa0",
        "\x0b",
        "\t",
        "(",
        ")",
        '"',
        "'",
    ),
    *("*", "**", "***", "_", "__", "*x*", "**y**", "_z_", "**a *b* c**", "a*b*c", "`", "``", "`x`"),
    *("[", "]", "![", "](u)", "](u 't')", '](u "t")', "](<x y>)", "[l](m)", "[*a*](b)", "*[a](b)*"),
    *("<", "<b>", "</b>", "<http://e.org/é>", "<!-- more -->", "&", "&amp;", "&#65;", "&x"),
    *(
        "\\",
        "\\*",
        "\\[",
        "\\\n",
        "!",
        "!x",
        "~",
        "~~",
        "$",
        "$x$",
        "[^1]",
        "[x]",
        "https://e.org/?a",
        "](http://e.org)",
        "www.e.org",
        "://",
        "a@e.org",
        "</a>",
        "==",
        "==m==",
        "++",
        "++ctrl+c++",
        "^2^",
        "~2~",
        "^",
        "{.a}",
        "{: #i title='x'}",
        "{",
        "}",
    ),
)
BLOCK = (
    *("\n\n", "\n\n", "\n  ", "\n    ", "# ", "\n## ", "\n===\n", "\n---\n", "\n***\n", "```\n"),
    *("~~~\n", "\n- ", "\n* ", "\n+ ", "\n1. ", "\n2) ", "\n12. ", "\n  - ", "\n- - ", "\n- [x] "),
    *("\n> ", "\n>", "\n>> ", "\n: ", "\n\n: ", "\n~ ", "|", "\n|-|-|\n", "\n| a | b |", "-|-\n"),
    *("[x]: /u\n", "\n[x\n]: y", "\n[^1]: ", "<div>\n", "</div>\n", "<script>\n", "$$\n", "2019 a"),
    *("\r\n", "\x00", "\x0c", "\u2028", "\n\t", "\n-\ta", "\n#a", "\n_a_ b", "\n*a* b", "\n`a` b"),
    *("\n*[a]: b\n", "\n*[a", "\n[TOC]\n\n"),
    *("\n{.a}", "\n{.a}\n", "\n  {: #b}\n", "\n{a", "\n::: tip a\n", "\n:::: {.a}\n", "\n:::\n"),
    *("\n::::\n", "\n> [!NOTE]- a\n", "[!x]", "\n!!! tip\n    ", "\n??? x\n\n    "),
)

contents = st.lists(st.sampled_from(INLINE) | st.text(max_size=2), max_size=25).map("".join)
bodies = st.lists(st.sampled_from(INLINE + BLOCK) | st.text(max_size=2), max_size=40).map("".join)
