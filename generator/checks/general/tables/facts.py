"""E905 and W906: one fact in several tables is one amount; 三公 and the subjects it is made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal

from generator.checks.general.tables.compare import DifferentAmounts, compared
from generator.checks.general.tables.equations.equation import SummedCell
from generator.checks.general.tables.equations.labelled import row_kind
from generator.checks.general.tables.judged import judged_table
from generator.checks.general.tables.rules import OFFICIAL, SAME
from generator.checks.general.tables.series import TOTAL, Series
from generator.checks.general.tables.understood.kinds import WHOLE, ColumnKind, plain_title
from generator.checks.general.tables.understood.money import amount_shown
from generator.checks.general.tables.understood.read import read_tables
from generator.checks.general.tables.understood.table import UnderstoodTable
from generator.checks.rule import Check, Outcome, Passed
from generator.core.findings import Finding
from generator.drafts.words.units import PRESCRIBED
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument

_SUBJECTS = {
    "30212": ColumnKind.ABROAD,
    "30217": ColumnKind.RECEPTION,
    "30231": ColumnKind.VEHICLES_RUN,
}
Blamed = Set[tuple[UnderstoodTable, tuple[int, int]]]
"""Cells of sums that do not hold: their table, row and column."""


def facts_of_tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    """Applies E905 and W906."""
    tables = read_tables(document).understood
    blamed = {
        (table, cell.at)
        for table in tables
        for blame in judged_table(table).blames
        for equation in blame.broken
        for cell in equation.cells
    }
    found = compared(document)
    if found.agreed:
        yield Passed(SAME.code, found.agreed)
    yield from _findings(
        [difference for difference in found.differences if not _is_blamed(difference, blamed)]
    )
    if not document.follows_pack:  # E768 tells it where the unit that is due is known
        yield from _wrong_units(found.other_units)
    yield from _official(tables, blamed)


def _is_blamed(difference: DifferentAmounts, blamed: Blamed) -> bool:
    """Whether the sums of a table tell of the cell already."""
    pairs = (difference.one, difference.other)
    return any((series.table, cell.at) in blamed for series, cell in pairs)


def _findings(differences: Iterable[DifferentAmounts]) -> Iterator[Finding]:
    """One finding for each cause: those alike in one table by the same gap, the lowest subject."""
    by_cause: dict[Decimal, list[DifferentAmounts]] = defaultdict(list)
    for difference in differences:
        by_cause[difference.gap].append(difference)
    for alike in by_cause.values():
        odd = _odd_one(alike)
        deepest = max(alike, key=lambda each: len(each.key) if each.key != TOTAL else 0)
        pairs = (deepest.one, deepest.other)
        wrong, right = pairs if pairs[0][0].table is odd else pairs[::-1]
        others = [pair for each in alike for pair in (each.one, each.other)]
        yield _finding(wrong, right, [pair for pair in others if pair not in (wrong,)])


def _odd_one(alike: Sequence[DifferentAmounts]) -> UnderstoodTable:
    """The table that differs from most others; the later one of two."""
    counted = Counter(pair[0].table for each in alike for pair in (each.one, each.other))
    most = max(counted.values())
    leading = [table for table, count in counted.items() if count == most]
    return leading[0] if len(leading) == 1 else alike[0].other[0].table


def _wrong_units(pairs: Sequence[Sequence[DifferentAmounts]]) -> Iterator[Finding]:
    """One finding for each table whose unit cannot be right, whatever the others are."""
    told: set[UnderstoodTable] = set()
    counted = Counter(pair[0].table for each in pairs for pair in (each[0].one, each[0].other))
    for alike in pairs:
        one, other = alike[0].one, alike[0].other
        wrong, right = sorted((one, other), key=lambda pair: _oddity(pair, counted), reverse=True)
        table = wrong[0].table
        if table in told or right[0].table in told:
            continue
        told.add(table)
        units = wrong[1].column.unit, right[1].column.unit
        times = max(unit.yuan for unit in units) / min(unit.yuan for unit in units)
        yield SAME.finding(
            f"“{table.name}”的单位是{units[0].words}，“{right[0].table.name}”的单位是"
            f"{units[1].words}，同样的 {len(alike)} 个数却完全相同，差 {times:f} 倍，"
            "有一张表的单位写错",
            table.place(None),
            group=table.name,
            subjects=(f"{table.name}/单位",),
            excerpt=_amount(wrong[1]),
            also=[right[0].table.place(None)],
            remedy="核对两张表的金额单位，改正写错的一个",
        )


def _oddity(pair: tuple[Series, SummedCell], counted: Counter[UnderstoodTable]) -> tuple[int, bool]:
    """How likely the unit of a table is the wrong one: the most others contradict it."""
    series, cell = pair
    return counted[series.table], cell.column.unit is not PRESCRIBED


def _finding(
    wrong: tuple[Series, SummedCell],
    right: tuple[Series, SummedCell],
    others: Sequence[tuple[Series, SummedCell]],
) -> Finding:
    series, cell = wrong
    unit = cell.column.unit
    gap = amount_shown(abs(cell.value - right[1].value), unit, _amount(cell))
    message = (
        f"{_cell_words(*wrong)}是 {_amount(cell)}，{_cell_words(*right)}是 {_amount(right[1])}，"
        f"相差 {gap} {unit.words}"
    )
    places = [each.table.place(c.line, c.column) for each, c in (right, *others)]
    place = series.table.place(cell.line, cell.column)
    return SAME.finding(
        message,
        place,
        group=series.table.name,
        subjects=(f"{series.table.name}/{cell.line.words}/{cell.column.title}",),
        excerpt=_amount(cell),
        also=[fromkey for fromkey in dict.fromkeys(places) if fromkey != place],
    )


def _cell_words(series: Series, cell: SummedCell) -> str:
    return f"“{series.table.name}”的“{cell.line.words}”（{cell.column.title}）"


def _amount(cell: SummedCell) -> str:
    return cell.amount.words if cell.amount else "空"


# 三公


def _official(tables: Sequence[UnderstoodTable], blamed: Blamed) -> Iterator[Outcome]:
    """Applies W906: each item is not less than its subject in the economic table."""
    stated = _official_items(tables)
    for code, kind in _SUBJECTS.items():
        for table, cell in _subjects(tables, code, kind):
            official = stated.get(kind)
            if official is None or cell.amount is None:
                continue
            own_table, own = official
            if {(own_table, own.at), (table, cell.at)} & blamed:
                continue  # the sums of its table tell of it
            half = own.amount.half_step if own.amount else Decimal(0)
            if own.value + half >= cell.value - cell.amount.half_step:
                yield Passed(OFFICIAL.code)
                continue
            yield OFFICIAL.finding(
                f"“{own_table.name}”的{kind.value}是 {_amount(own)}，"
                f"小于“{table.name}”的“{cell.line.words}” {_amount(cell)}",
                own_table.place(own.line, own.column),
                group=own_table.name,
                subjects=(f"{own_table.name}/{kind.value}",),
                excerpt=_amount(own),
                also=[table.place(cell.line, cell.column)],
            )


def _official_items(
    tables: Sequence[UnderstoodTable],
) -> Mapping[ColumnKind, tuple[UnderstoodTable, SummedCell]]:
    """The items of 三公 in the table about it, in columns or in rows, if it states any amount."""
    found: dict[ColumnKind, tuple[UnderstoodTable, SummedCell]] = {}
    wanted = set(_SUBJECTS.values())
    for table in tables:
        if "三公" not in table.title:
            continue
        for side in table.sides:
            columns = [column for column in side.amounts if column.kind in wanted]
            if len(side.lines) == 1:
                for column in columns:
                    found.setdefault(column.kind, (table, SummedCell(side.lines[0], column)))
            wholes = [column for column in side.amounts if column.kind in WHOLE]
            for line in side.lines if wholes and not columns else ():
                if (kind := row_kind(line.name)) in wanted:
                    found.setdefault(kind, (table, SummedCell(line, wholes[0])))
    return found if any(cell.amount for _, cell in found.values()) else {}


def _subjects(
    tables: Sequence[UnderstoodTable], code: str, kind: ColumnKind
) -> Iterator[tuple[UnderstoodTable, SummedCell]]:
    """The cells of an economic subject in tables of basic expenditure."""
    for table in tables:
        if "基本支出" not in table.title:
            continue
        for side in table.sides:
            wholes = [column for column in side.amounts if column.kind in WHOLE]
            for line in side.lines if wholes else ():
                name = plain_title(line.name.partition("/")[0])
                if (line.code == code or not line.code) and row_kind(name) is kind:
                    yield table, SummedCell(line, wholes[0])


CHECKS: tuple[Check, ...] = (facts_of_tables,)
