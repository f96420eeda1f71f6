"""The details of what nobody foresaw, for whoever maintains the program.

Imports the standard library only.
"""

from __future__ import annotations

import os
import platform
import sys
import traceback
from contextlib import suppress
from pathlib import Path

from generator.core.version import installed_version

LOG_VARIABLE = "DISCLOSURE_DEBUG_LOG"
"""The environment variable that names the file for details; processes started inherit it."""


def log_error(error: BaseException) -> None:
    """Writes the details of an error to the file named for that, if one is."""
    named = os.environ.get(LOG_VARIABLE)
    if not named:
        return
    head = f"disclosure {installed_version()}, Python {sys.version}, {platform.platform()}"
    lines = [head, repr(sys.argv), *traceback.format_exception(error)]
    with suppress(OSError), Path(named).open("a", encoding="utf-8", errors="replace") as file:
        file.write("\n".join(lines) + "\n")
