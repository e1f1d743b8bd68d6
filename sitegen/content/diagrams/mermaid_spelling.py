"""Mermaid in words that mermaid-rs-renderer knows, which are fewer than those of Mermaid.

What it does not know it takes for a text, or leaves out without a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_HEADER = re.compile(
    r"(?:\s*---[ \t]*\n(?:(?![ \t]*---)[^\n]*\n)*+[ \t]*---[ \t]*\n)?(?:\s*%%[^\n]*\n)*+\s*([\w-]+)"
)
_STYLED = re.compile(r'"`([^"`]*)`"')
"""A label in Markdown."""
_EMPHASIS = re.compile(r"\*+|\b_+|_+\b")
_ENTITY = re.compile(r"#(quot|\d+);")
"""A character by its number, as Mermaid has it."""

_ACTIVATION = re.compile(r"(<?<?--?>?>|--?[x)])[+-][ \t]*(?=\S)")
_CROSS = re.compile(r"(?m)^([ \t]*[^\s:-][^:\n-]*?)(--?)x[ \t]*(\w[^:\n]*):[ \t]*")
_OPEN_ARROW = re.compile(r"(?<=\w)([ \t]*--?)\)(?=[ \t]*\w)")
_ANNOTATION = re.compile(r"^([ \t]*)<<(\w+)>>[ \t]*$", re.MULTILINE)
_ANNOTATED = re.compile(r"^([ \t]*)<<(\w+)>>[ \t]+(\w+)[ \t]*$", re.MULTILINE)
_GENERIC = re.compile(r"(?<=\w)~([^~\n]+)~")
_GENERIC_CLASS = re.compile(r"(?m)^[ \t]*class (\w+)(‹[^›]+›)")
_ABOUT_CLASSES = re.compile(r".*(?:--|\.\.)|\s*(?:\w+[ \t]*:|style\b)")
_NOTE = re.compile(
    r"^([ \t]*note (?:right|left) of \S+)[ \t]*\n(.*?)\n[ \t]*end note\b", re.MULTILINE | re.DOTALL
)

_TASK = re.compile(
    r"(?!\s*(?:%%|(?:title|section|dateFormat|axisFormat|tickInterval|todayMarker|click|excludes"
    r"|includes|weekday|weekend|accTitle|accDescr)\b))(?P<name>[^:\n]+):(?P<given>[^:\n]+)"
)
_TASK_TAGS = ("active", "done", "crit", "milestone", "vert")

_EDGE = re.compile(
    r"""
    [ \t]* (?P<start> (?<=[ \t])[xo] | < | (?<=[ \t])\w+@ )?
    (?: --+[-xo>] | ==+[=xo>] | -\.+-[xo>]? | ~~~+
      | (?:--|==|-\.) [ \t]* (?P<text> [^\n|;]{1,200}? ) [ \t]*
        (?P<end> --+[-xo>] | ==+[=xo>] | \.+-[xo>]? ) )
    (?: [ \t]* \|[^|\n]*\| )? [ \t]*
    """,
    re.VERBOSE,
)
_NO_EDGES = re.compile(r"\s*(?:%%|(?:style|classDef|class|click|linkStyle|acc(?:Title|Descr))\b)")
_LABEL = r'"[^"\n]*"|\|[^|\n]*\||\[[^\[\]\n]*\]|\([^()\n]*\)|\{[^{}\n]*\}'
_ID = r"(?<![\w-])\w+(?:-\w+)+"
_WITH_HYPHEN = re.compile(rf"(?<!:){_ID}(?![\w-])")
_HYPHEN = "_hyphen_"
_FONT_ICON = re.compile(r"\bfa[bsrldk]?:fa-[\w-]+ ?")


def kind_of(source: str) -> str:
    """The word that says of which type a diagram is."""
    header = _HEADER.match(source)
    return header[1] if header else ""


def spelled(source: str) -> str:
    """The diagram as the renderer knows it."""
    kind = kind_of(source).partition("-")[0]
    source = _ENTITY.sub(_character, source)
    source = _STYLED.sub(_plain, source)
    return _BY_KIND.get(kind, str)(source)


def _plain(label: re.Match[str]) -> str:
    lines = map(str.strip, _EMPHASIS.sub("", label[1]).split("\n"))
    return f'"{"<br/>".join(lines)}"'


def _character(entity: re.Match[str]) -> str:
    """The character, unless it would be read as syntax."""
    if entity[1] == "quot":
        return "\u201d"
    sign = chr(int(entity[1])) if len(entity[1]) < 7 else ""
    return sign if sign > "\x7f" and sign.isprintable() else entity[0]


def _sequence(source: str) -> str:
    """Without activations, and with arrows that have a head; a cross is in the text."""
    source = _CROSS.sub("\\1\\2>>\\3: \u00d7 ", _ACTIVATION.sub(r"\1", source))
    return _OPEN_ARROW.sub(r"\1>>", source)


def _classes(source: str) -> str:
    """With annotations as members, and generic types in brackets that are part of a name."""
    source = _ANNOTATED.sub("\\1\\3 : \u00ab\\2\u00bb", source)
    source = _ANNOTATION.sub("\\1\u00ab\\2\u00bb", source)
    source = _GENERIC.sub("\u2039\\1\u203a", source)
    types = dict(_GENERIC_CLASS.findall(source))
    if not types:
        return source
    bare = re.compile(rf"\b({'|'.join(types)})\b(?!\u2039)")

    def whole(line: str) -> str:
        return bare.sub(lambda name: name[0] + types[name[0]], line)

    lines = source.split("\n")
    return "\n".join(whole(line) if _ABOUT_CLASSES.match(line) else line for line in lines)


def _states(source: str) -> str:
    """With notes on one line."""

    def on_one(note: re.Match[str]) -> str:
        return f"{note[1]} : {'<br/>'.join(map(str.strip, note[2].split(chr(10))))}"

    return _NOTE.sub(on_one, source)


def _timeline(source: str) -> str:
    """With all events of a time on one line."""
    return re.sub(r"\n[ \t]+:", " :", source)


def _gantt(source: str) -> str:
    """With an id and a start for each task: one that says how long it takes follows the last."""
    lines = source.split("\n")
    last = ""
    for number, line in enumerate(lines):
        if not (task := _TASK.fullmatch(line)):
            continue
        given = [part.strip() for part in task["given"].split(",")]
        tags = [part for part in given if part in _TASK_TAGS]
        rest = given[len(tags) :]
        name = rest.pop(0) if len(rest) > 2 else f"task_{number}"
        start = [f"after {last}"] if last and len(rest) == 1 else []
        lines[number] = f"{task['name']}:{', '.join((*tags, name, *start, *rest))}"
        last = name
    return "\n".join(lines)


def _flowchart(source: str) -> str:
    """Without hyphens in the ids of nodes, with an edge a line, and without apostrophes, which are
    quotation marks there."""
    lines = _with_plain_ids(_FONT_ICON.sub("", source)).split("\n")
    return "\n".join(
        line if _NO_EDGES.match(line) else _edges(line.replace("'", "\u2019")) for line in lines
    )


def _with_plain_ids(source: str) -> str:
    """The ids of nodes without hyphens, which would be taken for edges."""
    bare = re.sub(_LABEL, " ", _EDGE.sub(" ", re.sub(_LABEL, "[]", source)))
    lines = (line for line in bare.split("\n") if not _NO_EDGES.match(line))
    ids = {*_WITH_HYPHEN.findall("\n".join(lines))}
    if not ids:
        return source

    def plain(found: re.Match[str]) -> str:
        return found[0].replace("-", _HYPHEN) if found[0] in ids else found[0]

    with_label = {*re.findall(rf"({_ID})[\[({{>@]", source)}
    labels = (f'{name.replace("-", _HYPHEN)}["{name}"]' for name in sorted(ids - with_label))
    return "\n".join((re.sub(rf"{_LABEL}|{_ID}", plain, source), *labels))


def _edges(line: str) -> str:
    """The edges of a line, each on a line: where they are of several kinds, some get lost."""
    statements: list[list[str]] = [[]]  # a node, an edge, a node …
    start = at = depth = 0
    while at < len(line):
        sign = line[at]
        if not depth and at > start and (edge := _EDGE.match(line, at)):
            statements[-1] += (line[start:at], _edge(edge))
            start = at = edge.end()
            continue
        if not depth and sign == ";":
            statements[-1].append(line[start:at])
            statements.append([])
            start = at + 1
        elif sign == '"':
            at = max(at, line.find('"', at + 1))
        elif sign in "[({" or (sign == ">" and not depth):
            depth += 1
        elif sign in "])}":
            depth -= 1
        at += 1
    statements[-1].append(line[start:])
    return "\n".join(
        "".join(parts[index : index + 3])
        for parts in statements
        for index in range(0, max(1, len(parts) - 2), 2)
    )


def _edge(edge: re.Match[str]) -> str:
    """An edge whose text is behind it: one in the middle would be taken for a node."""
    if not edge["text"]:
        return edge[0]
    dash = "-" if edge["end"].startswith(".") else ""
    return f" {edge['start'] or ''}{dash}{edge['end']}|{edge['text']}| "


_BY_KIND: Mapping[str, Callable[[str], str]] = {
    "flowchart": _flowchart,
    "gantt": _gantt,
    "timeline": _timeline,
    "graph": _flowchart,
    "sequenceDiagram": _sequence,
    "classDiagram": _classes,
    "stateDiagram": _states,
}
