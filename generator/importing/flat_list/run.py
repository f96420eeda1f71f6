"""Imports flat lists: finds them, maps their columns, and fills the sections of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from generator.compute.ledger.entries import Book
from generator.core.numbers.rounding import CENT, half_up
from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Spot
from generator.drafts.workbook.sheet import Workbook
from generator.importing.amounts.printed.subjects import Subjects
from generator.importing.flat_list.assets import asset_list
from generator.importing.flat_list.columns import ColumnMap, ListColumn
from generator.importing.flat_list.ledger import LedgerReader, ReadList
from generator.importing.flat_list.listing import FlatList, flat_lists
from generator.importing.flat_list.meanings import Meaning
from generator.importing.flat_list.planned_assets import planned_list
from generator.importing.flat_list.procurement import fill_said
from generator.importing.flat_list.propose import asks_unit, proposed
from generator.importing.flat_list.sections import fill_sections
from generator.importing.flat_list.words import check_words
from generator.importing.reading import ImportResult
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack

_YEAR = late_pattern(r"(20\d\d)\s*年")
_SHOWN = 5
"""So many rows of a year are named."""


class Lists(Struct):
    """The flat lists of some workbooks, each with the file it is from; those of assets beside."""

    found: list[tuple[Path, FlatList]] = field(default_factory=list)
    assets: list[tuple[Path, FlatList]] = field(default_factory=list)

    def take(self, file: Path, workbook: Workbook, known: Sequence[str] = ()) -> None:
        """Takes the lists of a workbook; of hidden sheets none: nobody knows of them."""
        for sheet in workbook.sheets:
            if sheet.hidden:
                continue
            if listings := flat_lists(sheet, known):
                self.found += [(file, listing) for listing in listings]
            elif listing := asset_list(sheet) or planned_list(sheet):
                self.assets.append((file, listing))

    @property
    def lists(self) -> list[FlatList]:
        """The lists alone."""
        return [listing for _, listing in self.found]

    def names(self, file: Path) -> set[str]:
        """The names of the sheets of a file that are lists."""
        every = [*self.found, *self.assets]
        return {listing.sheet.name for each, listing in every if each == file}


def mapped(lists: Lists, written: ColumnMap | None, pack: Pack) -> ColumnMap:
    """The columns of the lists: as written, with proposals for those that are not written yet.

    Raises:
        UnusableInputError: E608 for words that say nothing in 列对照, or name nothing of the pack.
    """
    proposal = proposed(lists.lists, pack.vocabulary)
    if written is None:
        return proposal
    check_words(written, pack.vocabulary)
    columns: list[ListColumn] = []
    new: list[ListColumn] = []
    for column in proposal.columns:
        own = written.column(column.name)
        if own is None or (own.meaning is Meaning.EMPTY and column.examples):
            columns.append(column)
            new.append(column)
            continue
        own.examples = column.examples
        if own.meaning is column.meaning:  # values that were not there when it was written
            own.values = {**column.values, **own.values}
        columns.append(own)
    filled = [column for column in new if column.examples]
    confirmed = written.confirmed and not filled
    unit = written.unit or proposal.unit
    asks = not unit and asks_unit(lists.lists, columns)
    return ColumnMap(unit, columns, confirmed, asks, written.file)


def import_lists(
    reading: ImportResult, lists: Lists, columns: ColumnMap, pack: Pack, catalogue: Catalogue
) -> ReadList:
    """Fills the sections that follow from lists whose columns were confirmed."""
    subjects = Subjects(reading, catalogue)
    result = ReadList()
    years: dict[str, list[Spot]] = {}
    tell_above(reading, lists.lists)
    for listing in without_copies(reading, lists.found):
        reader = LedgerReader(reading, listing, columns, pack.vocabulary, subjects)
        result.take(reader.read())
        titled = dict.fromkeys(_YEAR.findall(" ".join(listing.above)), ())
        for year, spots in (reader.years() or titled).items():
            years.setdefault(year, []).extend(spots)
    units = list(dict.fromkeys(item.unit for item in result.items if item.unit))
    entity = reading.sections.setdefault("单位信息", {})
    above = [line for listing in lists.lists for line in listing.above]
    _identify(reading, entity, units, years, _named_above(above, units))
    fill_sections(
        reading,
        result.items,
        pack.vocabulary,
        divided=_asks(pack, Book.BUDGET, "经费类型"),
        paired=_prints_government(pack),
        publisher=str(entity.get("名称") or "待填"),
    )
    present = {name for listing in lists.lists for name in listing.names}
    meanings = {column.meaning for column in columns.columns if column.name in present}
    fill_said(reading, result.said, meanings, pack.vocabulary)
    _merge_subjects(reading, subjects.extra())
    _account(reading, result, columns)
    return result


def tell_above(reading: ImportResult, lists: Sequence[FlatList]) -> None:
    """Says which rows with numbers above lists are none of theirs and were not read."""
    for listing in lists:
        if not listing.unread:
            continue
        first, last = listing.unread[0] + 1, listing.unread[-1] + 1
        rows = f"第{first}行" if first == last else f"第{first}行到第{last}行"
        message = (
            f"工作表“{listing.sheet.name}”{rows}在清单的上方，有 {len(listing.unread)} 行写着数，"
            "没有读：是另一张表的，放到另一张工作表，再读入"
        )
        reading.doubt(("清单",), message, listing.sheet.row_spot(listing.unread[0]))


def without_copies(reading: ImportResult, lists: Sequence[tuple[Path, FlatList]]) -> list[FlatList]:
    """The lists, each once: a copy of a sheet would count its money twice."""
    kept: list[tuple[Path, FlatList]] = []
    for file, listing in lists:
        texts = _texts(listing)
        twin = next((pair for pair in kept if texts and _texts(pair[1]) == texts), None)
        if twin is None:
            kept.append((file, listing))
            continue
        message = (
            f"“{file.name}”的工作表“{listing.sheet.name}”与“{twin[0].name}”的"
            f"“{twin[1].sheet.name}”逐行相同，没有重复读：确是另外的金额，把两张表的行放在一张里"
        )
        reading.doubt(("清单",), message, listing.sheet.row_spot(listing.head))
    return [listing for _, listing in kept]


def _texts(listing: FlatList) -> list[dict[str, str]]:
    return [{name: cell.text for name, cell in row.cells.items()} for row in listing.rows]


def _asks(pack: Pack, book: Book, dimension: str) -> bool:
    return any(statement.asks(book, dimension) for statement in pack.statements)


def _prints_government(pack: Pack) -> bool:
    return any(
        "政府经济科目" in level
        for statement in pack.statements
        for block in statement.blocks
        for rule in block.rows
        for level in rule.expand
    )


def _named_above(above: Sequence[str], units: Sequence[str]) -> str:
    """The name in the title above a list: what stands before the year and begins units' names."""
    for line in above:
        name = _YEAR.split(line)[0].strip()
        if name != line and any(unit.startswith(name) for unit in units):
            return name
    return ""


def _identify(
    reading: ImportResult,
    entity: dict[str, Any],
    units: Sequence[str],
    years: Mapping[str, Sequence[Spot]],
    above: str,
) -> None:
    """Who publishes, as far as the lists tell; what they do not is left to be filled in."""
    if not entity.get("名称"):
        entity["名称"] = units[0] if len(units) == 1 else above or "待填"
        if entity["名称"] == "待填":
            message = f"清单里有 {len(units)} 个预算单位，看不出部门的名称"
            reading.doubt(("单位信息", "名称"), message)
    if not entity.get("类型"):
        entity["类型"] = "部门" if len(units) > 1 else "单位"
        reading.doubt(("单位信息", "类型"), f"按清单里有 {len(units)} 个预算单位判断")
    if not entity.get("年度"):
        entity["年度"] = next(iter(years)) if len(years) == 1 else "待填"
        if not years:
            reading.doubt(("单位信息", "年度"), "清单里没有写明预算年度")
    if len(years) > 1 and (entity["年度"] == "待填" or any(years.values())):
        _tell_years(reading, years)
    if entity["类型"] == "部门" and units and not entity.get("二级预算单位"):
        entity["二级预算单位"] = list(units)


def _tell_years(reading: ImportResult, years: Mapping[str, Sequence[Spot]]) -> None:
    """Says which rows are of which year: their sums are none of any budget."""
    ordered = sorted(years.items(), key=lambda each: len(each[1]))
    told = "；".join(f"{year} 年{_rows(spots)}" for year, spots in ordered)
    message = (
        f"清单里有 {len(years)} 个预算年度，金额合在一起读进了数据：{told}。"
        "删去别的年度的行，再读入；是上年结转的，把“年度”列写成本年，另用一列写“上年结转”"
    )
    reading.doubt(("单位信息", "年度"), message, next(iter(ordered[0][1]), None))


def _rows(spots: Sequence[Spot]) -> str:
    shown = "、".join(map(str, spots[:_SHOWN]))
    more = f"等 {len(spots)} 行" if len(spots) > _SHOWN else ""
    return f"（{shown}{more}）" if spots else "（写在表名里）"


def _merge_subjects(reading: ImportResult, extra: dict[str, dict[str, str]]) -> None:
    for classification, names in extra.items():
        known = reading.sections.setdefault("补充科目", {}).setdefault(classification, {})
        known.update({code: name for code, name in names.items() if code not in known})


def _account(reading: ImportResult, result: ReadList, columns: ColumnMap) -> None:
    """Says what was not read of the sum of the lists, and what could not be written in 分."""
    missing = result.printed - result.read
    if missing:
        message = (
            f"清单各行合计 {result.printed:,.2f} 元，读进数据 {result.read:,.2f} 元，"
            f"差 {missing:,.2f} 元"
        )
        reading.doubt(("清单",), message)
    for item in result.items:
        if half_up(item.amount, CENT) != item.amount:
            message = f"金额 {item.amount.normalize():f} 元有不到分的尾数，汇总后四舍五入到分"
            reading.doubt(("清单",), message, item.spot)
    for column in columns.columns:
        if column.meaning is Meaning.AMOUNT and not column.source:
            reading.doubt(("清单",), f"“{column.name}”这一列没有写资金来源")
