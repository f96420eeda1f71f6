"""Reads 整体支出绩效目标申报表.

Its budget figures are those of the statements, so nothing is read from them here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.drafts.draft import Row, Spot
from generator.drafts.outline import FormDraft
from generator.importing.form_cells import Cell, filled_cells, is_exact, wording
from generator.importing.form_indicators import IndicatorTable
from generator.importing.reading import Reading

SECTION = "整体绩效目标表"

_FIELDS: Mapping[str, re.Pattern[str]] = {
    "部门名称": re.compile(r"(部门|单位)(\(单位\))?名称:?"),
    "内设职能部门数": re.compile(r"内设职能部门数:?"),
    "所属预算单位数": re.compile(r"所属预算单位数:?"),
    "核定的人员编制数": re.compile(r"核定的?人员编制数:?"),
    "实际在职人员总数": re.compile(r"实际在职人员总数:?"),
    "在编人员数": re.compile(r"(其中:?)?在编人员数:?"),
    "其他人员数": re.compile(r"其他人员数:?"),
    "部门职责": re.compile(r"(部门|单位)(\(单位\))?职责:?"),
    "部门战略目标": re.compile(r"(部门|单位)(\(单位\))?战略目标:?"),
    "年度绩效目标": re.compile(r"年度绩效目标:?"),
}
_BASIC = re.compile(r"(部门|单位)(\(单位\))?基本信息")
_BUDGET = re.compile(r"年度预算情况|按资金来源划分|按资金方向划分")
_TASKS = "年度重点任务"
_TASK = "重点任务"
_DUTY = "核心职能"


def import_overall_form(reading: Reading, form: FormDraft) -> None:
    """Fills the section of the overall form."""
    _OverallForm(reading, form).fill()


class _OverallForm:
    def __init__(self, reading: Reading, form: FormDraft) -> None:
        self.reading, self.form = reading, form
        self.exact = is_exact(reading.draft)
        self.texts: dict[str, str] = {}
        self.tasks: list[dict[str, str]] = []
        self.table = IndicatorTable(exact=self.exact)
        self.task_column = 0
        self.part = ""

    def fill(self) -> None:
        self.reading.use(*self.form.title)
        for row in self.form.rows:
            cells = filled_cells(row)
            if not cells or self._read(row, cells):
                self.reading.use(row)
        before = [name for name in _FIELDS if name != "年度绩效目标"]
        data: dict[str, Any] = {name: self.texts[name] for name in before if self.texts.get(name)}
        if not data.get("部门名称"):
            data["部门名称"] = ""
            self.reading.doubt((SECTION, "部门名称"), "部门名称没有读到", self._spot())
        if self.tasks:
            data[_TASKS] = self.tasks
        if goals := self.texts.get("年度绩效目标"):
            data["年度绩效目标"] = goals
        data |= self._indicators()
        self.reading.sections[SECTION] = data

    def _spot(self) -> Spot | None:
        return self.form.rows[0].spot if self.form.rows else None

    def _indicators(self) -> dict[str, Any]:
        tree, unsure = self.table.data()
        for each in unsure:
            self.reading.doubt((SECTION, "年度绩效指标", *each.path), each.message, each.spot)
        plain = {
            first: {
                second: [{"指标": e["指标"], "指标值": _only_value(e)} for e in entries]
                for second, entries in seconds.items()
            }
            for first, seconds in tree.items()
        }
        return {"年度绩效指标": plain} if plain else {}

    def _read(self, row: Row, cells: list[Cell]) -> bool:
        """Takes a row; returns whether it was read."""
        keys = [cell.key for cell in cells]
        if self.table.read_head(row):
            self.part = "指标"
        elif self._is_fields(keys):
            self.part = "栏目"
            self._take_fields(row, cells)
        elif any(_BUDGET.fullmatch(key) for key in keys):
            self.part = "预算"
        elif _TASK in keys or _TASKS in keys:
            self.part = "任务"
            self.task_column = next((c.column for c in cells if c.key == _TASK), 0)
        elif self.part == "任务":
            self._take_task(cells)
        elif self.part == "指标":
            self.table.read(row)
        else:
            return self.part == "预算"
        return True

    @staticmethod
    def _is_fields(keys: list[str]) -> bool:
        return any(pattern.fullmatch(key) for key in keys[:2] for pattern in _FIELDS.values())

    def _take_fields(self, row: Row, cells: list[Cell]) -> None:
        name = ""
        for cell in cells:
            label = next((n for n, p in _FIELDS.items() if p.fullmatch(cell.key)), "")
            if label:
                name = label
            elif name and not self.texts.get(name):
                self.texts[name] = wording(cell.text, exact=self.exact)
            elif not _BASIC.fullmatch(cell.key):
                self.reading.doubt((SECTION, name or "部门名称"), f"另有“{cell.text}”", row.spot)

    def _take_task(self, cells: list[Cell]) -> None:
        entry: dict[str, str] = {}
        for cell in cells:
            key = _TASK if cell.column >= self.task_column else _DUTY
            entry[key] = entry.get(key, "") + wording(cell.text, exact=self.exact)
        self.tasks.append({key: entry[key] for key in (_DUTY, _TASK) if key in entry})


def _only_value(entry: dict[str, str]) -> str:
    return entry.get("指标值") or entry.get("实施期") or ""
