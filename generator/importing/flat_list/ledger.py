"""Turns the rows of flat lists into leaf amounts, and accounts for every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct, field

from generator.core.numbers.rounding import CENT
from generator.drafts.draft import Spot
from generator.drafts.words.units import unit_in_head
from generator.importing.amounts.printed.subjects import (
    DEPARTMENT,
    FUNCTIONAL,
    GOVERNMENT,
    Subjects,
)
from generator.importing.flat_list.columns import ColumnMap
from generator.importing.flat_list.fields import CODED, ListFields
from generator.importing.flat_list.listing import FlatList, ListRow
from generator.importing.flat_list.meanings import CARRIED_OVER, ELSEWHERE, Meaning
from generator.importing.flat_list.procurement import Said, said_of, said_unread
from generator.importing.flat_list.strange_rows import (
    has_amount,
    how_to_mend,
    is_signature,
    told_of_rows,
)
from generator.importing.flat_list.sums import SumRows
from generator.importing.reading import ImportResult
from generator.model.budget import BudgetYear, Expenditure
from generator.model.vocabulary import Vocabulary

_CLASS, _ITEM = 3, 7
"""Digits of the code of a class (类) and an item (项)."""
_ALL_CODES = ("", "")
"""No codes that others must lie between."""
_SECTION_NAME = "清单"


class ListedAmount(Struct, frozen=True):
    """An amount of a row, in 元, with everything that the row says of it."""

    row: ListRow
    spot: Spot
    amount: Decimal
    unit: str
    function: str
    department: str
    government: str
    kind: str
    """基本支出 or 项目支出."""
    basic: str
    """人员经费 or 公用经费, ``""`` if the row does not say."""
    project: str
    category: str
    source: str
    year: str


class ReadList(Struct):
    """What was read of some lists: their items, and what they add up to, in 元."""

    items: list[ListedAmount] = field(default_factory=list)
    read: Decimal = Decimal(0)
    printed: Decimal = Decimal(0)
    """The sum of all rows as the lists have it, those that could not be read among them."""
    rows: int = 0
    sums: int = 0
    """How many rows only sum others."""
    unread: int = 0
    """How many rows have a cell that should be an amount and is none; not one of them is read."""
    bare: int = 0
    """How many rows have no amount at all: notes, headings."""
    hidden: int = 0
    """How many rows are filtered out, or hidden, and were read all the same."""
    said: list[Said] = field(default_factory=list)
    """What rows say of procurement and services."""

    def take(self, other: ReadList) -> None:
        """Takes what was read of another list."""
        self.items += other.items
        self.read += other.read
        self.printed += other.printed
        self.rows += other.rows
        self.sums += other.sums
        self.unread += other.unread
        self.bare += other.bare
        self.hidden += other.hidden
        self.said += other.said


class LedgerReader:
    """Reads the rows of a list; what it cannot place is doubted with its place, never left out."""

    def __init__(
        self,
        reading: ImportResult,
        listing: FlatList,
        columns: ColumnMap,
        vocabulary: Vocabulary,
        subjects: Subjects,
    ) -> None:
        self._reading = reading
        self._listing = listing
        self._vocabulary = vocabulary
        self._subjects = subjects
        self._unit = columns.unit
        self._fields = ListFields(listing, columns)
        self._titled = _kind_in_title(listing)
        self._without_kind: list[ListRow] = []
        self._result = ReadList()

    def read(self) -> ReadList:
        """Takes the rows of the list."""
        self._compare_units()
        self._compare_heads()
        if not self._listing.rows:
            head = self._listing.sheet.row_spot(self._listing.head)
            self._doubt("清单只有表头，没有数据：换成有数据的，再读入", head)
        own = [(row, self._total(row)) for row in self._listing.rows]
        sums = self._sum_rows(own)
        last_unit = ""
        for row, total in own:
            self._result.rows += 1
            self._result.hidden += row.is_hidden
            last_unit = self._fields.unit_name(row) or last_unit
            if row.row in sums:
                self._result.sums += 1
                continue
            self._result.unread += total is None
            self._result.bare += total is not None and not has_amount(row, self._fields)
            self._take(row, total, last_unit)
        plain = [row for row, _ in own if row.row not in sums]
        for message, spot in told_of_rows(plain, self._fields):
            self._doubt(message, spot)
        self._tell_kinds()
        self._tell_hidden_columns()
        return self._result

    def _compare_units(self) -> None:
        stated = self._listing.unit
        if stated and self._unit and stated != self._unit:
            message = (
                f"清单写明金额单位是{stated}，“列对照”的“金额单位”是{self._unit}，用的是清单写明的"
            )
            self._doubt(message, self._listing.sheet.row_spot(self._listing.head))

    def _compare_heads(self) -> None:
        """Says which columns of amounts have another unit in their head than stands above."""
        own = {
            column.name: unit.words
            for meaning in (Meaning.TOTAL, Meaning.AMOUNT, Meaning.PROCUREMENT_AMOUNT)
            for column in self._fields.several(meaning)
            if (unit := unit_in_head(column.name)) and unit.words != self._listing.unit
        }
        if own and self._listing.unit:
            names = "、".join(f"“{name}”" for name in own)
            message = (
                f"表上方写明金额单位是{self._listing.unit}，列名{names}写的是另一种，"
                "用的是列名的：核对一个金额，不对的，改列名，再读入"
            )
            self._doubt(message, self._listing.sheet.row_spot(self._listing.head))

    # Rows

    def _take(self, row: ListRow, total: Decimal | None, unit: str) -> None:
        if total is None:
            self._result.said += said_unread(row, self._fields)
            return
        self._result.printed += total
        if not total and not any(True for _ in self._amounts(row)):
            self._result.said += said_of(row, self._fields)
            return
        place = self._place(row)
        if place is None:
            self._doubt(f"这一行{_told(total)}没有读：{self._why_not(row)}", row.spot)
            self._result.said += said_of(row, self._fields, max(total, Decimal(0)))
            return
        before = self._result.read
        for column, amount, source, year in self._amounts(row):
            if not source:
                self._doubt(
                    f"“{column}”栏{_told(amount)}没有读：看不出资金来源，在“列对照”里写明",
                    row.spot_of(column),
                )
                continue
            if amount < 0:
                message = f"“{column}”栏{_told(amount)}是负数，没有读：冲减的，填冲减后的净额"
                self._doubt(message, row.spot_of(column))
                continue
            self._result.read += amount
            self._result.items.append(
                ListedAmount(row, row.spot_of(column), amount, unit, *place, source, year)
            )
        self._result.said += said_of(row, self._fields, self._result.read - before)

    def _place(self, row: ListRow) -> tuple[str, str, str, str, str, str, str] | None:
        """Function, economic subjects, kind, 人员 or 公用, project and class of a row."""
        function = self._code(row, Meaning.FUNCTION, Meaning.FUNCTION_NAME, FUNCTIONAL)
        if len(function) != _ITEM:
            return None
        department = self._code(row, Meaning.DEPARTMENT, Meaning.DEPARTMENT_NAME, DEPARTMENT)
        government = self._code(row, Meaning.GOVERNMENT, Meaning.GOVERNMENT_NAME, GOVERNMENT)
        project = self._fields.text(row, Meaning.PROJECT)
        kind, _, detail = self._kind(row).partition("/")
        if not kind:
            if self._fields.several(Meaning.KIND):
                return None
            usual = Expenditure.PROJECT if project else Expenditure.BASIC
            kind = (self._titled or usual).value
            self._without_kind.append(row)
        if kind == Expenditure.BASIC:
            by_subject = self._vocabulary.expenditure_kind(department[:3]) if department else ""
            return function, department, government, kind, str(detail or by_subject), "", ""
        return function, department, government, kind, "", project, detail

    def _tell_kinds(self) -> None:
        """Says by what rows were taken for basic expenditure or projects that do not say it."""
        if not self._without_kind:
            return
        how = "有项目名称的当作项目支出，没有的当作基本支出"
        if self._titled:
            how = f"按标题或工作表的名称当作{self._titled}"
        message = f"清单没有“支出类别”一列，{len(self._without_kind)} 行{how}"
        self._doubt(message, self._listing.sheet.row_spot(self._listing.head))

    def _tell_hidden_columns(self) -> None:
        """Says which columns were read that nobody sees who looks at the list."""
        shown = next(iter(self._listing.rows), None)
        hidden = [
            column.name
            for column in self._fields.columns
            if column.meaning not in (Meaning.UNUSED, Meaning.EMPTY)
            and shown is not None
            and shown.columns[column.name] in self._listing.sheet.hidden_columns
        ]
        if hidden:
            message = f"隐藏的列也读了：{'、'.join(hidden)}；不该读的，在“列对照”里写 不用"
            self._doubt(message, self._listing.sheet.row_spot(self._listing.head))

    def _why_not(self, row: ListRow) -> str:
        written = self._fields.text(row, Meaning.FUNCTION)
        code = self._code(row, Meaning.FUNCTION, Meaning.FUNCTION_NAME, FUNCTIONAL)
        if len(code) == _ITEM:
            return "看不出是基本支出还是项目支出，在“列对照”的“取值”里写明"
        if not written:
            return "没有支出功能分类科目，写上到项的编码，再读入"
        message = f"功能科目“{written}”不是到项的编码（7 位数字）"
        if named := self._subjects.code_by_name(written, _ALL_CODES, (_ITEM,)):
            return f"{message}，目录里叫这个名称的是 {named}：是的，写上编码，再读入"
        return f"{message}，写上到项的编码，再读入"

    def _kind(self, row: ListRow) -> str:
        """What the row counts as; of several columns, the one that says most."""
        said = [
            column.values.get(row.text(column.name), "")
            for column in self._fields.several(Meaning.KIND)
        ]
        said = [each for each in said if each != ELSEWHERE]
        return max(said, key=lambda each: (bool(each), "/" in each), default="")

    # Amounts

    def _amounts(self, row: ListRow) -> Iterator[tuple[str, Decimal, str, str]]:
        """The amounts of a row that are not nought: column, 元, source, year."""
        own = self._own_amounts(row)
        yield from own
        total = self._fields.column(Meaning.TOTAL)
        if total is None:
            return
        if own and not row.text(total.name):
            return  # nobody has added them up
        whole = self._fields.yuan(row, total.name)
        rest = whole - sum((amount for _, amount, _, _ in own), Decimal(0))
        if not rest or (own and abs(rest) < CENT):
            return
        if own:
            left = "差额没有读" if rest > 0 else "读的是各来源的"
            message = f"“{total.name}”比各来源之和{_told(rest, signed=True)}，{left}"
            self._doubt(message, row.spot_of(total.name))
            return
        source, year = self._source(row)
        yield total.name, whole, source, year

    def _own_amounts(self, row: ListRow) -> list[tuple[str, Decimal, str, str]]:
        found = []
        _, said_year = self._source(row)
        for column in self._fields.several(Meaning.AMOUNT):
            amount = self._fields.yuan(row, column.name)
            if amount:
                source, _, carried = column.source.partition("/")
                year = BudgetYear.CARRY_OVER.value if carried == CARRIED_OVER else said_year
                found.append((column.name, amount, source, year))
        return found

    def _total(self, row: ListRow) -> Decimal | None:
        """What a row adds to the sum of the list, in 元; ``None`` if a cell is no amount."""
        names = [each.name for each in self._fields.several(Meaning.AMOUNT)]
        total = self._fields.column(Meaning.TOTAL)
        procured = self._fields.column(Meaning.PROCUREMENT_AMOUNT)
        if is_signature(row, self._fields):
            return Decimal(0)
        for name in [*names, *(each.name for each in (total, procured) if each)]:
            if row.amount(name) is None:
                mend = how_to_mend(row, name)
                message = f"“{name}”栏“{row.text(name)}”不是金额，这一行没有读：{mend}"
                self._doubt(message, row.spot_of(name))
                return None
        if total and row.amount(total.name):
            return self._fields.yuan(row, total.name)
        return sum((self._fields.yuan(row, name) for name in names), Decimal(0))

    def _source(self, row: ListRow) -> tuple[str, str]:
        """The fund source that the texts of a row name, and whose year's money it is."""
        source, year = "", BudgetYear.CURRENT.value
        for column in self._fields.several(Meaning.SOURCE):
            said, _, carried = column.values.get(row.text(column.name), "").partition("/")
            source = source or (said if said in self._vocabulary.sources else "")
            if CARRIED_OVER in (carried, said):
                year = BudgetYear.CARRY_OVER.value
        for column in self._fields.several(Meaning.YEAR_OF_MONEY):
            if column.values.get(row.text(column.name), "") == CARRIED_OVER:
                year = BudgetYear.CARRY_OVER.value
        if not source and not self._fields.several(Meaning.SOURCE):
            source = self._vocabulary.general if self._only_general() else ""
        return source, year

    def _only_general(self) -> bool:
        return len(self._vocabulary.sources) == 1

    def _sum_rows(self, rows: Sequence[tuple[ListRow, Decimal | None]]) -> set[int]:
        """The numbers of rows that only sum others, each held against the rows that it sums."""
        found = SumRows(rows, self._fields)
        sums: set[int] = set()
        for number, (row, total) in enumerate(rows):
            if number not in found or total is None:
                continue
            sums.add(row.row)
            if total not in (sums_of := found.may_be(number)):
                nearest = min(sums_of, key=lambda each: (abs(each - total), each))
                other = f"（{_told(nearest)}，差 {_told(total - nearest)}）"
                message = f"这一行是{_told(total)}的合计，与它合计的各行之和不同{other}"
                if code := self._fields.function(row):
                    message = (
                        f"科目{code}只到{'类' if len(code) == _CLASS else '款'}，{_told(total)}当作"
                        f"合计，没有读；与它合计的各行之和不同{other}：是一笔支出的，把科目写到项"
                    )
                self._doubt(message, row.spot)
        return sums

    # Cells

    def _code(self, row: ListRow, meaning: Meaning, named: Meaning, classification: str) -> str:
        """The code of a subject; its name, beside it or in a column of its own, is remembered."""
        text = self._fields.text(row, meaning)
        match = CODED.fullmatch(text)
        if match is None:
            if text and meaning is not Meaning.FUNCTION:  # of that one the row itself is told
                self._doubt(f"{meaning.value}“{text}”不是编码，没有读", self._spot(row, meaning))
            return ""
        code = match[1]
        name = match[2].strip().rpartition("-")[2].strip() or self._fields.text(row, named)
        if name and not name.isdecimal():
            self._subjects.printed(classification, code, name, row.spot)
        return code

    def _spot(self, row: ListRow, meaning: Meaning) -> Spot:
        column = self._fields.column(meaning)
        return row.spot_of(column.name) if column else row.spot

    def years(self) -> dict[str, list[Spot]]:
        """The budget years that a column of the list names, and the rows of each."""
        years: dict[str, list[Spot]] = {}
        if column := self._fields.column(Meaning.BUDGET_YEAR):
            for row in self._listing.rows:
                year = row.text(column.name)[:4]
                if year.isdecimal():
                    years.setdefault(year, []).append(row.spot_of(column.name))
        return years

    def _doubt(self, message: str, spot: Spot) -> None:
        self._reading.doubt((_SECTION_NAME,), message, spot)


def _kind_in_title(listing: FlatList) -> Expenditure | None:
    """Basic expenditure or projects, if the lines above a list or its sheet name one of both."""
    words = " ".join((listing.sheet.name, *listing.above))
    found = [kind for kind in Expenditure if kind.value in words]
    return found[0] if len(found) == 1 else None


def _told(amount: Decimal, *, signed: bool = False) -> str:
    shown = f"{abs(amount) if signed else amount:,.2f} 元"
    if not signed:
        return shown
    return f"{'多' if amount > 0 else '少'} {shown}"
