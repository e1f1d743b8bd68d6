"""Sites in many languages: what they say, what a changed word makes anew, what they load."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from sitegen.i18n.spoken import formats_in
from sitegen.i18n.words import theme_words
from sitegen.text.languages import text_direction
from tests.conftest import ROOT
from tests.i18n.files import FILES, TAGS
from tests.journal import Journal
from tests.oracle import OUTPUT, Twins, files

Edit = Callable[[Journal], object]

GERMAN = {"posts/two/index.html", "about/index.html"}
"""The pages of a site in English that are in German."""
EDITS: dict[str, tuple[Edit, set[str]]] = {
    "a word of German": (lambda site: site.write("i18n/de.toml", 'older = "Davor"'), GERMAN),
    "another word of it": (
        lambda site: site.write("i18n/de.toml", 'older = "Früher"\nnewer = "Später"'),
        GERMAN,
    ),
    "its words again": (lambda site: site.write("i18n/de.toml", 'older = "Früher"  # yes'), set()),
    "a word of a country": (lambda site: site.write("i18n/de-AT.toml", 'older = "Eh"'), set()),
    "a mistake": (lambda site: site.write("i18n/de.toml", "older = 1"), GERMAN),
    "a word of no page": (lambda site: site.write("i18n/fr.toml", 'older = "Avant"'), set()),
    "its own words gone": (lambda site: site.remove("i18n"), GERMAN),
    "a note beside them": (lambda site: site.write("i18n/README.md", "# Words"), set()),
}
"""Done to a site that has `older = "Früher"` in `i18n/de.toml`: what each makes anew."""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """A site in English with two German pages and the templates of the theme, built."""
    journal = Journal(tmp_path)
    journal.remove("templates")
    for path in ("content/posts/two.md", "content/pages/about.md"):
        journal.post(path, None, lang="de")
    journal.write("i18n/de.toml", 'older = "Früher"')
    journal.build()
    return journal


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_word_makes_the_pages_of_its_language_anew(journal: Journal, name: str) -> None:
    edit, expected = EDITS[name]
    edit(journal)
    report = journal.build()
    assert report
    assert {stale.path for stale in report.stale} == expected
    journal.build_again()


def test_a_word_of_the_site_is_on_its_pages(journal: Journal) -> None:
    page = files(journal.site / OUTPUT)["posts/two/index.html"].decode()
    assert "Früher" in page
    assert "1. Februar 2024" in page


def test_a_page_in_a_language_of_its_own_is_a_new_facet(journal: Journal) -> None:
    journal.post("content/posts/three.md", None, lang="sv")
    report = journal.build()
    assert report
    assert "posts/three/index.html" in report.written
    journal.build_again()


@pytest.mark.parametrize("tag", TAGS)
def test_a_site_in_each_language_says_everything_in_it(tag: str, tmp_path: Path) -> None:
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", f'language = "{tag}"\ntitle = "X"\npaginate = 1\n')
    for day in (1, 2, 3):
        front = f"title: T{day}\ndate: 2024-03-0{day}\ntags: [T]\nseries: S"
        twins.write(f"content/{day}.md", f"---\n{front}\n---\n# T\n")
    report = twins.build()
    assert report
    assert report.is_published
    words, found = theme_words(FILES[tag].read_text("utf-8")), files(twins.site / OUTPUT)
    for path in ("404.html", "archive/index.html", "2/index.html", "tags/index.html"):
        page = found[f"posts/{path}" if path[0] == "2" else path].decode()
        assert f'<html lang="{tag}" dir="{text_direction(tag)}"' in page
        assert str(words["skip_to_content"]) in page
    assert f"<h1>{words['not_found']}</h1>" in found["404.html"].decode()
    assert formats_in(tag).month(3) in found["archive/index.html"].decode()
    assert f"<title>{words['tags']} · X</title>" in found["tags/index.html"].decode()
    assert f"<language>{tag}</language>" in found["feed.xml"].decode()


def test_what_a_language_lacks_is_marked_as_english_on_each_page(tmp_path: Path) -> None:
    """Swedish has no file: all that a template says is English, and the rest Swedish."""
    twins = Twins(tmp_path)
    twins.write("sitegen.toml", 'language = "sv"\ntitle = "X"\npaginate = 1\n')
    code = "```text collapse\nett\n```\n"
    for day in (1, 2):
        front = f"title: Två\ndate: 2024-03-0{day}\ntags: [Ett]"
        twins.write(f"content/{day}.md", f"---\n{front}\n---\nTre.\n\n{code}")
    assert twins.build()
    for path, data in files(twins.site / OUTPUT).items():
        if path.endswith(".html"):
            page = lxml.html.fromstring(data)
            english = page.xpath("//*[@lang='en']")
            assert {"Skip to content", "Search"} <= {it.text_content().strip() for it in english}
            for element in english:
                element.drop_tree()
            left = page.find("body").text_content()
            assert not re.search(r"Older|Newer|Archive|Tags|Posts|line|read|Page", left), path
            assert page.findtext(".//title").isprintable()


LOADED = re.compile(r"^import time:.*\| +([\w.]+)$", re.MULTILINE)


def loaded(site: Path) -> set[str]:
    """The packages that a build of a site imports."""
    command = (sys.executable, "-X", "importtime", "-m", "sitegen", "build", str(site))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return {name.partition(".")[0] for name in LOADED.findall(done.stderr)}


def test_only_a_language_that_is_new_loads_data_of_languages(tmp_path: Path) -> None:
    """English never does; and what was found out of others is kept for the next build."""
    (tmp_path / "content").mkdir()
    post = tmp_path / "content/a.md"
    post.write_text("---\ndate: 2024-01-02\n---\nHello.\n", "utf-8")
    assert "babel" not in loaded(tmp_path)
    post.write_text("---\ndate: 2024-01-02\nlang: de\n---\nGuten Tag.\n", "utf-8")
    assert "babel" in loaded(tmp_path)
    post.write_text("---\ndate: 2024-01-03\nlang: de\n---\nGuten Abend.\n", "utf-8")
    assert {"babel", "tomllib"}.isdisjoint(loaded(tmp_path))
    assert "3. Januar 2024" in (tmp_path / "public/posts/a/index.html").read_text("utf-8")
