"""Bytes by key, kept between runs in the files of one folder; whatever goes wrong is a miss.

Nothing here imports more than the standard library before a store is opened: the command looks
into the store before it loads anything heavy.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDER_VARIABLE = "DISCLOSURE_CACHE"
"""The environment variable that names the folder of the usual store."""
USUAL_LIMIT = 512 * 1024 * 1024
"""How many bytes the usual store may hold."""

_MAGIC = b"disclosure cache 1\n"
_HEADER = len(_MAGIC) + hashlib.sha256().digest_size
_TEMPORARY = ".new-"
_ABANDONED = 3600.0
"""After so many seconds a temporary file belongs to no running build any more."""

_numbers = itertools.count()


class Store:
    """Keeps bytes by key between runs.

    Several processes may use one folder at once: a file is written beside its place and renamed.
    No method raises for what happens to the folder (read-only, full disk, files damaged or gone);
    then nothing is kept, or found.

    Args:
        folder: where the files are; it is made, for its owner alone, when something is kept.
        limit: how many bytes :meth:`tidy` leaves; with 0 nothing is kept, and nothing found.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder = folder
        self._limit = limit
        self._grown = False

    @property
    def keeps(self) -> bool:
        """Whether anything may be kept here at all."""
        return self._limit > 0

    def get(self, key: str) -> bytes | None:
        """What was kept under the key, a hex digest; ``None`` if nothing sound is."""
        path = self._path(key)
        if not self.keeps:
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        body = content[_HEADER:]
        if content[:_HEADER] != _header(body):
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # the time of last use; file systems keep none that can be relied upon
        return body

    def put(self, key: str, content: bytes) -> None:
        """Keeps the content under the key, a hex digest, in place of what was kept before."""
        path = self._path(key)
        if _HEADER + len(content) > self._limit:
            return
        temporary = self.folder / f"{_TEMPORARY}{os.getpid()}-{next(_numbers)}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with temporary.open("xb") as file:
                file.write(_header(content))
                file.write(content)
            temporary.replace(path)
        except OSError:
            with suppress(OSError):
                temporary.unlink()
        else:
            self._grown = True

    def tidy(self) -> None:
        """Removes what was used least recently until the rest is within the limit.

        Looks at the folder only where this store has kept something since it did so last.
        """
        if not self._grown:
            return
        self._grown = False
        self._remove_abandoned()
        entries = sorted(self._entries(), key=lambda entry: entry[1].st_mtime_ns)
        excess = sum(status.st_size for _, status in entries) - self._limit
        for path, status in entries:
            if excess <= 0:
                return
            with suppress(OSError):
                path.unlink()
                excess -= status.st_size

    def clear(self) -> tuple[int, int]:
        """Removes everything kept; returns how many entries and bytes are gone."""
        count = size = 0
        for path, status in list(self._entries()):
            with suppress(OSError):
                path.unlink()
                count, size = count + 1, size + status.st_size
        self._remove_abandoned()
        return count, size

    def size(self) -> tuple[int, int]:
        """How many entries and bytes are kept."""
        sizes = [status.st_size for _, status in self._entries()]
        return len(sizes), sum(sizes)

    def _path(self, key: str) -> Path:
        if not key or key.strip("0123456789abcdef"):
            raise ValueError(f"not a hex digest: {key!r}")
        return self.folder / key

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        for path, status in self._files():
            if not path.name.strip("0123456789abcdef"):
                yield path, status

    def _remove_abandoned(self) -> None:
        before = time.time() - _ABANDONED
        for path, status in list(self._files()):
            if path.name.startswith(_TEMPORARY) and status.st_mtime < before:
                with suppress(OSError):
                    path.unlink()

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        with suppress(OSError), os.scandir(self.folder) as listing:
            for entry in listing:
                with suppress(OSError):  # another process may have removed it meanwhile
                    if entry.is_file(follow_symlinks=False):
                        yield Path(entry.path), entry.stat(follow_symlinks=False)


def open_store() -> Store:
    """The usual store: in ``$DISCLOSURE_CACHE``, otherwise in the user's folder for caches.

    A user without a home gets a store that keeps nothing.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    if named:
        return Store(Path(named), USUAL_LIMIT)
    from platformdirs import user_cache_path

    try:
        usual = user_cache_path("disclosure", appauthor=False)
    except (OSError, RuntimeError):
        return no_store()
    return Store(usual, USUAL_LIMIT) if usual.is_absolute() else no_store()


def no_store() -> Store:
    """A store that keeps nothing and finds nothing."""
    return Store(Path(os.devnull), 0)


def _header(body: bytes) -> bytes:
    return _MAGIC + hashlib.sha256(body).digest()
