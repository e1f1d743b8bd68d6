"""What has changed in a file from one of its steps to the next, as a reader sees it."""

from __future__ import annotations

from difflib import SequenceMatcher

from sitegen.content.markdown.code.figure import Block
from sitegen.content.markdown.code.files import lines_of_file
from sitegen.model.document import placeholder

_AROUND = 2
"""Lines that are shown before and after each change."""
_ELEMENTS = {"-": "del", "+": "ins", " ": "span"}


def difference_html(before: Block, before_html: str, after: Block, after_html: str) -> str:
    """The difference of two steps, each with its code as HTML in colours, to be unfolded."""
    old, new = _lines(before, before_html), _lines(after, after_html)
    matcher = SequenceMatcher(None, [t for t, _ in old], [t for t, _ in new], autojunk=False)
    parts = []
    for group in matcher.get_grouped_opcodes(_AROUND):
        lines = []
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                lines += [_line(" ", html) for _, html in new[new_start:new_end]]
            else:
                lines += [_line("-", html) for _, html in old[start:end]]
                lines += [_line("+", html) for _, html in new[new_start:new_end]]
        parts.append(f"<pre><code>{''.join(lines)}</code></pre>")
    return "".join(parts)


def _lines(block: Block, html: str) -> list[tuple[str, str]]:
    """The lines of a file, each as text and as HTML."""
    coloured = html.removesuffix("\n").split("\n")
    return [(line, coloured[number - 1]) for number, line in lines_of_file(block)]


def _line(sign: str, html: str) -> str:
    element = _ELEMENTS[sign]
    return f'<{element} class="ln">{html}\n</{element}>'


def since_html(step: int, difference: str) -> str:
    """The difference in a box that unfolds it, below the code of a step from 2 on."""
    summary = placeholder("code_since", number=step - 1)
    return (
        f'<details class="since"><summary>{summary}</summary>'
        f'<div class="highlight signs">{difference}</div></details>\n'
    )
