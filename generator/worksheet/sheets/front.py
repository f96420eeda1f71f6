"""The first sheets of a worksheet: how to use it, its reconciliations, what is left to be done."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from generator.worksheet.cells import (
    FIRST,
    LINE,
    LIST_RULE,
    PROTECTION,
    UNKNOWN,
    lines_in_column,
    set_page,
)
from generator.worksheet.layout import CellKind, Check
from generator.worksheet.looks import WorksheetFormats
from generator.worksheet.todo import Todo

_GUIDE = (
    "白底的格填写，灰底的格自动计算、已锁定；黄底的是待填、待核的，明细表里的见“待办”。金额单位都是元。",
    "科目、单位、类别等从下拉列表里选，也可以直接写编码；填了变黄的编码，是目录里没有的，在“其他”表写“补充科目”。",
    "一行全部清空，就是删去这一项；空行用完了，在空行上方插入行。第一列（已隐藏）和隐藏的表不要动。",
    "只填自己的几张表，可以把别的表删去再交：删去的表，读回时那些栏目不动（绩效目标、绩效指标两张一起留）。",
    "填好后：disclosure import 这个文件 --into 数据目录（只改改了的地方），或 -o 新目录。",
)


def todo_tag(todo: Todo) -> str:
    """What is written beside a mark: the value it is of, its file and its words."""
    tag = {"办": list(todo.path) if todo.path is not None else None}
    tag |= {"文件": [todo.file], "话": [todo.words]}
    return json.dumps(tag, ensure_ascii=False)


def write_todos(sheet: Any, todos: Sequence[Todo], looks: WorksheetFormats, choices: str) -> None:
    """The marks of work left, each with a cell to tick it off."""
    sheet.set_column(0, 0, 2, None, {"hidden": True})
    for at, width in enumerate((8, 34, 46, 40, 12, 34)):
        sheet.set_column(FIRST + at, FIRST + at, width)
    sheet.write_string(0, FIRST, "待办", looks.title)
    note = "改了的格，待办自动销去；内容不用改、已经核对的，在“处理”里选“已完成”"
    sheet.write_string(1, FIRST, note, looks.note)
    for at, title in enumerate(("类别", "栏目", "说明", "现在的内容", "处理", "文件:行")):
        sheet.write_string(2, FIRST + at, title, looks.head)
    for row, todo in enumerate(todos, 3):
        sheet.write_string(row, 0, todo_tag(todo))
        texts = (todo.words[:2], todo.label, todo.words, todo.content)
        longest = max(
            lines_in_column(todo.label, 34),
            lines_in_column(todo.words, 46),
            lines_in_column(todo.content, 40),
        )
        if longest > 1:
            sheet.set_row(row, longest * LINE + 3)
        for at, text in enumerate(texts):
            sheet.write_string(row, FIRST + at, text, looks.label)
        sheet.write_blank(row, FIRST + 4, None, looks.input(CellKind.TEXT, marked=True))
        sheet.write_string(row, FIRST + 5, f"{todo.file}:{todo.line}", looks.label)
    last = 2 + len(todos)
    listed = {**LIST_RULE, "source": choices}
    sheet.data_validation(3, FIRST + 4, last, FIRST + 4, listed)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.autofilter(2, FIRST, last, FIRST + 5)
    sheet.print_area(0, FIRST, last, FIRST + 5)
    set_page(sheet, landscape=True)
    sheet.protect("", PROTECTION)


def write_front(sheet: Any, title: str, checks: Iterable[Check], looks: WorksheetFormats) -> None:
    """How to use the workbook, and its reconciliations."""
    for at, width in enumerate((52, 20, 20, 18, 12, 44)):
        sheet.set_column(at, at, width)
    sheet.write_string(0, 0, title, looks.title)
    for row, line in enumerate(_GUIDE, 1):
        sheet.write_string(row, 0, line, looks.plain)
    head = len(_GUIDE) + 2
    sheet.write_string(head - 1, 0, "核对（自动计算，不一致的变红）", looks.heading)
    for at, name in enumerate(("核对什么", "前一个数", "后一个数", "差额", "结果", "不一致时")):
        sheet.write_string(head, at, name, looks.head)
    row = head
    for row, check in enumerate(checks, head + 1):
        at = row + 1
        wrong = f"D{at}<-0.004" if check.least else f"ABS(D{at})>0.004"
        sheet.write_string(row, 0, check.name, looks.label)
        sheet.write_formula(row, 1, f"={check.one}", looks.computed, UNKNOWN)
        sheet.write_formula(row, 2, f"={check.other}", looks.computed, UNKNOWN)
        sheet.write_formula(row, 3, f"=ROUND(B{at}-C{at},2)", looks.computed, UNKNOWN)
        sheet.write_formula(row, 4, f'=IF({wrong},"不一致","一致")', looks.verdict, UNKNOWN)
        sheet.write_string(row, 5, check.remedy, looks.label)
    wrong_rule = {"type": "cell", "criteria": "==", "value": '"不一致"', "format": looks.wrong}
    sheet.conditional_format(head + 1, 4, row, 4, wrong_rule)
    sheet.print_area(0, 0, row, 5)
    set_page(sheet, landscape=True)
    sheet.protect("", PROTECTION)
