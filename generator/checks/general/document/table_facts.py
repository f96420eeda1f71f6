"""What the tables of a disclosure say, by kind of table, subject and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.checks.general.document.table_kinds import MinistryTable, kind_of_title
from generator.checks.general.tables.understood.kinds import (
    OFFICIAL,
    VEHICLES,
    ColumnKind,
    plain_title,
)
from generator.checks.general.tables.understood.kinds import kind_of_words as column_kind
from generator.checks.general.tables.understood.money import Money, amount_of_cell, grain_of
from generator.checks.general.tables.understood.read import read_tables
from generator.checks.general.tables.understood.table import (
    UnderstoodColumn,
    UnderstoodRow,
    UnderstoodTable,
)
from generator.core.findings import Location
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import folded
from generator.reading.document import ReadDocument

_PLANNED = late_pattern("预算|^(上年|20\\d\\d年)数?$")
_DONE = late_pattern("执行|决算|完成|结转|结余|增减|比|占|%")
_TOTAL = late_pattern("(本年)?(支出|收入)?(合计|总计)")
ALL = "合计"
"""The subject of a total."""
_AS_TOTAL = (ColumnKind.AMOUNT, ColumnKind.THIS_YEAR)


class TableFact(Struct, frozen=True):
    """What an amount is of: the table, the subject's code or its name, and the column."""

    kind: MinistryTable
    subject: str
    column: ColumnKind


def is_part(part: TableFact, whole: TableFact) -> bool:
    """Whether an amount is counted in another: of a lower subject, or of a part of its row."""
    if part.kind is not whole.kind or part == whole:
        return False
    below = whole.subject == ALL or (
        whole.subject.isdecimal() and part.subject.startswith(whole.subject)
    )
    lower = part.subject == whole.subject or (below and part.subject != ALL)
    of_vehicles = whole.column is ColumnKind.VEHICLES and part.column in VEHICLES
    in_row = whole.column in (part.column, ColumnKind.TOTAL) or of_vehicles
    return lower and in_row


class TableAmount(Struct, frozen=True):
    """An amount that a table states, in 元, and where."""

    fact: TableFact
    money: Money
    place: Location
    words: str


def known_tables(document: ReadDocument) -> Iterator[tuple[MinistryTable, UnderstoodTable]]:
    """The understood tables of a document that are among the nine of 财政部."""
    for table in read_tables(document).understood:
        kind = kind_of_title(table.title)
        if kind is not None:
            yield kind, table


def facts_of(document: ReadDocument) -> dict[TableFact, TableAmount]:
    """The amounts of this year; those that a document states twice in one table count once."""
    found: dict[TableFact, TableAmount] = {}
    for kind, table in known_tables(document):
        for side in table.sides:
            for line in side.lines:
                for column in side.amounts:
                    amount = line.amounts.get(column.at)
                    if amount is not None and subject_of(line):
                        fact = TableFact(kind, subject_of(line), as_total(_kind_in_group(column)))
                        told = TableAmount(
                            fact, amount, table.place(line, column), _words(table, line)
                        )
                        found.setdefault(fact, told)
    return found


def prior_facts_of(document: ReadDocument, year: int) -> list[TableAmount]:
    """The amounts that a document states in columns for the budget of the year before."""
    return [
        told
        for kind, table in known_tables(document)
        for side in table.sides
        for column in side.columns
        if _is_prior(column, year)
        for line in side.lines
        if (told := _prior(kind, table, line, column)) is not None
    ]


def _prior(
    kind: MinistryTable, table: UnderstoodTable, line: UnderstoodRow, column: UnderstoodColumn
) -> TableAmount | None:
    rows = table.block.rows
    cells = rows[line.at].cells
    if column.at >= len(cells) or not cells[column.at].strip() or not subject_of(line):
        return None
    texts = (row.cells[column.at] for row in rows if column.at < len(row.cells))
    grain = grain_of(texts, column.unit)
    amount = amount_of_cell(cells[column.at], column.unit, grain)
    if amount is None:
        return None
    fact = TableFact(kind, subject_of(line), as_total(_leaf(column)))
    return TableAmount(fact, amount, table.place(line, column), _words(table, line))


def _is_prior(column: UnderstoodColumn, year: int) -> bool:
    """Whether a column is of the budget of the year before, not of what was carried out."""
    titles = [folded(title) for title in column.titles]
    of_year = [t for t in titles if "上年" in t or f"{year - 1}年" in t]
    return bool(
        of_year
        and any(_PLANNED.search(title) for title in titles)
        and not any(_DONE.search(title) for title in titles)
    )


def _leaf(column: UnderstoodColumn) -> ColumnKind:
    """What a column for the year before holds: the words below those of the year say it."""
    own = [title for title in column.titles if not re.search("上年|20\\d\\d年", title)]
    kind = column_kind(own[-1]) if own else ColumnKind.TOTAL
    kind = ColumnKind.TOTAL if kind is ColumnKind.OTHER else kind
    return _of_group(kind, own[:-1])


def _kind_in_group(column: UnderstoodColumn) -> ColumnKind:
    return _of_group(column.kind, column.titles[:-1])


def _of_group(kind: ColumnKind, above: Sequence[str]) -> ColumnKind:
    """What a column holds: 小计 below 公务用车购置及运行费 is all of that, no total of the row."""
    group = column_kind(above[-1]) if above else ColumnKind.OTHER
    return group if as_total(kind) is ColumnKind.TOTAL and group in OFFICIAL else kind


def as_total(kind: ColumnKind) -> ColumnKind:
    """The kind of a column, the only amount of a row taken for its total."""
    return ColumnKind.TOTAL if kind in _AS_TOTAL else kind


def subject_of(line: UnderstoodRow) -> str:
    """What a row is about: its code, else its name; 合计 for that of a table without names."""
    if line.code:
        return line.code
    name = plain_title(line.name)
    return ALL if not name or _TOTAL.fullmatch(name) else name


def _words(table: UnderstoodTable, line: UnderstoodRow) -> str:
    return f"“{table.name}”{f'“{line.words}”' if line.words else ''}"
