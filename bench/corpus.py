"""Posts to build sites of: the same for everyone, any number of them, and each unlike the others.

A post is a function of its number alone. Its prose, its code and its tags have random numbers of
their own, so a post without code has word for word the prose of the same post with code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, product, zip_longest
from pathlib import Path
from random import Random

WORDS = 700
"""In the prose of a post, about."""
SECTIONS = 4
TAGS = tuple(f"topic-{number:02}" for number in range(60))
FIRST_DAY = datetime(2010, 1, 1, tzinfo=UTC)
APART = timedelta(hours=12)

SNIPPETS = tuple(
    (path.stem, path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "snippets").iterdir())
)
"""Pairs of language and code, whose names `alpha`, `beta` and `gamma` differ in every post."""

VOCABULARY = tuple(
    "".join(syllables)
    for length in (1, 2, 3)
    for syllables in product(("ka", "ren", "to", "mi", "sul", "ve", "don", "pi"), repeat=length)
)


@dataclass(frozen=True, slots=True)
class Post:
    slug: str
    title: str
    date: datetime
    tags: tuple[str, ...]
    body: str
    """Markdown: what CommonMark and fenced code blocks have, and nothing more."""
    blocks: int
    """How many code blocks the body has."""


def posts(count: int, with_code: bool = True) -> Iterator[Post]:
    """That many posts, the oldest first, half a day apart."""
    return (post(number, with_code) for number in range(count))


def post(number: int, with_code: bool = True) -> Post:
    tags = Random(f"tags {number}")
    prose = Random(f"prose {number}")
    code = _blocks(Random(f"code {number}")) if with_code else ()
    title = f"{_words(prose, 5).capitalize()} {number}"
    parts = zip_longest(_sections(prose), code, fillvalue="")
    return Post(
        slug=f"post-{number:05}",
        title=title,
        date=FIRST_DAY + number * APART,
        tags=tuple(sorted(tags.sample(TAGS, tags.randint(3, 5)))),
        body="\n\n".join(part for part in chain.from_iterable(parts) if part) + "\n",
        blocks=len(code),
    )


def _sections(chance: Random) -> tuple[str, ...]:
    opening = _paragraph(chance, 60)
    each = (WORDS - 60) // SECTIONS
    return (opening, *(_section(chance, each) for _ in range(SECTIONS)))


def _section(chance: Random, words: int) -> str:
    """A heading, two paragraphs, and a list or a quotation between them."""
    heading = f"## {_words(chance, 4).capitalize()}"
    items = "\n".join(f"- {_sentence(chance, 8)}" for _ in range(3))
    aside = chance.choice((items, f"> {_sentence(chance, 24)}"))
    half = (words - 28) // 2
    return "\n\n".join((heading, _paragraph(chance, half), aside, _paragraph(chance, half)))


def _paragraph(chance: Random, words: int) -> str:
    return " ".join(_sentence(chance, 12) for _ in range(words // 12))


def _sentence(chance: Random, words: int) -> str:
    """A sentence, now and then with a link, an emphasis or a piece of code in it."""
    marked = chance.choice(("{}", "{}", "*{}*", "**{}**", "`{}`", "[{}](https://bench.example/)"))
    start, marked_word, rest = _words(chance, 3), _words(chance, 1), _words(chance, words - 4)
    return f"{start.capitalize()} {marked.format(marked_word)} {rest}."


def _words(chance: Random, count: int) -> str:
    return " ".join(chance.choices(VOCABULARY, k=count))


def _blocks(chance: Random) -> tuple[str, ...]:
    """Two or three code blocks, each in another language."""
    chosen = chance.sample(SNIPPETS, chance.randint(2, 3))
    return tuple(f"```{language}\n{_renamed(code, chance)}```" for language, code in chosen)


def _renamed(code: str, chance: Random) -> str:
    names = {name: _words(chance, 2).replace(" ", "_") for name in ("alpha", "beta", "gamma")}
    return re.sub("alpha|beta|gamma", lambda match: names[match[0]], code)
