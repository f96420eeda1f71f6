"""Two years of an invented entity from a few lines: amounts in 万元, written as data folders.

A year is a mapping: 人员 and 公用 by economic subject, 基本 by functional item (then no economic
subjects are known), 项目 and 结转 by name, 单位资金 (基本支出), 三公 by item, 机关 by unit, 车辆.
A department has units instead: 单位: {name: {项目: …, 结转: …}}.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

Year = Mapping[str, Any]
_GENERAL = "一般公共预算"
_ITEM = "2082850"
_OTHER_ITEM = "2082899"
_VEHICLES = {"50208": "30231"}


def yuan(wan: object) -> str:
    """An amount in 元."""
    return f"{Decimal(str(wan)) * 10000:.2f}"


def write_years(folder: Path, before: Year, after: Year, name: str = "某某市档案馆") -> Path:
    """Writes 上年 and 本年 below a folder; returns 本年."""
    for year, (own, data) in enumerate((("上年", before), ("本年", after)), 2024):
        target = folder / own
        target.mkdir(parents=True, exist_ok=True)
        content = _year(data, year, name) | ({"上年数据": "../上年"} if own == "本年" else {})
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (target / "数据.yaml").write_text(text, encoding="utf-8")
    return folder / "本年"


def _year(data: Year, year: int, name: str) -> dict[str, Any]:
    units = data.get("单位")
    entity: dict[str, Any] = {"名称": name, "类型": "部门" if units else "单位", "年度": str(year)}
    if units:
        entity["二级预算单位"] = list(units)
    return {
        "单位信息": entity,
        "概况": {"职责": ["收集保管档案。"], "机构设置": ["内设三个科室。"]},
        "收支": _subjects(data),
        "基本支出经济科目": _economic(data),
        "项目": _projects(data, units or {name: data}),
        "三公经费": {item: {_GENERAL: yuan(a)} for item, a in data.get("三公", {}).items()},
        "机关运行经费": [
            {"单位": unit, "金额": {_GENERAL: yuan(amount)}}
            for unit, amount in data.get("机关", {}).items()
        ],
        "国有资产": {"实有车辆": {"机要通信用车": data.get("车辆", 0)}},
        "变动原因": data.get("变动原因", {}),
        "上年预算数": data.get("上年预算数", {}),
    }


def _subjects(data: Year) -> list[dict[str, Any]]:
    """收支: basic expenditure in one item, project expenditure that no project has in another."""
    economic = [*data.get("人员", {}).values(), *data.get("公用", {}).values()]
    basic: dict[str, Any] = {}
    if economic:
        basic[_GENERAL] = yuan(sum(Decimal(str(amount)) for amount in economic))
    if "单位资金" in data:
        basic["单位资金"] = yuan(data["单位资金"])
    lines = [{"科目": _ITEM, "当年预算": {"基本支出": basic}}] if basic else []
    for code, amount in data.get("基本", {}).items():
        lines.append({"科目": code, "当年预算": {"基本支出": {_GENERAL: yuan(amount)}}})
    for code, amount in data.get("项目支出", {}).items():
        lines.append({"科目": code, "当年预算": {"项目支出": {_GENERAL: yuan(amount)}}})
    return lines


def _economic(data: Year) -> list[dict[str, Any]]:
    lines = []
    for kind, government in (("人员", "50101"), ("公用", "50201")):
        for code, amount in data.get(kind, {}).items():
            pair = {"部门经济科目": code, "政府经济科目": government, "金额": yuan(amount)}
            lines.append(pair)
    return lines


def _projects(data: Year, units: Mapping[str, Year]) -> list[dict[str, Any]]:
    former = data.get("上年名称", {})
    groups = []
    for unit, own in units.items():
        projects = []
        for section, year in (("项目", "当年预算"), ("结转", "上年结转")):
            for name, amount in own.get(section, {}).items():
                project = {"名称": name, "科目": _OTHER_ITEM, year: {_GENERAL: yuan(amount)}}
                projects.append(project | ({"上年名称": former[name]} if name in former else {}))
        if projects:
            groups.append({"单位": unit, "项目": projects})
    return groups
