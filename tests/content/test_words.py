"""The words of a document for the search index."""

from __future__ import annotations

from sitegen.content.words import shelved
from sitegen.text.words import SHELF_DIGEST, SHELVES, shelf_of

PATH = "content/posts/a.md"


def levels(html: str, *tags: str) -> dict[str, list[int]]:
    """The levels of each word, whatever its shelf."""
    found: dict[str, list[int]] = {}
    for shelf, words in shelved(html, tags, PATH)[0].items():
        for entry in words.split(" "):
            found.setdefault(entry[:-1], []).append(int(entry[-1], 16))
            assert shelf_of(entry[:-1]) == shelf
    return found


def test_level_is_the_logarithm_of_how_often_a_word_is_there() -> None:
    found = levels(f"<p>one {'two ' * 2} {'nine ' * 9} {'all ' * 999}</p>")
    assert found == {"one": [0], "two": [1], "nine": [3], "all": [7]}


def test_word_in_a_heading_counts_three_times() -> None:
    assert levels('<h2 id="x"><a class="anchor" href="#x">Waiting</a></h2>') == {"waiting": [1]}


def test_code_is_told_from_prose() -> None:
    html = '<p>await <code>this</code></p><pre><code class="x"><span>await</span> it</code></pre>'
    assert levels(html) == {"await": [0, 8], "this": [0], "it": [8]}


def test_markup_is_no_text() -> None:
    html = "<p>a&amp;b <em>in</em>side<script>let hidden</script><style>p {}</style></p>"
    assert set(levels(html)) == {"a", "b", "inside"}


def test_word_of_the_theme_is_none_of_the_document() -> None:
    assert set(levels("<p>\0alert_note\0</p><p>\0code_lines 3\0 long</p>")) == {"long"}


def test_tag_is_a_word_of_its_own() -> None:
    assert levels("", "Static Sites") == {"#staticsites": [0]}


def test_digest_of_a_shelf_is_of_its_words_and_the_document_alone() -> None:
    def digest(html: str, path: str, word: str) -> bytes:
        at = shelf_of(word) * SHELF_DIGEST
        return shelved(html, (), path)[1][at : at + SHELF_DIGEST]

    before = digest("alpha beta", PATH, "alpha")
    assert before == digest("gamma alpha", PATH, "alpha")
    assert before != digest("alpha alpha", PATH, "alpha")
    assert before != digest("alpha beta", "content/posts/b.md", "alpha")
    assert digest("beta", PATH, "alpha") == bytes(SHELF_DIGEST)
    assert len(shelved("alpha", (), PATH)[1]) == SHELVES * SHELF_DIGEST
