"""SG405, SG904, SG905: fences that are not closed, levels of headings, images without a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from sitegen.content.markdown.lint.findings import Findings
from sitegen.content.markdown.positions import Lines
from sitegen.model.diagnostics import Diagnostic
from sitegen.text.patterns import holds

_HTML_HEADING = re.compile("<[hH][1-6]")
"""Headings that may be those which seem to be missing."""


def find_open_fences(tokens: Sequence[Token], findings: Findings) -> None:
    """Find the code fences that only the end of the document, or of a list or quote, ends."""
    for token in tokens:
        if token.type == "fence" and token.map and not _is_closed(token, *token.map):
            row, end = token.map
            column = findings.lines[row].find(token.markup)
            last = not any(line.strip() for line in findings.lines[end:])
            swallowed = "document" if last else "list item or quote"
            said = f"unclosed code fence: all up to the end of the {swallowed} is code"
            hint = f"add a line of {token.markup} below the code, as far indented as the first"
            place = (row, max(0, column), len(token.markup))
            findings.add(f"fence {row}", Diagnostic("SG405", said, hint=hint), place)


def _is_closed(fence: Token, first: int, end: int) -> bool:
    """Whether the fence has a line more than its opening and its code."""
    code = fence.content.count("\n") + (fence.content[-1:] not in ("", "\n"))
    return end - first == code + 2


def find_skipped_headings(tokens: Sequence[Token], findings: Findings) -> None:
    """Find level 1 headings, which the title of the page is, and levels below a missing one."""
    above, upper = 1, "the title, which is level 1"
    for token in tokens:
        if token.type != "heading_open" or token.level:
            continue
        level, row = int(token.tag[1]), (token.map or (0,))[0]
        if level == 1:
            place = (row, 0, len(findings.lines[row].rstrip()))
            said = "a second level 1 heading: the title of the page is one already"
            hint = _as_level(2, findings.lines[row])
            problem = Diagnostic("SG904", said, hint=hint)
            findings.add("second h1", problem, place)
        elif level > above + 1 and not _HTML_HEADING.search(findings.body):
            place = (row, 0, len(findings.lines[row].rstrip()))
            said = f"a level {level} heading below {upper}"
            hint = _as_level(above + 1, findings.lines[row])
            problem = Diagnostic("SG904", said, hint=hint)
            findings.add("skipped level", problem, place)
        above, upper = level, f"one of level {level}"


def _as_level(level: int, line: str) -> str:
    """The hint to write a heading with so many `#`."""
    text = line.strip(" \t#")
    return f"write '{'#' * level} {text}'"


def find_silent_images(tokens: Sequence[Token], findings: Findings) -> None:
    """Find the images of Markdown that have no alternative text."""
    if not holds(findings.body, "![") or not ("![]" in findings.body or "![[" in findings.body):
        return
    lines = Lines(findings.body)
    for token in tokens:
        if token.type != "inline" or "![" not in token.content or not token.map:
            continue
        for image in token.children or ():
            if image.type == "image" and not image.content.strip() and "span" in image.meta:
                content = lines.block(token.content, *token.map)
                place = content.place(*image.meta["span"])
                written = findings.quote(place)
                add_silent_image(findings, place, IN_WIKILINK if "[[" in written else IN_MARKDOWN)


IN_MARKDOWN = 'say what it shows: ![a red fox](fox.png); if it only decorates: <img src="…" alt="">'
IN_WIKILINK = (
    'say what it shows: ![[fox.png|a red fox]]; if it only decorates: <img src="…" alt="">'
)


def add_silent_image(
    findings: Findings, place: tuple[int, int, int], hint: str = IN_MARKDOWN
) -> None:
    """Add an image without alternative text that is there."""
    said = "an image without alternative text"
    findings.add("image", Diagnostic("SG905", said, hint=hint), place)
