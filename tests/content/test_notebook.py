"""Jupyter notebooks as Markdown: cells, outputs, pictures, and where each place is in the file."""

from __future__ import annotations

import json
import struct
from base64 import b64encode
from typing import Any

import pytest

from sitegen.content.notebook import Notebook, can_read_notebooks, read_notebook
from sitegen.content.notebook_html import without_scripts
from sitegen.content.notebook_outputs import terminal_text

pytestmark = pytest.mark.skipif(not can_read_notebooks(), reason="nbformat is not installed")

PICTURE = b64encode(b"picture").decode()


def markdown(text: str, **others: object) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(True)} | others


def code(text: str, *outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    cell = {"cell_type": "code", "metadata": {"tags": list(tags)}, "execution_count": 1}
    return cell | {"source": text.splitlines(True), "outputs": list(outputs)}


def shown(data: dict[str, Any], **metadata: object) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def written(*cells: dict[str, Any], **metadata: object) -> str:
    kernel = {"kernelspec": {"language": "R", "name": "ir", "display_name": "R"}}
    content = {"cells": cells, "metadata": kernel | metadata, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(content, indent=1)


def read(*cells: dict[str, Any], **metadata: object) -> Notebook:
    notebook, problems = read_notebook(written(*cells, **metadata), "a.ipynb")
    assert problems == ()
    assert notebook
    return notebook


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (markdown("# A\n\n*b*"), "# A\n\n*b*\n"),
        (code("x <- 1"), "```r\nx <- 1\n```\n"),
        (code('x <- "```"'), '````r\nx <- "```"\n````\n'),
        (code("x", printed("a\n"), printed("b\n")), "```r\nx\n```\n\n```output\na\nb\n```\n"),
        (code("x", printed(""), shown({}), shown({"text/plain": ""})), "```r\nx\n```\n"),
        (
            code("x", {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []}),
            "```r\nx\n```\n\n```output\nE: v\n```\n",
        ),
        (code("", printed("a")), "```output\na\n```\n"),
        (code("#| echo: false\nx", printed("a")), "```output\na\n```\n"),
        (code("x", printed("a"), tags=("remove-output",)), "```r\nx\n```\n"),
        (code("x", tags=("remove-cell",)), ""),
        (code("x", shown({"text/plain": "p", "text/markdown": "*m*"})), "```r\nx\n```\n\n*m*\n"),
        (
            code("", shown({"text/html": "<script>plot()</script>", "text/plain": "a plot"})),
            "```output\na plot\n```\n",
        ),
        (
            code("", shown({"text/latex": "$\\frac{1}{2}$", "text/plain": "p"})),
            "```math\n\\frac{1}{2}\n```\n",
        ),
        (
            code("", shown({"text/latex": "\\begin{align}a\\end{align}", "text/plain": "p"})),
            "```math\n\\begin{align}a\\end{align}\n```\n",
        ),
        (code("", shown({"text/latex": "As $x$ and $y_1$."})), "As $x$ and $y_1$.\n"),
        (code("", shown({"text/latex": "\\textbf{a}"})), "```tex\n\\textbf{a}\n```\n"),
        (code("", shown({"application/json": {"é": 1}})), '```json\n{\n  "é": 1\n}\n```\n'),
        ({"cell_type": "raw", "metadata": {"raw_mimetype": "text/latex"}, "source": "a"}, ""),
        ({"cell_type": "raw", "metadata": {}, "source": "<b>a</b>"}, "<b>a</b>\n"),
    ],
)
def test_cell_is_what_an_author_would_write(cell: dict[str, Any], expected: str) -> None:
    assert read(cell).text == expected


def test_picture_is_a_file_with_its_text_caption_and_size() -> None:
    options = "#| fig-alt: A *line*\n#| fig-cap: Sales\n"
    picture = {"image/png": PICTURE, "text/plain": "<Figure>"}
    notebook = read(
        code(options, shown(picture, **{"image/png": {"width": 7}}), shown(picture)),
        markdown("![x](attachment:x.svg)", attachments={"x.svg": {"image/svg+xml": "<svg/>"}}),
        code("", shown(picture), shown({"image/png": "no base64!", "text/plain": "p"})),
    )
    assert r'![A \*line\*](cell:cell-1-1.png "Sales"){width=7}' in notebook.text
    assert "![x](cell:cell-2-1.svg)" in notebook.text
    assert "![Figure](cell:cell-3-1.png)" in notebook.text
    assert [*notebook.figures] == ["cell-1-1.png", "cell-1-2.png", "cell-2-1.svg", "cell-3-1.png"]
    assert notebook.figures["cell-2-1.svg"] == b"<svg/>"


def test_picture_without_a_size_has_that_of_its_file() -> None:
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480)
    picture = {"image/png": b64encode(png).decode(), "text/plain": "p"}
    assert "{width=640 height=480}" in read(code("", shown(picture))).text
    drawing = {"image/svg+xml": '<svg width="72pt" height="36pt"></svg>', "text/plain": "p"}
    assert "{width=96 height=48}" in read(code("", shown(drawing))).text


@pytest.mark.parametrize(
    ("data", "form"),
    [
        ({"application/vnd.plotly.v1+json": {}, "a/b": {}}, "application/vnd.plotly.v1+json"),
        ({"text/html": "<iframe></iframe>", "text/plain": "<a.Video at 0x7f0>"}, "text/html"),
        ({"image/png": "no base64!", "text/plain": "<a.Image object>"}, "image/png"),
    ],
)
def test_output_that_cannot_be_shown_is_reported_at_its_cell(
    data: dict[str, Any], form: str
) -> None:
    """Charts that need a script were gone from the page without a word."""
    text = written(markdown("A"), code("plot()", shown(data)))
    notebook, (problem,) = read_notebook(text, "a.ipynb")
    assert notebook
    assert notebook.text == "A\n\n```r\nplot()\n```\n"
    assert (problem.code, problem.line, problem.column) == ("SG315", *place_of("plot()", text))
    assert problem.message == f"an output in the form '{form}' is not shown (cell 2)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[0;31mred\x1b[0m \x1b]8;;x\x07link\x1b]8;;\x07", "red link"),
        ("10 %\r100 %\n", "100 %\n"),
        ("a\r\nb\x08\x00", "a\nb"),
    ],
)
def test_text_of_a_terminal_is_what_it_shows_in_the_end(text: str, expected: str) -> None:
    assert terminal_text(text) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<b onclick="x()" style="a" title="t">a</b>', '<div>\n<b title="t">a</b>\n</div>'),
        ('a<a href="javascript:x">b</a>', "<div>\na<a>b</a>\n</div>"),
        ("a<svg><p>b</svg><custom>c</custom>", "<div>\nac\n</div>"),
        ("<p>a\n\n\n<p>b</i>", "<div>\n<p>a\n<p>b</p></p>\n</div>"),
        ("<pre>a\n\n b</pre>", "<div>\n<pre>a&#10;&#10; b</pre>\n</div>"),
        ("1 &lt; 2 <img src=x.png>", "<div>\n1 &lt; 2\n</div>"),
        ("<script>a</script><style>b</style>", None),
    ],
)
def test_html_of_outputs_has_neither_scripts_nor_styles(html: str, expected: str | None) -> None:
    assert without_scripts(html) == expected


def test_table_can_be_scrolled() -> None:
    html = without_scripts('<div><table border="1"><tr><th></th><td colspan=2>a</table></div>')
    assert html == (
        '<div class="table" role="group" tabindex="0">\n'
        '<table><tr><td></td><td colspan="2">a</td></tr></table>\n</div>'
    )


def place_of(part: str, text: str) -> tuple[int, int]:
    """The line and column of a part of a file, from 1."""
    before = text[: text.index(part)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize("is_list", [True, False])
def test_every_character_is_found_in_the_file(is_list: bool) -> None:
    """Behind what JSON escapes, such as tabs and letters, in lists of lines and in one string."""
    source = '\t"é" 😀 one\n\ntwo'
    cell = markdown(source) if is_list else markdown("") | {"source": source}
    text = written(markdown("# A"), cell)
    notebook, _ = read_notebook(text, "a.ipynb")
    assert notebook
    lines = notebook.text.split("\n")
    for part, words in (("one", "cell 2, line 1"), ("two", "cell 2, line 3")):
        row = next(number for number, line in enumerate(lines) if part in line)
        place, said = notebook.place(row + 1, lines[row].index(part) + 1)
        assert (*place, said) == (*place_of(part, text), words)


def test_front_matter_of_the_metadata_comes_first_and_knows_its_place() -> None:
    text = written(markdown("Text."), sitegen={"title": "A", "tags": ["x"]})
    notebook, _ = read_notebook(text, "a.ipynb")
    assert notebook
    assert notebook.text.startswith('{\n   "title": "A",')
    assert notebook.place(2, 4)[0] == place_of('"title"', text)
    assert notebook.text.endswith("}\nText.\n")


def test_old_notebook_is_read_without_places() -> None:
    cell = {
        "cell_type": "code",
        "input": ["x"],
        "outputs": [],
        "language": "python",
        "metadata": {},
    }
    sheets = [{"cells": [cell], "metadata": {}}]
    old = {"worksheets": sheets, "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0}
    notebook, problems = read_notebook(json.dumps(old), "a.ipynb")
    assert (notebook and notebook.text, problems) == ("```python\nx\n```\n", ())
    assert notebook
    assert notebook.place(2, 1) == ((1, 1), "cell 1, line 1")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nbformat": 99}', '{"cells": [,]}', "\x00"])
def test_what_is_no_notebook_is_one_problem(text: str) -> None:
    notebook, (problem,) = read_notebook(text, "a.ipynb")
    assert (notebook, problem.code, problem.path) == (None, "SG314", "a.ipynb")
