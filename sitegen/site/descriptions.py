"""Documents that describe a tag, category, author or series, such as `content/tags/python.md`.

Such a document has no page of its own: its text is on the page with the posts of the term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.config.schema import Config
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.site import Placed, Term
from sitegen.model.source import Kind, Source
from sitegen.site.taxonomies import full_name
from sitegen.text.spelling import did_you_mean
from sitegen.text.urls import slugify

A_TERM = {
    "tags": "the tag",
    "categories": "the category",
    "authors": "the author",
    "series": "the series",
}


def term_described(source: Source, config: Config) -> tuple[str, str]:
    """The taxonomy and the slug of the term that a document describes, as its path tells."""
    taxonomy, _, _ = source.name.partition("/")
    name = full_name(source.stem, config) if taxonomy == "authors" else source.stem
    return taxonomy, slugify(name)


def descriptions(
    documents: Iterable[Placed], terms: Mapping[tuple[str, str], Term], config: Config
) -> tuple[dict[str, str], list[Diagnostic]]:
    """The documents that describe terms, and SG212 for those that are shown nowhere."""
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    for source in (e.document.source for e in documents if e.document.source.kind is Kind.TERM):
        taxonomy, slug = term_described(source, config)
        name = f"{taxonomy}:{slug}"
        if (taxonomy, slug) not in terms:
            names = {term.name for (kind, _), term in terms.items() if kind == taxonomy}
            problems.append(_undescribed(source, taxonomy, names))
        elif name in found:
            message = f"'{found[name]}' describes {terms[taxonomy, slug].name!r} already"
            problems.append(Diagnostic("SG212", message, source.path, hint="remove one of them"))
        else:
            found[name] = source.path
    return found, problems


def _undescribed(source: Source, taxonomy: str, names: Iterable[str]) -> Diagnostic:
    """SG212 for what would describe a term that no post has."""
    message = (
        f"no post has {A_TERM[taxonomy]} {source.stem!r}, so this description is shown nowhere"
    )
    hint = did_you_mean(source.stem, names) or "to publish it as a post, give it a date"
    return Diagnostic("SG212", message, source.path, hint=hint)
