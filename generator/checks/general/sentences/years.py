"""The year that a sentence compares with must be the one before the year of the document."""

from __future__ import annotations

import re

from generator.checks.general.sentences.claims import ClaimedAmount, ClaimedChange, Claims
from generator.core.text.patterns import late_pattern

_NAMED = late_pattern(r"20\d\d\s*年")
_OF_BUDGET = late_pattern("预算|支出|收入|经费|拨款|费")
_OTHER_PURPOSE = late_pattern("目标|规划|力争|预计|产值|GDP|税|资产|截至")


def wrong_year(claims: Claims, change: ClaimedChange, year: int, *, final: bool) -> str:
    """Why the year compared with is wrong; ``""`` if it is not, or if that is not sure.

    Args:
        claims: those of the passage of the change.
        change: one that names the year it compares with.
        year: the year of the document.
        final: whether the document is a final account, which also compares with its own budget.
    """
    if not (year and change.compared and change.candidates and _NAMED.search(change.base_words)):
        return ""
    current = claims.amounts[change.candidates[0]]
    if not _speaks_of_budget(current, year) or change.base_year == year - 1:
        return ""
    own_budget = change.base_year == year and "预算" in change.base_words
    if own_budget and (final or re.search("执行|决算|完成", current.subject)):
        return ""
    return f"{year}年的{'决算' if final else '预算'}与上一年比较，应为{year - 1}年"


def _speaks_of_budget(amount: ClaimedAmount, year: int) -> bool:
    """Whether an amount is one of the budget of the year, not of a plan or of history."""
    subject = amount.subject
    means = not amount.topic or _OF_BUDGET.search(subject)
    return amount.year in (0, year) and bool(means) and not _OTHER_PURPOSE.search(subject)
