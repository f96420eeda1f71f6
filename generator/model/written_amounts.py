"""What an amount was most likely meant to be, however it was written: for the remedy."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from generator.core.text.patterns import late_pattern

_UNITS = {"万元": 10_000, "万": 10_000, "亿元": 100_000_000, "亿": 100_000_000, "元": 1, "": 1}
_WRITTEN = late_pattern(r"([+-]?)(\d[\d,]*(?:\.\d+)?)(万元|万|亿元|亿|元|)(?:整|人民币)?")
_GROUPED = late_pattern(r"\d{1,3}(,\d{3})+(\.\d+)?")
_QUOTES = str.maketrans("", "", "“”‘’\"'¥￥")


def in_yuan(written: str) -> str | None:
    """An amount in 元 as the data has it, e.g. 1932000 or 0.50; ``None`` if that is not certain.

    Args:
        written: as it stands in the data, e.g. ``905,300.00``, ``１２３``, ``3万元``.
    """
    text = unicodedata.normalize("NFKC", written).translate(_QUOTES)
    text = re.sub(r"\s", "", text.replace("。", "."))
    match = _WRITTEN.fullmatch(text)
    if match is None or match[1] == "-" or ("," in match[2] and not _GROUPED.fullmatch(match[2])):
        return None
    try:
        value = Decimal(match[2].replace(",", "")) * _UNITS[match[3]]
    except InvalidOperation:
        return None
    shown = f"{value:f}"
    if "." in shown and _UNITS[match[3]] > 1:
        shown = shown.rstrip("0").rstrip(".")
    return shown if re.fullmatch(r"\d{1,15}(\.\d{1,2})?", shown) else None


def strange_characters(written: str) -> str:
    """What is not half-width in a number, in words; empty if all of it is."""
    text = written.strip()
    if any(each in "０１２３４５６７８９" for each in text):
        return "数字是全角的"
    if any(each in "．。" for each in text):
        return "小数点是全角的"
    if any(each in "“”‘’＂＇" for each in text):
        return "引号是全角的"
    if any(each.isdecimal() and not each.isascii() for each in text):
        return "数字不是 0 到 9"
    if re.search(r"\s", text):
        return "数字中间有空格"
    return ""
