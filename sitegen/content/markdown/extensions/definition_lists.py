"""A term, and below it `: its definition`, as Pandoc has it."""

from __future__ import annotations

from mdit_py_plugins.deflist import deflist_plugin

from sitegen.content.markdown.syntax import LATER_LINE, Syntax

DEFINITION_LISTS = Syntax("definition lists", deflist_plugin, block={"deflist": LATER_LINE})
