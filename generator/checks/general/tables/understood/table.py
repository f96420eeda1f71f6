"""A table read by what its head says: its title, unit, columns and rows, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, zip_longest

from msgspec import Struct

from generator.checks.general.tables.understood.head import Node, head_depth, head_tree
from generator.checks.general.tables.understood.kinds import (
    CODE_PARTS,
    LABELS,
    ColumnKind,
    is_never_summed,
    kind_of_words,
)
from generator.checks.general.tables.understood.money import Grain, Money, amount_of_cell, grain_of
from generator.core.findings import Location
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.words.amount_columns import is_amount
from generator.drafts.words.text import folded
from generator.drafts.words.units import PRESCRIBED, TableUnit, Unit, table_line, table_unit
from generator.reading.blocks import PlainRow, TableBlock, within

_TITLE = late_pattern(r".*(表|明细|预算|情况)(\(.*\))?")
_LABEL = late_pattern(r"(.{0,6}公开)?(附)?表\s*[\d一二三四五六七八九十]{1,3}:?")
_CODE = late_pattern(r"\d{3}(?:\d{2}){0,2}")
_CODE_AND_NAME = late_pattern(r"(?P<code>\d{3}(?:\d{2}){0,2})[-_\s]*(?P<name>[一-龥].*)")
_NAME = late_pattern("[一-龥]{2}")
_LEVELS = (3, 5, 7)
"""How long codes of 类, 款 and 项 are."""
_SPOILING = late_pattern(
    r"其中|比上年|增减|变动|(上年|去年)(?!.*(结转|[没未](有)?[用使]))|决算|执行"
)
_LONGEST_TITLE = 40


class UnderstoodColumn(Struct, frozen=True):
    """A column: counted from 0, what it holds, and the words above it from the top."""

    at: int
    kind: ColumnKind
    titles: tuple[str, ...]
    unit: Unit

    @property
    def title(self) -> str:
        """Its own words, as a reader sees them."""
        return self.titles[-1] if self.titles else ""

    @property
    def holds_amounts(self) -> bool:
        """Whether it holds amounts that may be part of a sum."""
        return self.kind not in LABELS and self.kind is not ColumnKind.OTHER


class UnderstoodRow(Struct, frozen=True, eq=False):
    """A row of one side of a table.

    Attributes:
        at: which row of the table it is, counted from 0.
        code: the code of its subject, ``""`` if it has none.
        name: its name as printed, trimmed.
        misprint: a code as printed that cannot be one; ``code`` is what its place says.
        amounts: by column; an empty cell is none, nor is one that states no amount.
        unclear: the columns whose text is no amount.
    """

    at: int
    code: str
    name: str
    amounts: Mapping[int, Money]
    unclear: frozenset[int] = frozenset()
    misprint: str = ""

    @property
    def words(self) -> str:
        """What a reader calls it."""
        return " ".join(filter(None, (self.code, self.name)))


@dataclass(frozen=True, eq=False)  # without slots, for what is worked out once
class TableSide:
    """A table, or one side of one that has several: labels, then columns of amounts."""

    columns: tuple[UnderstoodColumn, ...]
    lines: tuple[UnderstoodRow, ...]

    @cached_property
    def amounts(self) -> tuple[UnderstoodColumn, ...]:
        """The columns of amounts."""
        return tuple(column for column in self.columns if column.holds_amounts)

    @cached_property
    def coded(self) -> bool:
        """Whether its rows have codes of subjects."""
        return any(line.code for line in self.lines)


class UnderstoodTable(Struct, frozen=True, eq=False):
    """A table whose head was understood.

    Attributes:
        title: its title as printed, ``""`` if none stands above it.
        unit: the unit of its amounts; that of most documents if none is named.
        names_unit: whether it names the unit.
        root: its head as a tree.
    """

    block: TableBlock
    title: str
    unit: Unit
    names_unit: bool
    sides: tuple[TableSide, ...]
    root: Node

    def place(self, line: UnderstoodRow | None, column: UnderstoodColumn | None = None) -> Location:
        """Where a row or a cell of it is, as a reader finds it."""
        if line is None:
            return within(self.block.place, self.title and f"“{self.title}”")
        place = self.block.rows[line.at].place
        named = self.title and self.title[:20] not in place.spot
        words = [f"“{self.title}”" if named else "", f"“{line.words}”行" if line.words else ""]
        return within(place, "".join((*words, f"“{column.title}”栏" if column else "")))

    @property
    def name(self) -> str:
        """What findings call it."""
        return self.title or "没有标题的表"


def understand(block: TableBlock) -> UnderstoodTable | None:
    """Understands a table; ``None`` if its head does not say what it holds."""
    captions = [caption.text for caption in block.captions]
    rows = [row.cells for row in block.rows]
    begin = _inner_captions(block.rows)
    captions += [cell for row in rows[:begin] for cell in row if cell]
    depth = head_depth(rows[begin:])
    if not depth or begin + depth >= len(rows) + 1:
        return None
    head, body = rows[begin : begin + depth], block.rows[begin + depth :]
    root = head_tree(head, max(map(len, rows)))
    units = table_unit(reversed(captions), head)
    columns = _with_contents(_columns(root, units), body)
    if not any(column.holds_amounts for column in columns):
        return None
    amounts = [column.at for column in columns if column.holds_amounts]
    texts = (row.cells[at] for row in body for at in amounts if at < len(row.cells))
    grain = grain_of(texts, units.whole or PRESCRIBED)
    sides = tuple(
        TableSide(part, tuple(_lines(part, body, begin + depth, grain))) for part in _sides(columns)
    )
    title = title_of(captions)
    unit = units.whole or PRESCRIBED
    return UnderstoodTable(block, title, unit, units.whole is not None, sides, root)


def title_of(captions: Sequence[str]) -> str:
    """The title among the lines above a table: the nearest one that is neither unit nor label."""
    for text in reversed(captions):
        line = table_line(text)
        words = folded(line.rest)
        short = len(words) <= _LONGEST_TITLE and not _LABEL.fullmatch(words)
        if short and _TITLE.fullmatch(words):
            return line.rest.strip()
    return ""


def _inner_captions(rows: Sequence[PlainRow]) -> int:
    """How many rows at the top hold the title, the publisher and the unit, not the head."""
    for number, row in enumerate(rows):
        texts = [cell for cell in row.cells if folded(cell)]
        title = len(texts) == 1 and bool(_TITLE.fullmatch(folded(texts[0])))
        if not title and not all(table_line(text).known for text in texts):
            return number
    return 0


def _columns(root: Node, units: TableUnit) -> list[UnderstoodColumn]:
    found: list[UnderstoodColumn] = []

    def walk(node: Node, titles: tuple[str, ...]) -> None:
        own = (*titles, node.text) if node.text else titles
        for child in node.children:
            walk(child, own)
        if not node.children:
            kind = _kind(own)
            for at in range(node.first, node.last + 1):
                found.append(UnderstoodColumn(at, kind, own, units.of(at) or PRESCRIBED))

    walk(root, ())
    return sorted(found, key=lambda column: column.at)


def _kind(titles: Sequence[str]) -> ColumnKind:
    """What a column holds by its own words, those above it deciding where it has none."""
    if not titles or any(
        kind_of_words(title) is ColumnKind.OTHER and _spoils(title) for title in titles
    ):
        return ColumnKind.OTHER
    kind = kind_of_words(titles[-1])
    in_code = len(titles) > 1 and kind_of_words(titles[-2]) is ColumnKind.CODE
    if kind in CODE_PARTS and not in_code and len(titles) > 1:
        return kind if kind_of_words(titles[-2]) is ColumnKind.NAME else ColumnKind.OTHER
    return kind


def _spoils(title: str) -> bool:
    """Whether words of a head say that nothing below them is a plain part of a sum."""
    return _SPOILING.search(title) is not None


def _with_contents(
    columns: Sequence[UnderstoodColumn], rows: Sequence[PlainRow]
) -> list[UnderstoodColumn]:
    """The columns, those whose heads are not understood told by what stands in them."""
    found: list[UnderstoodColumn] = []
    for column in columns:
        kind = column.kind
        if kind is ColumnKind.OTHER and not any(map(is_never_summed, column.titles)):
            texts = [row.cells[column.at].strip() for row in rows if column.at < len(row.cells)]
            starts_side = not found or found[-1].holds_amounts
            kind = _kind_of_contents([text for text in texts if text], starts_side=starts_side)
        found.append(replace(column, kind=kind))
    return found


def _kind_of_contents(texts: Sequence[str], *, starts_side: bool) -> ColumnKind:
    """What a column holds by its cells: names before amounts, or nothing but amounts."""
    amounts = sum(map(is_amount, texts))
    if amounts and all(is_amount(text) or _is_dash(text) or text == "0" for text in texts):
        exact = any("." in text or "," in text for text in texts)
        return ColumnKind.UNNAMED if exact else ColumnKind.OTHER
    named = sum(bool(_NAME.search(text)) for text in texts)
    return ColumnKind.NAME if starts_side and not amounts and named > 1 else ColumnKind.OTHER


def _sides(columns: Sequence[UnderstoodColumn]) -> Iterator[tuple[UnderstoodColumn, ...]]:
    """The sides of a table: each begins with labels that follow amounts."""
    side: list[UnderstoodColumn] = []
    for is_label, run in groupby(columns, key=lambda column: column.kind in LABELS):
        if is_label and any(column.holds_amounts for column in side):
            yield tuple(side)
            side = []
        side.extend(run)
    if any(column.holds_amounts for column in side):
        yield tuple(side)


def _lines(
    columns: Sequence[UnderstoodColumn], rows: Sequence[PlainRow], first: int, grain: Grain
) -> Iterator[UnderstoodRow]:
    upper: list[str] = []
    for number, row in enumerate(rows, first):
        texts = {c.at: row.cells[c.at].strip() if c.at < len(row.cells) else "" for c in columns}
        amounts, unclear = {}, set()
        for column in columns:
            if column.holds_amounts and texts[column.at]:
                found = amount_of_cell(texts[column.at], column.unit, grain)
                if found is None:
                    unclear.add(column.at)
                elif not _is_dash(texts[column.at]):
                    amounts[column.at] = found
        code, name, misprint = _identity(columns, texts, upper)
        if code or name or amounts or unclear:
            yield UnderstoodRow(number, code, name, amounts, frozenset(unclear), misprint)


def _is_dash(text: str) -> bool:
    return not any(sign.isdigit() for sign in text)


def _identity(
    columns: Sequence[UnderstoodColumn], texts: Mapping[int, str], upper: list[str]
) -> tuple[str, str, str]:
    """Code, name and misprinted code of a row; ``upper`` is the code of the row before in parts."""
    names = [texts[c.at] for c in columns if c.kind is ColumnKind.NAME and texts[c.at]]
    codes = [folded(texts[c.at]) for c in columns if c.kind is ColumnKind.CODE]
    levels = [c for c in columns if c.kind in CODE_PARTS]
    if levels and levels[0].kind is not CODE_PARTS[0]:
        levels = []  # without 类 no code is known
    parts = [folded(texts[c.at]) for c in levels]
    labels = [text for c in columns if c.kind in LABELS and (text := texts[c.at])]
    name = "/".join(names) or next((text for text in labels if not text.isdecimal()), "")
    if any(part.isdecimal() for part in parts):
        code, misprint = _joined(parts, upper)
        return code, name, misprint
    whole = next((code for code in codes if _CODE.fullmatch(code)), "")
    if not whole and (match := _CODE_AND_NAME.fullmatch(name.strip())):
        return match["code"], match["name"].strip(), ""
    return whole, name, ""


def _joined(parts: Sequence[str], upper: list[str]) -> tuple[str, str]:
    """The code that 类, 款 and 项 make, and how it is printed if that cannot be.

    Parts left blank are those of the row above, and so are those that cannot be right.
    """
    last = max(at for at, part in enumerate(parts) if part.isdecimal())
    own = [part or above for part, above in zip_longest(parts[: last + 1], upper, fillvalue="")]
    printed = _whole_code(own[: last + 1])
    if _CODE.fullmatch(printed) and _LEVELS[last] == len(printed):
        upper[:] = own[: last + 1]
        return printed, ""
    inferred = _whole_code([*upper[:last], parts[last]]) if len(upper) > last - 1 else ""
    return inferred if _CODE.fullmatch(inferred) else "", " ".join(filter(None, parts))


def _whole_code(parts: Sequence[str]) -> str:
    """One code of its parts, some of which may hold those above them again: 201, 20101."""
    whole = ""
    for text in parts:
        whole = text if whole and text.startswith(whole) else whole + text
    return whole
