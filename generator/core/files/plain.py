"""Opens plain files and nothing else: no pipe, device or endless file can hold a command up.

Imports the standard library only: the command looks at files before it loads anything heavy.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

_EDITORS = ("~", ".swp", ".swo", ".swx", ".tmp", ".bak")
_SYSTEMS = frozenset({"4913", "thumbs.db", "desktop.ini", "$recycle.bin"})


def is_system_file(name: str) -> bool:
    """Whether a name is that of a file that an editor or a system keeps for itself.

    ``.#a.yaml`` and ``.a.yaml.swp`` (a file being edited), ``._a.yaml`` (macOS), ``a.yaml~``,
    ``~$a.docx``, ``#a.yaml#``, ``4913`` (vim), ``Thumbs.db``; every hidden file is one.
    """
    return (
        name.startswith((".", "~$"))
        or name.endswith(_EDITORS)
        or (name.startswith("#") and name.endswith("#"))
        or name.lower() in _SYSTEMS
    )


def read_plain(file: Path, most: int) -> bytes:
    """The bytes of a plain file.

    Args:
        file: the file; links are followed.
        most: how many bytes it may have.

    Raises:
        OSError: if it cannot be read; with ENODEV if it is a pipe, a socket or a device, with
            EFBIG if it is too large.
    """
    handle = os.open(file, _FLAGS)
    try:
        kind = os.fstat(handle).st_mode
        if stat.S_ISDIR(kind):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        if not stat.S_ISREG(kind):
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(file))
        with os.fdopen(handle, "rb", closefd=False) as opened:
            content = opened.read(most + 1)  # its size may change meanwhile
    finally:
        os.close(handle)
    if len(content) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return content


def leads_out(file: Path, folder: Path) -> bool:
    """Whether a file of a folder is a link to somewhere else, or stands behind such a link.

    Raises:
        OSError: if links lead round in a circle.
    """
    try:
        return not file.resolve().is_relative_to(folder.resolve())
    except RuntimeError as error:  # as Python before 3.13 says it
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(file)) from error
