"""Compares the lines above a table: title, name, and the unit of its amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from generator.compare.difference import Difference, DifferenceKind, PairedText, TextPiece
from generator.compare.side import ComparedTable
from generator.compare.tables.sheets import Scales
from generator.compare.text.differences import Wording, amount
from generator.compare.text.paragraphs import compare_pair, compare_texts
from generator.core.numbers.rounding import half_up
from generator.core.records import replace
from generator.drafts.words.units import Scale, Unit, table_line
from generator.importing.amounts.printed.units import Known
from generator.reading.document import Passage


def scales_of(ours: ComparedTable, theirs: ComparedTable) -> tuple[Scales, Scales]:
    """What the amounts of both tables are in, as far as that is the difference between them.

    If as many amounts are the same when the units are not looked at, it is the line with the
    unit that differs, not every amount.
    """
    columns = [at for at, pair in enumerate(_units(ours, theirs)) if pair[0] is not pair[1]]
    if not columns:
        return ours.scales, theirs.scales
    due = {at: ours.scales[at].unit for at in columns}
    own = {at: theirs.scales[at].unit for at in columns}
    amounts = _amounts(ours, due)
    if len(amounts & _amounts(theirs, own)) > len(amounts & _amounts(theirs, due)):
        return ours.scales, theirs.scales
    return (), ()


def compare_lines(
    what: str, ours: ComparedTable, theirs: ComparedTable, wording: Wording
) -> Iterator[PairedText]:
    """The lines above both tables.

    How a line names the unit is looks. A table in another unit, with amounts to match, differs
    in that one line, and not gravely.
    """
    (mine, rest), (yours, others) = _parted(ours), _parted(theirs)
    if mine is None or yours is None:
        yield from compare_texts(what, ours.above, theirs.above, wording)
        return
    yield from compare_texts(what, rest, others, wording)
    converted = _is_sure(ours) and _is_sure(theirs) and bool(scales_of(ours, theirs)[0])
    paired = compare_pair(what, mine, yours, wording)
    yield _judged(paired, mine.text, yours.text, converted=converted)


def _parted(sheet: ComparedTable) -> tuple[Passage | None, list[Passage]]:
    """The lines above a table that say who and in what unit, as one line, and the others.

    There is no such line where none names the unit.
    """
    known = [line for line in sheet.above if table_line(line.text).known]
    others = [line for line in sheet.above if not table_line(line.text).known]
    if not any(table_line(line.text).unit for line in known):
        return None, others
    return replace(known[0], text="\n".join(line.text for line in known)), others


def _judged(paired: PairedText, ours: str, theirs: str, *, converted: bool) -> PairedText:
    mine, yours = table_line(ours), table_line(theirs)
    if not paired.found:
        return paired
    if mine == yours:
        return PairedText((TextPiece(ours, theirs),), (_whole(paired.found[0], ours, theirs),))
    if mine.unit is yours.unit or not converted:
        return paired
    softer = (
        replace(each, kind=DifferenceKind.TEXT) if each.kind is DifferenceKind.AMOUNT else each
        for each in paired.found
    )
    return replace(paired, found=tuple(softer))


def _whole(difference: Difference, ours: str, theirs: str) -> Difference:
    return replace(difference, kind=DifferenceKind.FORMAT, ours=ours, theirs=theirs)


def _is_sure(sheet: ComparedTable) -> bool:
    """Whether the amounts of a table are in the unit that it names."""
    return sheet.measure is not None and sheet.measure.known is Known.STATED


def _units(ours: ComparedTable, theirs: ComparedTable) -> list[tuple[Unit, Unit]]:
    pairs = zip(ours.scales, theirs.scales, strict=False)
    return [(mine.unit, yours.unit) for mine, yours in pairs]


def _amounts(sheet: ComparedTable, units: Mapping[int, Unit]) -> set[Decimal]:
    """The amounts in some columns of a table, being in units: as finely as statements print."""
    found = set()
    for at, unit in units.items():
        values = (amount(row.cells[at], unit) for row in sheet.rows if at < len(row.cells))
        found |= {
            half_up(value * unit.yuan / Scale().grain, Decimal(1)) for value in values if value
        }
    return found - {0}
