"""Which columns of any table hold amounts, by its head and by what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from msgspec import Struct

from generator.core.text.patterns import late_pattern
from generator.drafts.words.amounts import Notation, read_amount
from generator.drafts.words.text import folded
from generator.drafts.words.units import PRESCRIBED, Unit, table_unit

_MONEY = late_pattern(r"金额|[合总小共]计|预算|支出|收入|拨款|经费|资金|结转|元")
_NO_MONEY = (
    r"编码|代码|名称|序号|栏次|行次|比例|占比|比重|%|率|数量|个数|人数|面积|"
    r"年度$|时间|日期|备注|说明"
)
_OTHER = late_pattern(rf"{_NO_MONEY}|增减|增加|减少|变动|差额|比上年|结余")
"""What is no amount, or may be below zero: a change, a balance."""
_COUNTED = late_pattern(rf"{_NO_MONEY}|^([类款项]|项目|科目|单位)$")
"""What stands over words, codes and counts."""
_YEAR = late_pattern(r"(19|20)\d\d")
_CODE = late_pattern(r"[编代]码")
_LARGEST_COUNT = 60
"""A whole number up to this may count columns or rows; a larger one is an amount or a code."""
_ENOUGH = 2
"""So many plain amounts make a column one of amounts, if they are most of its cells."""

Rows = Sequence[Sequence[str]]


class AmountColumn(Struct, frozen=True):
    """A column of amounts: counted from 0, with its title and unit, below ``depth`` head rows."""

    at: int
    title: str
    unit: Unit
    depth: int


def amount_columns(rows: Rows) -> list[AmountColumn]:
    """The columns of a table that hold amounts, whatever table it is."""
    head = list(takewhile(lambda row: not any(map(is_amount, row)), rows))
    body = [row for row in rows[len(head) :] if not counts_columns(row)]
    units = table_unit([], head)
    width = max(map(len, rows), default=0)
    return [
        AmountColumn(at, titles[-1], units.of(at) or PRESCRIBED, len(head))
        for at in range(width)
        if (titles := list(_titles(head, at))) and _names_money(titles) and _is_filled(body, at)
    ]


def states_amounts(rows: Rows) -> bool:
    """Whether a table, whatever table it is, states an amount other than zero.

    The numbers of its columns and rows, years of its head, codes and remarks are none.
    """
    rows = [row for row in rows if not counts_columns(row)]
    head = list(takewhile(lambda row: not any(map(_is_number, row)), rows))
    return any(
        read_amount(cell).value and _is_number(cell) and not _is_counted(head, at)
        for row in rows[len(head) :]
        for at, cell in enumerate(row)
    )


def _is_number(cell: str) -> bool:
    """Whether a cell is a number and no year."""
    return read_amount(cell).notation is Notation.PLAIN and not _YEAR.fullmatch(folded(cell))


def _is_counted(head: Rows, at: int) -> bool:
    """Whether a column holds no money, by what stands above it."""
    titles = list(_titles(head, at))
    return any(map(_CODE.search, titles)) or bool(titles and _COUNTED.search(titles[-1]))


def counts_columns(row: Sequence[str]) -> bool:
    """Whether a row holds the numbers of the columns: 1, 2, 3 …"""
    texts = [text for cell in row if (text := folded(cell))]
    numbers = [int(text) for text in texts if text.isdecimal()]
    if texts[:1] == ["栏次"]:
        return bool(numbers)
    return len(numbers) > 1 and all(after - number == 1 for number, after in pairwise(numbers))


def is_amount(text: str) -> bool:
    """Whether a text is an amount, not the number of a row or column; a code may pass for one."""
    amount = read_amount(text)
    large = amount.step < 1 or (amount.value or 0) > _LARGEST_COUNT
    return amount.notation is Notation.PLAIN and large


def _titles(head: Rows, at: int) -> Iterator[str]:
    """What stands above a column, from the top; a title also spans the blank cells after it."""
    for row in head:
        if counts_columns(row):
            continue
        before = [folded(cell) for cell in row[: at + 1]]
        if title := next(filter(None, reversed(before)), ""):
            yield title


def _names_money(titles: Sequence[str]) -> bool:
    if any(map(_CODE.search, titles)):
        return False  # 类 and 款 below 预算支出经济分类科目编码
    return any(map(_MONEY.search, titles)) and not _OTHER.search(titles[-1])


def _is_filled(body: Rows, at: int) -> bool:
    """Whether most of a column's cells are plain amounts."""
    filled = [row[at] for row in body if at < len(row) and row[at].strip()]
    plain = sum(read_amount(cell).notation is Notation.PLAIN for cell in filled)
    return plain >= max(_ENOUGH, (len(filled) + 1) // 2)
