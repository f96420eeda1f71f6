"""Names that subjects of 政府收支分类科目 had once, with today's and the first year of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.drafts.words.text import folded


class Renamed(NamedTuple):
    """Today's name, and the budget year it came with."""

    name: str
    since: int


_RENAMED = {
    "医疗卫生与计划生育支出": Renamed("卫生健康支出", 2019),
    "医疗卫生支出": Renamed("卫生健康支出", 2019),
    "文化体育与传媒支出": Renamed("文化旅游体育与传媒支出", 2019),
    "国土海洋气象等支出": Renamed("自然资源海洋气象等支出", 2019),
    "国土资源气象等事务": Renamed("自然资源海洋气象等支出", 2019),
    "资源勘探信息等支出": Renamed("资源勘探工业信息等支出", 2020),
    "资源勘探电力信息等支出": Renamed("资源勘探工业信息等支出", 2020),
    "行政事业单位离退休": Renamed("行政事业单位养老支出", 2020),
    "归口管理的行政单位离退休": Renamed("行政单位离退休", 2020),
    "其他行政事业单位离退休支出": Renamed("其他行政事业单位养老支出", 2020),
    "国土资源事务": Renamed("自然资源事务", 2019),
    "工商行政管理事务": Renamed("市场监督管理事务", 2019),
    "质量技术监督与检验检疫事务": Renamed("市场监督管理事务", 2019),
}
FORMER: Mapping[str, Renamed] = {folded(old): new for old, new in _RENAMED.items()}
"""By the former name, folded. Source: 政府收支分类科目 of the years named.

Only what leads to a name that the catalogue has from a text: any other proves nothing.
"""


def renamed(name: str, year: int = 0) -> Renamed | None:
    """What a subject is called today if a name is a former one in a budget year (0: any)."""
    found = FORMER.get(folded(name))
    return None if found is None or 0 < year < found.since else found
