"""The benchmark's posts, its proof that a site was made, and its report. No time is measured."""

from __future__ import annotations

import json
import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree

from bench import census, corpus
from bench.measure import Usage
from bench.peers import Contestant, contestants
from bench.race import FLOOR, STEPS, Made, Sample
from bench.report import Results, lines, write
from bench.sites import Site, with_body_edited, with_title_edited

FENCES = re.compile(r"^```(\w+)\n.*?^```\n?", re.MULTILINE | re.DOTALL)
SITEGEN = next(one for one in contestants() if one.name == "sitegen")


def test_posts_are_the_same_on_every_machine() -> None:
    texts = "".join(repr(post) for post in corpus.posts(20))
    assert sha256(texts.encode()).hexdigest().startswith("734dff9e1f52b10e")


def test_more_posts_begin_with_the_same_posts() -> None:
    assert tuple(corpus.posts(20))[:10] == tuple(corpus.posts(10))


@pytest.mark.parametrize("number", range(0, 100, 7))
def test_post_is_made_up_as_promised(number: int) -> None:
    post = corpus.post(number)
    languages = FENCES.findall(post.body)
    assert len(languages) == len(set(languages)) == post.blocks
    assert post.blocks in (2, 3)
    assert 3 <= len(set(post.tags) & set(corpus.TAGS)) == len(post.tags) <= 5
    assert 600 <= len(FENCES.sub("", post.body).split()) <= 800


def test_post_without_code_has_the_same_prose() -> None:
    with_code, without = corpus.post(3), corpus.post(3, with_code=False)
    assert FENCES.sub("", with_code.body).split() == without.body.split()
    assert (with_code.title, with_code.tags) == (without.title, without.tags)
    assert without.blocks == 0


def test_all_tags_and_languages_are_used() -> None:
    posts = tuple(corpus.posts(100))
    assert {tag for post in posts for tag in post.tags} == set(corpus.TAGS)
    found = {language for post in posts for language in FENCES.findall(post.body)}
    assert found == {language for language, _ in corpus.SNIPPETS}


@pytest.fixture(params=["sitegen", "sitegen-theme"])
def built(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """A site of 25 posts, as the benchmark has it built."""
    contestant = next(one for one in contestants() if one.name == request.param)
    site = Site(contestant, tmp_path / "site")
    site.write(corpus.posts(25))
    subprocess.run(contestant.command, cwd=site.folder, check=True, capture_output=True)
    return site


def test_census_counts_what_was_asked_for(built: Site) -> None:
    posts = tuple(corpus.posts(25))
    assert census.count(built, posts) == census.expected(posts)


def test_census_misses_what_was_not_made(built: Site) -> None:
    posts = tuple(corpus.posts(25))
    (built.public / "page/2/index.html").unlink()
    built.page(posts[0]).unlink()
    made = census.differences(census.count(built, posts), census.expected(posts))
    assert "home_pages: 2, not 3" in made
    assert "post_pages: 24, not 25" in made


def test_edits_show_only_where_they_were_built(built: Site) -> None:
    first, second = (with_body_edited(corpus.post(12), f"edition {number}") for number in (1, 2))
    built.write_post(first)
    subprocess.run(SITEGEN.command, cwd=built.folder, check=True, capture_output=True)
    assert census.shows(built, first, home_page=2)
    assert not census.shows(built, first, home_page=3)
    assert not census.shows(built, second, home_page=2)
    assert not census.shows(built, with_title_edited(first, "edition 1"), home_page=2)


def test_cold_build_finds_nothing_but_sources(tmp_path: Path) -> None:
    site = Site(SITEGEN, tmp_path / "site")
    site.write(corpus.posts(1))
    for made in ("public/index.html", ".sitegen/cache.db"):
        (site.folder / made).parent.mkdir()
        (site.folder / made).touch()
    site.wipe()
    assert {path.name for path in site.folder.iterdir()} == {"content", "templates", "sitegen.toml"}


@pytest.mark.parametrize("contestant", contestants(), ids=lambda one: one.name)
def test_every_site_has_all_posts_as_sources(contestant: Contestant, tmp_path: Path) -> None:
    site = Site(contestant, tmp_path / "site")
    posts = tuple(corpus.posts(3))
    site.write(posts)
    texts = [path.read_text(encoding="utf-8") for path in site.sources() if path.suffix == ".md"]
    assert [post.body in text for post, text in zip(posts, texts, strict=True)] == [True] * 3


def samples(name: str, *walls: float) -> tuple[Sample, ...]:
    """Of the cold step at ten posts; the first is of round 0."""
    return tuple(
        Sample(name, 10, "cold", number, Usage(wall, wall, 5_000_000 if number == 0 else None))
        for number, wall in enumerate(walls)
    )


RESULTS = Results(
    date="2026-01-02",
    machine={"processors": "2"},
    versions={"sitegen": "1"},
    samples=(
        *samples("sitegen", 9, 1, 2, 6),
        *samples("hugo", 9, 2, 2, 3),
        *samples("pelican", 9, 8, 7, 9),
        *samples(FLOOR, 9, 0.1, 0.1, 0.1)[1:],
    ),
    made=tuple(Made(name, 10, 20, 30_000_000) for name in ("sitegen", "hugo", "pelican")),
)


def test_ratio_is_to_the_fastest_peer_in_the_same_round() -> None:
    found = {line.name: line for line in lines(RESULTS.times(10, "cold"))}
    assert found["sitegen"].wall == 2
    assert found["sitegen"].ratio == 1  # the median of 1/2, 2/2 and 6/3
    assert found["hugo"].ratio == 1
    assert found["pelican"].ratio == 3.5


def test_report_is_written_in_three_forms(tmp_path: Path) -> None:
    text = write(RESULTS, tmp_path, "some-machine")
    name = "2026-01-02-some-machine"
    assert (tmp_path / f"{name}.md").read_text(encoding="utf-8") == text
    assert len(json.loads((tmp_path / f"{name}.json").read_text())["samples"]) == 15
    assert etree.parse(tmp_path / f"{name}.svg").getroot().tag.endswith("svg")
    assert f"({name}.svg)" in text


def test_table_has_a_cell_for_every_step_and_contestant(tmp_path: Path) -> None:
    rows = [row.split("|") for row in write(RESULTS, tmp_path, "m").splitlines() if row[:1] == "|"]
    assert {len(row) for row in rows} == {len(STEPS) + 6}
    assert [row[1].strip() for row in rows[2:]] == ["sitegen", "hugo", "pelican", "floor"]
    assert [cell.strip() for cell in rows[2][2:3] + rows[2][-4:-1]] == [
        *("2.00 s (1.00)", "2.00 s", "5 MB", "20 files, 30 MB")
    ]


def test_bars_of_the_picture_are_as_long_as_the_times(tmp_path: Path) -> None:
    write(RESULTS, tmp_path, "m")
    picture = etree.parse(tmp_path / "2026-01-02-m.svg")
    boxes = picture.findall("{http://www.w3.org/2000/svg}rect")
    widths = [float(box.get("width", "")) for box in boxes[:4]]
    assert widths == pytest.approx([170 * wall / 8 for wall in (2, 2, 8, 0.1)], abs=0.1)
    assert [box.get("class") for box in boxes[:4]] == ["own", "peer", "peer", "floor"]
