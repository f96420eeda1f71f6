"""Values of performance indicators: 指标值 as number, unit and direction, or as words.

Values are written by hand or put together by a form system from sign, number and unit; both
leave typical flaws (``100保障``, ``100100%``, ``人/元``), which are named here. What may go
wrong in any text (``健全健全``, ``XX月``, brackets) is left to the checks of wording.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from generator.core.memo import memo
from generator.core.text.patterns import late_pattern

_REMEMBERED = 1 << 13
"""So many values are read once: forms say 100% hundreds of times."""


class Direction(StrEnum):
    """Which side of its number a value allows."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EXACT = "="


class Quantity(Struct, frozen=True):
    """A value that is a number: ``≥90%``, ``10-12人``, ``不超过2万元/次``.

    ``high`` is the upper end of a range, otherwise the same as ``low``; ``unit`` is as written
    after its usual spelling: ``%``, ``人/年``, ``平方米``.
    """

    direction: Direction
    low: Decimal
    high: Decimal
    unit: str
    about: bool = False

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage."""
        return self.unit.startswith(("%", "‰"))

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return bool(re.match(r"[万亿千百]?元", self.unit))


class ValueFlaw(Struct, frozen=True):
    """What is wrong with how a value is written; ``grave`` ones leave its meaning open."""

    words: str
    grave: bool


_SIGNS = {
    Direction.AT_LEAST: ("≥", ">", "≧", "不少于", "不低于", "不小于", "大于等于", "大于", "至少"),
    Direction.AT_MOST: ("≤", "<", "≦", "不超过", "不高于", "不多于", "不大于", "小于等于", "小于"),
    Direction.EXACT: ("=",),
}
_ENDS = {Direction.AT_LEAST: ("以上",), Direction.AT_MOST: ("以下", "以内", "之内")}
_ABOUT = ("约", "大约", "大概", "左右")
_SPELLINGS = (
    (late_pattern("百分比|百分号"), "%"),
    (late_pattern("平米|m²|㎡|m2"), "平方米"),
)


def _alternatives(*groups: tuple[str, ...]) -> str:
    words = sorted((word for group in groups for word in group), key=len, reverse=True)
    return "|".join(map(re.escape, words))


_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_QUANTITY = late_pattern(
    rf"(?P<sign>{_alternatives(*_SIGNS.values(), _ABOUT)})?"
    rf"(?P<low>{_NUMBER})(?:(?:[-—–~至到]|%-)(?P<high>{_NUMBER}))?"
    rf"(?P<unit>\D*?)(?P<end>{_alternatives(*_ENDS.values(), _ABOUT)})?"
)
_YEAR = late_pattern(r"(?:19|20)\d\d(?:[全整]?年|$)")


@memo(_REMEMBERED)
def parsed(text: str) -> Quantity | None:
    """A value as a quantity; ``None`` if it is words, a date, or several numbers."""
    plain = plain_value(text)
    for spelling, usual in _SPELLINGS:
        plain = spelling.sub(usual, plain)
    found = _QUANTITY.fullmatch(plain)
    if found is None or _YEAR.match(plain):
        return None
    low = Decimal(found["low"].replace(",", ""))
    high = Decimal(found["high"].replace(",", "")) if found["high"] else low
    about = found["sign"] in _ABOUT or found["end"] in _ABOUT
    return Quantity(_direction(found["sign"], found["end"]), low, high, found["unit"], about)


def plain_value(text: str) -> str:
    """A value without differences of width and without spaces."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _direction(sign: str | None, end: str | None) -> Direction:
    for words, meanings in ((sign, _SIGNS), (end, _ENDS)):
        for direction, spellings in meanings.items():
            if words in spellings:
                return direction
    return Direction.EXACT


_STATE = "保障|满足|提升|提高|胜任|健全|促进|改善|增强|正常|及时|有效|减轻|合格|完成|推进"
"""Words that a form system puts where the unit belongs."""


def _pattern(expression: str) -> Callable[[str], bool]:
    compiled = late_pattern(expression)
    return lambda text: compiled.search(text) is not None


_FLAWS: tuple[tuple[Callable[[str], bool], ValueFlaw], ...] = (
    (_pattern(r"%\d+%|(\d{2,})\1%|[≥≤<>]{2,}"), ValueFlaw("百分号、比较号或数字重复", grave=True)),
    (_pattern(rf"^[≥≤<>=]?\d+(\.\d+)?({_STATE})"), ValueFlaw("数字后面缺单位", grave=True)),
    (
        _pattern(r"(提高|提升|增加|降低|下降)\d+(\.\d+)?(提高|提升|增加|降低|下降|$)"),
        ValueFlaw("数字后面缺单位", grave=True),
    ),
    (
        _pattern(r"^[≥≤<>=]?(?!(19|20)\d\d$)[\d,]*\d(\.\d+)?$"),
        ValueFlaw("数字后面缺单位", grave=True),
    ),
    (_pattern(r"\d(人|生|名)/元"), ValueFlaw("单位写反，应是“元/人”一类", grave=True)),
    (_pattern(r"^[≥≤<>=]?[\d.,]+[万亿]$"), ValueFlaw("只写“万”“亿”，缺单位", grave=False)),
    (
        _pattern(r"\d[^\d]*、[^\d]*等$|\(元?/?人·小时等?\)$"),
        ValueFlaw("单位照抄了模板的可选样式", grave=False),
    ),
    (_pattern(r"\d百分比$"), ValueFlaw("“百分比”应写作“%”", grave=False)),
)


@memo(_REMEMBERED)
def flaw(text: str) -> ValueFlaw | None:
    """The gravest flaw in how a value is written."""
    plain = plain_value(text)
    return next((flaw for has, flaw in _FLAWS if has(plain)), None)


_UNITS_BY_NAME: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (late_pattern(r"天数$"), ("天", "日", "个工作日")),
    (late_pattern(r"月数$"), ("月", "个月")),
    (late_pattern(r"科次$"), ("科", "次")),
    (late_pattern(r"面积$"), ("平方", "米", "公里", "亩", "公顷", "万平方", "顷")),
    (late_pattern(r"人数$"), ("人", "名", "位", "生", "个", "万人", "户", "学", "员")),
)
"""Units that fit an indicator by how its name ends."""


def unit_fits(name: str, quantity: Quantity) -> bool:
    """Whether the unit can be right for an indicator of this name; where unknown, it can."""
    for ending, units in _UNITS_BY_NAME:
        if ending.search(name):
            return not quantity.unit or quantity.is_rate or quantity.unit.startswith(units)
    return True
