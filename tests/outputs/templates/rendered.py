"""Templates rendered for a page of a small site."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sitegen.engine.trace import Facets, View
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.frozen import frozen
from sitegen.outputs.context import DocumentPage, Page
from sitegen.outputs.errors import RenderError
from sitegen.outputs.templates.environment import Templates
from sitegen.outputs.templates.texts import TemplateText
from tests.documents import languages

EXTRA = frozen({"motto": "Go", "colours": ["red", "blue"], "deep": {"list": [{"a": [1]}]}})
"""`[extra]` of the configuration."""
BASE = "https://example.org/repo/"


def templates(**texts: str) -> Templates:
    """Templates by name: `a` is the site's `a.html`, `theme_a` the theme's."""
    found = {}
    for key, text in texts.items():
        name = f"{key.removeprefix('theme_')}.html"
        if key.startswith("theme_"):
            found[f"theme/{name}"] = TemplateText(f"theme:templates/{name}", text)
        else:
            found[name] = TemplateText(f"templates/{name}", text)
    return Templates(found)


def shown(template: str = "a", title: str = "T", **texts: str) -> tuple[str, Diagnostic | None]:
    return rendered(templates(**texts), f"{template}.html", post(title=title))


def post(**fields: Any) -> DocumentPage:  # noqa: ANN401 (fields of any type)
    """The page of a post."""
    nothing: dict[str, Any] = dict.fromkeys(
        field.name for field in dataclasses.fields(DocumentPage)
    )
    lists: dict[str, Any] = dict.fromkeys(("toc", "authors", "tags", "categories", "feeds"), ())
    shown = {"kind": "post", "url": "/repo/", "absolute_url": BASE, "lang": "en"}
    when = datetime(2024, 3, 7, 23, 5, tzinfo=ZoneInfo("Europe/Berlin"))
    return DocumentPage(**nothing | lists | shown | {"date": when} | fields)


def rendered(found: Templates, name: str, page: Page) -> tuple[str, Diagnostic | None]:
    """The page, or why there is none."""
    site = {"site:title": "Blog", "site:author": "", "site:absolute_url": BASE, "site:extra": EXTRA}
    site |= {f"words:{page.lang}": languages(page.lang)[page.lang]}
    try:
        return found.render(name, View(Facets(site | {f"template:{name}": ()})), page), None
    except RenderError as error:
        return "", error.problem


def html(template: str = "a", title: str = "T", **texts: str) -> str:
    text, problem = shown(template, title, **texts)
    assert problem is None
    return text


def problem(template: str = "a", **texts: str) -> Diagnostic:
    text, found = shown(template, **texts)
    assert text == ""
    assert found is not None
    return found
