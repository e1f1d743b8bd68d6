"""What changed between two texts, as readers are shown it."""

from __future__ import annotations

import re

import pytest

from sitegen.content.changes import step
from sitegen.content.markdown.dialect import dialect
from sitegen.content.markdown.parser import render
from sitegen.model.revisions import NEW, Step
from sitegen.text.blocks import blocks_of

LONG = " ".join(f"word{number}" for number in range(100))


def between(old: str, new: str) -> Step:
    before, after = (blocks_of(render(text, dialect())[0].html) for text in (old, new))
    return step(before, after)


def shown(found: Step) -> list[str]:
    """Each block as text: `-deleted-`, `+inserted+`, `{word of the theme}`."""
    html = re.sub(r'<span class="unseen">[^<]*</span>', "", found.html)
    html = re.sub(r"</?del[^>]*>", "-", re.sub(r"</?ins[^>]*>", "+", html))
    html = re.sub(r"\0([^\0]*)\0", r"{\1}", html)
    blocks = re.split(r"</(?:p|h3|div)>\n", html)[:-1]
    return [re.sub("<[^>]*>", "", block) for block in blocks]


SAME = {
    "white space": ("One two\nthree.", "One two three.\n\n\n"),
    "marks": ("*One* and [two](a.md).", "_One_ and [two](b.md)."),
    "a reference": ("One [two].\n\n[two]: a.md", "[two]: b.md\n\nOne [two]."),
    "a number of a footnote": ("a[^b]\n\n[^b]: note", "a[^1]\n\n[^1]: note"),
    "the language of a block": ("```\na\n```", "```python\na\n```"),
    "a line": ("One\n\nTwo", "One\n\n---\n\nTwo"),
}


@pytest.mark.parametrize("name", SAME)
def test_what_no_reader_can_see_is_no_change(name: str) -> None:
    assert between(*SAME[name]).html == ""


SHOWN = {
    "words": (
        "One old word that stays, and a tail.",
        "One new word that stays, and a tail.",
        ["One -old- +new+ word that stays, and a tail."],
    ),
    "a clause, not each of its words": (
        "It starts so. Here is a text that was long. And here is the end of it.",
        "It starts so. There are words that we changed. And here is the end of it.",
        [
            "It starts so. -Here is a text that was long- +There are words that we changed+."
            " And here is the end of it."
        ],
    ),
    "a paragraph between others": (
        "One.\n\nThree.",
        "One.\n\nTwo is new.\n\nThree.",
        ["{blocks_unchanged 1}", "+Two is new.+", "{blocks_unchanged 1}"],
    ),
    "a paragraph that is gone": ("One.\n\nTwo.", "One.", ["{blocks_unchanged 1}", "-Two.-"]),
    "a paragraph in another place": (
        "Alpha.\n\nBeta.\n\nGamma.",
        "Gamma.\n\nAlpha.\n\nBeta.",
        ["{moved} Gamma.", "{blocks_unchanged 2}"],
    ),
    "a long one, by which it is known: its start": (
        f"Alpha.\n\nBeta.\n\n{LONG}",
        f"{LONG}\n\nAlpha.\n\nBeta.",
        [f"{{moved}} {' '.join(LONG.split()[:20])} … ", "{blocks_unchanged 2}"],
    ),
    "the part it is in": (
        "Intro.\n\n## Part\n\nSame.\n\nLast.",
        "Intro.\n\n## Part\n\nSame.\n\nLast one.",
        ["{blocks_unchanged 3}", "Part", "Last +one+."],
    ),
    "an item": ("- one\n- two", "- one\n- two\n- three", ["• one\n• two\n+• three+"]),
    "lines of code": (
        "```\na\nb\nc\nd\ne\nf\n```",
        "```\na\nb\nc\nd\nE\nf\n```",
        ["…\nb\nc\nd\n-e\n-+E\n+f\n"],
    ),
    "the words around": (
        f"{LONG} old {LONG}",
        f"{LONG} new {LONG}",
        [
            f"… {' '.join(LONG.split()[-20:])} -old- +new+ {' '.join(LONG.split()[:20])} … ",
        ],
    ),
    "characters, where no spaces are between words": (
        "今日は雨です。",
        "今日は雪です。",
        ["今日は-雨- +雪+です。"],
    ),
    "what looks like HTML": ("`<b>` is", "`<i>` is", ["&lt;-b- +i+&gt; is"]),
}


@pytest.mark.parametrize("name", SHOWN)
def test_changes_are_shown_in_words(name: str) -> None:
    old, new, expected = SHOWN[name]
    assert shown(between(old, new)) == expected


def test_every_block_knows_what_it_was() -> None:
    old = "One.\n\nTwo words here.\n\n---\n\nMoved one."
    new = "Moved one.\n\nOne.\n\n---\n\nTwo other words here.\n\nNew."
    assert between(old, new).origins == (3, 0, None, NEW, NEW)


def test_screen_reader_is_told_what_was_inserted_and_what_deleted() -> None:
    html = between("An old word.", "A new word.").html
    assert '<del><span class="unseen"> \0deleted\0: </span>' in html
    assert '<ins><span class="unseen"> \0inserted\0: </span>' in html
