"""Writes output files whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.complaints import system_cause
from generator.findings import Finding, Place, UnusableInputError

_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|\0', "_"))


def file_name(stem: str) -> str:
    """A name that stays inside its folder whatever the entity is called."""
    return stem.translate(_FORBIDDEN).strip(". ") or "_"


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes all files of a build: first beside their places, then each moved into place.

    Raises:
        UnusableInputError: E501; files that stood there before still do.
    """
    written: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if (folder / name).is_dir():  # found out now, before any file is replaced
                raise IsADirectoryError(errno.EISDIR, "", str(folder / name))
        for name, content in files.items():
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=".disclosure-")
            written.append((Path(temporary), folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(temporary).chmod(0o644)
        for temporary_path, target in written:
            temporary_path.replace(target)
    except OSError as error:
        for temporary_path, _ in written:
            temporary_path.unlink(missing_ok=True)
        message = f"写不进输出目录：{system_cause(error)}"
        remedy = "检查目录是否存在、是否有写权限、磁盘是否已满，或用 -o 换一个目录"
        raise UnusableInputError([Finding("E501", message, remedy, Place(folder))]) from error
    return [target for _, target in written]


def refuse_taken(folder: Path, remedy: str) -> None:
    """Refuses a folder in which something stands: a new folder never overwrites anything.

    Raises:
        UnusableInputError: E503 with the remedy, or E501 where it cannot be looked into.
    """
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:  # no right to look into it, or a name too long
        raise _unwritable(folder, error) from error
    if taken:
        message = "目录已经存在，里面有文件"
        raise UnusableInputError([Finding("E503", message, remedy, Place(folder))])


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes a new folder beside its place and moves it there: all of it, or nothing.

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
    return [folder / name for name in files]


def _unwritable(folder: Path, error: OSError) -> UnusableInputError:
    message = f"写不进目录：{system_cause(error)}"
    remedy = "检查上级目录是否存在、是否有写权限，目录是否为空，或用 -o 换一个目录"
    return UnusableInputError([Finding("E501", message, remedy, Place(folder))])
