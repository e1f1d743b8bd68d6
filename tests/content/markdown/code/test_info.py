"""Info strings in the spellings of many generators: what they ask for, and what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.markdown.code.info import Info, read_info


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        # sitegen's own
        ("python", Info("python")),
        ('python title="a & b.py"', Info("python", title="a & b.py")),
        ("python {2-4,7}", Info("python", lines={"marked": ((2, 4), (7, 7))})),
        ("python focus=7-9 wrap", Info("python", lines={"focused": ((7, 9),)}, wraps=True)),
        ("python #main start=40", Info("python", id="main", numbers=True, start=40)),
        ("python numbers collapse", Info("python", numbers=True, folds=True)),
        ("python collapse={2-9}", Info("python", lines={"folded": ((2, 9),)})),
        ("python diff", Info("python", is_diff=True)),
        ("json output", Info("json", is_output=True)),
        ("output", Info("", is_output=True)),
        ("sh [npm] title=a.sh", Info("sh", title="a.sh", label="npm")),
        # Hugo
        (
            '{.go} {linenos=table,hl_lines=[8,"15-17"],linenostart=199}',
            Info("go", lines={"marked": ((8, 8), (15, 17))}, numbers=True, start=199),
        ),
        (
            "go {linenos=inline hl_lines=[3,6-8] style=emacs anchorLineNos=true}",
            Info("go", lines={"marked": ((3, 3), (6, 8))}, numbers=True),
        ),
        ("go {lineNos=false}", Info("go", numbers=False)),
        # Zola
        (
            "rust,linenos,linenostart=20,hl_lines=3-4 8-9,hide_lines=2 7",
            Info(
                "rust",
                lines={"marked": ((3, 4), (8, 9)), "folded": ((2, 2), (7, 7))},
                numbers=True,
                start=20,
            ),
        ),
        ("rust,name=mod.rs,copy", Info("rust", title="mod.rs")),
        # MkDocs, Material for MkDocs
        (
            'py title="a.py" linenums="5" hl_lines="2 3-4"',
            Info("py", title="a.py", lines={"marked": ((2, 2), (3, 4))}, numbers=True, start=5),
        ),
        ("{ .py .annotate .no-copy linenums=1 }", Info("py", numbers=True)),
        # Pandoc, Sphinx
        ('{.c .numberLines startFrom="100"}', Info("c", numbers=True, start=100)),
        (
            'c caption="a.c" emphasize-lines="1,3-5" lineno-start=10',
            Info("c", title="a.c", lines={"marked": ((1, 1), (3, 5))}, numbers=True, start=10),
        ),
        # Gatsby, Docusaurus, VitePress, Astro
        ("js{1,3-4}", Info("js", lines={"marked": ((1, 1), (3, 4))})),
        ("js{1}{numberLines: true}", Info("js", lines={"marked": ((1, 1),)}, numbers=True)),
        ("js {numberLines: 21}", Info("js", numbers=True, start=21)),
        ("js:title=src/a.js", Info("js", title="src/a.js")),
        ("jsx showLineNumbers {1}", Info("jsx", lines={"marked": ((1, 1),)}, numbers=True)),
        ("jsx showLineNumbers{5}", Info("jsx", numbers=True, start=5)),
        ("ts:line-numbers=2 {1}", Info("ts", lines={"marked": ((1, 1),)}, numbers=True, start=2)),
        ("ts:no-line-numbers", Info("ts", numbers=False)),
        (
            'js title="a.js" ins={1-2} del={3} mark={4} collapse={5-6} wrap=off startLineNumber=5',
            Info(
                "js",
                title="a.js",
                lines={
                    "added": ((1, 2),),
                    "deleted": ((3, 3),),
                    "marked": ((4, 4),),
                    "folded": ((5, 6),),
                },
                numbers=True,
                start=5,
            ),
        ),
        ("diff-js", Info("js", is_diff=True)),
        # Rust, Quarto
        ("rust,ignore,no_run,edition2021,E0382", Info("rust")),
        ("{python, echo=FALSE, fig.width=4}", Info("python")),
        ('{r plot, fig.cap="A plot"}', Info("r")),
    ],
)
def test_options_mean_the_same_in_every_spelling(written: str, expected: Info) -> None:
    assert read_info(written) == expected


@pytest.mark.parametrize(
    ("written", "code", "part", "hint"),
    [
        ("js linenoz", "SG406", "linenoz", "did you mean 'linenos'?"),
        ("js hl-line={1}", "SG406", "hl-line={1}", "did you mean 'hl_lines'?"),
        (
            "js babel.config.js",
            "SG406",
            "babel.config.js",
            'for a title, write title="babel.config.js"',
        ),
        ("js sparkle", "SG406", "sparkle", "remove it; the manual lists all options"),
        ("js focus", "SG406", "focus", "write which: focus={2,4-6}"),
        ("js start=x", "SG406", "start=x", "write the number of the first line: start=40"),
        ("js 3-5", "SG406", "3-5", "remove it; the manual lists all options"),
        ("js file=a.js", "SG404", "file=a.js", None),
        ('js ins="text"', "SG404", 'ins="text"', None),
        ('js {1} "text"', "SG404", '"text"', None),
        ("js /word/", "SG404", "/word/", None),
        ("shell npm2yarn", "SG404", "npm2yarn", None),
    ],
)
def test_what_an_option_cannot_do_is_said(
    written: str, code: str, part: str, hint: str | None
) -> None:
    (doubt,) = read_info(written).doubts
    assert (doubt.code, doubt.part) == (code, part)
    assert hint in (None, doubt.hint)


@given(st.text("abc{}[]=\"'#.:,/- 019\\&;é"))
def test_any_text_is_an_info_string(written: str) -> None:
    assert read_info(written).start >= 0
