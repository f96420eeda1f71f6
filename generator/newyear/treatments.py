"""What the new year does with each place of the data format: declared, not programmed."""

from __future__ import annotations

from enum import Enum, auto

from generator.core.memo import memo

Steps = tuple[str, ...]
"""A place in the data; ``*`` for the position in a list."""


class Treatment(Enum):
    """What becomes of a value."""

    DROPPED = auto()  # a fact or a decision of last year
    BUDGET_YEAR = auto()
    PRIOR_DATA = auto()
    PACK = auto()  # kept; a path is written as seen from the new folder
    AMOUNT = auto()  # emptied, or kept where the user wants so
    CARRY_OVER = auto()  # emptied in any case: what is left over shows at the end of the year
    REASON = auto()
    STAMP = auto()
    YEAR_WORDS = auto()  # kept, with the budget year in it moved on
    CONFIRMED = auto()  # kept, but true only if somebody says so
    KEPT = auto()


_TREATMENTS = {
    "单位信息/年度": Treatment.BUDGET_YEAR,
    "单位信息/模板包": Treatment.PACK,
    "上年数据": Treatment.PRIOR_DATA,
    "公开方式/无数据表": Treatment.DROPPED,
    "公开方式/公开日期": Treatment.DROPPED,
    "收支/*/当年预算/*/*": Treatment.AMOUNT,
    "收支/*/上年结转/*/*": Treatment.CARRY_OVER,
    "收支/*/用途": Treatment.YEAR_WORDS,
    "基本支出经济科目/*/金额": Treatment.AMOUNT,
    "政府性基金收入/*/金额": Treatment.AMOUNT,
    "国有资本经营收入/*/金额": Treatment.AMOUNT,
    "三公经费": Treatment.CONFIRMED,  # 无
    "三公经费/*/*": Treatment.AMOUNT,
    "机关运行经费": Treatment.CONFIRMED,
    "机关运行经费/*/金额/*": Treatment.AMOUNT,
    "项目/*/项目/*/名称": Treatment.YEAR_WORDS,
    "项目/*/项目/*/上年名称": Treatment.DROPPED,
    "项目/*/项目/*/当年预算/*": Treatment.AMOUNT,
    "项目/*/项目/*/上年结转/*": Treatment.CARRY_OVER,
    "上年预算数": Treatment.DROPPED,
    "变动原因/*": Treatment.REASON,
    "政府采购": Treatment.CONFIRMED,
    "政府采购/*": Treatment.AMOUNT,
    "绩效管理/*": Treatment.CONFIRMED,
    "国有资产": Treatment.CONFIRMED,
    "国有资产/实有车辆": Treatment.CONFIRMED,
    "国有资产/截止日期": Treatment.CONFIRMED,
    "国有资产/*": Treatment.AMOUNT,
    "国有资产/实有车辆/*": Treatment.AMOUNT,
    "其他说明/*": Treatment.CONFIRMED,
    "补充数字/*": Treatment.AMOUNT,
    "补充文字/*": Treatment.CONFIRMED,
    "附件/*/正文/*": Treatment.CONFIRMED,
    "附件/*/日期": Treatment.CONFIRMED,
    "整体绩效目标表/内设职能部门数": Treatment.CONFIRMED,
    "整体绩效目标表/所属预算单位数": Treatment.CONFIRMED,
    "整体绩效目标表/核定的人员编制数": Treatment.CONFIRMED,
    "整体绩效目标表/实际在职人员总数": Treatment.CONFIRMED,
    "整体绩效目标表/在编人员数": Treatment.CONFIRMED,
    "整体绩效目标表/其他人员数": Treatment.CONFIRMED,
    "整体绩效目标表/年度重点任务/*/*": Treatment.YEAR_WORDS,
    "整体绩效目标表/年度绩效目标": Treatment.YEAR_WORDS,
    "整体绩效目标表/年度绩效指标/*/*/*/*": Treatment.YEAR_WORDS,
    "项目绩效目标表/*/项目名称": Treatment.YEAR_WORDS,
    "项目绩效目标表/*/资金/*/*": Treatment.AMOUNT,
    "项目绩效目标表/*/项目实施计划": Treatment.YEAR_WORDS,
    "项目绩效目标表/*/总体目标/*": Treatment.YEAR_WORDS,
    "项目绩效目标表/*/绩效指标/*/*/*/*": Treatment.YEAR_WORDS,
    "项目绩效目标表/*/填报日期": Treatment.STAMP,
    "核对数": Treatment.DROPPED,
    "按实公布说明": Treatment.DROPPED,
}
_PATTERNS = [(tuple(place.split("/")), each) for place, each in _TREATMENTS.items()]


@memo(4096)
def treatment(place: Steps) -> Treatment:
    """What becomes of the value at a place; what is not declared is kept."""
    for pattern, each in _PATTERNS:
        if len(pattern) == len(place) and all(
            wanted in ("*", step) for wanted, step in zip(pattern, place, strict=True)
        ):
            return each
    return Treatment.KEPT
