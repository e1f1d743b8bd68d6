"""A process of its own that draws Mermaid diagrams, and may be ended by any of them.

It reads a list of sources as JSON, each as it is and as it is spelled for the renderer, and writes
a line of JSON as soon as one is drawn: its SVG, what is wrong with its source, or why it cannot be
drawn here. `mermaid` starts it.

Two programs have a part: merman, which knows Mermaid's grammar, says what is wrong; and
mermaid-rs-renderer draws, with cleaner results, but knows less of the grammar, and leaves out what
it does not know. A drawing without a word that merman shows, or with other edges, is none.
"""

from __future__ import annotations

import json
import re
import sys
import time
from html import unescape

_PARSER, _RENDERER = "merman", "mermaid-rs-renderer"
_SECONDS = 5
"""Seconds of the processor that a diagram may take."""
_BYTES = 2 << 30
"""Memory that the process may have."""
_MOST_PARTICIPANTS = 50

_STRANGER = re.compile(r"unknown participant '(.+)' at line (\d+)")
_TAG = re.compile(
    r"<(style|title|desc)\b.*?</\1>|</?(?:b|br|code|em|i|s|small|strong|sub|sup|u)\b[^>]*>",
    re.DOTALL,
)
_EDGE_THERE, _EDGE = 'data-edge="true"', 'class="edgePath"'
"""What each edge has, in a drawing of merman and of the renderer."""
_YEAR = re.compile(r">\s*(\d{4})-\d\d-\d\d\s*<")
_ELEMENT = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r"\A\s*---\n(?s:.*?)\n[ \t]*---[ \t]*\n|^[ \t]*links?[ \t].*$", re.MULTILINE)
"""Front matter, and links."""


def _answer(source: str, spelled: str) -> dict[str, str]:
    """The `svg` of a diagram, else its `mistake`, or what it `lacks` to be drawn here."""
    try:
        complete = _render(source, _PARSER)
    except ValueError as error:
        return {"mistake": str(error)}
    try:
        svg = _drawn(spelled)
    except ValueError as error:
        return {"lacks": str(error)}
    if lost := _lost(source, complete, svg):
        return {"lacks": f"'{lost}' would be missing"}
    if 'class="flowchart"' in complete and complete.count(_EDGE_THERE) != svg.count(_EDGE):
        return {"lacks": "its edges would be wrong"}
    if _has_other_dates(complete, svg):
        return {"lacks": "its dates would be wrong"}
    return {"svg": svg}


def _has_other_dates(complete: str, svg: str) -> bool:
    """Whether an axis reaches much further than that of the other drawing."""
    right, drawn = ([int(it) for it in _YEAR.findall(drawing)] for drawing in (complete, svg))
    return bool(right and drawn) and (max(drawn) - max(right) > 1 or min(right) - min(drawn) > 1)


def _lost(source: str, complete: str, svg: str) -> str:
    """The first word of a source that is in the other drawing only; empty where there is none.

    Either may have broken it in two. What has no effect here is not looked for.
    """
    written = re.sub(r"\W", "", _UNSEEN.sub("", source))
    shown = "".join(_words(svg))
    return next((it for it in _words(complete) if it in written and it not in shown), "")


def _words(svg: str) -> list[str]:
    """The words with letters that readers of a drawing see, without punctuation and HTML."""
    text = _TAG.sub(" ", unescape(_ELEMENT.sub(" ", _TAG.sub(" ", svg))))
    return [re.sub(r"\W", "", word) for word in text.split() if re.search(r"[^\W\d_]", word)]


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
    for source, spelled in sources:
        _limit(_SECONDS)
        sys.stdout.buffer.write(json.dumps(_answer(source, spelled)).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _run()
