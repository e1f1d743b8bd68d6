"""The benchmark's posts, its proof that a site was made, and its report. No time is asserted."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree

from bench import census, corpus, measure, phases
from bench.measure import Usage
from bench.peers import Contestant, contestants
from bench.places import Ground
from bench.race import FLOOR, STEPS, Made, Sample, Spent, slow_ones
from bench.report import Results, lines, write
from bench.sites import Site, with_body_edited, with_title_edited

FENCES = re.compile(r"^```(\w+)\n.*?^```\n?", re.MULTILINE | re.DOTALL)
COMMAND = (sys.executable, "-m", "sitegen", "build", ".")
OWN = {
    one.name: replace(one, command=COMMAND) for one in contestants() if one.name[:7] == "sitegen"
}
"""The contestants that are this source tree, rather than an installed wheel of it."""
SITEGEN = OWN["sitegen"]


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


@pytest.fixture(params=OWN)
def built(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """A site of 25 posts, as the benchmark has it built."""
    site = Site(OWN[request.param], tmp_path / "site")
    site.write(corpus.posts(25))
    subprocess.run(COMMAND, cwd=site.folder, check=True, capture_output=True)
    return site


def test_census_counts_what_was_asked_for(built: Site) -> None:
    posts = tuple(corpus.posts(25))
    assert census.count(built, posts) == census.expected(posts)


def test_lists_that_are_not_split_have_fewer_pages() -> None:
    posts = tuple(corpus.posts(500))
    split, whole = census.expected(posts), census.expected(posts, splits_tags=False)
    assert whole.tag_pages == len(corpus.TAGS) < split.tag_pages
    assert replace(split, tag_pages=whole.tag_pages) == whole


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
    subprocess.run(COMMAND, cwd=built.folder, check=True, capture_output=True)
    assert census.shows(built, first, home_page=2)
    assert not census.shows(built, first, home_page=3)
    assert not census.shows(built, second, home_page=2)
    assert not census.shows(built, with_title_edited(first, "edition 1"), home_page=2)


@pytest.mark.parametrize("keeps_old", [True, False])
def test_cold_build_finds_nothing_but_sources(tmp_path: Path, keeps_old: bool) -> None:
    """On disk, what was removed just before made the next build slow: there it is moved aside."""
    ground, site = Ground(tmp_path, keeps_old), Site(SITEGEN, tmp_path / "site")
    site.write(corpus.posts(1))
    for _ in range(2):
        for made in ("public/index.html", ".sitegen/cache.db"):
            (site.folder / made).parent.mkdir()
            (site.folder / made).touch()
        site.clear(ground)
        left = {path.name for path in site.folder.iterdir()}
        assert left == {"content", "templates", "sitegen.toml"}
    kept = [path.name for path in tmp_path.glob("aside/*/*")]
    assert sorted(kept) == ["cache.db", "cache.db", "index.html", "index.html"] * keeps_old


def test_contestants_get_no_setting_of_who_runs_the_benchmark(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With this one inherited, sitegen compiled all its modules at each start."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    seen = "import sys, os; print(sys.dont_write_bytecode, 'HOME' in os.environ)"
    measure.run((sys.executable, "-c", seen), tmp_path)
    assert (tmp_path / "bench.log").read_text() == "False True\n"


def test_benchmark_waits_for_what_a_build_leaves_behind_and_for_nobody_else(
    tmp_path: Path,
) -> None:
    """It waited for every child of its process: in the test suite also for helpers of Python's
    `multiprocessing`, which end with the process itself."""
    with subprocess.Popen((sys.executable, "-c", "input()"), stdin=subprocess.PIPE) as other:
        measure.run((sys.executable, "-c", "pass"), tmp_path)
        assert other.poll() is None
        other.communicate(b"\n", timeout=60)


def test_benchmark_that_is_ended_ends_the_build(
    tmp_path: Path,
) -> None:
    """It wrote on, into the folder in memory that was being removed."""
    before = signal.signal(signal.SIGUSR1, lambda *_: sys.exit(1))
    try:
        with pytest.raises(SystemExit):
            measure.run((sys.executable, "-c", ENDING_THE_BENCHMARK), tmp_path)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert not Path("/proc", (tmp_path / "bench.log").read_text().strip()).exists()


ENDING_THE_BENCHMARK = """
import os, signal, time
print(os.getpid(), flush=True)
os.kill(os.getppid(), signal.SIGUSR1)
time.sleep(600)
"""


def test_time_of_a_build_is_told_by_phase(tmp_path: Path) -> None:
    site, file = Site(SITEGEN, tmp_path / "site"), tmp_path / "phases.json"
    site.write(corpus.posts(120))
    command = (sys.executable, "-P", phases.__file__, str(file), "build", ".", "--jobs", "2")
    subprocess.run(command, cwd=site.folder, check=True, capture_output=True)
    spent = json.loads(file.read_text())
    assert tuple(spent) == phases.PHASES
    assert all(wall > 0 for wall, _, _ in spent.values())
    assert spent["documents"][2] > 0  # of the workers


@pytest.mark.parametrize("contestant", contestants(), ids=lambda one: one.name)
def test_every_site_has_all_posts_as_sources(contestant: Contestant, tmp_path: Path) -> None:
    site = Site(contestant, tmp_path / "site")
    posts = tuple(corpus.posts(3))
    site.write(posts)
    texts = [path.read_text(encoding="utf-8") for path in site.sources() if path.suffix == ".md"]
    assert [post.body in text for post, text in zip(posts, texts, strict=True)] == [True] * 3


def samples(name: str, *walls: float) -> tuple[Sample, ...]:
    """Of the cold step at ten posts; the first is of round 0."""
    memory = {"hugo": 20_000_000, "pelican": 4_000_000}.get(name, 5_000_000)
    return tuple(
        Sample(name, 10, "disk", "cold", number, Usage(wall, wall, None if number else memory))
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
    made=tuple(Made(name, 10, 20, 15, 30_000_000) for name in ("sitegen", "hugo", "pelican")),
    spent=tuple(
        Spent(10, "disk", "cold", number, phase, wall * number, 0.02, 0)
        for number in (1, 2, 3)
        for phase, wall in (("import", 0.1), ("documents", 1))
    ),
)


def test_ratio_is_to_the_fastest_peer_in_the_same_round() -> None:
    found = {line.name: line for line in lines(RESULTS.times(10, "disk", "cold"))}
    assert found["sitegen"].wall == 2
    assert found["sitegen"].ratio == 1  # the median of 1/2, 2/2 and 6/3
    assert found["hugo"].ratio == 1
    assert found["pelican"].ratio == 3.5


def test_who_is_slow_in_round_0_is_raced_once_and_marked(tmp_path: Path) -> None:
    """And compared with the fastest peer in that round."""
    of_round_0 = (*samples("hugo", 24), *samples("sitegen", 35), *samples("pelican", 37))
    assert slow_ones(of_round_0, "cold") == {"pelican"}
    assert slow_ones(samples("hugo", 1) + samples("pelican", 19), "cold") == frozenset()
    timed = (*samples("hugo", 24, 20), *samples("sitegen", 35, 30), *samples("pelican", 48))
    rows = write(replace(RESULTS, samples=timed), tmp_path, "m").splitlines()
    cells = {row.split("|")[1].strip(): row.split("|")[2].strip() for row in rows if "|" in row}
    assert cells["pelican"] == "48 s* (2.00)"
    assert cells["sitegen"] == "30 s (1.50)"


def test_report_is_written_in_three_forms(tmp_path: Path) -> None:
    text = write(RESULTS, tmp_path, "some-machine")
    name = "2026-01-02-some-machine"
    assert (tmp_path / f"{name}.md").read_text(encoding="utf-8") == text
    assert len(json.loads((tmp_path / f"{name}.json").read_text())["samples"]) == 15
    assert etree.parse(tmp_path / f"{name}-disk.svg").getroot().tag.endswith("svg")
    assert f"({name}-disk.svg)" in text


def test_table_has_a_cell_for_every_step_and_contestant(tmp_path: Path) -> None:
    text = write(replace(RESULTS, spent=()), tmp_path, "m")
    rows = [row.split("|") for row in text.splitlines() if row[:1] == "|"]
    assert {len(row) for row in rows} == {len(STEPS) + 6}
    assert [row[1].strip() for row in rows[2:]] == ["sitegen", "hugo", "pelican", "floor"]
    assert [cell.strip() for cell in rows[2][2:3] + rows[2][-4:-1]] == [
        *("2.00 s (1.00)", "2.00 s", "5 MB (1.25, 0.25)", "20 files, 15 pages, 30 MB")
    ]


def test_profile_is_a_table_of_medians(tmp_path: Path) -> None:
    rows = write(RESULTS, tmp_path, "m").splitlines()
    assert rows[rows.index("|  | cold |") :][2:5] == [
        "| import | 200 / 20 |",
        "| documents | 2,000 / 20 |",
        "| together | 2,200 / 40 |",
    ]


def test_bars_of_the_picture_are_as_long_as_the_times(tmp_path: Path) -> None:
    write(RESULTS, tmp_path, "m")
    picture = etree.parse(tmp_path / "2026-01-02-m-disk.svg")
    boxes = picture.findall("{http://www.w3.org/2000/svg}rect")
    widths = [float(box.get("width", "")) for box in boxes[:4]]
    assert widths == pytest.approx([170 * wall / 8 for wall in (2, 2, 8, 0.1)], abs=0.1)
    assert [box.get("class") for box in boxes[:4]] == ["own", "peer", "peer", "floor"]
