"""What a build rested on, written down where it leaves nothing to do (`engine.unchanged`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sitegen.build.session import Session
from sitegen.engine import unchanged
from sitegen.engine.fingerprint import zone_files
from sitegen.engine.history import report_of
from sitegen.engine.unchanged import (
    LED_TO,
    REAL,
    STARTED,
    States,
    entries,
    installation,
    state_behind,
    state_text,
)
from sitegen.model.codes import Severity
from sitegen.model.trace import Built, FileState
from sitegen.plugins.find import PLUGINS_FOLDER
from sitegen.sources.discover import CONFIG_FILE, THEME_PREFIX, content_folder
from sitegen.sources.snapshot import Snapshot
from sitegen.storage.cache import FILE, UNSURE
from sitegen.storage.file_lock import FOLDER
from sitegen.storage.file_state import is_settled, state_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ALWAYS = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
"""What is left out of the history of a site that no time changes."""


class _ChangingError(Exception):
    """Something may change without a trace, or has only just been changed."""


def write_down(session: Session, snapshot: Snapshot, built: Built | None) -> None:
    """Write down what a build of these sources rested on that has left this behind.

    Nothing, where a later build may have to do or to say more than these states can tell.
    """
    if built and session.options.says and _is_told_by_states(session, built):
        since, until = built.since or ALWAYS[0], built.until or ALWAYS[1]
        window = _microseconds(since), _microseconds(until)
        said = session.options.says(report_of(built))
        # Where it cannot be written, the next build takes its usual way.
        with suppress(OSError, _ChangingError):
            known = tuple(_known(session, snapshot, built))
            unchanged.write(str(session.folder), window, said, _installation(), known)


def _is_told_by_states(session: Session, built: Built) -> bool:
    """Whether there is nothing to show, and no part of the site that is not seen in its files."""
    return (
        all(diagnostic.severity <= Severity.INFO for diagnostic in built.diagnostics)
        and not session.command
        and all(plugin.text is not None for plugin in session.plugins)
    )


def _known(session: Session, snapshot: Snapshot, built: Built) -> Iterator[tuple[str, str]]:
    """What is known of each path, those first that change most."""
    site, moment = session.folder, session.store.moment
    own = (f"{site}/{name}" for name in (CONFIG_FILE, *(p.place for p in session.plugins)))
    yield from ((path, _settled(state_of(path), moment)) for path in own)
    for path, state in snapshot.states.items():
        if not path.startswith(THEME_PREFIX):
            yield f"{site}/{path}", _settled(state, moment)
    for file in snapshot.head.files if snapshot.head else ():
        known_state = state_behind(file)
        yield file, LED_TO + (_settled(known_state, moment) if known_state else state_text(None))
    plugins = (f"{site}/{PLUGINS_FOLDER}",) if (site / PLUGINS_FOLDER).is_dir() else ()
    for folder in (str(site), *snapshot.folders, *plugins):
        _settled(state_behind(folder), moment)
        yield folder, entries(folder)
    output = os.path.realpath(session.output)
    yield output, entries(output)
    for path, (state, _) in built.files.items():
        yield f"{output}/{path}", _settled(state, moment=None)
    yield f"{site}/{FOLDER}/{FILE}", _settled(state_of(site / FOLDER / FILE), moment=None)
    for place in (session.output, site / content_folder(site, session.config)):
        yield str(place.absolute()), REAL + os.path.realpath(place)
    for place in zone_files(session.config.timezone):
        yield str(place), LED_TO + state_text(state_behind(str(place)))


def _settled(state: FileState | None, moment: int | None) -> str:
    """The state as it is written down, if every change after the moment shows in it."""
    if state is None or (moment is not None and not is_settled(state, moment)):
        raise _ChangingError
    return state_text(state)


def _installation() -> States:
    """What sitegen runs on, if that is what this process has loaded: it is older."""
    found = installation()
    for _, state in found:
        if state is not None and not is_settled(state, STARTED - UNSURE):
            raise _ChangingError
    return found


def _microseconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(microseconds=1)
