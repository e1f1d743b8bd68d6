"""The time that decides which posts are in the future, and that a new post gets."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from sitegen.model.diagnostics import UsageError


def current_time() -> datetime:
    """`SOURCE_DATE_EPOCH` (reproducible-builds.org), else the time of this computer."""
    if (epoch := os.environ.get("SOURCE_DATE_EPOCH")) is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970"
        raise UsageError(message) from None
