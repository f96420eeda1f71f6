"""A small declared statement over a few leaves: which leaves a cell sums, which rows there are."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.compute.ledger.entries import Book, Entry, Ledger
from generator.compute.statements.definition import StatementDefinition
from generator.compute.statements.evaluate import Evaluator, is_coded
from generator.compute.statements.table import Statement, StatementCellKind
from generator.core.figures import FigureBook
from generator.core.findings import Location
from generator.load.catalogue import Catalogue
from generator.load.names import Names
from generator.model.disclosure import Disclosure, Entity, EntityKind

GENERAL, OWN = "一般公共预算", "单位资金"
LEAVES = [
    ("2082850", "基本支出", GENERAL, "12345"),
    ("2082850", "项目支出", GENERAL, "49.99"),
    ("2082850", "基本支出", OWN, "50"),
    ("2010601", "项目支出", GENERAL, "10000"),
]
COLUMNS = [
    {"标题": "科目编码", "内容": "编码"},
    {"标题": "科目名称", "内容": "名称"},
    {"标题": "合计"},
    {"标题": "基本支出", "条件": {"支出类别": ["基本支出"]}},
]
ENTITY = Entity.model_construct(name="某某市档案馆", kind=EntityKind.UNIT, year=2026)


def _ledger() -> Ledger:
    place = Location(Path("数据.yaml"))
    entries = tuple(
        Entry(
            f"收支/{number}",
            Decimal(amount),
            {
                "科目类": code[:3], "科目款": code[:5], "科目项": code,
                "支出类别": kind, "资金来源": source,
            },
            place,
        )
        for number, (code, kind, source, amount) in enumerate(LEAVES, 1)
    )  # fmt: skip
    return Ledger({book: entries if book is Book.BUDGET else () for book in Book})


def _statement(
    catalogue: Catalogue, *blocks: Mapping[str, Any], empty: bool = False, **more: Any
) -> Statement:
    definition = StatementDefinition.model_validate(
        {"表号": "表三", "标题": "{年度}年{类型}{名称}支出表", "账": "收支", "栏": blocks, **more}
    )
    nothing: dict[str, Any] = {"projects": (), "fund_revenue": (), "capital_revenue": ()}
    names = Names(catalogue, Disclosure.model_construct(**nothing))
    evaluator = Evaluator(_ledger(), names, ENTITY, FigureBook())
    return evaluator.evaluate(definition, declared_empty=empty)


def _rows(statement: Statement) -> list[list[str]]:
    return [
        [cell.figure.text if cell.figure else cell.text for part in parts for cell in part.cells]
        for parts in statement.rows
    ]


def _block(*rows: Mapping[str, Any], columns: Any = None, **more: Any) -> dict[str, Any]:
    return {"列": columns or COLUMNS, "行": rows, **more}


def test_a_cell_sums_the_leaves_that_meet_every_condition(catalogue: Catalogue) -> None:
    statement = _statement(catalogue, _block({"标题": "合计"}, {"展开": [["科目类"], ["科目项"]]}))
    assert statement.title == "2026年单位某某市档案馆支出表"
    assert _rows(statement) == [
        ["合计", "2.24", "1.24"],
        ["201", "一般公共服务支出", "1.00", ""],
        ["2010601", "行政运行", "1.00", ""],
        ["208", "社会保障和就业支出", "1.24", "1.24"],
        ["2082850", "事业运行", "1.24", "1.24"],
    ]
    (total,) = statement.rows[0]
    figure = total.figure("合计")
    assert (figure.address, figure.value) == ("表三/合计/合计", Decimal("22444.99"))
    assert figure.sources == ("收支/1", "收支/2", "收支/3", "收支/4")
    assert total.figure("基本支出").sources == ("收支/1", "收支/3")
    assert [cell.colspan for cell in total.cells] == [2, 1, 1]


def test_conditions_of_statement_block_and_row_hold_together(catalogue: Catalogue) -> None:
    rows = ({"标题": "甲", "条件": {"支出类别": ["基本支出"]}}, {"标题": "乙"})
    block = _block(*rows, columns=COLUMNS[1:3], 条件={"资金来源": [GENERAL]})
    statement = _statement(catalogue, block, 条件={"科目类": ["208"]})
    assert _rows(statement) == [["甲", "1.23"], ["乙", "1.24"]]


def test_every_class_is_listed_where_the_place_lists_them(catalogue: Catalogue) -> None:
    rule = {"标题": "{序}、{名称}", "展开": [["科目类"]], "列出全部类": "是"}
    statement = _statement(catalogue, _block(rule, columns=COLUMNS[1:3]))
    rows = _rows(statement)
    assert rows[0] == ["一、一般公共服务支出", "1.00"]
    assert rows[1] == ["二、外交支出", ""]
    assert ["八、社会保障和就业支出", "1.24"] in rows
    assert len(rows) > 20


def test_a_code_may_stand_in_three_columns(catalogue: Catalogue) -> None:
    columns = [{"标题": each, "内容": each} for each in "类款项"] + [{"标题": "合计"}]
    block = _block({"展开": [["科目类"], ["科目款"], ["科目项"]]}, columns=columns)
    statement = _statement(catalogue, block, 条件={"科目类": ["208"]})
    assert _rows(statement) == [
        ["208", "", "", "1.24"],
        ["208", "28", "", "1.24"],
        ["208", "28", "50", "1.24"],
    ]
    kinds = [cell.kind for cell in statement.rows[0][0].cells]
    assert kinds == [
        StatementCellKind.CODE,
        StatementCellKind.CODE,
        StatementCellKind.CODE,
        StatementCellKind.AMOUNT,
    ]


def test_two_dimensions_of_one_level_are_one_row(catalogue: Catalogue) -> None:
    columns = [{"标题": each, "内容": each} for each in ("科目项", "资金来源")] + [{"标题": "金额"}]
    block = _block({"展开": [["科目项", "资金来源"]]}, columns=columns)
    statement = _statement(catalogue, block, 条件={"科目类": ["208"]})
    assert _rows(statement) == [["事业运行", GENERAL, "1.24"], ["事业运行", OWN, "0.01"]]
    assert [part.key for (part,) in statement.rows] == [f"2082850/{GENERAL}", f"2082850/{OWN}"]


def test_what_always_stands_is_listed_on_the_first_level_in_the_order_given(
    catalogue: Catalogue,
) -> None:
    """项目支出 before 基本支出, and 上缴支出 of which there is no leaf; below them only leaves."""
    rule = {"展开": [["支出类别"], ["资金来源"]], "总是列出": ["项目支出", "上缴支出"]}
    columns = [{"标题": "名称", "内容": "名称"}, {"标题": "金额"}]
    assert _rows(_statement(catalogue, _block(rule, columns=columns))) == [
        ["项目支出", "1.00"],
        [GENERAL, "1.00"],
        ["上缴支出", ""],
        ["基本支出", "1.24"],
        [GENERAL, "1.23"],
        [OWN, "0.01"],
    ]


def test_rows_of_two_dimensions_stand_for_leaves_alone(catalogue: Catalogue) -> None:
    rule = {"展开": [["支出类别", "资金来源"]], "总是列出": ["项目支出"]}
    statement = _statement(catalogue, _block(rule, columns=COLUMNS[1:3]))
    assert [part.key for (part,) in statement.rows] == [
        f"基本支出/{GENERAL}", f"项目支出/{GENERAL}", f"基本支出/{OWN}"
    ]  # fmt: skip


def test_rows_by_code_are_sorted_and_others_keep_their_order(catalogue: Catalogue) -> None:
    columns = [{"标题": "名称", "内容": "名称"}, {"标题": "金额"}]
    by_name = _statement(catalogue, _block({"展开": [["资金来源"], ["支出类别"]]}, columns=columns))
    assert _rows(by_name) == [
        [GENERAL, "2.24"],
        ["基本支出", "1.23"],
        ["项目支出", "1.00"],
        [OWN, "0.01"],
        ["基本支出", "0.01"],
    ]
    keys = [part.key for (part,) in by_name.rows]
    assert keys[1] == f"{GENERAL}/基本支出"
    assert keys[4] == f"{OWN}/基本支出"


@pytest.mark.parametrize("dimension", ["科目类", "科目项", "部门经济类", "政府经济科目"])
def test_subjects_are_coded(dimension: str) -> None:
    assert is_coded(dimension)
    assert not is_coded("资金来源")


def test_blocks_stand_side_by_side_with_their_totals_at_the_foot(catalogue: Catalogue) -> None:
    columns = [{"标题": "项目", "内容": "名称"}, {"标题": "金额"}]
    total = [{"标题": "总计"}]
    left = _block({"标题": "甲"}, columns=columns, 名="收入", 合计行=[*total, {"标题": "末"}])
    right = _block(
        {"标题": "乙"}, {"标题": "丙"}, {"空行": "是"}, columns=columns, 名="支出", 合计行=total
    )
    statement = _statement(catalogue, left, right)
    assert [[row[0], row[2]] for row in _rows(statement)] == [
        ["甲", "乙"], ["", "丙"], ["", ""], ["总计", ""], ["末", "总计"]
    ]  # fmt: skip
    assert statement.rows[0][1].figure("金额").address == "表三/支出/乙/金额"
    assert statement.widths == (16, 16, 16, 16)
    assert statement.block_names == ("收入", "支出")


def test_a_block_without_a_name_has_none(catalogue: Catalogue) -> None:
    assert _statement(catalogue, _block({"标题": "合计"})).block_names == ("",)


def test_a_statement_is_printed_on_the_paper_that_its_place_says(catalogue: Catalogue) -> None:
    block = _block({"标题": "合计"})
    assert not _statement(catalogue, block).landscape
    assert _statement(catalogue, block, 纸张="横向").landscape


def test_a_row_for_departments_is_not_printed_by_a_unit(catalogue: Catalogue) -> None:
    block = _block({"标题": "部门合计", "适用": "部门"}, {"标题": "单位合计", "适用": "单位"})
    assert [row[0] for row in _rows(_statement(catalogue, block))] == ["单位合计"]


def test_a_statement_declared_empty_counts_no_leaf(catalogue: Catalogue) -> None:
    rows = ({"标题": "合计"}, {"标题": "其中", "无数据时不列": "是"}, {"展开": [["科目类"]]})
    full, empty = (_statement(catalogue, _block(*rows), empty=each) for each in (False, True))
    assert [row[0] for row in _rows(full)] == ["合计", "其中", "201", "208"]
    assert (full.no_data, full.only_note) == (False, False)
    assert _rows(empty) == [["合计", "", ""]]
    assert (empty.no_data, empty.only_note) == (True, False)
    beside = _block(*rows, 名="结余", 条件={"科目类": ["210"]})  # of which there is no leaf
    assert not _statement(catalogue, _block(*rows), beside).no_data
    only_note = _statement(catalogue, _block(*rows), empty=True, 空表照印="否")
    assert only_note.only_note
    assert not _statement(catalogue, _block(*rows), 空表照印="否").only_note


def _head(catalogue: Catalogue, **more: Any) -> list[list[tuple[str, int, int]]]:
    """A head of three rows with a group over columns that need two: texts and spans."""
    codes = {"标题": "科目编码", "列": [{"标题": "类", "内容": "类"}]}
    item = {"标题": "项目", "列": [codes, {"标题": "名称", "内容": "名称"}]}
    group = {"标题": "支出预算", "列": [{"标题": "合计"}], **more}
    statement = _statement(catalogue, _block({"标题": "合计"}, columns=[item, group]))
    return [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in statement.head]


def test_a_group_takes_the_spare_rows_of_the_head(catalogue: Catalogue) -> None:
    rows = _head(catalogue)
    assert ("支出预算", 1, 2) in rows[0]
    assert ("合计", 1, 1) in rows[2]


def test_a_group_takes_as_many_rows_of_the_head_as_its_place_says(catalogue: Catalogue) -> None:
    rows = _head(catalogue, 表头行数=1)
    assert ("支出预算", 1, 1) in rows[0]
    assert ("合计", 1, 2) in rows[1]
    assert _head(catalogue, 表头行数=9) == _head(catalogue)  # never more than there are
