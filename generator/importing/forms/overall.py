"""Reads 整体支出绩效目标申报表.

Its budget figures are those of the statements, so nothing is read from them here.
"""

from __future__ import annotations

from typing import Any

from generator.drafts.draft import Row, Spot
from generator.drafts.parts.form_labels import OverallLabels, label_named
from generator.drafts.parts.outline import FormDraft
from generator.importing.forms.cells import FilledCell, filled_cells, is_exact, wording
from generator.importing.forms.indicators import IndicatorTable
from generator.importing.forms.rows import TableLabels
from generator.importing.forms.system import IndicatorSystem
from generator.importing.reading import ImportResult
from generator.pack.form_parts import FormBlock

SECTION = "整体绩效目标表"
_DEPARTMENT, _TASKS, _INDICATORS = "部门名称", "年度重点任务", "年度绩效指标"
_TASK, _DUTY = "重点任务", "核心职能"
"""Keys of the data."""


def import_overall_form(reading: ImportResult, form: FormDraft, labels: OverallLabels) -> None:
    """Fills the section of the overall form."""
    _OverallForm(reading, form, labels).fill()


class _OverallForm:
    def __init__(self, reading: ImportResult, form: FormDraft, labels: OverallLabels) -> None:
        self.reading, self.form, self.labels = reading, form, labels
        self.exact = is_exact(reading.draft)
        self.texts: dict[str, str] = {}
        self.tasks: list[dict[str, str]] = []
        self.table = _table(labels, exact=self.exact)
        self.task_column = 0
        self.part = ""

    def fill(self) -> None:
        self.reading.use(*self.form.title)
        for row in self.form.rows:
            cells = filled_cells(row)
            if not cells or self._read(row, cells):
                self.reading.use(row)
        if not self.texts.get(_DEPARTMENT):
            self.texts[_DEPARTMENT] = ""
            self.reading.doubt((SECTION, _DEPARTMENT), f"{_DEPARTMENT}没有读到", self._spot())
        indicators = self._indicators()
        data: dict[str, Any] = {}
        for declared in self.labels.form.rows:
            for cell in declared.cells:
                if self.texts.get(cell.key) or cell.key == _DEPARTMENT:
                    data[cell.key] = self.texts[cell.key]
            if declared.block is FormBlock.TASKS and self.tasks:
                data[_TASKS] = self.tasks
            elif declared.block is FormBlock.INDICATORS and indicators:
                data[_INDICATORS] = indicators
        self.reading.sections[SECTION] = data

    def _spot(self) -> Spot | None:
        return self.form.rows[0].spot if self.form.rows else None

    def _indicators(self) -> dict[str, Any]:
        tree, unsure = self.table.data() if self.table else ({}, [])
        for each in unsure:
            self.reading.doubt((SECTION, _INDICATORS, *each.path), each.message, each.spot)
        return {
            first: {
                second: [{"指标": e["指标"], "指标值": _only_value(e)} for e in entries]
                for second, entries in seconds.items()
            }
            for first, seconds in tree.items()
        }

    def _read(self, row: Row, cells: list[FilledCell]) -> bool:
        """Takes a row; returns whether it was read."""
        keys = [cell.key for cell in cells]
        if self.table and self.table.read_head(row):
            self.part = "指标"
        elif self._is_fields(keys):
            self.part = "栏目"
            self._take_fields(row, cells)
        elif any(self.labels.budget.fullmatch(key) for key in keys):
            self.part = "预算"
        elif any(self._heads_tasks(key) for key in keys):
            self.part = "任务"
            heads = (c.column for c in cells if self.labels.task.fullmatch(c.key))
            self.task_column = next(heads, 0)
        elif self.part == "任务":
            self._take_task(cells)
        elif self.part == "指标" and self.table:
            self.table.read(row)
        else:
            return self.part == "预算"
        return True

    def _heads_tasks(self, key: str) -> bool:
        return bool(self.labels.tasks.fullmatch(key) or self.labels.task.fullmatch(key))

    def _is_fields(self, keys: list[str]) -> bool:
        return any(label_named(self.labels.texts, key) for key in keys[:2])

    def _take_fields(self, row: Row, cells: list[FilledCell]) -> None:
        name = ""
        for cell in cells:
            label = label_named(self.labels.texts, cell.key)
            if label:
                name = label
            elif name and not self.texts.get(name):
                self.texts[name] = wording(cell.text, exact=self.exact)
            elif not self.labels.groups.fullmatch(cell.key):
                self.reading.doubt((SECTION, name or _DEPARTMENT), f"另有“{cell.text}”", row.spot)

    def _take_task(self, cells: list[FilledCell]) -> None:
        entry: dict[str, str] = {}
        for cell in cells:
            key = _TASK if cell.column >= self.task_column else _DUTY
            entry[key] = entry.get(key, "") + wording(cell.text, exact=self.exact)
        self.tasks.append({key: entry[key] for key in (_DUTY, _TASK) if key in entry})


def _table(labels: OverallLabels, *, exact: bool) -> IndicatorTable | None:
    """What reads the indicators; ``None`` if the form has none."""
    if labels.form.indicators is None:
        return None
    system = IndicatorSystem.of(labels.form.indicators)
    return IndicatorTable(TableLabels(labels.indicators, system, both_halves=False), exact=exact)


def _only_value(entry: dict[str, str]) -> str:
    return entry.get("指标值") or entry.get("实施期") or ""
