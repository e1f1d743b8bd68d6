"""The parts of the theme as one file, which is made of what it was before, and smaller."""

from __future__ import annotations

import pytest

from sitegen.outputs.bundle import bundle, packing, squeezed

CASES = {
    "nothing": ((), ""),
    "parts in their order": (("b {}", "a {}"), "b {}\na {}\n"),
    "comments": (("/* one */ a {} /* two\nlines */\nb {}",), "a {}\nb {}\n"),
    "indentation and empty lines": (("a {\n\n    color: red;\n  }\n",), "a {\ncolor: red;\n}\n"),
    "statements that only a line ends": (("let a = 1\n  let b = 2\n",), "let a = 1\nlet b = 2\n"),
    "a part of comments": (("/* to do */\n", "a {}"), "a {}\n"),
}


@pytest.mark.parametrize("case", CASES)
def test_parts_are_joined(case: str) -> None:
    texts, joined = CASES[case]
    assert bundle(tuple((str(number), text) for number, text in enumerate(texts))) == joined


SQUEEZED = {
    "a { color: red; }": "a{color:red}",
    "a > b, c :hover d {}": "a>b,c :hover d{}",
    'a::after { content: " > ; , : { "; }': 'a::after{content:" > ; , : { "}',
    "a { width: calc(1px + 2px) }": "a{width:calc(1px + 2px)}",
    "@media (width: 1px) and (height: 2px) { }": "@media (width:1px) and (height:2px){}",
}


@pytest.mark.parametrize("css", SQUEEZED)
def test_space_goes_where_it_means_nothing(css: str) -> None:
    assert squeezed(css) == SQUEEZED[css]


@pytest.mark.parametrize(
    ("name", "packed"),
    [("x.css", b"a{b:c}"), ("x.js", b"let a = 1\nlet b = 2\n"), ("x.txt", None)],
)
def test_files_of_the_theme_are_packed_by_their_kind(name: str, packed: bytes | None) -> None:
    texts = {"x.css": b"/* x */\na { b: c; }\n", "x.js": b"/* x */\nlet a = 1\n  let b = 2\n"}
    pack = packing(name)
    assert (pack and pack(texts[name])) == packed
