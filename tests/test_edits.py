"""What each kind of edit makes anew, and nothing else (law 3); each is a test of law 1 too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.model.output import StaleReason
from tests.journal import TEMPLATES, Journal
from tests.oracle import files
from tests.repository import git

Edit = Callable[[Journal], object]

POST, OLDER, NEWER, ONE = (f"posts/{name}/index.html" for name in ("three", "two", "four", "one"))
FEEDS = ("feed.xml", "atom.xml", "feed.json")
WORDS = "search/00.txt"
LISTS = ("index.html", "page/2/index.html", "page/3/index.html")
PAGES = frozenset(
    {"404.html", "about/index.html", "archive/index.html", "tags/index.html", *LISTS}
    | {"feeds/index.html"}
    | {f"posts/{name}/index.html" for name in ("one", "two", "three", "four", "bundle")}
    | {f"tags/{tag}/index.html" for tag in "ab"}
)
TAG_FEEDS = tuple(f"tags/{tag}/{feed}" for tag in "ab" for feed in FEEDS)
OTHERS = {"style.css", "script.js", "sitemap.xml", "robots.txt", "notes.txt", "favicon.svg"}
OTHERS |= {"manifest.webmanifest"}
BUNDLE = "posts/bundle/pic.svg"
ABOUT = "about/index.html"
RELATED = "posts/bundle/index.html"
"""Of a post that is related to the edited one, because that links to it; `OLDER` is another."""
SHOWING = {POST, OLDER, NEWER, RELATED, "index.html", "archive/index.html", "404.html", *FEEDS}
"""What shows title, date, tags or excerpt of the edited post."""

THREE = "content/posts/three.md"


def body(text: str) -> Edit:
    return lambda journal: journal.post(THREE, text)


def field(**fields: str | None) -> Edit:
    return lambda journal: journal.post(THREE, None, **fields)


def template(name: str, text: str) -> Edit:
    return lambda journal: journal.write(f"templates/{name}", text)


def config(**values: str | None) -> Edit:
    return lambda journal: journal.configure(**values)


EDITS: dict[str, tuple[Edit, set[str]]] = {
    "nothing": (lambda journal: None, set()),
    "a paragraph": (
        body("`code` [two](id:2#x) [](bundle/index.md)\n\nMore."),
        {POST, *FEEDS, WORDS},
    ),
    "a space": (body("`code` [two](id:2#x) [](bundle/index.md) "), {POST, *FEEDS}),
    "the excerpt": (field(excerpt="Short."), SHOWING),
    "a new tag": (
        field(tags="[c]"),
        SHOWING
        | {"tags/index.html", "tags/c/index.html", "feeds/index.html", "sitemap.xml", WORDS}
        | {f"tags/c/{feed}" for feed in FEEDS},
    ),
    "an address": (
        field(slug="drei"),
        SHOWING - {POST} | {"posts/drei/index.html", "sitemap.xml", "search/titles.json"},
    ),
    "a link to another post": (
        body("`code` [two](id:2#x) [](one.md)"),
        {POST, RELATED, ONE, *FEEDS},
    ),
    "a pin": (field(pin="true"), SHOWING | {*LISTS[:2]} | {"404.html"}),
    "an alias": (field(aliases="[/old/]"), {POST, "old/index.html", *FEEDS}),
    "the macro": (
        template("macros.html", "{% macro link(card) %}!{% endmacro %}"),
        {"post", "list"},
    ),
    "the style": (lambda journal: journal.write("static/style.css", "a{}"), {"style.css"}),
    "a static file": (lambda journal: journal.write("static/notes.txt", "N"), {"notes.txt"}),
    "a file of a bundle": (
        lambda journal: journal.write("content/posts/bundle/pic.svg", "<svg ><g/></svg>"),
        {BUNDLE},
    ),
    "a deleted output": (lambda journal: journal.remove("public/index.html"), {"index.html"}),
    "an edited output": (lambda journal: journal.write("public/index.html", "x"), {"index.html"}),
    "a touched output": (lambda journal: (journal.site / "public/index.html").touch(), set()),
    "a touched source": (lambda journal: (journal.site / THREE).touch(), set()),
    "colours": (config(**{"highlight.light": '"friendly"'}), {"style.css"}),
    "the number of related posts": (config(**{"theme.related": "1"}), {ONE, OLDER, POST, RELATED}),
    "the description": (config(description='"D"'), {*LISTS, *FEEDS, *TAG_FEEDS}),
}
"""By what is edited: how, and the outputs that are made anew."""

LIKE = {
    "post": {path for path in PAGES if path.startswith(("posts/", "about/"))},
    "list": {path for path in PAGES if path.startswith(("tags/a", "tags/b"))} | {*LISTS},
}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """The site, built."""
    journal = Journal(tmp_path)
    journal.build()
    return journal


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_makes_anew_what_shows_it(journal: Journal, name: str) -> None:
    edit, expected = EDITS[name]
    edit(journal)
    report = journal.build()
    assert report
    wanted = set().union(*(LIKE.get(path, {path}) for path in expected))
    assert {stale.path for stale in report.stale} == wanted
    journal.build_again()


def test_another_accent_makes_the_style_sheet_anew_and_no_page(journal: Journal) -> None:
    journal.remove("static/style.css")
    journal.build()
    journal.configure(**{"theme.accent": '["#8a3b12", "#f0a878"]'})
    report = journal.build()
    assert report
    assert {stale.path for stale in report.stale} == {"style.css"}
    journal.build_again()


def test_an_edit_that_changes_no_byte_writes_nothing(journal: Journal) -> None:
    EDITS["a space"][0](journal)
    report = journal.build()
    assert report
    assert report.stale
    assert report.written == ()


def test_a_list_does_not_depend_on_the_posts_of_its_other_pages(journal: Journal) -> None:
    journal.post("content/posts/one.md", None, excerpt="Short.")
    report = journal.build()
    assert report
    assert not {"index.html", "page/3/index.html"} & {stale.path for stale in report.stale}
    assert "page/2/index.html" in report.written


def test_the_reasons_name_what_changed(journal: Journal) -> None:
    journal.post(THREE, None, title="Drei")
    journal.write("public/robots.txt", "x")
    report = journal.quick()
    stale = {found.path: found for found in report.stale}
    assert stale[NEWER].changed == ("older:content/posts/four.md",)
    assert stale["robots.txt"].reason is StaleReason.TOUCHED
    assert f"card:{THREE}" in stale[POST].changed


def test_a_list_shows_the_fields_that_a_site_declares_and_depends_on_no_other_key(
    journal: Journal,
) -> None:
    journal.configure(**{"fields.mood": '{choices = ["good", "fine"]}'})
    for values in ({"mood": "good", "other": "x"}, {"mood": "fine"}, {"other": "y"}):
        journal.post(THREE, None, **values)
        report = journal.build()
        assert report
        stale = {found.path for found in report.stale}
        assert ("index.html" in stale) == ("mood" in values)
        assert POST in stale


def test_a_declaration_makes_again_what_it_changes(journal: Journal) -> None:
    """The documents are read again, and what shows a field that is not what it was."""
    journal.post(THREE, None, kin="one", cover="loose.svg")
    journal.write("content/posts/loose.svg", "<svg/>")
    journal.build()
    journal.configure(**{"fields.kin": '{type = "post"}', "fields.cover": '{type = "file"}'})
    report = journal.build()
    assert report
    assert POST in report.written
    assert "posts/three/loose.svg" in report.written
    journal.configure(**{"fields.cover": '{type = "url"}'})
    assert [found.code for found in journal.quick().diagnostics if found.line == 4] == ["SG106"]


def test_a_post_that_a_field_names_is_part_of_the_page(journal: Journal) -> None:
    journal.configure(**{"fields.kin": '{type = "post"}'})
    journal.post(THREE, None, kin="x")
    report = journal.build()
    assert report
    assert "broken link: no document has the id 'x'" in {d.message for d in report.diagnostics}
    journal.post("content/posts/one.md", None, id="x")
    for title in ("Eins", "Uno"):
        journal.post("content/posts/one.md", None, title=title)
        report = journal.build()
        assert report
        assert POST in report.written
        assert title in (journal.site / "public" / POST).read_text("utf-8")


def test_a_component_makes_again_the_posts_that_call_it_and_no_other(journal: Journal) -> None:
    box, others = "templates/components/box.html", ("other", "unused")
    journal.write(box, "{% macro box(n=1) %}<b>{{ n }}</b>{% endmacro %}")
    for name in others:
        journal.write(
            f"templates/components/{name}.html", f"{{% macro {name}() %}}{{% endmacro %}}"
        )
    journal.post(THREE, "::box{n=2}")
    journal.post("content/posts/one.md", "::other{}")
    journal.build()
    for edited in (
        "{% macro box(n=1) %}<i>{{ n }}</i>{% endmacro %}",
        "{% macro box(n='1') %}<i>{{ n }}</i>{% endmacro %}",
        "{% from 'macros.html' import link %}{% macro box(n) %}{{ n }}{% endmacro %}",
    ):
        journal.write(box, edited)
        report = journal.build()
        assert report
        assert {stale.path for stale in report.stale} == {POST, *FEEDS}
    journal.write("templates/components/unused.html", "{% macro unused(n) %}{% endmacro %}")
    journal.write("templates/components/new.html", "{% macro new() %}{% endmacro %}")
    assert not journal.quick().stale


def test_a_container_of_no_component_becomes_one_when_there_is_one(journal: Journal) -> None:
    journal.post(THREE, "::: box\nText.\n:::")
    journal.build()
    for text in ("<b>{{ caller() }}</b>", None):
        box = "templates/components/box.html"
        if text:
            journal.write(box, f"{{% macro box() %}}{text}{{% endmacro %}}")
        else:
            journal.remove(box)
        report = journal.build()
        assert report
        assert {stale.path for stale in report.stale} == {POST, *FEEDS}


def test_a_file_makes_again_the_posts_that_include_it_and_no_other(journal: Journal) -> None:
    journal.write("includes/a.md", "A.\n\n::include{file=b.md}\n")
    journal.post(THREE, "::include{file=a.md}")
    failed = journal.build()
    assert failed
    assert not failed.is_published
    for text in ("B.", "Another."):
        journal.write("includes/b.md", text)
        report = journal.build()
        assert report
        stale = {found.path for found in report.stale}
        assert {POST, *FEEDS} <= stale <= {POST, *FEEDS, *SHOWING, WORDS}
    journal.write("includes/c.md", "C.")
    assert not journal.quick().stale


def test_a_data_file_makes_again_the_pages_that_read_it_and_no_other(journal: Journal) -> None:
    home, people = "{% extends 'list.html' %}", "site.data.people"
    journal.write("data/talks.yaml", "- title: One\n")
    journal.write("data/people/ada.toml", 'name = "Ada"\n')
    journal.write(
        "templates/404.html", f"{{{{ {people}.ada.name }}}} {{{{ {people}.eve is defined }}}}"
    )
    journal.write(
        "templates/archive.html", f"{{% for n, it in {people} | items %}}{{{{ n }}}}{{% endfor %}}"
    )
    journal.write(
        "templates/home.html",
        home + "{% block main %}{{ super() }}{{ site.data.talks[0].title }}{% endblock %}",
    )
    journal.build()
    ada, folder = "404.html", "archive/index.html"
    for path, text, stale in (
        ("data/talks.yaml", "- title: Two\n", {*LISTS}),
        ("data/talks.yaml", '- {title: "Two"}\n', set()),
        ("data/people/ada.toml", 'name = "Ada L"\n', {ada, folder}),
        ("data/people/bob.toml", 'name = "Bob"\n', {folder}),
        ("data/people/eve.json", '{"name": "Eve"}', {ada, folder}),
        ("data/unread.csv", "a,b\n1,2\n", set()),
    ):
        journal.write(path, text)
        report = journal.build()
        assert report
        assert {found.path for found in report.stale} == stale, path
        journal.build_again()
    journal.remove("data/people/bob.toml")
    report = journal.build()
    assert report
    assert {found.path for found in report.stale} == {folder}


def test_a_page_that_asks_for_a_folder_of_data_is_made_again_when_there_is_one(
    journal: Journal,
) -> None:
    """And again when its dates are in another time zone."""
    journal.write("data/talks.yaml", "- date: 2024-01-01\n")
    journal.write("templates/404.html", "{{ site.data.people is defined }}")
    journal.write("templates/archive.html", "{{ site.data.talks[0].date | iso }}")
    journal.build()
    journal.write("data/people/ada.toml", 'name = "Ada"\n')
    report = journal.build()
    assert report
    assert {found.path for found in report.stale} == {"404.html"}
    journal.configure(timezone='"Asia/Tokyo"')
    report = journal.build()
    assert report
    assert "archive/index.html" in {found.path for found in report.stale}


def test_a_dead_link_comes_alive(journal: Journal) -> None:
    journal.post(THREE, "[](five.md) [](id:six)")
    journal.build()
    for name in ("five", "six"):
        journal.post(f"content/posts/{name}.md", "New.", date="2020-01-01", id=name)
        report = journal.build()
        assert report
        assert POST in report.written


def test_a_pattern_that_excludes_nothing_is_reported_until_it_does(journal: Journal) -> None:
    """By a build with nothing to do as well, and where the pattern is now in the file."""
    journal.configure(**{"content.exclude": '["three.md"]'})
    journal.build()
    journal.configure(author='"Ada"')
    journal.build()
    [problem] = (d for d in journal.quick().diagnostics if d.code == "SG012")
    assert (problem.line, problem.hint) == (9, "did you mean '**/three.md'?")
    journal.configure(**{"content.exclude": '["**/three.md"]'})
    report = journal.build()
    assert report
    assert "SG012" not in {d.code for d in report.diagnostics}
    assert POST in report.removed


def test_a_file_is_published_beside_each_post_that_names_it(journal: Journal) -> None:
    """Beside a post that is no `index.md`, a file was published only from a folder with one."""
    journal.write("content/posts/map.svg", "<svg/>")
    journal.build()
    for name in ("three", "four"):
        journal.post(f"content/posts/{name}.md", "![](map.svg)")
        report = journal.build()
        assert report
        assert f"posts/{name}/map.svg" in report.written
    journal.write("content/posts/map.svg", "<svg></svg>")
    report = journal.build()
    assert report
    assert set(report.written) == {"posts/three/map.svg", "posts/four/map.svg"}
    journal.post("content/posts/four.md", "No map.")
    report = journal.build()
    assert report
    assert report.removed == ("posts/four/map.svg",)
    journal.remove("content/posts/map.svg")
    report = journal.build()
    assert report
    assert report.removed == ("posts/three/map.svg",)


def test_a_file_from_another_folder_is_where_it_is_in_the_content(journal: Journal) -> None:
    journal.write("content/pictures/map.svg", "<svg/>")
    for href in ("../pictures/map.svg", "/pictures/map.svg", "/content/pictures/map.svg"):
        journal.post(THREE, f"![]({href})")
        journal.build()
        assert 'src="/pictures/map.svg"' in (journal.site / "public" / POST).read_text()
        assert (journal.site / "public/pictures/map.svg").is_file()


def test_a_file_that_nobody_names_is_not_even_read(journal: Journal) -> None:
    """A folder of notes may hold gigabytes of them."""
    journal.write("content/posts/film.mp4", "frames")
    journal.build()
    journal.write("content/posts/film.mp4", "other frames")
    report = journal.build()
    assert report
    assert report.stale == ()


def test_a_template_that_was_looked_for_in_vain_is_used_once_it_is_there(journal: Journal) -> None:
    journal.write("templates/404.html", "{% include 'own.html' ignore missing %}")
    journal.build()
    journal.write("templates/own.html", "here")
    report = journal.build()
    assert report
    assert report.written == ("404.html",)


def test_the_same_file_below_another_content_folder_is_another_document(journal: Journal) -> None:
    """`content/posts/one.md` is `posts/one` there and `one` here; it was known by its path."""
    journal.configure(**{"content.path": '"content/pages"'})
    journal.build()
    journal.configure(**{"content.path": None})
    journal.build()
    journal.configure(**{"content.path": '"content/posts"'})
    journal.build()


def test_what_a_template_counts_it_counts_for_one_page(journal: Journal) -> None:
    """Jinja keeps an imported module, and what it has counted, for all pages that follow."""
    journal.write(
        "templates/macros.html",
        "{% set seen = namespace(count=0) %}"
        "{% macro link(card) %}{% set seen.count = seen.count + 1 %}{{ seen.count }}{% endmacro %}",
    )
    journal.build()
    journal.post(THREE, "Other.")
    journal.build()


@pytest.mark.parametrize("call", ["['a', 'b', 'c']|random", "lipsum()"])
def test_a_template_cannot_throw_dice(journal: Journal, call: str) -> None:
    journal.write("templates/404.html", f"{{{{ {call} }}}}")
    report = journal.quick()
    assert [found.path for found in report.diagnostics if "SG5" in found.code] == [
        "templates/404.html"
    ]


def test_dates_that_git_knows_are_followed(journal: Journal) -> None:
    """No file changes when a commit does."""
    journal.post(THREE, None, date=None)
    journal.configure(**{"content.dates": '"git"'})
    git(journal.site, "init", "--quiet")
    git(journal.site, "add", "content")
    for date, amend in (("2020-02-03T04:05:06Z", ()), ("2021-02-03T04:05:06Z", ("--amend",))):
        git(journal.site, "commit", "--quiet", "-m", "x", "--date", date, *amend)
        report = journal.build()
        assert report
        assert "sitemap.xml" in report.written
        journal.build_again()


def test_an_upgrade_makes_everything_anew_and_writes_what_differs(journal: Journal) -> None:
    journal.fingerprint = b"another"
    report = journal.build()
    assert report
    assert len(report.stale) == len(report.unchanged) == len(files(journal.site / "public"))
    assert [found.code for found in report.diagnostics if found.code == "SG602"] == ["SG602"]


def test_an_edit_undone_after_a_failure_leaves_nothing_behind(journal: Journal) -> None:
    journal.post(THREE, "Other.")
    journal.write("templates/404.html", "{{ nothing }}")
    journal.build()
    journal.post(THREE, "`code` [two](id:2#x) [](bundle/index.md)")
    journal.write("templates/404.html", TEMPLATES["404.html"])
    report = journal.build()
    assert report
    assert report.written == ()


def test_a_wikilink_follows_the_title_and_the_place_of_what_it_names(journal: Journal) -> None:
    journal.configure(**{"theme.related": "0"})
    journal.post(THREE, "[[one]] and [[new]]")
    journal.build()
    journal.post("content/posts/one.md", None, excerpt="Short.")
    report = journal.build()
    assert report
    assert POST not in {stale.path for stale in report.stale}
    journal.post("content/posts/one.md", None, title="Uno")
    journal.build()
    journal.rename("content/posts/one.md", "content/posts/deep/one.md")
    journal.build()
    for path, slug in (("new", "new"), ("deep/new", "n")):
        journal.post(f"content/posts/{path}.md", "New.", date="2020-01-01", slug=slug)
        journal.build()
    html = (journal.site / "public" / POST).read_text("utf-8")
    assert '<a href="/posts/one/">Uno</a> and <a href="/posts/new/">New</a>' in html


def test_a_page_changes_with_what_links_to_it(journal: Journal) -> None:
    journal.configure(**{"theme.backlinks": "true", "theme.related": "0", "theme.search": "false"})
    journal.write(
        "templates/post.html", "{% for link in page.backlinks %}{{ link.title }}{% endfor %}"
    )
    journal.build()
    journal.post("content/pages/about.md", "About [me](../posts/four.md) and [[one]].")
    report = journal.build()
    assert report
    assert {stale.path for stale in report.stale} == {ABOUT, ONE}
    journal.post("content/pages/about.md", None, excerpt="Short.", title="Me")
    report = journal.build()
    assert report
    assert {ONE, NEWER} <= set(report.written)
    assert (journal.site / "public" / ONE).read_text("utf-8") == "TwoBundleMe"
    journal.post("content/pages/about.md", "Nothing.")
    journal.build()
    assert (journal.site / "public" / ONE).read_text("utf-8") == "TwoBundle"


def test_a_page_changes_with_what_it_embeds(journal: Journal) -> None:
    journal.post(THREE, "Three.\n\n![[two]]")
    journal.post("content/posts/four.md", "Four.\n\n![[three]]")
    journal.build()
    journal.post("content/posts/two.md", "New ![](bundle/pic.svg)")
    report = journal.build()
    assert report
    assert {POST, NEWER} <= set(report.written)
    assert ABOUT not in {stale.path for stale in report.stale}
    journal.post("content/posts/one.md", "One.")
    report = journal.build()
    assert report
    assert POST not in {stale.path for stale in report.stale}


def test_a_description_changes_the_list_of_its_term_alone(journal: Journal) -> None:
    journal.post("content/tags/b.md", "About b.")
    report = journal.build()
    assert report
    assert set(report.written) == {"tags/b/index.html"}
    journal.post("content/tags/b.md", "More about b.")
    report = journal.build()
    assert report
    assert {stale.path for stale in report.stale} == {"tags/b/index.html"}
    journal.delete("content/tags/b.md")
    report = journal.build()
    assert report
    assert set(report.written) == {"tags/b/index.html"}


def test_a_page_of_a_section_shows_titles_and_no_more_of_the_others(journal: Journal) -> None:
    for name in ("_index", "a", "b", "c"):
        journal.post(f"content/pages/manual/{name}.md", f"{name}.", title=name)
    journal.build()
    journal.post("content/pages/manual/a.md", None, excerpt="Short.")
    report = journal.build()
    assert report
    stale = {found.path for found in report.stale}
    assert stale == {f"{path}index.html" for path in ("a/", "b/", "manual/")}


def test_diagrams_and_formulas_after_any_edit_are_those_of_a_clean_build(journal: Journal) -> None:
    pytest.importorskip("mmdr")
    pytest.importorskip("math_core")
    journal.configure(**{"markdown.diagrams": '["mermaid"]', "markdown.math": "true"})
    chart, formula = "```mermaid\nflowchart LR\n a --> {}\n```\n", "$x \\in \\RR$\n"
    first, second, wrong = chart.format("b"), chart.format("c"), chart.format("")
    for text in (
        first,
        f"More.\n\n{first}",
        first + second,
        second + first + second,
        first + wrong,
        f"More.\n\n{wrong}",
        "```mermaid\n```\n",
    ):
        journal.post(THREE, text + formula)
        report = journal.build()
        assert report
        assert POST in report.written
    for macro in (r"\mathbb{R}", r"\mathbf{R}"):
        journal.configure(**{"math.macros": f"{{RR = '{macro}'}}"})
        report = journal.build()
        assert report
        assert POST in report.written
        assert not {"index.html", "archive/index.html"} & {*report.written}
