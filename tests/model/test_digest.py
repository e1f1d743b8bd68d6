"""Digests: equal for equal values in any process, different for any difference that counts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import OrderedDict
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.schema import Config, MenuItem
from sitegen.model.codes import Severity
from sitegen.model.diagnostics import Diagnostic
from sitegen.model.digest import LONG, SIZE, Digester, digest, digest_of_bytes
from sitegen.model.output import ListSubject, SiteSubject
from sitegen.model.source import Kind, Source, Span

PARIS = ZoneInfo("Europe/Paris")

DIFFERENT: tuple[Any, ...] = (
    *(None, False, True, 0, 1, -1, 2**70, 0.0, -0.0, 1.0, "", "0", "1", b"", b"0", "a", b"a"),
    *((), ((),), ("a",), ("a", "b"), ("ab",), ("a", ("b",)), (("a", "b"),), [], ["a"], ["a", "b"]),
    *({}, {"a": 1}, {"a": True}, {"a": 1, "b": 2}, {"b": 2, "a": 1}, (("a", 1),)),
    *(set(), {"a"}, {"a", "b"}, frozenset({"c"}), date(2024, 1, 1), time(1, 2), "2024-01-01"),
    datetime.fromisoformat("2024-01-01T00:00"),
    *(datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1, tzinfo=PARIS)),
    datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=1))),
    datetime(2024, 10, 27, 2, 30, tzinfo=PARIS),
    datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=1),
    *(
        Kind.POST,
        Kind.PAGE,
        ListSubject(),
        SiteSubject(),
        Severity.ERROR,
        "post",
        "POST",
        ("Kind", "POST"),
    ),
    *(Span(1, 2), Span(2, 1), MenuItem("1", "2"), Source("1", Kind.POST, "2"), (1, 2, 1)),
    *(MenuItem("a" * LONG, ""), (MenuItem("a" * LONG, ""),), ListSubject("a" * LONG)),
    *(Config(), Config(title="x"), Config(extra={"a": None}), Diagnostic("SG001", "x")),
    *("\ud800", "ä", "a\u0308", "\0", "\N{PARTY POPPER}"),
)


def test_different_values_have_different_digests() -> None:
    for one, other in combinations(DIFFERENT, 2):
        assert digest(one) != digest(other), (one, other)


def test_a_digest_has_its_size() -> None:
    assert {len(digest(value)) for value in DIFFERENT} == {SIZE}


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
values = st.recursive(
    plain, lambda inner: st.lists(inner).map(tuple) | st.dictionaries(st.text(), inner)
)


@given(value=values)
def test_a_value_and_its_copy_have_one_digest(value: object) -> None:
    """`marshal` writes an object that is used twice as a reference to the first."""
    shared = (value, value)
    apart = (copied(value), copied(value))
    assert digest(shared) == digest(apart)


def copied(value: object) -> object:
    match value:
        case tuple():
            return tuple([copied(item) for item in value])
        case dict():
            return OrderedDict((copied(key), copied(item)) for key, item in value.items())
        case str():
            return "".join([*value])
        case _:
            return value


def test_strings_have_one_digest_interned_or_not() -> None:
    assert digest(sys.intern("a" * 30)) == digest("".join(["a"] * 30))


def test_values_have_the_same_digest_in_another_process() -> None:
    script = (
        "from sitegen.model.digest import digest; from tests.model.test_digest import DIFFERENT\n"
        "print(*(digest(value).hex() for value in DIFFERENT))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo"}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.split() == [digest(value).hex() for value in DIFFERENT]


def test_what_was_seen_before_changes_no_digest() -> None:
    digester, item = Digester(), MenuItem("a" * LONG, "b")
    for value in (*DIFFERENT, item, (item, item), [item], Config(menu=(item,)), *DIFFERENT):
        assert digester(value) == digest(value)


def test_a_value_made_where_another_was_is_not_taken_for_it() -> None:
    """Python gives the address of an object that is gone to the next one."""
    digester = Digester()
    assert len({digester(MenuItem(str(number), "")) for number in range(1000)}) == 1000


class Text(str):
    __slots__ = ()


@pytest.mark.parametrize(
    "value", [object(), ..., Text("x"), 1j, len, iter(()), Config, bytearray()]
)
def test_what_has_no_digest_is_an_error_wherever_it_is(value: object) -> None:
    for whole in (value, (1, value), {"a": [value]}, Config(extra={"a": value})):
        with pytest.raises(TypeError):
            digest(whole)


def test_parts_of_bytes_count_as_one() -> None:
    assert digest_of_bytes(b"a", b"bc") == digest_of_bytes(b"abc") != digest_of_bytes(b"ab")
