"""What printing a document may take: templates and styles can make layout endless, or break it."""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import generator
from generator.document.tree import Document
from generator.findings import Finding, Place, UnusableInputError

FIRST_SECONDS = 15.0
"""Of the processor, for any document; the largest sample takes a third of it."""
SECONDS_AN_ELEMENT = 0.005
"""For every element of a document; five times what the samples take."""
MOST_SECONDS = 600.0
FIRST_BYTES = 900 * 2**20
"""Of memory besides what the process has already, for any document."""
BYTES_AN_ELEMENT = 100_000
_LOOK = 0.25
"""Seconds of the processor after which is looked."""
_OURS = Path(generator.__file__).parent
_ENGINES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5")


class _ExcessError(BaseException):
    """More is taken than there is; no library takes this for an error of its own."""


@contextmanager
def bounded(document: Document, folder: Path) -> Iterator[None]:
    """Ends printing that takes too much time or memory, and says so; as of an engine that fails.

    Args:
        document: what is printed.
        folder: the folder of its pack.

    Raises:
        UnusableInputError: E404 where printing has been ended.
    """
    elements = sum(1 for _ in document.root.iter())
    seconds = min(FIRST_SECONDS + SECONDS_AN_ELEMENT * elements, MOST_SECONDS)
    try:
        with _watched(seconds, FIRST_BYTES + BYTES_AN_ELEMENT * elements):
            yield
    except _ExcessError as error:
        _refuse(str(error), folder)
    except RecursionError:
        _refuse("标签一层套一层，套得太深，排不出来", folder)
    except Exception as error:
        if not _is_of_an_engine(error):
            raise
        _refuse(f"排版引擎处理不了（{type(error).__name__}）", folder)


def _refuse(message: str, folder: Path) -> NoReturn:
    remedy = "检查模板和样式里最近改过的地方：少套几层，去掉很长的文字、很大的数和写错的图形"
    raise UnusableInputError([Finding("E404", message, remedy, Place(folder))]) from None


def _is_of_an_engine(error: Exception) -> bool:
    """Whether an error came out of a library that lays out or draws, not out of this program."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if any(name in file.parts for name in _ENGINES):
            return True
        if file.is_relative_to(_OURS):
            return False
    return False


@contextmanager
def _watched(seconds: float, more_bytes: int) -> Iterator[None]:
    """Raises an error when so much has been taken, if this system can tell."""
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or not hasattr(signal, "setitimer"):
        yield
        return
    end, most = time.process_time() + seconds, _resident() + more_bytes

    def look(*_: object) -> None:
        if time.process_time() > end:
            raise _ExcessError(f"排版用了 {seconds:.0f} 秒还没有完")
        if _resident() > most:
            raise _ExcessError(f"排版用了 {more_bytes >> 20} MB 以上的内存还没有完")

    before = signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)
    signal.setitimer(signal.ITIMER_PROF, _LOOK, _LOOK)  # looks again, if somebody drops the error
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _resident() -> int:
    """Bytes of memory that the process has now; 0 where the system does not say it."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
