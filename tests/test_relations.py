"""How an equation is held against printed amounts: how much rounding may hide, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from generator.checks.relations.relations import ComparedSides, compare_relations, holds
from generator.checks.rule import Unchecked
from generator.core.findings import Location
from generator.core.records import replace
from generator.model.disclosure import EntityKind
from generator.pack.checks.equations import ANY_COLUMN, ANY_ROW, Equation, EquationTerm
from generator.pack.checks.relations import Relation
from generator.pack.outline import Outline
from generator.reading.document import (
    Amount,
    DocumentCell,
    DocumentRow,
    DocumentTable,
    Origin,
    ReadDocument,
)

HERE = Location(Path("草稿.docx"))
NO_OUTLINE = Outline.model_validate({"部分": [{"名": "甲", "标题": "第一部分　甲"}]})
CELL = "金额"
LEVELS = {3: "科目类", 5: "科目款", 7: "科目项"}


def _amount(text: str, *, exact: bool = False) -> Amount:
    return Amount(Decimal(text), text, exact)


def _row(
    key: str, amounts: Mapping[str, Amount | None], *, block: str = "", label: str = ""
) -> DocumentRow:
    """A row of one table; a key of digits is a subject with its levels."""
    steps = {name: key[:length] for length, name in LEVELS.items() if length <= len(key)}
    coded = key.isdigit()
    cells = {
        title: DocumentCell(f"表/{key}/{title}", title, each, HERE)
        for title, each in amounts.items()
    }
    dimension = LEVELS[len(key)] if coded else ""
    return DocumentRow(block, key, label or key, dimension, steps if coded else {}, cells, HERE)


def _document(*rows: DocumentRow, no_data: bool = False) -> ReadDocument:
    table = DocumentTable("表", "", rows, no_data, HERE)
    return ReadDocument(
        file=HERE.file, origin=Origin.DRAFT, name="某局", kind=EntityKind.UNIT, year=2026,
        outline=NO_OUTLINE, tables={"表": table}, passages=(), forms=(), overall=None,
        overall_rows=(), find=lambda passage, *_: passage.place,
    )  # fmt: skip


def _printed(amounts: Mapping[str, str]) -> ReadDocument:
    """One table with one column, a row for each amount as printed."""
    return _document(*(_row(key, {CELL: _amount(text)}) for key, text in amounts.items()))


def _term(
    row: str, *, sign: int = 1, summed: bool = False, column: str = CELL, block: str = ""
) -> EquationTerm:
    dimension = row[1:-1] if row.startswith("{") else ""
    key = "" if dimension else row
    return EquationTerm(f"表/{row}/{column}", sign, summed, "表", block, key, dimension, column)


def _equation(
    left: Iterable[EquationTerm],
    relation: str,
    right: Iterable[EquationTerm],
    columns: tuple[str, ...] = (),
) -> Equation:
    return Equation("甲 = 乙", tuple(left), relation, tuple(right), columns)


def _relation(equation: Equation, **more: object) -> Relation:
    plain = Relation("E701", 0, equation, {}, None, None)
    return replace(plain, **more)


def _compared(document: ReadDocument, relation: Relation) -> list[ComparedSides]:
    outcomes = list(compare_relations(document, [relation]))
    assert all(isinstance(each, ComparedSides) for each in outcomes), outcomes
    return [each for each in outcomes if isinstance(each, ComparedSides)]


def _unchecked(document: ReadDocument, relation: Relation) -> list[Unchecked]:
    outcomes = list(compare_relations(document, [relation]))
    assert all(isinstance(each, Unchecked) for each in outcomes), outcomes
    return [each for each in outcomes if isinstance(each, Unchecked)]


def _sum_of(parts: int) -> Equation:
    return _equation([_term("合计")], "=", [_term(f"第{n}项") for n in range(parts)])


# The tolerance


@pytest.mark.parametrize(
    ("parts", "inside", "outside"),
    [(2, "0.01", "0.02"), (5, "0.03", "0.04"), (30, "0.15", "0.16")],
)
def test_rounding_hides_half_a_cent_for_each_printed_amount(
    parts: int, inside: str, outside: str
) -> None:
    """合计 = n 项: n + 1 printed amounts, 0.005 each. 30 items: 0.155, so 0.15 may be rounding."""
    items = {f"第{n}项": "1.00" for n in range(parts)}
    for sign in (1, -1):
        for difference, agrees in ((inside, True), (outside, False)):
            total = parts + sign * Decimal(difference)
            document = _printed({"合计": f"{total:.2f}", **items})
            (compared,) = _compared(document, _relation(_sum_of(parts)))
            assert compared.tolerance == Decimal("0.005") * (parts + 1)
            assert compared.difference == sign * Decimal(difference)
            assert compared.holds is agrees


def test_a_coarser_amount_hides_more() -> None:
    """One part in whole 万元 may be half a 万元 from the exact amount."""
    part = replace(_amount("1"), half_step=Decimal("0.5"))
    document = _document(_row("合计", {CELL: _amount("1.50")}), _row("第0项", {CELL: part}))
    (compared,) = _compared(document, _relation(_sum_of(1)))
    assert compared.tolerance == Decimal("0.505")
    assert compared.holds


def test_exact_amounts_agree_to_the_fen() -> None:
    def document(total: str) -> ReadDocument:
        total_row = _row("合计", {CELL: _amount(total, exact=True)})
        return _document(total_row, _row("第0项", {CELL: _amount("1.000000", exact=True)}))

    equal, unequal = document("1.000000"), document("1.000001")
    assert [each.holds for each in _compared(equal, _relation(_sum_of(1)))] == [True]
    assert [each.holds for each in _compared(unequal, _relation(_sum_of(1)))] == [False]
    as_printed = _relation(_sum_of(1), printed=True)
    assert [each.holds for each in _compared(unequal, as_printed)] == [True]
    assert holds(unequal, _sum_of(1))


def test_a_class_that_is_only_listed_was_not_rounded() -> None:
    """A row of zeros, there because the table lists every class, adds nothing to the tolerance."""
    equation = _equation([_term("合计")], "=", [_term("{科目类}", summed=True)])
    document = _printed({"合计": "1.00", "201": "1.00", "202": "0.00", "203": "0.00"})
    (compared,) = _compared(document, _relation(equation))
    assert compared.tolerance == Decimal("0.010")
    assert [each.value for each in compared.right] == [1, 0, 0]


def test_a_row_with_one_amount_was_rounded_in_every_cell() -> None:
    columns = {CELL: _amount("0.00"), "项目支出": _amount("1.00")}
    equation = _equation([_term("合计")], "=", [_term("{科目类}", summed=True)])
    document = _document(_row("合计", {CELL: _amount("0.01")}), _row("201", columns))
    (compared,) = _compared(document, _relation(equation))
    assert compared.tolerance == Decimal("0.010")


# Signs and inequalities


@pytest.mark.parametrize(
    ("relation", "total", "agrees"),
    [
        ("≤", "0.50", True), ("≤", "1.01", True), ("≤", "1.02", False),
        ("≥", "5.00", True), ("≥", "0.99", True), ("≥", "0.98", False),
    ],
)  # fmt: skip
def test_an_inequality_has_the_same_tolerance(relation: str, total: str, *, agrees: bool) -> None:
    equation = _equation([_term("其中")], relation, [_term("合计")])
    document = _printed({"其中": total, "合计": "1.00"})
    (compared,) = _compared(document, _relation(equation))
    assert compared.holds is agrees
    assert holds(document, equation) is agrees


def test_what_is_subtracted_is_subtracted() -> None:
    equation = _equation([_term("合计"), _term("结转", sign=-1)], "=", [_term("当年")])
    document = _printed({"合计": "5.00", "结转": "2.00", "当年": "3.00"})
    (compared,) = _compared(document, _relation(equation))
    assert compared.difference == 0
    assert len(compared.addends) == 3


# Which rows are meant


def test_the_left_side_goes_through_every_row_of_a_level() -> None:
    """类 = Σ款, each class with its own sections only."""
    equation = _equation([_term("{科目类}")], "=", [_term("{科目款}", summed=True)])
    document = _printed(
        {"205": "3.00", "20501": "1.00", "20502": "2.00", "208": "4.00", "20805": "4.50"}
    )
    compared = _compared(document, _relation(equation))
    assert [each.binding.key for each in compared] == ["205", "208"]
    assert [each.difference for each in compared] == [0, Decimal("-0.50")]
    assert [each.binding.words for each in compared] == ["205 205", "208 208"]


def test_a_condition_leaves_the_other_rows_out() -> None:
    equation = _equation([_term("{科目类}")], "=", [_term("{科目款}", summed=True)])
    document = _printed({"205": "1.00", "20501": "1.00", "208": "4.00", "20805": "4.00"})
    only = _relation(equation, condition={"科目类": ("208",)})
    assert [each.binding.key for each in _compared(document, only)] == ["208"]


def test_every_row_and_every_column_is_compared_once() -> None:
    def row(key: str, first: str, second: str) -> DocumentRow:
        return _row(key, {"合计": _amount(first), "基本支出": _amount(second)})

    equation = _equation(
        [_term("{行}", column=ANY_COLUMN)],
        "≥",
        [_term("{行}", column="基本支出")],
        ("合计", "基本支出"),
    )
    assert equation.variable == ANY_ROW
    document = _document(row("合计", "1", "1"), row("205", "1", "1"), row("205", "9", "9"))
    compared = _compared(document, _relation(equation))
    assert [(each.binding.key, each.column) for each in compared] == [
        ("合计", "合计"), ("合计", "基本支出"), ("205", "合计"), ("205", "基本支出")
    ]  # fmt: skip
    assert [len(each.right) for each in compared] == [1, 1, 1, 1]


def _two_blocks(left: Mapping[str, str], right: Mapping[str, str]) -> ReadDocument:
    return _document(
        *(_row(key, {CELL: _amount(text)}, block="左") for key, text in left.items()),
        *(_row(key, {CELL: _amount(text)}, block="右") for key, text in right.items()),
    )


def test_a_class_that_only_one_of_two_tables_has_is_compared() -> None:
    """Subjects by key, in whichever table: what one of them lacks is zero there."""
    equation = _equation([_term("{科目类}", block="左")], "=", [_term("{科目类}", block="右")])
    document = _two_blocks({"201": "1.00"}, {"201": "1.00", "205": "2.00"})
    compared = _compared(document, _relation(equation))
    assert {each.binding.key: int(each.difference) for each in compared} == {"201": 0, "205": -2}


def test_a_row_of_a_level_is_found_whatever_stands_above_it_in_its_table() -> None:
    """The items of one class on the left, those of the same class below a section on the right."""
    level = {"科目项": "2050101"}
    left, right = (
        replace(_row("2050101", {CELL: _amount("1.00")}, block=block), key=key, dimensions=above)
        for block, key, above in (
            ("左", "甲馆/行政运行", {"单位": "甲馆", **level}),
            ("右", "行政运行", level),
        )
    )
    equation = _equation([_term("{科目项}", block="左")], "=", [_term("{科目项}", block="右")])
    compared = _compared(_document(left, right), _relation(equation))
    assert [each.binding.key for each in compared] == ["甲馆/行政运行", "行政运行"]
    assert [each.difference for each in compared] == [0, 0]


def test_any_row_means_the_rows_of_the_left_side() -> None:
    equation = _equation([_term("{行}", block="左")], "≥", [_term("{行}", block="右")])
    document = _two_blocks({"201": "1.00"}, {"201": "1.00", "205": "2.00"})
    assert [each.binding.key for each in _compared(document, _relation(equation))] == ["201"]


def test_rows_that_fit_stand_in_the_order_of_the_table() -> None:
    """Items that say which section they belong to, and one that does not, which may be of any."""
    equation = _equation([_term("{科目款}")], "=", [_term("{科目项}", summed=True)])
    items = ["2050101", "2050103", "2050102"]
    rows = [_row(key, {CELL: _amount("1.00")}) for key in ("20501", *items)]
    rows[2] = replace(rows[2], dimensions={"科目项": "2050103"})
    (compared,) = _compared(_document(*rows), _relation(equation))
    assert [each.row.key for each in compared.right if each.row] == items


def test_a_pattern_is_matched_step_by_step() -> None:
    equation = _equation([_term("合计")], "=", [_term("*/甲", summed=True)])
    document = _printed(
        {"合计": "3.00", "一/甲": "1.00", "二/甲": "2.00", "甲": "9.00", "一/乙": "9.00"}
    )
    document_with_deeper_rows = replace(
        document,
        tables={
            "表": replace(
                document.tables["表"],
                rows=(*document.tables["表"].rows, _row("一/二/甲", {CELL: _amount("9.00")})),
            )
        },
    )
    (compared,) = _compared(document_with_deeper_rows, _relation(equation))
    assert compared.difference == 0


# What cannot be compared


def test_a_subject_without_a_row_is_zero_and_a_fixed_row_is_missing() -> None:
    subject = _equation([_term("合计")], "=", [_term("20501")])
    (compared,) = _compared(_printed({"合计": "0.01"}), _relation(subject))
    (lacking,) = compared.right
    assert lacking.row is None
    assert lacking.value == lacking.tolerance == 0
    fixed = _equation([_term("合计")], "=", [_term("小计")])
    (unchecked,) = _unchecked(_printed({"合计": "0.01"}), _relation(fixed))
    assert unchecked.why == "没有读到表“小计”这一行，不能核对"


def test_a_table_without_data_has_no_missing_rows() -> None:
    equation = _equation([_term("合计")], "=", [_term("小计")])
    row = _row("合计", {CELL: _amount("0.00")})
    assert [
        each.holds for each in _compared(_document(row, no_data=True), _relation(equation))
    ] == [True]
    assert not holds(_document(row), equation)
    assert not holds(replace(_document(row), tables={}), equation)


def test_a_cell_without_an_amount_is_named() -> None:
    equation = _equation([_term("合计")], "=", [_term("小计")])
    unread = _document(_row("合计", {CELL: None}), _row("小计", {CELL: _amount("1.00")}))
    (unchecked,) = _unchecked(unread, _relation(equation))
    assert unchecked.why == "表“合计”行“金额”栏里不是能用的金额，不能核对"
    lacking = _document(_row("合计", {CELL: _amount("1.00")}), _row("小计", {}, label="一、小计"))
    (unchecked,) = _unchecked(lacking, _relation(equation))
    assert unchecked.why == "表“一、小计”行“金额”栏没有读到，不能核对"


def test_a_premise_that_fails_leaves_the_relation_out() -> None:
    equation = _equation([_term("合计")], "=", [_term("小计")])
    premise = _equation([_term("合计")], "=", [_term("总计")])
    relation = _relation(equation, premise=premise)
    amounts = {"合计": "1.00", "小计": "9.00"}
    (unchecked,) = _unchecked(_printed({**amounts, "总计": "2.00"}), relation)
    assert "这里前一条不成立" in unchecked.why
    (compared,) = _compared(_printed({**amounts, "总计": "1.00"}), relation)
    assert not compared.holds


def test_a_premise_about_a_missing_table_fails() -> None:
    elsewhere = replace(_term("合计"), table="别的表")
    assert not holds(_printed({"合计": "1.00"}), _equation([_term("合计")], "=", [elsewhere]))


def test_a_relation_for_departments_is_not_asked_of_a_unit() -> None:
    document = _printed({"合计": "1.00", "第0项": "9.00"})
    for kind, count in ((EntityKind.DEPARTMENT, 0), (EntityKind.UNIT, 1)):
        relation = _relation(_sum_of(1), kind=kind)
        assert len(list(compare_relations(document, [relation]))) == count


def test_a_missing_table_is_told_once_for_each_relation() -> None:
    document = replace(_printed({}), tables={})
    (unchecked,) = _unchecked(document, _relation(_sum_of(3)))
    assert (unchecked.code, unchecked.group) == ("E701", "表")
