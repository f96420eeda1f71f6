"""The cells of the understood tables that an amount of a sentence may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.checks.general.sentences.figures import Interval, SentenceFigure
from generator.checks.general.tables.equations.labelled import row_kind
from generator.checks.general.tables.equations.row_names import is_total_row
from generator.checks.general.tables.understood.kinds import (
    OFFICIAL,
    VEHICLES,
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
from generator.checks.general.text_tables.subjects import Spoken, without_kind
from generator.core.findings import Location
from generator.drafts.words.text import folded
from generator.drafts.words.units import COMMON

_ALL_OF_THREE = OFFICIAL | VEHICLES | {ColumnKind.AGENCY}
_TITLES = {
    ColumnKind.GENERAL: "一般公共预算",
    ColumnKind.FUND: "政府性基金",
    ColumnKind.STATE_CAPITAL: "国有资本经营",
    ColumnKind.APPROPRIATION: "财政拨款",
    ColumnKind.AGENCY: "机关运行经费",
}
"""The kinds of money that tables are about as a whole."""
_UPPER_LENGTHS = (3, 5)


class FoundCell(Struct, frozen=True):
    """A cell for an amount; ``amount`` is ``None`` if it is empty, which says nothing is there."""

    table: UnderstoodTable
    line: UnderstoodRow
    column: UnderstoodColumn

    @property
    def amount(self) -> Money | None:
        """What it prints."""
        return self.line.amounts.get(self.column.at)

    @property
    def place(self) -> Location:
        """Where it is."""
        return self.table.place(self.line, self.column)

    @property
    def words(self) -> str:
        """What a finding calls it."""
        line = f"“{self.line.words}”行" if self.line.words else ""
        return f"“{self.table.name}”{line}“{self.column.title}”栏"

    @property
    def printed(self) -> str:
        """What it holds, in words."""
        return self.amount.words if self.amount else "空"

    @property
    def interval(self) -> Interval | None:
        """The exact amounts that it may stand for; ``None`` if it is empty."""
        if self.amount is None:
            return None
        half = self.amount.half_step
        return Interval(self.amount.value - half, self.amount.value + half)

    def may_be(self, figure: SentenceFigure) -> bool:
        """Whether the amount of a sentence may be what the cell prints."""
        if self.column.at in self.line.unclear:
            return True
        amount, interval = self.amount, self.interval
        if amount is None or interval is None:
            return figure.value == 0
        if amount.unit.words == figure.unit and amount.half_step == figure.half_step:
            return amount.value == figure.value
        return interval.meets(figure.interval)

    def unit_doubted(self, said: Interval) -> str:
        """Why it need not differ from what is said, if its table names no unit; or ``""``."""
        if self.table.names_unit or self.amount is None or said.holds(Decimal(0)):
            return ""
        plain = self.amount.value / self.amount.unit.yuan
        fitting = [unit.words for unit in COMMON if said.holds(plain * unit.yuan)]
        if not fitting:
            return ""
        read = self.amount.unit.words
        return f"“{self.table.name}”没有写明金额单位：按{fitting[0]}与文字相符，按{read}不符"


class Cells:
    """The cells of the tables of a document, for all that its text speaks of."""

    def __init__(self, tables: Sequence[UnderstoodTable]) -> None:
        self._tables = tables
        self._found: dict[Spoken, list[FoundCell]] = {}
        self._filled = [
            cell
            for table, side, line in _each(tables)
            for cell in _filled(table, side, line)
            if cell.amount is not None
        ]

    def of(self, spoken: Spoken) -> list[FoundCell]:
        """The cells that may hold what is spoken of; none if no table is about it."""
        if spoken not in self._found:
            self._found[spoken] = _cells_of(spoken, self._tables)
        return self._found[spoken]

    @property
    def has_amounts(self) -> bool:
        """Whether any of them prints an amount."""
        return bool(self._filled)

    def print_anywhere(self, figure: SentenceFigure) -> bool:
        """Whether any cell of any table prints an amount."""
        return any(cell.may_be(figure) for cell in self._filled)


def _cells_of(spoken: Spoken, tables: Sequence[UnderstoodTable]) -> list[FoundCell]:
    if spoken.code or spoken.names:
        return list(_of_subject(spoken, tables))
    if spoken.official:
        return list(_of_official(tables))
    if spoken.kind is not None:
        return list(_of_kind(spoken.kind, tables))
    return list(_of_total(spoken.total, tables))


def _each(
    tables: Iterable[UnderstoodTable],
) -> Iterator[tuple[UnderstoodTable, TableSide, UnderstoodRow]]:
    for table in tables:
        for side in table.sides:
            for line in side.lines:
                yield table, side, line


def _filled(table: UnderstoodTable, side: TableSide, line: UnderstoodRow) -> Iterator[FoundCell]:
    """The cells of a row, empty ones too."""
    for column in side.amounts:
        yield FoundCell(table, line, column)


# Subjects


def _of_subject(spoken: Spoken, tables: Sequence[UnderstoodTable]) -> Iterator[FoundCell]:
    for table, side, line in _each(tables):
        if _is_subject(line, side, spoken):
            yield from _filled(table, side, line)


def _is_subject(line: UnderstoodRow, side: TableSide, spoken: Spoken) -> bool:
    if spoken.code:
        return line.code == spoken.code
    name, own = folded(line.name), spoken.names[-1]
    if not side.coded:
        name, own = plain_title(line.name), plain_title(own)
    if without_kind(name) != without_kind(own) or (not side.coded and len(spoken.names) > 1):
        return False
    return not line.code or _uppers_agree(line, side, spoken.names[:-1])


def _uppers_agree(line: UnderstoodRow, side: TableSide, uppers: Sequence[str]) -> bool:
    """Whether the rows above a subject have the names that are said before its own."""
    if not uppers:
        return True
    codes = {line.code[:length] for length in _UPPER_LENGTHS if length < len(line.code)}
    names = {without_kind(folded(each.name)) for each in side.lines if each.code in codes}
    # an upper name may be an old one, or be left out in the table: another rule's business
    return not names or bool(names.intersection(map(without_kind, uppers)))


# Kinds of money


def _of_kind(kind: ColumnKind, tables: Sequence[UnderstoodTable]) -> Iterator[FoundCell]:
    for table, side, line in _each(tables):
        named = not line.code and row_kind(line.name) is kind
        if named or (is_total_row(line) and _is_about(table, kind)):
            yield from _filled(table, side, line)
        elif is_total_row(line) or not side.coded:
            yield from (
                FoundCell(table, line, column) for column in side.amounts if column.kind is kind
            )


def _is_about(table: UnderstoodTable, kind: ColumnKind) -> bool:
    """Whether a table is about one kind of money as a whole; one of 三公 too is about several."""
    words = _TITLES.get(kind, "")
    alone = kind is not ColumnKind.AGENCY or "三公" not in table.title
    return bool(words) and words in table.title and alone


def _of_official(tables: Sequence[UnderstoodTable]) -> Iterator[FoundCell]:
    """The totals of tables of 三公经费."""
    for table in tables:
        for side in table.sides:
            kinds = {column.kind for column in side.amounts}
            rows = {row_kind(line.name) for line in side.lines}
            for line in side.lines:
                if len(kinds & _ALL_OF_THREE) > 1:
                    yield from (
                        FoundCell(table, line, column)
                        for column in side.amounts
                        if column.kind is ColumnKind.TOTAL
                    )
                elif len(rows & _ALL_OF_THREE) > 1 and (is_total_row(line) or "三公" in line.name):
                    yield from _filled(table, side, line)


def _of_total(total: str, tables: Sequence[UnderstoodTable]) -> Iterator[FoundCell]:
    """The totals of the document: of its tables of all income and all expenditure."""
    for table, side, line in _each(tables):
        named = f"{line.name}{table.title}{side.columns[0].title}"
        fits = total == "收支" or total in named
        if fits and is_total_row(line) and not _is_partial(table):
            yield from _filled(table, side, line)


def _is_partial(table: UnderstoodTable) -> bool:
    words = ("财政拨款", "一般公共", "基金", "国有资本", "三公", "项目支出", "采购")
    return any(word in table.title for word in words)


def nearest_cell(figure: SentenceFigure, cells: Sequence[FoundCell]) -> FoundCell:
    """The cell that a finding shows: the one in a column of totals that is nearest."""
    totals = [c for c in cells if c.column.kind in WHOLE]
    return min(totals or cells, key=lambda cell: _gap(figure, cell))


def _gap(figure: SentenceFigure, cell: FoundCell) -> Decimal:
    return abs((cell.amount.value if cell.amount else Decimal(0)) - figure.value)
