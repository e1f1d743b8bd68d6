"""Templates and blocks that no page shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import sitegen
from tests.outputs.templates.rendered import templates

BASE = (
    "{% block title %}{% endblock %}"
    "{% block content %}{% block inner %}{% endblock %}{% endblock %}"
)


def found(used: str = "", **texts: str) -> list[tuple[str, str | None, int | None, str | None]]:
    reported = templates(theme_base=BASE, theme_post="{% extends 'base.html' %}", **texts)
    return [(d.code, d.path, d.column, d.hint) for d in reported.unused([used])]


def test_component_waits_to_be_called_whatever_it_is_called_like() -> None:
    assert found(**{"theme_components/gallery": "", "components/galery": ""}) == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("psot", "post"),
        ("pots", "post"),
        ("posts", "post"),
        ("Post", "post"),
        ("index", "base"),
        ("single", "post"),
    ],
)
def test_template_that_no_page_uses_and_that_looks_like_another(name: str, meant: str) -> None:
    """It had no effect, and nothing said so."""
    if name == "index":
        meant = "home"
    path, hint = f"templates/{name}.html", f"did you mean '{meant}.html'?"
    assert found(**{name: ""}) == [("SG505", path, None, hint)]


@pytest.mark.parametrize(
    "texts",
    [
        {"talk": ""},  # kept for later, or for a draft that is not written yet
        {"post": "{% include 'pots.html' %}", "pots": ""},
        {"post": "{% include 'pots.html' ignore missing %}", "pots": ""},
        {"post": "{% import 'pots.html' as p %}", "pots": ""},
        {"post": "{% include 'p' ~ page.kind ~ '.html' %}", "pots": ""},
        {"base": "{% extends 'theme/base.html' %}"},
    ],
)
def test_template_that_is_used_or_looks_like_none_is_fine(texts: dict[str, str]) -> None:
    assert found(**texts) == []


def test_template_of_a_document_is_used() -> None:
    assert found("pots.html", pots="") == []


def test_block_that_no_parent_has() -> None:
    """`{% block contnet %}` had no effect, and nothing said so."""
    text = "{% extends 'theme/post.html' %}\n  {% block contnet %}x{% endblock %}"
    [problem] = templates(
        theme_base=BASE, theme_post="{% extends 'base.html' %}", post=text
    ).unused([])
    assert (problem.code, problem.path, problem.line) == ("SG506", "templates/post.html", 2)
    assert (problem.column, problem.length) == (12, len("contnet"))
    assert problem.hint == "did you mean 'content'?"


def test_block_that_is_like_none_brings_those_there_are() -> None:
    text = "{% extends 'theme/post.html' %}{% block sidebar %}x{% endblock %}"
    assert found(post=text) == [
        ("SG506", "templates/post.html", 41, "known blocks: content, inner, title")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{% block anything %}{% endblock %}",  # it extends nothing
        "{% extends 'base.html' %}{% block inner %}{% endblock %}",
        "{% extends 'base.html' %}{% block content %}{% block new %}{% endblock %}{% endblock %}",
        "{% extends 'base.html' %}{% block content %}{{ self.new() }}{% endblock %}"
        "{% block new %}{% endblock %}",
        "{% extends page.kind %}{% block new %}{% endblock %}",
        "{% extends 'nothing.html' %}{% block new %}{% endblock %}",
        "{% extends 'a.html' %}{% block new %}{% endblock %}",
        "{% extends 'base.html' %}{% block new %}",
    ],
)
def test_block_that_is_shown_or_cannot_be_known_is_fine(text: str) -> None:
    assert found("a.html", a=text) == []


def test_block_of_a_parent_of_the_site_is_known_to_its_children() -> None:
    mine = "{% block content %}{% block mine %}{% endblock %}{% endblock %}"
    base = f"{{% extends 'theme/base.html' %}}{mine}"
    post = "{% extends 'theme/post.html' %}{% block mine %}x{% endblock %}"
    assert found(base=base, post=post) == []


def test_every_build_says_it_again(tmp_path: Path) -> None:
    """That which renders all pages, that which has nothing to do, and that which renders one."""
    posts, own = tmp_path / "content" / "posts", tmp_path / "templates"
    posts.mkdir(parents=True)
    own.mkdir()
    (posts / "a.md").write_text("# A\n\nText.\n", encoding="utf-8")
    for count in range(3):
        done = sitegen("build", cwd=tmp_path)
        assert ("templates/psot.html: warning SG505" in done.stderr) == (count > 0), done.stderr
        assert ("templates/post.html:1:41: warning SG506" in done.stderr) == (count > 0)
        (own / "psot.html").write_text("", encoding="utf-8")
        text = '{% extends "theme/post.html" %}{% block contnet %}{% endblock %}'
        (own / "post.html").write_text(text, encoding="utf-8")
    (posts / "a.md").write_text("# A\n\nOther text.\n", encoding="utf-8")
    assert sitegen("build", cwd=tmp_path).stderr == done.stderr
