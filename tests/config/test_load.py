"""`sitegen.toml`: what it may say, and every way to get it wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.load import load
from sitegen.config.schema import (
    AuthorConfig,
    Config,
    ContentConfig,
    FeedsConfig,
    FooterConfig,
    HeroConfig,
    MenuItem,
    Permalinks,
    ReplyConfig,
    ThemeConfig,
)
from sitegen.config.values import CHECKS
from sitegen.text.urls import checked_base_url

FULL = """
title = "Blog"
base_url = "https://example.org/blog"
timezone = "Europe/Berlin"
paginate = 5
menu = [{ title = "About", url = "/about/" }]

[content]
path = "posts"
dates = "git"

[permalinks]
home = "/blog/"
posts = "/{year}/{month}/{day}/{section}/{slug}/"
pages = "/{id}.html"

[permalinks.sections]
"a/b" = "/{id}/"

[feeds]
items = 3

[theme]
home = "cover"
toggle = false
accent = ["#0a6350"]

[theme.dark]
paper = "#000"

[theme.hero]
text = "Hello"
links = [{ title = "Code", url = "https://code.example/" }]

[theme.reply]
email = "me@example.org"

[theme.footer]
license = { title = "CC0", url = "/license/" }

[authors.ada]
bio = "Writes"

[diagnostics]
SG301 = "warning"
SG205 = "off"

[extra]
colours = ["red"]
"""


def test_no_file_is_the_default() -> None:
    assert load(None) == (Config(), ())
    assert load("") == (Config(), ())


def test_everything_can_be_set() -> None:
    config, problems = load(FULL)
    assert problems == ()
    assert config == Config(
        base_url="https://example.org/blog/",
        timezone="Europe/Berlin",
        paginate=5,
        menu=(MenuItem("About", "/about/"),),
        content=ContentConfig("posts", "git"),
        permalinks=Permalinks(
            home="/blog/",
            posts="/{year}/{month}/{day}/{section}/{slug}/",
            pages="/{id}.html",
            sections={"a/b": "/{id}/"},
        ),
        feeds=FeedsConfig(3),
        theme=ThemeConfig(
            home="cover",
            toggle=False,
            accent=("#0a6350",),
            dark={"paper": "#000"},
            hero=HeroConfig(text="Hello", links=(MenuItem("Code", "https://code.example/"),)),
            reply=ReplyConfig(email="me@example.org"),
            footer=FooterConfig(license=MenuItem("CC0", "/license/")),
        ),
        authors={"ada": AuthorConfig(bio="Writes")},
        diagnostics={"SG301": "warning", "SG205": "off"},
        extra={"colours": ("red",)},
    )


def test_the_defaults_pass_their_own_checks() -> None:
    default = Config()
    for keys, check in CHECKS.items():
        value: object = default
        for key in keys:
            value = getattr(value, key)
        assert value is None or check(value) is None


@pytest.mark.parametrize("text", ["a = ", "title = 'x'\ntitle = 'y'", "a=" + "[" * 60, "a = 9" * 9])
def test_what_is_not_toml_is_one_located_error(text: str) -> None:
    config, (problem,) = load(text)
    assert config == Config()
    assert (problem.code, problem.path) == ("SG001", "sitegen.toml")
    assert problem.line


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ('titel = "x"', "did you mean 'title'?"),
        ("[feed]\nitems = 3", "did you mean 'feeds'?"),
        ("[theme]\nacent = ['#000']", "did you mean 'accent'?"),
        ("[theme.hero]\nportait = 'a.png'", "did you mean 'portrait'?"),
        ("[authors.ada]\nbiography = 'x'", None),
        ("[feeds]\nitem = 3", "did you mean 'items'?"),
        ("[[menu]]\ntitle = 'x'\nurl = 'y'\nweight = 1", None),
        ("[diagnostics]\nSG999 = 'off'", "remove this line; `sitegen explain` lists all codes"),
        ("[diagnostics]\nsg301 = 'off'", "did you mean 'SG301'?"),
        ("[feeds]\ntitle = 'x'", "move this line above the first [table]"),
        (
            "[[menu]]\ntitle = 'x'\nurl = 'y'\npaginate = 1",
            "move this line above the first [table]",
        ),
    ],
)
def test_an_unknown_key_is_an_error(text: str, hint: str | None) -> None:
    _, (problem,) = load(text)
    assert (problem.code, problem.hint) == ("SG002", hint)


@pytest.mark.parametrize(
    "text",
    [
        "title = 5",
        "menu = 3",
        "base_url = 'example.org'",
        "timezone = 'Europe/Nowhere'",
        "timezone = 'Europe'",
        "timezone = '../etc/localtime'",
        "timezone = 'localtime'",
        "timezone = ''",
        "paginate = 0",
        "paginate = true",
        "paginate = '10'",
        "paginate = 'ten'",
        "feeds.items = 0",
        "output = ''",
        "output = '.'",
        "output = '/srv/www'",
        "output = '../public'",
        "output = 'a/../../b'",
        "output = 'C:\\www'",
        "content.path = '/'",
        "content.path = '..'",
        "content.dates = 'mtime'",
        "theme.home = 'grid'",
        "theme.fonts = 'webfonts'",
        "theme.scheme = 'system'",
        "theme.toggle = 'maybe'",
        "theme.notes = 'aside'",
        "theme.numbers = true",
        "theme.related = -1",
        "theme.accent = '#0a6350'",
        "theme.hero.links = { Code = '/' }",
        "authors = 'Ada'",
        "authors.ada.bio = 5",
        "permalinks.posts = '{slug}/'",
        "permalinks.posts = '/{year}/'",
        "permalinks.posts = '/{slug}/{title}/'",
        "permalinks.posts = '/{slug}/{'",
        "permalinks.posts = '/{slug}/{}/'",
        "permalinks.posts = '/../{slug}/'",
        "permalinks.posts = '/{slug}?x'",
        "permalinks.tags = '/{year}/{slug}/'",
        "diagnostics.SG301 = 'warn'",
        "diagnostics.SG301 = 3",
        "diagnostics.SG201 = 'off'",
        "extra = 5",
    ],
)
def test_a_value_that_cannot_be_used_is_one_located_error(text: str) -> None:
    config, (problem,) = load(text, "my.toml")
    assert config == Config()
    assert (problem.code, problem.path, problem.line) == ("SG003", "my.toml", 1)


def test_messages_show_the_value_and_what_it_must_be() -> None:
    _, (problem,) = load("paginate = 0")
    assert problem.message == "'paginate' must be a whole number from 1, not '0'"
    assert problem.column == 12


def test_theme_by_name_as_in_hugo_says_that_there_is_one_theme() -> None:
    """The hint was to write the keys of PaperMod below a line [theme]."""
    _, (problem,) = load('theme = "PaperMod"')
    assert problem.message == "'theme' must be a table, not 'PaperMod'"
    assert str(problem.hint).startswith("remove it: sitegen has one theme")


def test_a_mistyped_time_zone_names_the_nearest() -> None:
    _, (problem,) = load("timezone = 'Europe/Berln'")
    assert problem.hint == "did you mean 'Europe/Berlin'?"


def test_the_zone_of_this_machine_is_not_suggested() -> None:
    _, (problem,) = load("timezone = 'localtimes'")
    assert problem.hint is None


def test_a_fixed_code_may_be_called_the_error_it_is() -> None:
    assert load("[diagnostics]\nSG201 = 'error'")[1] == ()


def test_a_fixed_code_says_why_it_stays() -> None:
    _, (problem,) = load("[diagnostics]\nSG201 = 'off'")
    assert problem.message == "'SG201' is always an error"
    assert problem.hint


def test_a_code_that_does_not_exist_is_told() -> None:
    _, (problem,) = load("[diagnostics]\nSG999 = 'off'")
    assert problem.message == "unknown diagnostic code 'SG999'"


@pytest.mark.parametrize(
    ("key", "part", "hint"),
    [
        ("posts", "yaer", "did you mean '{year}'?"),
        ("posts", "title", "valid parts are {day}, {id}, {month}, {section}, {slug}, {year}"),
        ("tags", "year", "valid parts are {slug}"),
    ],
)
def test_an_unknown_part_of_a_pattern_is_named(key: str, part: str, hint: str) -> None:
    _, (problem,) = load(f"permalinks.{key} = '/{{{part}}}/{{slug}}/'")
    assert problem.message == f"unknown part '{{{part}}}' in 'permalinks.{key}'"
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("me.example/blog", "write 'https://me.example/blog/'"),
        ("https:/me.example/blog", "write 'https://me.example/blog/'"),
        ("http://me.example/blog/?page=1#top", "write 'http://me.example/blog/'"),
        ("ftp://me.example", None),
        ("", None),
    ],
)
def test_an_address_that_is_nearly_one_is_shown_whole(value: str, hint: str | None) -> None:
    _, (problem,) = load(f"base_url = '{value}'")
    assert problem.hint == hint


def test_every_mistake_is_reported_at_once() -> None:
    text = "titel = 1\npaginate = 0\ntitle = 2\ntimezone = 'x'\n[diagnostics]\nSG201 = 'off'"
    _, problems = load(text)
    assert sorted(d.line or 0 for d in problems) == [1, 2, 3, 4, 6]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org", "https://example.org/"),
        ("http://localhost:8000/blog", "http://localhost:8000/blog/"),
        ("https://example.org/@me/", "https://example.org/@me/"),
        ("https://münchen.example/größe", "https://xn--mnchen-3ya.example/gr%C3%B6%C3%9Fe/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("example.org", None),
        ("//example.org/", None),
        ("ftp://example.org/", None),
        ("https://", None),
        ("https://example.org/?", None),
        ("https://example.org/#top", None),
        ("https://me@example.org/", None),
        ("https://exa mple.org/", None),
        ('https://example.org/"><script>', None),
        ("http://[::1", None),
        ("http://example.org:99999/", None),
        ("javascript://example.org/", None),
    ],
)
def test_base_url_is_a_web_address_with_a_slash_at_its_end(text: str, url: str | None) -> None:
    assert checked_base_url(text) == url


@given(st.text())
def test_a_base_url_that_is_accepted_is_accepted_again(text: str) -> None:
    url = checked_base_url(text)
    assert url is None or checked_base_url(url) == url


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(FULL.split("\n")))
def test_any_text_gives_a_configuration_or_problems(text: str) -> None:
    config, problems = load(text)
    assert not problems or config == Config()


def test_a_huge_paginate_is_a_number_like_others() -> None:
    config, _ = load("paginate = 1_000")
    assert config == replace(Config(), paginate=1000)
