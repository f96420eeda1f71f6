"""What a cell that was typed into says, as the data format writes it: what it shows."""

from __future__ import annotations

from decimal import Decimal

from generator.core.text.patterns import late_pattern
from generator.drafts.workbook.sheet import SheetCell
from generator.load.yaml.changes import NumberText
from generator.worksheet.layout import CellKind

_DECIMALS = 2
_LONGEST_CODE = 15
_BETWEEN = (" ", "-", "　", "－", "—", "\t")
"""Between a code and its name."""
_GROUPED = late_pattern(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
"""A number as a text that was pasted from a printed table."""
_DAY = late_pattern(r"\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4}")
"""A whole day that a format shows without words: it is written as texts have it."""
_SHOWN = late_pattern(r"[^\d.-]*(-?\d+(?:\.\d+)?)\s*([千万亿%]?)[^\d.]*")
_UNITS = {"千": Decimal(1000), "万": Decimal(10**4), "亿": Decimal(10**8), "%": Decimal("0.01")}
"""What a number counts in that is shown with one of these behind it."""
_TRUTH = {"TRUE": "是", "FALSE": "否"}


def text_of(cell: SheetCell, kind: CellKind) -> str:
    """What a cell says, as the data format writes it; empty of a blank cell.

    A code may stand with its name (:func:`parted`).
    """
    if cell.day is not None and _DAY.fullmatch(cell.text):
        return f"{cell.day.year}年{cell.day.month}月{cell.day.day}日"
    if cell.number is not None and cell.day is None and kind is not CellKind.TEXT:
        return _number(cell, kind)
    text = _TRUTH.get(cell.text, cell.text)
    if not text.strip():
        return ""
    if kind is CellKind.CODE:
        return text.strip()
    if not kind.is_number:
        return text
    bare = text.strip()
    return NumberText(bare.replace(",", "") if _GROUPED.fullmatch(bare) else bare)


def is_clear(cell: SheetCell, kind: CellKind) -> bool:
    """Whether what a cell with a number shows is what is read of it."""
    number = cell.number or Decimal(0)
    if not kind.is_number:
        return kind is CellKind.CODE or bool(cell.text.strip() and not cell.unshown)
    if cell.day is not None or not number or cell.unshown:
        return True  # a day is no amount, and is told as one
    shown = _SHOWN.fullmatch(cell.text.replace(",", ""))
    if shown is None:
        return False
    unit = _UNITS.get(shown[2], 1)
    step = unit * Decimal(1).scaleb(-len(shown[1].partition(".")[2]))
    return abs(Decimal(shown[1]) * unit - number) <= step / 2


def why_unclear(cell: SheetCell) -> str:
    """Why it is not clear what a cell says, and what to do."""
    number = f"{cell.number:f}"
    shown = cell.text.strip()
    if cell.unshown or not shown:
        told = "不知道显示成什么" if cell.unshown else "什么也不显示"
        return f"里面是数 {number}，按格子的数字格式{told}：把格式改成“文本”，照要印的样子再填一遍"
    return f"显示“{shown}”，里面的数是 {number}：把格式改成“常规”，以元为单位再填一遍"


def _number(cell: SheetCell, kind: CellKind) -> str:
    """The digits of a code, or a number with its cents, if it has any and no more: 688.10."""
    exact = cell.number or Decimal(0)
    text = f"{exact.normalize():f}"
    if not kind.is_number:
        return cell.text if cell.text.isdigit() else text
    whole = exact == exact.to_integral_value()
    return NumberText(f"{exact:.2f}" if _cents(exact) and not whole else text)


def _cents(value: Decimal) -> bool:
    return value == round(value, _DECIMALS)


def parted(text: str) -> tuple[str, str]:
    """A code and the name behind it: 2010501 行政运行, 2010501-行政运行; the name may be empty."""
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    rest = text[len(digits) :]
    if digits and len(digits) <= _LONGEST_CODE and rest[:1] in _BETWEEN:
        return digits, rest[1:].strip()
    return text, ""
