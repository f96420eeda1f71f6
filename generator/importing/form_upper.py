"""The upper part and the foot of a project form: fields, money, texts, goals and the date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.drafts.draft import Row, Spot
from generator.drafts.wording import squeezed
from generator.importing.form_cells import Cell, wording
from generator.importing.form_funds import Funds
from generator.importing.form_indicators import Unsure
from generator.importing.form_labels import (
    FIELDS,
    FRAGMENT,
    GOALS,
    SHAPES,
    SIGNATURES,
    STAMP,
    TERM_GOAL,
    TEXTS,
    YEAR_GOAL,
    is_label,
    named,
)

_REQUIRED = ("项目名称", "实施单位")
_ALWAYS = (*_REQUIRED, "主管部门及代码")
_STAMP_LENGTH = 14
_TWO = 2
_FUNDS, _STAMP_OPEN = "资金", "填报日期"


@dataclass(slots=True)
class UpperPart:
    """What stands above the indicators of a form and below them; pages repeat it."""

    exact: bool
    texts: dict[str, str] = field(default_factory=dict)
    goals: dict[str, str] = field(default_factory=dict)
    funds: Funds = field(default_factory=Funds)
    stamp: str | None = None
    unsure: list[Unsure] = field(default_factory=list)
    _open: str = ""
    _goal_columns: list[int] = field(default_factory=list)

    def read(self, row: Row, cells: list[Cell]) -> bool:
        """Takes a row; returns whether it is one of this part."""
        cells = [part for cell in cells for part in _parts(cell)]
        cells = [cell for cell in cells if not FRAGMENT.fullmatch(cell.key)]
        if not cells:
            return True
        readers = (self._foot, self._goal_head, self._money, self._goals, self._fields)
        return any(read(row, cells) for read in readers) or self._unlabelled(row, cells)

    def _money(self, row: Row, cells: list[Cell]) -> bool:
        found = self.funds.read(cells, row.spot)
        if found:
            self._open = _FUNDS
        return found

    def _goals(self, row: Row, cells: list[Cell]) -> bool:
        return bool(GOALS.fullmatch(cells[0].key)) and self._goal_row(row, cells[1:])

    def _fields(self, row: Row, cells: list[Cell]) -> bool:
        """Labels, each with what stands after it."""
        if not any(named(FIELDS, cell.key) or named(TEXTS, cell.key) for cell in cells):
            return False
        label = ""
        values: dict[str, list[str]] = {}
        for cell in cells:
            name = named(FIELDS, cell.key) or named(TEXTS, cell.key)
            if name:
                label = name
                values[label] = []
            elif label:
                values[label].append(cell.text)
        for label, parts in values.items():
            self._take(self.texts, (label,), parts, row.spot)
            self._open = label if not parts else ""
        return True

    def _take(
        self, into: dict[str, str], path: tuple[str, ...], parts: list[str], spot: Spot
    ) -> None:
        """Takes a text; the pages of one form repeat it."""
        value = wording("".join(parts), exact=self.exact)
        if len(parts) > 1:
            self.unsure.append(Unsure(path, "文字分在几格，已相接", spot))
        known = into.get(path[-1], "")
        if known and value and known != value:
            self.unsure.append(Unsure(path, f"前后不一：另一处作“{value}”", spot))
        if not known:
            into[path[-1]] = value

    def _goal_head(self, _: Row, cells: list[Cell]) -> bool:
        """Whether the row is 实施期目标 and 年度目标, or one of them alone."""
        cells = [cell for cell in cells if not GOALS.fullmatch(cell.key)]
        if not cells or not all(
            TERM_GOAL.fullmatch(c.key) or YEAR_GOAL.fullmatch(c.key) for c in cells
        ):
            return False
        if len(cells) > 1:
            self._goal_columns = [cell.column for cell in cells]
        self._open = "总体目标"
        return True

    def _goal_row(self, row: Row, cells: list[Cell]) -> bool:
        self._open = ""
        if len(cells) == _TWO:
            for half, cell in zip(("实施期", "年度"), cells, strict=True):
                self._take(self.goals, ("总体目标", half), [cell.text], row.spot)
        elif len(cells) == 1:
            self._lone_goal(row, cells[0])
        elif cells:
            self._take(self.goals, ("总体目标", "实施期"), [c.text for c in cells], row.spot)
        return True

    def _lone_goal(self, row: Row, cell: Cell) -> None:
        """One goal where there might be two: below which head does it stand?"""
        year = self._goal_columns[-1] if len(self._goal_columns) > 1 else None
        half = "年度" if year is not None and cell.column >= year else "实施期"
        self._take(self.goals, ("总体目标", half), [cell.text], row.spot)
        if not self.exact and (year is None or not self._near(cell.column, year)):
            message = f"只有一期的目标，按所在的列归入{half}"
            self.unsure.append(Unsure(("总体目标", half), message, row.spot))

    @staticmethod
    def _near(column: int, year: int) -> bool:
        """Whether a goal stands right below one of the two heads."""
        return column == year or column <= _TWO < year

    def _unlabelled(self, row: Row, cells: list[Cell]) -> bool:
        """A row that lost its label: the goals, or the value of the label before it."""
        if self._open == _FUNDS:
            return self.funds.more(cells, row.spot)
        if self._open == _STAMP_OPEN and cells[0].key.isdigit():
            self._take_stamp(cells[0].key, row.spot)
            self._open = ""
            return True
        if self._open == "总体目标" and len(cells) <= _TWO:
            return self._goal_row(row, cells)
        if self._open in {*FIELDS, *TEXTS} and len(cells) == 1:
            self._take(self.texts, (self._open,), [cells[0].text], row.spot)
            self._open = ""
            return True
        return False

    def _foot(self, row: Row, cells: list[Cell]) -> bool:
        """The line of signatures; only the date goes into the data."""
        if not any(SIGNATURES.match(cell.key) for cell in cells):
            return False
        rest = "".join(cell.key for cell in cells)
        match = STAMP.search(rest)
        if match:
            self._take_stamp(match[1], row.spot)
            rest = rest[: match.start()]
            self._open = "" if match[1] else _STAMP_OPEN
        if people := SIGNATURES.sub("", rest):
            message = f"负责人等栏有内容，数据格式不收：{people}"
            self.unsure.append(Unsure(("填报日期",), message, row.spot))
        return True

    def _take_stamp(self, stamp: str, spot: Spot) -> None:
        self.stamp = stamp
        whole = stamp.isdigit() and len(stamp) == _STAMP_LENGTH
        if stamp and not whole and not self.exact:
            self.unsure.append(Unsure(("填报日期",), f"填报日期不是14位数字：{stamp}", spot))

    def data(self) -> Iterator[tuple[str, Any]]:
        """The entries above the indicators, in the order of the form."""
        for label in FIELDS:
            if self.texts.get(label) or label in _ALWAYS:
                yield label, self.texts.get(label, "")
        if funds := self.funds.data():
            yield "资金", funds
        for label in TEXTS:
            if self.texts.get(label):
                yield label, self.texts[label]
        goals = {half: text for half, text in self.goals.items() if text}
        if goals:
            yield "总体目标", goals

    def doubts(self) -> Iterator[Unsure]:
        """What is not certain, and what a form must have and does not."""
        yield from self.unsure
        for half, message in self.funds.doubts():
            yield Unsure(("资金", half), message, self.funds.spot)
        for label, shape in SHAPES.items():
            text = self.texts.get(label, "")
            if text and not self.exact and not shape.fullmatch(squeezed(text)):
                yield Unsure((label,), f"写法少见：{text}")
        for label in _REQUIRED:
            if not self.texts.get(label):
                yield Unsure((label,), f"{label}没有读到")


def _parts(cell: Cell) -> list[Cell]:
    """A cell that runs a label and its value together as two."""
    label, _, value = cell.text.strip().partition(" ")
    if value and not is_label(cell.key) and is_label(Cell(cell.column, label).key):
        return [Cell(cell.column, label), Cell(cell.column, value)]
    return [cell]
