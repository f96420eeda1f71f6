"""Compares the lines above a table: title, name, and the unit of its amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.compare.difference import Difference, Kind, PairedText, Piece
from generator.compare.side import Sheet
from generator.compare.texts import compare_texts
from generator.compare.wording import Wording
from generator.drafts.units import table_line
from generator.importing.table_units import Known


def compare_lines(what: str, ours: Sheet, theirs: Sheet, wording: Wording) -> Iterator[PairedText]:
    """The lines above both tables.

    How a line names the unit is looks. A table in another unit, with amounts to match, differs
    in that one line, and not gravely.
    """
    for paired in compare_texts(what, ours.above, theirs.above, wording):
        mine = "".join(piece.ours for piece in paired.pieces)
        yours = "".join(piece.theirs for piece in paired.pieces)
        yield _judged(paired, mine, yours, converted=_is_sure(ours) and _is_sure(theirs))


def _judged(paired: PairedText, ours: str, theirs: str, *, converted: bool) -> PairedText:
    mine, yours = table_line(ours), table_line(theirs)
    if not paired.found or not mine.known or not yours.known:
        return paired
    if mine == yours:
        return PairedText((Piece(ours, theirs),), (_whole(paired.found[0], ours, theirs),))
    if mine.unit is yours.unit or not converted:
        return paired
    softer = (
        replace(each, kind=Kind.TEXT) if each.kind is Kind.AMOUNT else each for each in paired.found
    )
    return replace(paired, found=tuple(softer))


def _whole(difference: Difference, ours: str, theirs: str) -> Difference:
    return replace(difference, kind=Kind.FORMAT, ours=ours, theirs=theirs)


def _is_sure(sheet: Sheet) -> bool:
    """Whether the amounts of a table are in the unit that it names."""
    return sheet.measure is not None and sheet.measure.known is Known.STATED
