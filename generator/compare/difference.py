"""What a comparison finds: differences with class, weight and both places, and what was paired."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, field

from generator.core.findings import Location, Severity
from generator.drafts.words.units import PRESCRIBED, Unit


class DifferenceKind(StrEnum):
    """The class of a difference."""

    AMOUNT = "数值"
    TEXT = "文字"
    MISSING = "缺失"
    ADDED = "多出"
    MOVED = "位置"
    NAME = "名称"
    FORMAT = "格式"
    NOISE = "噪声"
    """Most likely the extraction of a text, not the document."""
    YEAR = "年度"
    """What another year brings with it: another amount in the same place."""


FOLDED = frozenset({DifferenceKind.FORMAT, DifferenceKind.NOISE, DifferenceKind.YEAR})
"""Classes that are counted, but shown only when asked for; they make no two documents differ."""

_SEVERITIES = {
    DifferenceKind.AMOUNT: Severity.ERROR,
    DifferenceKind.MISSING: Severity.ERROR,
    DifferenceKind.ADDED: Severity.ERROR,
    DifferenceKind.NAME: Severity.WARNING,
    DifferenceKind.TEXT: Severity.WARNING,
    DifferenceKind.MOVED: Severity.WARNING,
}


class Difference(Struct, frozen=True, eq=False):
    """One difference between the generated document (``ours``) and the draft (``theirs``).

    Equal only to itself: the same words may differ twice, and each time counts.

    Attributes:
        what: the place in the document, in words: table, row and column, or section.
        ours, theirs: both wordings; ``""`` if a side has nothing.
        our_place, their_place: where they stand; ``None`` if a side has nothing.
        source: what the number of ours was computed from, where that is known.
        units: what both are in, if they are amounts of a table.
        leaves: the addresses of all leaves of the number of ours, where they are known.
        is_count: whether the number of ours is none of money, so that ``units`` say nothing of it.
        in_row: whether ``our_place`` is only that of the row, where it is not known what wrote the
            cell.
    """

    kind: DifferenceKind
    what: str
    ours: str
    theirs: str
    our_place: Location | None
    their_place: Location | None
    source: str = ""
    units: tuple[Unit, Unit] = (PRESCRIBED, PRESCRIBED)
    leaves: frozenset[str] = frozenset()
    is_count: bool = False
    in_row: bool = False

    @property
    def severity(self) -> Severity:
        """How grave it is: a wrong number is an error, other words are to be looked at."""
        return _SEVERITIES.get(self.kind, Severity.NOTE)


class TextPiece(Struct, frozen=True):
    """A stretch of two texts: the same on both sides, or one wording against another."""

    ours: str
    theirs: str

    @property
    def same(self) -> bool:
        """Whether both sides say the same."""
        return self.ours == self.theirs


class PairedCell(Struct, frozen=True):
    """A cell of both sides, with the difference between them."""

    ours: str
    theirs: str
    difference: Difference | None = None


class PairedRow(Struct, frozen=True):
    """A row of both sides; a row that one side lacks has only that difference."""

    cells: tuple[PairedCell, ...]
    difference: Difference | None = None
    head: bool = False

    def differences(self) -> Iterator[Difference]:
        """The row's own difference, otherwise those of its cells."""
        if self.difference is not None:
            yield self.difference
        for cell in self.cells:
            if cell.difference is not None:
                yield cell.difference


class PairedText(Struct, frozen=True):
    """A paragraph of both sides, cut where they differ."""

    pieces: tuple[TextPiece, ...]
    found: tuple[Difference, ...] = ()

    def differences(self) -> Iterator[Difference]:
        """The differences within the paragraph."""
        yield from self.found

    def marked(self) -> Iterator[tuple[TextPiece, int | None]]:
        """The stretches, each with the index in ``found`` of its difference."""
        numbers = iter(enumerate(self.found))
        number, waiting = next(numbers, (0, None))
        for piece in self.pieces:
            if waiting and (piece.ours, piece.theirs) == (waiting.ours, waiting.theirs):
                yield piece, number
                number, waiting = next(numbers, (0, None))
            else:
                yield piece, None

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Index in ``found``, start and end in the text of ours, of each difference in it."""
        start = 0
        for piece, number in self.marked():
            end = start + len(piece.ours)
            if number is not None:
                yield number, start, end
            start = end


class Part(Struct, frozen=True):
    """A section, a statement or a form of both sides; ``difference`` where it stands apart.

    ``columns`` is what the columns of its rows are called, where no row says so.
    """

    title: str
    group: str
    content: tuple[PairedText | PairedRow, ...] = ()
    difference: Difference | None = None
    columns: tuple[str, ...] = ()

    def differences(self) -> Iterator[Difference]:
        """Its own difference, and those of what it holds."""
        if self.difference is not None:
            yield self.difference
        for each in self.content:
            yield from each.differences()


class Comparison(Struct, frozen=True):
    """Two documents side by side, part by part."""

    ours: str
    theirs: str
    parts: tuple[Part, ...]
    unread: tuple[str, ...] = field(default=())
    """What could not be read on either side and therefore is not compared."""
    years: tuple[int, int] | None = None
    """The budget years of both sides where one year is compared with another."""
    formats: tuple[str, str] = ("", "")
    """Of both sides, which format it is and how much of it was recognised."""
    remarks: tuple[str, ...] = ()
    """Tracked changes, comments and what is hidden in the files, in words; no differences."""

    @property
    def equal(self) -> bool:
        """Whether everything was compared and nothing differs, nor may differ."""
        return not (self.unread or self.differences() or self.misread)

    @property
    def misread(self) -> list[Difference]:
        """Noise that an extraction can only have made by taking a character for another one.

        Somebody may have written it so: whoever compares is shown it, and it is not equal.
        """
        noise = (d for d in self.differences(folded=True) if d.kind is DifferenceKind.NOISE)
        return [d for d in noise if not (_lost(d.ours, d.theirs) or _lost(d.theirs, d.ours))]

    def differences(self, *, folded: bool = False) -> list[Difference]:
        """Every difference in reading order; those that are folded away only when asked for."""
        return [
            each
            for part in self.parts
            for each in part.differences()
            if folded or each.kind not in FOLDED
        ]


def _lost(whole: str, rest: str) -> bool:
    """Whether a text is another one of which characters were lost."""
    signs = iter("".join(whole.split()))
    return all(sign in signs for sign in "".join(rest.split()))
