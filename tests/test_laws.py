"""Law 1: after any edits, a build leaves what a build without a cache would leave. Law 2: a second
build does nothing. Law 5: files that sitegen did not write survive.

`make soak` runs thousands of examples instead of a few.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sitegen.model.output import MANIFEST
from tests.conftest import ROOT, SOAK
from tests.images.test_variants import photo
from tests.journal import CONFIG, TEMPLATES, Journal
from tests.oracle import NOON, OUTPUT, files

PATHS = (
    *(f"content/posts/{name}.md" for name in ("one", "two", "three", "four", "new", "new-2")),
    *("content/tags/a.md", "content/authors/Ann.md", "content/pages/manual/a.md"),
)
SECTIONS = (
    *("content/_index.md", "content/posts/_index.md", "content/posts/bundle/_index.md"),
    "content/pages/manual/_index.md",
)
DATES = ("2024-05-31", "2024-01-01", "2024-06-02", "2025-01-01", "2024-06-01T12:00:01Z", None)
FIELDS: dict[str, tuple[str | None, ...]] = {
    "title": ("Other", "one", "'<b> & \"it''s\"'", None),
    "tags": ("[a]", "[b, c]", "[A]", "[]", None),
    "categories": ("[x]", None),
    "authors": ("[Ann]", "[Ann, Bob]", None),
    "series": ("Saga", None),
    "order": ("1", "2", None),
    "group": ("Steps", None),
    "id": ("x", "2", None),
    "date": DATES,
    "updated": ("2024-05-31", None),
    "expires": DATES,
    "excerpt": ("Short.", None),
    "slug": ("other", "one", None),
    "permalink": ("/elsewhere/", "/posts/deep/er/", "/", None),
    "draft": ("true", None),
    "pin": ("true", None),
    "unlisted": ("true", None),
    "aliases": ("[/old/]", "[/old/, /older/]", None),
    "image": ("pic.svg", "photo.jpg", "loose.svg", "https://x.example/y.png", None),
    "lang": ("de", None),
    "toc": ("false", None),
    "template": ("page.html", "dynamic.html", "own.html", None),
    "part": ("footer.html", "own.html", None),
    "titel": ("a mistake", None),
    "mood": ("good", "fine", None),
    "kin": ("2", "one", None),
    "cover": ("pic.svg", "loose.svg", "/notes.txt", None),
}
BODIES = (
    "Other.",
    "Other.\n\nMore.",
    "# Title\n\nFirst.\n\n## Part",
    "[](one.md) [](two.md#part) [](new.md)",
    "[](id:x) [](id:2) [](id:posts/new)",
    "[[one]] [[Two|2]] [[new#Part]] [[#Part]] ![[pic.svg|9]] ![[photo.jpg]] [[Title]]",
    "![[two]]\n\n![[One#part]]\n\n![[three#^q]]\n\n## Part\n\n![[new]] [[#^q]]",
    "Quoted.[^1] ^q\n\n## Part\n\n![[three]] ![](photo.jpg)\n\n![[bundle]]\n\n[^1]: Note.",
    "![](pic.svg) [](bundle/index.md) [](/about/) [](../pages/about.md)",
    "```python\nimport this\n```",
    "a[^1]\n\n[^1]: note",
    '## On\n\n[](#b:2)\n\n```python title="a.py" #b\nx\ny\n```',
    '```python title="a.py"\nx\ny\n```\n\n```python title="a.py"\nx\ny = 1\n```',
    '```python title="A.py"\nx\n```\n\n```c title="a.py/b.c"\nx\n```\n\n```c title="b.c"\nz\n```',
    '[](#b:1) [](one.md#b:2) [](id:x#b:1 "x")\n\n```python start=2 #b\nx\n```',
    "![](loose.svg) ![](../pictures/x.svg) ![](/pictures/x.svg) ![](bundle/pic.svg)",
    "::box[One *two*]{n=2 src=pic.svg}\n\nSee :box[this] and :inner[that]{post=x}.",
    "One.\n\n::include{file=a.md}\n\n> ::include{file=b.md}\n\n[](one.md)",
    ":::box[Title]{n=3 src=photo.jpg}\n![](pic.svg)\n![](photo.jpg)\n\n::inner{post=2}\n:::",
    "=== '[[one]]'\n\n    ![](pic.svg)\n\n| a |\n|-|\n\n: [](two.md) it's^[An '[[new]]'.]",
    "![](photo.jpg 'x')\n\n![](bundle/photo.jpg) <img src='photo.jpg' width=20>",
)
TEMPLATE_EDITS = (
    ("footer.html", "<footer>{{ site.title }}</footer>\n"),
    ("footer.html", "{% include 'own.html' ignore missing %}\n"),
    (
        "footer.html",
        "<a href='/gone/'>x</a>\n"
        "{% if site.tags %}<a href=\"{{ url('/tags/c/') }}\">c</a>{% endif %}\n",
    ),
    ("macros.html", "{% macro link(card) %}{{ card.url }}{% endmacro %}\n"),
    ("own.html", "own {{ page.url }}\n"),
    ("own.html", "{% include ['nowhere.html', 'footer.html'] %}\n"),
    ("post.html", "{{ page.title }}{{ page.content }}\n"),
    ("post.html", "{% include site.extra.part ~ '.html' %}\n"),
    ("base.html", "{% block main %}{% endblock %}{{ site.posts|length }}\n"),
    ("list.html", "{{ page.items|length }}\n"),
    ("list.html", "{% for tag in site.tags %}{{ tag.count }}{% endfor %}{{ site.pages }}\n"),
    ("post.html", "{% block main %}"),
    (
        "components/box.html",
        "{# src: image #}{% macro box(n=1, src='', title='') %}<p>{{ n + 1 }}{{ caller() }}"
        "{{ picture(src) if src }}{{ title }}</p>{% endmacro %}",
    ),
    (
        "components/box.html",
        "{% macro box(n='1', src='', title='') %}{{ site.title }} {{ n }} {{ t('posts') }}"
        "{{ caller() }}{% endmacro %}",
    ),
    ("components/box.html", "{% macro box(n) %}{{ n }}{% endmacro %}"),
    (
        "components/inner.html",
        "{% from 'macros.html' import link %}{# post: post #}{% macro inner(post='') %}"
        "{{ link(post) if post }}{{ caller() if caller is defined }}{% endmacro %}",
    ),
    ("home.html", "{{ page.items[0].titel }}"),
)
WORD_EDITS = (
    ("includes/a.md", "[](two.md) ![](pic.svg)\n\n::include{file=b.md}\n"),
    ("includes/a.md", "A.\n\n::include{file=a.md}\n"),
    ("includes/b.md", "## B\n\n:box[x]{n=2}\n"),
    ("i18n/de.toml", 'older = "Davor"\narchive = "Alles"\n'),
    ("i18n/de.toml", "older = 1\n"),
    ("i18n/en.toml", 'archive = "All"\ntags = "Topics"\n'),
    ("i18n/en.toml", '[minutes]\none = "{n}"\nother = "{n}"\n'),
    ("i18n/german.toml", ""),
    ("i18n/de.toml", '[site]\nolder = "Davor"\n'),
    ("templates/footer.html", "{{ t('site.older') }}\n"),
    ("templates/footer.html", "{{ t('older') }} {{ t('posts_count', site.posts | length) }}\n"),
)
DATA_EDITS = (
    ("data/a.toml", "x = 1\n"),
    ("data/a.toml", "x = 2.0\ny = [1, {z = 2024-01-01}]\n"),
    ("data/a.toml", "x = \n"),
    ("data/a.yml", "- x: no\n  y: 1.10\n"),
    ("data/b/c.json", '{"x": null}'),
    ("data/b/d.csv", "x,y\n1,2\n"),
    ("data/b.yaml", "x: {y: 1}\n"),
    ("templates/footer.html", "{{ site.data.a is defined and site.data.a }}\n"),
    ("templates/post.html", "{{ site.data.b.c is defined and site.data.b.c }}{{ page.url }}\n"),
    ("templates/list.html", "{% for name, it in site.data | items %}{{ name }}{% endfor %}\n"),
    ("templates/components/box.html", "{% macro box() %}{{ site.data.b | list }}{% endmacro %}\n"),
)
CONFIGS: dict[str, tuple[str | None, ...]] = {
    "title": ('"Renamed"', CONFIG["title"]),
    "base_url": ('"https://me.example/blog/"', '"http://me.example/"', CONFIG["base_url"], None),
    "author": ('"Ann"', None),
    "language": ('"de"', '"fa"', None),
    "timezone": ('"Asia/Tokyo"', None),
    "paginate": ("1", "3", CONFIG["paginate"]),
    "feeds.items": ("1", CONFIG["feeds.items"]),
    "feeds.content": ('"excerpt"', None),
    "export.markdown": ("true", None),
    "export.llms": ("true", None),
    "highlight.light": ('"friendly"', None),
    "theme.accent": ('["#8a3b12"]', '["#8a3b12", "#f0a878"]', None),
    "theme.light": ('{ paper = "white" }', None),
    "theme.scheme": ('"dark"', None),
    "menu": ('[{title = "Home", url = "/"}]', None),
    "permalinks.posts": ('"/{year}/{slug}/"', None),
    "permalinks.home": ('"/all/"', '"/elsewhere/"', None),
    "permalinks.sections.bundle": ('"/b/{slug}/"', None),
    "permalinks.tags": ('"/topics/{slug}/"', None),
    "content.path": ('"content/posts"', '"content"', None),
    "images.formats": ('["webp"]', "[]", None),
    "images.metadata": ("true", None),
    "content.exclude": ('["**/loose.svg", "posts/two.md"]', None),
    "build.command": (
        "'cp {output}/feed.xml {output}/copy.xml'",
        "'cp {output}/sitemap.xml {output}/notes.txt'",
        "'cp -r {output}/posts {output}/copies'",
        None,
    ),
    "theme.search": ("false", None),
    "markdown.components": ("false", None),
    "theme.cards": ("true", None),
    "icon": ('"/favicon.svg"', '"/none.svg"', None),
    "theme.related": ("0", "1", None),
    "theme.backlinks": ("true", None),
    "theme.footer.source": ('"/one/"', None),
    "theme.reply.edit": ('"https://code.example/{path}"', None),
    "authors.ann": ('{bio = "Writes."}', '{name = "Ann Lee", portrait = "a.jpg"}', None),
    "history.feeds": ("true", None),
    "history.git": ("false", None),
    "fields.mood": (
        '{choices = ["good", "fine"]}',
        '{default = "fine", for = "posts"}',
        '{required = true, for = "bundle"}',
        None,
    ),
    "fields.kin": ('{type = "post"}', None),
    "fields.cover": ('{type = "file"}', '{type = "file", default = "/pictures/x.svg"}', None),
    "content.unknown": ('"warn"', '"forbid"', None),
    "extra.part": ('"footer"', '"own"', None),
    "diagnostics.SG301": ('"error"', '"off"', CONFIG["diagnostics.SG301"]),
}
STRANGER = (ROOT / "tests/plugins/stranger.py").read_text("utf-8")
PLUGINS = (
    STRANGER,
    STRANGER.replace("– A.", "– B."),
    STRANGER.replace("title.lower()", "title.upper()"),
    STRANGER.replace("str.upper", "1 / 0"),
    None,
)
SIZED = '<svg width="9" height="6"/>'
STATIC = ("static/notes.txt", "static/style.css", "static/robots.txt", "static/favicon.svg")
BESIDE = (
    *("content/posts/bundle/pic.svg", "content/posts/bundle/more/data.csv"),
    *("content/posts/loose.svg", "content/pictures/x.svg", "static/pictures/x.svg"),
)
PHOTOS = ("content/posts/photo.jpg", "content/posts/bundle/photo.jpg", "static/photo.jpg")
OPTIONS: tuple[dict[str, bool], ...] = ({}, {}, {}, {"drafts": True}, {"future": True})


def values(table: dict[str, tuple[str | None, ...]]) -> st.SearchStrategy[dict[str, str | None]]:
    """One key and one of its values."""
    keys = st.sampled_from(sorted(table))
    return keys.flatmap(lambda key: st.sampled_from(table[key]).map(lambda value: {key: value}))


class Laws(RuleBasedStateMachine):
    """A person, an editor, a clock and a clumsy neighbour at work on one site."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.journal = Journal(Path(self.folder.name))
        self.output, self.options = OUTPUT, OPTIONS[0]
        self.waiting = 0

    @initialize()
    def start(self) -> None:
        self.journal.build()

    @invariant()
    def a_build_is_as_if_it_were_the_first(self) -> None:
        self.waiting -= 1
        if self.waiting < 0:
            self.journal.build(self.output, **self.options)
            self.journal.build_again(self.output, **self.options)

    def teardown(self) -> None:
        self.folder.cleanup()

    def existing(self, which: int) -> str:
        return sorted(self.journal.posts)[which % len(self.journal.posts)]

    @rule(edits=st.integers(1, 2))
    def edit_more_before_the_next_build(self, edits: int) -> None:
        self.waiting = edits + 1

    @rule(which=st.integers(0, 9), fields=values(FIELDS))
    def edit_front_matter(self, which: int, fields: dict[str, Any]) -> None:
        self.journal.post(self.existing(which), None, **fields)

    @rule(which=st.integers(0, 9), fields=values(FIELDS))
    def edit_front_matter_again(self, which: int, fields: dict[str, Any]) -> None:
        self.journal.post(self.existing(which), None, **fields)

    @rule(which=st.integers(0, 9), body=st.sampled_from(BODIES))
    def edit_body(self, which: int, body: str) -> None:
        self.journal.post(self.existing(which), body)

    @rule(which=st.integers(0, 9), body=st.sampled_from(BODIES))
    def edit_within_one_tick_keeping_size_and_time(self, which: int, body: str) -> None:
        path = self.existing(which)
        file = self.journal.site / path
        self.journal.post(path, body)
        times = file.stat().st_atime_ns, file.stat().st_mtime_ns
        self.journal.attempt(self.output)
        self.journal.post(path, body.replace("t", "T").replace("o", "0"))
        os.utime(file, ns=times)

    @rule(path=st.sampled_from(PATHS), body=st.sampled_from(BODIES))
    def add_or_overwrite(self, path: str, body: str) -> None:
        self.journal.post(path, body, title=None)

    @rule(path=st.sampled_from(SECTIONS), body=st.sampled_from(BODIES))
    def add_or_overwrite_a_section(self, path: str, body: str) -> None:
        self.journal.post(path, body)

    @precondition(lambda self: len(self.journal.posts) > 2)
    @rule(which=st.integers(0, 9))
    def delete(self, which: int) -> None:
        self.journal.delete(self.existing(which))

    @precondition(lambda self: self.journal.posts)
    @rule(which=st.integers(0, 9), to=st.sampled_from(PATHS))
    def rename(self, which: int, to: str) -> None:
        self.journal.rename(self.existing(which), to)

    @rule(which=st.integers(0, 9))
    def break_front_matter(self, which: int) -> None:
        path = self.existing(which)
        self.journal.write(path, "---\ntitle: [\n---\n")
        self.journal.attempt(self.output)
        self.journal.post(path)

    @rule(path=st.sampled_from((*STATIC, *BESIDE)), text=st.sampled_from(("x", "", SIZED)))
    def write_file(self, path: str, text: str) -> None:
        self.journal.write(path, text)

    @rule(path=st.sampled_from(PHOTOS), size=st.integers(20, 22), is_whole=st.booleans())
    def write_photo(self, path: str, size: int, is_whole: bool) -> None:
        file = BytesIO()
        photo(size, 20).save(file, "JPEG")
        self.journal.write(path, file.getvalue()[: None if is_whole else 300])

    @rule(path=st.sampled_from((*STATIC, *BESIDE, *PHOTOS)))
    def delete_file(self, path: str) -> None:
        self.journal.remove(path)

    @rule(edit=st.sampled_from(WORD_EDITS))
    def edit_words(self, edit: tuple[str, str]) -> None:
        self.journal.write(*edit)

    @rule(edit=st.sampled_from(DATA_EDITS))
    def edit_data(self, edit: tuple[str, str]) -> None:
        self.journal.write(*edit)

    @rule(path=st.sampled_from(("data", "data/a.toml", "data/a.yml", "data/b", "data/b.yaml")))
    def delete_data(self, path: str) -> None:
        self.journal.remove(path)

    @rule(edit=st.sampled_from(TEMPLATE_EDITS))
    def edit_template(self, edit: tuple[str, str]) -> None:
        self.journal.write(f"templates/{edit[0]}", edit[1])

    @rule(name=st.sampled_from(sorted({*TEMPLATES, "own.html"} - {"base.html"})))
    def restore_or_delete_template(self, name: str) -> None:
        path = f"templates/{name}"
        text, file = TEMPLATES.get(name), self.journal.site / path
        if text is None or (file.exists() and file.read_text() == text):
            self.journal.remove(path)
        else:
            self.journal.write(path, text)

    @rule(changed=values(CONFIGS))
    def edit_configuration(self, changed: dict[str, Any]) -> None:
        self.journal.configure(**changed)

    @rule(which=st.integers(0, 99), seconds=st.sampled_from((0, 1, -86_400, 86_400 * 400)))
    def touch_a_source(self, which: int, seconds: int) -> None:
        found = sorted(p for p in self.journal.site.rglob("*.*") if OUTPUT not in p.parts)
        file = found[which % len(found)]
        then = file.stat().st_mtime + seconds
        os.utime(file, (then, then))

    @rule(subject=st.sampled_from(("one", "two")), amended=st.booleans())
    def commit(self, subject: str, amended: bool) -> None:
        has_commit = (self.journal.site / ".git").exists()
        self.journal.configure(**{"history.git": "true"})
        more = ("--amend",) if amended and has_commit else ()
        self.journal.commit(subject, "2024-05-01T10:00:00Z", *more)

    @rule(text=st.sampled_from(PLUGINS))
    def edit_a_plugin(self, text: str | None) -> None:
        if text is None:
            self.journal.remove("plugins")
        else:
            self.journal.write("plugins/stranger.py", text)

    @rule(days=st.integers(-200, 400))
    def let_the_clock_go(self, days: int) -> None:
        self.journal.now = NOON + timedelta(days=days)

    @rule(fingerprint=st.sampled_from((b"fingerprint", b"another")))
    def upgrade(self, fingerprint: bytes) -> None:
        self.journal.fingerprint = fingerprint

    @rule(output=st.sampled_from((OUTPUT, "other")), options=st.sampled_from(OPTIONS))
    def build_elsewhere(self, output: str, options: dict[str, bool]) -> None:
        self.output, self.options = output, options

    @rule(which=st.integers(0, 99), data=st.sampled_from((None, b"", b"x", b"<html>")))
    def damage_an_output(self, which: int, data: bytes | None) -> None:
        folder = self.journal.site / self.output
        if found := sorted(files(folder)):
            file = folder / found[which % len(found)]
            file.unlink()
            if data is not None:
                file.write_bytes(data)

    @rule(which=st.integers(0, 99), days=st.integers(-9, 9))
    def touch_an_output(self, which: int, days: int) -> None:
        folder = self.journal.site / self.output
        if found := sorted(files(folder)):
            file = folder / found[which % len(found)]
            then = file.stat().st_mtime + days * 86_400
            os.utime(file, (then, then))

    @rule(name=st.sampled_from(("CNAME", "posts/mine.txt", "posts/one/notes.txt")))
    def put_a_file_into_the_output(self, name: str) -> None:
        folder = self.journal.site / self.output
        if (folder / MANIFEST).exists():  # else a build would refuse the folder
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("mine")

    @precondition(lambda self: self.waiting < 0)
    @rule()
    def lose_the_manifest(self) -> None:
        """Without it nobody knows whose the files are, so no build touches them."""
        folder = self.journal.site / self.output
        (folder / MANIFEST).unlink(missing_ok=True)
        if before := files(folder):
            assert self.journal.attempt(self.output, **self.options) is None
            assert files(folder) == before
            shutil.rmtree(folder)

    @rule(name=st.sampled_from((".sitegen", ".sitegen/cache.db")))
    def lose_the_cache(self, name: str) -> None:
        self.journal.remove(name)

    @rule(data=st.binary(min_size=1, max_size=9), where=st.floats(0, 1))
    def damage_the_cache(self, data: bytes, where: float) -> None:
        with (
            suppress(FileNotFoundError),
            (self.journal.site / ".sitegen/cache.db").open("r+b") as db,
        ):
            db.seek(int(where * db.seek(0, os.SEEK_END)))
            db.write(data)

    @rule()
    def lose_the_output(self) -> None:
        shutil.rmtree(self.journal.site / self.output, ignore_errors=True)


TestLaws = Laws.TestCase
TestLaws.settings = settings(
    max_examples=SOAK or 10,
    stateful_step_count=30 if SOAK else 12,
    suppress_health_check=list(HealthCheck),
    derandomize=not SOAK,
    database=None,
)
