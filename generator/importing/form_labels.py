"""The labels of the performance forms, as regular expressions over folded texts.

Extraction clips labels at either end (「正项目实施的制度、措施」,「市县（区）财政资」);
the expressions let that pass, because nothing else in a form reads like them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.drafts.units import UNIT

FIELDS: Mapping[str, re.Pattern[str]] = {
    "项目名称": re.compile(r"项目名称:?"),
    "主管部门及代码": re.compile(r"主管部门(及代码)?:?"),
    "实施单位": re.compile(r"(项目)?实施单位:?"),
    "项目属性": re.compile(r"项目属性:?"),
    "项目期": re.compile(r"项目日?期:?"),
}
TEXTS: Mapping[str, re.Pattern[str]] = {
    "项目概况": re.compile(r"项目概况:?"),
    "立项依据": re.compile(r"立项依据:?"),
    "项目设立必要性": re.compile(r"项目设立的?必要性:?"),
    "保证项目实施的制度、措施": re.compile(r".{0,2}项目实施的?制度、?(和|及)?措施:?"),
    "项目实施计划": re.compile(r"项目实施计划:?"),
}
SHAPES: Mapping[str, re.Pattern[str]] = {
    "主管部门及代码": re.compile(r"[A-Z]?\d{2,3}-.+"),
    "项目属性": re.compile(r"(一次性|经常性|延续性)项目(\(.+\))?"),
    "项目期": re.compile(r"\d{1,2}年"),
}
"""What a field is made of; anything else in a text draft is doubted."""

GOALS = re.compile(r"总?体?目标:?")
TERM_GOAL = re.compile(r"实施期(总体)?目标:?")
YEAR_GOAL = re.compile(r"年度(总体)?目标:?")
FUNDS = re.compile(rf"项目资金(\((单位:)?{UNIT}\))?:?")
TOTALS: Mapping[str, re.Pattern[str]] = {
    "实施期": re.compile(r"实施期资金总额:?"),
    "年度": re.compile(r"年度资金总额:?"),
}
LEVELS: Mapping[str, re.Pattern[str]] = {
    "中央财政资金": re.compile(r"(其中:?)?中央财政(资金?)?:?"),
    "省级财政资金": re.compile(r"(其中:?)?省级?财政(资金?)?:?"),
    "市县（区）财政资金": re.compile(r"(其中:?)?(金?市县|市级)(\(区\))?(财政)?(资金?)?:?"),
    "单位自筹": re.compile(r"(其中:?)?单位自筹(资金)?:?"),
    "其他资金": re.compile(r"(其中:?)?其他资金:?"),
}
FRAGMENT = re.compile(r"(财政)?资?金")
"""What is left of a label that was broken in two."""

STAMP = re.compile(r"填报日期:?(.*)")
SIGNATURES = re.compile(r"(负责人|经办人|联系电话|填报日期):")
INDICATORS = re.compile(r"(年度)?绩效指标")

_LABELS = (*FIELDS.values(), *TEXTS.values(), *TOTALS.values(), *LEVELS.values(), FUNDS)


def named(labels: Mapping[str, re.Pattern[str]], key: str) -> str:
    """The name of the label that a folded text is, or ``""``."""
    return next((name for name, label in labels.items() if label.fullmatch(key)), "")


def is_label(key: str) -> bool:
    """Whether a folded text is a label of the upper part of a project form."""
    return any(label.fullmatch(key) for label in _LABELS)
