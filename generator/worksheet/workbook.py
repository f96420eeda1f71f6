"""Writes a plan as a workbook: inputs to type into, all else computed and locked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from msgspec import Struct
from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell

from generator.core.text.patterns import late_pattern
from generator.core.workbook.book import new_workbook
from generator.model.vocabulary import Vocabulary
from generator.worksheet.cells import (
    FIRST,
    LIST_RULE,
    NUMBER_RULE,
    PROTECTION,
    WIDE,
    amount_in,
    height_of,
    set_page,
    shown_value,
    write,
)
from generator.worksheet.layout import (
    ASIDE,
    END,
    LIST_SHEET,
    MARK,
    MARK_SHEET,
    TOTAL,
    VERSION,
    SheetColumn,
    SheetPlan,
    SheetTable,
    WorksheetRow,
    field_tag,
    table_tag,
)
from generator.worksheet.looks import WorksheetFormats
from generator.worksheet.plan import Plan
from generator.worksheet.sheets.checks import SEEN, Ranges, checks_of
from generator.worksheet.sheets.front import todo_tag, write_front, write_todos
from generator.worksheet.sheets.words import EXPENSES
from generator.worksheet.todo import Todo

_CHUNK = 30_000
"""Characters of what was exported, to a cell; a cell holds 32,767."""
_PLACEHOLDER = late_pattern(r"\{(\w+)\}")
HEAD_HEIGHT = 30
_DIGITS = {"功能科目": 7, "部门经济科目": 5, "政府经济科目": 5}


class WorksheetParticulars(Struct, frozen=True):
    """What a workbook says of itself.

    Attributes:
        title: of the workbook.
        pack: the pack, as the data names it.
        base: the data that was exported, as JSON.
    """

    title: str
    author: str
    pack: str
    base: str


class _Placed(Struct):
    """A block on its sheet: its first and last row of data."""

    sheet: str
    block: SheetTable
    first: int
    last: int

    def column(self, name: str) -> int:
        """The column of a name."""
        at = next(i for i, each in enumerate(self.block.columns) if each.name == name)
        return FIRST + at

    def reference(self, name: str) -> str:
        """All rows of a column, as other sheets call them."""
        column = self.column(name)
        return f"'{self.sheet}'!{xl_range_abs(self.first, column, self.last, column)}"


@dataclass(slots=True)
class Writer:
    """Writes one workbook."""

    plan: Plan
    words: Vocabulary
    todos: Sequence[Todo]
    particulars: WorksheetParticulars
    _placed: list[_Placed] = field(default_factory=list)
    _lists: dict[str, str] = field(default_factory=dict)
    _tags: list[tuple[str, str]] = field(default_factory=list)
    """Every tag with the name of its sheet: what is to be found when the workbook comes back."""
    _looks: WorksheetFormats = field(init=False)

    def write(self) -> bytes:
        """The content of the file."""
        target = io.BytesIO()
        own = self.particulars
        book = new_workbook(target, title=own.title, author=own.author)
        looks = self._looks = WorksheetFormats(book)
        front = book.add_worksheet("说明和核对")
        todo = book.add_worksheet("待办") if self.todos else None
        sheets = [(each, book.add_worksheet(each.name)) for each in self.plan.sheets]
        lists, mark = book.add_worksheet(LIST_SHEET), book.add_worksheet(MARK_SHEET)
        self._place_all()
        self._write_lists(lists)
        for plan, sheet in sheets:
            self._write_sheet(plan, sheet)
        if todo is not None:
            write_todos(todo, self.todos, looks, self._lists["处理"])
            self._tags += [(todo.name, todo_tag(each)) for each in self.todos]
        checks = list(checks_of(self.words, self._ranges()))
        write_front(front, self.particulars.title, checks, looks)
        self._write_mark(mark)
        book.close()
        return target.getvalue()

    def _place_all(self) -> None:
        """Finds out where every block will stand: formulas refer to blocks further on."""
        for sheet in self.plan.sheets:
            row = 2
            for block in sheet.blocks:
                first = row + 1 + _heads(sheet) + block.has_total
                last = first + len(block.rows) + block.spare - 1
                self._placed.append(_Placed(sheet.name, block, first, max(last, first)))
                row = last + 3

    def _of(self, block: SheetTable) -> _Placed:
        return next(each for each in self._placed if each.block is block)

    def _named(self, name: str) -> _Placed | None:
        return next((each for each in self._placed if each.block.name == name), None)

    def _write_lists(self, sheet: Any) -> None:
        sheet.very_hidden()
        column = 0
        for name, values in self.plan.lists.items():
            if not values:
                continue
            for row, value in enumerate(values):
                sheet.write_string(row, column, value, self._looks.text)
            self._lists[name] = (
                f"='{LIST_SHEET}'!{xl_range_abs(0, column, len(values) - 1, column)}"
            )
            column += 1
        forms = self._named("项目绩效目标表")
        if forms is not None:
            self._lists["表序号"] = f"={forms.reference('no')}"
        projects = self._named("项目")
        if projects is not None:
            self._lists["项目"] = f"={projects.reference('name')}"

    def _write_sheet(self, plan: SheetPlan, sheet: Any) -> None:
        looks = self._looks
        sheet.set_column(0, 0, 2, None, {"hidden": True})
        for at, width in enumerate(_widths(plan)):
            sheet.set_column(FIRST + at, FIRST + at, width)
        sheet.write_string(0, FIRST, plan.name, looks.title)
        sheet.write_string(1, FIRST, plan.note, looks.note)
        for block in plan.blocks:
            self._write_block(sheet, plan, block)
        first = self._of(plan.blocks[0])
        alone = len(plan.blocks) == 1
        if alone:
            sheet.freeze_panes(first.first, FIRST + _frozen(first.block))
            head = first.first - 1 - first.block.has_total
            sheet.repeat_rows(head, head)
            if first.block.name:
                last = FIRST + len(first.block.columns) - 1
                sheet.autofilter(first.first - 1, FIRST, first.last, last)
        else:
            sheet.freeze_panes(2, 0)
        columns = max(len(block.columns) for block in plan.blocks)
        last = self._of(plan.blocks[-1]).last
        sheet.print_area(0, FIRST, last, FIRST + columns - 1)
        set_page(sheet, landscape=plan.landscape, wide=sum(_widths(plan)) > WIDE)
        sheet.protect("", PROTECTION)

    def _write_block(self, sheet: Any, plan: SheetPlan, block: SheetTable) -> None:
        placed, looks = self._of(block), self._looks
        head = placed.first - 1 - block.has_total
        if _heads(plan):
            sheet.write_string(head - 1, 0, ASIDE)
            sheet.write_string(head - 1, FIRST, block.title, looks.heading)
        if block.name:
            self._write_tag(sheet, head, table_tag(block))
        else:
            sheet.write_string(head, 0, ASIDE)
        sheet.set_row(head, HEAD_HEIGHT)
        for at, column in enumerate(block.columns):
            sheet.write_string(head, FIRST + at, column.title, looks.head)
            if column.hint:
                sheet.write_comment(head, FIRST + at, column.hint)
        if block.has_total:
            self._write_total(sheet, placed, head + 1)
        rows = [*block.rows, *[WorksheetRow((None,) * len(block.columns))] * block.spare]
        for at, row in enumerate(rows):
            number = placed.first + at
            height = block.height or height_of(block, row)
            if height:
                sheet.set_row(number, height)
            if row.keys is not None:
                self._write_tag(sheet, number, field_tag(block.columns, row.keys))
            for place, (column, value) in enumerate(zip(block.columns, row.values, strict=True)):
                self._write_cell(sheet, placed, (number, FIRST + place), column, value, row)
        sheet.write_string(placed.last + 1, 0, END)
        self._offer(sheet, placed)

    def _write_tag(self, sheet: Any, row: int, tag: str) -> None:
        sheet.write_string(row, 0, tag)
        self._tags.append((sheet.name, tag))

    def _write_total(self, sheet: Any, placed: _Placed, row: int) -> None:
        sheet.write_string(row, 0, TOTAL)
        for at, column in enumerate(placed.block.columns):
            place = FIRST + at
            if column.total:
                name = xl_col_to_name(place)
                formula = f"=SUM({name}{placed.first + 1}:{name}{placed.last + 1})"
                total = sum(
                    (amount_in(each, placed.block, at) for each in placed.block.rows), Decimal(0)
                )
                sheet.write_formula(row, place, formula, self._looks.total, float(total))
            else:
                sheet.write_string(row, place, "合计" if at == 0 else "", self._looks.total)

    def _write_cell(
        self,
        sheet: Any,
        placed: _Placed,
        at: tuple[int, int],
        column: SheetColumn,
        value: str | None,
        row: WorksheetRow,
    ) -> None:
        looks = self._looks
        key = row.keys[at[1] - FIRST] if row.keys is not None else column.key
        if column.formula:
            shown = shown_value(column, placed.block, row)
            sheet.write_formula(*at, self._formula(placed, at[0], column), looks.computed, shown)
        elif key is None:
            sheet.write_string(*at, value or "", looks.label)
        else:
            look = looks.input(column.kind, marked=self._is_marked(key, row))
            write(sheet, at, column, self._shown(column, value), look)

    def _is_marked(self, key: tuple[str, ...], row: WorksheetRow) -> bool:
        """Whether work is left on its value, or on what it is a part of: an item's sources."""
        return row.keys is not None and any(
            todo.path == key[: len(todo.path)]
            for todo in self.todos
            if todo.path and (todo.path == key or len(todo.path) > 1)
        )

    def _shown(self, column: SheetColumn, value: str | None) -> str | None:
        """A code with its name behind it, as the lists have it."""
        digits = _DIGITS.get(column.choices)
        if value is None or digits is None:
            return value
        kind = {"功能科目": "功能分类", "部门经济科目": "部门预算支出经济分类"}
        name = self.plan.names.subject(kind.get(column.choices, "政府预算支出经济分类"), value)
        return f"{value} {name}" if name and len(value) == digits else value

    def _formula(self, placed: _Placed, row: int, column: SheetColumn) -> str:
        letters = {
            each.name: xl_col_to_name(FIRST + at)
            for at, each in enumerate(placed.block.columns)
            if each.name
        } | {"row": str(row + 1)}
        if column.formula == "=PROJECT":
            projects = self._named("项目")
            assert projects is not None  # noqa: S101 - every plan has one
            unit, name = (projects.reference(each) for each in ("unit", "name"))
            own_unit, own_name = (f"{letters[each]}{row + 1}" for each in ("unit", "name"))
            same = f'({unit}={own_unit})*({name}={own_name})*({own_name}<>"")'
            return f"=SUMPRODUCT({same}*{projects.reference('current')})"
        if column.formula == "=NAME":
            forms = self._named("项目绩效目标表")
            assert forms is not None  # noqa: S101 - indicators are those of forms
            found = f"MATCH({letters['no']}{row + 1},{forms.reference('no')},0)"
            return f'=IFERROR(INDEX({forms.reference("name")},{found}),"")'
        return _PLACEHOLDER.sub(lambda match: letters[match[1]], column.formula)

    def _offer(self, sheet: Any, placed: _Placed) -> None:
        """Drop-downs, limits of numbers, and colours for what is wrong."""
        for at, column in enumerate(placed.block.columns):
            place = FIRST + at
            cells = (placed.first, place, placed.last, place)
            listed = self._lists.get(column.choices)
            if listed:
                sheet.data_validation(*cells, {**LIST_RULE, "source": listed})
            elif column.kind.is_number and not column.formula:
                sheet.data_validation(*cells, NUMBER_RULE)
            if column.choices in _DIGITS and listed:
                first = xl_rowcol_to_cell(placed.first, place, col_abs=True)
                found = f'MATCH(LEFT({first},{_DIGITS[column.choices]})&"*",{listed[1:]},0)'
                rule: dict[str, Any] = {
                    "criteria": f'=AND({first}<>"",ISNA({found}))',
                    "type": "formula",
                }
                sheet.conditional_format(*cells, rule | {"format": self._looks.doubtful})
            if column.name == "gap":
                first = xl_rowcol_to_cell(placed.first, place)
                rule = {"type": "formula", "criteria": f"=ABS({first})>={SEEN}"}
                sheet.conditional_format(*cells, rule | {"format": self._looks.wrong})

    def _ranges(self) -> Ranges:
        columns = {
            (each.block.name, column.name): each.reference(column.name)
            for each in self._placed
            if each.block.name
            for column in each.block.columns
            if column.name
        }
        block = next(each for each in self._placed if each.block.title == "三公经费")
        place = block.column("sum")
        expenses = {
            item: f"'{block.sheet}'!{xl_rowcol_to_cell(block.first + at, place)}"
            for at, item in enumerate(EXPENSES)
        }
        return Ranges(columns, expenses)

    def _write_mark(self, sheet: Any) -> None:
        sheet.very_hidden()
        base = self.particulars.base
        chunks = [base[at : at + _CHUNK] for at in range(0, len(base), _CHUNK)]
        for row, text in enumerate((MARK, VERSION, self.particulars.pack, *chunks)):
            sheet.write_string(row, 0, text)
        for row, (name, tag) in enumerate(self._tags):
            sheet.write_string(row, 1, name)
            sheet.write_string(row, 2, tag)


def _heads(plan: SheetPlan) -> int:
    """Whether blocks have a heading of their own: 1, or 0 if there is only one."""
    return int(len(plan.blocks) > 1)


def _widths(plan: SheetPlan) -> list[float]:
    count = max(len(block.columns) for block in plan.blocks)
    return [
        max(block.columns[at].width for block in plan.blocks if at < len(block.columns))
        for at in range(count)
    ]


def _frozen(block: SheetTable) -> int:
    """How many columns stay in sight: up to the name, if there is one."""
    names = [column.name for column in block.columns]
    for name in ("name", "code"):
        if name in names[:3]:
            return names.index(name) + 1
    return 0
