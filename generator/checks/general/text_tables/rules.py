"""The rule of sentences about tables, in words for finance clerks."""

from __future__ import annotations

from generator.checks.rule import Rule

AGAINST_TABLES = Rule(
    "E950",
    "文字里的金额在报表里找不到",
    "文字说到的科目、资金来源、收入支出总计、“三公”经费及其各项、机关运行经费，报表里有这一项的，"
    "文字的金额就是报表里这一项的某一个金额；元与万元折算后比较，允许四舍五入的尾差。",
    "文字和报表各写各的数，读者不知道以哪个为准。",
    "以核对无误的报表为准改文字；报表有误的，改报表",
    "预算公开审核惯例",
)
RULES = (AGAINST_TABLES,)
