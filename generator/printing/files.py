"""Writes output files whole or not at all."""

from __future__ import annotations

import errno
import os
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
