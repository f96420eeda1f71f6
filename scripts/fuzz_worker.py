"""A process that tries one spoilt input after another under limits of memory and time.

What the fuzz scripts share: an input that takes too much ends its process, and another one goes on.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

Outcome = tuple[str, str]
"""What came of an input, and the details of it."""
Attempt = Callable[..., Outcome]
"""Tries an input: a folder to work in, and what the input is."""

_MEMORY = 1536 * 2**20
_SECONDS = 20.0
"""Of processor time: how long an input takes must not depend on what else the computer does."""
_PATIENCE = 10
"""How many times longer a process may take that does not get to work."""
_LIFETIME = 2000
"""Inputs that a process tries, one after the other."""


def largest_process() -> float:
    """The most memory that any process has taken, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def ignore_interrupts() -> None:
    """Ctrl-C once is enough: the counts so far are still to be printed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class Worker:
    """A process that tries one input after another; replaced if it is killed, or old."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._attempt), daemon=True)
        self._process.start()
        theirs.close()
        self._tried = 0

    def try_input(self, *given: object) -> Outcome:
        """What comes of an input."""
        if self._tried == _LIFETIME:
            self.end()
            self._start()
        self._tried += 1
        try:
            self._ours.send(given)
            if self._in_time():
                outcome: Outcome = self._ours.recv()
                return outcome
            outcome = ("over time", f"{_SECONDS:.0f} s")
        except (EOFError, OSError):
            outcome = ("over memory", "the process ended")
        self.end()
        self._start()
        return outcome

    def _in_time(self) -> bool:
        """Waits for an answer: so long as the process is at work, or somebody else may be."""
        before, began = self._worked(), time.monotonic()
        while not self._ours.poll(0.5):
            idle = time.monotonic() - began > _PATIENCE * _SECONDS
            if idle or self._worked() - before > _SECONDS:
                return False
        return True

    def _worked(self) -> float:
        """Seconds of processor time that the process has taken."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Ends the process."""
        self._process.kill()
        self._process.join()
        self._ours.close()


def _serve(theirs: Connection, attempt: Attempt) -> None:
    ignore_interrupts()  # the parent ends it
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        while True:
            theirs.send(attempt(Path(folder), *theirs.recv()))
