"""What is wrong with [permalinks] on this site, and cannot be seen in `sitegen.toml` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.build.session import Session
from sitegen.config.schema import Permalinks
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.output import Output
from sitegen.model.source import Kind, Source, Span
from sitegen.sources.discover import CONFIG_FILE, read
from sitegen.text.encoding import decode

Places = Mapping[str, Span]


def places_of_permalinks(session: Session) -> Places:
    """Where `home` and `sections` are written, by their names with dots; where neither is, nothing.

    They are part of what a build depends on: a comment above them moves what is said of them.
    """
    given = session.config.permalinks
    if not given.sections and given.home == Permalinks().home:
        return {}
    from sitegen.config.load import origins

    data, _ = read(session.folder, CONFIG_FILE)
    text, _ = decode(data or b"", CONFIG_FILE)
    return {
        key: place for key, place in origins(text or "").items() if key.startswith("permalinks.")
    }


def check_permalinks(
    session: Session, sources: Iterable[Source], outputs: Iterable[Output]
) -> tuple[Diagnostic, ...]:
    """SG207 for a pattern that no post has, and SG208 where nothing is at the root of the site."""
    if not (places := places_of_permalinks(session)):
        return ()
    problems = [*_unused(session.config.permalinks, sources, places)]
    if "permalinks.home" in places and all(output.path != "index.html" for output in outputs):
        problems.append(_without_home(places["permalinks.home"]))
    return tuple(problems)


def _unused(given: Permalinks, sources: Iterable[Source], places: Places) -> Iterator[Diagnostic]:
    from sitegen.text.spelling import did_you_mean

    posts = [source for source in sources if source.kind in (Kind.POST, Kind.TERM)]
    for folder in given.sections:
        if not any(post.is_below(folder) for post in posts):
            known = {post.section for post in posts} - {""}
            near = did_you_mean(folder.rpartition("/")[2], sorted(known))
            hint = near or "remove this line, or write it as it is below content/posts/"
            message = f"no post is in a folder '{folder}', so its permalink pattern has no effect"
            yield _at(places.get(f"permalinks.sections.{folder}"), "SG207", message, hint)


def _without_home(place: Span) -> Diagnostic:
    message = "nothing is published at /: the list of all posts is elsewhere, and no page is there"
    hint = "put `permalink: /` into the front matter of a page, or remove this line"
    return _at(place, "SG208", message, hint)


def _at(place: Span | None, code: str, message: str, hint: str) -> Diagnostic:
    at = place or Span(1, 1)
    return Diagnostic(code, message, CONFIG_FILE, at.line, at.column, hint, at.length)
