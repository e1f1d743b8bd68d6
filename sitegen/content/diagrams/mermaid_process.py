"""A process of its own that draws Mermaid diagrams, and may be ended by any of them.

It reads a list of sources as JSON, and for each writes a line of JSON as soon as it is drawn: its
SVG, what is wrong with its source, or why it cannot be drawn here. `mermaid` starts it.

Two programs have a part: merman, which knows Mermaid's grammar, says what is wrong; and
mermaid-rs-renderer draws, with cleaner results, but knows less of the grammar. What it does not
know is written here in words that it knows.
"""

from __future__ import annotations

import json
import re
import sys
import time

_PARSER, _RENDERER = "merman", "mermaid-rs-renderer"
_SECONDS = 5
"""Seconds of the processor that a diagram may take."""
_BYTES = 2 << 30
"""Memory that the process may have."""
_MOST_PARTICIPANTS = 50

_ACTIVATION = re.compile(r"(<?<?--?>?>|--?[x)])[+-][ \t]*(?=\S)")
_SEQUENCE = re.compile(r"^[ \t]*sequenceDiagram\b", re.MULTILINE)
_ANNOTATION = re.compile(r"^([ \t]*)<<(\w+)>>[ \t]*$", re.MULTILINE)
_ANNOTATED = re.compile(r"^([ \t]*)<<(\w+)>>[ \t]+(\w+)[ \t]*$", re.MULTILINE)
_STYLED = re.compile(r'"`([^"`]*)`"')
"""A label in Markdown, of which only emphasis is looked at."""
_STRANGER = re.compile(r"unknown participant '(.+)' at line (\d+)")


def _answer(source: str) -> dict[str, str]:
    """The `svg` of a diagram, else its `mistake`, or what it `lacks` to be drawn here."""
    try:
        _render(source, _PARSER)
    except ValueError as error:
        return {"mistake": str(error)}
    try:
        return {"svg": _drawn(_spelled(source))}
    except ValueError as error:
        return {"lacks": str(error)}


def _spelled(source: str) -> str:
    """The source without activations and emphasis, and with annotations of classes as members."""
    if _SEQUENCE.search(source):
        return _ACTIVATION.sub(r"\1", source)
    source = _ANNOTATION.sub("\\1\u00ab\\2\u00bb", source)
    source = _STYLED.sub(lambda label: f'"{label[1].replace("*", "")}"', source)
    return _ANNOTATED.sub("\\1\\3 : \u00ab\\2\u00bb", source)


def _drawn(source: str) -> str:
    """The SVG. A participant that is not introduced is, in front of its first line."""
    lines = source.split("\n")
    for _ in range(_MOST_PARTICIPANTS):
        try:
            return _render("\n".join(lines), _RENDERER)
        except ValueError as error:
            if not (found := _STRANGER.search(str(error))):
                raise
            lines.insert(int(found[2]) - 1, f"participant {found[1]}")
    raise ValueError(f"more than {_MOST_PARTICIPANTS} participants")


def _render(source: str, program: str) -> str:
    """The SVG of a diagram. Raises ValueError, with the reason."""
    from mmdr import render  # in this process alone, since it writes to the console at its end

    return str(render(source, backend=program).svg())


def _limit(seconds: float) -> None:
    """End the process when the next diagram takes too long, where the system can."""
    try:
        import resource
    except ImportError:
        return
    soft = int(time.process_time() + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, soft + 1))


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


def _run() -> None:
    """Answer what is asked on the standard input."""
    sources = json.loads(sys.stdin.buffer.read())
    _bound_memory()
    for source in sources:
        _limit(_SECONDS)
        sys.stdout.buffer.write(json.dumps(_answer(source)).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _run()
