"""`- [x] done`, as GitHub has it."""

from __future__ import annotations

from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.content.markdown.plain_text import text_of
from sitegen.content.markdown.syntax import NOWHERE, Syntax


def _install(parser: MarkdownIt) -> None:
    parser.options["tasklists"] = True
    parser.core.ruler.push("name_tasks", _name_tasks)


def _name_tasks(state: StateCore) -> None:
    """Put the box of a task before its text, which is its name too."""
    for item, inline in zip(state.tokens, state.tokens[2:], strict=False):
        if "checked" in item.meta and (label := text_of(inline)):
            checked = " checked" if item.meta.pop("checked") else ""
            box = f'<input type="checkbox" disabled{checked} aria-label="{escape(label)}"> '
            inline.children = [Token("html_inline", "", 0, content=box), *(inline.children or ())]


TASK_LISTS = Syntax("task lists", _install, inline={"name_tasks": NOWHERE})
