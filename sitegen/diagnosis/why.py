"""Why a page is as it is: what it shows and read, when it was rendered, and what is stale now."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import repeat
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from sitegen.build.pipeline import snapshot_of
from sitegen.build.post_build import WORDS_OF_COMMAND, facets_of_command, known_files
from sitegen.build.session import Session
from sitegen.build.survey import Survey, survey
from sitegen.config.schema import Config
from sitegen.engine.history import History
from sitegen.engine.trace import Facets
from sitegen.model.dataclass import dataclass
from sitegen.model.diagnostics import Diagnostic, UsageError, is_error, judged
from sitegen.model.output import Output, Stale, StaleReason
from sitegen.model.report import Absence, LeftOut
from sitegen.model.trace import Trace
from sitegen.outputs.facets import PLAN_FACETS
from sitegen.site.facets import FACETS, facet_in_words
from sitegen.text.spelling import did_you_mean

FACETS_SHOWN = 12
"""Facets to name before the rest is counted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What there is to say of one output or source, as pairs of heading and text."""

    subject: str
    lines: tuple[tuple[str, str], ...]


def why(target: str, session: Session) -> tuple[Answer, ...]:
    """The answers for a URL, a path in the output folder, or the path of a source.

    Nothing is rendered or written. Raises UsageError for a target that the site does not know.
    """
    return session.store.healing(lambda: _answers(target, session))


def _answers(target: str, session: Session) -> tuple[Answer, ...]:
    config = session.config
    found = survey(session, snapshot_of(session))
    history = History(session.store, session.folder, session.output)
    path = _path(target, config)
    chosen = [output for output in found.outputs if path in _names(output)]
    if chosen:
        answers = (_of_output(output, found.facets, history, config) for output in chosen)
        errors = tuple(filter(is_error, judged(found.problems, config.diagnostics, strict=False)))
        return tuple(map(_with_errors, answers, chosen, repeat(errors)))
    added, facets = _of_command(session, found, history)
    if chosen := [output for output in added if path in _names(output)]:
        return tuple(_of_output(output, facets, history, config) for output in chosen)
    absent = next((entry for entry in found.left_out if path in _endings(entry.path)), None)
    if absent:
        return (
            Answer(
                absent.path, (("not published", _absence(absent, session.options.now, config)),)
            ),
        )
    broken = [d for d in found.problems if d.path and path in _endings(d.path)]
    if broken:
        return (Answer(broken[0].path or target, tuple((d.code, d.message) for d in broken)),)
    names = {name for output in found.outputs for name in _names(output)}
    raise UsageError(
        f"nothing on the site is '{target}', and no source has that name",
        hint=did_you_mean(path, names) or "name a page by its URL, its file, or its source",
    )


def _with_errors(answer: Answer, output: Output, errors: tuple[Diagnostic, ...]) -> Answer:
    """The answer, with the errors of the source that keep the site from being published."""
    own = ((error.code, error.message) for error in errors if error.path == output.source)
    return Answer(answer.subject, (*own, *answer.lines))


def _path(target: str, config: Config) -> str:
    """A URL or path without what all of the site have in common."""
    base = urlsplit(config.base_url).path
    path = unquote(urlsplit(target).path) if "://" in target else target
    if path.startswith(base) and base != "/":
        path = path[len(base) :]
    return posixpath.normpath(path.lstrip("/") or ".")


def _names(output: Output) -> set[str]:
    """What a person may call an output."""
    folder = output.path.removesuffix("index.html").rstrip("/") or "."
    shows_source = output.source == output.owner
    return {output.path, folder, *(_endings(output.owner) if shows_source else ())}


def _endings(path: str) -> set[str]:
    """The path of a source, from the site folder or from any below."""
    parts = path.split("/")
    return {"/".join(parts[at:]) for at in range(len(parts))}


def _of_command(
    session: Session, found: Survey, history: History
) -> tuple[tuple[Output, ...], Facets]:
    """What the post-build command has added, and what that depends on, as far as it is current."""
    planned = {output.path: output for output in found.outputs}
    stale = {path for path, it in planned.items() if history.stale(it, found.facets)}
    made = {path: result for path, result in history.kept.items() if path not in stale}
    return known_files(session, history, planned), facets_of_command(session, found, made)


def _of_output(output: Output, facets: Facets, history: History, config: Config) -> Answer:
    lines = [("address", output.url), ("asked for by", output.owner)]
    trace = history.trace(output.path)
    stale = history.stale(output, facets)
    if trace:
        lines.append(("rendered", _rendered(trace, config)))
    lines.append(("now", _now(stale)))
    if trace:
        lines.append(("read", _listed(trace.reads)))
    return Answer(output.path, tuple(lines))


def _rendered(trace: Trace, config: Config) -> str:
    when = trace.made.astimezone(ZoneInfo(config.timezone))
    return f"{when:%Y-%m-%d %H:%M:%S %Z}, because {_because(trace)}"


def _because(trace: Trace) -> str:
    match trace.reason:
        case StaleReason.CHANGED:
            return f"these had changed: {_listed(trace.changed)}"
        case StaleReason.TOUCHED:
            return "its file was not the one that had been written"
        case StaleReason.NEW:
            return "there was no record of an earlier one"


def _now(stale: Stale | None) -> str:
    if stale is None:
        return "up to date: neither its file nor anything that it read has changed"
    match stale.reason:
        case StaleReason.CHANGED:
            return f"to be rebuilt: these have changed: {_listed(stale.changed)}"
        case StaleReason.TOUCHED:
            return "to be rebuilt: its file is not the one that was written"
        case StaleReason.NEW:
            return "to be built: there is no record of an earlier one"


def _listed(names: Iterable[str]) -> str:
    words = list(dict.fromkeys(facet_in_words(name, IN_WORDS) for name in names))
    more = f" and {len(words) - FACETS_SHOWN} more" if len(words) > FACETS_SHOWN else ""
    return "; ".join(words[:FACETS_SHOWN]) + more


IN_WORDS = {
    **{kind.name: kind.words for kind in FACETS},
    **{kind.name: kind.words for kind in PLAN_FACETS},
    **WORDS_OF_COMMAND,
}
"""What a facet is, by how its name starts."""


def _absence(entry: LeftOut, now: datetime, config: Config) -> str:
    """Why a document is not published, and when that changes."""
    if entry.date is None:
        return "it is a draft; use --drafts to publish drafts"
    when = entry.date.astimezone(ZoneInfo(config.timezone))
    at = f"{when:%Y-%m-%d %H:%M} in {config.timezone}"
    if entry.reason is Absence.SCHEDULED:
        by = _duration(entry.date - now)
        return f"its date is in the future by {by} ({at}); use --future to publish it"
    return f"it expired {_duration(now - entry.date)} ago ({at})"


def _duration(time: timedelta) -> str:
    """The two largest units: `3 h 12 m`."""
    minutes = int(time.total_seconds()) // 60
    units = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "m"))
    parts = [f"{count} {unit}" for count, unit in units if count]
    return " ".join(parts[:2]) or "less than a minute"
