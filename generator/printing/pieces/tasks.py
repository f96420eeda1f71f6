"""What a second process is given to do: it is sent there, and done there.

Nothing here imports what prints before a task is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from generator.core.findings import Finding

if TYPE_CHECKING:
    from generator.printing.fragments.fragment import EmbeddedFont, Fragment, UsedFaces
    from generator.printing.pieces.layout import LayoutEngine
    from generator.printing.pieces.piece import Piece


@dataclass(frozen=True, slots=True)
class PrintedLook:
    """What the pieces of a document have in common.

    Attributes:
        stylesheet: the pack's CSS.
        folder: the only folder that files are read from.
        shell: the document without its sections.
    """

    stylesheet: str
    folder: Path
    shell: bytes


class PrintingTask(Protocol):
    """Something to do for documents of one look."""

    @property
    def look(self) -> PrintedLook:
        """Which look that is."""

    def do(self, layout: LayoutEngine) -> Any:
        """What comes of it; nothing if it went wrong.

        Raises:
            UnusableInputError: if it cannot be done at all.
        """


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task.

    Attributes:
        result: that; nothing if it went wrong.
        findings: why printing was ended.
    """

    result: Any = None
    findings: tuple[Finding, ...] = ()


MadePieces = tuple[tuple["Fragment", ...], ...]
"""For each piece what was made of it: as it is, and in each step in which it was tightened."""


@dataclass(frozen=True, slots=True)
class MakePieces:
    """Makes pieces: their sections, whether they are numbered, and how far they tighten.

    ``numbers`` are the page numbers that they show.
    """

    look: PrintedLook
    pieces: tuple[tuple[tuple[bytes, ...], bool, int], ...]
    numbers: Mapping[str, int]

    def do(self, layout: LayoutEngine) -> MadePieces | None:
        """The pieces; nothing if the layout complains of anything.

        Raises:
            ExcessiveError: if too much time or memory is taken.
            UnusableInputError: if a piece cannot be made otherwise.
        """
        from lxml import etree

        from generator.compose.document.tree import HtmlDocument
        from generator.printing.bounds import bounded_printing
        from generator.printing.pieces.complaints import Complaints
        from generator.printing.pieces.piece import Piece

        document = HtmlDocument(etree.fromstring(self.look.shell), ())
        pieces = [
            (Piece(document, tuple(map(etree.fromstring, sections)), numbered), steps)
            for sections, numbered, steps in self.pieces
        ]
        elements = sum(piece.elements for piece, _ in pieces)
        with Complaints() as complaints, bounded_printing(elements, self.look.folder):
            layout.prepare([piece for piece, _ in pieces if piece.may_be_grid])
            made = tuple(
                tuple(_made(piece, self.numbers, steps, layout)) for piece, steps in pieces
            )
        return None if complaints.findings(self.look.folder) else made


def _made(
    piece: Piece, numbers: Mapping[str, int], steps: int, layout: LayoutEngine
) -> list[Fragment]:
    from generator.printing.fragments.fragment import NOT_MADE
    from generator.printing.pieces.making import settle

    made: list[Fragment] = []

    def make(each: Piece) -> Fragment:
        made.append(layout.anywhere(each, numbers) or NOT_MADE)
        return made[-1]

    settle(piece, steps, make)
    return made


@dataclass(frozen=True, slots=True)
class EmbedFonts:
    """Embeds what is needed of faces."""

    look: PrintedLook
    faces: UsedFaces

    def do(self, layout: LayoutEngine) -> dict[str, EmbeddedFont]:
        """The fonts by the same names.

        Raises:
            UnknownFaceError: if a face is not found.
        """
        return {name: layout.embed(name, *used) for name, used in self.faces.items()}
