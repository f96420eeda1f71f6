"""The check sheet as data: which rows it has, and what it says in each."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.checks.rule import Unchecked
from generator.checks.rules.any_content import CONTENT, FORMAT
from generator.checks.run import Accepted, Report, run_checks
from generator.checks.selection import ALL
from generator.checks.sheet.outline import sheet_outline
from generator.checks.sheet.row import ReadLine, SheetRow
from generator.cli.inputs import open_pack
from generator.compose.compose import compose
from generator.core.findings import Location
from generator.core.records import replace
from generator.core.resources import PACKS
from generator.importing.as_document import presented_draft
from generator.load.catalogue import open_catalogue
from generator.pack.pack import load_pack
from generator.reading.from_data import presented_data
from generator.reports.sheet.content import CheckSheet, CheckSheetRow, Scope, sheet_of
from generator.reports.sheet.summary import summary_of
from generator.reports.sheet.timeliness import (
    PublicationDates,
    in_words,
    read_typed_date,
    timeliness,
)
from tests.conftest import OFFICE
from tests.sheets import FILE, finding, page, read_row, report

NO_DATES = PublicationDates()


def _sheet(
    found: Report, publication: PublicationDates = NO_DATES, *, show_all: bool = False
) -> CheckSheet:
    return sheet_of(found, publication, Scope(show_all=show_all))


def _row(sheet: CheckSheet, content: str) -> CheckSheetRow:
    return next(row for row in sheet.rows if row.content == content)


# Rows and what is said in them


def test_the_rows_follow_the_document() -> None:
    sheet = _sheet(report())
    assert sheet.title == "预算公开情况检查表"
    assert sheet.heads == (("名称", "某局2026年度部门预算公开"), ("文件", "公开稿.pdf"))
    assert [(row.number, row.content, str(row.verdict)) for row in sheet.rows] == [
        (1, "及时性", "未核对"),
        (2, "封面", "是"),
        (3, "编制说明", "是"),
        (4, "表一 收支总表", "是"),
        (5, "表二 收入总表", "是"),
        (6, "项目说明", "不适用"),
        (7, "绩效目标表", "是"),
        (8, "全文及文件", "是"),
    ]
    assert sheet.signatures == ("检查人", "复核人", "日期")


def test_a_problem_is_told_as_a_reviewer_writes_it() -> None:
    wrong = finding(
        "E723",
        "编制说明 收入",
        "文字写 738.66 万元，表一“合计”行为 696.48 万元，相差 42.18 万元",
        place=page(6),
        excerpt="…预算收入738.66万元…",
        also=(page(11),),
    )
    row = _row(_sheet(report(wrong)), "编制说明")
    assert row.verdict == "否"
    assert row.texts == (
        "第6页，编制说明 收入：文字写 738.66 万元，表一“合计”行为 696.48 万元，相差 42.18 万元"
        "（原文：…预算收入738.66万元…；另见第11页）。[E723]",
    )


def test_problems_of_a_row_are_numbered_the_gravest_first() -> None:
    doubt = finding("W745", "表一", "句号重复", place=page(8))
    wrong = finding("E705", "表一", "合计不等于各项之和", place=page(7))
    row = _row(_sheet(report(doubt, wrong)), "表一 收支总表")
    assert row.texts == (
        "1. 第7页：合计不等于各项之和。[E705]",
        "2. 需核实：第8页：句号重复。[W745]",
    )


def test_only_doubts_are_no_fault_and_no_plain_yes() -> None:
    row = _row(_sheet(report(finding("W745", "封面", "句号重复"))), "封面")
    assert row.verdict == "是（有需核实的）"


def test_notes_are_told_on_demand() -> None:
    found = report(finding("N754", "封面", "与模板用语不同"))
    assert _row(_sheet(found), "封面").items == ()
    row = _row(_sheet(found, show_all=True), "封面")
    assert row.texts == ("提示：与模板用语不同。[N754]",)
    assert row.verdict == "是"


def test_what_was_not_checked_is_never_yes() -> None:
    found = report(unchecked=(Unchecked("E739", "情况说明", "模板包没有列出哪些部分须写原因"),))
    row = _row(_sheet(found), "编制说明")
    assert row.verdict == "未核对"
    (text,) = row.texts
    assert text == ("未核对“增减没有写原因”（情况说明）：模板包没有列出哪些部分须写原因。[E739]")


def test_a_rule_unchecked_in_many_forms_is_told_once() -> None:
    why = "没有读到年度资金总额"
    found = report(
        unchecked=tuple(Unchecked("E734", f"绩效目标表 {n} 甲", why) for n in range(1, 6))
    )
    (text,) = _row(_sheet(found), "绩效目标表").texts
    assert "绩效目标表 1 甲、绩效目标表 2 甲、绩效目标表 3 甲等 5 处" in text
    (whole,) = _row(_sheet(found, show_all=True), "绩效目标表").texts
    assert "绩效目标表 5 甲）" in whole


def test_what_is_accepted_is_told_with_the_reason() -> None:
    wrong = [finding("E705", "表一", f"第 {n} 行不等") for n in range(1, 6)]
    found = report(accepted=tuple(Accepted(each, "批复如此。") for each in wrong))
    row = _row(_sheet(found), "表一 收支总表")
    assert row.verdict == "是（有说明的）"
    assert row.texts == (
        "已按实公布，不算问题，共 5 处：第 1 行不等。第 2 行不等。第 3 行不等。另有 2 处。"
        "理由：批复如此。[E705]",
    )


@pytest.mark.parametrize(
    ("required", "verdict", "says"),
    [(True, "未核对", "没有读到这一部分"), (False, "不适用", "不是必备的")],
)
def test_a_part_that_is_not_there_is_not_passed(required: bool, verdict: str, says: str) -> None:
    rows = [SheetRow("名词解释", ("名词解释",), found=False, required=required)]
    row = _row(_sheet(report(rows=rows)), "名词解释")
    assert row.verdict == verdict
    assert says in row.texts[0]


def test_a_part_that_is_not_there_may_be_doubted_or_explained() -> None:
    rows = [SheetRow("名词解释", ("名词解释",), found=False, required=False)]
    doubted = finding("W741", "名词解释", "缺少名词解释")
    assert _row(_sheet(report(doubted, rows=rows)), "名词解释").verdict == "是（有需核实的）"
    accepted = Accepted(finding("E741", "名词解释", "缺少名词解释"), "批复如此。")
    explained = report(accepted=(accepted,), rows=rows)
    assert _row(_sheet(explained), "名词解释").verdict == "是（有说明的）"


def test_a_part_that_is_missing_is_a_fault() -> None:
    rows = [SheetRow("名词解释", ("名词解释", "第四部分 名词解释"), found=False)]
    missing = finding("E741", "第四部分 名词解释", "缺少第四部分 名词解释")
    row = _row(_sheet(report(missing, rows=rows)), "名词解释")
    assert (str(row.verdict), row.texts) == ("否", ("缺少第四部分 名词解释。[E741]",))


def test_a_finding_about_several_tables_is_told_with_the_first() -> None:
    between = finding("E712", "报表", "表二 合计与表一不等", subjects=("表二/合计", "表一/合计"))
    sheet = _sheet(report(between))
    assert _row(sheet, "表二 收入总表").verdict == "否"
    assert _row(sheet, "表一 收支总表").verdict == "是"


def test_what_belongs_to_no_part_is_told_of_the_whole() -> None:
    row = _sheet(report(finding("E772", "文件属性", "作者栏有人名"))).rows[-1]
    assert (row.content, str(row.verdict)) == ("全文及文件", "否")
    assert row.texts == ("文件属性：作者栏有人名。[E772]",)


def test_what_names_no_part_is_placed_by_the_words_it_quotes() -> None:
    rows = [
        SheetRow("甲", ("甲",), lines=(ReadLine("五、资产情况（增加内容）", page(16)),)),
        SheetRow("乙", ("乙",), lines=(ReadLine("共有车辆2辆。", page(16)),)),
    ]
    left = finding("E744", "正文", "有没填完的文字", place=page(16), excerpt="（增加内容）")
    whole = finding("E960", "全文", "缺少预算绩效", place=page(16), excerpt="共有车辆2辆")
    sheet = _sheet(report(left, whole, rows=rows))
    assert [len(row.items) for row in sheet.rows] == [1, 1, 0, 1]


def test_the_longest_name_of_a_part_decides() -> None:
    rows = [SheetRow("其他", ("其他",)), SheetRow("其他 政府采购", ("其他 政府采购",))]
    sheet = _sheet(report(finding("E728", "其他 政府采购", "不等"), rows=rows))
    assert [str(row.verdict) for row in sheet.rows[1:3]] == ["是", "否"]


def test_the_address_stands_for_the_file() -> None:
    sheet = _sheet(report(), PublicationDates(address="https://example.gov.cn/1"))
    assert sheet.heads[1] == ("公开网址", "https://example.gov.cn/1")


def test_personal_numbers_are_not_spread() -> None:
    wrong = finding("E747", "封面", "有手机号码 13800138000", excerpt="电话13800138000")
    assert "13800138000" not in str(_sheet(report(wrong)).rows)


# In time


@pytest.mark.parametrize(
    "text", ["2026-02-10", "2026/2/10", "2026.2.10", "2026年2月10日", "20260210", " 2026-2-10 "]
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    assert read_typed_date(text) == date(2026, 2, 10)


@pytest.mark.parametrize("text", ["2026-02-30", "2026年2月", "二月十日", "", "26-02-10"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_typed_date(text)


@pytest.mark.parametrize(
    ("published", "in_time", "says"),
    [
        (date(2026, 2, 1), True, "批复当日公开"),
        (date(2026, 2, 21), True, "在批复后第 20 日公开"),
        (date(2026, 2, 22), False, "批复后第 21 日才公开，超过 20 日的期限 1 日"),
        (date(2026, 1, 30), None, "公开早于批复 2 日，请核对这两个日期"),
    ],
)
def test_twenty_days_are_left_for_publishing(
    published: date, in_time: bool | None, says: str
) -> None:
    told, why = timeliness(PublicationDates(published=published, approved=date(2026, 2, 1)))
    assert told is in_time
    assert says in why
    assert in_words(published) in why


def test_without_both_dates_nothing_is_told() -> None:
    for publication, says in (
        (PublicationDates(), "没有给出批复日期和公开日期"),
        (PublicationDates(published=date(2026, 2, 1)), "公开日期为2026年2月1日，没有给出批复日期"),
        (PublicationDates(approved=date(2026, 2, 1)), "批复日期为2026年2月1日，没有给出公开日期"),
    ):
        told, why = timeliness(publication)
        assert told is None
        assert says in why
    assert _sheet(report()).rows[0].verdict == "未核对"


# Without a pack


def test_without_a_pack_only_what_held_is_yes() -> None:
    rows = [read_row("收支总表", ("合计 5", 3)), read_row("名词解释", ("基本支出：", 4))]
    unchecked = (
        Unchecked(FORMAT.code, "全文", "没有认出大半"),
        Unchecked(CONTENT.code, "收支总表", "没有认出的 9 行"),
    )
    sheet = _sheet(
        report(
            finding(FORMAT.code, "全文", "不是模板包的格式"),
            rows=rows,
            known=False,
            unchecked=unchecked,
            held={("收支总表", None): 12, ("", page(3)): 5},
        )
    )
    told = {row.content: (str(row.verdict), *row.texts) for row in sheet.rows[1:]}
    assert told["收支总表"][0] == "是"
    assert told["收支总表"][1].startswith("核对了 17 处，没有发现问题；没有按模板包核对")
    assert told["名词解释"][0] == "未核对"
    assert told["全文及文件"][0] == "未核对"  # no fault of the document
    assert "没有认出大半" in told["全文及文件"][1]


def test_without_a_pack_a_doubt_is_no_yes() -> None:
    rows = [read_row("名词解释", ("基本支出：", 4))]
    sheet = _sheet(report(finding("W745", "名词解释", "句号重复"), rows=rows, known=False))
    assert sheet.rows[1].verdict == "未核对"
    assert len(sheet.rows[1].texts) == 2


def test_without_a_pack_the_quoted_words_tell_the_row() -> None:
    rows = [
        read_row("主要职能", ("负责全区的督查工作。。", 3)),
        read_row("机构设置", ("下设办公室、财务室。", 3), ("另有所属单位。", 4)),
    ]
    found = (
        finding(
            "W745", "正文", "标点重复“工作。。”", place=page(3), excerpt="负责全区的督查工作。。"
        ),
        finding("E744", "正文", "没有填完的文字", place=page(4)),
        finding("E747", "正文", "有个人信息", place=page(9)),
    )
    sheet = _sheet(report(*found, rows=rows, known=False))
    assert [len(row.items) for row in sheet.rows] == [1, 2, 1, 1]  # the first is not checked else
    assert "负责全区" in sheet.rows[1].texts[0]
    assert sheet.rows[2].texts == ("第4页：没有填完的文字。[E744]",)
    assert sheet.rows[3].content == "全文及文件"


_TEXT = """\
某局2026年度部门预算

目　录
第一部分　部门概况
第二部分　部门预算表
第三部分　预算情况说明

第一部分　部门概况
一、主要职责
负责全市的示例工作。
二、机构设置
下设办公室、财务科。
第二部分　部门预算表
公开表1
部门收支总表
单位：万元
项目\t金额\t项目\t金额
一般公共预算拨款\t10.00\t教育支出\t10.00
收入总计\t10.00\t支出总计\t10.00
部门支出总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
205\t教育支出\t10.00\t6.00\t4.00
第三部分　预算情况说明
一、收入情况
收入总计10.00万元。
二、支出情况
支出总计10.00万元。
"""


def test_the_rows_of_an_unknown_document_are_its_headings_and_tables(tmp_path: Path) -> None:
    file = tmp_path / "公开稿.txt"
    file.write_text(_TEXT, encoding="utf-8")
    pack = open_pack("shanghai-district")
    outline = sheet_outline(presented_draft(file, pack, open_catalogue()), pack)
    assert not outline.known
    assert [row.title for row in outline.rows][-5:] == [
        "一、主要职责",
        "二、机构设置",
        "部门收支总表",
        "部门支出总表",
        "第三部分 预算情况说明",
    ]
    said = [line.text for line in outline.rows[-1].lines]
    assert said[-1] == "支出总计10.00万元。"
    assert any("205" in line.text for line in outline.rows[-2].lines)


# Packs


@pytest.mark.parametrize("name", ["yangquan", "national", "shanghai-district"])
def test_every_part_and_statement_of_a_pack_has_a_row(name: str, tmp_path: Path) -> None:
    file = tmp_path / "空白.txt"
    file.write_text("没有内容。\n", encoding="utf-8")
    pack = open_pack(name)
    document = presented_draft(file, pack, open_catalogue())
    recognised = document.recognition
    assert recognised is not None
    document = replace(document, recognition=replace(recognised, known=True))
    outline = sheet_outline(document, pack)
    groups = [group for row in outline.rows for group in row.groups]
    for heading in pack.outline.walk():
        if not heading.leads_on:
            assert pack.outline.group(heading.id) in groups
    assert {statement.number for statement in pack.statements} <= set(groups)
    assert len(groups) == len(set(groups))
    assert [row.title for row in outline.rows][:2] == ["封面", "目录"]


def test_a_pack_says_which_rows_its_sheet_has(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(PACKS / "shanghai-district", tmp_path / "包"))
    (folder / "checks" / "sheet.yaml").write_text(_OWN_SHEET, encoding="utf-8")
    pack = load_pack(folder)
    composed = compose(OFFICE, pack, open_catalogue())
    sheet = _sheet(run_checks(presented_data(composed, pack), pack, ALL, composed.loaded))
    assert sheet.title == "区级预算公开审核表"
    assert sheet.signatures == ("审核人",)
    assert [row.content for row in sheet.rows] == [
        "及时性",
        "封面和目录",
        "职能和机构",
        "名词解释",
        "编制说明",
        "九张表",
        "其他相关情况说明",
        "绩效目标",
        "项目说明",
        "全文及文件",
    ]
    assert any("绩效项目的个数" in text for text in _row(sheet, "绩效目标").texts)
    assert _row(sheet, "其他相关情况说明").verdict == "是"


_OWN_SHEET = """\
标题: 区级预算公开审核表
签字: [审核人]
行:
  - {内容: 封面和目录, 部分: [封面, 目录]}
  - {内容: 职能和机构, 部分: [主要职能, 机构设置]}
  - {内容: 名词解释, 部分: [名词解释]}
  - {内容: 编制说明, 部分: [编制说明]}
  - {内容: 九张表, 部分: [预算表]}
  - {内容: 其他相关情况说明, 部分: [其他相关情况说明]}
  - {内容: 绩效目标, 部分: [绩效目标]}
  - {内容: 项目说明, 部分: [项目经费情况说明]}
"""


# Several documents


def test_the_summary_counts_documents_and_kinds_of_faults() -> None:
    first = report(finding("W745", "封面", "句号重复"), title="甲局")
    second = report(
        finding("E705", "表一", "不等"),
        finding("E705", "表二", "不等"),
        finding("W745", "封面", "句号重复"),
        finding("N754", "封面", "用语不同"),
        finding(FORMAT.code, "全文", "不是模板包的格式"),
        title="乙局",
    )
    summary = summary_of([_sheet(first), _sheet(second)])
    assert [line.cells for line in summary.documents] == [
        (2, "乙局", "否", 2, 1, 1, FILE.name),
        (1, "甲局", "未核对", 0, 1, 1, FILE.name),
    ]
    assert [(line.code, line.count, line.documents) for line in summary.faults] == [
        ("E705", 2, (2,)),
        ("W745", 2, (1, 2)),
    ]


def test_late_publication_counts_as_a_fault_of_the_document() -> None:
    late = PublicationDates(published=date(2026, 3, 1), approved=date(2026, 2, 1))
    (line,) = summary_of([_sheet(report(), late)]).documents
    assert (line.errors, str(line.verdict)) == (1, "否")


def test_a_line_of_the_document_is_told_by_its_number() -> None:
    found = finding("E705", "表一", "不等", place=Location(FILE, 138, spot="“合计”行"))
    text = _row(_sheet(report(found)), "表一 收支总表").texts[0]
    assert text == "第138行（“合计”行）：不等。[E705]"


def test_a_place_in_data_is_told_from_the_folder_on() -> None:
    found = finding("E705", "表一", "不等", place=Location(FILE / "收支.yaml", 3, 5))
    assert _row(_sheet(report(found)), "表一 收支总表").texts[0].startswith("收支.yaml:3:5：不等")
