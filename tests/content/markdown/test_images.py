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
    ("body", "uses"),
    [
        ("![a](i.png)", {"zoom"}),
        ("text ![a](i.png)", set()),
        ("[![a](i.png)](b.md)", set()),
        ("![a](https://e.org/i.png)", set()),
    ],
)
def test_image_of_the_site_that_is_alone_can_be_zoomed(body: str, uses: set[str]) -> None:
    assert rendered(body).uses == uses
