"""What a template cannot do: nothing may make its page differ from build to build."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sitegen.model.frozen import frozen
from sitegen.outputs.templates.environment import Templates, safe_html
from sitegen.outputs.templates.texts import TemplateText
from tests.outputs.templates.rendered import html, post, problem, rendered, templates

EXTRA = frozen(
    {"day": date(2024, 3, 7), "naive": datetime(2024, 3, 7, 12), "now": "then", "_own": "mine"}  # noqa: DTZ001
)


def shown(text: str) -> str:
    found, reported = rendered(templates(a=text), "a.html", post(title="T", extra=EXTRA))
    assert reported is None, reported
    return found


def refused(text: str, found: Templates | None = None) -> str:
    """The message for a template whose second line is refused, and the word it is about."""
    made = found or templates(a=f"<p>\n{text}")
    page, reported = rendered(made, "a.html", post(title="T", extra=EXTRA))
    assert page == ""
    assert reported is not None
    assert (reported.code, reported.path, reported.line) == ("SG504", "templates/a.html", 2)
    word = text[(reported.column or 0) - 1 :][: reported.length]
    return f"{word}: {reported.message}"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{% set _ = site.extra.update({'seen': 1}) %}", "update"),
        ("{% set _ = site.extra.setdefault('seen', 1) %}", "setdefault"),
        ("{% set _ = site.extra.pop('motto') %}", "pop"),
        ("{% set _ = site.extra.deep.list[0].clear() %}", "clear"),
        ("{% for x in site.extra.deep.list %}{{ x.update(b=1) }}{% endfor %}", "update"),
        ("{% set _ = site['extra']['deep']['update'](a=1) %}", "update"),
        ("{% set _ = (site.extra | attr('clear'))() %}", "clear"),
    ],
)
def test_shared_values_cannot_be_changed(text: str, word: str) -> None:
    """`site.extra` was one table for all pages: each page showed what those before it had put in.

    So the first build differed from the second, which rendered fewer pages.
    """
    assert refused(text) == f"{word}: this value is shared by all pages, and cannot be changed"


def test_shared_lists_cannot_be_changed() -> None:
    found = problem(a="{% set _ = site.extra.colours.append('green') %}")
    assert (found.code, found.message) == ("SG502", "site.extra.colours has no 'append'")
    assert found.hint == CANNOT_CHANGE


def test_shared_fields_cannot_be_set() -> None:
    """Jinja sets attributes of its own namespaces only."""
    message = "cannot assign attribute on non-namespace object"
    found = problem(a="{% set page.title = 'mine' %}")
    assert (found.code, found.message) == ("SG504", f"TemplateRuntimeError: {message}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% set own = site.extra.colours | list %}{% set _ = own.append('x') %}{{ own[2] }}", "x"),
        ("{{ ((site.extra.colours | list) + ['x']) | join(',') }}", "red,blue,x"),
        ("{% set own = dict(site.extra, motto='x') %}{{ own.motto }}", "x"),
        ("{% set ns = namespace(n=1) %}{% for x in 'ab' %}{% set ns.n = ns.n + 1 %}{% endfor %}"
         "{{ ns.n }}", "3"),
        ("{% set l = [] %}{% for x in 'ab' %}{% set _ = l.append(x) %}{% endfor %}{{ l | length }}",
         "2"),
        ("{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}", "ab"),
        ("{{ site.extra.colours | tojson }}", '["red", "blue"]'),
    ],
)  # fmt: skip
def test_values_of_a_template_are_its_own(text: str, expected: str) -> None:
    assert html(a=text) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{{ page.date.now() }}", "now"),
        ("{{ page.date.today() }}", "today"),
        ("{{ page.date.utcnow() }}", "utcnow"),
        ("{{ page.date.now(page.date.tzinfo) }}", "now"),
        ("{{ page.date.date().today() }}", "today"),
        ("{{ page.date.replace(year=1).now() }}", "now"),
        ("{{ page.extra.day.today() }}", "today"),
        ("{{ page.date['now']() }}", "now"),
        ("{{ (page.date | attr('now'))() }}", "now"),
        ("{{ [page.date] | map(attribute='now') | list }}", "now"),
        ("{% if page.date < page.date.now(page.date.tzinfo) %}{% endif %}", "now"),
    ],
)
def test_dates_have_no_clock(text: str, word: str) -> None:
    """A page that showed the time of its build differed from the same page of the next build."""
    assert refused(text) == f"{word}: a page cannot know the current time"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{{ page.date.astimezone() }}", "astimezone"),
        ("{{ page.date.astimezone(None) }}", "astimezone"),
        ("{{ page.extra.naive.astimezone(page.date.tzinfo) }}", "astimezone"),
        ("{{ page.extra.naive.timestamp() }}", "timestamp"),
        ("{{ page.date.fromtimestamp(0) }}", "fromtimestamp"),
        ("{{ page.extra.day.fromtimestamp(0) }}", "fromtimestamp"),
        ("{{ page.date.strftime('%s') }}", "strftime"),
    ],
)
def test_dates_know_no_zone_of_the_machine(text: str, word: str) -> None:
    """The same site came out differently in Berlin and on a server."""
    assert refused(text) == f"{word}: here, '{word}' would use the time zone of this machine"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ page.date.timestamp() | int }}", "1709849100"),
        ("{{ page.date.strftime('%Y %%s') }}", "2024 %s"),
        ("{{ page.date.astimezone(page.date.tzinfo).hour }}", "23"),
        ("{{ page.date.fromtimestamp(0, page.date.tzinfo).year }}", "1970"),
        ("{{ page.date.year }} {{ page.date.isoformat() }}", "2024 2024-03-07T23:05:00+01:00"),
        ("{{ page.date }}", "2024-03-07 23:05:00+01:00"),
        ("{{ page.extra.now }} {{ page.extra['now'] }} {{ page.extra._own }}", "then then mine"),
    ],
)
def test_dates_and_keys_of_authors_are_otherwise_as_ever(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{{ cycler.__init__.__globals__.os.getcwd() }}", "__init__"),
        ("{{ site._view }}", "_view"),
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ page['__class__'] }}", "__class__"),
        ("{{ (page | attr('__class__')) }}", "__class__"),
        ("{{ [page] | map(attribute='__class__') | list }}", "__class__"),
        ("{{ url.__globals__ }}", "__globals__"),
        ("{{ ('ab' | map('upper')).gi_frame }}", "gi_frame"),
        ("{{ range.mro() }}", "mro"),
        ("{{ '{0.__class__}'.format(page) }}", "__class__"),
        ("{{ '{p.__class__}'.format_map({'p': page}) }}", "__class__"),
        ("{{ ('{0.__class__}' | safe).format(page) }}", "__class__"),
        ("{{ self._TemplateReference__context }}", "_TemplateReference__context"),
    ],
)
def test_internals_of_python_are_refused(text: str, word: str) -> None:
    assert refused(text) == f"{word}: '{word}' is internal to Python, and not for templates"


def test_format_of_a_text_is_otherwise_as_ever() -> None:
    assert html(a="{{ '{0.title}, {n:02}'.format(page, n=3) }}") == "T, 03"
    assert html(a="{{ ('<i>{}</i>' | safe).format('<') }}") == "<i>&lt;</i>"


CANNOT_CHANGE = "a list of the site cannot be changed; copy it first, with | list"
SEQUENCE = "this is a sequence that has no text of its own"
FUNCTION = "this is a function, which has no text of its own"
VALUE = "this value has no text of its own"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ ['a'] | map('upper') }}", SEQUENCE),
        ("{{ site.extra.colours | select }}", SEQUENCE),
        ("{{ [1] | reverse }}", SEQUENCE),
        ("{{ [[1] | batch(2)] }}", SEQUENCE),
        ("{{ url }}", FUNCTION),
        ("{{ 'a'.upper }}", FUNCTION),
        ("{{ 'x' ~ url }}", FUNCTION),
        ("{{ [url] | join }}", FUNCTION),
        ("{{ url | string }}", FUNCTION),
        ("{{ '%s' | format(url) }}", FUNCTION),
        ("{{ {'a': [absolute]} }}", FUNCTION),
        ("{% set x = url | string %}{{ x }}", FUNCTION),
        ("{% set x %}{{ url }}{% endset %}{{ x }}", FUNCTION),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m(url) }}", FUNCTION),
        ("{{ site }}", VALUE),
        ("{{ joiner(',') }}", VALUE),
    ],
)
def test_value_without_a_text_of_its_own_is_refused(text: str, message: str) -> None:
    """Python shows its address in memory, which is another one in each build."""
    assert refused(text).endswith(f": {message}")


def test_what_to_do_instead_is_told() -> None:
    assert problem(a="{{ ['a'] | map('upper') }}").hint == "add '| list' or '| join(\", \")'"
    assert problem(a="{{ page.title.upper }}").hint == "call it: upper(…)"


def test_address_that_only_a_filter_lets_out_is_refused_too() -> None:
    found = problem(a="{% filter replace('Q', '') %}<Qobject at Q0xQabcdef0123>{% endfilter %}")
    assert found.code == "SG504"
    assert found.message == "this page shows the address of a value in memory: 0xabcdef0123"


def test_addresses_that_an_author_writes_are_text_like_any_other() -> None:
    """A post about Python shows them; so may its title, the configuration and a template."""
    address = "<object object at 0x7f3a5c0d1e20>"
    page = post(title=address, content=safe_html(address), extra=frozen({"a": [address]}))
    text = f"{{{{ page.title }}}}{{{{ page.content }}}}{{{{ page.extra.a }}}}{address}"
    found, reported = rendered(templates(a=text), "a.html", page)
    assert reported is None
    assert found.count("0x7f3a5c0d1e20") == 4


def with_functions(text: str, **functions: Callable[..., Any]) -> Templates:
    return Templates({"a.html": TemplateText("templates/a.html", text)}, functions, functions)


def test_results_of_plug_ins_cannot_be_changed() -> None:
    """A plug-in may give the same list to each page."""
    seen: dict[str, list[int]] = {"a": []}
    found = with_functions("<p>\n{% set _ = visits().update(b=1) %}", visits=lambda: seen)
    assert refused("{% set _ = visits().update(b=1) %}", found).startswith("update: this value is")
    _, reported = rendered(
        with_functions("{% set _ = visits().a.append(1) %}", visits=lambda: seen), "a.html", post()
    )
    assert reported is not None
    assert (reported.code, reported.hint) == ("SG502", CANNOT_CHANGE)
    assert seen == {"a": []}


@pytest.mark.parametrize("text", ["{{ visits }}", "{{ 1 | visits | map('upper') }}"])
def test_functions_of_plug_ins_have_no_text(text: str) -> None:
    found = with_functions(f"<p>\n{text}", visits=lambda *_: ["a"])
    assert re.search("has no text of its own$", refused(text, found))


def test_dates_of_plug_ins_have_no_clock() -> None:
    text = "{{ start().now() }}"
    found = with_functions(f"<p>\n{text}", start=lambda: datetime(2024, 1, 1, tzinfo=UTC))
    assert refused(text, found) == "now: a page cannot know the current time"
