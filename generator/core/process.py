"""How processes work: on how many cores, what they are told of, how often they look for garbage."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

CORES_VARIABLE = "PYTHON_CPU_COUNT"
"""The environment variable that states another number of cores, as Python has it since 3.13."""

_NEW_OBJECTS = 50_000
"""With Python's own 700, a long document is looked through hundreds of times to free nothing."""
_LOOKS_AT_NEW = 20
"""After so many looks at what is new, what was there before is looked at, too: a million objects.

With Python's own 10 a check of a large department ends before anything is old enough to be freed.
"""


def available_cores() -> int:
    """How many processes may work at once: the cores this process may use, or what is stated."""
    stated = os.environ.get(CORES_VARIABLE, "")
    if stated.isdigit() and int(stated):
        return int(stated)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def collect_rarely() -> None:
    """Lets a process that ends with its task look for garbage now and then only."""
    gc.set_threshold(_NEW_OBJECTS, _LOOKS_AT_NEW)


@contextmanager
def spared_collection() -> Iterator[None]:
    """No garbage is looked for meanwhile, nor at once afterwards: what is left counts as old.

    A document takes millions of objects, of which only those that WeasyPrint leaves behind need
    a look to be freed: what lays out looks now and then (``printing/pieces/layout.py``).
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            if not gc.get_freeze_count():  # what somebody has frozen would thaw with the rest
                gc.freeze()
                gc.unfreeze()  # thawed again, nothing is new
            gc.enable()


def leave_garbage() -> None:
    """Lets this process end at once: Python would look through all objects to free them first.

    After a long document that takes as long as half a second.
    """
    gc.freeze()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Lets a process that is started meanwhile ignore Ctrl-C from its first moment on."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
