"""Units of money: where documents state them, what is converted, and what is not guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from generator.checks.rule import Unchecked
from generator.checks.rules import amounts, naming, statements
from generator.compare.compare import compare_sides
from generator.compare.difference import DifferenceKind
from generator.compare.side import side_of_draft
from generator.core.findings import Finding, UnusableInputError
from generator.drafts.draft import Line, Paragraph, Row, Spot
from generator.drafts.parts.form_labels import form_labels
from generator.drafts.parts.outline import FormDraft
from generator.drafts.read import read_draft
from generator.drafts.words.amount_columns import amount_columns
from generator.drafts.words.units import Unit, table_line, table_unit, unit_in_head, without_unit
from generator.importing.amounts.solving.solver import FEN, YUAN, Sum, fitting_leaves
from generator.importing.as_document import presented_draft
from generator.importing.comparable import Comparable
from generator.importing.forms.cells import filled_cells
from generator.importing.forms.funds import FormFunds, title_unit
from generator.importing.run import import_draft
from generator.importing.section_text import SectionText
from generator.load.catalogue import Catalogue
from generator.model.form_names import TOTAL
from generator.pack.pack import Pack
from tests.formats import YANGQUAN

Cells = tuple[str, ...]
DUE = "单位名称：云岭县统计局　单位：万元"


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", Unit.WAN),
        ("单位 ：元", Unit.YUAN),
        ("单 位：千 元", Unit.THOUSAND),
        ("金额单位：亿元", Unit.YI),
        ("（单位：百万元）", Unit.MILLION),
        ("【单位：万元】", Unit.WAN),
        ("计量单位：元", Unit.YUAN),
        ("货币单位：万元", Unit.WAN),
        ("单位:人民币万元", Unit.WAN),
        ("单位：人民币（元）", Unit.YUAN),
        ("单位：万元（人民币）", Unit.WAN),
        ("币种：人民币　单位：元", Unit.YUAN),
        ("（万元）", Unit.WAN),
        ("人民币元", Unit.YUAN),
    ],
)
def test_a_unit_is_no_name(line: str, unit: Unit) -> None:
    found = table_line(line)
    assert (found.unit, found.name, found.known) == (unit, "", True)


@pytest.mark.parametrize(
    ("line", "kind", "unit"),
    [
        ("部门名称：云岭县统计局　　单位：万元", "部门", Unit.WAN),
        ("单位名称：云岭县统计局金额单位：元", "单位", Unit.YUAN),
        ("单位名称：云岭县统计局（单位：万元）", "单位", Unit.WAN),
        ("单位：万元　单位名称：云岭县统计局", "单位", Unit.WAN),
        ("金额单位：元部门名称：云岭县统计局", "部门", Unit.YUAN),
        ("编制单位：云岭县统计局　单位：千元", "", Unit.THOUSAND),
        ("单位名称：云岭县统计局", "单位", None),
    ],
)
def test_name_and_unit_in_one_line(line: str, kind: str, unit: Unit | None) -> None:
    found = table_line(line)
    assert (found.name, found.kind, found.unit) == ("云岭县统计局", kind, unit)


@pytest.mark.parametrize(
    "line",
    ["编制单位：元宝山区统计局", "单位：辆", "以万元为单位填列。", "2025年支出表", "单位负责人"],
)
def test_what_names_no_unit(line: str) -> None:
    assert table_line(line).unit is None


@pytest.mark.parametrize(
    ("head", "unit", "rest"),
    [
        ("金额（元）", Unit.YUAN, "金额"),
        ("预算数(单位：万元)", Unit.WAN, "预算数"),
        ("合计（人民币千元）", Unit.THOUSAND, "合计"),
        ("金额：元", Unit.YUAN, "金额"),
        ("万元", Unit.WAN, ""),
        ("面积（平方米）", None, "面积(平方米)"),
        ("定额（元/人）", None, "定额(元/人)"),
        ("50万元以上设备", None, "50万元以上设备"),
    ],
)
def test_units_in_heads(head: str, unit: Unit | None, rest: str) -> None:
    assert (unit_in_head(head), without_unit(head)) == (unit, rest)


def test_columns_may_have_units_of_their_own() -> None:
    found = table_unit(
        ["单位：元"], [("科目", "预算数", "三公经费（万元）", ""), ("", "", "今年", "去年")]
    )
    assert [found.of(column) for column in range(4)] == [Unit.YUAN] * 2 + [Unit.WAN] * 2


def test_a_unit_in_the_first_row_is_that_of_the_table() -> None:
    found = table_unit([], [("单位名称：云岭县统计局", "", "单位：元"), ("科目", "金额", "备注")])
    assert found.whole is Unit.YUAN


# Documents of two tables: all expenditure, and that of the general budget

HEAD = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
AMOUNTS = (("438.31", "210.10", "228.21"), ("438.31", "210.10", "228.21"))


def table(title: str, line: str, rows: Iterable[Cells], head: Cells = HEAD) -> str:
    cells = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (head, *rows)
    )
    return f"<h2>{title}</h2><p>{line}</p><table>{cells}</table>"


def rows(total: Cells, item: Cells) -> list[Cells]:
    names = (("201", "一般公共服务支出"), ("20105", "统计信息事务"), ("2010501", "行政运行"))
    return [("合计", "", *total), *((*name, *item) for name in names)]


def in_yuan(amounts: Iterable[Cells]) -> list[Cells]:
    return [tuple(f"{float(text) * 10000:,.2f}" for text in row) for row in amounts]


@pytest.fixture
def document(tmp_path: Path) -> Callable[..., Path]:
    def write(
        *lines: str, amounts: Iterable[Cells] = AMOUNTS, name: str = "a", head: Cells = HEAD
    ) -> Path:
        """Two tables with the same amounts in 万元; ``amounts`` are those of the second one."""
        first, second = lines
        body = table("2025年预算支出总表", first, rows(*AMOUNTS)) + table(
            "2025年一般公共预算支出预算表（不含上年结转）", second, rows(*amounts), head
        )
        file = tmp_path / f"{name}.html"
        file.write_text(
            f"<html><body><h1>第二部分 2025年度单位预算报表</h1>{body}</body></html>",
            encoding="utf-8",
        )
        return file

    return write


@pytest.fixture
def check(pack: Pack, catalogue: Catalogue) -> Callable[[Path], list[str]]:
    def found(file: Path) -> list[str]:
        read = presented_draft(file, pack, catalogue)
        checks = (*amounts.CHECKS, *statements.CHECKS, *naming.CHECKS)
        outcomes = [each for check in checks for each in check(read, pack)]
        return [f"{e.code} {e.message}" for e in outcomes if isinstance(e, Finding)]

    return found


@pytest.fixture
def doubts(pack: Pack, catalogue: Catalogue) -> Callable[[Path], tuple[dict[str, object], str]]:
    def read(file: Path) -> tuple[dict[str, object], str]:
        reading = import_draft(file, pack, catalogue)
        return reading.sections, "\n".join(doubt.message for doubt in reading.doubts)

    return read


Document = Callable[..., Path]
Check = Callable[[Path], list[str]]
Import = Callable[[Path], tuple[dict[str, object], str]]


def test_tables_in_the_prescribed_unit(document: Document, check: Check) -> None:
    for line in (
        DUE,
        "单位名称：云岭县统计局金额单位：万元",
        "（单位：万元）　单位名称：云岭县统计局",
    ):
        assert check(document(DUE, line)) == []


def test_a_table_in_another_unit_is_converted(
    document: Document, check: Check, doubts: Import, pack: Pack
) -> None:
    file = document(DUE, "金额单位：元", amounts=in_yuan(AMOUNTS))
    assert check(file) == ["W767 表五的金额单位是元，已折算成万元核对"]
    sections, messages = doubts(file)
    assert "2101000" in str(sections["收支"])
    assert "表五的金额单位是元，已折算" in messages
    ours, theirs = side_of_draft(document(DUE, DUE, name="b"), pack), side_of_draft(file, pack)
    kinds = [each.kind for each in compare_sides(ours, theirs, pack).differences(folded=True)]
    assert set(kinds) == {DifferenceKind.TEXT, DifferenceKind.FORMAT}


@pytest.mark.parametrize(
    ("line", "amounts_"),
    [
        ("单位：千元", [("4383.1", "2101.0", "2282.1")] * 2),
        ("单位：千元", [("4383", "2101", "2282")] * 2),
        ("金额单位：人民币百万元", [("4.3831", "2.1010", "2.2821")] * 2),
        ("单位：亿元", [("0.0438", "0.0210", "0.0228")] * 2),
    ],
)
def test_amounts_are_as_fine_as_they_are_printed(
    document: Document, check: Check, doubts: Import, line: str, amounts_: Iterable[Cells]
) -> None:
    """Rounding to a coarser unit contradicts nothing."""
    file = document(DUE, line, amounts=amounts_)
    assert [each.split()[0] for each in check(file)] == ["W767"]
    sections, messages = doubts(file)
    assert sections["收支"]
    assert "由其余各格得" not in messages


def test_a_title_may_end_with_the_unit(document: Document, check: Check) -> None:
    file = document(DUE, "单位名称：云岭县统计局", amounts=in_yuan(AMOUNTS))
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("（不含上年结转）", "（不含上年结转）（单位：元）"), encoding="utf-8"
    )
    assert check(file) == ["W767 表五的金额单位是元，已折算成万元核对"]


def test_amounts_to_the_yuan_are_not_rounded(document: Document, doubts: Import) -> None:
    exact = [("4,383,123.00", "2,101,011.00", "2,282,112.00")] * 2
    sections, _ = doubts(document(DUE, "单位：元", amounts=exact))
    assert "2101011" in str(sections["收支"])


def test_a_difference_is_found_across_units(document: Document, check: Check, pack: Pack) -> None:
    wrong = [("4383100.00", "2101000.00", "2282100.00"), ("4383100.00", "2101000.00", "2292100.00")]
    file = document(DUE, "单位：元", amounts=wrong)
    assert any(each.startswith("E70") for each in check(file))
    ours, theirs = side_of_draft(document(DUE, DUE, name="b"), pack), side_of_draft(file, pack)
    found = compare_sides(ours, theirs, pack).differences()
    assert [each.theirs for each in found if each.kind is DifferenceKind.AMOUNT] == [
        "2292100.00"
    ] * 3


def test_a_unit_in_the_head_of_a_column(document: Document, check: Check) -> None:
    head = (*HEAD[:2], *(f"{title}（元）" for title in HEAD[2:]))
    found = check(document(DUE, "单位名称：云岭县统计局", amounts=in_yuan(AMOUNTS), head=head))
    assert [each.split()[0] for each in found] == ["W767"]


def test_a_table_without_a_unit_is_read_if_others_confirm_it(
    document: Document, check: Check, doubts: Import
) -> None:
    file = document(DUE, "单位名称：云岭县统计局")
    assert check(file) == ["W767 表五没有写明金额单位"]
    assert "表五没有写明金额单位，按万元读才与其他各处的数相同" in doubts(file)[1]
    other = document(DUE, "单位名称：云岭县统计局", amounts=in_yuan(AMOUNTS))
    assert check(other) == ["W767 表五没有写明金额单位"]
    assert "表五没有写明金额单位，按元读才与其他各处的数相同" in doubts(other)[1]


def test_import_does_not_multiply_by_a_guess(document: Document, doubts: Import) -> None:
    with pytest.raises(UnusableInputError) as refused:
        doubts(document("云岭县统计局", "云岭县统计局"))
    (finding,) = refused.value.findings
    assert finding.code == "E764"
    why = "没有写明金额单位，也没有别处的数可以印证，金额没有读"
    assert finding.message.count(why) == len(("表三", "表五"))


def test_a_wrong_unit_is_told_once(document: Document, check: Check, pack: Pack) -> None:
    file = document(DUE, "单位名称：云岭县统计局　单位：元")
    assert check(file) == ["E768 表五写的金额单位是元，按万元读才与其他表和文字里的数相同"]
    ours, theirs = side_of_draft(document(DUE, DUE, name="b"), pack), side_of_draft(file, pack)
    found = compare_sides(ours, theirs, pack).differences()
    assert [each.kind for each in found] == [DifferenceKind.AMOUNT]


def test_a_wrong_prescribed_unit_needs_two_witnesses(document: Document, check: Check) -> None:
    found = check(document(DUE, DUE, amounts=in_yuan(AMOUNTS)))
    assert not [each for each in found if each.startswith("E768")]


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("2.2821E+2", "E765", "是科学记数法，像是 228.21"),
        ("228.21万元", "E765", "格里写了单位“万元”，像是 228.21"),
        ("2282100元", "E765", "格里写了单位“元”，像是 228.21"),
        ("228.2100000000", "E765", "有 10 位小数"),
        ("22B.2l", "E765", "像是 228.21"),
        ("228，21", "E765", "像是 228.21"),
        ("228.21 228.21", "E765", "一格里有几个数"),
        ("228 .21", "E765", "数字中间有空格，像是 228.21"),
        ("22\u30008.21", "E765", "数字中间有空格，像是 228.21"),
        ("待定", "E765", "不是数字"),
        ("-228.21", "E766", "是负数"),
        ("△228.21", "E766", "是负数"),
        ("（228.21）", "E766", "带括号，按惯例是负数"),
    ],
)
def test_a_cell_that_is_no_plain_amount_is_told_once(
    document: Document, check: Check, text: str, code: str, words: str
) -> None:
    """One error at the cell, none about sums that it is part of."""
    (found,) = check(document(DUE, DUE, amounts=[(*AMOUNTS[0][:2], text), AMOUNTS[1]]))
    assert found.startswith(f"{code} 表五“合计”行“项目支出”栏印作“{text}”，")
    assert words in found


def test_a_blank_in_a_number_is_what_somebody_wrote_or_an_extraction_left(
    document: Document, pack: Pack, tmp_path: Path
) -> None:
    spaced = document(DUE, DUE, amounts=[(*AMOUNTS[0][:2], "228. 21"), AMOUNTS[1]], name="spaced")
    ours, theirs = side_of_draft(document(DUE, DUE), pack), side_of_draft(spaced, pack)
    assert [each.kind for each in compare_sides(ours, theirs, pack).differences()] == [
        DifferenceKind.AMOUNT
    ]
    text = tmp_path / "稿.txt"
    text.write_text("金额\n项目\t金额\n甲\t228. 21\n乙\t45 678.90\n", encoding="utf-8")
    rows = [line.cells for line in read_draft(text).lines() if isinstance(line, Row)]
    assert rows[1:] == [("甲", "228.21"), ("乙", "45678.90")]


def test_columns_of_amounts_are_known_by_their_heads_and_cells() -> None:
    grid = [
        ("项目", "预算", "", "比上年增减", "完成率"),
        ("", "资金（元）", "其中：专户", "", ""),
        ("1", "2", "3", "4", "5"),
        ("办公", "1,200", "100", "-30.00", "90.00"),
        ("会议", "l,500", "200", "-40.00", "95.00"),
        ("培训", "1,900", "300", "50.00", "99.00"),
    ]
    found = [(each.at, each.title, each.unit) for each in amount_columns(grid)]
    assert found == [(1, "资金(元)", Unit.YUAN), (2, "其中:专户", Unit.YUAN)]


def test_odd_cells_of_tables_that_are_no_known_part(tmp_path: Path, check: Check) -> None:
    rows_ = "".join(
        f"<tr><td>{name}</td><td>{text}</td></tr>"
        for name, text in (("项目", "金额"), ("甲", "12.30"), ("乙", "7.O5"), ("丙", "8.00"))
    )
    file = tmp_path / "其他.html"
    page = f"<html><body><h1>第二部分 报表</h1><p>经费表</p><table>{rows_}</table></body></html>"
    file.write_text(page, encoding="utf-8")
    assert [each for each in check(file) if each.startswith("E765")] == [
        "E765 “乙”行“金额”栏印作“7.O5”，夹有像数字的字母或符号，像是 7.05"
    ]


def test_what_cannot_be_used_is_unchecked(
    document: Document, pack: Pack, catalogue: Catalogue
) -> None:
    file = document(DUE, DUE, amounts=[(*AMOUNTS[0][:2], "22B.2l"), AMOUNTS[1]])
    read = presented_draft(file, pack, catalogue)
    outcomes = [each for check in statements.CHECKS for each in check(read, pack)]
    why = "表五“合计”行“项目支出”栏里不是能用的金额，不能核对"
    assert Unchecked("E706", "表五", why) in outcomes


def test_full_width_digits_are_plain(document: Document, check: Check) -> None:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    amounts_ = [tuple(text.translate(wide) for text in row) for row in AMOUNTS]
    assert check(document(DUE, DUE, amounts=amounts_)) == []


def test_import_says_what_it_understood(document: Document, doubts: Import) -> None:
    file = document(
        DUE, DUE, amounts=[(*AMOUNTS[0][:2], "228.21万元"), (*AMOUNTS[1][:2], "-228.21")]
    )
    messages = doubts(file)[1]
    assert "“合计”行“项目支出”栏“228.21万元”格里写了单位“万元”，读作 228.21 万元" in messages
    assert "“-228.21”不是能用的金额（是负数），没有用；由其余各格推算；确有冲减的" in messages


def test_exact_sums_have_exact_leaves() -> None:
    sums = [Sum((0,), 12, (123_456, 123_456)), Sum((1,), 5, None), Sum((0, 1), 17, None)]
    assert fitting_leaves(2, sums, YUAN) is None  # 1234.56 is no whole number of 元
    found = fitting_leaves(2, sums, FEN)
    assert found is not None
    assert found[0] == 123_456


def test_the_text_is_read_in_the_prescribed_unit_and_quoted_as_it_stands() -> None:
    lines: list[Line] = [Paragraph("总额852,300元，人均500元/人，其中货物0.5亿元。", Spot("段", 1))]
    text = SectionText(lines)
    assert text.folded == "总额85.23万元，人均500元/人，其中货物5000.00万元。"
    start = text.folded.index("人均")
    assert text.original(start, len(text.folded)) == "人均500元/人，其中货物0.5亿元。"
    assert Comparable(lines, "总额85.23万元").text == "总额85.23万元,人均500元/人,其中货物0.5亿元。"


# Project forms


def funds(*rows_: Cells, unit: Unit = Unit.YUAN) -> FormFunds:
    labels = form_labels(YANGQUAN.forms).project
    assert labels is not None
    read = FormFunds(labels, unit=unit)
    for number, row in enumerate(rows_):
        read.read(filled_cells(Row(row, Spot("行", number))), Spot("行", number))
    return read


def test_forms_are_in_yuan() -> None:
    read = funds(("项目资金（元）", "实施期资金总额：", "92,851.50", "年度资金总额：", "92,851"))
    assert [str(amount) for amount in read.amounts.values()] == ["92851.50", "92851"]


def test_a_form_in_another_unit_is_converted() -> None:
    rows_ = ("项目资金（万元）", "实施期资金总额：", "9.29", "年度资金总额：", "9.29")
    assert str(funds(rows_).amounts["年度", TOTAL]) == "92900"
    above = FormDraft(rows=[], title=[])
    assert title_unit(above) is Unit.YUAN
    assert any("金额单位是万元，已折算成元" in text for _, text in funds(rows_).doubts())


@pytest.mark.parametrize(
    ("text", "usable", "words"),
    [
        ("92851元", True, "读作 92851.00 元"),
        ("-92,851", False, "是负数"),
        ("9285l", False, "92851"),
    ],
)
def test_odd_cells_of_forms(text: str, usable: bool, words: str) -> None:
    read = funds(("项目资金（元）", "实施期资金总额：", text, "年度资金总额：", "92,851"))
    assert (read.amounts["实施期", TOTAL] is not None) == usable
    assert read.unclear("实施期") != usable
    assert any(text in doubt and words in doubt for _, doubt in read.doubts())


def test_the_parts_of_a_code_are_no_amounts_whatever_stands_above_them() -> None:
    rows = [
        ("部门预算支出经济分类科目编码", "", "科目名称", "合计"),
        ("类", "款", "", ""),
        ("301", "10", "职工基本医疗保险缴费", "2,540,192.00"),
        ("301", "13", "住房公积金", "9,572,367.00"),
    ]
    assert [column.at for column in amount_columns(rows)] == [3]
