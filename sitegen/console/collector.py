"""When Python looks for cyclic garbage: it would walk all documents of a site several times over.

Builds make little such garbage, and no more for a larger site.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


def collect_never() -> None:
    """For a command that ends: its memory goes back to the system as a whole."""
    gc.disable()
    atexit.register(gc.freeze)  # or it would be looked through at the end, though disabled


@contextmanager
def collect_later() -> Iterator[None]:
    """For one of many builds: the garbage of this one is collected when it is done."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
