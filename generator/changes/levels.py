"""Two years side by side at every level that the pack's statements have (分级比较 of pack.yaml).

Both years are evaluated with the same definitions. A statement that was published as 无数据 is
compared as the books have it: that nothing was printed is no change of the budget.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from generator.changes.matching import Id, NameDoubt, identity, pair_codes, pair_names
from generator.changes.moves import Years
from generator.changes.year import Year
from generator.compute.statements.evaluate import Evaluator, is_coded
from generator.compute.statements.table import BlockRow, Statement
from generator.core.figures import FigureBook, UnknownFigureError
from generator.core.numbers.format import TEN_THOUSANDS, MoneyFormat
from generator.core.numbers.rounding import percentage
from generator.core.records import replace
from generator.pack.levels import LevelDefinition, LevelRows
from generator.pack.pack import Pack

ZERO = Decimal(0)
UNDIVIDED = "未分列"


class LevelRow(Struct, frozen=True):
    """Something through two years, in 元.

    Attributes:
        former: last year's name, where it is another.
        code: this year's subject code, or last year's where this year has none.
        former_code: last year's code, where it is another.
        depth: how many levels stand above it in its table.
        text: how the text prints amounts.
    """

    name: str
    before: Decimal
    after: Decimal
    former: str = ""
    code: str = ""
    former_code: str = ""
    depth: int = 0
    text: MoneyFormat = TEN_THOUSANDS

    @property
    def change(self) -> Decimal:
        """This year less last year in the unit of the text, between the amounts as printed."""
        return self.text.rounded(self.after) - self.text.rounded(self.before)

    @property
    def rate(self) -> Decimal | None:
        """The change in percent of last year's printed amount; ``None`` on a zero base."""
        base = self.text.rounded(self.before)
        return percentage(self.change, base) if base else None


class Level(Struct, frozen=True):
    """One table of the comparison.

    Attributes:
        total: the last row; ``None`` if the level has none.
        doubts: what was taken for one because it is much alike.
        undivided: the years (上年, 本年) whose data does not go down to this level, which is
            therefore not compared.
    """

    name: str
    rows: tuple[LevelRow, ...]
    total: LevelRow | None = None
    doubts: tuple[NameDoubt, ...] = ()
    undivided: tuple[str, ...] = ()


def compare_levels(years: Years, pack: Pack) -> tuple[Level, ...]:
    """Every level of the pack of which at least one year has an amount.

    Raises:
        UnknownFigureError: if the pack names a row or column that no statement has.
    """
    comparison = _Comparison(years, pack)
    levels = (comparison.level(definition) for definition in pack.settings.levels)
    return tuple(level for level in levels if level.rows or level.undivided)


def known_totals(pack: Pack, figures: FigureBook) -> Level:
    """All that can be compared where nothing but totals of last year is known."""
    text = pack.settings.numbers.money
    rows = tuple(
        LevelRow(name, figures[each.prior].value, figures[each.current].value, text=text)
        for name, each in pack.settings.comparisons.items()
        if each.prior in figures and each.current in figures
    )
    return Level("已知的上年预算数", rows)


def unknown_levels(pack: Pack, figures: FigureBook) -> list[str]:
    """The names of the levels that the known totals of last year do not tell."""
    known = {
        comparison.current
        for comparison in pack.settings.comparisons.values()
        if comparison.prior in figures
    }
    return [
        level.name
        for level in pack.settings.levels
        if level.rows or not known.issuperset(level.figures.values())
    ]


class _Line(Struct, frozen=True):
    """A row of one year's statement under what it is in both years."""

    key: Id
    name: str
    amount: Decimal
    code: str = ""
    depth: int = 0


class _Side:
    """One year's statements and figures."""

    def __init__(self, year: Year, pack: Pack) -> None:
        self.year = year
        self._own = FigureBook()
        evaluator = Evaluator(year.ledger, year.names, year.disclosure.entity, self._own)
        self._statements = {
            statement.number: evaluator.evaluate(statement, declared_empty=False)
            for statement in pack.statements
        }

    def amount(self, address: str) -> Decimal:
        """The figure at an address: of the statements, otherwise one of the facts."""
        for book in (self._own, self.year.figures):
            if address in book:
                return book[address].value
        raise UnknownFigureError(address, self._own.addresses())

    def rows(self, wanted: LevelRows) -> list[tuple[BlockRow, Decimal]]:
        """The rows of the dimensions with their amounts, in printed order."""
        try:
            statement: Statement = self._statements[wanted.statement]
            return [
                (row, row.figure(wanted.column).value)
                for row in statement.block_rows(wanted.block)
                if row.dimension in wanted.dimensions
            ]
        except (KeyError, ValueError) as error:
            steps = (wanted.statement, wanted.block, "…", wanted.column)
            address = "/".join(filter(None, steps))
            raise UnknownFigureError(address, self._own.addresses()) from error


class _Comparison:
    """Compares level after level."""

    def __init__(self, years: Years, pack: Pack) -> None:
        self.years = years
        self.before, self.after = _Side(years.before, pack), _Side(years.after, pack)
        self.text = pack.settings.numbers.money

    def level(self, definition: LevelDefinition) -> Level:
        """One level; without rows where no year has an amount, or one year does not divide it."""
        rows = [self._figure(name, address) for name, address in definition.figures.items()]
        total = self._figure("合计", definition.total) if definition.total else None
        doubts: list[NameDoubt] = []
        undivided: tuple[str, ...] = ()
        if definition.rows:
            lines = self._lines(definition.rows)
            undivided = _undivided(lines, total)
            if not undivided:
                found, doubts = self._joined(definition.rows, *lines)
                rows += [*found, *_rest(lines, total)]
        shown = tuple(row for row in rows if row.before or row.after)
        return Level(definition.name, shown, total, tuple(doubts), undivided)

    def _figure(self, name: str, address: str) -> LevelRow:
        before, after = self.before.amount(address), self.after.amount(address)
        return LevelRow(name, before, after, text=self.text)

    def _lines(self, wanted: LevelRows) -> tuple[list[_Line], list[_Line]]:
        read = self._projects if "项目" in wanted.dimensions else _named
        return read(self.before, wanted), read(self.after, wanted)

    def _projects(self, side: _Side, wanted: LevelRows) -> list[_Line]:
        """Projects under what they are in both years, as the pairing of the years has it."""
        pairing = self.years.pairing
        ids = pairing.after if side is self.after else pairing.before
        by_key = {key: found for (_, key), found in ids.items()}
        lines = []
        for row, amount in side.rows(wanted):
            bound = dict(row.bound)
            if "项目" not in bound:
                continue  # the sum of a unit: its projects are named with it
            found = ids.get((bound.get("单位", ""), bound["项目"]), by_key[bound["项目"]])
            lines.append(_Line(found, pairing.projects[found].after, amount))
        return lines

    def _joined(
        self, wanted: LevelRows, before: Sequence[_Line], after: Sequence[_Line]
    ) -> tuple[list[LevelRow], list[NameDoubt]]:
        """The rows of both years as one table: in order of code, or this year's before the gone."""
        if "项目" in wanted.dimensions:
            rows = [
                self._project_row(row, key) for key, row in _table(before, after, self.text).items()
            ]
            return rows, list(self._project_doubts(before))
        coded = is_coded(wanted.dimensions[0])
        doubts: list[NameDoubt] = []
        same: dict[str, str] = {}
        for dimension in wanted.dimensions:
            old, new = (
                {line.key[1]: line.name for line in lines if line.key[0] == dimension}
                for lines in (before, after)
            )
            pairs, found = pair_codes(old, new, same) if coded else pair_names(old, new)
            same |= pairs
            doubts += found
        keyed = [
            replace(line, key=(line.key[0], same.get(line.key[1], line.key[1]))) for line in before
        ]
        table = _table(keyed, after, self.text)
        rows = list(table.values())
        return sorted(rows, key=lambda row: row.code) if coded else rows, doubts

    def _project_row(self, row: LevelRow, key: Id) -> LevelRow:
        project = self.years.pairing.projects[key]
        both = bool(project.before and project.after)
        renamed = both and identity(project.before) != identity(project.after)
        name = project.after or project.before
        unit = "" if not key[0] or name.startswith(project.unit) else project.unit
        return replace(row, name=unit + name, former=project.before if renamed else "")

    def _project_doubts(self, before: Sequence[_Line]) -> Sequence[NameDoubt]:
        """The doubtful pairs among the projects that this level had last year."""
        names = {identity(self.years.pairing.projects[line.key].before) for line in before}
        return [doubt for doubt in self.years.pairing.doubts if identity(doubt.before) in names]


def _named(side: _Side, wanted: LevelRows) -> list[_Line]:
    """Rows under their dimension and value; the same value of several rows is added up later."""
    lines = []
    for row, amount in side.rows(wanted):
        value = dict(row.bound)[row.dimension]
        code = value if is_coded(row.dimension) else ""
        depth = wanted.dimensions.index(row.dimension)
        lines.append(_Line((row.dimension, value), row.label, amount, code, depth))
    return lines


def _table(
    before: Sequence[_Line], after: Sequence[_Line], text: MoneyFormat
) -> dict[Id, LevelRow]:
    """Rows by what they are; this year's name and code stand, last year's where they differ."""
    rows: dict[Id, LevelRow] = {}
    for line in after:
        present = rows.get(line.key, _unsummed(line, text))
        rows[line.key] = replace(present, after=present.after + line.amount)
    for line in before:
        present = rows.get(line.key, _unsummed(line, text))
        rows[line.key] = replace(
            present,
            before=present.before + line.amount,
            former=line.name if line.name != present.name else present.former,
            former_code=line.code if line.code != present.code else present.former_code,
        )
    return rows


def _unsummed(line: _Line, text: MoneyFormat) -> LevelRow:
    """A row of the comparison before any amount is added to it."""
    return LevelRow(line.name, ZERO, ZERO, code=line.code, depth=line.depth, text=text)


def _sums(lines: tuple[Sequence[_Line], Sequence[_Line]]) -> tuple[Decimal, Decimal]:
    """What the uppermost rows of each year come to."""
    before, after = (sum((x.amount for x in side if not x.depth), ZERO) for side in lines)
    return before, after


def _undivided(
    lines: tuple[Sequence[_Line], Sequence[_Line]], total: LevelRow | None
) -> tuple[str, ...]:
    """The years that have the total but none of its rows."""
    if total is None:
        return ()
    before, after = _sums(lines)
    sides = (("上年", before, total.before), ("本年", after, total.after))
    return tuple(name for name, divided, whole in sides if whole and not divided)


def _rest(lines: tuple[Sequence[_Line], Sequence[_Line]], total: LevelRow | None) -> list[LevelRow]:
    """What the total holds beyond the rows."""
    if total is None:
        return []
    before, after = _sums(lines)
    return [LevelRow(UNDIVIDED, total.before - before, total.after - after, text=total.text)]
