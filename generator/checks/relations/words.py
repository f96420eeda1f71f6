"""How findings tell of a broken reconciliation: both sides by name, difference, tolerance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from generator.checks.relations.causes import Cause
from generator.checks.relations.relations import Addend, ComparedSides
from generator.core.numbers.rounding import CENT, YUAN_PER_WAN, half_up
from generator.core.text.patterns import late_pattern
from generator.reading.document import DocumentTable

_MOST_ADDENDS = 8
"""How many addends of a sum are written out."""
_NUMBERING = late_pattern(r"^[一二三四五六七八九十]+、")
_MOST_OTHERS = 2
OTHERS = "；同一原因另有"
"""What a message names of its effects after; a report may tell all of them instead."""
_BROKEN_SIGNS = {"=": "≠", "≥": "<", "≤": ">"}


def message_of_cause(cause: Cause, tables: Mapping[str, DocumentTable]) -> str:
    """The message of a finding."""
    first, *others = cause.broken
    also = _others(others)
    if cause.empty_table:
        return f"{_why_empty(tables[cause.empty_table])}：{sentence(first)}{also}"
    if cause.suspect is not None and cause.whole_row:
        row = f"{cause.suspect.term.table} {_row_name(cause.suspect, first)}"
        also = f"；不符的各处都用到“{row}”这一行，先核对这一行" + also
    elif cause.suspect is not None:
        name = cell_words(cause.suspect, first)
        amount = _plain(cause.suspect.value)
        also = f"；不符的各处都用到“{name}”（{amount}），先核对这一格" + also
    return sentence(first) + also


def _why_empty(table: DocumentTable) -> str:
    why = ""
    if table.declared_empty:
        why = f"“无数据表”里写了{table.number}，"
    elif table.unfilled:
        why = f"没有填{_quoted(table.unfilled)}，"
    return f"{why}{table.number}没有数据，与有数的表矛盾"


def fill_in(table: DocumentTable) -> str:
    """The remedy if a table without data contradicts others."""
    steps = [f"从“公开方式”的“无数据表”里删去{table.number}"] if table.declared_empty else []
    steps += [f"填写{_quoted(table.unfilled)}"] if table.unfilled else []
    how = "，".join(steps) or f"补填{table.number}"
    return f"{how}；确实按无数据公布的，在数据的“按实公布说明”里写明理由"


def where_from(cause: Cause, tables: Mapping[str, DocumentTable]) -> str:
    """From which sections of the data the tables come, if they do not come from the same ones."""
    numbers = dict.fromkeys(addend.term.table for addend in cause.broken[0].addends)
    sections = {number: tables[number].sections for number in numbers}
    if len(set(sections.values())) < 2 or not all(sections.values()):  # noqa: PLR2004 - differ
        return ""
    return "，".join(f"{number}取自{_quoted(each)}" for number, each in sections.items())


def _quoted(names: Iterable[str]) -> str:
    return "".join(f"“{name}”" for name in names)


def effects(cause: Cause) -> tuple[str, ...]:
    """What else does not hold because of a cause, a sentence each, with the code of its rule."""
    return tuple(
        f"{each.relation.code}　{sentence(each, tolerance=False)}" for each in cause.broken[1:]
    )


def _others(others: Sequence[ComparedSides]) -> str:
    if not others:
        return ""
    codes = Counter(other.relation.code for other in others)
    counted = "、".join(f"{code} {count} 处" for code, count in codes.items())
    return f"{OTHERS} {len(others)} 处不符（{counted}）：{_named(others)}"


def _named(others: Sequence[ComparedSides]) -> str:
    shown = [sentence(other, tolerance=False) for other in others[:_MOST_OTHERS]]
    return "；".join(shown) + "等" * (len(others) > len(shown))


def sentence(comparison: ComparedSides, *, tolerance: bool = True) -> str:
    """Both sides with names and amounts, and how far they are apart."""
    in_yuan = 0 < abs(comparison.difference) < CENT
    left = _side(comparison.left, comparison, in_yuan)
    right = _side(comparison.right, comparison, in_yuan)
    difference = _amount(abs(comparison.difference), in_yuan)
    allowed = f"，允许 {_allowed(comparison.tolerance)}" if tolerance else ""
    sign = _BROKEN_SIGNS[comparison.equation.relation]
    return f"{left} {sign} {right}（差 {difference}{allowed}）"


def _allowed(tolerance: Decimal) -> str:
    """A tolerance may have half of the last printed digit."""
    return _plain(tolerance) if tolerance == half_up(tolerance) else f"{tolerance:f}"


def _side(addends: Sequence[Addend], comparison: ComparedSides, in_yuan: bool) -> str:
    parts = [
        (list(group), term) for term, group in groupby(addends, key=lambda addend: addend.term)
    ]
    if not parts:
        return f"没有可加的行 {_amount(Decimal(0), in_yuan)}"
    words = ""
    for number, (group, term) in enumerate(parts):
        sign = (" − " if term.sign < 0 else " + ") if number else ""
        words += sign + _term(group, comparison, in_yuan)
    if len(parts) > 1:
        total = sum((addend.value * addend.term.sign for addend in addends), Decimal(0))
        words += f"（共 {_amount(total, in_yuan)}）"
    return words


def _term(group: Sequence[Addend], comparison: ComparedSides, in_yuan: bool) -> str:
    first = group[0]
    if not first.term.summed:
        return f"{cell_words(first, comparison)} {_amount(first.value, in_yuan)}"
    counted = [_amount(addend.value, in_yuan) for addend in group if addend.value]
    shown = " + ".join(counted[:_MOST_ADDENDS])
    shown += " + …" * (len(counted) > _MOST_ADDENDS)
    total = sum((addend.value for addend in group), Decimal(0))
    inside = f"（{shown}）" if len(counted) > 1 else ""
    return f"{_sum_name(first, comparison)} {len(counted)} 项之和 {_amount(total, in_yuan)}{inside}"


def _sum_name(addend: Addend, comparison: ComparedSides) -> str:
    term = addend.term
    within = f"{_NUMBERING.sub('', comparison.binding.words)}下" if comparison.binding.key else ""
    rows = f"{within}各{term.dimension}" if term.dimension else _pattern_words(addend)
    column = comparison.column or term.column
    return " ".join(filter(None, (term.table, term.block, rows, column)))


def _pattern_words(addend: Addend) -> str:
    """What a pattern of rows stands for: ``*/502*`` is 政府经济科目 502 开头的各行."""
    row, pattern = addend.row, addend.term.row
    if row is None:
        return f"{pattern} 各行"
    names = {value: name for name, value in row.dimensions.items()}
    parts = []
    for wanted, step in zip(pattern.split("/"), row.key.split("/"), strict=False):
        stem = wanted.rstrip("*")
        if stem:
            opening = " 开头" if stem != wanted else ""
            parts.append(f"{names.get(step, '')} {stem}{opening}".strip())
    words = "、".join(parts)
    return f"{words}的各行" if words.endswith("开头") else f"{words} 的各行" if words else "各行"


def cell_words(addend: Addend, comparison: ComparedSides) -> str:
    """What a reader calls a cell: table, row and column, without saying 合计 twice."""
    term = addend.term
    column = addend.cell.column if addend.cell is not None else comparison.column or term.column
    row = _row_name(addend, comparison)
    total = row.endswith(("合计", "总计"))
    if row in ("合计", ""):
        steps = [term.block, column if column == "合计" else f"{column}合计"]
    elif column in ("金额", row) or (total and column in ("合计", "小计")):
        steps = [term.block, row]
    else:
        steps = [term.block, row, column]
    if term.block and term.block in steps[1]:
        steps[0] = ""
    return " ".join(filter(None, (term.table, *steps)))


def _row_name(addend: Addend, comparison: ComparedSides) -> str:
    """A fixed row by its step in addresses, another one by code and name without numbering."""
    row = addend.row
    if row is None:
        return addend.term.row or comparison.binding.words
    if not row.dimension:
        return row.key
    name = _NUMBERING.sub("", row.label)
    return f"{row.key} {name}" if row.key.replace("/", "").isdigit() else name


def addresses(cause: Cause) -> Iterator[str]:
    """The cells that a finding is about: the suspect, then those named on both sides."""
    named = [cause.suspect] if cause.suspect else []
    named += [
        addend
        for comparison in cause.broken
        for addend in comparison.addends
        if not addend.term.summed
    ]
    named += cause.broken[0].addends[:_MOST_ADDENDS]
    return (addend.cell.address for addend in named if addend.cell is not None)


def _amount(value: Decimal, in_yuan: bool) -> str:
    if not in_yuan:
        return _plain(value)
    return f"{(value * YUAN_PER_WAN).normalize():,f} 元"


def _plain(value: Decimal) -> str:
    """In 万元 as printed."""
    return f"{half_up(value):f}"
