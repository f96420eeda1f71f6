"""Finds a flat list in a sheet: its head, its rows, and the rows that only sum others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.draft import Spot
from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.text import squeezed, trimmed
from generator.drafts.words.units import Unit, table_line, unit_in_head, unit_of, without_unit
from generator.drafts.workbook.sheet import MAX_ROWS, At, Sheet, SheetCell
from generator.importing.flat_list.meanings import KNOWN_NAMES, Meaning

_DEEPEST = 20
_FEWEST = 4
"""Columns of a list, at least."""
_MONEY = late_pattern(
    r"金额|预算数|拨款|收入|资金|合计|批复数|公共预算|政府性基金|国有资本经营|财政专户|结转"
)
_SIGNED = late_pattern(
    r"(?:(?:单位|部门|财务|分管)?(?:负责|领导|主管)|制表|填表|填报|编制|经办|审核|复核|审批|联系)"
    r"(?:人|单位|部门|领导)?(?:签[字名章]|盖章|电话|方式)?(?:[(（].{0,8}[)）])?\s*[:：].*"
    r"|(?:(?:制表|填表|填报|编制|审核)?(?:日期|时间)|(?:联系)?电话|盖章|签[字名章])\s*[:：].*"
)
"""How somebody signs a list: 审核人：, 制表日期：2025-12-20."""
_DAY_OR_WORDS = late_pattern(r"\d{2,4}\s*[-/.年]\s*\d{1,2}(?:\D.*)?|[\d-]{7,13}|\D{1,20}")
"""What may stand beside it: a day, a telephone number, a name."""
_NO_AMOUNT = late_pattern(r".*[%‰]|\d{4}\s*[-/年]\s*\d{1,2}(?:\D.*)?")
"""How a rate or a day shows, whatever number its cell holds."""
TOTAL = late_pattern(r".{0,40}(?:合计|总计|小计|累计)[:：]?")
_SAYS_NOTHING = ("", "其中", "其中:", "资金", "各资金来源", "按资金来源")
_TITLE_CELLS = 2
"""Filled cells of a line above a list, at most: its title, its unit."""
_BEGINS_WITH_DIGIT = late_pattern(r"['‘’]?\d")
_Rows = dict[int, dict[int, SheetCell]]
"""The filled cells of a sheet by row and column."""
_OF_ALL = (Meaning.SOURCE, Meaning.TOTAL)
"""What the name of a group may mean that says nothing of the columns under it."""
_DETAILS = (Meaning.PROJECT, Meaning.DEPARTMENT, Meaning.GOVERNMENT)
NAME_TO_MEANING = {
    squeezed(name): meaning for meaning, names in KNOWN_NAMES.items() for name in names
}


class ListRow(Struct, frozen=True):
    """A row of a list: its cells by the names of their columns."""

    row: int
    cells: dict[str, SheetCell]
    sheet: Sheet
    columns: Mapping[str, int]

    @property
    def spot(self) -> Spot:
        """The place of the row."""
        return self.sheet.row_spot(self.row)

    def spot_of(self, name: str) -> Spot:
        """The place of its cell in a column; that of the row if there is no such column."""
        column = self.columns.get(name)
        return self.spot if column is None else self.sheet.spot(At(self.row, column))

    @property
    def is_hidden(self) -> bool:
        """Whether nobody sees it: it is filtered out."""
        return self.row in self.sheet.hidden_rows

    def text(self, name: str) -> str:
        """What a cell says."""
        cell = self.cells.get(name)
        return trimmed(cell.text) if cell else ""

    def amount(self, name: str) -> Decimal | None:
        """The amount in a cell, as exact as the file holds it; ``None`` if it is none."""
        cell = self.cells.get(name)
        if cell is None or not cell.text.strip():
            return Decimal(0)
        if cell.day is not None or _NO_AMOUNT.fullmatch(cell.text.strip()):
            return None
        if cell.number is not None:
            return cell.number
        amount = read_amount(cell.text)
        plain = amount.notation in (Notation.PLAIN, Notation.NOTHING) or amount.negative
        return amount.value if plain else None


class FlatList(Struct, frozen=True):
    """A list: the sheet that it fills, the names of its columns, its rows.

    ``unit`` is the unit of its amounts as the sheet states it, ``""`` if it does not; a column
    may state one of its own. ``above`` are the lines above its head, which is in row ``head``;
    ``unread`` are the rows among them that hold numbers: another table, which is none of it.
    """

    sheet: Sheet
    names: tuple[str, ...]
    rows: tuple[ListRow, ...]
    unit: str
    above: tuple[str, ...]
    head: int = 0
    unread: tuple[int, ...] = ()


def stated_unit(listing: FlatList, name: str) -> Unit | None:
    """The unit of a column, as its head or else the sheet states it; ``None`` if neither does."""
    return unit_in_head(name) or (unit_of(listing.unit) if listing.unit else None)


def flat_list(sheet: Sheet, known: Sequence[str] = ()) -> FlatList | None:
    """The first list of a sheet; ``None`` if it holds none."""
    return next(iter(flat_lists(sheet, known)), None)


def flat_lists(sheet: Sheet, known: Sequence[str] = ()) -> list[FlatList]:
    """The lists of a sheet, one below the other.

    Args:
        sheet: the sheet, hidden rows and columns among it: a list is filtered to be looked at.
        known: names of columns that somebody has confirmed.
    """
    rows = _filled_rows(sheet)
    found = _first_head(rows, lambda row: _is_head(sheet, rows, row, known))
    lists: list[FlatList] = []
    begin = 0
    while found is not None:
        head, following = found, [row for row in rows if row > found]
        unit = _unit_above(rows, begin, head)
        found = None
        end = MAX_ROWS
        for row in following:
            top = _top_of_title(rows, row)
            if _is_new_head(sheet, rows, row, known) and (
                _texts(rows[row]) != _texts(rows[head]) or _unit_above(rows, top, row) != unit
            ):
                found, end = row, top
                break
        own = {row: cells for row, cells in rows.items() if begin <= row < end}
        lists.append(_list(sheet, own, head))
        begin = end
    return lists


def list_with_head(
    sheet: Sheet, is_head: Callable[[dict[int, SheetCell]], bool]
) -> FlatList | None:
    """The list below the first row of a sheet that is the head of one; ``None`` without any."""
    rows = _filled_rows(sheet)
    head = _first_head(rows, lambda row: is_head(rows[row]))
    return None if head is None else _list(sheet, rows, head)


def _filled_rows(sheet: Sheet) -> _Rows:
    rows: _Rows = {}
    for at, cell in sheet.filled():
        if cell.text.strip():
            rows.setdefault(at.row, {})[at.column] = cell
    return rows


def _first_head(rows: _Rows, is_head: Callable[[int], bool]) -> int | None:
    return next((row for row in list(rows)[:_DEEPEST] if is_head(row)), None)


def _is_new_head(sheet: Sheet, rows: _Rows, row: int, known: Sequence[str]) -> bool:
    """Whether another list begins at a row below the first: apart, and with names alone."""
    cells = rows[row]
    if any(_BEGINS_WITH_DIGIT.match(trimmed(cell.text)) for cell in cells.values()):
        return False
    apart = _top_of_title(rows, row) < row or row - 1 not in rows
    return apart and _is_head(sheet, rows, row, known)


def _top_of_title(rows: _Rows, head: int) -> int:
    """The first of the lines above a head that are its title and its unit."""
    top = head
    for row in range(head - 1, -1, -1):
        cells = rows.get(row, {})
        if not cells or len(cells) > _TITLE_CELLS or any(map(_is_money_or_total, cells.values())):
            break
        top = row
    return top


def _is_money_or_total(cell: SheetCell) -> bool:
    text = trimmed(cell.text)
    plain = read_amount(text).notation is Notation.PLAIN
    return cell.number is not None or plain or bool(TOTAL.fullmatch(text))


def _unit_above(rows: _Rows, top: int, head: int) -> Unit | None:
    """The unit that the lines above a head state."""
    texts = [cell.text for row in range(top, head) for cell in rows.get(row, {}).values()]
    units = (table_line(text).unit or unit_in_head(text) for text in texts)
    return next((unit for unit in units if unit), None)


def _is_head(sheet: Sheet, rows: _Rows, row: int, known: Sequence[str]) -> bool:
    """Whether a row names the columns of a list: a functional subject, a detail, an amount.

    A name over several columns is that of none of them: 项目 over 科目编码 and 科目名称 of a
    printed statement is no column of projects.
    """
    cells = rows[row]
    if any(cell.number is not None for cell in cells.values()):
        return False
    names = _texts(cells)
    below = next((each for each in rows if each > row), None)
    if below is not None and _goes_on(sheet, row, rows[below]):
        names = _joined(sheet, row, names, rows[below])
    texts = [without_unit(name) for name in names.values()]
    if len(texts) < _FEWEST:
        return False
    if known and len(set(texts) & set(map(without_unit, known))) >= max(_FEWEST, len(known) // 2):
        return True
    meanings = {NAME_TO_MEANING[text] for text in texts if text in NAME_TO_MEANING}
    function = any("功能" in text for text in texts) or Meaning.FUNCTION in meanings
    detail = any(each in meanings for each in _DETAILS) or any("经济" in text for text in texts)
    money = Meaning.TOTAL in meanings or any(_MONEY.search(text) for text in texts)
    return function and detail and money


def _list(sheet: Sheet, rows: dict[int, dict[int, SheetCell]], head: int) -> FlatList:
    order = list(rows)
    below = order[order.index(head) + 1 :]
    heads = [_texts(rows[head])]
    texts, last = heads[0], head
    while below and _goes_on(sheet, last, rows[below[0]]):
        last, *below = below
        texts = _joined(sheet, order[order.index(last) - 1], texts, rows[last])
        heads.append(_texts(rows[last]))
    below = [row for row in below if _texts(rows[row]) not in heads]  # printed page by page
    above = [trimmed(cell.text) for row in order if row < head for cell in rows[row].values()]
    columns = _named({**_without_head(rows, below), **texts})
    covering = _covering(sheet, below)
    places = {name: column for column, name in columns.items()}
    found = tuple(
        ListRow(row, _cells(sheet, row, rows[row], columns, covering), sheet, places)
        for row in below
    )
    names = tuple(columns.values())
    top = _top_of_title(rows, head)
    unread = tuple(row for row in order if row < top and _holds_numbers(rows[row]))
    return FlatList(sheet, names, found, _unit_of_all(above, names), tuple(above), head, unread)


def _holds_numbers(cells: Mapping[int, SheetCell]) -> bool:
    return len(cells) > 1 and any(
        cell.day is None
        and (cell.number is not None or read_amount(trimmed(cell.text)).notation is Notation.PLAIN)
        for cell in cells.values()
    )


def _texts(cells: Mapping[int, SheetCell]) -> dict[int, str]:
    return {column: trimmed(cell.text) for column, cell in cells.items()}


def _unit_of_all(above: Sequence[str], names: Sequence[str]) -> str:
    """The unit that the lines above a list state, or else all heads that state one."""
    lines = {unit for text in above if (unit := table_line(text).unit or unit_in_head(text))}
    units = lines or {unit for name in names if (unit := unit_in_head(name))}
    return units.pop().words if len(units) == 1 else ""


def _joined(
    sheet: Sheet, head: int, texts: dict[int, str], below: dict[int, SheetCell]
) -> dict[int, str]:
    """The names of columns whose head goes on below: 上年结转 over 公共预算 is both."""
    groups = dict(texts)
    for area in sheet.merged:
        if area.top == head and (group := texts.get(area.left)):
            groups |= dict.fromkeys(range(area.left, area.right + 1), group)
    under = {
        column: _under(groups.get(column, ""), trimmed(cell.text)) for column, cell in below.items()
    }
    return {**texts, **under}


def _under(group: str, name: str) -> str:
    """The name of a column under a group; 其中 or 资金来源 over it say nothing of their own."""
    bare = without_unit(group)
    if bare not in _SAYS_NOTHING and NAME_TO_MEANING.get(bare) not in _OF_ALL:
        return group + name
    unit = unit_in_head(group)
    return f"{name}（{unit.words}）" if unit and not unit_in_head(name) else name


def _without_head(rows: dict[int, dict[int, SheetCell]], below: Sequence[int]) -> dict[int, str]:
    """Names for columns that are filled without having one."""
    columns = {column for row in below for column in rows[row]}
    return {column: f"（没有列名的第{column + 1}列）" for column in columns}


def _goes_on(sheet: Sheet, head: int, below: dict[int, SheetCell]) -> bool:
    """Whether the row below belongs to the head: cells above are merged over several of its own."""
    spans = [area for area in sheet.merged if area.top == head]
    wide = any(area.right > area.left and area.bottom == head for area in spans)
    return wide and all(cell.number is None for cell in below.values())


def _named(texts: dict[int, str]) -> dict[int, str]:
    """The names of columns, told apart where two have the same."""
    columns: dict[int, str] = {}
    for column in sorted(texts):
        name, number = texts[column], 2
        while name in columns.values():
            name, number = f"{texts[column]}（{number}）", number + 1
        columns[column] = name
    return columns


def _covering(sheet: Sheet, rows: Sequence[int]) -> dict[At, At]:
    """For filled rows, the cells that a merged area covers: by the first of their column."""
    return {
        At(row, area.left): At(area.top, area.left)
        for area in sheet.merged
        for row in rows[bisect_right(rows, area.top) : bisect_right(rows, area.bottom)]
    }


def _cells(
    sheet: Sheet,
    row: int,
    cells: dict[int, SheetCell],
    columns: dict[int, str],
    covering: dict[At, At],
) -> dict[str, SheetCell]:
    found: dict[str, SheetCell] = {}
    for column, name in columns.items():
        cell = cells.get(column)
        if cell is None and (first := covering.get(At(row, column))):
            above = sheet.cells.get(first)
            cell = above if above is not None and above.number is None else None
        if cell is not None:
            found[name] = cell
    return found


def is_total_of_list(row: ListRow) -> bool:
    """Whether a row calls itself a total."""
    return any(TOTAL.fullmatch(trimmed(cell.text)) for cell in row.cells.values())


def is_signed_line(row: ListRow) -> bool:
    """Whether a row says who made or checked a list, or when, and nothing of money."""
    cells = [cell for cell in row.cells.values() if cell.text.strip()]
    return any(map(_is_signed, cells)) and all(
        _is_signed(cell)
        or cell.day is not None
        or (cell.number is None and bool(_DAY_OR_WORDS.fullmatch(trimmed(cell.text))))
        for cell in cells
    )


def _is_signed(cell: SheetCell) -> bool:
    return cell.number is None and bool(_SIGNED.fullmatch(trimmed(cell.text)))


def values_of(rows: Sequence[ListRow], name: str) -> Iterator[str]:
    """The different texts of a column, in order."""
    yield from dict.fromkeys(text for row in rows if (text := row.text(name)))
