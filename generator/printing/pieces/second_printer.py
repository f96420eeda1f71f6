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
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from generator.core.findings import UnusableInputError
from generator.core.process import available_cores, uninterrupted
from generator.printing.pieces.tasks import (
    Answer,
    EmbedFonts,
    MadePieces,
    MakePieces,
    PrepareDocument,
    PrintedLook,
    PrintingTask,
)

if TYPE_CHECKING:
    from generator.compose.document.tree import HtmlDocument
    from generator.pack.pack import Pack
    from generator.printing.fragments.fragment import EmbeddedFont, Fragment, UsedFaces
    from generator.printing.pieces.layout import LayoutEngine
    from generator.printing.pieces.piece import Piece
    from generator.printing.prepared import Prepared

# Spawned, not forked: the display of progress has a thread, and so has what bounds the printing.
_CONTEXT = get_context("spawn")


class SecondPrinter:
    """The second process, seen from the first.

    Attributes:
        process: its number; nothing before it runs.
        gone: whether it has ended, of itself or by order.
        busy: whether it has been given anything that was not taken back.
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
        self.busy = False
        self._in_hand: Sequence[Piece] = ()
        self._ready = False

    @property
    def free(self) -> bool:
        """Whether it can be given anything."""
        if not (self._ready or self.gone) and self._connection.poll():
            self._ready = self._received() is not None
        return self._ready and not (self.gone or self.busy)

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
        self._in_hand = pieces
        self._send(MakePieces(look, sent, numbers))

    def finished(self, *, wait: bool) -> Iterator[tuple[Piece, Sequence[Fragment]]]:
        """Pieces that were given, each with what was made of it; nothing if it went wrong.

        Args:
            wait: whether to wait for them.

        Raises:
            UnusableInputError: if they take too much.
        """
        if not self._in_hand or not (wait or self.gone or self._connection.poll()):
            return
        made: MadePieces | None = self._result()
        pieces, self._in_hand = self._in_hand, ()
        yield from zip(pieces, made or ((),) * len(pieces), strict=True)

    def prepare(self, document: HtmlDocument, pack: Pack) -> None:
        """Gives a document to prepare.

        Args:
            document: the document.
            pack: its pack.
        """
        self._send(PrepareDocument(document, pack))

    def prepared(self) -> Prepared | None:
        """The document that was given, when it is ready; nothing if it went wrong.

        Raises:
            UnusableInputError: if it takes too much.
        """
        document: Prepared | None = self._result()
        return document

    def embed(self, look: PrintedLook, faces: UsedFaces) -> None:
        """Gives faces of one document to embed.

        Args:
            look: what the pieces of the document have in common.
            faces: the faces.
        """
        self._send(EmbedFonts(look, faces))

    def embedded(self) -> Mapping[str, EmbeddedFont]:
        """The faces that were given, when they are embedded; none if it went wrong.

        Raises:
            UnusableInputError: if they take too much.
        """
        return self._result() or {}

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._connection.close()
        self.gone = True

    def _send(self, task: PrintingTask) -> None:
        self.busy = True
        try:
            self._connection.send(task)
        except OSError:
            self.gone = True

    def _result(self) -> Any:
        """What came of what it was given last; nothing if it went wrong."""
        self.busy = False
        answer = self._received()
        if answer is not None and answer.findings:
            self._in_hand = ()
            raise UnusableInputError(answer.findings)
        return answer and answer.result

    def _received(self) -> Answer | None:
        try:
            answer = None if self.gone else self._connection.recv()
        except (EOFError, OSError):
            self.gone = True
            return None
        return answer if isinstance(answer, Answer) else None


@contextmanager
def second_printer(*, wanted: bool) -> Iterator[SecondPrinter | None]:
    """A second process for as long as it is needed, if there is a core for it.

    Args:
        wanted: whether pages are printed.
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
    """The life of the second process: does what it is given until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process ends it
    from generator.printing.libraries import lean_import

    with lean_import():
        import generator.printing.pieces.layout
        from generator.printing.bounds import ExcessiveError
    gc.disable()  # layout makes millions of objects; the engine itself collects now and then
    engines = _LastEngine()
    with suppress(EOFError, OSError):  # the first process has gone
        connection.send(Answer())
        import generator.printing.prepared  # noqa: F401 - while nothing is to be done yet

        while True:
            task: PrintingTask = connection.recv()
            try:
                answer = Answer(task.do(engines))
            except ExcessiveError as error:
                answer = Answer(findings=error.findings)
                engines.forget()
            except Exception:  # it happens to the first process, too, which tells it
                answer = Answer()
                engines.forget()
            connection.send(answer)


class _LastEngine:
    """The engine of the last look that was asked for."""

    def __init__(self) -> None:
        self._engine: LayoutEngine | None = None
        self._look: object = None

    def of(self, look: PrintedLook) -> LayoutEngine:
        """The engine of a look."""
        from generator.printing.pieces.layout import LayoutEngine

        kind = look.stylesheet, look.folder, look.certain
        if self._engine is None or self._look != kind:
            self._engine, self._look = LayoutEngine(*kind), kind
        return self._engine

    def forget(self) -> None:
        """Forgets it: something went wrong with it."""
        self._engine = None
