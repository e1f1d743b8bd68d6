"""Data files: what templates and components find in `site.data`, and what is wrong with a file."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from sitegen.build.code_schemas import code_schemas
from tests.conftest import unavailable
from tests.oracle import Twins

POST = "posts/a/index.html"
TALKS = """
- title: Parsers for people
  date: 2026-05-04
  version: "1.10"
- title: More
  date: 2026-06-04T10:00:00+02:00
"""
MODELS = """
from datetime import date
from typing import Literal
from pydantic import BaseModel

class Talk(BaseModel):
    title: str
    date: date
    kind: Literal["talk", "workshop"] = "talk"

class Person(BaseModel):
    name: str

DATA = {"talks": list[Talk], "people/*": Person}
"""


@pytest.fixture
def site(tmp_path: Path) -> Twins:
    """A site with a post that a template shows."""
    site = Twins(tmp_path)
    site.write("sitegen.toml", 'base_url = "https://me.example/"\ntimezone = "Europe/Berlin"\n')
    site.write("content/posts/a.md", "---\ntitle: A\n---\nText.\n")
    return site


def shown(site: Twins, template: str, *codes: str) -> str:
    """What a template makes of the site, of which a build says only these."""
    site.write("templates/post.html", template)
    report = site.build()
    assert report
    assert [problem.code for problem in report.diagnostics] == [*codes]
    return (site.site / "public" / POST).read_text("utf-8")


def test_each_format_gives_plain_values(site: Twins) -> None:
    site.write("data/talks.yaml", TALKS)
    site.write("data/people/ada.toml", 'name = "Ada"\nborn = 1815-12-10\n')
    site.write("data/people/bob.JSON", '{"name": "Bob", "tags": ["a", 1, 1.5, true, null]}')
    site.write("data/roll.csv", "name,url\nEve,https://eve.example/\n")
    site.write("data/notes.txt", "none of ours")
    html = shown(
        site,
        "{% for talk in site.data.talks | sort(attribute='date', reverse=true) %}"
        "{{ talk.title }} {{ talk.date | iso }};{% endfor %}.\n"
        "{{ site.data.talks[0].version }}\n"
        "{% for key, who in site.data.people | items %}{{ key }}: {{ who.name }};{% endfor %}.\n"
        "{{ site.data.people.ada.born | date }}\n"
        "{{ site.data.people.bob.tags | tojson }}\n"
        "{{ site.data.roll[0].name }}\n"
        "{{ site.data.people | tojson }}\n"
        "{{ site.data | list | join(' ') }} {{ 'talks' in site.data }} {{ 'notes' in site.data }}\n"
        "{{ site.data.nothing is defined }}{{ site.data.people.eve is defined }}",
    )
    assert html.splitlines() == [
        "More 2026-06-04T10:00:00+02:00;Parsers for people 2026-05-04T00:00:00+02:00;.",
        "1.10",
        "ada: Ada;bob: Bob;.",
        "10 December 1815",
        '["a", 1, 1.5, true, null]',
        "Eve",
        '{"ada": {"born": "1815-12-10T00:00:00+00:53:28", "name": "Ada"}, '
        '"bob": {"name": "Bob", "tags": ["a", 1, 1.5, true, null]}}',
        "people roll talks True False",
        "FalseFalse",
    ]


def test_a_component_sees_them_and_its_posts_depend_on_them(site: Twins) -> None:
    site.write("data/talks.yaml", TALKS)
    site.write(
        "templates/components/talks.html",
        "{% macro talks() %}{% for it in site.data.talks %}{{ it.title }};{% endfor %}"
        "{% endmacro %}",
    )
    site.write("content/posts/a.md", "---\ntitle: A\ndate: 2024-01-01\n---\n::talks{}\n")
    for title in ("More", "Most"):
        site.write("data/talks.yaml", TALKS.replace("More", title))
        report = site.build()
        assert report
        assert {POST, "atom.xml"} <= set(report.written)
        assert title in (site.site / "public" / POST).read_text("utf-8")


@pytest.mark.parametrize(
    ("template", "code", "message"),
    [
        ("{{ site.data.tlaks }}", "SG502", "site.data has no 'tlaks'"),
        ("{{ site.data.people.bob }}", "SG502", "site.data.people has no 'bob'"),
        ("{{ site.data.people }}", "SG504", "no text of its own"),
        ("{% set _ = site.data.people.ada.update(name='Eve') %}", "SG504", "cannot be changed"),
        ("{% set _ = site.data.talks.append(1) %}", "SG502", "'append'"),
    ],
)
def test_what_a_template_cannot_do_is_an_error_at_its_line(
    site: Twins, template: str, code: str, message: str
) -> None:
    site.write("data/talks.yaml", TALKS)
    site.write("data/people/ada.toml", 'name = "Ada"')
    site.write("templates/post.html", f"\n{template}")
    (problem,) = site.quick().diagnostics
    assert (problem.code, problem.path, problem.line) == (code, "templates/post.html", 2)
    assert message in problem.message


def test_a_file_that_is_not_there_is_named(site: Twins) -> None:
    site.write("data/people/ada.toml", 'name = "Ada"')
    for name, path in (("projects", "data/projects.yaml"), ("people.eve", "data/people/eve.yaml")):
        site.write("templates/post.html", f"{{{{ site.data.{name} }}}}")
        (problem,) = site.quick().diagnostics
        test = f"test it first: {{% if site.data.{name} is defined %}}"
        assert problem.hint == f"write {path}, or {test}"
    site.write("templates/post.html", "{{ site.data.people.ada.born }}")
    (problem,) = site.quick().diagnostics
    assert problem.hint == "test it first: {% if site.data.people.ada.born is defined %}"


def test_a_file_that_cannot_be_read_is_one_error_whatever_needs_it(site: Twins) -> None:
    """Not a second one for each template, and whatever severity the site gives to others."""
    site.write("data/talks.yaml", "- title: [\n")
    site.write("data/people.toml", 'name = "Ada"\n')
    site.write("data/people/ada.toml", 'name = "Ada"\n')
    site.write("templates/post.html", "{{ site.data.talks[0].title }}{{ site.data.people.name }}")
    for _ in range(2):
        problems = site.quick().diagnostics
        assert [(it.code, it.path, it.line) for it in problems] == [
            ("SG122", "data/people.toml", None),
            ("SG122", "data/talks.yaml", 1),
        ]
    site.write("data/talks.yaml", TALKS)
    site.remove("data/people")
    assert shown(site, "{{ site.data.talks[0].title }}") == "Parsers for people"


def test_a_text_that_yaml_would_change_is_kept_and_said(site: Twins) -> None:
    """By each build, though the file is read once."""
    site.write("data/talks.yaml", "version: 1.10\n")
    site.write("templates/post.html", "{{ site.data.talks.version }}")
    for edit in ("One.", "Two."):
        site.write("content/posts/a.md", f"---\ntitle: A\n---\n{edit}\n")
        report = site.build()
        assert report
        assert [(it.code, it.line, it.column) for it in report.diagnostics] == [("SG108", 1, 10)]
    assert (site.site / "public" / POST).read_text("utf-8") == "1.10"


def test_a_folder_that_no_template_names_is_for_something_else(site: Twins) -> None:
    """Many repositories have a `data/` with what no blog could read."""
    site.write("data/huge.json", '{"a": ')
    site.write("templates/post.html", "{{ page.title }}")
    assert site.quick().diagnostics == ()
    site.write("templates/post.html", "{{ site.data is defined }}")
    assert [problem.code for problem in site.quick().diagnostics] == ["SG122"]


def test_a_site_without_a_content_folder_has_documents_there(site: Twins) -> None:
    site.remove("content")
    site.write("data/a.md", "---\ntitle: A\ndate: 2024-01-01\n---\nText.\n")
    site.write("data/talks.yaml", "- title: [\n")
    report = site.build()
    assert report
    assert POST in report.written


def test_models_say_what_a_file_has_to_be(site: Twins) -> None:
    if find_spec("pydantic") is None:
        unavailable("pydantic is not installed")
    site.write("data/talks.yaml", TALKS.replace("T10:00:00+02:00", ""))
    site.write("data/people/ada.toml", 'name = "Ada"\n')
    template = "{% for t in site.data.talks %}{{ t.kind }} {{ t.date | iso }};{% endfor %}"
    for kind in ("talk", "workshop"):
        site.write("schema.py", MODELS.replace('= "talk"', f'= "{kind}"'))
        html = shown(site, template)
        assert html == f"{kind} 2026-05-04T00:00:00+02:00;{kind} 2026-06-04T00:00:00+02:00;"

    site.write("data/talks.yaml", "- title: 1\n  date: soon\n- kind: tlak\n  date: 2026-01-01\n")
    site.write("data/people/ada.toml", "age = 1\n")
    assert [(it.path, it.line, it.column, it.message) for it in site.quick().diagnostics] == [
        ("data/people/ada.toml", 1, 1, "'name' is missing"),
        ("data/talks.yaml", 1, 10, "'[0].title' must be text, which may need quotes, not '1'"),
        ("data/talks.yaml", 2, 9, "'[0].date' must be a date, not 'soon'"),
        ("data/talks.yaml", 3, 3, "'[1].title' is missing"),
        (
            "data/talks.yaml",
            3,
            9,
            "'[1].kind' must be one of 'talk', 'workshop', not 'tlak'",
        ),
    ]
    assert {it.code for it in site.quick().diagnostics} == {"SG122"}
    site.write("data/talks.yaml", "title: A\n")
    assert "this must be a list, not a mapping" in {d.message for d in site.quick().diagnostics}


@pytest.mark.parametrize(
    ("types", "place", "hint"),
    [
        ('{"tlaks": list}', (1, 9), "did you mean 'talks'?"),
        (
            '{"talks": list, "people": dict}',
            (1, 24),
            "write 'people/*' for each file of the folder",
        ),
        ('{"talks": list,\n"x/*": dict}', (2, 1), "remove it, or write the file"),
    ],
)
def test_a_type_of_no_file_is_named(
    site: Twins, types: str, place: tuple[int, int], hint: str
) -> None:
    if find_spec("pydantic") is None:
        unavailable("pydantic is not installed")
    site.write("schema.py", f"DATA = {types}\n")
    site.write("data/talks.yaml", "[]")
    site.write("data/people/ada.toml", "")
    (problem,) = site.quick().diagnostics
    assert (problem.code, problem.path) == ("SG123", "schema.py")
    assert ((problem.line, problem.column), problem.hint) == (place, hint)


def test_a_type_may_be_named_in_quotes_and_be_beyond_a_schema(site: Twins) -> None:
    """Both ended in a traceback."""
    if find_spec("pydantic") is None:
        unavailable("pydantic is not installed")
    site.write("data/talks.yaml", "- title: A\n  date: 2024-01-01\n")
    odd = "\nfrom collections.abc import Callable\nDATA['odd'] = Callable[[], int]\n"
    site.write("schema.py", MODELS.replace("list[Talk]", "list['Talk']") + odd)
    assert shown(site, "{{ site.data.talks[0].kind }}", "SG123", "SG123") == "talk"
    assert code_schemas(site.site).data["odd"] == {}
    site.write("schema.py", MODELS.replace("list[Talk]", "list['Tlak']"))
    assert site.attempt() is None


def test_types_have_schemas_for_editors(site: Twins) -> None:
    if find_spec("pydantic") is None:
        unavailable("pydantic is not installed")
    import jsonschema

    site.write("schema.py", MODELS)
    found = code_schemas(site.site).data
    assert sorted(found) == ["people", "talks"]
    check = jsonschema.Draft7Validator(
        found["talks"], format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )
    good = [{"title": "A", "date": "2026-05-04 10:00"}]
    assert [*check.iter_errors(good)] == []
    wrongs: tuple[object, ...] = ({}, [{"date": "2026-05-04"}], [{**good[0], "kind": "tlak"}])
    for wrong in wrongs:
        assert [*check.iter_errors(wrong)]
