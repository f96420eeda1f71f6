"""Amounts of sentences against tables that are read by their heads, whatever the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.general.sentences.grammar import read_claims
from generator.checks.general.tables.understood.kinds import ColumnKind
from generator.checks.general.text_tables.subjects import spoken_of
from generator.checks.run import run_checks
from generator.checks.selection import Selection
from generator.core.findings import Finding
from generator.importing.as_document import presented_draft
from generator.load.catalogue import Catalogue
from generator.pack.pack import Pack

PAGE = """<html><head><meta charset="utf-8"><title>t</title></head><body>
<h1>某市某局2025年部门预算</h1>
<p>{text}</p>
<p>2025年部门支出预算总表</p><p>单位：元</p>
<table>
<tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td>201</td><td>一般公共服务支出</td><td>9,500,000</td><td>4,500,000</td><td>5,000,000</td></tr>
<tr><td>20103</td><td>政府办公厅（室）及相关机构事务</td><td>9,500,000</td><td>4,500,000</td><td>5,000,000</td></tr>
<tr><td>2010301</td><td>行政运行</td><td>4,500,000</td><td>4,500,000</td><td></td></tr>
<tr><td>2010302</td><td>一般行政管理事务</td><td>5,000,000</td><td></td><td>5,000,000</td></tr>
<tr><td>221</td><td>住房保障支出</td><td>335,816</td><td>335,816</td><td></td></tr>
<tr><td>22102</td><td>住房改革支出</td><td>335,816</td><td>335,816</td><td></td></tr>
<tr><td>2210201</td><td>住房公积金</td><td>335,816</td><td>335,816</td><td></td></tr>
<tr><td></td><td>合计</td><td>9,835,816</td><td>4,835,816</td><td>5,000,000</td></tr>
</table>
<p>2025年“三公”经费和机关运行经费预算表</p><p>单位：万元</p>
<table>
<tr><td colspan="6">“三公”经费预算数</td><td rowspan="3">机关运行经费预算数</td></tr>
<tr><td rowspan="2">合计</td><td rowspan="2">因公出国（境）费</td><td rowspan="2">公务接待费</td>
<td colspan="3">公务用车购置及运行费</td></tr>
<tr><td>小计</td><td>购置费</td><td>运行费</td></tr>
<tr><td>8.40</td><td></td><td>2.00</td><td>6.40</td><td></td><td>6.40</td><td>21.00</td></tr>
</table></body></html>"""

RIGHT = (
    "“住房保障支出（类）住房改革支出（款）住房公积金（项）”33.58万元，主要用于缴存。",
    "“住房保障支出-住房改革支出-住房公积金”科目335,816元。",
    "2210201住房公积金33.58万元。",
    "“行政运行（项）”450.00万元，“一般行政管理事务（项）”500万元。",
    "支出预算983.58万元，其中：基本支出483.58万元，项目支出500.00万元。",
    "支出预算983.58万元，其中：一般公共服务支出950.00万元，住房保障支出33.58万元。",
    "2025年“三公”经费预算数为8.40万元，其中：公务接待费2.00万元。",
    "公务用车购置及运行费6.40万元，因公出国（境）费0万元，机关运行经费21.00万元。",
    "“住房保障（类）住房改革（款）住房公积金（项）”33.58万元。",
    "收入预算总计983.58万元，项目支出预算为500.00万元。",
    # of another year, of a project, of nothing that a table has
    "“住房公积金（项）”2024年执行数30.00万元。",
    "信息化项目支出12.00万元，“公共安全支出（类）”1.00万元。",
    "甲项目20.00万元，其中：一般公共服务支出10.00万元。",
)
WRONG = (
    ("“住房保障支出（类）住房改革支出（款）住房公积金（项）”35.38万元。", "33"),
    ("2210201住房公积金33.85万元。", "335,816元"),
    ("“住房保障支出-住房改革支出-住房公积金”科目33.59万元。", "335,816元"),
    ("支出预算938.58万元。", "9,835,816元"),
    (
        "支出预算983.58万元，其中：一般公共服务支出950.10万元，住房保障支出33.58万元。",
        "9,500,000元",
    ),
    ("公务接待费2.50万元。", "2.00万元"),
    ("“三公”经费预算9.40万元。", "8.40万元"),
    ("机关运行经费12.00万元。", "21.00万元"),
    ("某市某局2025年一般公共预算安排基本支出438.58万元。", "4,835,816元"),
    ("因公出国（境）费3.00万元。", "空"),
    ("“住房保障（类）住房改革（款）住房公积金（项）”35.38万元。", "335,816元"),
    ("“住房保障（类）支出”35.38万元。", "335,816元"),
    ("项目支出预算为510.00万元。", "5,000,000元"),
    ("本单位预算总支出为938.58万元。", "9,835,816元"),
)


def _findings(text: str, tmp_path: Path, pack: Pack, catalogue: Catalogue) -> list[Finding]:
    file = tmp_path / "公开.html"
    file.write_text(PAGE.format(text=text), encoding="utf-8")
    document = presented_draft(file, pack, catalogue)
    return list(run_checks(document, pack, Selection(only=("E950",), skip=("E760",))).findings)


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_tables_have_is_no_finding(
    text: str, tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    assert _findings(text, tmp_path, pack, catalogue) == []


@pytest.mark.parametrize(("text", "printed"), WRONG)
def test_what_the_tables_have_otherwise_is_found_with_both_places(
    text: str, printed: str, tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    (finding,) = _findings(text, tmp_path, pack, catalogue)
    assert finding.code == "E950"
    assert printed in finding.message
    assert finding.also


@pytest.mark.parametrize(("amount", "found"), [("983.58", 0), ("938.58", 1)])
def test_a_table_that_names_no_unit_is_not_said_to_differ_if_another_unit_fits(
    amount: str, found: int, tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    file = tmp_path / "公开.html"
    page = PAGE.replace("<p>单位：元</p>", "").format(text=f"支出预算{amount}万元。")
    file.write_text(page, encoding="utf-8")
    document = presented_draft(file, pack, catalogue)
    report = run_checks(document, pack, Selection(only=("E950",), skip=("E760",)))
    assert len(report.findings) == found
    whys = [each.why for each in report.unchecked if each.code == "E950"]
    why = "“2025年部门支出预算总表”没有写明金额单位：按元与文字相符，按万元不符"
    assert whys == [why] * (1 - found)


def _spoken(text: str) -> object:
    (amount,) = read_claims(text, 2025).amounts
    return spoken_of(amount)


def test_a_subject_is_known_by_its_path() -> None:
    path = _spoken("“教育支出（类）普通教育（款）小学教育（项）”5.00万元")
    assert getattr(path, "names", ()) == ("教育支出", "普通教育", "小学教育")
    assert getattr(_spoken("2025年公务接待费预算5.00万元"), "kind", "") is ColumnKind.RECEPTION
    assert _spoken("政府采购货物预算5.00万元") is None


LIST = "一般公共服务支出950.00万元。</p><p>住房保障支出33.58万元。</p><p>住房改革支出{}万元。"


def test_a_class_in_a_paragraph_of_its_own_is_compared_where_most_agree(
    tmp_path: Path, pack: Pack, catalogue: Catalogue
) -> None:
    assert _findings(LIST.format("33.58"), tmp_path, pack, catalogue) == []
    (finding,) = _findings(LIST.format("35.38"), tmp_path, pack, catalogue)
    assert "住房改革支出 35.38万元" in finding.message
    alone = "住房改革支出35.38万元，是某项目的支出。"
    assert _findings(alone, tmp_path, pack, catalogue) == []
