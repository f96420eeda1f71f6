"""Bounds for a process that reads what nobody vouches for: time of the processor, and memory."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress

DAMAGED = 70
TOO_SLOW = 71
OUT_OF_MEMORY = 72
MOST_BYTES = 1_400 * 2**20
FIRST_SECONDS = 10.0
"""Of the processor, to open a file and for its first pages."""
SECONDS_A_PAGE = 0.2
SECONDS_A_MEGABYTE = 30.0
"""At most: a small file is not a long document."""
_LOOK = 0.1


class Watchdog:
    """Ends the process when it has used more time than its pages so far allow.

    Args:
        size: of the file that is read, in bytes.
    """

    def __init__(self, size: int) -> None:
        self._allowed = FIRST_SECONDS
        self._most = FIRST_SECONDS + SECONDS_A_MEGABYTE * size / 2**20
        threading.Thread(target=self._watch, daemon=True).start()

    def page_done(self) -> None:
        """Allows the time that another page takes."""
        self._allowed = min(self._allowed + SECONDS_A_PAGE, self._most)

    def _watch(self) -> None:
        while time.process_time() < self._allowed:
            time.sleep(_LOOK)
        os._exit(TOO_SLOW)


def limit_memory() -> None:
    """Lets the process have no more memory than reading a draft may take, if the system can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
