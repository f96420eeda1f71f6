"""How long a document may take to print: templates and styles can make layout endless."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from generator.document.tree import Document
from generator.findings import Finding, Place, UnusableInputError

FIRST_SECONDS = 20.0
"""Of the processor, for any document; the largest sample takes a fifth of it."""
SECONDS_AN_ELEMENT = 0.005
"""For every element of a document; five times what the samples take."""
MOST_SECONDS = 600.0


class _TooLongError(BaseException):
    """Time is over; no library takes it for an error of its own."""


@contextmanager
def bounded(document: Document, folder: Path) -> Iterator[None]:
    """Ends printing that takes too long or goes too deep.

    Args:
        document: what is printed.
        folder: the folder of its pack.

    Raises:
        UnusableInputError: E404 where time or stack do not suffice.
    """
    elements = sum(1 for _ in document.root.iter())
    seconds = min(FIRST_SECONDS + SECONDS_AN_ELEMENT * elements, MOST_SECONDS)
    try:
        with _alarm(seconds):
            yield
    except _TooLongError:
        _refuse(f"排版用了 {seconds:.0f} 秒还没有完", folder)
    except RecursionError:
        _refuse("标签一层套一层，套得太深，排不出来", folder)


def _refuse(message: str, folder: Path) -> NoReturn:
    remedy = "检查模板和样式里最近改过的地方：少套几层，去掉成片的空格和很长的文字"
    raise UnusableInputError([Finding("E404", message, remedy, Place(folder))]) from None


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raises an error when the processor has worked so long, if this system can tell."""
    in_main = threading.current_thread() is threading.main_thread()
    if not in_main or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> NoReturn:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # again, if somebody drops the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
