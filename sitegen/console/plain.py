"""What is said before a console is loaded: lines that need neither colour nor wrapping."""

from __future__ import annotations

import sys

from sitegen.console.terminal import columns, is_smart


def timed(text: str, seconds: float) -> str:
    """What was done, and how long it took."""
    return f"{text} in {seconds:.2f} s"


def said(lines: list[str], seconds: float) -> bool:
    """Whether these lines could be said, as a console says them: the last of them is the result.

    Nothing is said where one may be too wide for a terminal.
    """
    *about, result = lines
    texts = [(sys.stderr, line) for line in about] + [(sys.stdout, timed(result, seconds))]
    for stream, text in texts:
        if is_smart(stream) and not (text.isascii() and len(text) <= columns()):
            return False
    for stream, text in texts:
        stream.write(f"{text}\n")
        stream.flush()
    return True
