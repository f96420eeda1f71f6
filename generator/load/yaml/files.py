"""Which files of a data folder are read: its own plain YAML files, whatever else lies about."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.core.files.plain import is_system_file, leads_out
from generator.core.findings import Finding, Location

SUFFIXES = (".yaml", ".yml")
COLUMNS_FILE = "列对照.yaml"
"""Lies beside data that was imported from a list and says what its columns are; it is no data."""
LARGEST_FOLDER = 16 * 1024 * 1024
"""Bytes of all data files of a folder: as trees, they take some thirty times as much."""


def yaml_files(folder: Path) -> tuple[list[Path], list[Finding]]:
    """The data files below a folder in the order of their paths, and what was passed over.

    What editors and systems keep for themselves is passed over in silence. A pipe or a device, a
    link out of the folder and a link to a folder are told as W305, but stop nothing.
    """
    files: list[Path] = []
    findings: list[Finding] = []
    for path in _named_like_data(folder):
        cause = _strange(path, folder)
        if cause is None:
            files.append(path)
        else:
            remedy = "要用的数据，把文件本身放进数据目录；不用的，删去"
            findings.append(Finding("W305", f"{cause}，没有读", remedy, Location(path)))
    return sorted(files), findings


def _named_like_data(folder: Path) -> Iterator[Path]:
    """Everything that is called like a data file, and links that are called like a folder."""
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_system_file(name))
        for name in folders:
            if name.endswith(SUFFIXES) or Path(directory, name).is_symlink():
                yield Path(directory, name)
        for name in sorted(names):
            if name.endswith(SUFFIXES) and name != COLUMNS_FILE and not is_system_file(name):
                yield Path(directory, name)


def _strange(path: Path, folder: Path) -> str | None:
    """What keeps a path from being read; ``None`` of a file, also of one that is not there."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            if leads_out(path, folder):
                return "这是指向数据目录以外的链接"
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                return "这是指向目录的链接"
    except OSError:  # whoever reads it will say so
        return None
    if stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode):
        return None
    return "不是普通文件（是管道、设备之类）"
