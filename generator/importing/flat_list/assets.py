"""国有资产 from a list of assets, a row a thing or a kind of them: vehicles, equipment, floors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

from generator.core.numbers.rounding import YUAN_PER_WAN
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import without_unit
from generator.drafts.workbook.sheet import Sheet, SheetCell
from generator.importing.flat_list.listing import (
    FlatList,
    ListRow,
    is_signed_line,
    is_total_of_list,
    list_with_head,
    stated_unit,
)
from generator.importing.reading import ImportResult, not_told
from generator.model.vocabulary import SaidSection, Vocabulary

VEHICLES = "实有车辆"
_FEWEST = 3
"""Columns of a list, at least."""
_KIND = late_pattern(r"(?:资产|车辆)?(?:大类|类别|分类|类型|用途|名称|品目)(?:名称)?|资产")
_COUNT = late_pattern(r"(?:实有|资产)?(?:数量|台数|辆数|台套数)")
COUNT_BOUGHT = late_pattern(
    r"(?:拟?(?:新增|购置|配置)|计划(?:购置|配置)?|申请|资产)?(?:数量|台数|辆数|台套数)"
)
"""How many are held, and how many are to be bought: a list of those may have both."""
_AREA = late_pattern(r"(?:房屋)?建筑面积|(?:房屋)?面积")
_PRICE = late_pattern(r"(?:预算|购置)?单价|单位价值")
_VALUE = late_pattern(r"(?:资产|账面|预算|购置)?(?:原值|原价|价值|金额)|预算数")
_MEASURE = late_pattern(r"(?:计量)?单位")
_SQUARE_METRES = ("平方米", "㎡", "m2", "M2")
_BRACKET = late_pattern(r"\([^()]*\)$")
_PLANNED = late_pattern(r"新增|配置|处置|采购|购置|报废|出租|出借|盘[盈亏]")
"""What a list of assets is about that a unit does not hold, or not any more."""
_VEHICLE = late_pattern(r"车辆|.*(?<!自行)(?<!推)(?<!叉)车")
_COSTLY = late_pattern(r"(?:单价|单位价值)?(\d+)万元以上(?:（含）)?(通用|专用|)设备")
_NAMED = 3
"""Rows that a message names."""


class AssetSums(Struct):
    """What the rows of lists add up to, and which rows of them count for nothing.

    ``unclear`` are, by item of the section, the rows that may belong to it: then it is not written.
    """

    numbers: dict[str, Decimal] = field(default_factory=dict)
    vehicles: dict[str, Decimal] = field(default_factory=dict)
    unclear: dict[str, list[tuple[ListRow, str]]] = field(default_factory=dict)
    others: list[tuple[ListRow, str]] = field(default_factory=list)
    rows: int = 0
    totals: int = 0

    def add(self, item: str, number: Decimal) -> None:
        """Adds to an item."""
        self.numbers[item] = self.numbers.get(item, Decimal(0)) + number

    def doubt(self, item: str, row: ListRow, name: str) -> None:
        """Notes a row of which nobody can tell whether it belongs to an item."""
        self.unclear.setdefault(item, []).append((row, name))


def asset_list(sheet: Sheet) -> FlatList | None:
    """The list of held assets in a sheet; ``None`` if there is none."""
    found = list_with_head(sheet, is_asset_head)
    about = [sheet.name, *found.above] if found else []
    return None if any(map(_PLANNED.search, about)) else found


def is_asset_head(cells: Mapping[int, SheetCell], count: re.Pattern[str] = _COUNT) -> bool:
    """Whether a row names the columns of a list of assets: what they are, and how many."""
    names = [_bare(cell.text) for cell in cells.values() if cell.number is None]
    if len(names) < max(_FEWEST, len(cells)):
        return False
    named = any(name.startswith(("资产", "车辆")) and _KIND.fullmatch(name) for name in names)
    return named and any(each.fullmatch(name) for each in (count, _AREA) for name in names)


def _bare(name: str) -> str:
    """The name of a column without what it is counted in: 面积（平方米）, 原值（万元）."""
    return _BRACKET.sub("", without_unit(name))


def fill_assets(reading: ImportResult, lists: Sequence[FlatList], vocabulary: Vocabulary) -> None:
    """Writes 国有资产 as far as lists of assets tell it, and says what was counted and what not.

    What the text of a document says stays; only what it does not say is taken from the lists.
    """
    sums = AssetSums()
    for listing in lists:
        AssetReader(reading, listing, vocabulary, sums).read()
    section = SaidSection.ASSETS.value
    found: dict[str, Any] = {
        name: number_in_data(number)
        for name, number in sums.numbers.items()
        if name not in sums.unclear
    }
    if sums.vehicles and VEHICLES not in sums.unclear:
        found[VEHICLES] = {kind: number_in_data(count) for kind, count in sums.vehicles.items()}
    told = reading.sections.get(section)
    if isinstance(told, Mapping):
        _compare(reading, told, found)
        found = {**found, **told}
    if found:
        reading.sections[section] = found
        told_now = {not_told(section, item) for item in found}
        reading.doubts = [doubt for doubt in reading.doubts if doubt.message not in told_now]
    for item, rows in sums.unclear.items():
        what = "是哪一种、有几辆" if item == VEHICLES else "算不算"
        message = f"“{item}”没有写：看不出{told_rows(rows)}{what}，由人填写"
        reading.doubt((section,), message, rows[0][0].spot)
    totals = f"（另有 {sums.totals} 行合计，没有核对）" if sums.totals else ""
    left = f"；没有计入的是{told_rows(sums.others)}" if sums.others else ""
    message = f"按资产清单 {sums.rows} 行汇总{totals}{left}；清单里没有的、截止日期，照实补上"
    reading.doubt((section,), message, lists[0].sheet.row_spot(lists[0].head))


class AssetReader:
    """Reads the rows of one list."""

    def __init__(
        self,
        reading: ImportResult,
        listing: FlatList,
        vocabulary: Vocabulary,
        sums: AssetSums,
        section: str = SaidSection.ASSETS,
        count: re.Pattern[str] = _COUNT,
    ) -> None:
        self._section = str(section)
        self._reading = reading
        self._listing = listing
        self._vocabulary = vocabulary
        self._sums = sums
        bare = {name: _bare(name) for name in listing.names}
        self._kinds = [name for name, text in bare.items() if _KIND.fullmatch(text)]
        self._count, self._area, self._price, self._value, self._measure = (
            next((name for name, text in bare.items() if each.fullmatch(text)), "")
            for each in (count, _AREA, _PRICE, _VALUE, _MEASURE)
        )

        numbered = (self._count, self._area, self._price, self._value)
        self._numbered = [name for name in numbered if name]

    def read(self) -> None:
        """Takes the rows of the list."""
        for row in self._listing.rows:
            if is_total_of_list(row):
                self._sums.totals += 1
                continue
            if is_signed_line(row):
                continue
            self._sums.rows += 1
            wrong = [name for name in self._numbered if row.amount(name) is None]
            for name in wrong:
                message = f"资产清单“{name}”栏“{row.text(name)}”不是数，这一行没有读"
                self._reading.doubt((self._section,), message, row.spot_of(name))
            if not wrong:
                self._take(row)

    def _take(self, row: ListRow) -> None:
        texts = [squeezed(row.text(name)) for name in self._kinds]
        name = next((row.text(each) for each in reversed(self._kinds) if row.text(each)), "")
        if not any(row.amount(each) for each in self._numbered):
            self._sums.others.append((row, name))  # a heading, or a note below
            return
        kinds = [kind for kind in self._vocabulary.vehicles if squeezed(kind) in texts]
        if kinds or any(map(_VEHICLE.fullmatch, texts)):
            self._take_vehicle(row, kinds, name)
        elif not (self._take_floor(row, texts) or self._take_equipment(row, texts, name)):
            self._sums.others.append((row, name))

    def _take_vehicle(self, row: ListRow, kinds: Sequence[str], name: str) -> None:
        count = self._number(row)
        if len(kinds) != 1 or not count or count % 1:
            self._sums.doubt(VEHICLES, row, name)
            return
        self._sums.vehicles[kinds[0]] = self._sums.vehicles.get(kinds[0], Decimal(0)) + count

    def _take_floor(self, row: ListRow, texts: Sequence[str]) -> bool:
        """Counts the floor space of a house whose use an item names."""
        for asset in self._vocabulary.assets:
            use = re.sub(r"(?:建筑)?面积$", "", asset.name)
            if use == asset.name or not any(use in text for text in texts):
                continue
            if area := self._square_metres(row):
                self._sums.add(asset.name, area)
            else:
                self._sums.doubt(asset.name, row, use)
            return True
        return False

    def _square_metres(self, row: ListRow) -> Decimal | None:
        if self._area and row.amount(self._area):
            return row.amount(self._area)
        in_square_metres = self._measure and row.text(self._measure) in _SQUARE_METRES
        return row.amount(self._count) if in_square_metres and self._count else None

    def _take_equipment(self, row: ListRow, texts: Sequence[str], name: str) -> bool:
        """Counts equipment by what one piece of it costs; whether it counts for any item."""
        if not any("设备" in text for text in texts):
            return False
        counted = False
        price, count = self._yuan_each(row), self._number(row)
        said = {kind for kind in ("通用", "专用") if any(kind in text for text in texts)}
        for item, least, kind in self._costly():
            if kind and said and kind not in said:
                continue
            self._sums.add(item, Decimal(0))
            if price is None or not count:
                self._sums.doubt(item, row, name)
            elif price >= least:
                counted = True
                if kind and not said:
                    self._sums.doubt(item, row, name)
                else:
                    self._sums.add(item, count)
        return counted or price is None or not count

    def _costly(self) -> Iterator[tuple[str, Decimal, str]]:
        """The items of equipment from some price on: name, 元, 通用 or 专用 or either."""
        for asset in self._vocabulary.assets:
            if match := _COSTLY.fullmatch(asset.name):
                yield asset.name, Decimal(match[1]) * YUAN_PER_WAN, match[2]

    def _yuan_each(self, row: ListRow) -> Decimal | None:
        """What one piece costs, in 元; ``None`` if the list does not say."""
        column = self._price or self._value
        unit = stated_unit(self._listing, column) if column else None
        value, count = row.amount(column) if column else None, self._number(row)
        if unit is None or not value or not count:
            return None
        return value * unit.yuan / (1 if self._price else count)

    def _number(self, row: ListRow) -> Decimal | None:
        """How many pieces a row is; without a column for it, a row is one."""
        return row.amount(self._count) if self._count else Decimal(1)


def _compare(reading: ImportResult, told: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    for item, number in found.items():
        if item in told and told[item] != number:
            message = f"“{item}”文字里与资产清单里的不同（{_shown(number)}），用的是文字的"
            reading.doubt((SaidSection.ASSETS.value, item), message)


def number_in_data(number: Decimal) -> str:
    """A number as the data format writes it."""
    return f"{number.normalize():f}"


def _shown(number: Any) -> str:
    if isinstance(number, Mapping):
        return "、".join(f"{kind} {count}" for kind, count in number.items())
    return str(number)


def told_rows(rows: Iterable[tuple[ListRow, str]]) -> str:
    """Rows of a message: how many, and the first of them by number and name."""
    every = list(rows)
    named = "、".join(f"第{row.row + 1}行{name}" for row, name in every[:_NAMED])
    return f"{named}等 {len(every)} 行" if len(every) > _NAMED else named
