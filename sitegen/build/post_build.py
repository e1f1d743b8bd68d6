"""The post-build command: a program that adds files, such as a search index, to a finished site.

It gets a copy of the whole site as it is to be, so that it can do no harm: what it adds there is
put on the stage as outputs of the build, and anything else that it does to the copy is an error.

All its files together have one cause: the words of the command, with the files of the site that
these name, and the digests of all other outputs. So each has a trace of two facets, and while both
are the same and no file was touched, the command does not run. It never sees its own files of the
last time. What else it reads is not known here: a clock or a network makes it unlawful, as it does
a plug-in, and `--verify` tells.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sitegen.build.session import Session
from sitegen.build.survey import Problems, Survey
from sitegen.build.update import Update
from sitegen.config.load import at_key_of
from sitegen.engine.history import History
from sitegen.engine.trace import Facets
from sitegen.execution.program import run_program
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.output import CommandSubject, Output, Stale, StaleReason
from sitegen.outputs.collisions import check_names, distinct
from sitegen.sources.discover import CONFIG_FILE, is_utf8, read
from sitegen.storage.file_state import digest_of_file
from sitegen.storage.output_folder import Stage
from sitegen.text.encoding import decode
from sitegen.text.urls import file_route

PLACE = "{output}"
"""What stands for the folder of the site in a command."""
VARIABLE = "SITEGEN_OUTPUT"
"""The environment variable that holds the same."""
OWNER = f"the command of [build] in {CONFIG_FILE}"
READS = ("command", "built")
WORDS_OF_COMMAND = {"command": "the post-build command", "built": "the other files of the site"}
"""What the facets are that the files of a command depend on."""
LINES_SHOWN = 20
"""Lines of what a command printed that an error shows."""
HINT = "let it write another file: it can only add to what sitegen has made"

Outputs = tuple[Output, ...]


def add_files(
    session: Session, survey: Survey, history: History, stage: Stage, update: Update
) -> tuple[Outputs | None, Problems]:
    """Put on the stage what the command adds to the outputs. It runs only where that may be new.

    What there is of it, None where the command failed; and the problems that there are with it,
    each at the key of the configuration.
    """
    made = {**history.kept, **update.results}
    facets = update.facets = facets_of_command(session, survey, made)
    known = known_files(session, history, made)
    if known and not any(history.stale(output, facets) for output in known):
        for output in known:
            stage.keep(output.path)
        return known, _at_command(check_names(known), session)
    history.drop(output.path for output in known)
    folder = stage.lay_out()
    if failure := _failure(session, folder, update):
        return None, _at_command((failure,), session)
    found = dict(_found(folder))
    new = sorted(path for path, flaw in found.items() if not flaw and path not in made)
    added = tuple(_output(path, session) for path in new)
    for output in added:
        stale = history.stale(output, facets) or Stale(output.path, StaleReason.TOUCHED)
        if result := stage.copy(output.path, folder / output.path):
            update.results[output.path] = result
            update.add(stale, READS, result, session.options.now)
            update.stale += (stale,)
    _, colliding = distinct((*survey.outputs, *added), (), session.config)
    problems = (*_faults(folder, made, found), *colliding, *check_names(added))
    return added, _at_command(problems, session)


def facets_of_command(session: Session, survey: Survey, made: Mapping[str, bytes]) -> Facets:
    """The facets of the site, with what the files of the command depend on.

    `made` has the digests of all other outputs.
    """
    values = (session.command, tuple(sorted(made.items())))
    return survey.facets.plus(dict(zip(READS, values, strict=True)))


def known_files(session: Session, history: History, others: Collection[str]) -> Outputs:
    """What the command added the last time, but for what is one of these other outputs now."""
    paths = sorted(path for path in history.made_from(READS[0]) if path not in others)
    return tuple(_output(path, session) for path in paths)


def _output(path: str, session: Session) -> Output:
    url = file_route(path, session.config.base_url).url
    return Output(path, url, "command", OWNER, CommandSubject(), CONFIG_FILE)


def _failure(session: Session, folder: Path, update: Update) -> Diagnostic | None:
    """Run the command in the folder; SG604 where it fails."""
    words = [word.replace(PLACE, str(folder)) for word, _ in session.command]
    ended = run_program(words, session.folder, {**os.environ, VARIABLE: str(folder)})
    update.said = tuple(line.replace(str(folder), PLACE) for line in ended.said)
    if not ended.failure:
        return None
    message = f"the post-build command {ended.failure}"
    return Diagnostic("SG604", message, hint=ended.hint, said=update.said[-LINES_SHOWN:])


def _found(folder: Path) -> Iterator[tuple[str, str | None]]:
    """Whatever is in the folder, but for folders, and why it cannot be published."""
    for place, folders, names in os.walk(folder):
        for name in (*folders, *names):
            entry = Path(place, name)
            path = entry.relative_to(folder).as_posix()
            if not is_utf8(path):
                yield ascii(path)[1:-1], "has a name that is not UTF-8"
            elif entry.is_symlink():
                yield path, "is a symbolic link"
            elif not entry.is_dir():
                yield path, None if entry.is_file() else "is not a regular file"


def _faults(
    folder: Path, made: Mapping[str, bytes], found: Mapping[str, str | None]
) -> Iterator[Diagnostic]:
    """SG605 for everything that the command did but to add files."""
    for path, result in sorted(made.items()):
        if path not in found:
            yield Diagnostic("SG605", f"the post-build command removed '{path}'", hint=HINT)
        elif digest_of_file(folder / path) != result:
            yield Diagnostic("SG605", f"the post-build command changed '{path}'", hint=HINT)
    for path, flaw in sorted(found.items()):
        if flaw and path not in made:
            yield Diagnostic("SG605", f"the post-build command added '{path}', which {flaw}")


def _at_command(problems: Iterable[Diagnostic], session: Session) -> Problems:
    """The problems where the command is written."""
    if not (found := tuple(problems)):
        return ()
    data, _ = read(session.folder, CONFIG_FILE)
    text = decode(data, CONFIG_FILE)[0] if data is not None else ""
    placed = ((problem, at_key_of(text or "", ("build", "command"), problem)) for problem in found)
    return tuple(replace(at, said=problem.said) for problem, at in placed)
