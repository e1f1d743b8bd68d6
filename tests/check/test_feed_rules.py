"""Feeds and sitemaps are what the programs that read them ask for."""

from __future__ import annotations

import pytest

from sitegen.check.feed_rules import flaws_of

ATOM = "http://www.w3.org/2005/Atom"
NAMED = "<id>a</id><title/><updated>2024-01-31T10:00:00Z</updated>"
ENTRY = f"<entry>{NAMED}</entry>"
CHANNEL = "<title>a</title><link>https://b.example/</link><description/>"
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
JSON = '"version": "https://jsonfeed.org/version/1.1", "title": "a"'

CASES = {
    f'<feed xmlns="{ATOM}">{NAMED}{ENTRY}</feed>': [],
    f'<feed xmlns="{ATOM}"><title/><updated>2024-01-31</updated></feed>': [
        "a feed of Atom without <id>",
        "'2024-01-31' is no time of Atom",
    ],
    f'<feed xmlns="{ATOM}">{NAMED}\n<entry><id>x</id><title/></entry></feed>': [
        "an entry of Atom without <updated>"
    ],
    f'<feed xmlns="{ATOM}">{NAMED}{ENTRY}{ENTRY}</feed>': ["two entries with the id 'a'"],
    f"<rss><channel>{CHANNEL}<item><title/></item></channel></rss>": [],
    '<rss version="2.0"></rss>': ["RSS without <channel>"],
    "<rss ><channel><title/><link/></channel></rss>": ["a channel of RSS without <description>"],
    f"<rss><channel>{CHANNEL}<item/></channel></rss>": [
        "an item of RSS without <title> and <description>"
    ],
    "<rss><channel>&nbsp;</channel></rss>": ["not well-formed XML: undefined entity"],
    f'<urlset xmlns="{SITEMAPS}"><url><loc>https://me.example/</loc></url></urlset>': [],
    f'<urlset xmlns="{SITEMAPS}"><url><loc>/a/</loc></url></urlset>': ["'/a/' is no absolute URL"],
    "<note>&nbsp;</note>": [],
    f'{{{JSON}, "items": [{{"id": "1"}}, {{"id": "2"}}]}}': [],
    f"{{{JSON}}}": ["a JSON Feed without title or items"],
    f'{{{JSON}, "items": [{{"id": "1"}}, {{}}, {{"id": "1"}}]}}': [
        "item 2 of a JSON Feed has no id",
        "two entries with the id '1'",
    ],
    f'{{{JSON}, "items": [}}': ["not valid JSON"],
    '{"items": 1': [],
}


@pytest.mark.parametrize("text", CASES)
def test_flaw_is_said(text: str) -> None:
    path = "feed.json" if text.startswith("{") else "feed.xml"
    assert [flaw.message for flaw in flaws_of(path, text)] == CASES[text]


def test_flaw_has_its_place() -> None:
    text = f'<feed xmlns="{ATOM}">{NAMED}\n{ENTRY}<entry><id>x</id><title/></entry></feed>'
    (flaw,) = flaws_of("feed.xml", text)
    assert text[flaw.offset :].startswith("<entry><id>x")
