"""`sitegen new`: a file that every reader of front matter understands, where it belongs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.config.load import load
from sitegen.config.schema import Config
from sitegen.content.contract import Contract
from sitegen.content.frontmatter import parse
from sitegen.model.diagnostics import UsageError
from sitegen.model.source import Kind, Source
from sitegen.scaffold.archetypes import made_from
from sitegen.scaffold.new import NewPost, new, new_document, path_for
from sitegen.text.dates import date_in_name
from sitegen.text.quoting import titled
from tests.command import sitegen

NOW = datetime(2026, 11, 20, 18, 30, 5, tzinfo=UTC)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    text = 'base_url = "https://a.example"\ntimezone = "Asia/Kolkata"\n'
    (tmp_path / "sitegen.toml").write_text(text, "utf-8")
    (tmp_path / "content" / "posts").mkdir(parents=True)
    return tmp_path


TITLES = st.text(min_size=1) | st.sampled_from(
    [
        *('He said "hi"', "it's: a # comment", "- dash", "--help", "@me", "*a", "&b", "%x", "`c`"),
        *(
            "no",
            "1.10",
            "2024-01-31",
            "null",
            "~",
            "日本語の題",
            "👩🏽‍💻 at work",
            "é\u0301",
            "a\u2028b",
        ),
        *("C#", "x" * 5000, "\\n", "{{ a }}", "---", "a\tb\nc", "\ufeffa", "con", "index", "../x"),
    ]
)


@given(TITLES, st.lists(TITLES.filter(lambda tag: "," not in tag), max_size=3), st.booleans())
def test_any_title_is_read_back_as_it_was_typed_or_refused(
    title: str, tags: list[str], is_draft: bool
) -> None:
    try:
        post = NewPost(titled(title), tuple(map(titled, tags)), is_draft=is_draft)
    except UsageError:
        return
    assume(not date_in_name(post.slug)[2])  # such as 2024-99-99, which SG110 reports of a file name
    name = path_for(post, Path("content")).as_posix()
    source = Source(name, Kind.POST, name.removeprefix("content/"))
    parsed = parse(new_document(post, NOW, {}), source, ZoneInfo("UTC"))
    assert parsed.diagnostics == ()
    assert parsed.meta is not None
    assert (parsed.meta.title, parsed.meta.tags) == (post.title, tuple(dict.fromkeys(post.tags)))
    assert (parsed.meta.id, parsed.meta.slug) == (post.slug, post.slug)
    assert (parsed.meta.date, parsed.meta.draft) == (NOW, is_draft)
    assert parsed.body.strip() == ""


@given(st.integers(0, 2**32), st.integers(-1439, 1439))
def test_any_moment_is_read_back_to_the_second(seconds: int, minutes: int) -> None:
    when = datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes)))
    parsed = parse(
        new_document(NewPost("A"), when, {}), Source("a.md", Kind.POST, "a.md"), ZoneInfo("UTC")
    )
    assert parsed.meta is not None
    assert parsed.meta.date == when


def test_new_prints_the_path_and_nothing_else(site: Path) -> None:
    done = sitegen("new", "Hello, World!", "--tags", "python, C#,", cwd=site)
    assert (done.stdout, done.stderr) == ("content/posts/hello-world.md\n", "")
    text = (site / "content/posts/hello-world.md").read_text("utf-8")
    assert 'tags: ["python", "C#"]\n' in text


def test_path_is_whole_where_the_site_is_elsewhere(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    done = sitegen("new", "Hello", site, cwd=tmp_path_factory.mktemp("elsewhere"))
    assert done.stdout == f"{site}/content/posts/hello.md\n"


def test_date_is_now_in_the_zone_of_the_site(site: Path) -> None:
    sitegen("new", "Hello", cwd=site, SOURCE_DATE_EPOCH="1795199405")
    text = (site / "content/posts/hello.md").read_text("utf-8")
    assert "date: 2026-11-21 00:00:05+05:30\n" in text


def test_new_files_build_at_once(site: Path) -> None:
    for arguments in (["-- a title"], ["No: 1", "--bundle"], ["About", "--page"], ["D", "--draft"]):
        *options, title = arguments[1:], arguments[0]
        assert sitegen("new", *options[0], "--", title, cwd=site).returncode == 0
    done = sitegen("build", "--strict", cwd=site)
    assert (done.returncode, done.stderr) == (0, "left out 1 draft (include with --drafts)\n")
    assert (site / "public/about/index.html").is_file()
    assert (site / "public/posts/no-1/index.html").is_file()


@pytest.mark.parametrize("options", [[], ["--bundle"]])
@pytest.mark.parametrize("existing", ["a-b.md", "a-b.markdown", "a-b/index.md"])
def test_title_that_is_taken_is_an_error_that_names_the_file(
    site: Path, existing: str, options: list[str]
) -> None:
    file = site / "content/posts" / existing
    file.parent.mkdir(exist_ok=True)
    file.write_text("Mine.\n", "utf-8")
    done = sitegen("new", "A, b?", *options, cwd=site)
    assert (done.returncode, done.stdout) == (2, "")
    assert existing in done.stderr
    assert [path.read_text("utf-8") for path in site.rglob("a-b*") if path.is_file()] in (
        ["Mine.\n"],
        [],
    )
    assert file.read_text("utf-8") == "Mine.\n"


def test_a_link_to_nothing_is_not_followed(site: Path) -> None:
    (site / "content/posts/a.md").symlink_to(site / "outside.md")
    assert sitegen("new", "A", cwd=site).returncode == 2
    assert not (site / "outside.md").exists()


@pytest.mark.parametrize(
    ("existing", "configuration", "expected"),
    [
        ("content/posts/x.md", "", "content/posts/a.md"),
        ("content/post/x.md", "", "content/post/a.md"),
        ("content/x.md", "", "content/a.md"),
        ("x.md", "", "a.md"),
        ("posts/x.md", "", "posts/a.md"),
        ("articles/x.md", '[content]\npath = "articles"\n', "articles/a.md"),
        ("articles/pages/x.md", '[content]\npath = "articles"\n', "articles/posts/a.md"),
    ],
)
def test_post_goes_where_the_posts_are(
    tmp_path: Path, existing: str, configuration: str, expected: str
) -> None:
    (tmp_path / existing).parent.mkdir(parents=True) if "/" in existing else None
    (tmp_path / existing).write_text("X.\n", "utf-8")
    (tmp_path / "sitegen.toml").write_text(configuration, "utf-8")
    assert sitegen("new", "A", cwd=tmp_path).stdout == f"{expected}\n"


@pytest.mark.parametrize("title", ["", "  \n ", "a\x07b", "\x9b31m"])
def test_title_that_says_nothing_or_cannot_be_shown_is_refused(site: Path, title: str) -> None:
    done = sitegen("new", title, cwd=site)
    assert (done.returncode, list((site / "content/posts").iterdir())) == (2, [])
    assert "Traceback" not in done.stderr


def test_edit_opens_the_file_in_the_editor_with_its_options(site: Path) -> None:
    done = sitegen("new", "Hello", "--edit", cwd=site, VISUAL="sed -i s/Hello/Goodbye/")
    assert done.returncode == 0
    assert 'title: "Goodbye"' in (site / "content/posts/hello.md").read_text("utf-8")


def test_edit_without_an_editor_writes_nothing(site: Path) -> None:
    done = sitegen("new", "Hello", "--edit", cwd=site, VISUAL="", EDITOR="")
    assert done.returncode == 2
    assert "export EDITOR=" in done.stderr
    assert list((site / "content/posts").iterdir()) == []


def test_editor_that_fails_is_told_and_the_file_stays(site: Path) -> None:
    done = sitegen("new", "Hello", "--edit", cwd=site, VISUAL="", EDITOR="no-such-editor")
    assert done.returncode == 1
    assert "no-such-editor" in done.stderr
    assert (site / "content/posts/hello.md").is_file()


VALUES = {"title": """It's "A": b""", "slug": "its-a-b", "id": "its-a-b", "date": "2026-11-20"}
GIVEN = {"title": '"It\'s \\"A\\": b"', "date": "2026-11-20", "tags": '["x"]'}


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "---\ntitle: {{ title }}\nlevel: easy\n---\n# {{title}}\n{{ date }} {{ other }}\n",
            '---\ndate: 2026-11-20\ntags: ["x"]\ntitle: "It\'s \\"A\\": b"\nlevel: easy\n---\n'
            '# It\'s "A": b\n2026-11-20 {{ other }}\n',
        ),
        (
            '---\ntitle: "On {{ title }}"\nTags:\n- a\n- b\nid: talks/{{ slug }}\n---\n',
            '---\ndate: 2026-11-20\ntags: ["x"]\ntitle: "On It\'s \\"A\\": b"\n'
            "id: talks/its-a-b\n---\n",
        ),
        (
            "---\ntitle: 'On {{ title }}'\ndate: {{ date }}\ntags: []\n---\n",
            "---\ntags: [\"x\"]\ntitle: 'On It''s \"A\": b'\ndate: 2026-11-20\n---\n",
        ),
        (
            "+++\ntitle = {{ title }}\n[extra]\na = 1\n+++\nText.\n",
            '+++\ndate = 2026-11-20\ntags = ["x"]\ntitle = "It\'s \\"A\\": b"\n[extra]\na = 1\n'
            "+++\nText.\n",
        ),
        (
            "No front matter.\n",
            '---\ntitle: "It\'s \\"A\\": b"\ndate: 2026-11-20\ntags: ["x"]\n---\n\n'
            "No front matter.\n",
        ),
    ],
)
def test_archetype_is_filled_in_and_completed(text: str, made: str) -> None:
    assert made_from("archetypes/a.md", text, VALUES, GIVEN, {}) == made
    source = Source("a.md", Kind.POST, "a.md")
    parsed = parse(made, source, ZoneInfo("UTC"))
    assert parsed.meta
    assert VALUES["title"] in (parsed.meta.title or "")
    assert parsed.meta.tags == ("x",)


@given(TITLES)
def test_any_title_fits_into_an_archetype(title: str) -> None:
    try:
        title = titled(title)
    except UsageError:
        return
    text = "---\ntitle: {{ title }}\n---\n"
    made = made_from("archetypes/a.md", text, {"title": title}, {"title": "x"}, {})
    parsed = parse(made, Source("a.md", Kind.POST, "a.md"), ZoneInfo("UTC"))
    assert parsed.meta
    assert parsed.meta.title == title


def test_post_is_made_from_the_archetype_that_is_named_or_the_default(site: Path) -> None:
    (site / "archetypes").mkdir()
    for name in ("default", "talk"):
        text = f"---\ntitle: {{{{ title }}}}\nkind: {name}\n---\n"
        (site / "archetypes" / f"{name}.md").write_text(text, "utf-8")
    for title, archetype in (("One", None), ("Two", "talk")):
        file = new(NewPost(title, archetype=archetype), site, Config(), NOW)
        assert f"kind: {archetype or 'default'}\n" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "said", "hint"),
    [
        ("tlak", "no archetype 'tlak'", "did you mean 'talk'?"),
        ("x", "no archetype 'x'", "there are: bad, talk"),
        ("../talk", "no archetype '../talk'", "did you mean 'talk'?"),
        ("bad", "archetypes/bad.md:2:11: unknown placeholder 'titel'", "did you mean 'title'?"),
    ],
)
def test_archetype_that_cannot_be_used_is_refused(
    site: Path, name: str, said: str, hint: str
) -> None:
    (site / "archetypes").mkdir()
    (site / "archetypes/talk.md").write_text("Text.", "utf-8")
    (site / "archetypes/bad.md").write_text("---\ntitle: {{ titel }}\n---\n", "utf-8")
    with pytest.raises(UsageError) as refused:
        new(NewPost("A", archetype=name), site, Config(), NOW)
    assert (str(refused.value), refused.value.hint) == (said, hint)
    assert not list((site / "content").rglob("*.md"))


def test_required_fields_wait_for_a_value(site: Path) -> None:
    declared = '[fields.level]\nchoices = ["easy", "hard"]\nrequired = true\nfor = "posts"'
    file = new(NewPost("A"), site, load(declared)[0], NOW)
    assert "level: # easy, hard\n" in file.read_text("utf-8")
    page = new(NewPost("A", is_page=True), site, load(declared)[0], NOW)
    assert "level" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("archetype", "lines"),
    [
        ("---\ntags: [a]\n---\n", ["level: # easy, hard"]),
        ("+++\ntags = ['a']\n+++\n", ["#level = # easy, hard"]),
        ("---\nLevel: easy\n---\n", ["Level: easy"]),
        ("Text.\n", ["level: # easy, hard"]),
    ],
)
def test_required_fields_that_an_archetype_lacks_wait_for_a_value(
    site: Path, archetype: str, lines: list[str]
) -> None:
    """Only posts that were made without an archetype had them."""
    declared = '[fields.level]\nchoices = ["easy", "hard"]\nrequired = true'
    (site / "archetypes").mkdir()
    (site / "archetypes/a.md").write_text(archetype, "utf-8")
    text = new(NewPost("A", archetype="a"), site, load(declared)[0], NOW).read_text("utf-8")
    assert [line for line in text.splitlines() if "level" in line.lower()] == lines
    source = Source("content/posts/a.md", Kind.POST, "posts/a.md")
    found = parse(text, source, ZoneInfo("UTC"), Contract(load(declared)[0].fields)).diagnostics
    assert {problem.code for problem in found} == ({"SG118"} if "#" in text else set())
