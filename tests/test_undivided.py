"""Amounts that a draft does not divide among leaves are named, not guessed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.core.findings import UnusableInputError
from generator.importing.amounts.solving.clarity import undetermined
from generator.importing.amounts.solving.solver import Sum
from generator.importing.run import import_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack

EXPENDITURE = """2024年预算支出总表
单位：万元
项目\t\t本年支出\t\t
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t15.00\t12.00\t3.00
206\t科学技术支出\t15.00\t12.00\t3.00
20607\t科学技术普及\t15.00\t12.00\t3.00
2060702\t科普活动\t15.00\t12.00\t3.00
"""
INCOME = """2024年预算收入总表
单位：万元
项目\t\t本年收入\t\t\t\t\t\t上年结转
科目编码\t科目名称\t合计\t一般公共预算\t政府性基金\t国有资本经营预算\t财政专户管理资金\t单位资金\t
合计\t\t15.00\t{general}\t{fund}\t\t\t\t
206\t科学技术支出\t15.00\t{general}\t{fund}\t\t\t\t
20607\t科学技术普及\t15.00\t{general}\t{fund}\t\t\t\t
2060702\t科普活动\t15.00\t{general}\t{fund}\t\t\t\t
"""
OFFICIAL = """2024年财政拨款安排“三公”经费支出预算表
单位：万元
项目\t2024年预算数\t\t\t
\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算
因公出国（境）费\t\t\t\t
公务接待费\t1.20\t1.20\t\t
公务用车购置及运行费\t3.50\t3.50\t\t
合计\t4.70\t4.70\t\t
"""
TOTALS = """2024年预算收支总表
单位：万元
收入\t\t支出\t\t\t
项目\t2024年\t项目\t合计\t当年预算安排\t上年结转安排
一、一般公共预算\t15.00\t一、科学技术支出\t15.00\t15.00\t
"""


def imported(text: str, folder: Path, pack: Pack, catalogue: Catalogue) -> tuple[object, list[str]]:
    file = folder / "稿.txt"
    file.write_text(text, encoding="utf-8")
    reading = import_draft(file, pack, catalogue)
    return reading.sections, [each.message for each in reading.doubts if "没有写进" in each.message]


def test_what_only_one_table_says_is_left_out_and_named(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    sections, doubts = imported(EXPENDITURE, tmp_path, pack, catalogue)
    assert sections == {"收支": [{"科目": "2060702"}]}
    basic, project = doubts
    assert basic.startswith("表三“2060702 科普活动”行“基本支出”栏“12.00”里的 120000 元没有写进")
    assert "资金来源（一般公共预算、政府性基金预算" in basic
    assert "预算年度（当年预算、上年结转）" in basic
    assert project.endswith("在“收支/当年预算/项目支出/一般公共预算”（或该写的地方）写 30000")


def test_tables_that_together_leave_no_choice_are_read(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    text = EXPENDITURE + INCOME.format(general="15.00", fund="")
    sections, doubts = imported(text, tmp_path, pack, catalogue)
    current = {"基本支出": {"一般公共预算": "120000"}, "项目支出": {"一般公共预算": "30000"}}
    # neither table holds last year's money together with this one's
    assert sections == {"收支": [{"科目": "2060702", "当年预算": current}]}
    assert not doubts


def test_totals_of_rows_and_of_columns_leave_open_what_is_inside(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    text = EXPENDITURE + INCOME.format(general="10.00", fund="5.00")
    sections, doubts = imported(text, tmp_path, pack, catalogue)
    assert sections == {"收支": [{"科目": "2060702"}]}
    assert doubts


def test_clear_amounts_of_a_table_alone_are_read(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    sections, (doubt,) = imported(OFFICIAL, tmp_path, pack, catalogue)
    assert sections == {"三公经费": {"公务接待费": {"一般公共预算": "12000"}}}
    assert "费用（公务用车购置费、公务用车运行维护费）" in doubt


def test_totals_without_any_leaf_are_named(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    with pytest.raises(UnusableInputError, match="没有读到它们的明细"):
        imported(TOTALS, tmp_path, pack, catalogue)


@pytest.mark.parametrize(
    ("amounts", "sums", "expected"),
    [
        ((5, 0), [((0, 1), 5)], {0}),
        ((5, 0), [((0, 1), 5), ((1,), None)], set()),
        ((5, 0), [((0, 1), 5), ((0,), 5)], set()),
        ((2, 3, 4), [((0,), 2), ((1, 2), 7)], {1, 2}),
        ((0, 0), [((0, 1), None)], set()),
    ],
)
def test_undetermined_leaves(
    amounts: tuple[int, ...],
    sums: list[tuple[tuple[int, ...], int | None]],
    expected: set[int],
) -> None:
    """Amounts in 万元, sums as the leaves that they are made of and what is printed."""
    steps = [Sum(leaves, wan if wan is None else wan * 100) for leaves, wan in sums]
    yuan = [Decimal(each * 10_000) for each in amounts]
    assert undetermined(yuan, steps) == expected
