"""Reconciliations of the statements: each rule finds its contradiction, and rounding is none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator.checks.pack_rules import rules_of_pack
from generator.checks.relations.relations import ComparedSides, compare_relations
from generator.checks.rule import Noise, Outcome, Passed, Unchecked
from generator.checks.rules.statements import CHECKS
from generator.core.findings import Finding, Location, UnusableInputError
from generator.core.numbers.rounding import half_up
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.model.disclosure import EntityKind
from generator.pack.pack import Pack, load_pack
from generator.reading.document import (
    Amount,
    DocumentCell,
    DocumentRow,
    DocumentTable,
    Origin,
    ReadDocument,
)
from generator.reading.from_data import presented_data
from tests.conftest import DEPARTMENT, UNIT, Sample
from tests.formats import NO_OUTLINE

Change = Mapping[str, str]


@cache
def _pack() -> Pack:
    return load_pack(PACKS / "yangquan")


def _outcomes(document: ReadDocument) -> list[Outcome]:
    return [outcome for check in CHECKS for outcome in check(document, _pack())]


def _findings(document: ReadDocument) -> list[Finding]:
    return [each for each in _outcomes(document) if isinstance(each, Finding)]


def _edited(
    document: ReadDocument, edit: Callable[[DocumentRow], DocumentRow | None]
) -> ReadDocument:
    tables = {}
    for number, table in document.tables.items():
        rows = [row for row in map(edit, table.rows) if row is not None]
        tables[number] = replace(table, rows=tuple(rows))
    return replace(document, tables=tables)


def _as_printed(document: ReadDocument) -> ReadDocument:
    """The same document as a draft has it: every amount rounded on its own."""

    def rounded(row: DocumentRow) -> DocumentRow:
        cells = {}
        for column, cell in row.cells.items():
            assert cell.amount is not None
            amount = Amount(half_up(cell.amount.value), cell.amount.text, exact=False)
            cells[column] = replace(cell, amount=amount)
        return replace(row, cells=cells)

    return replace(_edited(document, rounded), origin=Origin.DRAFT)


def _changed(document: ReadDocument, changes: Change) -> ReadDocument:
    """The document with amounts in 万元 added to cells, by address."""
    left = set(changes)

    def edit(row: DocumentRow) -> DocumentRow:
        cells = {}
        for column, cell in row.cells.items():
            cells[column] = cell
            if cell.address in changes and cell.amount is not None:
                left.discard(cell.address)
                value = cell.amount.value + Decimal(changes[cell.address])
                amount = Amount(value, str(half_up(value)), cell.amount.exact)
                cells[column] = replace(cell, amount=amount)
        return replace(row, cells=cells)

    edited = _edited(document, edit)
    assert not left, left
    return edited


def _without_row(document: ReadDocument, number: str, key: str) -> ReadDocument:
    table = document.tables[number]
    rows = tuple(row for row in table.rows if row.key != key)
    return replace(document, tables={**document.tables, number: replace(table, rows=rows)})


@pytest.fixture(scope="module")
def department(of_data: Callable[[str], ReadDocument]) -> ReadDocument:
    return of_data(DEPARTMENT)


@pytest.fixture(scope="module")
def department_draft(department: ReadDocument) -> ReadDocument:
    return _as_printed(department)


# Each rule

BROKEN: dict[str, Change] = {
    "E701": {"表一/收入/收入总计/金额": "10"},
    "E702": {"表一/支出/205/当年预算安排": "10"},
    "E703": {"表一/收入/单位资金/金额": "10"},
    "E704": {"表二/2050101/财政专户管理资金": "10"},
    "E705": {"表三/20501/合计": "10", "表三/20501/基本支出": "10"},
    "E706": {"表五/2050101/基本支出": "10"},
    "E707": {"表四/支出/205/一般公共预算": "10", "表四/支出/205/小计": "10"},
    "E708": {"表六/30101/50101/人员经费": "-10", "表六/30101/50101/公用经费": "10"},
    "E709": {"表十/公务用车购置费/合计": "10"},
    "E710": {"表十三/阳泉市第二中学校高中部/合计": "10"},
    "E711": {
        "表一/支出/205/合计": "10",
        "表一/支出/205/当年预算安排": "10",
        "表一/支出/201/合计": "-10",
        "表一/支出/201/当年预算安排": "-10",
    },
    "E712": {
        "表三/205/合计": "0.1",
        "表三/205/基本支出": "0.1",
        "表三/20501/合计": "0.1",
        "表三/20501/基本支出": "0.1",
        "表三/2050101/合计": "0.1",
        "表三/2050101/基本支出": "0.1",
        "表三/201/合计": "-0.1",
        "表三/201/基本支出": "-0.1",
        "表三/20132/合计": "-0.1",
        "表三/20132/基本支出": "-0.1",
        "表三/2013299/合计": "-0.1",
        "表三/2013299/基本支出": "-0.1",
    },
    "E713": {"表四/收入/结转政府性基金预算/金额": "10", "表四/支出/支出总计/政府性基金预算": "10"},
    "E714": {
        "表四/支出/205/一般公共预算": "10",
        "表四/支出/205/小计": "10",
        "表四/支出/201/一般公共预算": "-10",
        "表四/支出/201/小计": "-10",
    },
    "E715": {f"表五/{row}/{column}": "10" for row in ("合计", "205", "20501", "2050101")
             for column in ("合计", "基本支出")},
    "E716": {f"表六/{row}/{column}": "10" for row in ("合计", "301", "30101/50101")
             for column in ("合计", "人员经费")},
    "E717": {f"表五/{row}/{column}": change for row in ("合计", "205", "20501", "2050199")
             for column, change in (("基本支出", "-10"), ("项目支出", "10"))},
    "E718": {f"表三/{row}/{column}": change for row in ("合计", "205", "20501", "2050199")
             for column, change in (("基本支出", "-10"), ("项目支出", "10"))},
    "E719": {f"表十三/{row}/{column}": "10"
             for row in ("合计", "阳泉市第二中学校高中部", "阳泉市第二中学校高中部/基建支出")
             for column in ("合计", "一般公共预算")},
    "E720": {"表七/合计/政府性基金收入预算": "10"},
    "W721": {
        f"表十/{row}/{column}": "-4"
        for row in ("合计", "公务用车购置及运行费", "公务用车运行维护费")
        for column in ("合计", "一般公共预算")
    },
    "E722": {
        f"表十一/{row}/{column}": "10"
        for row in ("部门合计", "阳泉市教育局")
        for column in ("合计", "一般公共预算")
    },
    "E801": {
        f"表十/{row}/{column}": "99999"
        for row in ("合计", "公务接待费")
        for column in ("合计", "一般公共预算")
    },
}  # fmt: skip
"""For each rule a change that breaks it; consistent changes leave the rows and sums above right."""


def test_every_rule_has_a_reproducer() -> None:
    assert set(BROKEN) == set(rules_of_pack(_pack()))


@pytest.mark.parametrize("code", BROKEN)
def test_rule_finds_its_contradiction(code: str, department_draft: ReadDocument) -> None:
    found = _findings(_changed(department_draft, BROKEN[code]))
    finding = next(finding for finding in found if finding.code == code)
    assert finding.group in {address.split("/")[0] for address in BROKEN[code]} | {"表五", "表三"}
    assert finding.group == finding.subjects[0]
    assert finding.place is not None
    assert finding.place.spot
    assert "（差 " in finding.message
    assert "，允许 0.0" in finding.message


def test_a_sum_says_in_words_which_rows_it_takes(department_draft: ReadDocument) -> None:
    found = _findings(_changed(department_draft, BROKEN["E722"]))
    (finding,) = [each for each in found if each.code == "E722"]
    assert "表六 政府经济科目 502 开头的各行 公用经费 " in finding.message
    assert "− 表六 部门经济科目 30231、政府经济科目 502 开头的各行 公用经费 " in finding.message
    assert "*" not in finding.message
    assert "公务用车运行维护费（30231）不算在机关运行经费里" in finding.remedy
    found = _findings(_changed(department_draft, BROKEN["W721"]))
    (finding,) = [each for each in found if each.code == "W721"]
    assert "部门经济科目 30231 的各行 合计 " in finding.message


def test_a_true_document_has_no_finding(
    department: ReadDocument, department_draft: ReadDocument
) -> None:
    for document in (department, department_draft):
        outcomes = _outcomes(document)
        assert {type(each) for each in outcomes} == {Passed}
        assert {each.code for each in outcomes if isinstance(each, Passed)} == set(BROKEN)


# What is one finding


def test_tables_without_data_are_one_finding_each(printed: Callable[[str], Sample]) -> None:
    document = presented_data(printed(UNIT).composed, _pack())
    found = {finding.group: finding for finding in _findings(document)}
    assert {group: finding.code for group, finding in found.items()} == {
        "表三": "E712",
        "表四": "E713",
        "表六": "E716",
    }
    message = "：表五 基本支出合计 115.52 ≠ 表六 合计 0.00（差 115.52，允许 0.00）"
    assert found["表六"].message.startswith("“无数据表”里写了表六，")
    assert message in found["表六"].message
    assert "同一原因另有 5 处不符（E712 4 处、E718 1 处）" in found["表三"].message
    place = found["表六"].place
    assert place is not None
    assert place.file.name == "单位信息.yaml"
    in_draft = {finding.group: finding for finding in _findings(_as_printed(document))}
    assert "（差 115.52，允许 0.01）" in in_draft["表六"].message


def test_one_wrong_cell_is_one_finding_that_names_it(department_draft: ReadDocument) -> None:
    (finding,) = _findings(_changed(department_draft, {"表六/合计/合计": "1"}))
    assert "不符的各处都用到“表六 合计”（38051.58），先核对这一格" in finding.message
    assert "同一原因另有 2 处不符（E708 1 处、E716 1 处）" in finding.message
    assert finding.subjects[:2] == ("表六", "表六/合计/合计")
    assert finding.excerpt == "合计 合计 38051.58"


def test_one_wrong_row_is_one_finding_that_names_it(department_draft: ReadDocument) -> None:
    (finding,) = _findings(_changed(department_draft, BROKEN["E705"]))
    assert "都用到“表三 20501 教育管理事务”这一行" in finding.message


def test_an_amount_that_nothing_confirms_is_wrong_not_the_empty_table(
    department_draft: ReadDocument,
) -> None:
    change = {"表一/收入/国有资本经营预算/金额": "5"}
    (finding,) = _findings(_changed(department_draft, change))
    assert finding.subjects[:2] == ("表一", *change)


def test_missing_item_is_told_where_it_is_missing(department_draft: ReadDocument) -> None:
    (finding,) = _findings(_without_row(department_draft, "表五", "2050201"))
    assert finding.code == "E705"
    assert finding.message.startswith("表五 20502 普通教育 合计 14751.28 ≠ 表五 20502 普通教育下")
    assert "3 项之和 14040.98（800.20 + 5905.74 + 7335.04）" in finding.message


def test_two_mistakes_of_the_same_size_stay_apart(department_draft: ReadDocument) -> None:
    changes = {"表三/2050101/项目支出": "7", "表一/支出/208/合计": "7"}
    found = _findings(_changed(department_draft, changes))
    assert [finding.subjects[1] for finding in found] == ["表一/支出/208/合计", *list(changes)[:1]]


def test_data_is_compared_to_the_yuan(
    department: ReadDocument, department_draft: ReadDocument
) -> None:
    change = {"表五/2050101/基本支出": "0.003"}
    (finding,) = _findings(_changed(department, change))
    assert "差 30 元" in finding.message
    assert not _findings(_changed(department_draft, change))


# What cannot be checked


def test_a_sum_has_every_row_that_nothing_bound_contradicts(department: ReadDocument) -> None:
    def edit(row: DocumentRow) -> DocumentRow:
        """A few rows that do not say which class they belong to: they may belong to any."""
        if row.key not in ("2050201", "2050299"):
            return row
        dimensions = {name: value for name, value in row.dimensions.items() if name != "科目款"}
        return replace(row, dimensions=dimensions)

    for document in (department, _edited(department, edit)):
        found = set()
        for comparison in compare_relations(document, _pack().relations):
            if isinstance(comparison, ComparedSides):
                found |= set(_sums(document, comparison))
        assert found == {True}


def _sums(document: ReadDocument, comparison: ComparedSides) -> Iterator[bool]:
    """For each sum over rows of a dimension, whether it has the rows it should have."""
    bound = dict(comparison.binding.dimensions)
    for term in comparison.equation.terms:
        if not term.summed or not term.dimension:
            continue
        rows = [
            row.key
            for row in document.tables[term.table].rows
            if row.block == term.block
            and term.dimension in (row.dimension, "行")
            and all(row.dimensions.get(name, value) == value for name, value in bound.items())
        ]
        summed = [each.row.key for each in comparison.addends if each.term is term and each.row]
        yield summed == rows


def test_missing_table_is_unchecked_once_for_each_rule(department_draft: ReadDocument) -> None:
    tables = {key: table for key, table in department_draft.tables.items() if key != "表六"}
    outcomes = _outcomes(replace(department_draft, tables=tables))
    unchecked = [each for each in outcomes if isinstance(each, Unchecked)]
    assert {each.code for each in unchecked} == {"E708", "E716", "W721", "E722"}
    assert {each.group for each in unchecked} == {"表六"}
    assert not [each for each in outcomes if isinstance(each, Finding)]


def test_unreadable_cell_is_unchecked(department_draft: ReadDocument) -> None:
    address = "表五/合计/基本支出"

    def clip(row: DocumentRow) -> DocumentRow:
        cells = {
            column: replace(cell, amount=None) if cell.address == address else cell
            for column, cell in row.cells.items()
        }
        return replace(row, cells=cells)

    outcomes = _outcomes(_edited(department_draft, clip))
    unchecked = [each for each in outcomes if isinstance(each, Unchecked)]
    assert (
        Unchecked("E716", "表五", "表五“合计”行“基本支出”栏里不是能用的金额，不能核对") in unchecked
    )
    assert not [each for each in outcomes if isinstance(each, Finding)]


def test_rows_lost_in_extraction_are_noise(department_draft: ReadDocument) -> None:
    extracted = replace(department_draft, origin=Origin.EXTRACTED)
    lost = _outcomes(_without_row(extracted, "表五", "2050201"))
    assert [type(each) for each in lost if not isinstance(each, Passed)] == [Noise]
    assert _findings(_changed(extracted, {"表六/合计/合计": "1"}))


# The pack's file


def _broken_pack(folder: Path, equation: str) -> UnusableInputError:
    copy = Path(shutil.copytree(PACKS / "yangquan", folder / "pack"))
    words = "{代码: E716, 名称: 名, 检查什么: 试。, 为什么: 试。, 办法: 试, 依据: 试, 关系: [{等式:"
    text = f"勾稽关系:\n  - {words}\n    {equation}}}]}}\n"
    (copy / "checks" / "relations.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UnusableInputError) as caught:
        load_pack(copy)
    return caught.value


@pytest.mark.parametrize(
    ("equation", "code", "words"),
    [
        ("表五/合计/合计 = 表十五/合计/合计", "E303", "没有“表十五”这张表"),
        ("表五/合计/合计 = 表六/合计/小计", "E303", "没有“小计”这一列"),
        ("表五/总计/合计 = 表六/合计/合计", "E303", "没有“总计”这一行"),
        ("表五/合计/合计 = 表一/合计/合计", "E303", "要写明哪一栏"),
        ('"表五/合计/合计 = 表六/{科目类}/合计"', "E303", "没有“科目类”这一级"),
        ('"表五/合计/合计 = 表三/{科目类}/合计"', "E303", "在左边没有出现"),
        ("表五/合计/合计 表六/合计/合计", "E304", "左边 = 右边"),
    ],
)
def test_impossible_equations_are_found_when_the_pack_is_loaded(
    equation: str, code: str, words: str, tmp_path: Path
) -> None:
    (finding,) = _broken_pack(tmp_path, equation).findings
    assert finding.code == code
    assert words in finding.message
    assert finding.place is not None
    assert finding.place.line == 3


# Interval arithmetic

LEAVES = st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=1, max_size=12)
"""Basic and project expenditure of items, in 元."""


def _small_table(leaves: list[tuple[int, int]]) -> dict[tuple[str, str], Decimal]:
    """Every cell of a table of one class, its sections and items, rounded on its own; in 万元."""
    sums: dict[tuple[str, str], int] = {}
    for number, (basic, project) in enumerate(leaves):
        section = f"205{number % 3 + 1:02}"
        for row in ("合计", "205", section, f"{section}{number:02}"):
            for column, amount in (
                ("合计", basic + project),
                ("基本支出", basic),
                ("项目支出", project),
            ):
                sums[row, column] = sums.get((row, column), 0) + amount
    return {cell: half_up(Decimal(yuan) / 10000) for cell, yuan in sums.items()}


def _presented(cells: Mapping[tuple[str, str], Decimal]) -> ReadDocument:
    rows: dict[str, dict[str, DocumentCell]] = {}
    place = Location(Path("草稿.docx"))
    for (key, column), value in cells.items():
        amount = Amount(value, str(value), exact=False)
        rows.setdefault(key, {})[column] = DocumentCell(
            f"表八/{key}/{column}", column, amount, place
        )
    table = DocumentTable(
        "表八", "", tuple(_row(key, each) for key, each in rows.items()), False, place
    )
    return ReadDocument(
        file=place.file, origin=Origin.DRAFT, name="某局", kind=EntityKind.UNIT, year=2025,
        outline=NO_OUTLINE,
        tables={"表八": table}, passages=(), forms=(), overall=None, overall_rows=(),
        find=lambda passage, *_: passage.place,
    )  # fmt: skip


def _row(key: str, cells: Mapping[str, DocumentCell]) -> DocumentRow:
    levels = {3: "科目类", 5: "科目款", 7: "科目项"}
    steps = {name: key[:length] for length, name in levels.items() if length <= len(key)}
    dimensions = steps if key.isdigit() else {}
    dimension = levels[len(key)] if key.isdigit() else ""
    return DocumentRow("", key, key, dimension, dimensions, cells, Location(Path("草稿.docx")))


@given(LEAVES)
def test_rounding_is_never_a_finding(leaves: list[tuple[int, int]]) -> None:
    assume(all(basic + project >= 100 for basic, project in leaves))
    assert not _findings(_presented(_small_table(leaves)))


@given(LEAVES, st.data())
def test_what_exceeds_the_tolerance_always_is(
    leaves: list[tuple[int, int]], data: st.DataObject
) -> None:
    """A cell is an addend of its row, of three printed amounts: rounding may hide 0.03 at most."""
    cells = _small_table(leaves)
    cell = data.draw(st.sampled_from(sorted(cells)))
    change = data.draw(st.decimals("0.04", "1000", places=2))
    found = _findings(_presented({**cells, cell: cells[cell] + change}))
    assert found
    assert all(finding.group == "表八" for finding in found)
    assert any("/".join(("表八", *cell)) in finding.subjects for finding in found)
