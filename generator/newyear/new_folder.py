"""The new year's folder: its name, and the way to last year's from it."""

from __future__ import annotations

import os
import re
from pathlib import Path


def named_for_next_year(folder: Path, year: int) -> Path | None:
    """The folder beside this year's with the year in its name moved on; ``None`` without one."""
    folder = folder if folder.name else folder.resolve()
    name = re.sub(rf"(?<!\d){year}(?!\d)", str(year + 1), folder.name)
    return folder.with_name(name) if name != folder.name else None


def seen_from(new: Path, folder: Path) -> str:
    """The path to a folder as seen from another, with / on every system."""
    try:
        return Path(os.path.relpath(folder.resolve(), new.resolve())).as_posix()
    except ValueError:  # on another drive of Windows
        return folder.resolve().as_posix()
