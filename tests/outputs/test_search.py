"""The search index: what is in it, and which of its files an edit makes again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from sitegen.outputs.search import DOCUMENTS_OF_A_FILE, files_of
from sitegen.text.urls import slugify
from sitegen.text.words import SHELVES, shelf_of
from tests.oracle import OUTPUT, Twins, files
from tests.titles import addresses


@dataclass
class Index:
    """The index of a built site."""

    titles: dict[str, Any]
    words: dict[str, bytes]

    def ids(self) -> dict[str, str]:
        """The ids of all that can be found, by address."""
        return {url: found for found, url in addresses(self.titles).items()}

    def found(self, word: str) -> set[str]:
        """The addresses of what has a word."""
        lines = self.words[f"{shelf_of(word) % self.titles['files']:02x}.txt"].decode().split("\n")
        having = {line[:3] for line in lines if word in [e[:-1] for e in line[3:].split(" ")]}
        return {url for url, found in self.ids().items() if found in having}


def index(site: Twins) -> Index:
    made = {
        p.removeprefix("search/"): d for p, d in files(site.site / OUTPUT).items() if "search/" in p
    }
    return Index(
        json.loads(made.pop("titles.json")), {p: d for p, d in made.items() if p[-4:] == ".txt"}
    )


@pytest.fixture
def site(tmp_path: Path) -> Twins:
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", 'base_url = "https://me.example/blog/"\n')
    for number in range(40):
        front = f"title: Post {number}\ndate: 2024-01-01\ntags: [C++]"
        twins.write(f"content/posts/p{number}.md", f"---\n{front}\n---\nCommon only{number}x.\n")
    twins.write("content/pages/about.md", "---\ntitle: About\n---\n東京 about `snake_case`.\n")
    return twins


def test_every_word_leads_to_what_has_it(site: Twins) -> None:
    site.build()
    found = index(site)
    pages = {p for p in files(site.site / OUTPUT) if p.endswith("/index.html")}
    assert {f"{url}index.html" for url in found.ids()} <= pages
    assert found.found("only7x") == {"posts/p7/"}
    assert found.found("東京") == found.found("snakecase") == {"about/"}
    assert len(found.found("#c++")) == len(found.found("common")) == 40


def test_what_is_not_listed_cannot_be_found(site: Twins) -> None:
    site.write("content/posts/draft.md", "---\ndate: 2024-01-01\ndraft: true\n---\nSecret.\n")
    site.write("content/posts/hidden.md", "---\ndate: 2024-01-01\nunlisted: true\n---\nSecret.\n")
    site.write("content/pages/404.md", "---\ntitle: Lost\npermalink: /404.html\n---\nSecret.\n")
    site.build()
    found = index(site)
    assert found.found("secret") == set()
    assert len(found.ids()) == 41


def test_what_becomes_listed_is_found_and_what_no_longer_is_is_not(site: Twins) -> None:
    """The words of what cannot be found are in the cache too."""
    listed = "---\ndate: 2024-01-01\n---\nSecret zebra.\n"
    unlisted = listed.replace("date", "unlisted: true\ndate")
    draft = listed.replace("date", "draft: true\ndate").replace("zebra", "")
    found = []
    for text in (draft, listed, unlisted, listed):
        site.write("content/posts/a.md", text)
        site.build()
        found.append(index(site).found("secret"))
    assert found == [set(), {"posts/a/"}, set(), {"posts/a/"}]
    site.remove("content/posts/a.md")
    site.build()
    assert index(site).found("secret") == set()


def test_words_are_the_same_after_builds_without_search(site: Twins) -> None:
    configuration = 'base_url = "https://me.example/blog/"\n'
    without = f"{configuration}[theme]\nsearch = false\n"
    site.build()
    site.write("sitegen.toml", without)
    site.write("content/posts/p7.md", "---\ndate: 2024-01-01\n---\nZebra.\n")
    site.remove("content/posts/p8.md")
    site.build()
    site.write("sitegen.toml", configuration)
    site.build()
    assert index(site).found("zebra") == {"posts/p7/"}
    assert index(site).found("only8x") == set()


@pytest.mark.parametrize(
    "title", ["Post 41!", "Straße, Ünïcode & 東京", "?!", "$& A*B", "index", "p"]
)
def test_address_is_known_whatever_the_title(site: Twins, title: str) -> None:
    site.write(
        "sitegen.toml",
        """\
base_url = "https://me.example/blog/"
[permalinks]
posts = "/{year}/{slug}/"
""",
    )
    for number in range(3):
        text = f"---\ntitle: '{title}'\ndate: 202{number}-01-01\n---\nZebra.\n"
        site.write(f"content/posts/{slugify(title)}-{number}.md", text)
    site.build()
    addresses = {quote(f"202{n}/{slugify(title)}-{n}/") for n in range(3)}
    assert index(site).found("zebra") == addresses


def test_edit_writes_only_the_files_of_its_words(site: Twins) -> None:
    site.build()
    total = index(site).titles["files"]
    assert total == 8
    site.write(
        "content/posts/p7.md",
        "---\ntitle: Post 7\ndate: 2024-01-01\ntags: [C++]\n---\nCommon zebra.\n",
    )
    report = site.build()
    assert report
    changed = {f"search/{shelf_of(word) % total:02x}.txt" for word in ("only7x", "zebra")}
    assert {path for path in report.written if path.startswith("search/")} == changed
    assert {stale.path for stale in report.stale if stale.path.startswith("search/")} == changed


def test_new_post_leaves_the_files_of_other_words_as_they_are(site: Twins) -> None:
    site.build()
    site.write("content/posts/new.md", "---\ntitle: New\ndate: 2020-01-01\n---\nZebra.\n")
    report = site.build()
    assert report
    zebra = f"search/{shelf_of('zebra') % 8:02x}.txt"
    written = {path for path in report.written if path.startswith("search/")}
    assert written == {zebra, "search/titles.json"}


def test_paragraphs_that_change_places_change_nothing(site: Twins) -> None:
    site.write("content/posts/p1.md", "---\ndate: 2024-01-01\n---\nOne two.\n\nThree four.\n")
    site.build()
    site.write("content/posts/p1.md", "---\ndate: 2024-01-01\n---\nThree four.\n\nOne two.\n")
    report = site.build()
    assert report
    assert not [path for path in report.written if path.startswith("search/")]


def test_site_without_search_has_no_index(site: Twins) -> None:
    site.build()
    site.write("sitegen.toml", 'base_url = "https://me.example/blog/"\n[theme]\nsearch = false\n')
    site.build()
    assert not [path for path in files(site.site / OUTPUT) if path.startswith("search")]
    site.write("sitegen.toml", 'base_url = "https://me.example/blog/"\n')
    site.build()
    assert index(site).found("only7x") == {"posts/p7/"}


def test_documents_whose_ids_would_be_the_same_have_two(
    site: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a site of a thousand documents, two would share an id more often than not."""
    monkeypatch.setattr("sitegen.site.search._IDS", 50)
    site.build()
    assert len(set(index(site).ids().values())) == 41
    site.remove("content/posts/p0.md")
    site.build()
    assert index(site).found("only7x") == {"posts/p7/"}


@pytest.mark.parametrize(
    ("documents", "number"), [(0, 1), (7, 1), (8, 2), (40, 8), (1000, 128), (10**6, SHELVES)]
)
def test_number_of_files_follows_that_of_documents(documents: int, number: int) -> None:
    assert files_of(documents) == number
    assert number == 1 or documents / number >= DOCUMENTS_OF_A_FILE


def test_index_is_in_no_sitemap(site: Twins) -> None:
    site.build()
    assert b"search" not in files(site.site / OUTPUT)["sitemap.xml"]
