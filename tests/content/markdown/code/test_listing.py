"""What is said of lines by signs and comments, which are then no longer in the code."""

from __future__ import annotations

import pytest

from sitegen.content.markdown.code.info import Info, read_info
from sitegen.content.markdown.code.listing import Listing, listing_of


def listing(code: str, info: str = "text", explained: int = 0) -> Listing:
    return listing_of(code, read_info(info), explained)


@pytest.mark.parametrize(
    "comment",
    [
        "// [!code ++]",
        "# [!code ++]",
        "-- [!code ++]",
        "; [!code ++]",
        "/* [!code ++] */",
        "{/* [!code ++] */}",
        "<!-- [!code ++] -->",
        "(* [!code ++] *)",
        "{# [!code ++] #}",
        "% [!code ++]",
        "' [!code ++]",
        '" [!code ++]',
        "[!code ++]",
    ],
)
def test_comment_of_any_language_says_something_of_its_line(comment: str) -> None:
    found = listing(f"a\nb  {comment}\n")
    assert (found.text, found.roles) == ("a\nb\n", {2: "added"})


@pytest.mark.parametrize(
    ("code", "text", "roles"),
    [
        ("a // [!code hl:2]\nb\nc\n", "a\nb\nc\n", {1: "marked", 2: "marked"}),
        ("// [!code hl:2]\na\nb\nc\n", "a\nb\nc\n", {1: "marked", 2: "marked"}),
        ("a // [!code hl:9]\n", "a\n", {1: "marked"}),
        ("a // [!code --] [!code error]\n", "a\n", {1: "error"}),
        ("a // [!code hl] why\n", "a // why\n", {1: "marked"}),
        ("a // why [!code warning]\n", "a // why\n", {1: "warning"}),
        ("a // [!code highlight]\n", "a\n", {1: "marked"}),
        ("a // [\\!code hl]\n", "a // [!code hl]\n", {}),
        ("a // [!code nonsense]\n", "a // [!code nonsense]\n", {}),
        ("a // [!code ++]", "a", {1: "added"}),
        ("  // [!code ++]\n", "", {}),
    ],
)
def test_comments_are_taken_out_of_the_code(code: str, text: str, roles: dict[int, str]) -> None:
    found = listing(code)
    assert (found.text, found.roles) == (text, roles)


def test_word_that_says_nothing_is_known_by_its_line() -> None:
    assert listing("a\nb # [!code foo]\n").strangers == [(2, "foo")]


def test_focus_and_folds_are_sets_of_lines() -> None:
    found = listing("a # [!code focus]\nb # [!code hide:2]\nc\nd\n", "text focus=4")
    assert (found.focused, found.folded) == ({1, 4}, {2, 3})


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("-a\n+b\n c\n", "a\nb\nc\n"),
        ("- a\n+ b\n\n  c\n", "a\nb\n\nc\n"),
        ("-    a\n+        b\n", "    a\n        b\n"),
        ("-a\n+b\nc\n", "a\nb\nc\n"),
    ],
)
def test_signs_are_no_part_of_the_code(code: str, text: str) -> None:
    found = listing(code, "python diff")
    assert (found.text, found.roles) == (text, {1: "deleted", 2: "added"})


def test_signs_stay_in_a_patch() -> None:
    code = "--- a.py\n+++ b.py\n@@ -1 +1 @@\n-a\n+b\n"
    found = listing(code, "diff")
    assert (found.text, found.roles) == (code, {4: "deleted", 5: "added"})


def test_line_can_be_added_and_named_by_an_option() -> None:
    assert listing("+a\n b\n", "python diff {1-2}").roles == {1: "added", 2: "marked"}


def test_line_beyond_the_end_is_known() -> None:
    found = listing("a\n", "js {1,3}")
    assert (found.roles, found.beyond) == ({1: "marked"}, [3])


@pytest.mark.parametrize(
    ("line", "text", "items"),
    [
        ("f()  # (1)!", "f()", (1,)),
        ("f()  # (1)", "f()", (1,)),
        ("f()  // (2)! (1)!", "f()", (2, 1)),
        ("<b>  <!-- (1)! -->", "<b>", (1,)),
        ("# (1)!", "", (1,)),
        ("f(1)", "f(1)", ()),
        ("f()  # (3)!", "f()  # (3)!", ()),
        ("f()  # see (1)", "f()  # see (1)", ()),
    ],
)
def test_comment_names_the_item_that_explains_its_line(
    line: str, text: str, items: tuple[int, ...]
) -> None:
    found = listing(f"{line}\n", explained=2)
    assert (found.text, found.callouts) == (f"{text}\n", {1: items} if items else {})


def test_number_in_a_comment_is_a_comment_where_no_list_explains_it() -> None:
    assert listing_of("f()  # (1)\n", Info("py")).text == "f()  # (1)\n"
