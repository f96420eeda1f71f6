"""Columns of a document's tables that state the same facts, each by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct

from generator.checks.general.tables.equations.equation import SummedCell
from generator.checks.general.tables.equations.labelled import row_kind
from generator.checks.general.tables.equations.row_names import is_total_row
from generator.checks.general.tables.former_names import renamed
from generator.checks.general.tables.understood.kinds import (
    FUNDS,
    SOURCES,
    WHOLE,
    ColumnKind,
    plain_title,
)
from generator.checks.general.tables.understood.money import Money
from generator.checks.general.tables.understood.table import (
    TableSide,
    UnderstoodColumn,
    UnderstoodRow,
    UnderstoodTable,
)
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded

_SCOPES = (
    (ColumnKind.FUND, late_pattern(r"政府性基金")),
    (ColumnKind.STATE_CAPITAL, late_pattern(r"国有资本经营")),
    (ColumnKind.GENERAL, late_pattern(r"一般公共预算")),
    (ColumnKind.APPROPRIATION, late_pattern(r"财政拨款")),
    (ColumnKind.TOTAL, late_pattern(r"(收支|收入|支出)(预算)?总(表|体)|预算(收支|收入|支出)总表")),
)
_OTHER_TABLES = late_pattern(r"三公|机关运行|项目支出.*表|明细|采购|资产|购买服务|基本支出.*政府")
_BASIC_TABLE = late_pattern(r"基本支出")
_WITHOUT_CARRIED = late_pattern(r"不含.{0,6}结转|当年|本年预算")
_CARRIED = late_pattern(r"结转|结余|弥补")
TOTAL = "合计"
"""The key of the total of a series."""


class SeriesFact(Struct, frozen=True):
    """What a series states: of which money, and of which part of it."""

    scope: ColumnKind
    nature: ColumnKind


_INCOME = SeriesFact(ColumnKind.TOTAL, ColumnKind.THIS_YEAR)
"""The income of all kinds, by source."""


class Series(Struct, frozen=True, eq=False):
    """A column by subject: codes, and ``TOTAL`` for the cells that may be its total."""

    table: UnderstoodTable
    fact: SeriesFact
    cells: Mapping[str, SummedCell]
    totals: tuple[Money, ...]
    without_carried: bool
    """Whether its title says that 上年结转 is not in it."""


def series_of(tables: Sequence[UnderstoodTable], classes: Mapping[str, str]) -> Iterator[Series]:
    """The series of a document; ``classes`` are the codes of classes by folded name."""
    for table in tables:
        scope = scope_of(table)
        if scope is None:
            continue
        for side in table.sides:
            yield from _of_side(table, side, scope, classes)
            if scope is ColumnKind.TOTAL:
                yield from _by_source(table, side)


def scope_of(table: UnderstoodTable) -> ColumnKind | None:
    """The money that a table is about, by its title; ``None`` if that is not sure."""
    title = folded(table.title)
    if not title or _OTHER_TABLES.search(title):
        return None
    found = [kind for kind, words in _SCOPES if words.search(title)]
    if len(found) > 1 and found[-1] is ColumnKind.TOTAL:
        found.pop()  # 财政拨款收支总表
    return found[0] if len(found) == 1 else None


def carried_over(tables: Sequence[UnderstoodTable]) -> bool:
    """Whether any table states money carried over from the year before."""
    return any(
        _CARRIED.search(line.name) or _CARRIED.search("".join(column.titles))
        for table in tables
        for side in table.sides
        for line in side.lines
        for column in side.amounts
        if (amount := line.amounts.get(column.at)) and amount.value
    )


def subjects_carried_over(tables: Sequence[UnderstoodTable]) -> Set[str] | None:
    """The codes with money carried over, and those above them; ``None`` if no table tells."""
    found: set[str] = set()
    told = False
    for side in (side for table in tables for side in table.sides if side.coded):
        columns = [column for column in side.amounts if column.kind is ColumnKind.CARRY_OVER]
        told = told or bool(columns)
        for line in side.lines:
            if any((amount := line.amounts.get(c.at)) and amount.value for c in columns):
                found.update(line.code[:length] for length in (3, 5, 7) if line.code)
    return found if told else None


def _of_side(
    table: UnderstoodTable, side: TableSide, scope: ColumnKind, classes: Mapping[str, str]
) -> Iterator[Series]:
    lines = _lines_by_key(side, classes)
    totals = [line for line in side.lines if is_total_row(line)]
    economic = any(code.startswith(("3", "5")) for code in lines)
    for column in side.amounts:
        fact = _fact(table, column, scope, economic=economic)
        if fact is None:
            continue
        by_function = (key for key in lines if key.startswith("2"))
        keyed = {key: SummedCell(lines[key], column) for key in by_function}
        if len(totals) == 1:
            keyed[TOTAL] = SummedCell(totals[0], column)
        stated = tuple(line.amounts[column.at] for line in totals if column.at in line.amounts)
        if keyed:
            without = bool(_WITHOUT_CARRIED.search(folded(table.title)))
            yield Series(table, fact, keyed, stated, without)


def _by_source(table: UnderstoodTable, side: TableSide) -> Iterator[Series]:
    """The income of a table by source, in the rows of a side or in the columns of its total.

    上年结转 stands for the total: where two tables state it alike, or there is none, all other
    sources are without it.
    """
    totals = [line for line in side.lines if is_total_row(line)]
    if side.coded:
        of_total = (
            [SummedCell(totals[0], column) for column in side.amounts] if len(totals) == 1 else []
        )
        cells = [(cell.column.kind, cell) for cell in of_total]
    else:
        wholes = [column for column in side.amounts if column.kind in WHOLE]
        lines = side.lines if len(wholes) == 1 else ()
        cells = [(row_kind(line.name), SummedCell(line, wholes[0])) for line in lines]
    counted = Counter(kind for kind, _ in cells)
    sources = {kind: cell for kind, cell in cells if kind in SOURCES and counted[kind] == 1}
    if len(sources) > 1:
        carried = sources.get(ColumnKind.CARRY_OVER)
        stated = (carried.amount,) if carried and carried.amount else ()
        keyed = {kind.value: cell for kind, cell in sources.items()}
        yield Series(table, _INCOME, keyed, stated, without_carried=False)


def _fact(
    table: UnderstoodTable, column: UnderstoodColumn, scope: ColumnKind, *, economic: bool
) -> SeriesFact | None:
    """What a column of a table of some money states."""
    basic = bool(_BASIC_TABLE.search(folded(table.title)))
    if basic or economic:
        whole = basic and column.kind in WHOLE
        return SeriesFact(scope, ColumnKind.BASIC) if whole else None
    nature = ColumnKind.TOTAL
    if column.kind in FUNDS:
        return SeriesFact(column.kind, nature)
    if column.kind in (ColumnKind.BASIC, ColumnKind.PROJECT):
        return SeriesFact(scope, column.kind)
    if column.kind is ColumnKind.APPROPRIATION and scope is ColumnKind.TOTAL:
        return SeriesFact(ColumnKind.APPROPRIATION, nature)
    return SeriesFact(scope, nature) if column.kind in WHOLE else None


def _lines_by_key(side: TableSide, classes: Mapping[str, str]) -> dict[str, UnderstoodRow]:
    """The rows of a side by code, or by class if they have names only; each but once."""
    keyed: dict[str, UnderstoodRow] = {}
    twice: set[str] = set()
    for line in side.lines:
        name = folded(plain_title(line.name))
        today = renamed(name)
        code = line.code or classes.get(folded(today.name) if today else name, "")
        if not code or is_total_row(line):
            continue
        if code in keyed:
            twice.add(code)
        keyed[code] = line
    return {code: line for code, line in keyed.items() if code not in twice}
