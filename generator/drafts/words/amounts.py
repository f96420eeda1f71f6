"""An amount as printed: plain, nothing, or not plain, with what was understood and why.

Plain is ``1234.56`` or ``1,234.56``, in digits of either width. Everything else that may be
meant for an amount (negative, scientific, letters for digits, wrong separators, with its unit …)
is told apart from words, so that no cell is taken for an amount it does not state, and none that
states one is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from generator.core.memo import memo
from generator.core.records import replace
from generator.core.text.patterns import late_pattern
from generator.drafts.words.text import squeezed
from generator.drafts.words.units import PRESCRIBED, UNIT, Unit, unit_of

PLAIN = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
"""A plain amount, as an expression over folded text."""
_PLAIN = late_pattern(r"(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")
_NOTHING = late_pattern(r"[-—–―‐‑−─~/\\]*")
_NONE = frozenset({"无", "零"})
_LONGEST = 40
"""No amount is longer, whatever stands beside it."""
_MOST_DECIMALS = {Unit.YUAN: 2, Unit.THOUSAND: 2, Unit.WAN: 2, Unit.MILLION: 4, Unit.YI: 6}
_DECIMALS = 2
_LARGEST_EXPONENT = 15

_NEGATIVE = late_pattern(r"(?:[-−–—△▲]|负)+(?P<sign>[^-−–—△▲负].*)|\((?P<brackets>[^()]+)\)")
_PLUS = late_pattern(r"\+(?P<rest>\d.*)")
_CURRENCY = late_pattern(r"(?:[¥$]|RMB|CNY|人民币)(?P<rest>[-\d].*)")
_WITH_UNIT = late_pattern(rf"(?P<rest>.*[\d)])(?P<unit>{UNIT}|[万亿])整?")
_SCIENTIFIC = late_pattern(r"(?P<digits>\d+(?:\.\d+)?)(?:[Ee]|[x×*]10\^)(?P<power>[+-]?\d{1,3})")
_BARE_POINT = late_pattern(r"(?P<whole>\d*)\.(?P<part>\d*)")
_LEADING_ZEROS = late_pattern(r"0+(?P<rest>\d.*)")
_SEPARATED = late_pattern(r"\d[\d.,。、·'’`:;_|]*")
_SEPARATOR = late_pattern(r"[.,。、·'’`:;_|]+")
_ALIKE = {"0": "OoQ〇○ΟοОо", "1": "lIi|!", "2": "Zz", "5": "Ss", "8": "B"}
"""By digit, what is typed or recognised in its place."""
_DIGITS_ALIKE = {ord(sign): digit for digit, signs in _ALIKE.items() for sign in signs}
_ONLY_ALIKE = late_pattern(rf"[\d.,{re.escape(''.join(_ALIKE.values()))}]+")
_PERCENT = late_pattern(r"[-+]?[\d.,]+[%‰]")
_HAS_DIGIT = late_pattern(r"\d")
_ORDINARY_DIGITS = frozenset("0123456789０１２３４５６７８９")
_GAP = late_pattern(r"(?<=[\d.,．，])[^\S\n]+(?=[\d.,．，])")
"""Blanks among digits; a line break is none: a number may have wrapped."""
_EDGES = late_pattern(r"^[^\d.,．，]+|[^\d.,．，]+$")
"""What stands around a number: a sign, a unit."""


class Notation(StrEnum):
    """How an amount is written."""

    NOTHING = "没有金额"
    PLAIN = "金额"
    ODD = "不是规范的金额"
    WORDS = "文字"


class PrintedAmount(Struct, frozen=True):
    """What a text says, read as an amount.

    Attributes:
        value: the number it states, in the unit it names or else that of its column; ``None``
            if that is not sure.
        step: one of its last printed digit.
        unit: the unit that it names itself.
        fault: why it is not plain, in words for people; ``""`` if it is.
        guess: what it looks like, if that is not sure.
        usable: whether the value can be counted on: it is sure, exact to 0.01 and not negative.
    """

    text: str
    notation: Notation
    value: Decimal | None = None
    step: Decimal = Decimal(1)
    unit: Unit | None = None
    fault: str = ""
    guess: str = ""
    usable: bool = False

    @property
    def negative(self) -> bool:
        """Whether it is an amount below zero."""
        return self.value is not None and self.value < 0

    def in_yuan(self, unit: Unit = PRESCRIBED) -> Decimal | None:
        """The number in 元, for a column in ``unit``."""
        return None if self.value is None else self.value * (self.unit or unit).yuan

    def step_in_yuan(self, unit: Unit = PRESCRIBED) -> Decimal:
        """One of the last printed digit, in 元."""
        return self.step * (self.unit or unit).yuan


@memo(1 << 15)  # the same cells are looked at again and again
def read_amount(text: str) -> PrintedAmount:
    """Reads a cell, or a piece of text, as an amount."""
    found = _read(text.strip())
    odd_digits = {c for c in text if c.isdigit()} - _ORDINARY_DIGITS
    if odd_digits and found.value is not None:
        return _uncertain(found.text, "夹有特殊的数字符号", f"{found.value:f}")
    return replace(found, text=text.strip())


def fault_in(amount: PrintedAmount, unit: Unit = PRESCRIBED, printed: int = 0) -> str:
    """Why an amount is not as it must be in a column in ``unit``; ``""`` if it is.

    ``printed`` is with how many decimals a pack prints the column, in that unit.
    """
    most = max(_MOST_DECIMALS.get(unit, _DECIMALS), printed)
    decimals = -int(amount.step.as_tuple().exponent)
    if amount.notation is Notation.PLAIN and decimals > most:
        return f"有 {decimals} 位小数，以{unit.words}为单位最多 {most} 位"
    return amount.fault


def _read(text: str) -> PrintedAmount:
    folded = squeezed(text)
    if _NOTHING.fullmatch(folded):
        return PrintedAmount(text, Notation.NOTHING, Decimal(0), usable=True)
    if folded in _NONE:
        fault = f"写的是“{folded}”，没有金额的格应当留空"
        return PrintedAmount(text, Notation.ODD, Decimal(0), fault=fault, usable=True)
    if len(folded) > _LONGEST or not _HAS_DIGIT.search(folded):
        return PrintedAmount(text, Notation.WORDS, fault="不是数字")
    if _GAP.search(text):
        return _broken(text)
    return _number(folded) or PrintedAmount(text, Notation.WORDS, fault="不是数字")


def _broken(text: str) -> PrintedAmount:
    """Digits with white space among them: whether it is one number cannot be known."""
    joined = closed_up(text)
    if joined != text:
        return _uncertain(text, "数字中间有空格", joined.replace(",", ""))
    if all(_PLAIN.fullmatch(squeezed(piece)) for piece in _GAP.split(text)):
        return _uncertain(text, "一格里有几个数", "")
    found = _number(squeezed(text)) or PrintedAmount(text, Notation.WORDS, fault="不是数字")
    if not found.usable:
        return found
    bare = _EDGES.sub("", text)  # 12 34元 may be two numbers, 1 234.50元 is one
    guess = squeezed(text) if closed_up(bare) != bare else ""
    return _uncertain(text, f"数字中间有空格，{found.fault}", guess)


def closed_up(text: str) -> str:
    """A cell without the white space that extraction left within a number.

    A page shows where signs are, not where blanks are: a number that wrapped or is set wide comes
    with some. Pieces that may be several numbers stay apart.
    """
    if not _GAP.search(text):
        return text
    pieces = [squeezed(piece) for piece in _GAP.split(text.strip())]
    joined = "".join(pieces)
    if _PLAIN.fullmatch(joined) is None:
        return text
    several = all(map(_PLAIN.fullmatch, pieces))
    return text if several and len(joined.partition(".")[2]) != _DECIMALS else joined


def _number(folded: str) -> PrintedAmount | None:
    """A text with digits as an amount; ``None`` for words."""
    if _PLAIN.fullmatch(folded):
        return _plain(folded)
    readers: tuple[Callable[[str], PrintedAmount | None], ...] = (
        _negative,
        _marked,
        _with_unit,
        _scientific,
        _percent,
        _pointed,
        _separated,
        _with_letters,
    )
    return next((found for read in readers if (found := read(folded))), None)


def _plain(folded: str) -> PrintedAmount:
    value = Decimal(folded.replace(",", ""))
    step = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return PrintedAmount(folded, Notation.PLAIN, value, step, usable=True)


def _uncertain(text: str, fault: str, guess: str) -> PrintedAmount:
    return PrintedAmount(text, Notation.ODD, fault=fault, guess=guess)


def _odd(inner: PrintedAmount, fault: str) -> PrintedAmount:
    """An amount that is not plain for one reason more."""
    faults = "，".join(filter(None, (fault, inner.fault)))
    return replace(inner, notation=Notation.ODD, fault=faults)


def _negative(folded: str) -> PrintedAmount | None:
    match = _NEGATIVE.fullmatch(folded)
    inner = _number(match["sign"] or match["brackets"]) if match else None
    if match is None or inner is None or inner.negative:
        return None
    how = "是负数" if match["sign"] else "带括号，按惯例是负数"
    guess = f"-{inner.guess}" if inner.guess else ""
    value = None if inner.value is None else -inner.value
    return replace(_odd(inner, how), value=value, guess=guess, usable=False)


def _marked(folded: str) -> PrintedAmount | None:
    for pattern, fault in ((_PLUS, "带加号"), (_CURRENCY, "带货币符号")):
        match = pattern.fullmatch(folded)
        inner = _number(match["rest"]) if match else None
        if inner is not None:
            return _odd(inner, fault)
    return None


def _with_unit(folded: str) -> PrintedAmount | None:
    match = _WITH_UNIT.fullmatch(folded)
    inner = _number(match["rest"]) if match else None
    if match is None or inner is None or inner.unit is not None:
        return None
    words = match["unit"]
    unit = unit_of(words if words.endswith("元") else f"{words}元")
    guess = inner.guess and f"{inner.guess}{words}"
    return replace(_odd(inner, f"格里写了单位“{words}”"), unit=unit, guess=guess)


def _scientific(folded: str) -> PrintedAmount | None:
    match = _SCIENTIFIC.fullmatch(folded)
    if match is None or abs(int(match["power"])) > _LARGEST_EXPONENT:
        return None
    digits = Decimal(match["digits"])
    power = int(match["power"])
    value = digits.scaleb(power)
    step = Decimal(1).scaleb(int(digits.as_tuple().exponent) + power)
    value = value.quantize(min(step, Decimal(1)))
    usable = step <= Decimal("0.01")
    return PrintedAmount(folded, Notation.ODD, value, step, fault="是科学记数法", usable=usable)


def _percent(folded: str) -> PrintedAmount | None:
    return _uncertain(folded, "是百分比", "") if _PERCENT.fullmatch(folded) else None


def _pointed(folded: str) -> PrintedAmount | None:
    """``.5``, ``5.`` and ``007``."""
    match = _BARE_POINT.fullmatch(folded)
    if match and bool(match["whole"]) != bool(match["part"]):
        inner = _plain(f"{match['whole'] or 0}.{match['part']}".rstrip("."))
        return _odd(inner, "小数点前后缺数字")
    zeros = _LEADING_ZEROS.fullmatch(folded)
    if zeros and _PLAIN.fullmatch(zeros["rest"]):
        return _uncertain(folded, "数字前面多出 0", zeros["rest"])
    return None


def _separated(folded: str) -> PrintedAmount | None:
    """Digits with separators that are not those of thousands and of one decimal point."""
    if not _SEPARATED.fullmatch(folded):
        return None
    groups = [group for group in _SEPARATOR.split(folded) if group]
    last = groups[-1]
    decimal = len(groups) > 1 and len(last) in (1, _DECIMALS)
    whole = "".join(groups[:-1] if decimal else groups)
    several = len(groups) > _DECIMALS and not all(len(g) == len("000") for g in groups[1:-1])
    guess = "" if several else f"{int(whole)}.{last}" if decimal else str(int(whole))
    return _uncertain(folded, "分隔符不对（小数点用“.”，千分位逗号后是三位）", guess)


def _with_letters(folded: str) -> PrintedAmount | None:
    """Letters and signs that look like digits among digits: ``l.32``, ``23.OO``."""
    digits = folded.translate(_DIGITS_ALIKE)
    if digits == folded or not _ONLY_ALIKE.fullmatch(folded):
        return None
    inner = _number(digits)
    if inner is None:
        return None
    guess = inner.guess if inner.value is None else f"{inner.value:f}"
    return _uncertain(folded, "夹有像数字的字母或符号", guess)
