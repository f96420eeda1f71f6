"""How often Python looks for objects that only refer to each other."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000
"""With Python's own 700, a long document is looked through hundreds of times to free nothing."""


def collect_rarely() -> None:
    """Lets a process that ends with its task look for garbage now and then only."""
    gc.set_threshold(_NEW_OBJECTS)
