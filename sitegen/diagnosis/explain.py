"""What each code means: one Markdown file per code, for the manual and for `sitegen explain`.

A file has the cause, an example (files with a title, then the command and what it says in a block
`console`), and the cure: in words, and as files or commands that mend the example.
"""

from __future__ import annotations

from pathlib import Path

EXPLANATIONS = Path(__file__).with_name("explanations")


def explanation(code: str) -> str:
    """The explanation of a code, as Markdown."""
    return (EXPLANATIONS / f"{code}.md").read_text("utf-8")
