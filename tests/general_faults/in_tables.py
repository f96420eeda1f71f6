"""Faults in tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from random import Random

from generator.core.records import replace
from generator.drafts.draft import Paragraph, Row
from tests.general_faults.view import (
    Cell,
    Changes,
    Fault,
    Group,
    Mutator,
    Planted,
    View,
    number,
)
from tests.mutations import other_digit, within_rounding, wrong_name


def _like(value: Decimal, text: str) -> str:
    """An amount written as another one is."""
    decimals = len(text.partition(".")[2])
    return f"{value:,.{decimals}f}" if "," in text or value < 1000 else f"{value:.{decimals}f}"


def _with_cell(line: Row, column: int, text: str) -> Row:
    cells = list(line.cells)
    cells[column] = text
    return replace(line, cells=tuple(cells))


def _cells_of(view: View, which: Callable[[View, Cell], bool]) -> list[Cell]:
    return [cell for cell in view.cells() if which(view, cell)]


def _cell(name: str, which: Callable[[View, Cell], bool]) -> tuple[str, Mutator]:
    def plant(view: View, random: Random) -> Planted | None:
        cells = _cells_of(view, which)
        if not cells:
            return None
        cell = random.choice(cells)
        row = view.lines[cell.line]
        assert isinstance(row, Row)
        unit = 10_000 if not cell.text.partition(".")[2] or number(cell.text) > 10**6 else 1
        after = other_digit(cell.text, random)
        beyond = within_rounding(str(number(cell.text) / unit), str(number(after) / unit))
        title = title_of(view, cell.line)
        fault = Fault(name, Group.TABLES, f"{title}／{view.text(cell.line)}", after, beyond)
        return fault, view.changed({cell.line: _with_cell(row, cell.column, after)})

    return name, plant


def title_of(view: View, line: int) -> str:
    """The title above a table."""
    at = line
    while at >= 0 and not (
        isinstance(view.lines[at], Paragraph) and re.search("表[^。]{0,12}$", view.text(at))
    ):
        at -= 1
    return view.text(at) if at >= 0 else ""


def _label(view: View, cell: Cell) -> str:
    row = view.lines[cell.line]
    assert isinstance(row, Row)
    return next((each for each in row.cells if each.strip()), "")


def code_of(view: View, line: int) -> str:
    row = view.lines[line]
    if not isinstance(row, Row) or not row.cells:
        return ""
    joined = ""
    for text in row.cells:
        if re.fullmatch(r"2\d{2}(\d{2}){0,2}", text) and not joined:
            joined = text
        elif joined and re.fullmatch(r"\d\d", text):
            joined += text
        elif text:
            break
    return joined


def _is_total_row(view: View, cell: Cell) -> bool:
    return bool(
        re.fullmatch(r"(本年|收入|支出)?(收入|支出)?(合计|总计)", _label(view, cell).strip())
    )


def _is_upper(view: View, cell: Cell) -> bool:
    return len(code_of(view, cell.line)) in (3, 5)


def _is_item(view: View, cell: Cell) -> bool:
    return len(code_of(view, cell.line)) == 7


def _is_official(view: View, cell: Cell) -> bool:
    return "三公" in title_of(view, cell.line) and "经费和机关" not in title_of(view, cell.line)


def _is_other(view: View, cell: Cell) -> bool:
    tests = (_is_total_row, _is_upper, _is_item, _is_official)
    return not any(test(view, cell) for test in tests)


def _swapped(view: View, random: Random) -> Planted | None:
    rows: dict[int, list[Cell]] = {}
    for cell in view.cells():
        rows.setdefault(cell.line, []).append(cell)
    found = [cells for cells in rows.values() if len({each.text for each in cells}) > 1]
    if not found:
        return None
    cells = random.choice(found)
    one = random.choice(cells)
    other = random.choice([each for each in cells if each.text != one.text])
    row = view.lines[one.line]
    assert isinstance(row, Row)
    new = _with_cell(_with_cell(row, one.column, other.text), other.column, one.text)
    beyond = within_rounding(one.text, other.text)
    fault = Fault(
        "同一行两格对调",
        Group.TABLES,
        title_of(view, one.line) + view.text(one.line),
        " ".join(filter(None, new.cells)),
        beyond,
    )
    return fault, view.changed({one.line: new})


def _consistent(view: View, random: Random) -> Planted | None:
    """One item is other in one table, and all sums of that table with it."""
    items = [cell for cell in view.cells() if _is_item(view, cell)]
    random.shuffle(items)
    for cell in items:
        row = view.lines[cell.line]
        assert isinstance(row, Row)
        code, table = code_of(view, cell.line), cell.table
        same = [each for each in view.cells() if each.table == table]
        total = next((each for each in same if each.line == cell.line), cell)
        columns = {cell.column, total.column}
        if cell.column == total.column:
            others = [each for each in same if each.line == cell.line and each is not cell]
            equal = [each for each in others if each.text == cell.text]
            if not equal:
                continue
            columns.add(equal[0].column)
        elsewhere = [
            n
            for n in range(len(view.lines))
            if code_of(view, n) == code and view.tables[n] != table
        ]
        if not elsewhere or len(columns) < 2:
            continue
        step = Decimal("11.11") * (10_000 if number(cell.text) > 10**5 else 1)
        changes: Changes = {}
        for each in same:
            upper = code_of(view, each.line)
            if each.column in columns and (
                (upper and code.startswith(upper)) or _is_total_row(view, each)
            ):
                line = changes.get(each.line, view.lines[each.line])
                assert isinstance(line, Row)
                changes[each.line] = _with_cell(
                    line, each.column, _like(number(each.text) + step, each.text)
                )
        before = f"{title_of(view, cell.line)}／{view.text(cell.line)}"
        return Fault("两张表同一科目金额不同", Group.TABLES, before, f"+{step}"), view.changed(
            changes
        )
    return None


def coded_rows(view: View, length: int) -> list[int]:
    return [
        n for n in range(len(view.lines)) if len(code_of(view, n)) == length and n in view.tables
    ]


def _wrong_code(view: View, random: Random) -> Planted | None:
    rows = coded_rows(view, 7)
    if not rows:
        return None
    at = random.choice(rows)
    row = view.lines[at]
    assert isinstance(row, Row)
    column = next(n for n, cell in enumerate(row.cells) if cell.isdigit())
    old = row.cells[column]
    new = str(int(old[:3]) + random.choice((1, 3, 5))) + old[3:]
    fault = Fault("科目编码写错，不在上级之下", Group.TABLES, view.text(at), new)
    return fault, view.changed({at: _with_cell(row, column, new)})


def _wrong_row_name(view: View, random: Random) -> Planted | None:
    rows = [*coded_rows(view, 7), *coded_rows(view, 5)]
    if not rows:
        return None
    at = random.choice(rows)
    row = view.lines[at]
    assert isinstance(row, Row)
    column = next(n for n, cell in enumerate(row.cells) if re.search("[一-鿿]", cell))
    new = wrong_name(row.cells[column], random)
    fault = Fault("科目名称错字、漏字", Group.TABLES, view.text(at), new)
    return fault, view.changed({at: _with_cell(row, column, new)})


def _lost_row(view: View, random: Random) -> Planted | None:
    rows = [at for at in coded_rows(view, 7) if any(c.line == at for c in view.cells())]
    if not rows:
        return None
    at = random.choice(rows)
    fault = Fault("报表缺一行项级科目", Group.TABLES, title_of(view, at) + view.text(at), "")
    return fault, view.changed({at: None})


IN_TABLES: tuple[tuple[str, Mutator], ...] = (
    _cell("合计、总计行改一位", _is_total_row),
    _cell("类、款行改一位", _is_upper),
    _cell("项级行改一位", _is_item),
    _cell("“三公”经费表改一位", _is_official),
    _cell("其他金额格改一位", _is_other),
    ("同一行两格对调", _swapped),
    ("两张表同一科目金额不同", _consistent),
    ("科目编码写错，不在上级之下", _wrong_code),
    ("科目名称错字、漏字", _wrong_row_name),
    ("报表缺一行项级科目", _lost_row),
)
