"""The text against the tables: what a reader of the draft would find wrong, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from generator.checks.rule import Noise, Passed, Unchecked, merged_findings
from generator.checks.rules import counts, names, template_sentences, text_figures, wholes
from generator.checks.rules.forms import overall as overall_form
from generator.checks.rules.forms import overall_staff
from generator.compose.compose import compose
from generator.core.findings import Finding
from generator.core.records import replace
from generator.drafts.draft import Block, Paragraph, Table
from generator.importing.as_document import present, presented_draft
from generator.importing.run import Imported
from generator.load.catalogue import Catalogue
from generator.pack.checks.key_figures import Places
from generator.pack.pack import Pack
from generator.reading.document import ReadDocument
from generator.reading.from_data import presented_data
from tests.conftest import DEPARTMENT, SAMPLES, UNIT

MODULES = (
    text_figures,
    counts,
    wholes,
    overall_form,
    overall_staff,
    names,
    template_sentences,
)
Planted = Callable[..., ReadDocument]


READ: dict[tuple[str, tuple[tuple[str, str], ...]], ReadDocument] = {}
"""The drafts read so far: reading takes seconds."""


def outcomes(document: ReadDocument, pack: Pack) -> Iterator[object]:
    for module in MODULES:
        for check in module.CHECKS:
            yield from check(document, pack)


def findings(document: ReadDocument, pack: Pack) -> list[Finding]:
    return merged_findings(each for each in outcomes(document, pack) if isinstance(each, Finding))


def codes(found: Iterable[Finding]) -> list[str]:
    return [each.code for each in found]


@pytest.fixture
def planted(imported: Callable[[str, str], Imported], pack: Pack, catalogue: Catalogue) -> Planted:
    """A sample's DOCX as read after some words in its paragraphs or cells were changed."""

    def plant(name: str, *edits: tuple[str, str]) -> ReadDocument:
        if (name, edits) in READ:
            return READ[name, edits]
        as_printed = imported(name, "docx")
        if not edits:
            return READ.setdefault((name, edits), present(as_printed, pack))
        draft = as_printed.reading.draft
        blocks = list(draft.blocks)
        for old, new in edits:
            edited = ((at, _edited(block, old, new)) for at, block in enumerate(blocks))
            at, block = next((at, block) for at, block in edited if block is not blocks[at])
            blocks[at] = block
        filled = (each for each in blocks if isinstance(each, Table) or each.text)
        spoilt = replace(draft, blocks=tuple(filled))
        return READ.setdefault((name, edits), presented_draft(spoilt, pack, catalogue))

    return plant


def _edited(block: Block, old: str, new: str) -> Block:
    """A paragraph or a table with other words in its first text that has them, if one has."""
    if isinstance(block, Paragraph):
        return replace(block, text=block.text.replace(old, new)) if old in block.text else block
    for at, row in enumerate(block.rows):
        for column, cell in enumerate(row.cells):
            if old in cell:
                cells = list(row.cells)
                cells[column] = cell.replace(old, new)
                changed = replace(row, cells=tuple(cells))
                return Table([*block.rows[:at], changed, *block.rows[at + 1 :]])
    return block


# Nothing wrong


@pytest.mark.parametrize("name", SAMPLES)
def test_a_printed_document_has_no_findings_that_its_data_has_not(
    planted: Planted, name: str, pack: Pack
) -> None:
    document = planted(name)
    units_spelled_twice = {
        "单位/阳泉市第一高级职业中学",
        "单位/阳泉开放大学",
    }
    subjects = {finding.subjects[0] for finding in findings(document, pack)}
    assert subjects == (units_spelled_twice if name == DEPARTMENT else set())
    passed = {each.code for each in outcomes(document, pack) if isinstance(each, Passed)}
    assert {"E723", "E724", "E726", "E728", "E729", "E730", "W727", "N754"} <= passed


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sentence_of_a_printed_document_is_aligned(
    planted: Planted, name: str, pack: Pack
) -> None:
    unchecked = [e for e in outcomes(planted(name), pack) if isinstance(e, Unchecked)]
    assert {each.code for each in unchecked} <= {"E729"}  # forms are left out of one sample


def test_the_data_says_which_units_have_two_spellings(
    of_data: Callable[[str], ReadDocument], pack: Pack
) -> None:
    found = findings(of_data(DEPARTMENT), pack)
    assert codes(found) == ["E729", "W727", "W727"]
    assert "公开项目绩效目标 222 个，后附绩效目标表 223 个项目" in found[0].message
    assert "单位名单里的“阳泉市开放大学”，报表里写作“阳泉开放大学”" in found[2].message


@pytest.mark.parametrize(("name", "expected"), [(UNIT, []), (DEPARTMENT, ["W727"])])
def test_an_extracted_text_has_noise_but_only_true_findings(
    name: str, expected: list[str], imported: Callable[[str, str], Imported], pack: Pack
) -> None:
    document = present(imported(name, "txt"), pack)
    found = findings(document, pack)
    assert codes(found) == expected
    assert all("特殊教育学校教育" in each.message for each in found)
    noise = [each.finding for each in outcomes(document, pack) if isinstance(each, Noise)]
    assert all(each.code in ("W727", "N754") for each in noise)


# One thing wrong: edits, code, part of the message, group

WRONG: list[tuple[str, str, tuple[tuple[str, str], ...], str, str, str]] = [
    (
        "an amount",
        UNIT,
        (("预算收入总计774.48万元", "预算收入总计774.84万元"),),
        "E723",
        "文字写 774.84 万元，表一收入“收入总计”行“金额”栏为 774.48 万元，相差 0.36 万元",
        "情况说明 一",
    ),
    (
        "a cent",
        UNIT,
        (("卫生健康支出5.14万元", "卫生健康支出5.15万元"),),
        "E723",
        "表五“210 卫生健康支出”行“合计”栏为 5.14 万元，相差 0.01 万元",
        "情况说明 五",
    ),
    (
        "the parts of the year's money",
        DEPARTMENT,
        (("其中基本支出38050.58万元", "其中基本支出38005.58万元"),),
        "E723",
        "其中 基本支出 38005.58 + 项目支出 16246.07，合计 54251.65 万元，相差 45.00",
        "情况说明 十",
    ),
    (
        "directions that differ",
        UNIT,
        (("增加258.05万元，增长49.97%。", "增加258.05万元，下降49.97%。"),),
        "E724",
        "金额写“增加”，百分比却写“下降”",
        "情况说明 五",
    ),
    (
        "a direction with a rate that does not follow",
        UNIT,
        (("增加258.05万元，增长49.97%。", "减少258.05万元，下降49.97%。"),),
        "E724",
        "推得上年 1032.53 万元，应下降 24.99%，文字写 49.97%",
        "情况说明 五",
    ),
    (
        "a rate",
        UNIT,
        (("增加258.05万元，增长49.97%。", "增加258.05万元，增长94.97%。"),),
        "E724",
        "应增长 49.97%，文字写 94.97%",
        "情况说明 五",
    ),
    (
        "more than there is",
        UNIT,
        (("增加258.05万元，增长49.97%。", "增加1258.05万元，增长49.97%。"),),
        "E724",
        "不可能比上年增加 1258.05 万元",
        "情况说明 五",
    ),
    (
        "a rate on nothing",
        DEPARTMENT,
        (("增加7.81万元，增长14.86%", "增加60.35万元，增长100%"),),
        "E724",
        "上年为 0，不能写增长百分之几",
        "情况说明 八",
    ),
    (
        "the sum of changes",
        DEPARTMENT,
        (("比2024年减少5.40万元", "比2024年增加5.40万元"),),
        "E724",
        "其中各项增减为（减少 5.40）万元，合计相差 10.80 万元",
        "情况说明 七",
    ),
    (
        "one figure, two numbers",
        DEPARTMENT,
        (("二级项目222个，共计金额16,246.07", "二级项目222个，共计金额16,264.07"),),
        "E725",
        "情况说明 十 16246.07，情况说明 十 16,264.07",
        "情况说明 十",
    ),
    (
        "a share",
        UNIT,
        (("占98.18%", "占89.18%"),),
        "E726",
        "760.42 万元 ÷ 表五“合计”行“合计”栏 774.48 万元应为 98.18%",
        "情况说明 五",
    ),
    (
        "a share of nothing",
        DEPARTMENT,
        (("8,172.14万元，占14.41%", "8,172.14万元，占0%"),),
        "E726",
        "文字写占 0%",
        "情况说明 二",
    ),
    (
        "the name of a subject",
        UNIT,
        (("社会保障和就业支出760.42", "社会保障与就业支出760.42"),),
        "W727",
        "文字写“社会保障与就业支出”，这里应是“社会保障和就业支出”",
        "情况说明 五",
    ),
    (
        "a name in a list",
        DEPARTMENT,
        (("基本工资、津贴补贴、", "基本工资、津补贴、"),),
        "W727",
        "文字写“津补贴”，报表里是“津贴补贴”",
        "情况说明 六",
    ),
    (
        "a name left out of a list",
        DEPARTMENT,
        (("取暖费、物业管理费、", "取暖费、"),),
        "W727",
        "报表里有而文字没有列出：物业管理费",
        "情况说明 六",
    ),
    (
        "the name of the publisher",
        UNIT,
        (("阳泉市退役军人服务中心占有使用价值100", "阳泉市退役军人中心占有使用价值100"),),
        "W727",
        "文字写“阳泉市退役军人中心”",
        "情况说明 十一",
    ),
    (
        "the parts of procurement",
        UNIT,
        (("政府采购服务预算29.65", "政府采购服务预算29.56"),),
        "E728",
        "货物 13.80 + 服务 29.56，合计 43.36 万元，相差 0.09（四舍五入允许 0.02）",
        "情况说明 九",
    ),
    (
        "the number of projects",
        UNIT,
        (("二级项目6个", "二级项目7个"),),
        "E729",
        "表十二有 6 个（7 行，同一单位同名的算一个）",
        "情况说明 十",
    ),
    (
        "more published than there are",
        UNIT,
        (("公开项目绩效目标5个", "公开项目绩效目标8个"),),
        "E729",
        "公开的合计个数 8 个，多于纳入的 6 个",
        "情况说明 十",
    ),
    (
        "vehicles",
        DEPARTMENT,
        (("公务用车编制33辆", "公务用车编制11辆"),),
        "E730",
        "公务用车实有 12 辆，多于编制 11 辆",
        "情况说明 十一",
    ),
    (
        "kinds of vehicles",
        DEPARTMENT,
        (("机要通信用车2辆", "机要通信用车3辆"),),
        "E730",
        "实有车辆 12 辆，其中 机要通信用车 3 + 事业单位业务用车 10，合计 13 辆，相差 1",
        "情况说明 十一",
    ),
    (
        "a date",
        UNIT,
        (("截至2023年12月31日", "截至2022年12月31日"),),
        "E730",
        "2024 年度预算应为“截至2023年12月31日”",
        "情况说明 十一",
    ),
    (
        "the number of units",
        DEPARTMENT,
        (("等19个二级预算单位", "等18个二级预算单位"),),
        "E732",
        "文字写 18 个所属单位，列出的单位有 19 个",
        "概况 机构设置",
    ),
    (
        "more units that report than there are",
        DEPARTMENT,
        (("其中19个单位编报", "其中29个单位编报"),),
        "E732",
        "文字写 29 个单位编报整体绩效目标，列出的单位有 19 个",
        "情况说明 十",
    ),
    (
        "procurement above all expenditure",
        UNIT,
        (("政府采购预算总额43.45万元", "政府采购预算总额4,345.00万元"),),
        "W728",
        "政府采购预算总额 4,345.00 万元，大于支出总计（表一支出“支出总计”行“合计”栏）",
        "情况说明 九",
    ),
    (
        "an amount where there is none",
        UNIT,
        (("我单位无机关运行经费。", "我单位机关运行经费预算12.50万元。"),),
        "E733",
        "文字写机关运行经费 12.50万元，表十一“部门合计”行“合计”栏为 0",
        "情况说明 八",
    ),
    (
        "nothing where there is an amount",
        DEPARTMENT,
        (("本部门2025年所属", "我部门无机关运行经费。本部门2025年所属"),),
        "E733",
        "文字说没有机关运行经费，表十一“部门合计”行“合计”栏却有 60.35 万元",
        "情况说明 八",
    ),
    (
        "a number of its own",
        UNIT,
        (("一般公共服务支出0.24万元；", "一般公共服务支出0.24万元，占0.03%；"),),
        "N752",
        "“0.03%”在模板的句子里没有对应的数",
        "情况说明 五",
    ),
    (
        "a sentence left out",
        UNIT,
        (("社会保障和就业支出760.42万元，占98.18%；", ""),),
        "W753",
        "缺少这一句：“社会保障和就业支出760.42万元，占98.18%；”",
        "情况说明 五",
    ),
    (
        "a sentence added",
        UNIT,
        (("支出包括：无。", "支出包括：无。我单位今年大力压缩开支12万元。"),),
        "W753",
        "多出这一句：“我单位今年大力压缩开支12万元。”",
        "情况说明 四",
    ),
    (
        "other words",
        UNIT,
        (("占有使用价值50万元", "占有并使用价值50万元"),),
        "N754",
        "占有并使用价值50万元（原值）以上的通用设备",
        "情况说明 十一",
    ),
    (
        "a term",
        UNIT,
        (("为保障机构正常运转", "为保障单位正常运转"),),
        "N754",
        "这一条名词解释与模板不同",
        "名词解释",
    ),
    (
        "a term left out",
        UNIT,
        (
            (
                "四、机关运行经费：指行政单位和参照公务员法管理的事业单位使用财政拨款安排的基本支出中的公用经费支出。",
                "",
            ),
        ),
        "W753",
        "名词解释缺少“机关运行经费”",
        "名词解释",
    ),
]


@pytest.mark.parametrize(
    ("name", "edits", "code", "message", "group"),
    [case[1:] for case in WRONG],
    ids=[case[0] for case in WRONG],
)
def test_one_thing_wrong_is_one_finding(
    planted: Planted,
    pack: Pack,
    name: str,
    edits: tuple[tuple[str, str], ...],
    code: str,
    message: str,
    group: str,
) -> None:
    if name == DEPARTMENT:  # reading it takes seconds: all that can be wrong in one draft
        edits = tuple(edit for case in WRONG if case[1] == name for edit in case[2])
    found = [each for each in findings(planted(name, *edits), pack) if each.code == code]
    first = next(each for each in found if message in each.message)
    assert first.group == group
    assert first.place
    assert first.place.spot
    assert first.subjects


def test_an_amount_that_is_wrong_twice_is_one_finding(planted: Planted, pack: Pack) -> None:
    wrong = ("一般公共预算当年支出774.48万元", "一般公共预算当年支出774.50万元")
    document = planted(
        UNIT, (wrong[0] + "，比", wrong[1] + "，比"), (wrong[0] + "，主", wrong[1] + "，主")
    )
    found = [each for each in findings(document, pack) if each.code == "E723"]
    assert len(found) == 1
    assert len(found[0].also) == 2  # the other sentence and the cell


def test_a_subject_with_another_name_in_one_table(planted: Planted, pack: Pack) -> None:
    document = planted(UNIT)
    table = document.tables["表五"]
    rows = tuple(replace(r, label="卫生健康") if r.key == "210" else r for r in table.rows)
    tables = {**document.tables, "表五": replace(table, rows=rows)}
    found = findings(replace(document, tables=tables), pack)
    assert codes(found) == ["W727"]
    assert "科目 210 有 2 种名称" in found[0].message
    assert "科目目录里是“卫生健康支出”" in found[0].message
    assert found[0].subjects == ("科目/210",)


def test_a_misspelt_class_is_found(planted: Planted, pack: Pack) -> None:
    document = planted(UNIT)
    table = document.tables["表一"]
    rows = tuple(
        replace(row, printed="九、社会南险基金支出") if row.key == "209" else row
        for row in table.rows
    )
    tables = {**document.tables, "表一": replace(table, rows=rows)}
    (finding,) = findings(replace(document, tables=tables), pack)
    assert (finding.code, finding.group) == ("W727", "表一")
    assert finding.message.startswith("表一支出印作“九、社会南险基金支出”")


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("department", "067-阳泉市退役军人事务局", "067-阳泉市退役人事务局"),
        ("unit", "阳泉市退役军人服务中心", "阳泉东退役军人服务中心"),
    ],
)
def test_a_name_misspelt_in_a_form_is_found(
    planted: Planted, pack: Pack, field: str, old: str, new: str
) -> None:
    document = planted(UNIT)
    first, *others = document.forms
    assert getattr(first.content, field) == old
    changed = replace(first, content=first.content.model_copy(update={field: new}))
    found = findings(replace(document, forms=(changed, *others)), pack)
    assert [(each.code, each.group) for each in found] == [("W727", first.group)]
    assert new in found[0].message
    assert old in found[0].message


def test_this_years_money_follows_from_the_printed_tables(planted: Planted, pack: Pack) -> None:
    document = planted(DEPARTMENT)
    rows = tuple(
        replace(row, cells=tuple(cell.replace("16246.07", "16264.07") for cell in row.cells))
        for row in document.overall_rows
    )
    found = findings(replace(document, overall_rows=rows), pack)
    (finding,) = [each for each in found if each.code == "E731"]
    assert "“项目支出”写 16264.07 万元" in finding.message
    assert "按表十二“阳泉市教育局”行“合计”栏应为 16246.07 万元" in finding.message


def test_basic_expenditure_carried_over_leaves_this_years_unchecked(
    planted: Planted, pack: Pack
) -> None:
    document = planted(DEPARTMENT)
    tables = {number: table for number, table in document.tables.items() if number != "表十三"}
    lacking = replace(document, tables=tables)
    unchecked = [each for each in outcomes(lacking, pack) if isinstance(each, Unchecked)]
    assert [e.group for e in unchecked if e.code in ("E731", "E723")] == [
        "情况说明 十",
        "整体绩效目标表",
    ]


def test_a_pack_without_places_leaves_unchecked_what_needs_them(
    planted: Planted, pack: Pack
) -> None:
    document, bare = planted(UNIT), replace(pack, places=Places())
    unchecked = {each.code for each in outcomes(document, bare) if isinstance(each, Unchecked)}
    assert {"E729", "E733"} <= unchecked
    assert not findings(document, bare)


def test_the_overall_form(planted: Planted, pack: Pack) -> None:
    document = planted(DEPARTMENT)
    rows = tuple(
        replace(row, cells=tuple(cell.replace("46124.51", "46142.51") for cell in row.cells))
        for row in document.overall_rows
    )
    found = [f for f in findings(replace(document, overall_rows=rows), pack) if f.code == "E731"]
    assert [each.message for each in found] == [
        "整体绩效目标表“一般公共预算资金”写 46142.51 万元，按部门预算报表应为 46124.51 万元，"
        "相差 18.00 万元"
    ]


def test_a_unit_that_is_not_listed(planted: Planted, pack: Pack) -> None:
    document = planted(DEPARTMENT)
    units = tuple(unit for unit in document.units if unit != "阳泉市实验幼儿园")
    found = [e for e in findings(replace(document, units=units), pack) if e.code == "E732"]
    assert any("没有列入所属单位：阳泉市实验幼儿园" in each.message for each in found)


def test_without_expected_text_nothing_is_called_right(planted: Planted, pack: Pack) -> None:
    document = replace(planted(UNIT), expected=None)
    unchecked = {each.code for each in outcomes(document, pack) if isinstance(each, Unchecked)}
    assert {"E723", "E724", "E725", "E726", "E728", "E729", "W753", "N754"} <= unchecked
    assert not findings(document, pack)


def test_a_sentence_in_other_words_is_quoted_as_unchecked(planted: Planted, pack: Pack) -> None:
    sentence = "基本支出0万元，占0%；项目支出0万元，占0%。"
    document = planted(UNIT, (sentence, "大体上与以前各年差不多，花了3万元。"))
    unchecked = [each for each in outcomes(document, pack) if isinstance(each, Unchecked)]
    assert any("差不多" in each.why and "没有核对数字" in each.why for each in unchecked)


def test_the_same_text_with_other_widths_and_spaces_is_the_same(
    planted: Planted, pack: Pack
) -> None:
    document = planted(
        UNIT,
        ("预算收入总计774.48万元，其中：", "预算收入总计 774.48 万元,其中:"),
        ("卫生健康支出5.14万元", "卫生健康支出５.１４万元"),
    )
    assert not findings(document, pack)


def test_the_same_amounts_in_other_units_are_the_same(planted: Planted, pack: Pack) -> None:
    """To the printed step: 0.08 亿元 is 774.48 万元."""
    document = planted(
        UNIT,
        ("预算收入总计774.48万元", "预算收入总计7744800元"),
        ("卫生健康支出5.14万元", "卫生健康支出51,400元"),
        ("涉及资金774.48万元", "涉及资金0.08亿元"),
    )
    assert not findings(document, pack)


def test_amounts_that_are_right_but_for_their_unit(planted: Planted, pack: Pack) -> None:
    """Each once, although sums, shares and rates follow from them."""
    document = planted(
        UNIT,
        ("预算收入总计774.48万元", "预算收入总计774.48元"),
        ("卫生健康支出5.14万元", "卫生健康支出51400万元"),
        ("增加258.05万元，增长49.97%。", "增加258.05元，增长49.97%。"),
        ("采购预算总额43.45万元", "采购预算总额43.45元"),
    )
    found = [each for each in findings(document, pack) if each.code != "N754"]
    assert codes(found) == ["E768"] * 4
    messages = [each.message for each in found]
    assert "为 774.48 万元：单位应为“万元”，写成“元”差 10000 倍" in messages[0]
    assert "文字写“51400万元”" in messages[1]
    assert "单位应为“元”" in messages[1]
    assert "“增加258.05元，增长49.97%”：以万元为单位，与百分比才相符" in messages[2]
    assert "政府采购预算总额与各项之和因此不等" in messages[3]


def test_the_data_of_the_small_sample_has_no_findings(
    unit_folder: Path, pack: Pack, catalogue: Catalogue
) -> None:
    document = presented_data(compose(unit_folder, pack, catalogue), pack)
    assert not findings(document, pack)
