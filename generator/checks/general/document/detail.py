"""The tables as law asks for them: with their data or a note, and broken down far enough."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from generator.checks.general.document.contents import contents_and_body
from generator.checks.general.document.lines import PlainLine
from generator.checks.general.document.rules import DEPTH, EMPTY, VEHICLES
from generator.checks.general.document.table_kinds import MinistryTable, Titled, titled_tables
from generator.checks.general.tables.understood.read import read_tables
from generator.checks.rule import Check, Outcome, Passed, Rule, Unchecked
from generator.checks.text.texts import told_or_noise
from generator.core.findings import Finding
from generator.core.text.patterns import late_pattern
from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.text import folded, squeezed
from generator.pack.pack import Pack
from generator.reading.blocks import TableBlock
from generator.reading.document import ReadDocument

_NOTE = late_pattern(
    "无数据|空表|没有数据|无此项|没有此项|不涉及|无相关|未安排|没有安排|无.{0,30}(预算|支出|收支|收入|经费|拨款)|没有.{0,40}(预算|支出|收入|经费|拨款)|为零|为空"
)
_SUBJECTS = {
    MinistryTable.FUNDS: "政府性基金",
    MinistryTable.CAPITAL: "国有资本经营",
    MinistryTable.OFFICIAL: "三公",
    MinistryTable.BASIC: "基本支出",
}
"""What a sentence elsewhere speaks of that tells of an empty table."""
_BY_ITEM = (
    MinistryTable.GENERAL,
    MinistryTable.INCOME,
    MinistryTable.EXPENDITURE,
    MinistryTable.FUNDS,
    MinistryTable.CAPITAL,
)
_ITEM, _GROUP = 7, 5
_FUNCTIONAL = late_pattern(r"2\d{2}(?:\d{2}){0,2}(?!\d)")
_ECONOMIC = late_pattern(r"[35]\d{2}(?:\d{2}){0,2}(?!\d)")
_NUMBER_GOES_ON = late_pattern(r"[\d.,]")
_VEHICLES = late_pattern("公务用车|公车")
_TOTAL = late_pattern(r".{0,8}(合计|总计|共计|总数)")
_YEAR = late_pattern(r"20\d\d(年.*)?")

Codes = Mapping[tuple[int, int], Sequence[str]]
"""Codes by the place of their table and row: see :class:`PlainLine`."""


def _tables(document: ReadDocument, _: Pack) -> Iterator[Outcome]:
    _entries, body = contents_and_body(document.blocks)
    text = [folded(line.text) for line in body if line.table < 0]
    codes = _codes_in(document)
    tables = titled_tables(body)
    by_item = [row for table in tables if table.kind in _BY_ITEM for row in table.rows]
    items = {code for row in by_item if len(code := _code(row, codes, _FUNCTIONAL)) == _ITEM}
    for table in tables:
        for outcome in _faults(table, text, codes, document, items):
            if isinstance(outcome, Finding):
                yield told_or_noise(document, outcome)
            elif isinstance(outcome, Passed) or not document.follows_pack:
                yield outcome  # the format of a pack may have tables without codes


def _codes_in(document: ReadDocument) -> Codes:
    """The codes of the tables whose heads say where they stand, those of merged cells too."""
    found: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    understood = {table.block: table for table in read_tables(document).understood}
    for number, block in enumerate(document.blocks):
        if isinstance(block, TableBlock) and block in understood:
            for side in understood[block].sides:
                for line in side.lines:
                    found[number, line.at].append(line.code)
    return found


def _faults(
    table: Titled, text: Sequence[str], codes: Codes, document: ReadDocument, items: Set[str]
) -> Iterator[Outcome]:
    if not table.rows:
        return  # what stands there may be a picture
    if not has_amounts(table.rows):
        if not document.follows_pack:
            yield _empty(table, text)
        return
    if table.kind is MinistryTable.GENERAL:
        depth = _depth(table, codes, _FUNCTIONAL, _ITEM, "项")
        yield depth
        if isinstance(depth, Finding):
            return  # a table without any 项 lacks those of each 款: one cause, told once
    if table.kind in _BY_ITEM:
        yield from _childless(table, codes, items)
    elif table.kind is MinistryTable.BASIC:
        yield _depth(table, codes, _ECONOMIC, _GROUP, "款")
    elif table.kind is MinistryTable.OFFICIAL:
        yield _vehicles(table)


def has_amounts(rows: Sequence[PlainLine]) -> bool:
    """Whether any cell of a table states an amount; codes and years are none."""
    return any(_is_amount(cell) for row in rows for cell in row.cells[1:]) or any(
        _is_amount(row.cells[0]) and "." in row.cells[0] for row in rows if row.cells
    )


def _is_amount(cell: str) -> bool:
    found = read_amount(cell)
    plain = found.notation in (Notation.PLAIN, Notation.ODD) and bool(found.value)
    text = squeezed(cell)
    return plain and not (_FUNCTIONAL.fullmatch(text) or _YEAR.fullmatch(text) or len(text) <= 2)  # noqa: PLR2004 - a code part or a line number


def _empty(table: Titled, text: Sequence[str]) -> Outcome:
    rows = [folded(row.text) for row in table.rows]
    notes = [folded(line.text) for line in table.around]
    subject = _SUBJECTS.get(table.kind)
    elsewhere = [each for each in text if subject and subject in each]
    if any(map(_NOTE.search, [*notes, *rows, *elsewhere])):
        return Passed(EMPTY.code, group=table.title.text)
    message = f"“{table.title.text}”没有数字，也没有说明为什么是空表"
    return _finding(EMPTY, table, message)


def _depth(
    table: Titled, codes: Codes, pattern: re.Pattern[str], length: int, level: str
) -> Outcome:
    found = [code for row in table.rows if (code := _code(row, codes, pattern))]
    if not found:
        why = f"没有读到科目编码，是否列到{level}没有核对"
        return Unchecked(DEPTH.code, table.title.text, why)
    if any(len(each) >= length for each in found):
        return Passed(DEPTH.code)
    message = (
        f"“{table.title.text}”只列到 {len(max(found, key=len))} 位编码"
        f"（如 {found[0]}），没有列到{level}"
    )
    return _finding(DEPTH, table, message)


def _childless(table: Titled, codes: Codes, known: Set[str]) -> Iterator[Outcome]:
    """The 款 of a table of 项 that have an amount and no 项 below them.

    A table without any 项 is one of them if another table has the 项 of a 款: ``known``.
    """
    coded = [(_code(row, codes, _FUNCTIONAL), row) for row in table.rows]
    items = {code for code, _ in coded if len(code) == _ITEM}
    for at, (code, row) in enumerate(coded):
        if len(code) != _GROUP or not has_amounts([row]):
            continue
        if not items and not any(item.startswith(code) for item in known):
            continue
        following = coded[at + 1] if at + 1 < len(coded) else None
        unread = following is not None and not following[0] and not _is_total(following[1])
        if any(item.startswith(code) for item in items) or unread:
            continue  # what follows may be its item with a code that is not read
        yield DEPTH.finding(
            f"“{table.title.text}”的“{_named(row, code)}”有金额，下面没有列到项",
            row.place,
            group=table.title.text,
            subjects=(f"{table.kind}/{code}",),
            excerpt=row.text,
        )


def _is_total(row: PlainLine) -> bool:
    return any(_TOTAL.fullmatch(folded(cell)) for cell in row.cells)


def _named(row: PlainLine, code: str) -> str:
    name = next((cell for cell in row.cells if re.search("[一-龥]", cell)), "")
    return name if name.startswith(code) else f"{code} {name}".strip()


def _code(row: PlainLine, codes: Codes, pattern: re.Pattern[str]) -> str:
    """The code of a row, by the head of its table or else as it is printed."""
    told = codes.get((row.table, row.row), ())
    return next(filter(pattern.fullmatch, told), "") or code_in_line(row, pattern)


def code_in_line(row: PlainLine, pattern: re.Pattern[str]) -> str:
    """The code of a row: in one cell, with its name behind it, or part by part in several."""
    joined = ""
    for cell in row.cells:
        text = squeezed(cell)
        whole = pattern.match(text)
        if not joined and whole and not _NUMBER_GOES_ON.match(text, whole.end()):
            joined = whole[0]
            if whole.end() < len(text):
                return joined
        elif joined and len(text) == 2 and text.isdigit():  # noqa: PLR2004 - 款 and 项 have two digits
            joined += text
        elif joined and text:
            break
    return joined


def _vehicles(table: Titled) -> Outcome:
    words = "".join(folded(cell) for row in table.rows for cell in row.cells)
    words = words.replace("购置及运行", "").replace("购置和运行", "")
    if not _VEHICLES.search(words):
        why = "没有读到公务用车的费用，是否分列购置和运行没有核对"
        return Unchecked(VEHICLES.code, table.title.text, why)
    if "购置" in words and "运行" in words:
        return Passed(VEHICLES.code)
    lacking = [word for word in ("购置", "运行") if word not in words]
    message = f"“{table.title.text}”里公务用车没有单列{'、'.join(f'{word}费' for word in lacking)}"
    return _finding(VEHICLES, table, message)


def _finding(rule: Rule, table: Titled, message: str) -> Finding:
    return rule.finding(
        message,
        table.title.place,
        group=table.title.text,
        subjects=(table.kind,),
        excerpt=table.title.text,
    )


CHECKS: tuple[Check, ...] = (_tables,)
