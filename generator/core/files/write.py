"""Writes output files whole or not at all, and those of one build together.

Everything is written beside its place first and then moved there in one go, as late as possible.
What a killed run left behind is removed by the next: it is told by its name, which holds the
number of the process, and by the lock that a live run holds, on whatever computer.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.core.files.names import file_name
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.system_errors import system_cause

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = [
    "file_name",
    "output_unwritable",
    "refuse_taken",
    "scratch_folder",
    "write_files",
    "write_folder",
]

_OURS = ".disclosure-"
"""How the names begin of what is written beside its place."""
_ABANDONED = 3600.0
"""Seconds after which such a file belongs to no live run, where there are no locks."""


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes all files of a build: first beside their places, then all moved into place.

    If one cannot be moved, those that were go back. Only a run that is killed between two moves
    leaves a mixed set, which the mark of the set tells.

    Raises:
        UnusableInputError: E501; files that stood there before still do.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in files:
            if (folder / name).is_dir():  # found out now, before any file is replaced
                raise IsADirectoryError(errno.EISDIR, "", str(folder / name))
        remove_leftovers(folder)
        with _written_beside(folder, files) as beside:
            _move_all(folder, beside)
    except OSError as error:
        raise UnusableInputError([output_unwritable(folder, error)]) from error
    return [folder / name for name in files]


def output_unwritable(folder: Path, error: OSError) -> Finding:
    """E501 of an output folder."""
    message = f"写不进输出目录：{system_cause(error)}"
    remedy = "检查目录是否存在、是否有写权限、磁盘是否已满，或用 -o 换一个目录"
    return Finding("E501", message, remedy, Location(folder))


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """A folder in an output folder for what is not finished yet; it is gone in the end.

    So is the output folder, if it was made for this and nothing else came into it.

    Raises:
        OSError: if it cannot be made.
    """
    stood = folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    remove_leftovers(folder)
    temporary = Path(tempfile.mkdtemp(dir=folder, prefix=_own_prefix()))
    handle = _locked_folder(temporary)
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        if handle is not None:
            os.close(handle)
        if not stood:
            with suppress(OSError):  # something stands in it
                folder.rmdir()


@contextmanager
def _written_beside(folder: Path, files: Mapping[str, bytes]) -> Iterator[dict[str, Path]]:
    """The files by their names, written under other names; those not moved go in the end."""
    beside: dict[str, Path] = {}
    handles: list[int] = []
    try:
        for name, content in files.items():
            handle, temporary = tempfile.mkstemp(dir=folder, prefix=_own_prefix())
            handles.append(handle)
            beside[name] = Path(temporary)
            _lock(handle)
            with os.fdopen(handle, "wb", closefd=False) as file:
                file.write(content)
            beside[name].chmod(0o644)
        for handle in handles:
            os.fsync(handle)
        if fcntl is None:  # Windows moves no file that is open, and these hold no locks there
            _close_all(handles)
        yield beside
    finally:
        _close_all(handles)
        for path in beside.values():
            path.unlink(missing_ok=True)


def _close_all(handles: list[int]) -> None:
    while handles:
        os.close(handles.pop())


def _move_all(folder: Path, beside: Mapping[str, Path]) -> None:
    """Moves files into their places: all of them, or none."""
    before: dict[str, Path | None] = {name: _second_name(folder / name) for name in beside}
    moved: list[str] = []
    try:
        for name, path in beside.items():
            path.replace(folder / name)
            moved.append(name)
    except BaseException:
        for name in reversed(moved):
            stood = before[name]
            if stood is not None:
                stood.replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise
    finally:
        for stood in before.values():
            if stood is not None:
                stood.unlink(missing_ok=True)
    _settle(folder)


def _second_name(target: Path) -> Path | None:
    """Another name for a file that is about to be replaced; ``None`` if there is no such file.

    Raises:
        OSError: if it can be given none.
    """
    if not os.path.lexists(target):
        return None
    name = target.with_name(f"{_own_prefix()}{time.time_ns()}")
    try:
        os.link(target, name)
    except OSError:  # a file system that knows no second names
        shutil.copy2(target, name)
    return name


def remove_leftovers(folder: Path) -> None:
    """Removes what a killed run left in a folder; what a live one is writing stays."""
    with suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            if entry.name.startswith(_OURS) and _abandoned(entry):
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        shutil.rmtree(entry.path)
                    else:
                        Path(entry.path).unlink()


def _own_prefix() -> str:
    return f"{_OURS}{os.getpid()}-"


def _alive(name: str) -> bool:
    """Whether the process lives that a name tells of."""
    told = name.removeprefix(_OURS).partition("-")[0]
    try:
        os.kill(int(told), 0)
    except (ProcessLookupError, OverflowError, ValueError):
        return False
    except OSError:  # somebody else's
        return True
    return True


def _abandoned(entry: os.DirEntry[str]) -> bool:
    """Whether no live run holds a file or folder of ours."""
    try:
        if entry.is_symlink():
            return False
        if fcntl is None:
            return time.time() - entry.stat().st_mtime > _ABANDONED
        if _alive(entry.name):
            return False
        handle = os.open(entry.path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


def _lock(handle: int) -> None:
    """Tells other runs that this one is alive; gone when the process is."""
    if fcntl is not None:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)


def _locked_folder(folder: Path) -> int | None:
    """A handle that keeps a folder locked until it is closed."""
    if fcntl is None:
        return None
    handle = os.open(folder, os.O_RDONLY)
    _lock(handle)
    return handle


def _settle(folder: Path) -> None:
    """Has the new names written to the disk; not every system can do so."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def refuse_taken(folder: Path, remedy: str) -> None:
    """Refuses a folder in which something stands, or a file: nothing new overwrites anything.

    Raises:
        UnusableInputError: E503 with the remedy, or E501 where it cannot be looked into.
    """
    try:
        taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:  # no right to look into it, or a name too long
        raise _unwritable(folder, error) from error
    if taken:
        message = "目录已经存在，里面有文件" if folder.is_dir() else "文件已经存在"
        raise UnusableInputError([Finding("E503", message, remedy, Location(folder))])


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Writes a new folder beside its place and moves it there: all of it, or nothing.

    Raises:
        UnusableInputError: E501; nothing is left behind.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder.parent)
        temporary = folder.parent / f"{_own_prefix()}{time.time_ns()}"
        temporary.mkdir()  # that of tempfile stays closed to others on Windows
        handle = _locked_folder(temporary)
        try:
            for name, content in files.items():
                (temporary / name).parent.mkdir(parents=True, exist_ok=True)
                (temporary / name).write_bytes(content)
            temporary.chmod(0o755)
            if folder.exists():
                folder.rmdir()  # only an empty folder goes
            temporary.rename(folder)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        finally:
            if handle is not None:
                os.close(handle)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return [folder / name for name in files]


def _unwritable(folder: Path, error: OSError) -> UnusableInputError:
    message = f"写不进目录：{system_cause(error)}"
    remedy = "检查上级目录是否存在、是否有写权限，目录是否为空，或用 -o 换一个目录"
    return UnusableInputError([Finding("E501", message, remedy, Location(folder))])
