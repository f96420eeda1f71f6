"""The texts of a line that was laid out with spaces, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from generator.core.text.patterns import late_pattern

_AMOUNT = late_pattern(r"-?[\d,]*\d(\.\d+)?%?")
_GAP = late_pattern(r" {2,}|(?<=\d\.\d\d) (?=\S)|(?<=\d) (?=[一-鿿（])")
"""What parts two cells: a wide gap, or a single space after a number that fills its cell."""
SUMS = frozenset({"合计", "部门合计", "单位合计", "总计"})
"""What the row of a total is called."""


class LinePiece(Struct, frozen=True):
    """A text in a line, from the character ``start`` to before ``end``."""

    start: int
    end: int
    text: str

    @property
    def centre(self) -> float:
        """The middle."""
        return (self.start + self.end) / 2

    @property
    def is_amount(self) -> bool:
        """Whether it is a number of a table."""
        return _AMOUNT.fullmatch(self.text) is not None


def line_pieces(line: str, *, narrow: bool = False) -> list[LinePiece]:
    """The texts of a line with their places; if ``narrow``, a single space parts them as well."""
    gap = re.compile(" +") if narrow else _GAP
    found, at = [], len(line) - len(line.lstrip())
    for match in gap.finditer(line.rstrip(), at):
        found.append(LinePiece(at, match.start(), line[at : match.start()]))
        at = match.end()
    found.append(LinePiece(at, len(line.rstrip()), line[at:].rstrip()))
    return [piece for piece in found if piece.text]


def is_total_line(row: Sequence[LinePiece]) -> bool:
    """Whether a line is that of a total: its name is set in the middle of the columns of names."""
    named = bool(row) and row[0].text.replace(" ", "") in SUMS
    return named and all(piece.is_amount for piece in row[1:])
