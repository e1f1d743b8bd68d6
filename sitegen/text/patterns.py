"""Regular expressions of which most builds need none."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled when it is first asked for.

    That takes up to a millisecond, and `re` itself forgets what it has compiled after 512 others.
    """
    return re.compile(pattern, flags)
