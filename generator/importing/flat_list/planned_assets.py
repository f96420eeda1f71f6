"""What a list of assets that are to be bought adds to 补充数字, if the pack prints any of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.core.text.patterns import late_pattern
from generator.drafts.workbook.sheet import Sheet
from generator.importing.flat_list.assets import (
    COUNT_BOUGHT,
    VEHICLES,
    AssetReader,
    AssetSums,
    is_asset_head,
    number_in_data,
    told_rows,
)
from generator.importing.flat_list.listing import FlatList, list_with_head
from generator.importing.reading import ImportResult
from generator.model.vocabulary import ANY_VEHICLE, OwnNumber, Vocabulary

_SECTION = "补充数字"
_TITLE = late_pattern(
    r"新增.{0,6}资产|资产.{0,4}(?:配置|购置).{0,4}(?:预算|计划)"
    r"|(?:拟|计划|预算).{0,6}(?:配置|购置).{0,6}资产"
)
_OTHERS = late_pattern(r"上年|去年|已|处置|报废|出租|出借|盘[盈亏]|存量")
"""What a list is about that this year's budget does not buy."""


def planned_list(sheet: Sheet) -> FlatList | None:
    """The list of assets to be bought in a sheet; ``None`` if there is none."""
    found = list_with_head(sheet, lambda cells: is_asset_head(cells, COUNT_BOUGHT))
    return found if found and is_planned(found) else None


def is_planned(listing: FlatList) -> bool:
    """Whether a list of assets is about those to be bought, as its title or its sheet says."""
    about = [listing.sheet.name, *listing.above]
    return any(map(_TITLE.search, about)) and not any(map(_OTHERS.search, about))


def fill_planned(reading: ImportResult, lists: Sequence[FlatList], vocabulary: Vocabulary) -> None:
    """Writes the numbers of things to be bought that the pack prints, and says what was counted.

    The pack says which they are (``OwnNumber.bought``). What the lists do not have is 0: they are
    the whole plan. What the text of a document says stays.
    """
    sums = AssetSums()
    for listing in lists:
        AssetReader(reading, listing, vocabulary, sums, _SECTION, COUNT_BOUGHT).read()
    asked = [number for number in vocabulary.own_numbers if number.bought]
    spot = lists[0].sheet.row_spot(lists[0].head)
    if not asked:
        message = f"新增资产的清单 {sums.rows} 行没有写：本地的文本没有印它的地方，要公开的写进文字"
        reading.doubt((_SECTION,), message, spot)
        return
    for number in asked:
        _write(reading, number, sums, vocabulary)
    totals = f"（另有 {sums.totals} 行合计，没有核对）" if sums.totals else ""
    left = f"；没有计入的是{told_rows(sums.others)}" if sums.others else ""
    unasked = [name for name in sums.numbers if name not in {number.bought for number in asked}]
    unprinted = f"；本地不印、没有写的是{'、'.join(unasked)}" if unasked else ""
    message = f"按新增资产的清单 {sums.rows} 行汇总{totals}，清单里没有的写 0{left}{unprinted}"
    reading.doubt((_SECTION,), message, spot)


def _write(
    reading: ImportResult, number: OwnNumber, sums: AssetSums, vocabulary: Vocabulary
) -> None:
    bought = str(number.bought)
    of_vehicles = bought == ANY_VEHICLE or bought in vocabulary.vehicles
    if unclear := sums.unclear.get(VEHICLES if of_vehicles else bought):
        message = f"“{number.name}”没有写：看不出{told_rows(unclear)}算不算，由人填写"
        reading.doubt((_SECTION,), message, unclear[0][0].spot)
        return
    counted = {
        **sums.numbers,
        **sums.vehicles,
        ANY_VEHICLE: sum(sums.vehicles.values(), Decimal(0)),
    }
    counted_here = number_in_data(counted.get(bought, Decimal(0)))
    told = reading.sections.setdefault(_SECTION, {}).setdefault(number.name, counted_here)
    if told != counted_here:
        message = f"“{number.name}”文字里与新增资产的清单里的不同（{counted_here}），用的是文字的"
        reading.doubt((_SECTION, number.name), message)
