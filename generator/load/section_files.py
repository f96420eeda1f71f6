"""Which file of a data folder each section is usually written to."""

from __future__ import annotations

FORMS = "项目绩效目标表"
WORDS = "情况说明.yaml"
"""The file of the words, where whatever has no file of its own goes."""
FILES = {
    "单位信息.yaml": ("单位信息", "公开方式", "概况", "补充科目"),
    "收支.yaml": ("收支", "政府性基金收入", "国有资本经营收入"),
    "基本支出经济科目.yaml": ("基本支出经济科目",),
    "项目.yaml": ("项目",),
    WORDS: (
        "上年预算数",
        "变动原因",
        "三公经费",
        "机关运行经费",
        "政府采购",
        "绩效管理",
        "国有资产",
        "其他说明",
        "附件",
    ),
    "整体绩效目标表.yaml": ("整体绩效目标表",),
}
"""The sections of each file, in their order; any other section goes with 情况说明."""

HOMES = {section: file for file, sections in FILES.items() for section in sections} | {
    FORMS: f"{FORMS}.yaml"
}
"""The file of each section."""
