"""What an author may write in front matter, and what each key must be.

Values come with the text that was written (`located.Scalar`), and each kind of field takes from
it what it needs: a title the text, so that `title: 1.10` stays `1.10`; a flag the value.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
)

from sitegen.data.tree import Node, Scalar
from sitegen.data.validation import misfit
from sitegen.text.dates import mistake, read_date


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise misfit("text")
    return "" if node.value is None else node.text.strip()


def _flag(node: Node) -> bool:
    if isinstance(node, Scalar):
        if isinstance(node.value, bool):
            return node.value
        if node.text.lower() in ("true", "false"):
            return node.text.lower() == "true"
    raise misfit("true or false")


def _number(node: Node) -> float:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if math.isfinite(number):
            return number
    raise misfit("a number")


def _moment(node: Node, info: ValidationInfo) -> datetime:
    assert info.context is not None
    value = node.value if isinstance(node, Scalar) else None
    if moment := read_date(value, info.context["zone"]):
        return moment
    message, hint = mistake(node.text) if isinstance(node, Scalar) else (None, None)
    raise misfit("a date such as 2024-01-31 or 2024-01-31 10:00", "SG107", hint, message)


def _listed(node: Node, what: str) -> tuple[Node, ...]:
    """One value alone is a list of one."""
    if isinstance(node, dict):
        raise misfit(f"a list of {what}")
    return node if isinstance(node, tuple) else (node,)


def _names(node: Node) -> tuple[Node, ...]:
    """A text with commas is a list as well."""
    if isinstance(node, Scalar):
        return tuple(replace(node, text=part) for part in node.text.split(","))
    return _listed(node, "names")


def _paths(node: Node) -> tuple[Node, ...]:
    return _listed(node, "paths")


def _authors(node: Node) -> tuple[Node, ...]:
    return (node,) if isinstance(node, dict) and "name" in node else _names(node)


def _named(node: Node) -> Node:
    """An author may be a mapping with a name."""
    return node["name"] if isinstance(node, dict) and "name" in node else node


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


Text = Annotated[str | None, BeforeValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[float, BeforeValidator(_number)]
Moment = Annotated[datetime | None, BeforeValidator(_moment)]
Entry = Annotated[str, BeforeValidator(_text)]
Author = Annotated[Entry, BeforeValidator(_named)]
Distinct = AfterValidator(_distinct)
Names = Annotated[tuple[Entry, ...], BeforeValidator(_names), Distinct]
Authors = Annotated[tuple[Author, ...], BeforeValidator(_authors), Distinct]
Urls = Annotated[tuple[Entry, ...], BeforeValidator(_paths), Distinct]


class FrontMatter(BaseModel):
    """What an author may write; the first of several names for one thing wins."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: Text = None
    title: Text = None
    slug: Text = None
    permalink: Text = None
    date: Moment = None
    updated: Moment = None
    expires: Moment = None
    authors: Authors = Field((), validation_alias=AliasChoices("authors", "author"))
    tags: Names = ()
    categories: Names = Field((), validation_alias=AliasChoices("categories", "category"))
    excerpt: Text = Field(None, validation_alias=AliasChoices("excerpt", "description", "summary"))
    draft: Flag = False
    published: Flag = True
    """Jekyll's word for the opposite of a draft."""
    order: Number = 0
    series: Text = None
    image: Text = None
    lang: Text = None
    template: Text = None
    aliases: Urls = Field((), validation_alias=AliasChoices("aliases", "redirect_from"))
    unlisted: Flag = False
    math: Flag = False
    toc: Flag = True


NAMES = {
    name: field
    for field, info in FrontMatter.model_fields.items()
    for name in (
        info.validation_alias.choices
        if isinstance(info.validation_alias, AliasChoices)
        else (field,)
    )
    if isinstance(name, str)
}
"""Every key that is known, and the field it is for."""
TYPED = {"date", "updated", "expires", "draft", "published", "order", "unlisted", "math", "toc"}
"""The fields that are not text."""
FOREIGN = {"images", "listed", "publishdate", "published_at", "uid"}
"""Keys of other generators that look like ours and are not."""
