"""Images of Markdown: captions, and which of them a reader can look at more closely."""

from __future__ import annotations

import pytest

from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.model.document import Rendered


def rendered(body: str) -> Rendered:
    return render(body, dialect(), title="T")[0]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '![a](//e.org/i.png "A *fox* & more")',
            '<figure><img src="//e.org/i.png" alt="a" />\n'
            "<figcaption>A *fox* &amp; more</figcaption></figure>\n",
        ),
        (
            '[![a](//e.org/i.png "Fox")](//e.org/)\n{.wide}\n\ntext',
            '<figure class="wide"><a href="//e.org/"><img src="//e.org/i.png" alt="a" /></a>\n'
            "<figcaption>Fox</figcaption></figure>\n<p>text</p>\n",
        ),
        (
            "![a](//e.org/i.png)\n{.wide width=300}",
            '<p class="wide"><img src="//e.org/i.png" alt="a" width="300" /></p>\n',
        ),
        (
            'see ![a](//e.org/i.png "Fox")',
            '<p>see <img src="//e.org/i.png" alt="a" title="Fox" /></p>\n',
        ),
    ],
)
def test_title_of_an_image_that_is_alone_is_its_caption(body: str, expected: str) -> None:
    assert rendered(body).html == expected


def test_caption_is_no_part_of_the_text() -> None:
    found = rendered('![a](i.png "A caption")\n\nThe text.')
    assert (found.excerpt, found.words) == ("The text.", 2)


@pytest.mark.parametrize(
    ("body", "images"),
    [
        ("![a](i.png)", [(0, True)]),
        ("[a](b.md) ![a](i.png)", [(1, False)]),
        ("[![a](i.png)](b.md)", [(1, False)]),
        ("![a](https://e.org/i.png)", []),
        ('<p><img alt="a>b" src="i.png"><img src=//e.org/i.png>', [(0, False)]),
    ],
)
def test_images_of_the_site_are_noted_and_which_are_alone(
    body: str, images: list[tuple[int, bool]]
) -> None:
    assert list(rendered(body).images) == images
