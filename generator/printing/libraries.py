"""Loads WeasyPrint's libraries by their full names, without a search for them."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def _nowhere(name: str) -> None:  # noqa: ARG001 - as ctypes calls it
    return None


@contextmanager
def loaded_by_full_name() -> Iterator[None]:
    """Keeps ctypes from searching while WeasyPrint is imported for the first time.

    WeasyPrint tries several names for each library, the full one (``libpango-1.0.so.0``) last. For
    each that fails ctypes asks ldconfig, the compiler and the linker: a fifth of a second in all,
    to find what Linux loads by the full name anyway.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = search
