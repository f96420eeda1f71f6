"""Words that decide how the reader of sentences goes on, and what it has begun and not ended."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from generator.checks.general.sentences.claims import Way
from generator.checks.general.sentences.figures import SentenceFigure
from generator.core.text.patterns import late_pattern

FILLER = late_pattern(r"[了额数为约计共\s]*|(?:金?额|幅度?|数额?)为?")
TOTAL = late_pattern(
    r"[^，。；]{0,12}(?:总额|总数|总计|合计|总预算|总支出|总收入|比重|比例)的?为?\s*"
)
ENUMERATED = late_pattern(r"\s*(?:[一二三四五六七八九]是|[（(]?\d{1,2}[）)．.、])")
LIST_MARK = late_pattern(r"^\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}\s*[.．、])\s*")
LIST_HEAD = late_pattern(r"^[\s:：,，、]*")
ITEM = late_pattern(
    r"因公出国|公务接待|公务用车(?:购置|运行)|政府采购|(?:基本|项目)支出|(?:人员|公用)经费|机关运行经费"
)
COMPARED_AFTER = late_pattern(r"\s*[，,]\s*(?:比|较|与|同比)")
GRAND_TOTAL = late_pattern(
    r"(?<!基本)(?<!项目)(?<!事业)(?<!经营)(?<!其他)(?:收入|支出|收支)(?:预算)?(?:总计|总额|总预算)$"
)
"""One side of the budget; 基本支出总额 is a part of it by its name."""
SUBJECT = late_pattern("经费|支出|收入|拨款|资金|费$|[（(]项[）)]")
"""Words that name something which has amounts of its own."""
SIDES = late_pattern(r"\s*(?:其中[:：,，]?)?(?:收入|支出)(?:主要|按[^，。；;\d]{1,8})?")
"""What opens the list of a side: 收入包括, 支出按功能分类包括."""


def year_compared(words: str, year: int) -> int:
    """The year that words of a comparison name in the budget of a year; 0 if none."""
    if match := re.search(r"20\d\d", words):
        return int(match[0])
    return year - 1 if year and re.search("上年|去年|上一年|同比", words) else 0


def ends_lists(subject: str, heads: Iterable[str]) -> bool:
    """Whether a subject is no part of what heads open lists: the other side of the budget."""
    side = _side(subject)
    other = {"收入": "支出", "支出": "收入"}.get(side)
    return bool(GRAND_TOTAL.search(subject) or (other and any(_side(h) == other for h in heads)))


def _side(subject: str) -> str:
    """The side of the budget that words name, ``""`` if none or both."""
    named = [side for side in ("收入", "支出") if side in subject]
    return named[0] if len(named) == 1 else ""


class OpenList(Struct):
    """A list of parts that is open: its head, within how many brackets, and its number."""

    head: int
    brackets: int
    number: int


class OpenChange(Struct):
    """A change whose figures are still being read."""

    way: Way
    base_year: int = 0
    base_words: str = ""
    compared: bool = False
    start: int = 0
    end: int = 0
    by: SentenceFigure | None = None
    rate: SentenceFigure | None = None
    opposite: SentenceFigure | None = None
    stated: int = -1
    """The amount that the comparison itself states, by its place: 与2024年预算10万元相比."""
