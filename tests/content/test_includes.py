"""What a document includes is part of its text, and what is wrong in there is so in its file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.content.includes import in_their_files, key_with_includes, with_includes
from sitegen.model.diagnostics import Diagnostic
from tests.documents import document

TEXTS = {
    "a.md": "# A\n\n::include{file=b.md}\nEnd.\n",
    "b.md": "B.\n",
    "loop.md": "x\n::include{file=loop.md}\n",
    "there.md": "::include{file=back.md}\n",
    "back.md": "> ::include{file=there.md}\n",
}


def test_text_takes_the_place_of_its_line_with_the_quote_that_it_is_in() -> None:
    found = with_includes("1\n\n> > ::include{file=a.md}  \n\n2", 7, TEXTS)
    assert found.body == "1\n\n> > # A\n> > \n> > B.\n> > End.\n\n2"
    assert (found.names, found.problems) == (("a.md", "b.md"), ())


@pytest.mark.parametrize(
    "body",
    [
        "```\n::include{file=b.md}\n```",
        "> ~~~\n> ::include{file=b.md}\n> ~~~",
        "    ::include{file=b.md}",
        "`::include{file=b.md}`",
        "See ::include{file=b.md}",
    ],
)
def test_code_and_text_include_nothing(body: str) -> None:
    assert with_includes(body, 1, TEXTS).body == body


@pytest.mark.parametrize(
    ("body", "code", "place", "message", "hint"),
    [
        (
            "\n::include{file=c.md}",
            "SG324",
            ("", 2, 1),
            "there is no file 'c.md' in includes/",
            "did you mean 'b.md'?",
        ),
        (
            " ::include{file=zzz}",
            "SG324",
            ("", 1, 2),
            "there is no file 'zzz' in includes/",
            "write it: includes/zzz",
        ),
        (
            "::include{file=loop}",
            "SG324",
            ("", 1, 1),
            "there is no file 'loop' in includes/",
            "did you mean 'loop.md'?",
        ),
        (
            "::include{file=../content/posts/c.md}",
            "SG324",
            ("", 1, 1),
            "there is no file '../content/posts/c.md' in includes/",
            "only files in includes/ can be included; ![[name]] quotes a post",
        ),
        (
            "::include{a.md}",
            "SG321",
            ("", 1, 1),
            "'include' takes 'file', and nothing else",
            "write ::include{file=NAME.md}",
        ),
        (
            "::include{file=a.md lines=3}",
            "SG321",
            ("", 1, 1),
            "'include' takes 'file', and nothing else",
            "write ::include{file=NAME.md}",
        ),
        (
            "> ::include{file=loop.md}",
            "SG325",
            ("includes/loop.md", 2, 1),
            "'loop.md' includes itself",
            "remove this line",
        ),
        (
            "::include{file=there.md}",
            "SG325",
            ("includes/back.md", 1, 3),
            "'there.md' includes itself, by way of 'back.md'",
            "remove this line",
        ),
    ],
)
def test_mistake_is_reported_in_the_file_that_has_it(
    body: str, code: str, place: tuple[str, int, int], message: str, hint: str
) -> None:
    [located] = located_in(body)
    assert (located.code, located.message, located.hint) == (code, message, hint)
    path, *at = place
    assert (located.path or "", located.line, located.column) == (path or "content/posts/a.md", *at)


def located_in(body: str, *more: Diagnostic) -> list[Diagnostic]:
    """The problems of a document, and of others that include the same."""
    found = with_includes(body, 1, TEXTS)
    it = document()
    it = replace(it, rendered=replace(it.rendered, passages=found.passages))
    path = it.source.path
    problems = [replace(problem, path=path) for problem in (*found.problems, *more)]
    return list(in_their_files(problems, [it]))


def test_each_line_is_known_by_its_file_and_its_line_there() -> None:
    problems = [Diagnostic("SG301", str(line), line=line, column=5) for line in range(1, 8)]
    found = located_in("1\n\n> ::include{file=a.md}\n\n2", *problems)
    assert [(it.path, it.line, it.column) for it in found] == [
        ("content/posts/a.md", 1, 5),
        ("content/posts/a.md", 2, 5),
        ("includes/a.md", 1, 3),
        ("includes/a.md", 2, 3),
        ("includes/b.md", 1, 3),
        ("includes/a.md", 4, 3),
        ("content/posts/a.md", 4, 5),
    ]


def test_what_is_wrong_with_a_file_is_wrong_once_however_many_include_it() -> None:
    problem = Diagnostic("SG301", "x", line=1, column=1)
    assert len(located_in("::include{file=b.md}", problem, problem)) == 1


def test_key_is_that_of_the_document_and_of_what_it_asks_for() -> None:
    keys = [
        key_with_includes(b"1", (), TEXTS),
        key_with_includes(b"1", ("b.md",), TEXTS),
        key_with_includes(b"1", ("b.md",), TEXTS | {"b.md": "C."}),
        key_with_includes(b"1", ("b.md",), {}),
        key_with_includes(b"2", ("b.md",), TEXTS),
    ]
    assert keys[0] == b"1"
    assert len(set(keys)) == 5
    assert keys[1] == key_with_includes(b"1", ("b.md",), TEXTS | {"a.md": "other"})
