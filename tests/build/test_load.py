"""Documents from the cache: only those whose file, place and time zone are as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.build.load import body, load_documents
from sitegen.build.session import BuildOptions, Session
from sitegen.config.schema import Config
from sitegen.model.document import Body, Document
from sitegen.sources.snapshot import take_snapshot
from sitegen.storage.cache import DamagedError, Store
from tests.journal import Journal
from tests.oracle import NOON

POST = "content/posts/one.md"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path)


@pytest.fixture
def store(journal: Journal) -> Iterator[Store]:
    store = Store(journal.site, journal.fingerprint)
    with store.session():
        yield store
    store.close()


def collection(
    journal: Journal, store: Store, zone: str = "UTC"
) -> tuple[list[Document], list[str], int]:
    """The documents, the codes of what is wrong, and how many were read."""
    output, config, read = journal.site / "public", Config(timezone=zone), list[int]()
    options = BuildOptions(NOON, output, jobs=1)
    session = Session(
        journal.site, config, (), (), store, options, lambda _, done, __: read.append(done)
    )
    found, problems = load_documents(session, take_snapshot(journal.site, config, output, {}))
    return list(found), [problem.code for problem in problems], len(read)


def test_all_documents_are_read_once_and_come_in_order_of_path(
    journal: Journal, store: Store
) -> None:
    found, problems, read = collection(journal, store)
    assert [document.source.path for document in found] == sorted(journal.posts)
    assert (problems, read) == ([], len(journal.posts))
    assert collection(journal, store) == (found, [], 0)


def test_a_document_leaves_its_html_in_the_store(journal: Journal, store: Store) -> None:
    found, _, _ = collection(journal, store)
    assert {document.rendered.html for document in found} == {""}
    assert "<p>One.</p>" in body(store, POST)


def test_html_of_another_text_is_damage(journal: Journal, store: Store) -> None:
    """A power cut can leave the new document with the old HTML, each as it was written."""
    collection(journal, store)
    old = store.get("bodies", POST)
    journal.post(POST, "Other.")
    collection(journal, store)
    for left in (old, None):
        store.put("bodies", POST, left)
        with pytest.raises(DamagedError):
            body(store, POST)


def test_only_what_changed_is_read_again(journal: Journal, store: Store) -> None:
    collection(journal, store)
    journal.post(POST, "Other.")
    assert collection(journal, store)[2] == 1
    assert "Other." in body(store, POST)
    assert collection(journal, store, "Asia/Tokyo")[2] == len(journal.posts)


def test_problems_are_remembered_with_their_document(journal: Journal, store: Store) -> None:
    journal.post(POST, None, titel="x")
    for read in (len(journal.posts), 0):
        _, problems, count = collection(journal, store)
        assert (problems, count) == (["SG105"], read)


def test_a_source_that_gives_no_document_is_read_each_time(journal: Journal, store: Store) -> None:
    collection(journal, store)
    journal.write(POST, "---\ntitle: [\n---\n")
    for _ in range(2):
        found, problems, read = collection(journal, store)
        assert POST not in {document.source.path for document in found}
        assert (problems, read) == (["SG101"], 1)


def test_what_is_gone_is_forgotten(journal: Journal, store: Store) -> None:
    collection(journal, store)
    journal.delete(POST)
    collection(journal, store)
    assert store.get("documents", POST) is None
    assert store.get("bodies", POST) is None


CODE = "```{}\nx = 1\n```\n"


@pytest.mark.parametrize(
    "code",
    [CODE.format("python"), CODE.format("python {1} #a collapse"), "A `x = 1`{.python} in it.\n"],
)
def test_code_that_a_post_had_before_is_not_highlighted_again(
    journal: Journal, store: Store, code: str
) -> None:
    """Known are pieces of the HTML that the post had; so another piece there shows who is asked."""
    journal.post(POST, code)
    collection(journal, store)
    known: Body = store.get("bodies", POST)
    [shown] = known.coloured().values()
    assert '<span class="n">x</span> <span class="o">=</span> <span class="mi">1</span>' in shown
    store.put("bodies", POST, known._replace(html=known.html.replace("mi", "??")))
    for text, is_kept in (
        (f"More.\n\n{code}", True),
        (code.replace("= 1", "= 2"), False),
    ):
        journal.post(POST, text)
        collection(journal, store)
        assert ("??" in body(store, POST)) == is_kept


def test_code_is_known_with_its_language(journal: Journal, store: Store) -> None:
    """The same text can be of two languages, and become another HTML."""
    journal.post(POST, CODE.format("python"))
    collection(journal, store)
    journal.post(POST, CODE.format("json") + CODE.format("python"))
    collection(journal, store)
    html = body(store, POST)
    assert html.count('<span class="mi">1</span>') == 2
    assert html.count('<span class="n">x</span>') == 1
