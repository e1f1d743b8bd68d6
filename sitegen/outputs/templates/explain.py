"""Why a template gives no page: exceptions of Jinja and Python in the words of its author.

Jinja knows lines, not columns. The column is that of the word which the exception is about.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from jinja2 import (
    Environment,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.utils import missing

from sitegen.model.diagnostics import Diagnostic
from sitegen.model.frozen import FrozenError
from sitegen.outputs.context import Page
from sitegen.outputs.data_folder import DataFolder
from sitegen.outputs.templates.guard import RefusedError
from sitegen.outputs.templates.speech import NoSuchWordError
from sitegen.outputs.templates.tags import CLOSED_TAGS, TEMPLATE_TAGS, opened_tags
from sitegen.outputs.templates.texts import THEME_FOLDER, TemplateTexts
from sitegen.outputs.templates.undefined import UnknownNameError
from sitegen.site.facts import SiteFacts
from sitegen.text.spelling import did_you_mean

FOREIGN_TAGS = {"assign": "set", "capture": "set", "elseif": "elif", "elsif": "elif"}
FOREIGN_FILTERS = {
    "date_to_xmlschema": "iso",
    "downcase": "lower",
    "jsonify": "tojson",
    "safeHTML": "safe",
    "size": "length",
    "strip_html": "striptags",
    "upcase": "upper",
}
FOREIGN_NAMES = {"article": "page", "config": "site", "post": "page", "section": "page"}
FOREIGN_ATTRIBUTES = {
    "base_url": "absolute_url",
    "baseurl": "base_path",
    "body": "content",
    "link": "url",
    "params": "extra",
    "permalink": "absolute_url",
    "summary": "excerpt",
}
"""What other generators call what is here, and its name."""

TERA = re.compile(
    r"\{[{%][^{}]*?(?:\b\w+::\w+\(|\bget_(?:url|page|section|taxonomy)\(|\bconfig\.\w)"
)
"""What only templates of Zola hold."""
OF_ZOLA = "this is a template of Zola: move it out of templates/, and that of the theme is used"

UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(\w+)'")
INNERMOST = re.compile(r"needs to be closed is '(\w+)'")
UNKNOWN_NAME = re.compile(r"No (filter|test) named '([\w.]+)'")
GOT = re.compile(r", got '(.+)'$|unexpected (?:char )?['\"](.)['\"]")
ENDED = re.compile(r"(\{[{%])([^{}]*?)(%?\}{1,2})")
"""A tag or a variable of Jinja: how it starts, what it says, how it ends."""
OPERATORS = {
    "=": "to compare, write '=='",
    "&": "write 'and'",
    "|": "write 'or'",
    "!": "write 'not'",
    "?": "write 'yes if condition else no'",
    "of": "write 'in'",
    "'": "close the quotes",
    '"': "close the quotes",
}
"""What other languages have, and how Jinja says it."""
WRONG_CALL = re.compile(r"(?:[\w.<>]*\.)?(<lambda>|\w+)\(\) (?:takes |got |missing )")


class Explainer:
    """Explains what templates raise."""

    def __init__(self, texts: TemplateTexts, environment: Environment) -> None:
        self._texts, self._environment = texts, environment

    def explain(self, template: str, error: Exception, page: Page | None) -> Diagnostic:
        """Why there is no page: SG501 to SG504, at the innermost template line."""
        found = self._explained(template, error, page)
        return replace(found, hint=OF_ZOLA) if TERA.search(self._text(found.path)) else found

    def _explained(self, template: str, error: Exception, page: Page | None) -> Diagnostic:
        match error:
            case TemplateNotFound():
                return self._missing(str(error.name or template), error)
            case TemplateSyntaxError():
                return self._unreadable(error)
            case UnknownNameError():
                return self._undefined(error, page)
            case RefusedError():
                found = self._located("SG504", str(error.message), error, error.word, error.hint)
                if error.word == "date" and error.hint is None:
                    return replace(found, hint=_date_format(self._line(found)))
                return found if error.word else self._at_expression(found)
            case NoSuchWordError():
                return self._located("SG507", str(error.message), error, error.key, error.hint)
            case FrozenError():
                hint = "make a table of your own: dict(site.extra, key=value)"
                return self._located("SG504", str(error), error, error.method, hint)
            case TemplateRuntimeError() if unknown := UNKNOWN_NAME.match(str(error)):
                # Jinja looks it up only as it runs where it is in an `if`.
                message, near = self._unknown_name(unknown)
                return self._located("SG501", message, error, unknown[2], near)
            case RecursionError():
                return self._endless(error)
            case TypeError() if called := WRONG_CALL.match(str(error)):
                return self._wrong_call(called[1], error)
        return self._located("SG504", f"{type(error).__name__}: {error}", error)

    def _at_expression(self, problem: Diagnostic) -> Diagnostic:
        """The problem at what its line shows, if that is one expression only."""
        found = list(re.finditer(r"\{\{.*?\}\}", self._line(problem)))
        if len(found) != 1:
            return problem
        return replace(problem, column=found[0].start() + 1, length=len(found[0][0]))

    def _missing(self, name: str, error: Exception) -> Diagnostic:
        problem = self._located("SG503", f"no such template '{name}'", error, name)
        names = self._texts.names - {self._own_name(problem.path)}
        # A post may name one of another generator, which is like none here.
        cutoff = 0.6 if problem.path else 0.8
        return replace(problem, hint=did_you_mean(name, sorted(names), cutoff=cutoff))

    def _own_name(self, path: str | None) -> str:
        """The name of the template with this path, if it is one of the site."""
        return next((name for name, text in self._texts.own.items() if text.path == path), "")

    def _endless(self, error: Exception) -> Diagnostic:
        """A template that needs itself: as a rule, one that is to extend the theme's."""
        message = "this template includes or extends itself"
        problem = self._located("SG504", message, error)
        name = self._own_name(problem.path)
        if name not in self._texts.themes:
            return problem
        hint = f"did you mean '{THEME_FOLDER}{name}'?"
        return self._at("SG504", message, problem.path, problem.line, name, hint)

    def _unreadable(self, error: TemplateSyntaxError) -> Diagnostic:
        said, path, line = error.message or "not a valid template", error.filename, error.lineno
        tag, innermost = UNKNOWN_TAG.search(said), INNERMOST.search(said)
        if innermost and not tag:
            return self._unclosed(innermost[1], path)
        if tag:
            return self._unknown_tag(tag[1], innermost[1] if innermost else None, path, line)
        if unknown := UNKNOWN_NAME.match(said):
            message, hint = self._unknown_name(unknown)
            return self._at("SG501", message, path, line, unknown[2], hint)
        sentence = said.partition(". ")[0].rstrip(".")
        message = f"template syntax error: {sentence[:1].lower()}{sentence[1:]}"
        got = GOT.search(sentence)
        sign = (got[1] or got[2]) if got else ""
        found = self._at("SG501", re.sub(r" at \d+$", "", message), path, line, sign)
        text = self._line(found)
        if sign == "}" and (wrong := _wrong_end(text)):
            start, length, right = wrong
            return replace(found, column=start + 1, length=length, hint=f"write '{right}'")
        return replace(found, hint=_of_liquid(text) or OPERATORS.get(sign))

    def _unknown_name(self, unknown: re.Match[str]) -> tuple[str, str | None]:
        """The message and the hint for a filter or a test that there is not."""
        kind, name = unknown.groups()
        known = self._environment.filters if kind == "filter" else self._environment.tests
        near = FOREIGN_FILTERS.get(name)
        hint = did_you_mean(near or name, [near] if near else sorted(known))
        return f"unknown {kind} '{name}'", hint

    def _unclosed(self, word: str, path: str | None) -> Diagnostic:
        """A tag without its end, where it starts: Jinja tells only of the end of the file."""
        opened = list(opened_tags(self._environment, self._text(path)))
        line = next((at for at, tag in reversed(opened) if tag == word), None)
        hint = f"close it with {{% end{word} %}}"
        return self._at("SG501", f"'{word}' is never closed", path, line, word, hint)

    def _unknown_tag(
        self, tag: str, innermost: str | None, path: str | None, line: int | None
    ) -> Diagnostic:
        hint = None
        if tag.removeprefix("end") not in TEMPLATE_TAGS and tag not in ("else", "elif"):
            message, near = f"unknown tag '{tag}'", FOREIGN_TAGS.get(tag)
            ends = [f"end{name}" for name in CLOSED_TAGS]
            hint = did_you_mean(
                near or tag, [near] if near else [*TEMPLATE_TAGS, *ends, "else", "elif"]
            )
        elif innermost:
            lines = self._text(path).split("\n")[:line]
            before = "\n".join(lines).rpartition(tag)[0] + " %}"
            opened = [
                at for at, name in opened_tags(self._environment, before) if name == innermost
            ]
            since = f", which is open since line {opened[-1]}" if opened else ""
            message = f"'{tag}' does not belong to '{innermost}'{since}"
            hint = f"close that first, with {{% end{innermost} %}}"
        else:
            message = f"'{tag}' has no tag before it that it belongs to"
        return self._at("SG501", message, path, line, tag, hint)

    def _undefined(self, error: UnknownNameError, page: Page | None) -> Diagnostic:
        """SG502, in the words of the template where its line shows what was asked for the name."""
        problem = self._located("SG502", str(error), error, error.name)
        if error.owner is missing:
            return replace(problem, hint=self._meant(error.name, problem.path, page))
        problem = replace(problem, hint=_meant_attribute(error.name, error.owner))
        owners = set(
            re.findall(rf"([A-Za-z_][\w.]*)\.{re.escape(error.name)}\b", self._line(problem))
        )
        if len(owners) != 1:
            return problem
        [owner] = owners
        if error.owner is None:
            hint = f"test it first: {{% if {owner} %}}"
            return replace(problem, message=f"{owner} is not set", hint=hint)
        if isinstance(error.owner, Mapping) and not problem.hint:
            hint = f"test it first: {{% if {owner}.{error.name} is defined %}}"
            if isinstance(error.owner, DataFolder):
                folder = owner.partition(".")[2].replace(".", "/")
                hint = f"write {folder}/{error.name}.yaml, or {hint}"
            problem = replace(problem, hint=hint)
        return replace(problem, message=f"{owner} has no '{error.name}'")

    def _meant(self, name: str, path: str | None, page: Page | None) -> str | None:
        """The hint for the name of a variable that nothing defines."""
        if name in FOREIGN_NAMES and page:
            return f"did you mean '{FOREIGN_NAMES[name]}'?"
        of_page = dir(page) if page else ()
        for owner, attributes in (("page", of_page), ("site", dir(SiteFacts))):
            if name in attributes:
                return f"did you mean '{owner}.{name}'?"
        return did_you_mean(
            name,
            ["site", *(["page"] if page else ()), *self._environment.globals, *self._set_in(path)],
        )

    def _set_in(self, path: str | None) -> Iterator[str]:
        """The names that a template gives to values of its own."""
        for found in self._environment.parse(self._text(path)).find_all(nodes.Name):
            if found.ctx != "load":
                yield found.name

    def _wrong_call(self, name: str, error: Exception) -> Diagnostic:
        """A call with arguments that the function does not take."""
        filters = [key for key, of in self._environment.filters.items() if _is_named(of, name)]
        functions = [key for key, of in self._environment.globals.items() if _is_named(of, name)]
        if not filters and not functions:
            return self._located("SG504", f"wrong arguments: {error}", error, name)
        called = (filters or functions)[0]
        found = self._located("SG504", f"'{called}' does not take these arguments", error, called)
        hint = _date_format(self._line(found)) if called == "date" else None
        usage = self._usage(called, is_filter=bool(filters))
        return replace(found, hint=hint or f"it is called as {usage}")

    def _usage(self, name: str, *, is_filter: bool) -> str:
        table: Mapping[str, Any] = (
            self._environment.filters if is_filter else self._environment.globals
        )
        parameters = inspect.signature(table[name]).parameters.values()
        given = [p.name for p in parameters if p.name not in ("context", "eval_ctx", "environment")]
        shown = [each for each in given[1:] if each not in ("args", "kwargs")]
        if is_filter:
            return f"value | {name}({', '.join(shown)})" if shown else f"value | {name}"
        return f"{name}({', '.join(given)})"

    def _line(self, problem: Diagnostic) -> str:
        """The line of a template that a problem is in."""
        if problem.path is None or problem.line is None:
            return ""
        return self._texts.lines[problem.path][problem.line - 1]

    def _text(self, path: str | None) -> str:
        return "\n".join(self._texts.lines.get(path or "", ()))

    def _located(
        self, code: str, message: str, error: Exception, word: str = "", hint: str | None = None
    ) -> Diagnostic:
        """The diagnostic at the innermost template line that the error passed through."""
        path, line, traceback = None, None, error.__traceback__
        while traceback:
            if (name := traceback.tb_frame.f_code.co_filename) in self._texts.lines:
                path, line = name, traceback.tb_lineno
            traceback = traceback.tb_next
        return self._at(code, message, path, line, word, hint)

    def _at(
        self,
        code: str,
        message: str,
        path: str | None,
        line: int | None,
        word: str = "",
        hint: str | None = None,
    ) -> Diagnostic:
        """The diagnostic at a word of a template's line, or at what the line starts with."""
        if path is None or line is None:
            return Diagnostic(code, message, path, hint=hint)
        text = self._texts.lines[path][line - 1]
        column = _column(text, word)
        if column < 0:
            column, word = len(text) - len(text.lstrip()), ""
        return Diagnostic(code, message, path, line, column + 1, hint, max(1, len(word)))


def _date_format(line: str) -> str | None:
    """How to write the `page.date | date("%Y")`, or `date: "%Y"`, of a line."""
    found = re.search(
        r"""([A-Za-z_][\w.]*)\s*\|\s*date\s*[(:]\s*(?:\w+\s*=\s*)?("[^"]*"|'[^']*')""", line
    )
    return f"write {found[1]}.strftime({found[2]})" if found else None


def _of_liquid(line: str) -> str | None:
    """The hint for a line with a filter as Liquid has it: `| truncate: 50`."""
    found = re.search(r"\|\s*(\w+)\s*:\s*([^|}]*[^|}\s])", line)
    if found is None:
        return None
    return _date_format(line) or f"arguments are in parentheses: {found[1]}({found[2]})"


def _wrong_end(line: str) -> tuple[int, int, str] | None:
    """Where and how long the end is of a tag or a variable that ends as the other does, halfway, or
    before its brackets do; and what to write there.
    """
    for found in ENDED.finditer(line):
        right = "}}" if found[1] == "{{" else "%}"
        missing = "".join(
            close for open_, close in ("()", "[]") if found[2].count(open_) > found[2].count(close)
        )
        if found[3] != right or missing:
            return found.start(3), len(found[3]), f"{missing}{right}"
    return None


def _column(text: str, word: str) -> int:
    """Where a word stands in a line, from 0, as a whole word if it can be; -1: nowhere."""
    if not word:
        return -1
    whole = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return whole.start() if whole else text.find(word)


def _is_named(of: object, name: str) -> bool:
    return getattr(of, "__name__", None) == name


def _meant_attribute(name: str, owner: object) -> str | None:
    """The hint for an attribute that a value does not have."""
    if isinstance(owner, tuple) and hasattr(list, name):
        return "a list of the site cannot be changed; copy it first, with | list"
    known = [str(key) for key in (owner if isinstance(owner, Mapping) else dir(owner))]
    known = [key for key in known if not key.startswith("_")]
    foreign = FOREIGN_ATTRIBUTES.get(name)
    if foreign in known and not isinstance(owner, Mapping):
        return f"did you mean '{foreign}'?"
    return did_you_mean(name, known)
