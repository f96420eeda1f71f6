"""How many cores of the processor there are to work with."""

from __future__ import annotations

import os

COUNT_VARIABLE = "PYTHON_CPU_COUNT"
"""The environment variable that states another number, as Python itself has it since 3.13."""


def available_cores() -> int:
    """How many processes may work at once: the cores this process may use, or what is stated."""
    stated = os.environ.get(COUNT_VARIABLE, "")
    if stated.isdigit() and int(stated):
        return int(stated)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
