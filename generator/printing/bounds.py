"""What printing a document may take: templates and styles can make layout endless, or break it."""

from __future__ import annotations

import ctypes
import os
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import generator
from generator.core.findings import Finding, Location, UnusableInputError

FIRST_SECONDS = 20.0
"""Of the processor, for any document: an old computer compiles the engine itself within them."""
SECONDS_AN_ELEMENT = 0.005
"""For every element of a document: ten times what the samples take on the computers of today."""
MOST_SECONDS = 600.0
FIRST_BYTES = 900 * 2**20
"""Of memory besides what the process has already, for any document."""
BYTES_AN_ELEMENT = 100_000
_LOOK = 0.25
"""Seconds after which is looked, and after which printing is told again to end."""
_OURS = Path(generator.__file__).parent
_ENGINES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5")


class ExcessiveError(UnusableInputError):
    """Printing was ended because it took too much time or memory (E404)."""


class _ExcessError(BaseException):
    """More is taken than there is; no library takes this for an error of its own."""


@contextmanager
def bounded_printing(elements: int, folder: Path) -> Iterator[None]:
    """Ends printing that takes too much time or memory, and says so; as of an engine that fails.

    Args:
        elements: how many elements are printed.
        folder: the folder of its pack.

    Raises:
        UnusableInputError: E404 where printing has been ended, as :class:`ExcessiveError` if it
            took too much.
    """
    seconds = min(FIRST_SECONDS + SECONDS_AN_ELEMENT * elements, MOST_SECONDS)
    try:
        with _watched(seconds, FIRST_BYTES + BYTES_AN_ELEMENT * elements):
            yield
    except _ExcessError as error:
        raise ExcessiveError(_findings(str(error), folder)) from None
    except RecursionError:
        _refuse("标签一层套一层，套得太深，排不出来", folder)
    except Exception as error:
        if not _is_of_an_engine(error):
            raise
        _refuse(f"排版引擎处理不了（{type(error).__name__}）", folder)


def _refuse(message: str, folder: Path) -> NoReturn:
    raise UnusableInputError(_findings(message, folder)) from None


def _findings(message: str, folder: Path) -> list[Finding]:
    remedy = "检查模板和样式里最近改过的地方：少套几层，去掉很长的文字、很大的数和写错的图形"
    return [Finding("E404", message, remedy, Location(folder))]


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
    """Raises an error in this thread, whichever it is, when so much has been taken."""
    watch = _Watch(seconds, more_bytes)
    try:
        try:
            watch.armed = True
            yield
        finally:
            watch.armed = False
            watch.stop()
    except _ExcessError:
        watch.stop()  # the error may have come before that
        raise _ExcessError(watch.excess) from None


class _Watch:
    """A thread that looks at another one, and ends what that does.

    Signals reach the main thread only; an error can be raised in any, between two steps of Python.
    """

    def __init__(self, seconds: float, more_bytes: int) -> None:
        self._seconds, self._more = seconds, more_bytes
        self.excess = ""
        """What has been too much."""
        self.armed = False
        """Whether an error may be raised: not while a thread is started, which never ends then."""
        self._watched = threading.get_ident()
        self._used = _clock(self._watched)
        self._end, self._most = self._used() + seconds, _resident() + more_bytes
        self._over = threading.Event()
        self._telling = threading.Lock()
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """Looks no more; an error on its way does not arrive."""
        self._over.set()
        with self._telling:
            _raise_in(self._watched, None)

    def _watch(self) -> None:
        while not self._over.wait(_LOOK):  # looks again, if somebody drops the error
            if self._used() > self._end:
                self.excess = f"排版用了 {self._seconds:.0f} 秒还没有完"
            elif _resident() > self._most:
                self.excess = f"排版用了 {self._more >> 20} MB 以上的内存还没有完"
            else:
                continue
            with self._telling:
                if self.armed and not self._over.is_set():
                    _raise_in(self._watched, _ExcessError)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raises an error in a thread at its next step; ``None`` takes back what waits there."""
    told = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), told)


def _clock(thread: int) -> Callable[[], float]:
    """The processor time of a thread; of the process where the system tells no other."""
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.process_time
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)


def _resident() -> int:
    """Bytes of memory that the process has now; 0 if the system does not say it."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
