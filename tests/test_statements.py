"""How declared statements become tables: rows, columns, spans, empty tables."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.compose.compose import Composed, compose
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack

FUND = """\
收支:
  - 科目: "2120801"
    当年预算:
      项目支出: {政府性基金预算: 1200000}
  - 科目: "2230105"
    当年预算:
      基本支出: {国有资本经营预算: 300000}
  - 科目: "2082850"
    当年预算:
      基本支出: {一般公共预算: 12345}
    上年结转:
      基本支出: {单位资金: 5000}
补充科目:
  功能分类:
    "21208": 国有土地使用权出让收入安排的支出
    "2120801": 征地和拆迁补偿支出
    "22301": 解决历史遗留问题及改革成本支出
    "2230105": 国有企业退休人员社会化管理补助支出
政府性基金收入:
  - {科目: "1030148", 名称: 国有土地使用权出让收入, 金额: 1200000}
国有资本经营收入:
  - {科目: "1030601", 名称: 利润收入, 金额: 300000}
"""


@pytest.fixture
def funds(unit_folder: Path, pack: Pack, catalogue: Catalogue) -> Composed:
    """The unit with money from every fund, and no table declared empty."""
    (unit_folder / "项目.yaml").unlink()
    (unit_folder / "收支.yaml").write_text(FUND, encoding="utf-8")
    info = unit_folder / "单位信息.yaml"
    text = info.read_text(encoding="utf-8").replace("[表三, 表四, 表六]", "[]")
    info.write_text(text, encoding="utf-8")
    notes = unit_folder / "情况说明.yaml"
    notes.write_text(notes.read_text(encoding="utf-8").partition("核对数:")[0], encoding="utf-8")
    return compose(unit_folder, pack, catalogue)


def _rows(composed: Composed, number: str) -> list[list[str]]:
    return [
        [cell.figure.text if cell.figure else cell.text for part in parts for cell in part.cells]
        for parts in composed.statements[number].rows
    ]


def test_fund_statements_show_their_own_subjects_only(funds: Composed) -> None:
    assert _rows(funds, "表七") == [
        ["合计", "120.00"],
        ["1030148", "国有土地使用权出让收入", "120.00"],
    ]
    assert _rows(funds, "表八") == [
        ["合计", "120.00", "", "120.00"],
        ["212", "城乡社区支出", "120.00", "", "120.00"],
        ["21208", "国有土地使用权出让收入安排的支出", "120.00", "", "120.00"],
        ["2120801", "征地和拆迁补偿支出", "120.00", "", "120.00"],
    ]


def test_blocks_side_by_side_fill_up_with_blank_cells(funds: Composed) -> None:
    rows = _rows(funds, "表九")
    assert rows[0] == ["合计", "30.00", "", "30.00", "30.00", ""]
    assert rows[1][:3] == ["1030601", "利润收入", "30.00"]
    assert rows[3] == [
        "",
        "",
        "",
        "2230105",
        "国有企业退休人员社会化管理补助支出",
        "30.00",
        "30.00",
        "",
    ]


def test_a_subject_with_carry_over_only_has_its_row_where_carry_over_counts(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    (unit_folder / "收支.yaml").write_text(
        '收支:\n  - 科目: "2059999"\n    上年结转: {项目支出: {一般公共预算: 100}}\n',
        encoding="utf-8",
    )
    (unit_folder / "项目.yaml").unlink()
    notes = unit_folder / "情况说明.yaml"
    notes.write_text(notes.read_text(encoding="utf-8").partition("核对数:")[0], encoding="utf-8")
    composed = compose(unit_folder, pack, catalogue)
    assert ["2059999", "其他教育支出", "", "", "", "", "", "", "0.01"] in _rows(composed, "表二")
    assert _rows(composed, "表五") == [["合计", "", "", ""]]


def test_totals_stand_at_the_foot_of_both_sides(funds: Composed) -> None:
    rows = _rows(funds, "表一")
    assert len(rows) == 33
    assert rows[-3] == ["本年收入合计", "151.23", "本年支出合计", "151.73", "151.23", "0.50"]
    assert rows[-2] == ["上年结转", "0.50", "年终结转", "", "", ""]
    assert rows[-1] == ["收入总计", "151.73", "支出总计", "151.73", "151.23", "0.50"]
    assert [row[2] for row in rows[:2]] == ["一、一般公共服务支出", "二、外交支出"]
    assert rows[29][2] == "三十、抗疫特别国债安排的支出"


def test_an_empty_statement_keeps_its_skeleton(sample_unit: Composed) -> None:
    assert _rows(sample_unit, "表三") == [["合计", "", "", ""]]
    assert len(_rows(sample_unit, "表四")) == 36
    assert len(_rows(sample_unit, "表十")) == 6
    assert _rows(sample_unit, "表十三") == []
    assert sample_unit.statements["表三"].no_data


def test_every_cell_is_the_exact_sum_of_its_leaves(sample_unit: Composed) -> None:
    leaves = {entry.address: entry.amount for entry in sample_unit.ledger.entries()}
    for figure in sample_unit.figures:
        if figure.address.startswith("表"):
            known = [leaves[source] for source in figure.sources if source in leaves]
            if len(known) == len(figure.sources) and "÷" not in figure.address:
                assert figure.value == sum(known, Decimal(0))


@pytest.fixture
def sample_unit(unit_folder: Path, pack: Pack, catalogue: Catalogue) -> Composed:
    return compose(unit_folder, pack, catalogue)


def test_heads_span_groups_and_reach_down(sample_unit: Composed) -> None:
    head = sample_unit.statements["表四"].head
    assert [[(c.text, c.colspan, c.rowspan) for c in row] for row in head] == [
        [("收入", 2, 1), ("支出", 5, 1)],
        [("项目", 1, 2), ("金额", 1, 2), ("项目", 1, 2), ("金额", 4, 1)],
        [
            ("小计", 1, 1),
            ("一般公共预算", 1, 1),
            ("政府性基金预算", 1, 1),
            ("国有资本经营预算", 1, 1),
        ],
    ]
