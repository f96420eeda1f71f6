"""The new year's folder: its name, and writing it whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.complaints import system_cause
from generator.findings import Finding, Place, UnusableInputError


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


def refuse_taken(folder: Path) -> None:
    """Refuses a folder in which something stands: nothing is ever overwritten.

    Raises:
        UnusableInputError: E503, or E501 where it cannot be looked into.
    """
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:  # no right to look into it, or a name too long
        raise _unwritable(folder, error) from error
    if taken:
        message, remedy = "目录已经存在，里面有文件", "用 -o 换一个新目录，或先移走原有的文件"
        raise UnusableInputError([Finding("E503", message, remedy, Place(folder))])


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a new folder beside its place and moves it there.

    Raises:
        UnusableInputError: E501; nothing is left behind.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".disclosure-"))
        try:
            for name, content in files.items():
                (temporary / name).parent.mkdir(parents=True, exist_ok=True)
                (temporary / name).write_bytes(content)
            temporary.chmod(0o755)
            if folder.exists():
                folder.rmdir()  # only an empty folder goes
            temporary.rename(folder)
        except OSError:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> UnusableInputError:
    message = f"写不进目录：{system_cause(error)}"
    remedy = "检查上级目录是否存在、是否有写权限，或用 -o 换一个目录"
    return UnusableInputError([Finding("E501", message, remedy, Place(folder))])
