"""How often Python looks for objects that only refer to each other."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000
"""With Python's own 700, a long document is looked through hundreds of times to free nothing."""
_LOOKS_AT_NEW = 20
"""After so many looks at what is new, what was there before is looked at, too: a million objects.

With Python's own 10 a check of a large department ends before anything is old enough to be freed.
"""


def collect_rarely() -> None:
    """Lets a process that ends with its task look for garbage now and then only."""
    gc.set_threshold(_NEW_OBJECTS, _LOOKS_AT_NEW)
