"""How front matter is set off from the body, and in which language it is written.

python-frontmatter knows the fences of YAML and TOML; its own `parse` is not used, since it strips
the body, drops what is not a mapping, passes an unclosed header to the readers of the page, and
knows no lines. Its handler of JSON takes any line that is a brace for a fence.

Most sites have YAML alone, so what reads the others is loaded for the first post that has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from frontmatter.default_handlers import BaseHandler

from sitegen.content.translation import is_known
from sitegen.data.tree import Part, Tree, TreeResult, in_quotes
from sitegen.data.yaml_tree import read_yaml
from sitegen.model.diagnostics import Diagnostic, Fix


class YamlFences(BaseHandler):
    """`---` to `---` or `...`, from the first line on."""

    FM_BOUNDARY = re.compile(r"\A---[ \t]*$|(?<=\n)(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def read(self, fm: str) -> TreeResult:
        tree, problems = read_yaml(fm)
        # A heading between two rules is a comment to YAML, and would be lost.
        is_prose = tree == Tree() and fm.startswith("\n\n") and not fm.isspace()
        if tree is not None and not is_prose:
            return tree, (*problems, *_cut_off(fm)) if " #" in fm else problems
        is_unread = not problems or problems[-1].code == "SG101"
        slip = _yaml_slip(fm, problems) if is_unread else None
        return None, (*problems[:-1], slip) if slip else problems


class TomlFences(BaseHandler):
    """`+++` to `+++`. The handler of python-frontmatter is there only beside the package `toml`."""

    FM_BOUNDARY = re.compile(r"\A\+\+\+[ \t]*$|(?<=\n)\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def read(self, fm: str) -> TreeResult:
        from sitegen.data.toml_tree import read_toml

        tree, problems = read_toml(fm)
        slip = _toml_slip(fm) if tree is None else None
        return tree, (slip,) if slip else problems


class JsonObject(BaseHandler):
    """An object of JSON from the first character on, and nothing behind it on its last line."""

    FM_BOUNDARY = re.compile(r"""\A\{(?:\s*(?:["']|\}[ \t]*$)|[ \t]*\n\s*\w+:)""", re.MULTILINE)
    START_DELIMITER = "{"
    END_DELIMITER = "}"

    def detect(self, text: str) -> bool:
        if not super().detect(text):
            return False
        end = _end_of_object(text)
        return end is None or not text[end:].partition("\n")[0].strip()

    def split(self, text: str) -> tuple[str, str]:
        end = _end_of_object(text)
        if end is None:
            raise ValueError("it never ends")
        return text[:end], text[end:].lstrip(" \t")

    def read(self, fm: str) -> TreeResult:
        from sitegen.data.json_tree import read_json

        return read_json(fm)


def _end_of_object(text: str) -> int | None:
    from sitegen.data.json_tree import end_of_object

    return end_of_object(text)


Fences = YamlFences | TomlFences | JsonObject
FENCES: tuple[Fences, ...] = (YamlFences(), TomlFences(), JsonObject())

A_RULE = "write '***' for a horizontal rule, or put keys such as `title: …` between the two"
NEARLY = r"-{2,}|[ \t]+-{3,}|[\u2013\u2014]+-?|\+{3,}|[ \t]+\+{3,}|\*\*\*|___|;;;|```"
NEARLY_CLOSED = re.compile(rf"(?<=\n)(?:{NEARLY})[ \t]*$", re.MULTILINE)
"""A line that was probably meant to close front matter, and does not."""
GOES_ON = re.compile(
    r"([A-Za-z][\w-]*):(?:[ \t].*)?\n(?:(?:[A-Za-z][\w-]*:|[ \t-]).*\n)*---[ \t]*$", re.MULTILINE
)
"""Keys, and their end."""
CUT_OFF = re.compile(
    r"^(?P<key>title|excerpt|description):[ \t]+"
    r"(?P<before>[^\s\"'#|>][^\n#]*?)(?P<sign>[ \t]#[^\s#][^\n]*)",
    re.MULTILINE,
)
"""A text, and what is behind the first sign in it that starts a comment, but has no space."""
SPACELESS = re.compile(r"^([A-Za-z][\w-]*):(?!//)(\S.*)$", re.MULTILINE)
TOML_LINE = re.compile(r"\s*^([A-Za-z][\w-]*)[ \t]*=", re.MULTILINE)
YAML_LINE = re.compile(r"\s*^([A-Za-z][\w-]*):(?:\s|$)", re.MULTILINE)


def fences_of(text: str) -> Fences | None:
    """How the front matter of a text is set off, or None where it has none."""
    if text[:1] not in ("-", "+", "{"):
        return None
    return next((fences for fences in FENCES if fences.detect(text)), None)


def unclosed(fences: Fences, text: str) -> Diagnostic:
    """SG102, at the line that was meant to close the front matter if there is one."""
    opener, closer = fences.START_DELIMITER, fences.END_DELIMITER
    if fences is not FENCES[2] and (nearly := NEARLY_CLOSED.search(text)):
        return _nearly_closed(nearly, text, closer)
    close = f"add a line '{closer}' below the last key"
    hint = f"{close}, or write '***' for a horizontal rule" if opener == "---" else close
    message = f"front matter is opened with '{opener}' and never closed"
    return Diagnostic("SG102", message, None, 1, 1, hint, len(opener))


def closed_too_early(fences: Fences, body: str, line: int) -> Diagnostic | None:
    """SG102 where front matter seems to go on in the body, which starts on this line."""
    found = GOES_ON.match(body) if fences is FENCES[0] else None
    if not found or not is_known(found[1]):
        return None
    message = f"the front matter ends here, and '{found[1]}' below is text of the page"
    hint = "remove this line"
    problem = Diagnostic("SG102", message, None, line - 1, 1, hint, len(YamlFences.END_DELIMITER))
    return replace(problem, fix=Fix(YamlFences.END_DELIMITER, ""))


def _nearly_closed(nearly: re.Match[str], text: str, closer: str) -> Diagnostic:
    written = nearly[0].rstrip()
    line = text.count("\n", 0, nearly.start()) + 1
    message = f"'{written}' does not close the front matter"
    hint = f"write '{closer}', at the start of the line"
    return Diagnostic("SG102", message, None, line, 1, hint, len(written))


def _cut_off(block: str) -> Iterator[Diagnostic]:
    """SG108 for each text with a sign such as `#1` in it, from which on YAML reads a comment."""
    for found in CUT_OFF.finditer(block):
        whole = found["before"] + found["sign"]
        message = f"'{found['sign'].strip()}' is a comment to YAML, and no part of '{found['key']}'"
        hint = f"put it in quotes: {in_quotes(whole)}; or a space behind the #, if it is a comment"
        yield Part(block).problem("SG108", message, found.start("before"), hint, found.end("sign"))


def _yaml_slip(block: str, problems: tuple[Diagnostic, ...]) -> Diagnostic | None:
    """The mistake that makes a block no mapping, for which libyaml blames a line further down."""
    until = problems[-1].line if problems else None
    part = Part("\n".join(block.split("\n")[:until]))
    if problems and (nearly := NEARLY_CLOSED.search(part.text)):
        return _nearly_closed(nearly, part.text, YamlFences.END_DELIMITER)
    for found in reversed([*SPACELESS.finditer(part.text)]):
        key, value = found.groups()
        if problems or is_known(key):
            message = f"not valid YAML: a space is missing after '{key}:'"
            hint = f"write '{key}: {value}'"
            problem = part.problem("SG101", message, found.start(2), hint)
            fix = Fix(value[0], f" {value[0]}") if is_known(key) else None
            return replace(problem, fix=fix)
    if (toml := TOML_LINE.match(part.text)) and is_known(toml[1]):
        hint = "write '+++' in place of the two lines '---'"
        return part.problem("SG101", "this is TOML between fences of YAML", toml.start(1), hint)
    return None


def _toml_slip(block: str) -> Diagnostic | None:
    part = Part(block)
    if (found := YAML_LINE.match(block)) and is_known(found[1]):
        hint = "write '---' in place of the two lines '+++'"
        return part.problem("SG101", "this is YAML between fences of TOML", found.start(1), hint)
    if nearly := NEARLY_CLOSED.search(block):
        return _nearly_closed(nearly, block, TomlFences.END_DELIMITER)
    return None
