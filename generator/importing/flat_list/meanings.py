"""What a column of a flat list may mean, and the names under which systems export it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Meaning(StrEnum):
    """What a column is used as; the values are the words of 列对照.yaml."""

    UNIT = "预算单位"
    FUNCTION = "功能科目"
    FUNCTION_NAME = "功能科目名称"
    DEPARTMENT = "部门经济科目"
    DEPARTMENT_NAME = "部门经济科目名称"
    GOVERNMENT = "政府经济科目"
    GOVERNMENT_NAME = "政府经济科目名称"
    KIND = "支出类别"
    PROJECT = "项目名称"
    SOURCE = "资金来源"
    YEAR_OF_MONEY = "当年或结转"
    BUDGET_YEAR = "年度"
    PROCUREMENT = "政府采购"
    PROCUREMENT_AMOUNT = "政府采购金额"
    SERVICES = "政府购买服务"
    TOTAL = "金额合计"
    AMOUNT = "金额"
    EMPTY = "空列"
    UNUSED = "不用"
    OPEN = "待定"


TOLD = {
    Meaning.UNIT: "这一行是哪个预算单位的",
    Meaning.FUNCTION: "支出功能分类的编码（可以连着名称）",
    Meaning.FUNCTION_NAME: "支出功能分类的名称",
    Meaning.DEPARTMENT: "部门预算支出经济分类的编码（可以连着名称）",
    Meaning.DEPARTMENT_NAME: "部门预算支出经济分类的名称",
    Meaning.GOVERNMENT: "政府预算支出经济分类的编码（可以连着名称）",
    Meaning.GOVERNMENT_NAME: "政府预算支出经济分类的名称",
    Meaning.KIND: "是基本支出（人员、公用）还是项目支出（哪一类）",
    Meaning.PROJECT: "项目的名称",
    Meaning.SOURCE: "金额的资金来源，每行写着名称",
    Meaning.YEAR_OF_MONEY: "是当年预算还是上年结转，每行写着",
    Meaning.BUDGET_YEAR: "预算年度",
    Meaning.PROCUREMENT: "是不是政府采购，或是货物、工程、服务的哪一种，每行写着",
    Meaning.PROCUREMENT_AMOUNT: "这一行的金额里，政府采购的金额",
    Meaning.SERVICES: "是不是政府购买服务，每行写着",
    Meaning.TOTAL: "这一行的金额，或各来源的合计",
    Meaning.AMOUNT: "一种资金来源的金额，来源写在“来源”里",
    Meaning.EMPTY: "这一次没有内容；下一次有了内容，再问",
    Meaning.UNUSED: "备注之类，公开用不着",
    Meaning.OPEN: "程序看不出，请写明",
}
"""What each means, in words for people."""

KNOWN_NAMES: Mapping[Meaning, tuple[str, ...]] = {
    Meaning.UNIT: ("预算单位", "单位名称", "预算单位名称", "单位", "基层预算单位", "部门(单位)"),
    Meaning.FUNCTION: (
        "支出功能分类", "功能分类科目", "支出功能分类科目", "功能科目", "功能分类", "支出功能科目",
        "功能分类科目编码", "支出功能分类科目编码", "功能科目编码", "科目编码",
        "功能分类编码", "支出功能分类编码", "功能科目代码", "科目代码", "类款项",
    ),
    Meaning.FUNCTION_NAME: (
        "功能分类科目名称", "支出功能分类科目名称", "支出功能分类名称", "功能科目名称", "科目名称",
    ),
    Meaning.DEPARTMENT: (
        "部门预算经济分类", "部门预算支出经济分类", "部门经济分类", "部门经济科目",
        "部门经济分类科目", "部门支出经济分类", "部门预算经济分类科目编码",
        "部门经济分类编码", "部门经济科目编码",
    ),
    Meaning.DEPARTMENT_NAME: ("部门经济分类名称", "部门经济科目名称", "部门预算经济分类科目名称"),
    Meaning.GOVERNMENT: (
        "政府预算经济分类", "政府预算支出经济分类", "政府经济分类", "政府经济科目",
        "政府经济分类科目", "政府支出经济分类", "政府预算经济分类科目编码",
        "政府经济分类编码", "政府经济科目编码",
    ),
    Meaning.GOVERNMENT_NAME: ("政府经济分类名称", "政府经济科目名称", "政府预算经济分类科目名称"),
    Meaning.KIND: ("支出项目类别", "项目类别", "支出类别", "支出类型", "项目类型", "基本/项目",
                   "基本支出/项目支出"),
    Meaning.PROJECT: ("项目名称", "项目", "预算项目名称", "二级项目名称", "预算项目"),
    Meaning.SOURCE: ("资金来源", "资金性质", "资金来源名称", "资金性质名称", "经费来源"),
    Meaning.YEAR_OF_MONEY: ("预算安排方式", "指标类型", "资金年度类型", "当年/结转", "结转标识"),
    Meaning.BUDGET_YEAR: ("年度", "预算年度", "年份"),
    Meaning.PROCUREMENT: (
        "是否政府采购", "是否包含政府采购", "是否涉及政府采购", "政府采购", "政府采购标识",
        "政府采购类型", "采购类型", "采购类别", "采购品目", "政府采购品目",
        "采购目录", "政府采购目录",
    ),
    Meaning.PROCUREMENT_AMOUNT: (
        "政府采购金额", "采购金额", "政府采购预算", "采购预算", "其中:政府采购", "政府采购预算金额",
    ),
    Meaning.SERVICES: ("是否政府购买服务", "政府购买服务", "是否购买服务"),
    Meaning.TOTAL: ("预算金额", "金额", "合计", "预算数", "预算合计", "金额合计", "总计", "批复数",
                    "本年预算", "本年预算数", "年初预算", "年初预算数", "预算总额", "安排金额"),
    Meaning.UNUSED: (
        "序号", "项目编码", "项目代码", "单位编码", "单位代码", "备注", "说明",
        "是否新增资产配置", "是否基建", "是否追踪", "业务处室", "主管部门",
        "立项依据", "测算依据", "行号",
    ),
}  # fmt: skip
"""Names of columns that systems are known to export."""

CARRIED_OVER = "上年结转"
ELSEWHERE = "见另一列"
"""What a value stands for that says nothing by itself, where another column does."""
KINDS: Mapping[str, tuple[str, ...]] = {
    "基本支出/人员经费": (
        "人员类项目",
        "人员类",
        "人员经费",
        "工资福利",
        "人员支出",
        "对个人和家庭",
    ),
    "基本支出/公用经费": ("公用经费项目", "公用经费", "公用支出", "日常公用", "公用类"),
    "基本支出": ("基本支出",),
    "项目支出": ("项目支出", "专项"),
}
"""By what a row counts as, the words that exports say it with."""
