"""Builds several folders at once, in processes; what happens to one harms no other."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.building.options import BuildOptions
from generator.building.outcome import Product, at_fault, broken
from generator.building.progress import ShowOne
from generator.core.findings import Finding, UnusableInputError
from generator.core.process import available_cores, leave_garbage, uninterrupted
from generator.core.resources import DEFAULT_PACK

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

# Spawned, not forked: the display of progress has a thread, and this process has loaded none of
# the libraries that a fork would share.
_CONTEXT = get_context("spawn")


class _Step(Struct, frozen=True):
    """Sent by a worker: what it builds, and the step that begins."""

    name: str
    step: str


class _Unusable(Struct, frozen=True):
    """Sent by a worker: nothing can be built, whatever the folder."""

    findings: tuple[Finding, ...]


class _Worker(Struct):
    """A process, seen from outside; ``number`` is the folder it has in hand."""

    process: SpawnProcess
    number: int


def produce_apart(
    folders: Sequence[Path], options: BuildOptions, show: ShowOne
) -> Generator[tuple[int, Product]]:
    """Builds folders in memory, as many at once as there are cores.

    Returns:
        Products as they are finished, each with the place of its folder in ``folders``.

    Raises:
        UnusableInputError: if pack, catalogue or fonts cannot be used.
    """
    pool = _WorkerPool(folders, options, show)
    try:
        for _ in range(min(available_cores(), len(folders))):
            pool.start()
        while pool.workers:
            for connection in wait(list(pool.workers)):
                if isinstance(connection, Connection):
                    yield from pool.receive(connection)
    finally:
        pool.terminate()


class _WorkerPool:
    """The workers, and the folders still to be built."""

    def __init__(self, folders: Sequence[Path], options: BuildOptions, show: ShowOne) -> None:
        self._folders = folders
        self._options = options
        self._show = show
        self._waiting = deque(range(len(folders)))
        self.workers: dict[Connection, _Worker] = {}

    def start(self) -> None:
        """Starts a worker on the next folder, if there is one."""
        if not self._waiting:
            return
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=work, args=(theirs, self._options), daemon=True)
        with uninterrupted():  # it ignores Ctrl-C from its first moment on
            process.start()
        theirs.close()  # so that its end is noticed when the process ends
        self.workers[ours] = _Worker(process, -1)
        self._assign(ours)

    def receive(self, connection: Connection) -> Iterator[tuple[int, Product]]:
        """Takes a message of a worker: what it has built, if it is that.

        Raises:
            UnusableInputError: if it cannot build anything.
        """
        worker = self.workers[connection]
        try:
            message = connection.recv()
        except (EOFError, OSError):
            yield self._replace_dead(connection, worker)
            return
        if isinstance(message, _Unusable):
            raise UnusableInputError(message.findings)
        if isinstance(message, _Step):
            self._show(worker.number, message.name, message.step)
        if isinstance(message, Product):
            self._show(worker.number, None, "")
            number = worker.number
            self._assign(connection)
            yield number, message

    def terminate(self) -> None:
        """Ends all workers, whatever they do."""
        for connection, worker in self.workers.items():
            worker.process.kill()
            worker.process.join()
            connection.close()
        self.workers.clear()

    def _assign(self, connection: Connection) -> None:
        """Gives a worker the next folder; without one it goes home."""
        if not self._waiting:
            worker = self.workers.pop(connection)
            connection.close()
            worker.process.join()
            return
        worker = self.workers[connection]
        worker.number = self._waiting.popleft()
        with suppress(OSError):  # it is gone; that is noticed when it is received from
            connection.send(self._folders[worker.number])

    def _replace_dead(self, connection: Connection, worker: _Worker) -> tuple[int, Product]:
        """A worker has died over its folder; another one takes its place."""
        worker.process.join()
        self._show(worker.number, None, "")
        how = _end(worker.process.exitcode)
        del self.workers[connection]
        connection.close()
        self.start()
        return worker.number, broken(self._folders[worker.number], how)


def work(connection: Connection, options: BuildOptions) -> None:
    """The life of a worker: builds the folders that come until no more do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends its workers itself
    from generator.building.folder import Builder
    from generator.compose.document.known_sections import forget_sections
    from generator.core.files.store import open_store

    try:
        builder = Builder.prepared(options, open_store())
    except UnusableInputError as error:
        connection.send(_Unusable(error.findings))
        return
    except Exception as error:  # whatever it is, it is told, not shown
        where = Path(options.pack or DEFAULT_PACK)
        connection.send(_Unusable(at_fault(where, error).outcome.findings))
        return
    with suppress(EOFError, OSError):  # the first process has gone, or wants no more
        while True:
            folder = connection.recv()
            try:
                product = builder.build(folder, partial(_tell, connection))
            except Exception as error:  # whatever it is, the other folders go on
                product = at_fault(folder, error)
            forget_sections()  # no other folder has them; a city of hundreds would take a gigabyte
            connection.send(product)
    leave_garbage()  # the first process waits for this one's end


def _tell(connection: Connection, name: str, step: str) -> None:
    connection.send(_Step(name, step))


def _end(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"进程被系统中止（信号 {-exit_code}），可能是内存不够"
    return f"进程意外结束（退出码 {exit_code}）"
