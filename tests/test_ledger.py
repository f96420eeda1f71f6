"""Every leaf of the data becomes one entry: where it stands, how much, and what it counts for."""

# ruff: noqa: E501 -- a table of entries

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from generator.compute.ledger.entries import (
    CODE_LENGTHS,
    DIMENSIONS,
    Book,
    Entry,
    Ledger,
    total_yuan,
)
from generator.compute.ledger.posting import post
from generator.core.findings import Location
from generator.load.catalogue import Catalogue
from generator.load.entity_folder import load_entity
from generator.pack.pack import Pack

DATA = """\
单位信息: {名称: 某某市档案局, 类型: 部门, 年度: 2026, 二级预算单位: [某某市档案馆]}
概况: {职责: [收集保管档案。], 机构设置: [内设三个科室。]}
收支:
  - 科目: "2082850"
    当年预算:
      基本支出: {一般公共预算: 500.50, 单位资金: 7}
    上年结转:
      项目支出: {政府性基金预算: 30}
  - 科目: "2010601"
    当年预算:
      项目支出: {一般公共预算: 0}
基本支出经济科目:
  - {部门经济科目: "30101", 政府经济科目: "50101", 金额: 400.50}
  - {部门经济科目: "30201", 政府经济科目: "50201", 金额: 100}
政府性基金收入:
  - {科目: "1030148", 名称: 国有土地使用权出让收入, 金额: 30}
国有资本经营收入:
  - {科目: "1030601", 名称: 利润收入, 金额: 20}
项目:
  - 单位: 某某市档案馆
    项目:
      - 名称: 库房改造
        科目: "2082899"
        当年预算: {一般公共预算: 9}
        上年结转: {一般公共预算: 1}
      - 名称: 展厅布展
        当年预算: {一般公共预算: 4}
三公经费:
  公务接待费: {一般公共预算: 6}
机关运行经费:
  - {单位: 某某市档案局, 金额: {一般公共预算: 100}}
政府采购: {货物: 15, 工程: 0, 服务: 16}
"""

POSTED = {
    Book.BUDGET: {
        "收支/1/当年预算/基本支出/一般公共预算": "500.50 208 20828 2082850 基本支出 - 一般公共预算 当年预算",
        "收支/1/当年预算/基本支出/单位资金": "7 208 20828 2082850 基本支出 - 单位资金 当年预算",
        "收支/1/上年结转/项目支出/政府性基金预算": "30 208 20828 2082850 项目支出 - 政府性基金预算 上年结转",
        "项目/1/项目/1/当年预算/一般公共预算": "9 208 20828 2082899 项目支出 - 一般公共预算 当年预算",
        "项目/1/项目/1/上年结转/一般公共预算": "1 208 20828 2082899 项目支出 - 一般公共预算 上年结转",
    },
    Book.ECONOMIC: {
        "基本支出经济科目/1/金额": "400.50 301 30101 50101 人员经费",
        "基本支出经济科目/2/金额": "100 302 30201 50201 公用经费",
    },
    Book.FUND_REVENUE: {"政府性基金收入/1/金额": "30 1030148"},
    Book.CAPITAL_REVENUE: {"国有资本经营收入/1/金额": "20 1030601"},
    Book.OFFICIAL_EXPENSES: {"三公经费/公务接待费/一般公共预算": "6 公务接待费 一般公共预算"},
    Book.OPERATING_FUNDS: {"机关运行经费/1/金额/一般公共预算": "100 某某市档案局 一般公共预算"},
    Book.PROJECTS: {
        "项目/1/项目/1/当年预算/一般公共预算": "9 某某市档案馆 库房改造 - 一般公共预算 当年预算",
        "项目/1/项目/1/上年结转/一般公共预算": "1 某某市档案馆 库房改造 - 一般公共预算 上年结转",
        "项目/1/项目/2/当年预算/一般公共预算": "4 某某市档案馆 展厅布展 - 一般公共预算 当年预算",
    },
    Book.PROCUREMENT: {"政府采购/货物": "15 货物", "政府采购/服务": "16 服务"},
}  # fmt: skip
"""By book and address: the amount in 元 and the dimensions, in the order of ``DIMENSIONS``.

项目类别 and 经费类型 are ``-`` if the data does not say them. The project without a subject is in
the book of projects alone; the amount of 0 is nowhere.
"""
NOT_SAID = {"项目类别", "经费类型"}


@pytest.fixture
def ledger(tmp_path: Path, pack: Pack, catalogue: Catalogue) -> Ledger:
    (tmp_path / "数据.yaml").write_text(DATA, encoding="utf-8")
    loaded, findings = load_entity(tmp_path, catalogue, pack.vocabulary)
    assert loaded is not None, findings
    return post(loaded)


def _written(book: Book, entry: Entry) -> str:
    assert set(entry.dimensions) == set(DIMENSIONS[book])
    values = [
        "-" if name in NOT_SAID and book is not Book.ECONOMIC else entry.dimensions[name]
        for name in DIMENSIONS[book]
    ]
    return " ".join([str(entry.amount), *values])


@pytest.mark.parametrize("book", Book)
def test_every_leaf_is_posted_once_with_its_dimensions(book: Book, ledger: Ledger) -> None:
    entries = ledger.books[book]
    assert {entry.address: _written(book, entry) for entry in entries} == POSTED[book]
    assert len(entries) == len(POSTED[book])


def test_an_entry_knows_where_it_is_written(ledger: Ledger) -> None:
    lines = DATA.splitlines()
    for entry in ledger.entries():
        assert entry.place.line is not None
        assert str(entry.amount) in lines[entry.place.line - 1]


def test_all_entries_are_those_of_every_book(ledger: Ledger) -> None:
    assert len(list(ledger.entries())) == sum(map(len, POSTED.values()))
    assert total_yuan(ledger.books[Book.BUDGET]) == Decimal("547.50")
    assert total_yuan(()) == 0


def test_codes_are_as_long_as_their_level(ledger: Ledger) -> None:
    for entry in (*ledger.books[Book.BUDGET], *ledger.books[Book.ECONOMIC]):
        for name, length in CODE_LENGTHS.items():
            assert len(entry.dimensions.get(name, "0" * length)) == length


def test_an_entry_meets_what_every_dimension_named_allows() -> None:
    place = Location(Path("数据.yaml"))
    entry = Entry("", Decimal(1), {"资金来源": "单位资金", "预算年度": "当年预算"}, place)
    own, other = frozenset({"单位资金", "一般公共预算"}), frozenset({"一般公共预算"})
    assert entry.meets({})
    assert entry.meets({"资金来源": own})
    assert not entry.meets({"资金来源": other})
    assert not entry.meets({"预算年度": frozenset({"当年预算"}), "资金来源": other})
