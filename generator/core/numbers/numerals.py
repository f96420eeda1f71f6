"""Chinese numerals: 一, 十二, 一百零三."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_UNITS = ((10**8, "亿"), (10**4, "万"), (10**3, "千"), (10**2, "百"), (10, "十"))
_MOST = 10**12


def chinese_numeral(number: int) -> str:
    """Writes a whole number as lists are numbered: 10 is 十, 12 is 十二, 110 is 一百一十.

    Raises:
        ValueError: if the number is negative or too great for any list.
    """
    if not 0 <= number < _MOST:
        raise ValueError(f"{number} 不能写成中文数字")
    written = _written(number)
    return written[1:] if written.startswith("一十") else written


def _written(number: int) -> str:
    for unit, word in _UNITS:
        if number >= unit:
            many, rest = divmod(number, unit)
            gap = "零" if 0 < rest < unit // 10 else ""
            return _written(many) + word + gap + (_written(rest) if rest else "")
    return _DIGITS[number]
