"""An invented last year of 退役军人服务中心, for tests only.

Published of that year is nothing but its total, 516.43 万元. What stands here adds up to it, and
is made up: it must never become data of the project.
"""

from __future__ import annotations

from pathlib import Path

import yaml

_UNIT = "阳泉市退役军人服务中心"
_BASIC = {
    "2013299": 2350,
    "2080505": 104400,
    "2080506": 52200,
    "2082850": 821100,
    "2101102": 48250,
    "2210201": 81000,
}
_PROJECTS = {
    "对部分就业困难军人进行帮扶就业": ("2082899", 2500000),
    "双拥创建活动": ("2082804", 500000),
    "军休干部服务用房维修": ("2082804", 500000),
    "2021年慰问驻军和军队离退休干部": ("2082804", 230000),
    "自主就业退役士兵职业教育和技能培训生活补助费": ("2080904", 175000),
    "退役军人服务中心工作经费": ("2082899", 150000),
}


def write_last_year(folder: Path) -> None:
    """Writes the invented year as a data folder."""
    folder.mkdir()
    content = {
        "单位信息": {"名称": _UNIT, "类型": "单位", "年度": "2023"},
        "概况": {"职责": ["为全市退役军人服务。"], "机构设置": ["内设三个科室。"]},
        "收支": [
            {"科目": code, "当年预算": {"基本支出": {"一般公共预算": str(yuan)}}}
            for code, yuan in _BASIC.items()
        ],
        "项目": [
            {
                "单位": _UNIT,
                "项目": [
                    {"名称": name, "科目": code, "当年预算": {"一般公共预算": str(yuan)}}
                    for name, (code, yuan) in _PROJECTS.items()
                ],
            }
        ],
    }
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    (folder / "数据.yaml").write_text(text, encoding="utf-8")


def refer_to_last_year(unit_folder: Path) -> None:
    """Lets the small sample refer to the invented year; its own totals and reasons go."""
    write_last_year(unit_folder.parent / "去年")
    file = unit_folder / "情况说明.yaml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("上年预算数:"), text.index("政府采购:")
    file.write_text(f"{text[:start]}上年数据: ../去年\n\n{text[end:]}", encoding="utf-8")
