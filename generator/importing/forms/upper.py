"""The upper part and the foot of a project form: fields, money, texts, goals and the date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from generator.drafts.draft import Row, Spot
from generator.drafts.parts.form_labels import ProjectLabels, label_named
from generator.drafts.words.text import squeezed
from generator.importing.forms.cells import FilledCell, wording
from generator.importing.forms.funds import FormFunds
from generator.importing.forms.indicators import Unsure
from generator.model.form_names import FUNDS, GOALS, PROJECT, TERM, UNIT, YEAR
from generator.pack.form_parts import FormBlock

_MUST_BE_READ = (PROJECT, UNIT)
_TWO = 2


class UpperPart(Struct):
    """What stands above the indicators of a form and below them; pages repeat it."""

    labels: ProjectLabels
    funds: FormFunds
    exact: bool
    texts: dict[str, str] = field(default_factory=dict)
    goals: dict[str, str] = field(default_factory=dict)
    stamp: str | None = None
    unsure: list[Unsure] = field(default_factory=list)
    _open: str = ""
    _goal_columns: list[int] = field(default_factory=list)

    def read(self, row: Row, cells: list[FilledCell]) -> bool:
        """Takes a row; returns whether it is one of this part."""
        cells = [part for cell in cells for part in self._parts(cell)]
        cells = [cell for cell in cells if not self.labels.piece.fullmatch(cell.key)]
        if not cells:
            return True
        readers = (self._foot, self._goal_head, self._money, self._goals, self._fields)
        return any(read(row, cells) for read in readers) or self._unlabelled(row, cells)

    def _money(self, row: Row, cells: list[FilledCell]) -> bool:
        found = self.funds.read(cells, row.spot)
        if found:
            self._open = FUNDS
        return found

    def _goals(self, row: Row, cells: list[FilledCell]) -> bool:
        return self._is_goals(cells[0]) and self._goal_row(row, cells[1:])

    def _is_goals(self, cell: FilledCell) -> bool:
        return bool(self.labels.goals.fullmatch(cell.key))

    def _fields(self, row: Row, cells: list[FilledCell]) -> bool:
        """Labels, each with what stands after it."""
        if not any(label_named(self.labels.texts, cell.key) for cell in cells):
            return False
        label = ""
        values: dict[str, list[str]] = {}
        for cell in cells:
            name = label_named(self.labels.texts, cell.key)
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

    def _goal_head(self, _: Row, cells: list[FilledCell]) -> bool:
        """Whether the row is the heads above the goals of each half, or one of them alone."""
        cells = [cell for cell in cells if not self._is_goals(cell)]
        if not cells or not all(label_named(self.labels.goal_heads, cell.key) for cell in cells):
            return False
        if len(cells) > 1:
            self._goal_columns = [cell.column for cell in cells]
        self._open = GOALS
        return True

    def _goal_row(self, row: Row, cells: list[FilledCell]) -> bool:
        self._open = ""
        halves = self.labels.form.halves
        if len(cells) == len(halves):
            for half, cell in zip(halves, cells, strict=True):
                self._take(self.goals, (GOALS, half), [cell.text], row.spot)
        elif len(cells) == 1:
            self._lone_goal(row, cells[0])
        elif cells:
            self._take(self.goals, (GOALS, halves[0]), [c.text for c in cells], row.spot)
        return True

    def _lone_goal(self, row: Row, cell: FilledCell) -> None:
        """One goal where there might be two: below which head does it stand?"""
        year = self._goal_columns[-1] if len(self._goal_columns) > 1 else None
        half = YEAR if year is not None and cell.column >= year else TERM
        self._take(self.goals, (GOALS, half), [cell.text], row.spot)
        if not self.exact and (year is None or not self._near(cell.column, year)):
            message = f"只有一期的目标，按所在的列归入{half}"
            self.unsure.append(Unsure((GOALS, half), message, row.spot))

    @staticmethod
    def _near(column: int, year: int) -> bool:
        """Whether a goal stands right below one of the two heads."""
        return column == year or column <= _TWO < year

    def _unlabelled(self, row: Row, cells: list[FilledCell]) -> bool:
        """A row that lost its label: the goals, or the value of the label before it."""
        if self._open == FUNDS:
            return self.funds.more(cells, row.spot)
        if self._stamp_key and self._open == self._stamp_key and cells[0].key.isdigit():
            self._take_stamp(cells[0].key, row.spot)
            self._open = ""
            return True
        if self._open == GOALS and len(cells) <= _TWO:
            return self._goal_row(row, cells)
        if self._open in self.labels.texts and len(cells) == 1:
            self._take(self.texts, (self._open,), [cells[0].text], row.spot)
            self._open = ""
            return True
        return False

    def _foot(self, row: Row, cells: list[FilledCell]) -> bool:
        """The line of signatures; only what has a key goes into the data."""
        signatures = self.labels.signatures
        if not any(signatures.match(cell.key) for cell in cells):
            return False
        rest = "".join(cell.key for cell in cells)
        match = self.labels.stamp.search(rest)
        if match:
            self._take_stamp(match["date"], row.spot)
            rest = rest[: match.start()]
            self._open = "" if match["date"] else self._stamp_key
        if people := signatures.sub("", rest):
            first = self.labels.form.signatures[0].title
            message = f"{first}等栏有内容，数据格式不收：{people}"
            path = (self._stamp_key,) if self._stamp_key else ()
            self.unsure.append(Unsure(path, message, row.spot))
        return True

    def _take_stamp(self, stamp: str, spot: Spot) -> None:
        self.stamp, key = stamp, self._stamp_key
        shape = self.labels.shapes.get(key)
        if stamp and shape and not shape.fullmatch(stamp) and not self.exact:
            self.unsure.append(Unsure((key,), f"{key}的写法少见：{stamp}", spot))

    @property
    def _stamp_key(self) -> str:
        stamp = self.labels.form.stamp
        return stamp.key or "" if stamp else ""

    def _parts(self, cell: FilledCell) -> list[FilledCell]:
        """A cell that runs a label and its value together as two."""
        label, _, value = cell.text.strip().partition(" ")
        is_label = self.labels.is_label
        if value and not is_label(cell.key) and is_label(FilledCell(cell.column, label).key):
            return [FilledCell(cell.column, label), FilledCell(cell.column, value)]
        return [cell]

    def data(self) -> Iterator[tuple[str, Any]]:
        """The entries besides the indicators and the date, in the order of the form."""
        required = self.labels.form.names.required
        goals = {half: text for half, text in self.goals.items() if text}
        for row in self.labels.form.rows:
            for cell in row.cells:
                if self.texts.get(cell.key) or cell.key in required:
                    yield cell.key, self.texts.get(cell.key, "")
            if row.block is FormBlock.FUNDS and (funds := self.funds.data()):
                yield FUNDS, funds
            elif row.block is FormBlock.GOALS and goals:
                yield GOALS, goals

    def doubts(self) -> Iterator[Unsure]:
        """What is not certain, and what a form must have and does not."""
        yield from self.unsure
        for half, message in self.funds.doubts():
            yield Unsure((FUNDS, half), message, self.funds.spot)
        for label, shape in self.labels.shapes.items():
            text = self.texts.get(label, "")
            if text and not self.exact and not shape.fullmatch(squeezed(text)):
                yield Unsure((label,), f"写法少见：{text}")
        for label in _MUST_BE_READ:
            if label in self.labels.texts and not self.texts.get(label):
                yield Unsure((label,), f"{label}没有读到")
