"""Money in a project form: a label and an amount for each level, in halves side by side.

Forms are in 元 and say so (项目资金（元）); one that names another unit is converted.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct, field

from generator.core.memo import Same, memo
from generator.core.numbers.rounding import plain_number
from generator.drafts.draft import Spot
from generator.drafts.parts.form_labels import ProjectLabels, label_named
from generator.drafts.parts.outline import FormDraft
from generator.drafts.words.amounts import Notation, fault_in, read_amount
from generator.drafts.words.units import Unit, table_line, unit_in_head, without_unit
from generator.importing.forms.cells import FilledCell
from generator.model.form_names import TOTAL

_YUAN, _FEN = Decimal(1), Decimal("0.01")


class OddAmount(Struct, frozen=True):
    """A cell of money that is no plain amount: in which half, of which level, and where."""

    half: str
    level: str
    text: str
    spot: Spot


def title_unit(form: FormDraft) -> Unit:
    """The unit that the lines above a form name; 元 if none."""
    return next((unit for line in form.title if (unit := table_line(line.text).unit)), Unit.YUAN)


class FormFunds(Struct):
    """The amounts of one form in 元; ``None`` if a label has no amount.

    ``unit`` is what the form is in; ``odd`` are its cells that are no plain amounts, whether or
    not they could be read.
    """

    labels: ProjectLabels
    amounts: dict[tuple[str, str], Decimal | None] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    spot: Spot | None = None
    unit: Unit = Unit.YUAN
    odd: list[OddAmount] = field(default_factory=list)
    _last: list[tuple[str, str]] = field(default_factory=list)

    def read(self, cells: list[FilledCell], spot: Spot) -> bool:
        """Takes the amounts of a row; returns whether it is one of funds."""
        self.unit = next((unit for cell in cells if (unit := self._unit(cell))), self.unit)
        labelled = [(place, *self._label(cell)) for place, cell in enumerate(cells)]
        labelled = [each for each in labelled if each[1]]
        if not labelled:
            return False
        self._last = []
        for number, (place, level, half) in enumerate(labelled):
            column = cells[place].column
            if half:
                self.columns[half], self.spot = column, spot
            half = half or self._half(number, len(labelled), column)  # noqa: PLW2901
            self._take((half, level), cells[place + 1 : place + 2], spot)
        return True

    def more(self, cells: list[FilledCell], spot: Spot) -> bool:
        """Takes amounts that stand below their labels, whose end was broken off."""
        if not self._last or not all(_is_amount(cell) for cell in cells):
            return False
        for place, cell in zip(tuple(self._last), cells, strict=False):
            self._take(place, [cell], spot)
        return True

    @property
    def halves(self) -> tuple[str, ...]:
        """The halves that the form has."""
        return self.labels.form.halves

    def _half(self, number: int, labels: int, column: int) -> str:
        """The half of a label: side by side in order, alone by the nearer column of the totals."""
        if labels > 1 or len(self.columns) < len(self.halves):
            return self.halves[min(number, len(self.halves) - 1)]
        return min(self.halves, key=lambda half: abs(self.columns[half] - column))

    def _take(self, place: tuple[str, str], cells: list[FilledCell], spot: Spot) -> None:
        """Takes the amount in the cell after a label; the pages of one form repeat it."""
        self._last.append(place)
        amount = self._amount(place, cells[0], spot) if cells else None
        known = self.amounts.get(place)
        if known is None:
            self.amounts[place] = amount
        elif amount is not None and amount != known:
            self.conflicts.append(f"{place[0]}{place[1]}前后不一：{known}、{amount}")

    def _amount(self, place: tuple[str, str], cell: FilledCell, spot: Spot) -> Decimal | None:
        found = read_amount(cell.text)
        if not _is_amount(cell):
            return None
        if fault_in(found, self.unit):
            self.odd.append(OddAmount(*place, cell.text.strip(), spot))
        yuan = found.in_yuan(self.unit) if found.usable else None
        return None if yuan is None else yuan.quantize(_FEN) if yuan % 1 else yuan.quantize(_YUAN)

    @property
    def half_step(self) -> Decimal:
        """How far each amount may be from the exact one, in 元: a larger unit has rounded it."""
        return self.unit.yuan * _FEN / 2 if self.unit is not Unit.YUAN else Decimal(0)

    def unclear(self, half: str) -> bool:
        """Whether an amount of a half could not be read."""
        return any(each.half == half and not read_amount(each.text).usable for each in self.odd)

    def data(self) -> dict[str, dict[str, str]]:
        """The levels with money, by half."""
        halves = {half: self._levels(half) for half in self.halves}
        return {half: levels for half, levels in halves.items() if levels}

    def doubts(self) -> list[tuple[str, str]]:
        """For each half what is not certain."""
        found = [
            (half, text) for text in self.conflicts for half in self.halves if half in text[:3]
        ]
        found += [(each.half, self._odd_words(each)) for each in self.odd]
        if self.unit is not Unit.YUAN and self.amounts:
            found.append((self.halves[0], f"金额单位是{self.unit.words}，已折算成元"))
        sources = self.labels.form.funds.sources if self.labels.form.funds else ()
        printed = [source.key for source in sources if not source.blank]
        for half in self.halves if sources else ():
            if self.unclear(half):
                continue
            name = self.labels.form.total_label(half)
            total = self.amounts.get((half, TOTAL))
            summed = sum(map(Decimal, self._levels(half).values()), Decimal())
            missing = [level for level in printed if self.amounts.get((half, level)) is None]
            if total is None:
                found.append((half, f"{name}没有读到"))
            elif abs(total - summed) > self.half_step * (len(sources) + 1):
                found.append((half, f"{name}印作{total:,}，各级之和为{summed:,}"))
            elif missing and len(missing) == len(printed):
                found.append((half, f"{half}各级金额没有读到"))
        return found

    def _odd_words(self, each: OddAmount) -> str:
        amount = read_amount(each.text)
        fault = fault_in(amount, self.unit)
        yuan = amount.in_yuan(self.unit)
        guess = f"（像是 {amount.guess}）" if amount.guess else ""
        how = (
            f"读作 {plain_number(yuan)} 元"
            if amount.usable and yuan is not None
            else f"没有读{guess}"
        )
        return f"{each.half}{each.level}“{each.text}”{fault}，{how}"

    def _label(self, cell: FilledCell) -> tuple[str, str]:
        """The level a cell names, and the half where the label says it."""
        return _label_of(Same(self.labels), cell.key)

    def _unit(self, cell: FilledCell) -> Unit | None:
        """The unit that a label of money names."""
        labelled = self.labels.funds.fullmatch(cell.key) or self._label(cell)[0]
        return unit_in_head(cell.key) if labelled else None

    def _levels(self, half: str) -> dict[str, str]:
        amounts = {level: self.amounts.get((half, level)) for level in self.labels.sources}
        return {level: f"{amount:f}" for level, amount in amounts.items() if amount}


@memo(1 << 12)  # a document has the same labels in every form
def _label_of(labels: Same[ProjectLabels], label: str) -> tuple[str, str]:
    key = without_unit(label)
    if half := label_named(labels.it.totals, key):
        return TOTAL, half
    return label_named(labels.it.sources, key), ""


def _is_amount(cell: FilledCell) -> bool:
    """Whether a cell is meant for an amount."""
    return read_amount(cell.text).notation in (Notation.PLAIN, Notation.ODD)
