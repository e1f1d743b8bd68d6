"""Pygments' regex lexers, with the same tokens in less time: Python's in a quarter.

A RegexLexer is a machine of named states. At each place of the code it asks the rules of its
state, in their order, for the first whose expression matches; dozens are asked and fail for each
token. Two changes make it fast, and neither touches what a rule means:

- Per state and next character, only those rules are asked, still in their order, that can match
  anything there (`firsts`). A rule that is passed over would have failed, so the first to match
  is the same, and so are the match, its groups and all that follows from them.
- An expression is compiled when it is first asked, not when its lexer is first used. Most of a
  language's states and words never occur in a post.

The loop below is otherwise that of `RegexLexer.get_tokens_unprocessed`, quirks included. Lexers
that go through it and change its tokens (C, PHP…) are quick too; those that bring a loop of their
own (ExtendedRegexLexer, DelegatingLexer, JSON…) are left as they are, and so are the lexers that
callbacks of a rule call in (`using`).

Not taken: one alternation of all rules of a state. It must rename groups and cannot have inline
flags, its rules with callbacks must be matched twice, and it has no gain over the few rules left.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from types import FunctionType
from typing import Any, ClassVar, cast

from pygments.lexer import Lexer, RegexLexer, RegexLexerMeta, words
from pygments.token import Error, Whitespace, _TokenType

from sitegen.content.highlight.fast.first_chars import ANYWHERE, bit, firsts

Match = Callable[[str, int], re.Match[str] | None]
Callback = Callable[[Lexer, re.Match[str]], Iterable["Token"]]
LexerRule = tuple[Match, _TokenType | None, Callback | None, tuple[str, ...]]
"""The expression; the kind of its token, or what makes tokens of a match; the states to go to."""
Token = tuple[int, _TokenType, str]


@cache
def quick(lexer: type[Lexer]) -> type[Lexer]:
    """A lexer with the same tokens: a faster one, or the same where there is none."""
    if type(lexer) is not RegexLexerMeta or getattr(lexer, "token_variants", False):
        return lexer
    own = _own_part(lexer)
    if own is None:
        return lexer
    return cast(type[Lexer], _Meta(lexer.__name__, (lexer, _QuickLexer), own))  # type: ignore[no-untyped-call]


def _own_part(lexer: type[Lexer]) -> dict[str, object] | None:
    """What a quick lexer needs of its own; None where the loop is not that of RegexLexer.

    Some lexers call that loop by its class, and change the tokens: their method is given the
    quick one under that name.
    """
    method = lexer.get_tokens_unprocessed
    if method is RegexLexer.get_tokens_unprocessed:
        return {}
    if "RegexLexer" not in method.__code__.co_names:
        return None
    known = method.__globals__ | {"RegexLexer": _QuickLexer}
    rest = (method.__name__, method.__defaults__, method.__closure__)
    return {method.__name__: FunctionType(method.__code__, known, *rest)}


class _Expression:
    """A regular expression of a rule, compiled when it is first asked."""

    def __init__(self, source: str | words, flags: int) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def firsts(self) -> int:
        pattern = self._source if isinstance(self._source, str) else _outline(self._source)
        return firsts(pattern, self._flags)

    @cached_property
    def match(self) -> Match:
        pattern = self._source if isinstance(self._source, str) else _pattern(self._source)
        return re.compile(pattern, self._flags).match


@cache
def _expression(source: str | words, flags: int) -> _Expression:
    """The same for all rules that have it: languages are like others, and so are their states."""
    return _Expression(source, flags)


def _pattern(source: words) -> str:
    return cast(str, source.get())  # type: ignore[no-untyped-call]


def _outline(source: words) -> str:
    """A pattern that begins as that of the words does; some languages have a thousand."""
    letters = sorted({re.escape(word[:1]) for word in source.words})
    return f"{source.prefix}(?:{'|'.join(letters)}){source.suffix}"


class _Meta(RegexLexerMeta):
    def _process_regex(cls, regex: str | words, rflags: int, state: str) -> _Expression:  # noqa: N805
        return _expression(regex, rflags)


class _State(dict[str, tuple[LexerRule, ...]]):
    """The rules of a state that may match, in their order, by the next character of the code."""

    def __init__(self, rules: list[tuple[Any, Any, Any]]) -> None:
        self._rules = rules

    def __missing__(self, character: str) -> tuple[LexerRule, ...]:
        here = bit(character)
        self[character] = tuple(
            (_match(expression), *_kind_or_callback(action), _steps(state))
            for expression, action, state in self._rules
            if here & _firsts(expression)
        )
        return self[character]


def _firsts(expression: _Expression | Match) -> int:
    return expression.firsts if isinstance(expression, _Expression) else ANYWHERE


def _match(expression: _Expression | Match) -> Match:
    return expression.match if isinstance(expression, _Expression) else expression


def _kind_or_callback(action: Any) -> tuple[_TokenType | None, Callback | None]:  # noqa: ANN401
    return (action, None) if type(action) is _TokenType else (None, action)


def _steps(state: str | int | tuple[str, ...] | None) -> tuple[str, ...]:
    """Where a rule leads, step by step; Pygments writes `#pop:2` as -2."""
    match state:
        case None:
            return ()
        case int():
            return ("#pop",) * -state
        case str():
            return (state,)
    return state


class _QuickLexer(RegexLexer):
    _tokens: ClassVar[dict[str, list[tuple[Any, Any, Any]]]]

    @classmethod
    @cache
    def _states(cls) -> dict[str, _State]:
        return {name: _State(rules) for name, rules in cls._tokens.items()}

    def get_tokens_unprocessed(
        self, text: str, stack: Iterable[str] = ("root",)
    ) -> Iterator[Token]:
        """The place, kind and text of each token; the stack has the current state last."""
        states = self._states()
        names = list(stack)
        state = states[names[-1]]
        place = 0
        while True:
            for match, kind, callback, steps in state[text[place : place + 1]]:
                found = match(text, place)
                if not found:
                    continue
                if kind is not None:
                    yield place, kind, found[0]
                elif callback is not None:
                    yield from callback(self, found)
                place = found.end()
                if steps:
                    _go(names, steps)
                    state = states[names[-1]]
                break
            else:
                if place >= len(text):
                    return
                if text[place] == "\n":  # a line that nothing explains ends all that was open
                    names = ["root"]
                    state = states["root"]
                    yield place, Whitespace, "\n"
                else:
                    yield place, Error, text[place]
                place += 1


def _go(names: list[str], steps: tuple[str, ...]) -> None:
    """Change the stack of states, which never loses its last."""
    for step in steps:
        if step == "#push":
            names.append(names[-1])
        elif step != "#pop":
            names.append(step)
        elif len(names) > 1:
            names.pop()
