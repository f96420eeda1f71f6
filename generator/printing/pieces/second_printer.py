"""A second process that makes pieces of a PDF while this one makes others.

Whatever goes wrong there, this process makes the pieces itself, as if there were no other: only
that too much time or memory was taken is told, so that it is not taken twice. What prints is
imported there while this process reads the data: nothing here imports it before.
"""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from generator.core.findings import Finding, UnusableInputError
from generator.core.process import available_cores, uninterrupted

if TYPE_CHECKING:
    from generator.printing.fragments.fragment import Fragment
    from generator.printing.pieces.layout import LayoutEngine
    from generator.printing.pieces.piece import Piece

# Spawned, not forked: the display of progress has a thread, and so has what bounds the printing.
_CONTEXT = get_context("spawn")


@dataclass(frozen=True, slots=True)
class PrintedLook:
    """What the pieces of a document have in common.

    Attributes:
        stylesheet: the pack's CSS.
        folder: the only folder that files are read from.
        shell: the document without its sections.
        certain: tells this look from all others; nothing if that is not certain.
    """

    stylesheet: str
    folder: Path
    shell: bytes
    certain: str


@dataclass(frozen=True, slots=True)
class _Task:
    """Pieces to make: their sections, whether they are numbered, and how far they tighten.

    ``numbers`` are the page numbers that they show.
    """

    look: PrintedLook
    pieces: tuple[tuple[tuple[bytes, ...], bool, int], ...]
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a task.

    Attributes:
        made: for each piece what was made of it (see :func:`settle`); nothing if it went wrong.
        findings: why printing was ended.
    """

    made: tuple[tuple[Fragment, ...], ...] | None = None
    findings: tuple[Finding, ...] = ()


class SecondPrinter:
    """The second process, seen from the first.

    Attributes:
        process: its number; nothing before it runs.
        gone: whether it has ended, of itself or by order.
        in_hand: the pieces that it has been given and that were not taken back.
    """

    def __init__(self) -> None:
        """Starts the process; it takes a second or two before it is ready."""
        self._connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=serve, args=(theirs,), daemon=True)
        with uninterrupted():  # it ignores Ctrl-C from its first moment on
            self._process.start()
        theirs.close()  # so that its end is noticed when the process ends
        self.process = self._process.pid
        self.gone = False
        self._ready = False
        self.in_hand: Sequence[Piece] = ()

    @property
    def busy(self) -> bool:
        """Whether pieces are being made there."""
        return bool(self.in_hand)

    @property
    def free(self) -> bool:
        """Whether it can be given pieces."""
        if not (self._ready or self.gone) and self._connection.poll():
            self._ready = self._received() is not None
        return self._ready and not self.gone and not self.in_hand

    def give(
        self,
        look: PrintedLook,
        pieces: Sequence[Piece],
        steps: Sequence[int],
        numbers: Mapping[str, int],
    ) -> None:
        """Gives pieces of one document to make.

        Args:
            look: what the pieces of the document have in common.
            pieces: the pieces.
            steps: in how many steps each can be tightened.
            numbers: the page numbers that they show.
        """
        sent = tuple(
            (piece.texts, piece.numbered, step) for piece, step in zip(pieces, steps, strict=True)
        )
        self.in_hand = pieces
        try:
            self._connection.send(_Task(look, sent, numbers))
        except OSError:
            self.gone = True

    def finished(self, *, wait: bool) -> Iterator[tuple[Piece, Sequence[Fragment]]]:
        """Pieces that were given, each with what was made of it; nothing if it went wrong.

        Args:
            wait: whether to wait for them.

        Raises:
            UnusableInputError: if they take too much.
        """
        if not self.in_hand or not (wait or self.gone or self._connection.poll()):
            return
        answer = self._received()
        pieces, self.in_hand = self.in_hand, ()
        if answer is not None and answer.findings:
            raise UnusableInputError(answer.findings)
        made = answer.made if answer is not None else None
        yield from zip(pieces, made or ((),) * len(pieces), strict=True)

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._connection.close()
        self.gone = True

    def _received(self) -> _Answer | None:
        try:
            answer = None if self.gone else self._connection.recv()
        except (EOFError, OSError):
            self.gone = True
            return None
        return answer if isinstance(answer, _Answer) else None


@contextmanager
def second_printer(*, wanted: bool) -> Iterator[SecondPrinter | None]:
    """A second process for as long as it is needed, if there is a core for it.

    Args:
        wanted: whether there is much to print.
    """
    if not wanted or available_cores() == 1:
        yield None
        return
    second = SecondPrinter()
    try:
        yield second
    finally:
        second.end()


def serve(connection: Connection) -> None:
    """The life of the second process: makes what it is given until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends it
    from generator.printing.libraries import lean_import

    with lean_import():
        from generator.printing.bounds import ExcessiveError
        from generator.printing.pieces.layout import LayoutEngine
    gc.disable()  # layout makes millions of objects; the engine itself collects now and then
    engines: dict[tuple[str, Path, str], LayoutEngine] = {}
    with suppress(EOFError, OSError):  # the first process has gone
        connection.send(_Answer())
        while True:
            task: _Task = connection.recv()
            key = task.look.stylesheet, task.look.folder, task.look.certain
            try:
                if key not in engines:
                    engines = {key: LayoutEngine(*key)}
                answer = _answer(task, engines[key])
            except ExcessiveError as error:
                answer = _Answer(findings=error.findings)
                engines.clear()
            except Exception:  # it happens to the first process, too, which tells it
                answer = _Answer()
                engines.clear()
            connection.send(answer)


def _answer(task: _Task, layout: LayoutEngine) -> _Answer:
    """What comes of a task; nothing if the layout complains of anything.

    Raises:
        ExcessiveError: if too much time or memory is taken.
        UnusableInputError: if it cannot be made otherwise.
    """
    from lxml import etree

    from generator.compose.document.tree import HtmlDocument
    from generator.printing.bounds import bounded_printing
    from generator.printing.pieces.complaints import Complaints
    from generator.printing.pieces.piece import Piece

    document = HtmlDocument(etree.fromstring(task.look.shell), ())
    pieces = [
        (Piece(document, tuple(map(etree.fromstring, sections)), numbered), steps)
        for sections, numbered, steps in task.pieces
    ]
    elements = sum(1 for piece, _ in pieces for section in piece.sections for _ in section.iter())
    with Complaints() as complaints, bounded_printing(elements, task.look.folder):
        layout.prepare([piece for piece, _ in pieces if piece.may_be_grid])
        made = tuple(tuple(_made(piece, task.numbers, steps, layout)) for piece, steps in pieces)
    return _Answer() if complaints.findings(task.look.folder) else _Answer(made)


def _made(
    piece: Piece, numbers: Mapping[str, int], steps: int, layout: LayoutEngine
) -> list[Fragment]:
    """What is made of a piece: as it is, and in each step in which it was tightened."""
    from generator.printing.fragments.fragment import NOT_MADE
    from generator.printing.pieces.making import settle

    made: list[Fragment] = []

    def make(each: Piece) -> Fragment:
        made.append(layout.anywhere(each, numbers) or NOT_MADE)
        return made[-1]

    settle(piece, steps, make)
    return made
