"""What Windows lacks is hidden from the program's own modules: run by test_windows.py.

The libraries below were built for this system and keep it.
"""

from __future__ import annotations

import builtins
import importlib
import os
import pkgutil
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

_NO_MODULES = ("fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "readline")
_NO_NAMES: Mapping[ModuleType, tuple[str, ...]] = {
    os: (
        *("fork", "sched_getaffinity", "O_NONBLOCK", "O_NOFOLLOW", "O_DIRECTORY", "geteuid"),
        *("getuid", "statvfs", "setsid", "killpg", "mkfifo", "fchmod", "chown", "uname", "nice"),
    ),
    time: ("pthread_getcpuclockid", "clock_gettime", "tzset"),
    signal: ("SIGALRM", "SIGKILL", "SIGHUP", "alarm", "setitimer", "pthread_sigmask"),
}


class _Partial(ModuleType):
    """A module without some of its names."""

    def __init__(self, whole: ModuleType, lacks: tuple[str, ...], own: dict[str, Any]) -> None:
        super().__init__(whole.__name__)
        self.__dict__.update(_whole=whole, _lacks=lacks, **own)

    def __getattr__(self, name: str) -> Any:
        if name in self._lacks:
            raise AttributeError(name)
        return getattr(self._whole, name)


def _no_kill(_: int, __: int) -> None:
    raise AssertionError("on Windows this ends the process that it asks about")


def _open(path: str | Path, flags: int, *rest: Any) -> int:
    if Path(path).is_dir():
        raise PermissionError(13, "Permission denied", str(path))
    return os.open(path, flags, *rest)


def _is_open(path: str | Path) -> bool:
    held = Path(path).resolve()
    return any(link.is_symlink() and link.readlink() == held for link in _handles())


def _handles() -> list[Path]:
    return list(Path("/proc/self/fd").iterdir())


def _hide() -> None:
    partial = {
        whole.__name__: _Partial(
            whole, lacks, {"kill": _no_kill, "open": _open} if whole is os else {}
        )
        for whole, lacks in _NO_NAMES.items()
    }
    kept = builtins.__import__

    def importing(
        name: str,
        globals: Mapping[str, Any] | None = None,  # noqa: A002 - as Python calls it
        locals: Mapping[str, Any] | None = None,  # noqa: A002
        fromlist: Any = (),
        level: int = 0,
    ) -> ModuleType:
        if str((globals or {}).get("__name__", "")).startswith("generator"):
            if name in _NO_MODULES:
                raise ModuleNotFoundError(name, name=name)
            if name in partial and not fromlist:
                return partial[name]
        return kept(name, globals, locals, fromlist, level)

    builtins.__import__ = importing
    for move in ("replace", "rename", "unlink"):
        _refuse_open_files(move)


def _refuse_open_files(name: str) -> None:
    kept = getattr(os, name)

    def call(*paths: Any, **options: Any) -> None:
        if not options and any(_is_open(path) for path in paths):
            raise PermissionError(13, "in use", str(paths[0]))
        kept(*paths, **options)

    setattr(os, name, call)


def main(folder: Path) -> None:
    """Imports every module, and writes files and folders as commands do."""
    _hide()
    package = importlib.import_module("generator")
    modules = [each.name for each in pkgutil.walk_packages(package.__path__, "generator.")]
    for name in modules:
        if not name.endswith("__main__"):
            importlib.import_module(name)
    write = importlib.import_module("generator.core.files.write")
    for content in (b"old", b"new"):
        write.write_files(folder, {"a.pdf": content, "b.html": content})
    write.write_folder(folder / "c", {"d/e.yaml": b"e"})
    sys.stdout.write(f"{len(modules)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
