"""Digests of what a build reads: whole folders, the fonts, and the program itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from generator.core.files.plain import is_system_file, read_plain

Tree = dict[str, str]
"""The digests of a folder's files, in hex, by their paths below it."""

_ENVIRONMENT = ("FC_", "FONTCONFIG", "HOME", "LANG", "LC_", "PANGO", "SOURCE_DATE_EPOCH", "XDG_")
"""Beginnings of the names of variables on which dates and the choice of fonts depend."""
_SYSTEM = (Path("/etc/ld.so.cache"), Path("/etc/fonts"))
"""What changes with the system's libraries and with the rules for choosing fonts."""


_LARGEST = 1 << 30
"""Bytes of a file that is digested: of any that is read or written."""


class UntraceableError(Exception):
    """Raised where a folder holds what cannot be digested; then nothing is known of it."""


def tree(folder: Path, suffixes: tuple[str, ...] = ()) -> Tree:
    """The SHA-256 of every file below a folder, or of those with the suffixes, by its path.

    What editors and systems keep for themselves does not count.
    A folder called like a file counts, with an empty digest: whoever reads files may stumble on it.

    Raises:
        UntraceableError: if something cannot be read, or a link leads to another folder.
    """
    digests: Tree = {}
    for directory, folders, files in os.walk(folder, onerror=_refuse):
        below = os.path.relpath(directory, folder)
        folders[:] = [name for name in folders if not is_system_file(name)]
        for name in folders:
            if os.path.islink(os.path.join(directory, name)):  # noqa: PTH114, PTH118 - many files
                raise UntraceableError(name)
            if suffixes and name.endswith(suffixes):
                digests[f"{below}/{name}"] = ""
        for name in files:
            if not is_system_file(name) and (not suffixes or name.endswith(suffixes)):
                digests[f"{below}/{name}"] = file_digest(Path(directory, name))
    return digests


def file_digest(file: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        UntraceableError: if it is no plain file, or cannot be read.
    """
    try:
        return hashlib.sha256(read_plain(file, _LARGEST)).hexdigest()
    except OSError as error:
        raise UntraceableError(str(file)) from error


def last_change(folder: Path) -> int:
    """When anything below a folder was changed last, as the file system tells, in nanoseconds."""
    return max((status.st_ctime_ns for _, status in statuses(folder)), default=0)


def program() -> str:
    """A digest of the program, its libraries and the environment that its output depends on."""
    parts = [sys.version, *_package(), *_libraries()]
    parts += [f"{path} {_stamp(each)}" for top in _SYSTEM for path, each in statuses(top)]
    parts += [
        f"{name}={value}" for name, value in os.environ.items() if name.startswith(_ENVIRONMENT)
    ]
    return hashlib.sha256("\n".join(sorted(parts)).encode("utf-8", "surrogateescape")).hexdigest()


def fonts_digest() -> str:
    """A digest of every font that fontconfig knows: families, file, size and time.

    Raises:
        UntraceableError: if fontconfig does not tell.
    """
    command = ["fc-list", "--format", "%{file}\n%{family} %{style} %{fontversion} %{index}\n"]
    try:
        listing = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise UntraceableError("fc-list") from error
    lines = os.fsdecode(listing.stdout).splitlines()
    stamps = {file: _stamp_of(file) for file in lines[::2]}
    known = sorted(
        f"{file} {stamps[file]} {face}" for file, face in zip(lines[::2], lines[1::2], strict=False)
    )
    return hashlib.sha256(os.fsencode("\n".join(known))).hexdigest()


def _package() -> Iterator[str]:
    top = Path(__file__).resolve().parent.parent
    for path, status in statuses(top):
        if S_ISREG(status.st_mode) and "__pycache__" not in path:
            yield f"{path} {_stamp(status)}"


def _libraries() -> Iterator[str]:
    """Name, version and time of everything installed: whatever it is, it may matter."""
    for place in sys.path:
        try:
            with os.scandir(place or ".") as listing:
                for entry in listing:
                    if entry.name.endswith((".dist-info", ".egg-info")):
                        yield f"{entry.path} {entry.stat().st_mtime_ns}"
        except OSError:
            continue


def statuses(top: Path) -> Iterator[tuple[str, os.stat_result]]:
    """A file or folder and all that is below, as far as it can be seen."""
    waiting = [str(top)]
    while waiting:
        path = waiting.pop()
        try:
            status = os.stat(path)  # noqa: PTH116 - hundreds of files at every start
            yield path, status
            if S_ISDIR(status.st_mode):
                with os.scandir(path) as listing:
                    waiting.extend(entry.path for entry in listing if _within(entry))
        except OSError:  # what cannot be seen cannot be read either
            continue


def _within(entry: os.DirEntry[str]) -> bool:
    """Whether something is to be looked at: links to folders may lead round in a circle."""
    return not (entry.is_symlink() and entry.is_dir())


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns}"


def _stamp_of(file: str) -> str:
    try:
        return _stamp(os.stat(file))  # noqa: PTH116 - as above
    except OSError:
        return ""


def _refuse(error: OSError) -> None:
    raise UntraceableError(str(error))
