"""A small site on which every law is tested: its templates are short, so that a build is quick.

They read all that templates can: other documents' cards, neighbours, terms, menus, configuration,
macros, includes whose names are computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.oracle import Twins
from tests.repository import git

TEMPLATES = {
    "base.html": "<title>{{ page.title }} {{ site.title }}</title>{{ page.description }}\n"
    "{% for item in site.menu %}<a href='{{ item.url }}'>{{ item.title }}</a>{% endfor %}\n"
    "{% for feed in page.feeds %}{{ feed.title }} {{ feed.url }}{% endfor %}\n"
    "{% block main %}{% endblock %}{% include 'footer.html' %}\n",
    "footer.html": "<footer>{{ site.author }} {{ url('/about/') }}</footer>\n",
    "macros.html": "{% macro link(card) %}<a href='{{ card.url }}'>{{ card.title }}</a>"
    "{% endmacro %}\n",
    "post.html": "{% extends 'base.html' %}{% import 'macros.html' as make %}{% block main %}\n"
    "{{ page.content }}{{ page.words }}{{ page.image }}{{ page.series and page.series.name }}\n"
    "{% for term in page.tags + page.authors %}{{ make.link({'url': term.url, 'title': term.name})"
    " }}{% endfor %}\n"
    "{% if page.previous %}{{ make.link(page.previous) }}{% endif %}\n"
    "{% if page.next %}{{ make.link(page.next) }}{% endif %}\n"
    "{% for card in page.parts + page.related + page.backlinks %}{{ make.link(card) }}"
    "{% endfor %}{{ page.part }}\n"
    "{% for item in page.siblings %}{{ item.title }}{% endfor %}"
    "{{ page.section and page.section.url }}\n"
    "{% for author in page.profiles %}{{ author.name }} {{ author.bio }}{% endfor %}"
    "{{ page.reply and page.reply.edit }}\n"
    "{{ page.extra.kin is defined and page.extra.kin }}"
    "{{ page.extra.cover is defined and page.extra.cover }}"
    "{% if page.edits %}{{ page.edits.url }} {{ page.edits.revisions | length }}{% endif %}"
    "{% endblock %}\n",
    "changes.html": "{% extends 'base.html' %}{% block main %}{% for change in page.changes %}"
    "{{ change.revision.number }} {{ change.revision.date }} {{ change.revision.subject }}\n"
    "{{ change.content }}{% endfor %}{% endblock %}\n",
    "page.html": "{% extends 'post.html' %}\n",
    "list.html": "{% extends 'base.html' %}{% import 'macros.html' as make %}{% block main %}\n"
    "{% for item in page.items %}{{ make.link(item) }} {{ item.excerpt }} {{ item.date }}"
    "{{ item.extra }}"
    "{% endfor %}{{ page.number }}/{{ page.total }} {{ page.older_url }}\n"
    "{% for item in page.pinned %}{{ make.link(item) }}{% endfor %}{{ page.content }}\n"
    "{% for year, count in page.years %}{{ year }}: {{ count }}{% endfor %}"
    "{% for tag in page.tags %}{{ tag.name }}{% endfor %}"
    "{{ page.profile and page.profile.bio }}{% endblock %}\n",
    "author.html": "{% extends 'list.html' %}\n",
    "series.html": "{% extends 'list.html' %}\n",
    "home.html": "{% extends 'list.html' %}\n",
    "section.html": "{% extends 'list.html' %}{% block main %}{{ page.content }}{{ super() }}"
    "{{ page.extra.part is defined and page.extra.part }}{% endblock %}\n",
    "terms.html": "{% extends 'base.html' %}{% block main %}"
    "{% for term in page.terms %}{{ term.name }} {{ term.count }}{% endfor %}{% endblock %}\n",
    "archive.html": "{% extends 'base.html' %}{% block main %}"
    "{% for year in page.years %}{{ year.year }} {{ year.count }}{% endfor %}{% endblock %}\n",
    "404.html": "{% extends 'base.html' %}{% block main %}"
    "{% for card in page.recent %}{{ card.title }}{% endfor %}{% endblock %}\n",
    "dynamic.html": "{{ page.title }}{% include page.extra.part %}\n",
}

CONFIG = {
    "title": '"Journal"',
    "base_url": '"https://me.example/"',
    "paginate": "2",
    "feeds.items": "3",
    # Not warnings, which would have to be shown; collisions stay errors, so some edits fail.
    **{f"diagnostics.SG30{number}": '"info"' for number in range(1, 5)},
}
POSTS: Mapping[str, tuple[dict[str, str], str]] = {
    "content/posts/one.md": ({"date": "2024-01-01", "tags": "[a]"}, "One.\n\n## Part\n\nRest."),
    "content/posts/two.md": (
        {"date": "2024-02-01", "tags": "[a, b]", "id": "2", "slug": "two"},
        "See [](one.md)",
    ),
    "content/posts/three.md": ({"date": "2024-03-01"}, "`code` [two](id:2#x) [](bundle/index.md)"),
    "content/posts/four.md": ({"date": "2024-04-01", "tags": "[b]"}, "Four."),
    "content/posts/bundle/index.md": ({"date": "2023-01-01"}, "![Pic](pic.svg) [](/one)"),
    "content/pages/about.md": ({"title": "About"}, "About [me](../posts/four.md)."),
}


class Journal(Twins):
    """The site, with what its documents and its configuration say kept as values."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.posts: dict[str, tuple[dict[str, str], str]] = {}
        self.config: dict[str, str] = {}
        for path, (fields, body) in POSTS.items():
            self.post(path, body, **fields)
        for name, text in TEMPLATES.items():
            self.write(f"templates/{name}", text)
        self.write("content/posts/bundle/pic.svg", "<svg/>")
        self.write("static/notes.txt", "Notes.")
        self.write("static/style.css", "a { color: red }")
        self.configure(**CONFIG)

    def post(self, path: str, body: str | None = None, **fields: str | None) -> None:
        """Write a document, or other values for some fields of it; None removes a field."""
        known, text = self.posts.get(path, ({}, "Body."))
        merged = {key: value for key, value in (known | fields).items() if value is not None}
        self.posts[path] = merged, text if body is None else body
        front = "".join(f"{key}: {value}\n" for key, value in merged.items())
        self.write(path, f"---\n{front}---\n{self.posts[path][1]}\n")

    def configure(self, **values: str | None) -> None:
        """Write other values into the configuration; None removes one."""
        merged = {key: value for key, value in (self.config | values).items() if value is not None}
        self.config = merged
        # Dotted keys: TOML has them before any table.
        self.write("sitegen.toml", "".join(f"{key} = {text}\n" for key, text in merged.items()))

    def rename(self, path: str, to: str) -> None:
        """Move a document."""
        fields, body = self.posts.pop(path)
        self.remove(path)
        self.post(to, body, **fields)

    def commit(self, subject: str = "x", date: str = "2024-05-01T10:00:00Z", *more: str) -> None:
        """Commit the content as it is, even if nothing has changed, in a repository of the site."""
        if not (self.site / ".git").exists():
            git(self.site, "init", "--quiet", "--template=", "--initial-branch=main")
        git(self.site, "add", "--all", "content")
        git(
            self.site,
            *("commit", "--quiet", "--allow-empty", "--message", subject, "--date", date, *more),
        )

    def delete(self, path: str) -> None:
        """Remove a document."""
        self.posts.pop(path, None)
        self.remove(path)
