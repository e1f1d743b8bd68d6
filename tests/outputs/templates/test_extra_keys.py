"""Keys of other generators that a template of the site shows, and that are no mistakes then."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.outputs.templates.extra_keys import keys_of_extra
from tests.examples import build, write


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("{{ page.extra.weight }}", {"weight"}),
        ("{{ page.extra['nav-order'] }}", {"nav-order"}),
        ('{{ it.extra.get("weight") }}', {"weight"}),
        ("{{ page.extra.cover.image }}", {"cover", "cover.image"}),
        ("{{ page.extra.tags[0] }}", {"tags"}),
        ("{{ site.extra.weight }} {{ extras.weight }} .extra", set()),
    ],
)
def test_keys_that_templates_show(text: str, keys: set[str]) -> None:
    assert keys_of_extra([text]) == keys


def test_a_key_that_a_template_shows_is_not_reported(tmp_path: Path) -> None:
    post = "---\nweight: 10\nparams:\n  nav_order: 3\n---\nHello.\n"
    texts = {"content/a.md": post, "sitegen.toml": 'base_url = "https://me.example/"'}
    write(tmp_path, texts)
    reported = build(tmp_path, tmp_path / "public")["diagnostics"]
    assert [(d["code"], d["target"]) for d in reported] == [
        ("SG111", "weight"),
        ("SG111", "params.nav_order"),
    ]
    shown = "{% extends 'theme/post.html' %}{% set x = page.extra.weight, page.extra.nav_order %}"
    write(tmp_path, {"templates/post.html": shown})
    assert build(tmp_path, tmp_path / "public")["diagnostics"] == []
