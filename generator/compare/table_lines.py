"""Compares the lines above a table: title, name, and the unit of its amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.compare.difference import Difference, Kind, PairedText, Piece
from generator.compare.side import Sheet
from generator.compare.texts import compare_pair, compare_texts
from generator.compare.wording import Wording
from generator.drafts.units import table_line
from generator.importing.table_units import Known
from generator.presented.document import Passage


def compare_lines(what: str, ours: Sheet, theirs: Sheet, wording: Wording) -> Iterator[PairedText]:
    """The lines above both tables.

    How a line names the unit is looks. A table in another unit, with amounts to match, differs
    in that one line, and not gravely.
    """
    mine, yours = _line(ours), _line(theirs)
    if mine is None or yours is None:
        yield from compare_texts(what, ours.above, theirs.above, wording)
        return
    others = [line for line in ours.above if line is not mine]
    yield from compare_texts(
        what, others, [line for line in theirs.above if line is not yours], wording
    )
    sure = _is_sure(ours) and _is_sure(theirs)
    yield _judged(compare_pair(what, mine, yours, wording), mine.text, yours.text, converted=sure)


def _line(sheet: Sheet) -> Passage | None:
    """The line above a table that says in what unit it is."""
    lines = ((line, table_line(line.text)) for line in sheet.above)
    return next((line for line, read in lines if read.unit and read.known), None)


def _judged(paired: PairedText, ours: str, theirs: str, *, converted: bool) -> PairedText:
    mine, yours = table_line(ours), table_line(theirs)
    if not paired.found:
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
