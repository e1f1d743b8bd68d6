"""Each fault that is planted into the engine is caught: the tests of the laws can fail."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import time_ns
from typing import Any

import pytest

from sitegen.build import load as collection
from sitegen.build import survey as build
from sitegen.content import document as documents
from sitegen.content.settings import DocumentSettings
from sitegen.engine import history
from sitegen.engine.history import History
from sitegen.engine.trace import Facets, View
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import digest, digest_of_bytes
from sitegen.model.source import Source
from sitegen.model.trace import FileState
from sitegen.outputs import robots
from sitegen.outputs.templates.environment import TemplateReferences, Templates
from sitegen.sources import snapshot as inputs
from sitegen.sources.discover import read
from sitegen.sources.snapshot import Snapshot
from sitegen.storage import output_folder as output
from sitegen.storage.cache import Store
from sitegen.storage.file_state import state_of
from tests.journal import Journal
from tests.test_edits import EDITS, THREE

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]
Scenario = Callable[[Journal], object]


# What happens to the site


def edit(*names: str) -> Scenario:
    """Builds before and after each of these edits."""

    def scenario(journal: Journal) -> None:
        journal.build()
        for name in names:
            EDITS[name][0](journal)
            journal.build()

    return scenario


def a_better_title(journal: Journal) -> None:
    """Which the page at its old address shows too."""
    journal.post(THREE, None, aliases="[/old/]")
    journal.build()
    journal.post(THREE, None, title="Drei")
    journal.build()


def a_better_title_without_related_posts(journal: Journal) -> None:
    """Which only the posts before and after it show."""
    journal.configure(**{"theme.related": "0"})
    journal.build()
    a_better_title(journal)


def a_wikilink(name: str, target: Scenario) -> Scenario:
    """What a link by name of the edited post leads to changes, and nothing else on its page.

    The link is not in the excerpt, which shows what it leads to, and is a facet of its own.
    """

    def scenario(journal: Journal) -> None:
        journal.configure(**{"theme.related": "0", "theme.backlinks": "true"})
        journal.post(THREE, f"An excerpt.\n\n[[{name}]]")
        journal.build()
        target(journal)
        journal.build()

    return scenario


def a_target_moves(journal: Journal) -> None:
    """With the new slug alone: cards and neighbours of others stay as they are."""
    journal.post(THREE, "[](bundle/index.md)")
    journal.build()
    journal.post("content/posts/bundle/index.md", None, slug="moved")
    journal.build()


def a_dead_link_comes_alive(journal: Journal) -> None:
    journal.post(THREE, "[](new.md)")
    journal.build()
    journal.post("content/posts/new.md", "New.", date="2000-01-01")
    journal.build()


def a_computed_include(journal: Journal) -> None:
    journal.post(THREE, None, template="dynamic.html", part="footer.html")
    journal.build()
    journal.write("templates/footer.html", "Other.")
    journal.build()


def an_upgrade(journal: Journal) -> None:
    journal.build()
    journal.fingerprint = b"another"
    with Patch.context() as patch:
        patch.setattr(robots, "robots", lambda _: b"other code")
        journal.build()


def a_post_goes(journal: Journal) -> None:
    journal.build()
    journal.delete(THREE)
    journal.build()


def the_last_page_of_a_list_goes(journal: Journal) -> None:
    """And the first, with the posts it had, leads to fewer."""
    journal.build()
    journal.delete("content/posts/bundle/index.md")
    journal.build()


def its_time_comes(journal: Journal) -> None:
    journal.post(THREE, None, date="2024-06-02")
    journal.build()
    journal.now += timedelta(days=1)
    journal.build()
    journal.now -= timedelta(days=1)
    journal.build()


def another_dialect(journal: Journal) -> None:
    journal.post("content/posts/four.md", "https://me.example/")
    journal.build()
    journal.configure(**{"markdown.autolinks": "false"})
    journal.build()


def another_content_folder(journal: Journal) -> None:
    journal.build()
    journal.configure(**{"content.path": '"content/pages"'})
    journal.build()


def the_same_size_and_time(journal: Journal) -> None:
    """As after `cp -p`, or with an editor that restores times."""
    file = journal.site / THREE
    journal.build()
    journal.write("static/notes.txt", "So that the states are saved again.")
    journal.build()
    stat, data = file.stat(), file.read_bytes()
    file.write_bytes(data.replace(b"code", b"edoc"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    journal.build()


def within_a_tick(journal: Journal) -> None:
    """An edit on a file system whose clock has not gone on since the build looked."""
    tick = time_ns() + 86_400 * 10**9
    with Patch.context() as patch:
        patch.setattr(inputs, "state_of", lambda path: state_of(path) and (tick, tick, 1, 1))
        edit("a paragraph")(journal)


def saved_while_it_is_read(journal: Journal) -> None:
    """The build looks at one text and reads another, and the author takes that back."""
    journal.build()
    before = "First."

    def saved(site: Path, path: str) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
        journal.post(THREE, "Second.")
        return read(site, path)

    journal.post(THREE, before)
    with Patch.context() as patch:
        patch.setattr(collection, "read", saved)
        journal.attempt()
    journal.post(THREE, before)
    journal.build()


# What is wrong with the engine


def unread(start: str) -> Fault:
    """Facets whose names start so are read without a record."""
    known = Facets.digest

    def digest(self: Facets, name: str) -> bytes:
        return bytes(16) if name.startswith(start) else known(self, name)

    return lambda patch: patch.setattr(Facets, "digest", digest)


def absent_names_are_not_noted(patch: Patch) -> None:
    def get(self: View, name: str) -> Any:  # noqa: ANN401 (as the method has it)
        with suppress(KeyError):
            self._facets[name]
            return self.read(name)

    patch.setattr(View, "get", get)


def only_the_template_itself(patch: Patch) -> None:
    reach = Templates.reach
    patch.setattr(
        Templates, "reach", lambda self, name: [p for p in reach(self, name) if p[0] == name]
    )


def computed_names_are_passed_over(patch: Patch) -> None:
    references = Templates._read_references

    def known(self: Templates, text: str) -> TemplateReferences:
        found = references(self, text)
        return () if None in found else found

    build.compiled_templates.cache_clear()
    patch.setattr(Templates, "_read_references", known)


def any_fingerprint_will_do(patch: Patch) -> None:
    begin = Store._begin

    def begun(self: Store) -> None:
        self._fingerprint = b""
        begin(self)

    patch.setattr(Store, "_begin", begun)


def outputs_are_not_looked_at(patch: Patch) -> None:
    patch.setattr(history, "state_of", lambda _: (1, 1, 1, 1))


def outputs_are_as_made(patch: Patch) -> None:
    patch.setattr(History, "_is_as_made", lambda *_: True)


def by_time_alone(path: Path) -> FileState | None:
    state = state_of(path)
    return state and (state[0], 0, 0, 0)


def documents_are_known_by_path(patch: Patch) -> None:
    patch.setattr(collection, "_is_fresh", lambda source, _, known, __: source.path in known)


def the_key_of_a_document_lacks(part: str) -> Fault:
    def key(source: Source, seen: bytes, settings: DocumentSettings) -> bytes:
        parts = {"file": seen, "name": source.name.encode(), "settings": digest(settings)}
        return digest_of_bytes(*(value for name, value in parts.items() if name != part))

    def fault(patch: Patch) -> None:
        for module in (collection, documents):
            patch.setattr(module, "document_key", key)

    return fault


def options_do_not_count(patch: Patch) -> None:
    digest = Snapshot.digest
    patch.setattr(Snapshot, "digest", lambda self, *_: digest(self))


def sets(owner: object, name: str, value: object) -> Fault:
    return lambda patch: patch.setattr(owner, name, value)


MUTANTS: dict[str, tuple[Fault, Scenario]] = {
    "cards are not recorded": (unread("card:"), a_better_title),
    "bodies are not recorded": (unread("body:"), edit("a paragraph")),
    "neighbours are not recorded": (unread("newer:"), a_better_title_without_related_posts),
    "the site is not recorded": (unread("site:"), edit("the description")),
    "lists are not recorded": (unread("posts"), a_better_title),
    "terms are not recorded": (unread("tags"), edit("a new tag")),
    "outputs are not recorded": (unread("output:"), the_last_page_of_a_list_goes),
    "addresses are not recorded": (unread("url:"), a_target_moves),
    "names are not recorded": (
        unread("named:"),
        a_wikilink("five", lambda site: site.post("content/posts/five.md", date="2020-01-01")),
    ),
    "titles are not recorded": (
        unread("title:"),
        a_wikilink("one", lambda site: site.post("content/posts/one.md", None, title="Uno")),
    ),
    "links back are not recorded": (
        unread("backlinks:"),
        a_wikilink("one", lambda site: site.post(THREE, "[[bundle]]")),
    ),
    "templates are not recorded": (unread("template:"), edit("the macro")),
    "colours are not recorded": (unread("config:"), edit("colours")),
    "the style is not recorded": (unread("style"), edit("the style")),
    "the sitemap is not recorded": (unread("sitemap"), a_target_moves),
    "copies are not recorded": (unread("file:"), edit("a static file")),
    "absent names are not noted": (absent_names_are_not_noted, a_dead_link_comes_alive),
    "what feeds read is not noted": (sets(View, "note", lambda *_: None), edit("a paragraph")),
    "only the template itself counts": (only_the_template_itself, edit("the macro")),
    "computed includes are passed over": (computed_names_are_passed_over, a_computed_include),
    "any fingerprint will do": (any_fingerprint_will_do, an_upgrade),
    "outputs are not looked at": (outputs_are_not_looked_at, edit("an edited output")),
    "outputs are taken as made": (outputs_are_as_made, edit("an edited output")),
    "old outputs are forgotten": (sets(output, "read_manifest", lambda _: ()), a_post_goes),
    "time makes no difference": (sets(history, "_is_within", lambda *_: True), its_time_comes),
    "options do not count": (options_do_not_count, edit("colours")),
    "documents are known by path": (documents_are_known_by_path, edit("a paragraph")),
    "the file is no part of a key": (the_key_of_a_document_lacks("file"), edit("a paragraph")),
    "the name is no part of a key": (the_key_of_a_document_lacks("name"), another_content_folder),
    "settings are no part of a key": (the_key_of_a_document_lacks("settings"), another_dialect),
    "times alone are believed": (sets(inputs, "state_of", by_time_alone), the_same_size_and_time),
    "racy times are believed": (sets(inputs, "is_settled", lambda *_: True), within_a_tick),
    "what was looked at is recorded": (
        sets(Snapshot, "saw", lambda *_: None),
        saved_while_it_is_read,
    ),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_planted_fault_is_caught(tmp_path: Path, name: str, monkeypatch: Patch) -> None:
    fault, scenario = MUTANTS[name]
    fault(monkeypatch)
    with pytest.raises(AssertionError):
        scenario(Journal(tmp_path))


SCENARIOS = {scenario.__name__: scenario for _, scenario in MUTANTS.values()}
del SCENARIOS["scenario"]  # the edits of `test_edits`


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_engine_itself_stands_each_of_these(tmp_path: Path, name: str) -> None:
    SCENARIOS[name](Journal(tmp_path))
