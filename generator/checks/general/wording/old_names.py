"""Names of subjects that 政府收支分类科目 had once, with those that it has now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_AS_SUBJECT = r"(?=支出|\s*[（(][类款项]|\s*[-—－”\"’」]|\s*$)"
"""What follows a name that stands for a subject: 行政事业单位离退休（款）, not …离退休人员."""


@dataclass(frozen=True, slots=True)
class OldName:
    """A name that is no more: what it is called now, and in which year's catalogue that began."""

    old: str
    present: str
    since: int

    def stands_in(self, text: str) -> bool:
        """Whether a text names the subject so."""
        whole = "" if self.old.endswith("支出") else _AS_SUBJECT
        return re.search(re.escape(self.old) + whole, text) is not None


OLD_NAMES = (
    OldName("医疗卫生与计划生育支出", "卫生健康支出", 2019),
    OldName("医疗卫生与计划生育管理事务", "卫生健康管理事务", 2019),
    OldName("文化体育与传媒支出", "文化旅游体育与传媒支出", 2019),
    OldName("国土海洋气象等支出", "自然资源海洋气象等支出", 2019),
    OldName("国土资源事务", "自然资源事务", 2019),
    OldName("资源勘探信息等支出", "资源勘探工业信息等支出", 2020),
    OldName("行政事业单位离退休", "行政事业单位养老支出", 2020),
    OldName("归口管理的行政单位离退休", "行政单位离退休", 2020),
    OldName("农林水事务", "农林水支出", 2014),
)
"""Source: 财政部 政府收支分类科目 of the years named; only names that changed as a whole."""


def old_names_in(text: str, year: int) -> Iterator[OldName]:
    """The names in a text that are no more in a year's catalogue."""
    for name in OLD_NAMES:
        if name.since <= year and name.old in text and name.stands_in(text):
            yield name
